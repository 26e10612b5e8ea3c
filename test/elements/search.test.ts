import {expect} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import type {ImConversationSearch} from '../../src/elements/im-conversation-search.js';
import {SourceError} from '../../src/model/errors.js';
import type {Conversation} from '../../src/model/conversation.js';
import type {ConversationSource} from '../../src/model/source.js';
import {MemorySource} from '../../src/sources/memory.js';
import {conversation, conversations, message} from './support/conversations.js';
import {box, focused, inState, mount, part, settle, textOf, until} from './support/list-page.js';
import {ManualSource} from './support/manual-source.js';
import {clickOn} from './support/pointer.js';
import {expectWhole, idsInView} from './support/rows.js';

const NAMES = ['Ana López', 'Ben', 'Anton', 'José', 'John Doe', '王小明', 'محمد'];
const ROWS = NAMES.map((title, i) =>
  conversation(`c${i}`, {title, orderKey: BigInt(100 - i), lastMessage: message(i === 1 ? 'See Ana at noon' : 'Hello')}),
);

interface Page {
  readonly list: ImConversationList;
  readonly field: ImConversationSearch;
  readonly queries: string[];
}

/** A provider with a search field above a list. */
async function page(source: ConversationSource = new MemorySource({conversations: ROWS})): Promise<Page> {
  const provider = document.createElement('im-conversation-provider');
  const field = document.createElement('im-conversation-search');
  const list = document.createElement('im-conversation-list');
  list.style.height = '500px';
  provider.append(field, list);
  const queries: string[] = [];
  field.addEventListener('im-search-change', ({query}) => queries.push(query));
  box({height: 600}).append(provider);
  provider.source = source;
  await settle();
  return {list, field, queries};
}

const root = (element: Element) => element.shadowRoot as ShadowRoot;
const input = (field: ImConversationSearch) => root(field).querySelector('input') as HTMLInputElement;
const said = (field: ImConversationSearch) => textOf(root(field).querySelector('[role="status"]') ?? undefined);
const marks = (list: ImConversationList) => [...root(list).querySelectorAll('.row:not([hidden]) mark')].map(textOf);
const at = () => (focused() as HTMLElement | null)?.dataset['id'] ?? focused()?.localName;
const settled = (list: ImConversationList) => until(() => list.snapshot?.search?.status === 'done', 'the search is done');

async function type(field: ImConversationSearch, text: string): Promise<void> {
  field.focus();
  await sendKeys({type: text});
  await settle();
}

async function press(...keys: readonly string[]): Promise<string | undefined> {
  for (const key of keys) {
    await sendKeys({press: key});
    await settle();
  }
  return at();
}

describe('search', () => {
  it('shows what has the words, in the order of the list, with the words marked', async () => {
    const {list, field, queries} = await page();
    await type(field, 'an');
    await until(() => idsInView(list).length === 3);
    expect(idsInView(list)).to.deep.equal(['c0', 'c1', 'c2']);
    expect(marks(list)).to.deep.equal(['An', 'An', 'An']);
    expect(root(list).querySelector('mark')?.getAttribute('part')).to.equal('match');
    expect(queries).to.deep.equal(['a', 'an']);
    expect(list.search).to.equal('an');
    expectWhole(list);
    await type(field, ' lopez');
    await until(() => idsInView(list).length === 1);
    expect(marks(list)).to.deep.equal(['An', 'López']);
    await settled(list);
    expect(textOf(part(field, 'count'))).to.equal('1');
    await press('Escape');
    expect(input(field).value).to.equal('');
    expect(idsInView(list).length).to.equal(7);
    expect(marks(list)).to.deep.equal([]);
    expect(list.snapshot?.search).to.equal(undefined);
  });

  it('finds initials, other scripts, and an app’s own keys', async () => {
    const {list} = await page();
    list.searchKeys = ({title}) => (title === '王小明' ? ['wangxiaoming', 'wxm'] : []);
    for (const [query, id] of [['jd', 'c4'], ['小明', 'c5'], ['محمد', 'c6'], ['WXM', 'c5'], ['ｊｏｓｅ', 'c3']] as const) {
      list.search = query;
      await until(() => idsInView(list).join() === id, `${query} finds ${id}`);
    }
  });

  it('says when it finds nothing, and takes it back by a button', async () => {
    const {list, field} = await page();
    await type(field, 'xyz');
    await until(() => inState(list, 'unfound'));
    expect(textOf(part(list, 'empty'))).to.contain('No results for “xyz”');
    await until(() => said(field) !== '');
    expect(said(field)).to.equal('No results for “xyz”');
    await expect(list).to.be.accessible();
    const events: string[] = [];
    list.addEventListener('im-search-change', ({query}) => events.push(query));
    await clickOn(part(list, 'reset') as HTMLElement);
    await settle();
    expect(events).to.deep.equal(['']);
    expect(input(field).value).to.equal('');
    expect(idsInView(list).length).to.equal(7);
  });

  it('goes from the field into the results by key, and back', async () => {
    const {list, field} = await page();
    await type(field, 'an');
    await until(() => idsInView(list).length === 3);
    expect(await press('ArrowDown')).to.equal('c0');
    expect(await press('ArrowDown')).to.equal('c1');
    expect(await press('ArrowUp')).to.equal('c0');
    expect(await press('ArrowUp')).to.equal('input');
    expect(await press('ArrowDown', 'ArrowDown')).to.equal('c1');
    expect(await press('Escape')).to.equal('input');
    expect(input(field).value).to.equal('an');
    expect(await press('ArrowDown', 't')).to.equal('input');
    await until(() => idsInView(list).join() === 'c2');
    expect(input(field).value).to.equal('ant');
    await press('ArrowDown', 'Backspace');
    expect(input(field).value).to.equal('an');
    await until(() => idsInView(list).length === 3);
    await press('ArrowDown', 'ArrowDown', 'Enter');
    expect(list.selectedId).to.equal('c1');
    expect(await press('Escape', 'Escape')).to.equal('input');
    expect(input(field).value).to.equal('');
    // Of a list that nothing is looked for in, typing is none of the field's business.
    expect(await press('ArrowDown', 'ArrowDown', 'x')).not.to.equal('input');
  });

  it('tells the number of results once the person pauses, and not of every letter', async () => {
    const {list, field} = await page();
    await type(field, 'an');
    await until(() => said(field) !== '');
    expect(said(field)).to.equal('3 results');
    await type(field, 't');
    expect(said(field)).to.equal('');
    await until(() => said(field) !== '');
    expect(said(field)).to.equal('1 result');
    await settled(list);
    await expect(field).to.be.accessible();
  });

  it('is cleared by its button, which keeps the focus in the field', async () => {
    const {list, field} = await page();
    expect(part(field, 'clear')).to.equal(undefined);
    await type(field, 'ben');
    await until(() => idsInView(list).length === 1);
    await clickOn(part(field, 'clear') as HTMLElement);
    await settle();
    expect(at()).to.equal('input');
    expect(idsInView(list).length).to.equal(7);
    expect(part(field, 'clear')).to.equal(undefined);
  });

  it('follows the list’s attribute, and that of another list', async () => {
    const {list, field, queries} = await page();
    list.setAttribute('search', 'ben');
    await until(() => idsInView(list).join() === 'c1');
    expect(input(field).value).to.equal('ben');
    list.removeAttribute('search');
    await settle();
    expect(input(field).value).to.equal('');
    expect(idsInView(list).length).to.equal(7);
    expect(queries).to.deep.equal([]);
  });

  it('works from the first moment, before the list or its source is there', async () => {
    const field = document.createElement('im-conversation-search');
    field.setAttribute('for', 'later');
    const frame = box();
    frame.append(field);
    await settle();
    await type(field, 'ben');
    const list = document.createElement('im-conversation-list');
    list.id = 'later';
    frame.append(list);
    list.source = new MemorySource({conversations: ROWS});
    await until(() => [...(list.snapshot?.rows ?? [])].map(({id}) => id).join() === 'c1');
    await type(field, 'x');
    await until(() => inState(list, 'unfound'));
  });

  it('finds by attribute alone, loading what the view needs', async () => {
    const list = await mount({source: new MemorySource({conversations: ROWS}), attributes: {search: 'jose'}});
    await until(() => idsInView(list).join() === 'c3');
  });

  it('shows what only the source knows, and the page where it comes from stays where it was', async () => {
    const rows = conversations(500, (i) => ({title: i === 400 ? 'Far away' : `Name ${i}`}));
    const source = new MemorySource({conversations: rows, latencyMs: 20});
    let answer = (): void => undefined;
    const answered = new Promise<void>((resolve) => (answer = resolve));
    const {search} = source;
    source.search = async (...call) => {
      await answered;
      return search.apply(source, call);
    };
    const {list, field} = await page(source);
    await until(() => idsInView(list).length > 0);
    await type(field, 'far');
    expect(inState(list, 'searching')).to.equal(true);
    answer();
    await until(() => idsInView(list).join() === 'c400');
    await settled(list);
    expect(inState(list, 'end')).to.equal(true);
    let opened: Conversation | undefined;
    list.addEventListener('im-conversation-select', (event) => (opened = event.conversation));
    await press('ArrowDown', 'Enter');
    expect(opened?.id).to.equal('c400');
    expect(await list.performAction('c400', {name: 'pin', pinned: true})).to.equal(true);
    expect(source.get('c400')?.pinned).to.equal(true);
    await until(() => list.snapshot?.rows.get('c400')?.pinned === true);
    await press('Escape', 'Escape');
    await until(() => idsInView(list)[0] === 'c400');
    expectWhole(list);
  });

  it('offers the next page where the source cannot search', async () => {
    const source = new ManualSource();
    const {list, field} = await page(source);
    source.last.give(ROWS, false);
    await settle();
    const asked = source.requests.length;
    if (asked > 1) source.last.give(conversations(60, () => ({title: 'Other', orderKey: 1n})), false);
    await settle();
    await type(field, 'carla');
    await until(() => inState(list, 'unfound'));
    const before = source.requests.length;
    await clickOn(part(list, 'load-more') as HTMLElement);
    await until(() => source.requests.length > before);
    source.last.give([conversation('far', {title: 'Carla', orderKey: 0n})], true);
    await until(() => idsInView(list).join() === 'far');
  });

  it('keeps what is loaded where the source’s search fails, and tries again on demand', async () => {
    const source = new MemorySource({conversations: ROWS});
    let fails = true;
    const {search} = source;
    source.search = async (...call) => {
      if (fails) throw new SourceError('network', 'down');
      return search.apply(source, call);
    };
    const {list, field} = await page(source);
    const errors: string[] = [];
    list.addEventListener('im-error', ({origin}) => errors.push(origin));
    await type(field, 'an');
    await until(() => list.snapshot?.search?.status === 'failed');
    await settle();
    expect(idsInView(list)).to.deep.equal(['c0', 'c1', 'c2']);
    expect(errors).to.deep.equal(['search']);
    fails = false;
    await clickOn(part(list, 'retry') as HTMLElement);
    await settled(list);
    expect(idsInView(list)).to.deep.equal(['c0', 'c1', 'c2']);
  });

  it('leaves no request and no timer behind', async () => {
    const source = new MemorySource({conversations: ROWS});
    const signals: (AbortSignal | undefined)[] = [];
    source.search = (_query, options) => (signals.push(options?.signal), new Promise(() => undefined));
    const {list, field} = await page(source);
    await type(field, 'an');
    await until(() => signals.length === 1);
    list.closest('im-conversation-provider')?.remove();
    await settle();
    expect(signals[0]?.aborted).to.equal(true);
    expect(source.listenerCount).to.equal(0);
  });

  it('holds against queries and names of any kind', async () => {
    const rows = ['<b>bold</b>', 'a\u202eb', '\ud800x', '', 'é'.repeat(5000), '%$^(.*'].map((title, i) =>
      conversation(`h${i}`, {title, orderKey: BigInt(50 - i)}),
    );
    const {list} = await page(new MemorySource({conversations: rows}));
    for (const query of ['<b>', '\u202e', '\ud800', 'e'.repeat(5000), '(.*', '\\', '[', '\u0000', '   ', 'é']) {
      list.search = query;
      await settle();
      expectWhole(list);
    }
    Object.assign(list, {search: null, searchKeys: 7});
    await settle();
    expect(idsInView(list).length).to.equal(6);
  });
});
