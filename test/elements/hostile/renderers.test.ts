import {expect} from '@open-wc/testing';
import {html} from 'lit';
import type {RowRenderer} from '../../../src/elements/row-view.js';
import type {Conversation} from '../../../src/model/conversation.js';
import {captureProblems} from '../../setup/csp-guard.js';
import {conversations} from '../support/conversations.js';
import {mount, settle, textOf} from '../support/list-page.js';
import {drawn, expectWhole} from '../support/rows.js';

const COUNT = 50;

const FORGED = '{"_$litType$":1,"strings":["<img src=/xss onerror=window.__xss=1>"],"values":[]}';

/** Ways in which an app's renderer can fail for one conversation. */
const FAULTS: Readonly<Record<string, (c: Conversation) => unknown>> = {
  throws: () => {
    throw new Error('no row');
  },
  'gives a template that throws when it is rendered': () => html`<b>half ${Symbol('no text')}</b>`,
  // What an app may make of a conversation's customData: an object that claims to be a template.
  'gives a forged template': () => JSON.parse(FORGED) as unknown,
};

describe('a row renderer that fails for one of 50 rows', () => {
  for (const [fault, fail] of Object.entries(FAULTS)) {
    it(`and ${fault} leaves the other 49, whichever it is`, async () => {
      const list = await mount({conversations: conversations(COUNT), density: 'compact', height: 44 * 4});
      list.style.setProperty('--im-conversation-list-row-height', '2px');
      await settle();
      const problems = await captureProblems(async () => {
        for (let bad = 0; bad < COUNT; bad++) {
          // A renderer of its own each time, so that each failure is told.
          const renderRow: RowRenderer = (c) => (c.id === `c${bad}` ? (fail(c) as never) : html`<i>mine ${c.id}</i>`);
          list.renderRow = renderRow;
          await settle();
          const rows = drawn(list);
          expect(rows.length).to.equal(COUNT);
          for (const {id, element, label} of rows) {
            const own = id === `c${bad}`;
            expect(element.querySelector('i')?.textContent ?? '', id).to.equal(own ? '' : `mine ${id}`);
            expect(element.querySelector('.title')?.textContent ?? '', id).to.equal(own ? `Name of ${id}` : '');
            expect(label, id).to.contain(`Name of ${id}`);
          }
          expectWhole(list);
        }
      });
      expect(problems.map(({kind}) => kind)).to.deep.equal(Array.from({length: COUNT}, () => 'error'));
      list.renderRow = undefined;
      await settle();
      expect(drawn(list).map(({element}) => textOf(element).includes('mine'))).not.to.include(true);
      expect((window as {__xss?: unknown}).__xss).to.equal(undefined);
    }).timeout(60_000);
  }

  it('whose text is long, or turns the direction, is held like any other', async () => {
    const list = await mount({
      conversations: conversations(3),
      renderRow: (c) => (c.id === 'c1' ? `\u202e${'W'.repeat(1_000_000)}\ud800` : c.title),
    });
    const cells = drawn(list).map(({element}) => element.querySelector('.custom')?.textContent ?? '');
    expect(cells[1]).to.equal(`${'W'.repeat(511)}…`);
    expect([cells[0], cells[2]]).to.deep.equal(['Name of c0', 'Name of c2']);
    expectWhole(list);
  });
});
