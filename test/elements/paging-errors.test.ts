import {expect} from '@open-wc/testing';
import type {ImErrorEvent} from '../../src/events/error-event.js';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import {SourceError} from '../../src/model/errors.js';
import {conversations} from './support/conversations.js';
import {grid, inState, mount, part, settle, textOf} from './support/list-page.js';
import {ManualSource} from './support/manual-source.js';
import {expectWhole, idsInView} from './support/rows.js';

/** A list of two pages, with what it tells of errors. */
async function start(): Promise<{source: ManualSource; list: ImConversationList; errors: string[]}> {
  const source = new ManualSource();
  const errors: string[] = [];
  const list = await mount({
    source,
    pageSize: 20,
    before: (l) => {
      l.addEventListener('im-error', ({error, origin}: ImErrorEvent) => errors.push(`${origin} ${error.code}`));
    },
  });
  return {source, list, errors};
}

describe('a page that fails', () => {
  it('as the first one shows why, and can be tried again', async () => {
    const {source, list, errors} = await start();
    source.last.fail(new SourceError('network', 'The line is \u202Edead'));
    await settle();
    expect(inState(list, 'error')).to.equal(true);
    expect(textOf(part(list, 'error'))).to.equal(
      'Could not load your conversations. The line is dead Try again',
    );
    expect(part(list, 'error')?.getAttribute('role')).to.equal('alert');
    expect(errors).to.deep.equal(['page network']);
    expect(source.requests.length).to.equal(1);
    part(list, 'retry')?.click();
    await settle();
    expect(source.requests.length).to.equal(2);
    expect(part(list, 'error')).to.equal(undefined);
    source.last.give(conversations(20), true);
    await settle();
    expect(idsInView(list)[0]).to.equal('c0');
    expect(inState(list, 'error')).to.equal(false);
  });

  it('as a later one leaves the rows, and a row at the end asks for the same page again', async () => {
    const {source, list, errors} = await start();
    const all = conversations(40);
    source.last.give(all.slice(0, 20), false, 'second');
    await settle();
    source.last.fail(new Error('lost'));
    await settle();
    expect(inState(list, 'page-failed')).to.equal(true);
    expect(inState(list, 'error')).to.equal(false);
    expect(idsInView(list)).to.include('c0');
    expect(errors).to.deep.equal(['page unknown']);
    const asked = source.requests.length;
    grid(list).scrollTop = 1e6;
    await settle();
    await settle();
    expect(source.requests.length, 'requests by itself after the failure').to.equal(asked);
    expect(textOf(part(list, 'end'))).to.equal('Could not load more conversations. Try again');
    expectWhole(list);
    part(list, 'retry')?.click();
    await settle();
    expect(source.requests.length).to.equal(asked + 1);
    expect(source.last.cursor).to.equal('second');
    expect(inState(list, 'page-failed')).to.equal(false);
    source.last.give(all.slice(20), true);
    await settle();
    expect(list.snapshot?.rows.length).to.equal(40);
    expectWhole(list);
  });

  it('again and again is asked for with the same cursor each time', async () => {
    const {source, list, errors} = await start();
    source.last.give(conversations(20), false, 'second');
    await settle();
    for (let i = 0; i < 4; i++) {
      source.last.fail(new SourceError('server', 'down'));
      await settle();
      expect(source.last.cursor).to.equal('second');
      void list.loadMore();
      await settle();
    }
    expect(source.requests.length).to.equal(6);
    expect(errors).to.deep.equal(Array.from({length: 4}, () => 'page server'));
    expect(idsInView(list)[0]).to.equal('c0');
  });

  it('is tried again by itself when the connection comes back', async () => {
    const {source, list} = await start();
    source.last.fail(new SourceError('network', 'offline'));
    source.emit({type: 'connection', state: 'offline'});
    await settle();
    expect(source.requests.length).to.equal(1);
    source.emit({type: 'connection', state: 'online'});
    await settle();
    expect(source.requests.length).to.equal(2);
    source.last.give(conversations(3), true);
    await settle();
    expect(idsInView(list)).to.deep.equal(['c0', 'c1', 'c2']);
  });

  it('leaves live changes to go on', async () => {
    const {source, list} = await start();
    source.last.fail(new Error('lost'));
    await settle();
    source.upsert(...conversations(2));
    await settle();
    expect(idsInView(list)).to.deep.equal(['c0', 'c1']);
    expect(inState(list, 'page-failed')).to.equal(true);
    expect(textOf(part(list, 'end'))).to.contain('Try again');
  });
});
