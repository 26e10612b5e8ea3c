import {expect} from '@open-wc/testing';
import {conversation, message} from './support/conversations.js';
import {mount, settle} from './support/list-page.js';
import {rowOf} from './support/rows.js';

const HOUR = 3_600_000;
const {now} = Date;
const {toTimeString} = Date.prototype;

/** The machine's clock stands elsewhere from now on, as after a sleep: no timer has run. */
function sleep(ms: number): void {
  const at = Date.now() + ms;
  Date.now = () => at;
}

describe('the clock', () => {
  afterEach(() => {
    Date.now = now;
    Date.prototype.toTimeString = toTimeString;
  });

  const list = () => mount({conversations: [conversation('a', {lastMessage: message('Hi', {sentAt: new Date().setHours(12, 0, 0, 0)})})]});

  it('makes today yesterday when the page is shown again after a midnight', async () => {
    const shown = await list();
    expect(rowOf(shown, 'a').time).to.match(/\d:\d\d/);
    sleep(24 * HOUR);
    document.dispatchEvent(new Event('visibilitychange'));
    await settle();
    expect(rowOf(shown, 'a').time).to.equal('Yesterday');
    expect(rowOf(shown, 'a').label).to.contain('Yesterday');
    sleep(24 * HOUR);
    document.dispatchEvent(new Event('visibilitychange'));
    await settle();
    expect(rowOf(shown, 'a').time).to.match(/^[A-Z][a-z]{2}$/);
  });

  it('leaves rows alone on the same day', async () => {
    const shown = await list();
    let updates = 0;
    shown.addController({hostUpdated: () => updates++});
    await settle();
    updates = 0;
    document.dispatchEvent(new Event('visibilitychange'));
    await settle();
    expect(updates).to.equal(0);
  });

  it('tells times anew where the machine has come to another zone', async () => {
    const shown = await list();
    let bound = 0;
    shown.renderRow = ({title}) => {
      bound++;
      return title;
    };
    await settle();
    bound = 0;
    Date.prototype.toTimeString = () => '12:00:00 GMT+0545 (Nepal Time)';
    document.dispatchEvent(new Event('visibilitychange'));
    await settle();
    expect(bound).to.equal(1);
  });

  it('is not listened to without a list', async () => {
    const shown = await list();
    shown.remove();
    await settle();
    let looked = 0;
    Date.prototype.toTimeString = function (this: Date) {
      looked++;
      return toTimeString.call(this);
    };
    document.dispatchEvent(new Event('visibilitychange'));
    expect(looked).to.equal(0);
  });
});
