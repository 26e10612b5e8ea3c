/**
 * Puts a text in every place of a list that takes one, and compares what is shown with what may be.
 *
 * Knows no test framework: it runs under the strict policy of the test pages and on a page that forbids nothing.
 */
import {html} from 'lit';
import '../../../src/define.js';
import type {ImConversationList} from '../../../src/elements/im-conversation-list.js';
import {cleanName, cleanText} from '../../../src/format/text.js';
import {en} from '../../../src/locales/en.js';
import type {Strings} from '../../../src/locales/strings.js';
import type {Conversation} from '../../../src/model/conversation.js';
import {SourceError} from '../../../src/model/errors.js';
import {ManualSource} from '../support/manual-source.js';

/** The words of a list that are plain texts, and those made from a number. */
const WORDS = Object.keys(en).filter((key) => typeof en[key as keyof Strings] === 'string');
const MADE = Object.keys(en).filter((key) => typeof en[key as keyof Strings] === 'function');

/** A conversation with the text in each of its string fields. */
function everywhere(id: string, text: string, order: number, facts: Partial<Conversation> = {}): Conversation {
  const message = {type: text, text, senderName: text, senderId: text, id: text, state: 'normal'} as const;
  const row = {
    ...{id, type: 'group', title: text, targetId: text, avatarUrl: text, customData: text, orderKey: BigInt(-order)},
    ...{pinned: false, unreadCount: 0, notify: 'all', marks: [text], groups: [text], tags: [text], lastMessage: message},
    ...{native: {html: text}, ...facts},
  };
  return row as Conversation;
}

/** What a row shows: name, prefix, rest of the preview, label. */
type Shown = readonly [title: string, prefix: string, said: string, label: string];

/** Rows that together show every string field; with each what it may show. */
export function rowsWith(text: string, n: number): (readonly [Conversation, Shown])[] {
  const name = cleanName(text, en.unnamed);
  const sender = cleanText(text, 64);
  const said = cleanText(text);
  const tag = cleanName(cleanText(text, 24), '');
  const row = (kind: string, prefix: string, rest: string, facts: Partial<Conversation> = {}) => {
    const label = [name, `${prefix === '' ? '' : `${prefix}: `}${rest}`, tag].filter((part) => part !== '').join(', ');
    const shown: Shown = [name, prefix === '' ? '' : `${prefix}:`, rest, label];
    return [everywhere(`${kind}-${n}`, text, n, facts), shown] as const;
  };
  const message = (facts: object) => ({lastMessage: {senderName: text, state: 'normal', type: text, ...facts} as never});
  return [
    row('message', sender, said === '' ? en.message : said),
    row('text', sender, said, message({type: 'text', text})),
    row('direct', '', said, {type: 'direct', ...message({type: 'text', text})}),
    row('target', sender, en.message, {title: '\u200b', ...message({})}),
    row('photo', sender, photo(said), message({type: 'image', text})),
    row('typing', '', sender === '' ? en.typingOne : en.typing([sender]), {typing: [text]}),
    said === '' ? row('draft', sender, en.message) : row('draft', en.draft, said, {draft: {text}}),
  ];
}

function photo(caption: string): string {
  const kind = en.messageTypes['image'];
  return caption === '' ? kind : cleanText(en.withDetail(kind, caption));
}

/** A list in view with all its rows drawn: they are low enough for that. */
export function lowList(rows: number, facts: Partial<ImConversationList> & {readonly source?: unknown}): ImConversationList {
  const box = document.createElement('div');
  const list = document.createElement('im-conversation-list');
  const height = Math.min(64, 500 / (rows + 2));
  const style = {position: 'absolute', top: '0', left: '0', height: '560px', width: '360px'};
  for (const [name, value] of Object.entries(style)) box.style.setProperty(name, value);
  list.style.setProperty('--im-conversation-list-row-height', `${height}px`);
  Object.assign(list, {pageSize: 'all', ...facts});
  box.append(list);
  document.body.append(box);
  return list;
}

/** Waits until what has happened is drawn. */
export async function painted(): Promise<void> {
  for (let i = 0; i < 3; i++) await new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done)));
}

/** Waits until what has happened is drawn and this holds, which takes more frames on a busy machine. Gives up after 5 s. */
async function paintedUntil(condition: () => boolean): Promise<void> {
  const end = performance.now() + 5000;
  do await painted();
  while (!condition() && performance.now() < end);
}

/** The drawn rows by the id in their attribute. */
export function rowsOf(list: ImConversationList): Map<string, HTMLElement> {
  const rows = (list.shadowRoot as ShadowRoot).querySelectorAll<HTMLElement>('[part~="row"]:not([hidden])');
  return new Map([...rows].map((row) => [row.dataset['id'] as string, row]));
}

const ELEMENTS = new Set('div span bdi svg path time slot p button progress b i'.split(' '));
const ATTRIBUTES =
  /^(aria-[a-z]+|role|part|class|tabindex|data-id|hidden|viewBox|d|datetime|title|name|type|virtualizer-sizer)$/;

/** What in a shadow root is none of a list's own nodes and attributes. */
export function strangers(list: ImConversationList): string[] {
  const found: string[] = [];
  for (const element of (list.shadowRoot as ShadowRoot).querySelectorAll('*')) {
    if (!ELEMENTS.has(element.localName)) found.push(`<${element.localName}>`);
    for (const {name, value} of element.attributes) {
      // Styles are set one property at a time, which the policy allows; none of them names a file.
      const strange = name === 'style' ? /url|image|;[^ ]|[{}\\]/.test(value) : !ATTRIBUTES.test(name);
      if (strange) found.push(`${name}="${value.slice(0, 80)}"`);
    }
  }
  return found;
}

/** Shows the texts in all rows, built-in and of an app's own; tells what differs. */
export async function showInRows(texts: readonly string[]): Promise<string[]> {
  const wrong: string[] = [];
  const expected = texts.flatMap((text, n) => rowsWith(text, n));
  const list = lowList(expected.length, {conversations: expected.map(([conversation]) => conversation)});
  await painted();
  type See = (row: HTMLElement) => readonly unknown[];
  type Want = (conversation: Conversation, shown: Shown) => readonly unknown[];
  const compare = (kind: string, see: See, want: Want) => {
    const rows = rowsOf(list);
    for (const [conversation, shown] of expected) {
      const row = rows.get(conversation.id);
      const [is, should] = [JSON.stringify(row && see(row)), JSON.stringify(want(conversation, shown))];
      if (is !== should) wrong.push(`${kind} ${conversation.id}: ${is} instead of ${should}`);
    }
    wrong.push(...strangers(list).map((what) => `${kind}: ${what}`));
  };
  const builtIn = (row: HTMLElement) =>
    [...['.title', '.prefix', '.said'].map((part) => row.querySelector(part)?.textContent), row.ariaLabel];
  compare('built-in', builtIn, (_, shown) => shown);

  const cell = (row: HTMLElement) => [row.querySelector('.custom')?.textContent];
  list.renderRow = (c) => `${c.customData}${c.lastMessage?.text ?? ''}`;
  await painted();
  compare('string', cell, (c) => [cleanText(`${c.customData}${c.lastMessage?.text ?? ''}`)]);

  list.renderRow = (c, {title, preview}) => html`<b title=${c.title}>${c.customData}</b><i>${title}|${preview.text}</i>`;
  await painted();
  const template = (row: HTMLElement) => [...cell(row), row.querySelector('b')?.title];
  compare('template', template, (c, [title, , said]) => [`${c.customData}${title}|${said}`, c.title]);

  list.renderRow = () => {
    throw new Error(texts[0]);
  };
  await painted();
  compare('after a throw', builtIn, (_, shown) => shown);
  list.parentElement?.remove();
  return wrong;
}

/** Shows the texts in errors, labels, words, group names and attributes; tells what differs. */
export async function showAround(texts: readonly string[]): Promise<string[]> {
  const wrong: string[] = [];
  // Some at a time: a frame with hundreds of lists takes long.
  for (let i = 0; i < texts.length; i += 20) wrong.push(...(await showSomeAround(texts.slice(i, i + 20))));
  return wrong;
}

async function showSomeAround(texts: readonly string[]): Promise<string[]> {
  const lists = texts.map((text) => {
    const failing = new ManualSource();
    const source = new ManualSource({unreadTotal: true});
    const other = new ManualSource();
    const strings: Partial<Strings> = {
      ...Object.fromEntries(WORDS.map((key) => [key, text])),
      ...Object.fromEntries(MADE.map((key) => [key, () => text])),
    };
    const provider = document.createElement('im-conversation-provider');
    provider.source = source;
    const badge = Object.assign(document.createElement('im-unread-badge'), {strings: {totalUnread: () => text}});
    const error = lowList(3, {source: failing, type: text});
    const odd = {order: text as never, density: text as never};
    const list = lowList(3, {label: text, selectedId: text, mark: text, group: text, ...odd});
    const worded = lowList(3, {source: other, strings, label: ' ', pageSize: text, orderHold: text as never});
    provider.append(badge, list.parentElement as HTMLElement);
    document.body.append(provider);
    return {text, failing, source, other, provider, badge, error, list, worded};
  });
  const asked = (n: number) => lists.every(({source, other}) => Math.min(source.requests.length, other.requests.length) >= n);
  await paintedUntil(() => asked(1) && lists.every(({failing}) => failing.requests.length > 0));
  for (const {text, failing, source, other} of lists) {
    // Not one to be tried again by itself, however slow the machine.
    failing.last.fail(new SourceError('network', text, {retryable: false}));
    const rows = [everywhere('a', text, 1, {unreadCount: 2}), everywhere('b', 'plain', 2)];
    for (const one of [source, other]) one.last.give(rows);
    source.emit({type: 'groups', groups: [{id: text, name: text}]});
    source.emit({type: 'unread', total: 7});
  }
  await paintedUntil(() => asked(2));
  // Tried again by itself, where the machine is slow, it fails again.
  const failNext = () => {
    for (const {text, source, other} of lists) for (const {last} of [source, other]) last.fail(Object.assign(new Error(text), {name: text}));
  };
  failNext();
  for (const {text, source} of lists) {
    source.emit({type: 'sync', phase: 'fail', error: new SourceError('network', text, {nativeCode: text})});
  }
  let wrong: string[] = [];
  await paintedUntil(() => {
    wrong = lists.flatMap(differencesIn);
    failNext();
    return wrong.length === 0;
  });
  for (const {provider, error, worded} of lists) {
    provider.remove();
    for (const one of [error, worded]) one.parentElement?.remove();
  }
  return wrong;
}

interface Around {
  readonly text: string;
  readonly error: ImConversationList;
  readonly list: ImConversationList;
  readonly worded: ImConversationList;
  readonly badge: HTMLElement;
}

function differencesIn({text, error, list, worded, badge}: Around): string[] {
  const find = (element: HTMLElement, selector: string) => element.shadowRoot?.querySelector<HTMLElement>(selector);
  const message = cleanText(text === '' ? 'unknown' : text);
  const is = {
    panel: find(error, '.panel .detail')?.textContent,
    failed: find(list, '.end .error')?.title,
    strip: find(list, '[part~="sync-text"]')?.textContent,
    label: find(list, '.viewport')?.ariaLabel,
    rows: [...rowsOf(list).keys()].join(),
    worded: find(worded, '.viewport')?.ariaLabel,
    retry: find(worded, '.end button')?.textContent,
    count: find(worded, '[part~="row"]')?.ariaLabel?.includes(text),
    badge: find(badge, 'span')?.ariaLabel,
  };
  const should = {
    ...{panel: message, failed: message, strip: `${en.syncFailed} ${cleanText(text, 200)}`, label: cleanName(text, en.label)},
    ...{rows: 'a', worded: text, retry: text, count: true, badge: text},
  };
  const wrong = (Object.keys(is) as (keyof typeof is)[])
    .filter((key) => is[key] !== should[key])
    .map((key) => `${key}: ${JSON.stringify(is[key])} instead of ${JSON.stringify(should[key])}`);
  return [...wrong, ...[error, list, worded].flatMap((one) => strangers(one))];
}
