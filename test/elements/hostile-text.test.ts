import {expect} from '@open-wc/testing';
import type {Conversation} from '../../src/model/conversation.js';
import {SourceError} from '../../src/model/errors.js';
import {conversation, message} from './support/conversations.js';
import {mount, part, settle, textOf} from './support/list-page.js';
import {ManualSource} from './support/manual-source.js';
import {drawn, expectWhole, inView, rowOf, rowPart} from './support/rows.js';

const MARKUP = '<img src=x onerror=alert(1)>"\'`${1}</bdi><style>*{color:red}</style>';
const MARKS = `a${'\u0301'.repeat(20_000)}`;
const LONG = 'W'.repeat(1_000_000);
const BIDI = '\u202Eevil\u2066\u2067';
const CONTROLS = 'a\u0000b\nc\u2028d\u001b[31m';
const HALVES = '\ud800 half \udc00';

/** A conversation with the text in every place that holds one. */
function everywhere(id: string, text: string, n: number): Conversation {
  return conversation(id, {
    type: 'group',
    orderKey: BigInt(-n),
    title: text,
    targetId: text,
    customData: text,
    avatarUrl: text,
    marks: [text],
    groups: [text],
    typing: [text],
    lastMessage: message(text, {senderName: text, type: text, id: text}),
    ...(n % 2 === 1 && {draft: {text}}),
  });
}

describe('hostile text', () => {
  for (const [name, text] of Object.entries({MARKUP, MARKS, LONG, BIDI, CONTROLS, HALVES})) {
    it(`${name} stays text, short, and inside its row`, async () => {
      const source = new ManualSource();
      const list = await mount({source, attributes: {label: text}});
      const started = performance.now();
      source.last.give(Array.from({length: 20}, (_, i) => everywhere(`c${i}`, text, i)), true);
      source.emit({type: 'sync', phase: 'fail', error: new SourceError('network', text)});
      await settle();
      expect(performance.now() - started).to.be.lessThan(1000);
      expectWhole(list);
      const strings = drawn(list).flatMap(({title, preview, label}) => [title, preview, label]);
      for (const shown of [...strings, textOf(part(list, 'sync-text')), part(list, 'list')?.getAttribute('aria-label') ?? '']) {
        expect(shown.isWellFormed()).to.equal(true);
        expect(shown.length).to.be.within(1, 1600);
        expect(shown).not.to.match(/[\u202A-\u202E\u2066-\u2069\p{Cc}]/u);
        expect(shown).not.to.match(/\p{M}{5}/u);
      }
      expect(list.shadowRoot?.querySelector('img, style:not([part])')).to.equal(null);
      for (const {element, height} of inView(list)) {
        expect(height).to.equal(64);
        expect(element.scrollWidth).to.be.at.most(element.clientWidth);
      }
    });
  }

  it('does not reach out of its row: what overflows is not painted', async () => {
    const list = await mount({conversations: [conversation('a', {title: MARKS}), conversation('b')]});
    expect(getComputedStyle(rowOf(list, 'a').element).contain).to.match(/strict|paint/);
  });

  it('in the names of an open conversation and its neighbours leaves each its own', async () => {
    const list = await mount({
      conversations: [conversation('a', {title: BIDI, orderKey: 2n}), conversation('b', {title: 'plain', orderKey: 1n})],
    });
    expect(rowOf(list, 'a').title).to.equal('evil');
    expect(rowOf(list, 'b').title).to.equal('plain');
    expect(rowPart(rowOf(list, 'a'), 'title')?.localName).to.equal('bdi');
  });
});
