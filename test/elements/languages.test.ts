import {expect} from '@open-wc/testing';
import {ar} from '../../src/locales/ar.js';
import {de} from '../../src/locales/de.js';
import {en} from '../../src/locales/en.js';
import {fr} from '../../src/locales/fr.js';
import {registerLocale} from '../../src/locales/load-locale.js';
import type {StringOverrides} from '../../src/locales/strings.js';
import {MemorySource} from '../../src/sources/memory.js';
import {captureProblems} from '../setup/csp-guard.js';
import {conversation, message} from './support/conversations.js';
import {box, grid, mount, part, settle, textOf, until} from './support/list-page.js';
import {rowOf} from './support/rows.js';

const PEOPLE = [
  conversation('a', {
    unreadCount: 21,
    pinned: true,
    lastMessage: message('Hello', {isOwn: true, sentAt: new Date().setHours(12, 0, 0, 0) - 86_400_000}),
  }),
  conversation('b', {lastMessage: message('', {type: 'voice'})}),
];

const mountIn = (lang: string, set: Parameters<typeof mount>[0] = {}) =>
  mount({conversations: PEOPLE, attributes: {lang}, ...set});

const speaks = (list: HTMLElement, label: string) => grid(list).getAttribute('aria-label') === label;

/** Files are held back by what no other test loads. */
const file = (what: 'hold' | 'refuse' | 'free', locale: string) =>
  fetch(`/__files__/${what}?path=/src/locales/${locale}.ts`);

describe('languages', () => {
  it('are those of the nearest lang, in all that is shown and said, and change with it', async () => {
    const list = await mountIn('en');
    const before = rowOf(list, 'a');
    expect(before.preview).to.equal('You: Hello');
    list.lang = 'de-AT';
    await until(() => speaks(list, de.label));
    const row = rowOf(list, 'a');
    expect(row.element).to.equal(before.element);
    expect([row.preview, row.time, rowOf(list, 'b').preview]).to.deep.equal(['Du: Hello', 'Gestern', 'Sprachnachricht']);
    expect(row.label).to.equal('Name of a, 21 ungelesene Nachrichten, Du: Hello, angeheftet, Gestern');
    expect(textOf(part(list, 'end'))).to.equal(de.end);
    list.lang = 'en';
    // English is there: no waiting.
    await settle();
    expect(rowOf(list, 'a').label).to.equal(before.label);
    expect(textOf(part(list, 'end'))).to.equal(en.end);
    list.lang = 'ar';
    await until(() => speaks(list, ar.label));
    expect(rowOf(list, 'a').preview).to.equal(`${ar.you}: Hello`);
  });

  it('follow any element around the list, also out of shadow roots, and the document', async () => {
    const outer = box();
    const host = outer.appendChild(document.createElement('div'));
    const inner = host.attachShadow({mode: 'open'}).appendChild(document.createElement('section'));
    const list = await mountIn('en');
    list.removeAttribute('lang');
    inner.append(list);
    for (const node of [document.documentElement, outer, host, inner, list] as HTMLElement[]) {
      const was = node.lang;
      node.lang = 'fr';
      await until(() => speaks(list, fr.label), `the list speaks French by ${node.localName}`);
      node.lang = was;
      if (was === '') node.removeAttribute('lang');
      await until(() => speaks(list, en.label));
    }
  });

  it('are spoken by the badge too', async () => {
    const badge = document.createElement('im-unread-badge');
    badge.source = new MemorySource({conversations: PEOPLE});
    badge.lang = 'ru';
    box().append(badge);
    const label = () => badge.shadowRoot?.querySelector('[part="badge"]')?.getAttribute('aria-label');
    await until(() => label() === 'Всего 21 непрочитанное сообщение');
  });

  it('that come late, for a language that is no longer wanted, have no effect', async () => {
    await file('hold', 'he');
    try {
      const list = await mountIn('he');
      expect(speaks(list, en.label)).to.equal(true);
      list.lang = 'de';
      await until(() => speaks(list, de.label));
      list.lang = 'he';
      await settle();
      // Until the new words are here, the old ones stand.
      expect(speaks(list, de.label)).to.equal(true);
      list.lang = 'fr';
      await until(() => speaks(list, fr.label));
      await file('free', 'he');
      await import('../../src/locales/he.js');
      await settle();
      expect(speaks(list, fr.label)).to.equal(true);
    } finally {
      await file('free', 'he');
    }
  });

  it('that come while the list is out of the document are there when it comes back', async () => {
    await file('hold', 'vi');
    try {
      const list = await mountIn('vi');
      const parent = list.parentElement as HTMLElement;
      list.remove();
      await file('free', 'vi');
      const {vi} = await import('../../src/locales/vi.js');
      await settle();
      parent.append(list);
      await settle();
      expect(speaks(list, vi.label)).to.equal(true);
    } finally {
      await file('free', 'vi');
    }
  });

  it('that do not load leave English, are told once, and are asked for again', async () => {
    await file('refuse', 'th');
    try {
      const list = await mountIn('de');
      await until(() => speaks(list, de.label));
      const problems = await captureProblems(async () => {
        list.lang = 'th';
        await until(() => speaks(list, en.label));
        list.lang = 'de';
        await until(() => speaks(list, de.label));
        list.lang = 'th-TH';
        await until(() => speaks(list, en.label));
      });
      expect(problems.map(({kind}) => kind)).to.deep.equal(['error']);
      expect(problems[0]?.message).to.contain('"th"');
      const parent = list.parentElement as HTMLElement;
      list.remove();
      await file('free', 'th');
      parent.append(list);
      await until(() => speaks(list, 'แชท'));
    } finally {
      await file('free', 'th');
    }
  });

  it('lie under the app’s own words', async () => {
    const strings: StringOverrides = {
      you: 'Ich selbst',
      unread: (n) => `${n} neu`,
      messageTypes: {'red-packet': 'Roter Umschlag'},
    };
    const gift = conversation('c', {lastMessage: message('', {type: 'red-packet'})});
    const list = await mountIn('de', {strings, conversations: [...PEOPLE, gift]});
    await until(() => speaks(list, de.label));
    expect(rowOf(list, 'a').label).to.equal('Name of a, 21 neu, Ich selbst: Hello, angeheftet, Gestern');
    expect([rowOf(list, 'b').preview, rowOf(list, 'c').preview]).to.deep.equal(['Sprachnachricht', 'Roter Umschlag']);
    list.lang = 'fr';
    await until(() => speaks(list, fr.label));
    expect(rowOf(list, 'a').label).to.equal('Name of a, 21 neu, Ich selbst: Hello, épinglée, Hier');
    list.strings = undefined;
    await settle();
    expect(rowOf(list, 'a').preview).to.equal('Vous: Hello');
  });

  it('answer where a function of the app throws, which is told once', async () => {
    let list: HTMLElement | undefined;
    const problems = await captureProblems(async () => {
      const fail = () => {
        throw new Error('no plural for that');
      };
      const element = await mountIn('en', {strings: {unread: fail}, conversations: PEOPLE.map((c) => ({...c, unreadCount: 2}))});
      list = element;
      element.lang = 'de';
      await until(() => speaks(element, de.label));
      element.strings = {unread: () => fail()};
      await settle();
    });
    // Each engine puts its own words before those of the error.
    expect(problems.map(({message}) => message.replace(/^(?:Uncaught )?Error: /, ''))).to.deep.equal(['no plural for that']);
    for (const id of ['a', 'b']) expect(rowOf(list as never, id).label).to.contain('2 ungelesene Nachrichten');
  });

  it('may be the app’s own, and are taken at once', async () => {
    const list = await mountIn('nb-NO');
    expect(rowOf(list, 'a').preview).to.equal('You: Hello');
    registerLocale('nb', {...en, label: 'Samtaler', you: 'Du'});
    await settle();
    expect([rowOf(list, 'a').preview, speaks(list, 'Samtaler')]).to.deep.equal(['Du: Hello', true]);
  });
});
