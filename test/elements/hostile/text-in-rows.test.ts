import {expect} from '@open-wc/testing';
import type {ImConversationList} from '../../../src/elements/im-conversation-list.js';
import {en} from '../../../src/locales/en.js';
import {BLANK_NAMES} from '../../format/blank-names.js';
import {REAL_NAMES} from '../../format/real-names.js';
import {ENGINE} from '../../setup/engine.js';
import type {Conversation} from '../../../src/model/conversation.js';
import {SourceError} from '../../../src/model/errors.js';
import {conversation, message, seededRandom} from '../support/conversations.js';
import {mount, part, settle, textOf} from '../support/list-page.js';
import {ManualSource} from '../support/manual-source.js';
import {drawn, expectWhole, inView, rowOf, rowPart} from '../support/rows.js';
import {lowList, painted, rowsOf} from './places.js';

const FORBIDDEN = /[\u202A-\u202E\u2066-\u2069\p{Cc}]/u;

/** Every text node and attribute of a list's shadow root. */
function texts(list: ImConversationList): string[] {
  const found: string[] = [];
  const walker = document.createTreeWalker(list.shadowRoot as ShadowRoot, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node instanceof Element) found.push(...[...node.attributes].map(({value}) => value));
    else found.push(node.nodeValue ?? '');
  }
  return found;
}

/** A conversation with the text in every field that shows or holds one. */
function everywhere(id: string, text: string, n: number): Conversation {
  return conversation(id, {
    ...{type: 'group', orderKey: BigInt(-n), title: text, targetId: text, customData: text, avatarUrl: text, marks: [text], groups: [text], typing: [text]},
    lastMessage: message(text, {senderName: text, type: n % 3 === 2 ? 'image' : text, id: text, sentAt: NaN}),
    ...(n % 2 === 1 && {draft: {text}}),
  });
}

/** Long and heavy texts, by what they are made of. */
const heavy = (length: number): Record<string, string> => ({
  'Latin letters': 'W'.repeat(length),
  'Arabic letters': '\u0639'.repeat(length),
  'combining marks': `a${'\u0301'.repeat(length)}`,
  'marks in fours': 'a\u0301\u0302\u0303\u0304'.repeat(length / 5),
  'joined emoji': '\u{1f468}\u200d'.repeat(length / 3),
  'bidi controls': '\u202e\u2067'.repeat(length / 2),
  'half characters': '\ud800'.repeat(length),
  'line breaks': 'a\n'.repeat(length / 2),
  markup: '<b>"&'.repeat(length / 5),
});

describe('text in rows', () => {
  // Cut before an engine sees it, what is longer still is the same in all.
  for (const length of ENGINE === 'chromium' ? [1_000_000, 10_000_000] : [1_000_000]) {
    for (const [name, text] of Object.entries(heavy(length))) {
      // The longest once each is enough for those that differ in what happens to them.
      if (length > 1_000_000 && !/Latin|combining|markup/.test(name)) continue;
      it(`${length / 1e6} MB of ${name} in every field of 20 rows is bounded before it reaches the document`, async () => {
        const source = new ManualSource();
        const list = await mount({source, attributes: {label: text}, height: 64 * 20});
        source.last.give(Array.from({length: 20}, (_, i) => everywhere(i === 7 ? text : `c${i}`, text, i)), false);
        await settle();
        source.emit({type: 'sync', phase: 'fail', error: new SourceError('network', text)});
        source.last.fail(new Error(text));
        await settle();
        expectHeld(list);
        expect(part(list, 'sync-text')?.textContent?.length).to.be.at.most(240);
      }).timeout(60_000);
    }
  }

  /** Everything short, well-formed, in its row, and of rows of one height. */
  function expectHeld(list: ImConversationList): void {
    const rows = inView(list);
    const ids = new Set(drawn(list).map(({id}) => id));
    for (const text of texts(list)) {
      expect(text.length).to.be.at.most(256 + 64 + 512 + 64);
      // An id in its attribute is laid out by nobody.
      if (!ids.has(text)) expect(text).not.to.match(/\p{M}{5}/u);
      expect(text.isWellFormed()).to.equal(true);
    }
    expect(rows.length).to.be.at.least(8);
    for (const {element, title, preview, label, height} of rows) {
      const prefix = element.querySelector('.prefix')?.textContent ?? '';
      expect(element.querySelector('.title')?.textContent?.length).to.be.within(1, 256);
      expect(element.querySelector('.said')?.textContent?.length).to.be.within(1, 512);
      expect(prefix.length).to.be.at.most(65);
      // A name of a sentence may be enclosed, so that its direction stays its own.
      for (const shown of [title, preview, label]) expect(shown.replace(/\u2068([^\u2066-\u2069]*)\u2069/g, '$1')).not.to.match(FORBIDDEN);
      expect(height).to.equal(64);
      expect(element.scrollWidth).to.be.at.most(element.clientWidth);
      // What overflows is not painted.
      expect(getComputedStyle(element).contain).to.match(/strict|paint/);
    }
    expect(list.shadowRoot?.querySelector('img')).to.equal(null);
  }

  it('200 names with controls of direction turn nothing beside them', async () => {
    const random = seededRandom(7);
    const pieces = ['\u202a', '\u202b', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u202c', '\u2069', '\u200f', '\u061c', 'abc ', 'אבג ', 'عرب ', '12:34 ', '!'];
    const names = Array.from({length: 200}, () => Array.from({length: 1 + Math.floor(random() * 6)}, () => pieces[Math.floor(random() * pieces.length)]).join('') + 'x');
    const sentAt = new Date(2020, 4, 15, 15, 30).getTime();
    const row = (id: string, title: string, senderName: string, i: number) =>
      conversation(id, {type: 'group', title, orderKey: BigInt(-i), unreadCount: 12, lastMessage: message('first second 45 third', {senderName, sentAt})});
    const rows = names.flatMap((name, i) => [row(`title${i}`, name, 'Ana', 2 * i), row(`sender${i}`, 'Ana', name, 2 * i + 1)]);
    const list = await mount({conversations: [row('plain', 'Ana', 'Ana', -1), ...rows], height: 560, width: 900});
    /** Where each character stands, from the first one on. */
    const places = (element: Element | null): string => {
      const text = element?.firstChild ?? element?.ownerDocument.createTextNode('');
      if (!(text instanceof Text)) return '';
      return Array.from(text.data, (_, i) => {
        const range = document.createRange();
        range.setStart(text, i);
        range.setEnd(text, i + 1);
        return range.getBoundingClientRect().left;
      }).map((left, _, all) => Math.round(left - (all[0] as number))).join();
    };
    const siblings = (element: Element, own: string) =>
      ['.title', '.prefix', '.said', '.time', '.badge'].filter((part) => part !== own).map((part) => places(element.querySelector(part)));
    const [bySender, byTitle] = ['.prefix', '.title'].map((own) => siblings(rowOf(list, 'plain').element, own));
    let seen = 0;
    for (const {id} of rows) {
      await list.scrollToConversation(id);
      await list.updateComplete;
      const {element} = rowOf(list, id);
      const own = id.startsWith('title') ? '.title' : '.prefix';
      expect(siblings(element, own), JSON.stringify(names[Number(id.replace(/\D/g, ''))])).to.deep.equal(own === '.title' ? byTitle : bySender);
      for (const name of ['aria-label', 'title']) {
        for (const node of [element, ...element.querySelectorAll(`[${name}]`)]) expect(node.getAttribute(name) ?? '').not.to.match(FORBIDDEN);
      }
      seen++;
    }
    expect(seen).to.equal(400);
  }).timeout(60_000);

  it('all 2,048 half characters, and 200 emoji cut at each place, come out whole everywhere', async () => {
    const halves = Array.from({length: 2048}, (_, i) => String.fromCharCode(0xd800 + i));
    const faces = ['👩‍👩‍👧‍👦', '🏳️‍🌈', '🇩🇪', '👍🏽', '🏴󠁧󠁢󠁷󠁬󠁳󠁿', '7️⃣', '🧑🏿‍🚀', '❤️‍🔥'];
    const strings = Array.from({length: 200}, (_, i) => `${faces[i % 8]}${i % 3 === 0 ? 'a' : ''}${faces[(i * 3 + 1) % 8]}`);
    const cuts = strings.flatMap((text) => Array.from(text.split(''), (_, at) => [text.slice(0, at), text.slice(at)]).flat());
    // A cut where the list itself cuts.
    const long = Array.from({length: 32}, (_, i) => `${'x'.repeat(240 + i)}${'😀'.repeat(200)}`);
    const all = [...halves, ...cuts, ...long].filter((text) => text !== '');
    expect(all.filter((text) => !text.isWellFormed()).length).to.be.at.least(3000);
    for (let from = 0; from < all.length; from += 500) {
      const some = all.slice(from, from + 500);
      const rows = some.map((text, i) => ({...everywhere(`${from + i}-${text}`, text, i), avatarUrl: `https://a.example/${text}\ud800`}));
      const list = lowList(rows.length, {conversations: rows, label: some[0] as string, selectedId: some[1]});
      await painted();
      expect(rowsOf(list).size).to.equal(rows.length);
      expect(texts(list).filter((text) => !text.isWellFormed())).to.deep.equal([]);
      list.parentElement?.remove();
    }
  }).timeout(60_000);

  it(`${BLANK_NAMES.length} names of which nothing can be seen have one that can, to the eye and to the ear`, async () => {
    const rows = BLANK_NAMES.flatMap((title, i) => [
      conversation(`none${i}`, {title, orderKey: BigInt(-2 * i)}),
      conversation(`target${i}`, {title, targetId: 'user-7', orderKey: BigInt(-2 * i - 1)}),
      conversation(`both${i}`, {title, targetId: title, orderKey: BigInt(-2 * i - 1)}),
    ]);
    const list = lowList(rows.length, {conversations: rows});
    await painted();
    const shown = rowsOf(list);
    for (const {id} of rows) {
      const row = shown.get(id);
      const expected = id.startsWith('target') ? 'user-7' : en.unnamed;
      expect(row?.querySelector('.title')?.textContent, id).to.equal(expected);
      expect(row?.ariaLabel, id).to.match(new RegExp(`^${expected}`));
    }
    list.parentElement?.remove();
    for (const label of BLANK_NAMES) {
      const one = await mount({conversations: rows.slice(0, 1), attributes: {label}});
      expect(part(one, 'list')?.ariaLabel).to.equal(en.label);
      one.parentElement?.remove();
    }
  }).timeout(60_000);

  it(`${REAL_NAMES.length} real names in many scripts are shown and spoken as they are`, async () => {
    const rows = REAL_NAMES.map((title, i) => conversation(`c${i}`, {type: 'group', title, orderKey: BigInt(-i), lastMessage: message('x', {senderName: title, sentAt: NaN})}));
    const list = lowList(rows.length, {conversations: rows});
    await painted();
    const shown = rowsOf(list);
    REAL_NAMES.forEach((name, i) => {
      const row = shown.get(`c${i}`);
      expect(row?.querySelector('.title')?.textContent).to.equal(name);
      expect(row?.querySelector('.prefix')?.textContent).to.equal(`${name}:`);
      expect(row?.ariaLabel).to.equal(`${name}, ${name}: x`);
    });
    list.parentElement?.remove();
  });

  it('a name is told apart from its neighbours in the document', async () => {
    const list = await mount({conversations: [conversation('a', {title: '\u202Eevil\u2066'}), conversation('b', {title: 'plain', orderKey: 1n})]});
    expect(drawn(list).map(({title}) => title)).to.deep.equal(['evil', 'plain']);
    expect(rowPart(rowOf(list, 'a'), 'title')?.localName).to.equal('bdi');
    expect(textOf(rowOf(list, 'b').element)).to.contain('plain');
    expectWhole(list);
  });
});
