import {expect} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import type {ImConversationFilters} from '../../src/elements/im-conversation-filters.js';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import type {ImFilterChangeEvent} from '../../src/events/filter-change-event.js';
import type {Conversation} from '../../src/model/conversation.js';
import type {ConversationSource} from '../../src/model/source.js';
import {MemorySource} from '../../src/sources/memory.js';
import {conversations} from './support/conversations.js';
import {box, focused, mount, seen, settle, textOf, until} from './support/list-page.js';
import {ManualSource} from './support/manual-source.js';
import {clickOn} from './support/pointer.js';
import {idsInView, rowOf} from './support/rows.js';

interface Page {
  readonly filters: ImConversationFilters;
  readonly list: ImConversationList;
  readonly events: ImFilterChangeEvent[];
}

interface Options {
  readonly chips?: string;
  readonly width?: number;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly dir?: string;
}

const ROWS = conversations(12, (i) => ({
  ...(i % 2 === 0 && {unreadCount: 2}),
  ...(i % 3 === 0 && {type: 'group'}),
  ...(i === 5 && {pinned: true}),
  ...(i === 6 && {mention: 'me', marks: ['star']}),
}));
const GROUPED = ROWS.map((row, i) => ({...row, groups: i < 4 ? ['work'] : []}));

/** A provider with filters above a list. */
async function page(source: ConversationSource, {chips, width = 780, attributes = {}, dir = 'ltr'}: Options = {}): Promise<Page> {
  const provider = document.createElement('im-conversation-provider');
  const filters = document.createElement('im-conversation-filters');
  const list = document.createElement('im-conversation-list');
  if (chips !== undefined) filters.setAttribute('chips', chips);
  for (const [name, value] of Object.entries(attributes)) list.setAttribute(name, value);
  provider.append(filters, list);
  const events: ImFilterChangeEvent[] = [];
  filters.addEventListener('im-filter-change', (event) => events.push(event));
  const frame = box({width, height: 600});
  frame.dir = dir;
  frame.append(provider);
  provider.source = source;
  await filters.updateComplete;
  await settle();
  return {filters, list, events};
}

const all = (filters: HTMLElement, selector: string): HTMLElement[] =>
  [...(filters.shadowRoot as ShadowRoot).querySelectorAll<HTMLElement>(selector)].filter(seen);
const chips = (filters: HTMLElement): string[] => all(filters, '.line .chip').map(textOf);
const pressed = (filters: HTMLElement): string[] => all(filters, '[aria-pressed="true"]').map(textOf);
const named = (filters: HTMLElement, name: string): HTMLElement => {
  const found = [...all(filters, '.chip'), ...all(filters, '.item')].find((chip) => chip.dataset['name'] === name || chip.id === name);
  if (found === undefined) throw new Error(`There is no chip ${name}.`);
  return found;
};
const source = (rows: readonly Conversation[] = ROWS) => new MemorySource({conversations: rows});
const at = () => (focused() as HTMLElement | null)?.dataset['name'] ?? focused()?.id;

async function press(...keys: readonly string[]): Promise<string | undefined> {
  for (const key of keys) {
    await sendKeys({press: key});
    await settle();
  }
  return at();
}

describe('filters', () => {
  it('offer what there is, named for all who cannot see them', async () => {
    const {filters} = await page(source());
    expect(chips(filters)).to.deep.equal(['All', 'Unread', 'Mentions', 'Direct', 'Groups', 'Pinned', 'Starred']);
    expect(pressed(filters)).to.deep.equal(['All']);
    const toolbar = all(filters, '[role="toolbar"]')[0];
    expect(toolbar?.getAttribute('aria-label')).to.equal('Filters');
    await expect(filters).to.be.accessible();
  });

  it('are those that the author asks for, in that order', async () => {
    const {filters} = await page(source(), {chips: 'pinned all mark:7 channels hide unread unread'});
    filters.labels = {'mark:7': 'Customers', all: 'Everything'};
    await settle();
    expect(chips(filters)).to.deep.equal(['Pinned', 'Everything', 'Customers', 'Hidden', 'Unread']);
  });

  it('filter the list by a click, and again show all; the list’s properties follow', async () => {
    const {filters, list, events} = await page(source());
    await clickOn(named(filters, 'unread'));
    await settle();
    expect(idsInView(list)).to.deep.equal(['c0', 'c2', 'c4', 'c6', 'c8', 'c10']);
    expect(pressed(filters)).to.deep.equal(['Unread']);
    expect(list.unread).to.equal(true);
    expect(events.map(({filter}) => filter)).to.deep.equal([{hidden: false, hasUnread: true}]);
    await clickOn(named(filters, 'pinned'));
    await settle();
    expect(idsInView(list)).to.deep.equal(['c5']);
    expect([list.unread, list.pinned]).to.deep.equal([false, true]);
    await clickOn(named(filters, 'pinned'));
    await settle();
    expect(list.snapshot?.rows.length).to.equal(12);
    expect(pressed(filters)).to.deep.equal(['All']);
    expect(events.length).to.equal(3);
  });

  it('follow the list, and tell nothing of what the app does', async () => {
    const {filters, list, events} = await page(source(), {attributes: {type: 'group'}});
    expect(pressed(filters)).to.deep.equal(['Groups']);
    list.type = '';
    list.mark = 'star';
    await settle();
    expect(pressed(filters)).to.deep.equal(['Starred']);
    expect(idsInView(list)).to.deep.equal(['c6']);
    list.mark = '';
    list.type = 'direct group';
    await settle();
    expect(pressed(filters)).to.deep.equal([]);
    expect(list.type).to.equal('direct group');
    expect(events).to.deep.equal([]);
  });

  it('keep what goes together, where the author lets them', async () => {
    const {filters, list} = await page(source());
    filters.multiple = true;
    for (const name of ['unread', 'groups', 'direct']) await clickOn(named(filters, name));
    await settle();
    expect(pressed(filters)).to.deep.equal(['Unread', 'Direct']);
    expect(idsInView(list)).to.deep.equal(['c2', 'c4', 'c8', 'c10']);
    await clickOn(named(filters, 'unread'));
    await settle();
    expect(pressed(filters)).to.deep.equal(['Direct']);
    await clickOn(named(filters, 'all'));
    await settle();
    expect(pressed(filters)).to.deep.equal(['All']);
  });

  it('are taken back by the button of an empty list', async () => {
    const {filters, list} = await page(source());
    await clickOn(named(filters, 'mentions'));
    list.group = 'nowhere';
    await settle();
    expect(list.matches(':state(filtered)')).to.equal(true);
    await clickOn(list.shadowRoot?.querySelector('[part~="reset"]') as HTMLElement);
    await settle();
    expect(pressed(filters)).to.deep.equal(['All']);
    expect(list.snapshot?.rows.length).to.equal(12);
  });

  it('count what is unread in each conversation group', async () => {
    const memory = source();
    await memory.groups.create('Home', ['c8', 'c9']);
    const {filters} = await page(memory, {chips: 'all folders'});
    await until(() => chips(filters).includes('Home 2'));
    const home = all(filters, '.chip').find((chip) => textOf(chip).startsWith('Home')) as HTMLElement;
    expect(home.getAttribute('aria-label')).to.equal('Home, 2 unread messages');
  });

  it('say that a count is a lower bound where only some rows are known', async () => {
    const manual = new ManualSource();
    const {filters} = await page(manual, {chips: 'folders'});
    manual.emit({type: 'groups', groups: [{id: 'work', name: 'Work'}, {id: 'x', name: '', unread: 7}]});
    manual.last.give(GROUPED, false);
    await settle();
    expect(chips(filters)).to.deep.equal(['Work 4+', 'Unnamed conversation 7']);
    expect(named(filters, 'folder:work').getAttribute('aria-label')).to.equal('Work, at least 4 unread messages');
  });

  it('are one Tab stop, and arrow keys go through them, in both directions of writing', async () => {
    for (const [dir, next, previous] of [
      ['ltr', 'ArrowRight', 'ArrowLeft'],
      ['rtl', 'ArrowLeft', 'ArrowRight'],
    ] as const) {
      const {filters, list} = await page(source(), {dir, chips: 'all unread pinned'});
      named(filters, 'all').focus();
      expect(await press(next)).to.equal('unread');
      expect(await press(next, next)).to.equal('all');
      expect(await press(previous)).to.equal('pinned');
      expect(await press('Home')).to.equal('all');
      expect(await press('End')).to.equal('pinned');
      await press('Enter');
      expect(idsInView(list)).to.deep.equal(['c5']);
      expect(at()).to.equal('pinned');
      await press('Space');
      expect(list.snapshot?.rows.length).to.equal(12);
      await press('Tab');
      expect((focused() as HTMLElement).dataset['id']).to.equal('c0');
      expect(await press('Shift+Tab')).to.equal('pinned');
      filters.closest('im-conversation-provider')?.remove();
    }
  });

  it('that do not fit wait in a menu, for mouse and keyboard', async () => {
    const {filters, list} = await page(source(), {width: 260});
    const shown = chips(filters);
    expect(shown.length).to.be.greaterThan(0).and.lessThan(7);
    expect(filters.getBoundingClientRect().height).to.be.lessThan(50);
    await clickOn(named(filters, 'more'));
    await until(() => all(filters, '.item').length > 0 && at() !== 'more');
    const items = all(filters, '.item').map(textOf);
    expect([...shown, ...items]).to.deep.equal(['All', 'Unread', 'Mentions', 'Direct', 'Groups', 'Pinned', 'Starred']);
    await expect(filters).to.be.accessible();
    const menu = all(filters, '.menu')[0]?.getBoundingClientRect() as DOMRect;
    expect(menu.left).to.be.at.least(0);
    expect(menu.right).to.be.at.most(innerWidth);
    await clickOn(named(filters, 'pinned'));
    await settle();
    expect(idsInView(list)).to.deep.equal(['c5']);
    expect(all(filters, '.item')).to.deep.equal([]);
    expect(at()).to.equal('more');
    expect(textOf(named(filters, 'more'))).to.equal('Pinned');
    expect(named(filters, 'more').getAttribute('aria-label')).to.equal('More filters, Pinned');
    // The menu begins at what is chosen.
    expect(await press('ArrowDown')).to.equal('pinned');
    expect(await press('End')).to.equal('star');
    expect(await press('ArrowDown', 'ArrowDown', 'ArrowUp')).not.to.equal('more');
    expect(await press('Escape')).to.equal('more');
    expect(all(filters, '.item')).to.deep.equal([]);
    await press('Enter');
    expect(all(filters, '.item').length).to.equal(items.length);
    await press('Tab');
    expect(all(filters, '.item')).to.deep.equal([]);
  });

  it('make room as soon as there is some', async () => {
    const {filters} = await page(source(), {width: 200});
    expect(chips(filters).length).to.be.lessThan(7);
    const frame = filters.closest('div') as HTMLElement;
    frame.style.width = '780px';
    await until(() => chips(filters).length === 7);
    expect(all(filters, '#more')).to.deep.equal([]);
    frame.style.width = '200px';
    await until(() => chips(filters).length < 7);
  });

  it('in a list’s header, or beside it by its id, are that list’s', async () => {
    const list = await mount({source: source(), attributes: {id: 'that'}, width: 780});
    const inside = document.createElement('im-conversation-filters');
    inside.slot = 'header';
    list.append(inside);
    const beside = document.createElement('im-conversation-filters');
    beside.setAttribute('for', 'that');
    list.parentElement?.prepend(beside);
    await settle();
    await clickOn(named(inside, 'pinned'));
    await settle();
    expect(pressed(beside)).to.deep.equal(['Pinned']);
    expect(idsInView(list)).to.deep.equal(['c5']);
    list.id = 'other';
    await settle();
    await clickOn(named(beside, 'unread'));
    await settle();
    expect(idsInView(list)).to.deep.equal(['c5']);
    list.id = 'that';
    await settle();
    expect(pressed(beside)).to.deep.equal(['Pinned']);
  });

  it('stand without a source, and where values are wrong', async () => {
    const alone = document.createElement('im-conversation-filters');
    Object.assign(alone, {chips: 'all nonsense __proto__ constructor mark: folder:x', labels: null, htmlFor: null});
    box().append(alone);
    await settle();
    expect(chips(alone)).to.deep.equal(['All']);
    await clickOn(named(alone, 'all'));
    Object.assign(alone, {chips: null, label: null});
    await settle();
    expect(alone.shadowRoot?.querySelectorAll('.line .chip').length).to.equal(6);
  });

  it('keep the row that is being read under unread ones, until another is open', async () => {
    const memory = source();
    const {filters, list} = await page(memory);
    await clickOn(named(filters, 'unread'));
    await until(() => idsInView(list)[1] === 'c2');
    list.addEventListener('im-conversation-select', ({conversation}) => void memory.markRead([conversation.id]));
    await clickOn(rowOf(list, 'c2').element);
    await until(() => memory.get('c2')?.unreadCount === 0);
    await settle();
    expect(idsInView(list)).to.deep.equal(['c0', 'c2', 'c4', 'c6', 'c8', 'c10']);
    await clickOn(rowOf(list, 'c4').element);
    await until(() => memory.get('c4')?.unreadCount === 0);
    await settle();
    expect([...(list.snapshot?.rows ?? [])].map(({id}) => id)).to.deep.equal(['c0', 'c4', 'c6', 'c8', 'c10']);
  });
});
