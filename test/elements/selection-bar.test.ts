import {expect} from '@open-wc/testing';
import {resetMouse, sendKeys} from '@web/test-runner-commands';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import type {ImBulkActionEvent} from '../../src/events/bulk-action-event.js';
import type {Conversation} from '../../src/model/conversation.js';
import type {OpName} from '../../src/model/source.js';
import {MemorySource} from '../../src/sources/memory.js';
import {sendMouse} from '../setup/engine.js';
import {conversation, conversations, ids} from './support/conversations.js';
import {at, buttons, press, pressButton} from './support/hands.js';
import {focused, mount, part, setStyle, settle, textOf, until, type MountOptions} from './support/list-page.js';
import {itemsOf, menuItems, menuName, middle, pick, pressOutside, sourceWith} from './support/menus.js';

interface Started {
  readonly source: MemorySource;
  readonly list: ImConversationList;
  /** Each action, and those that it is for. */
  readonly told: [ImBulkActionEvent['action'], string][];
}

/** `c0` unread, `c1` pinned, `c2` silent, `c3` off, all others as they come. */
const STATES: readonly Partial<Conversation>[] = [{unreadCount: 2}, {pinned: true}, {notify: 'silent'}, {notify: 'off'}];

async function start(options: MountOptions = {}, ops?: readonly OpName[]): Promise<Started> {
  const given = {conversations: conversations(12, (i) => ({groups: i === 4 ? ['Work'] : [], ...STATES[i]}))};
  const source = ops === undefined ? new MemorySource(given) : sourceWith(ops, given);
  const told: Started['told'] = [];
  const list = await mount({
    source,
    width: 420,
    ...options,
    attributes: {selection: 'multiple', lang: 'en', ...options.attributes},
    before: (l) => l.addEventListener('im-bulk-action', ({action, conversations: of}) => told.push([action, of.map(({id}) => id).join(' ')])),
  });
  return {source, list, told};
}

/** Selects, and waits until the bar has what can be done. */
async function select(list: ImConversationList, ...some: readonly string[]): Promise<void> {
  list.selectedIds = some;
  await until(() => buttons(list).has('clear-selection') && (part(list, 'selection')?.querySelectorAll('.tool').length ?? 0) > 2, 'the bar is there');
  await settle();
}

const labels = (list: ImConversationList) => [...buttons(list).values()].map((button) => button.getAttribute('aria-label'));

async function click(button: HTMLElement | undefined): Promise<void> {
  await sendMouse({type: 'click', position: middle(button as HTMLElement)});
  await settle();
}

const moreIsOpen = (list: ImConversationList) => part(list, 'menu') !== undefined;

describe('the bar of what is selected', () => {
  afterEach(async () => {
    await resetMouse();
    document.documentElement.removeAttribute('dir');
  });

  it('offers what can be done to all: what only some need, is for those', async () => {
    const {source, list, told} = await start();
    await select(list, ...ids(0, 6));
    expect(labels(list)).to.deep.equal(['Select all', 'Mark as read', 'Pin', 'Mute', 'Delete', 'More actions', 'Clear selection']);
    await click(buttons(list).get('mute'));
    await until(() => source.get('c5')?.notify === 'silent');
    expect(source.get('c3')?.notify, 'quieter than silent').to.equal('off');
    await until(() => list.selectedIds.length === 0);
    await select(list, 'c0', 'c1', 'c4');
    await click(buttons(list).get('pin'));
    await select(list, 'c0', 'c5');
    await click(buttons(list).get('mark-read'));
    expect(told).to.deep.equal([
      [{name: 'notify', level: 'silent'}, 'c0 c1 c4 c5'],
      [{name: 'pin', pinned: true}, 'c0 c4'],
      [{name: 'mark-read'}, 'c0'],
    ]);
  });

  it('offers the opposite once all have it', async () => {
    const {list, told} = await start();
    await select(list, 'c2', 'c3');
    expect(labels(list)).to.include.members(['Mark as unread', 'Pin', 'Unmute']);
    await click(buttons(list).get('mute'));
    await select(list, 'c1');
    expect(labels(list)).to.include.members(['Mark as unread', 'Unpin', 'Mute']);
    expect(told).to.deep.equal([[{name: 'notify', level: 'all'}, 'c2 c3']]);
  });

  it('follows what the source says of them', async () => {
    const {source, list} = await start();
    await select(list, 'c5', 'c6');
    expect(labels(list)).to.include('Mark as unread');
    source.receiveMessage({conversationId: 'c6', text: 'x', sentAt: Date.now()});
    await until(() => labels(list).includes('Mark as read'));
  });

  it('offers only what the source can do', async () => {
    const {list} = await start({}, ['markRead', 'delete']);
    await select(list, 'c0', 'c5');
    expect(labels(list), 'nothing is left for a menu').to.deep.equal(['Select all', 'Mark as read', 'Delete', 'Clear selection']);
    await select(list, 'c5', 'c6');
    expect(labels(list), 'nothing is unread').to.deep.equal(['Select all', 'Delete', 'Clear selection']);
  });

  it('offers nothing that the app lets be done to some only, and its items if all have them', async () => {
    const {source, list, told} = await start();
    list.actions = (one, defaults) => [
      {id: 'app:archive', label: `Archive ${one.title}`},
      {id: 'app:call', label: 'Call', disabled: one.id === 'c1'},
      ...defaults.filter(({id}) => one.id !== 'c2' || id !== 'delete'),
    ];
    await select(list, 'c0', 'c5');
    expect(buttons(list).has('delete')).to.equal(true);
    await select(list, 'c0', 'c2', 'c1');
    expect(buttons(list).has('delete')).to.equal(false);
    list.focus();
    await press('Delete');
    expect(buttons(list).has('confirm-delete')).to.equal(false);
    await click(buttons(list).get('more'));
    expect(itemsOf(list)).to.include('Archive Name of c0');
    for (const label of ['Call', 'Delete']) expect(itemsOf(list)).to.not.include(label);
    await pick(list, 'Archive Name of c0');
    expect(told).to.deep.equal([[{name: 'app:archive'}, 'c0 c2 c1']]);
    expect(list.selectedIds, 'the app decides').to.deep.equal(['c0', 'c2', 'c1']);
    expect(source.get('c0')?.unreadCount).to.equal(2);
  });

  it('draws no line with nothing above or below it', async () => {
    const {list} = await start();
    list.actions = ({id}) => [
      {id: 'app:a', label: 'A'},
      ...(id === 'c2' ? [] : [{id: 'line', label: '', kind: 'separator'} as const, {id: 'app:b', label: 'B'}]),
    ];
    const lines = () => part(list, 'menu')?.querySelectorAll('[part~="menu-separator"]').length;
    await select(list, 'c0', 'c1');
    await click(buttons(list).get('more'));
    expect([itemsOf(list), lines()]).to.deep.equal([['A', 'B'], 1]);
    await press('Escape');
    await select(list, 'c0', 'c2');
    await click(buttons(list).get('more'));
    expect([itemsOf(list), lines()]).to.deep.equal([['A'], 0]);
  });

  for (const lang of ['en', 'de', 'ru', 'ar']) {
    it(`is one line from 15 to 25 rem, and what has no room is in the menu: ${lang}`, async () => {
      const {list} = await start({attributes: {lang}});
      await select(list, ...ids(0, 12));
      await until(() => labels(list)[0] !== 'Select all' || lang === 'en', 'its words are here');
      const bar = part(list, 'selection') as HTMLElement;
      const seen: number[] = [];
      for (const width of [240, 272, 320, 360, 380, 400]) {
        setStyle(list.parentElement as HTMLElement, {width: `${width}px`});
        await settle();
        const all = [...buttons(list).values()].map((button) => button.getBoundingClientRect());
        expect(new Set(all.map(({top}) => Math.round(top))).size, `${width}: lines`).to.equal(1);
        expect(bar.scrollWidth, `${width}: scrolls to the side`).to.be.at.most(bar.clientWidth);
        const text = (part(list, 'selection-text') as HTMLElement).getBoundingClientRect();
        expect(text.width, `${width}: the text`).to.be.at.least(60);
        expect([...buttons(list).keys()]).to.include.members(['select-all', 'more', 'clear-selection']);
        seen.push(all.length - 3);
      }
      expect(seen).to.deep.equal([0, 1, 2, 3, 3, 4]);
    });
  }

  it('has a menu where all has a button only as long as there is no room for them', async () => {
    const {list} = await start({width: 240}, ['markRead', 'delete']);
    await select(list, 'c0');
    expect([...buttons(list).keys()]).to.deep.equal(['select-all', 'more', 'clear-selection']);
    await click(buttons(list).get('more'));
    expect(itemsOf(list)).to.deep.equal(['Mark as read', 'Delete']);
  });

  describe('its menu', () => {
    it('has all that can be done, says how many it is for, and gives the focus back', async () => {
      const {list} = await start();
      await select(list, ...ids(4, 7));
      await click(buttons(list).get('more'));
      expect(menuName(list)).to.equal('More actions, 3 selected');
      expect(itemsOf(list)).to.deep.equal([
        'Pin', 'Mark as unread', 'Mute', 'Notifications', 'Star', 'Add to folder', 'Fold away', 'Hide', 'Clear history', 'Delete',
      ]);
      expect(buttons(list).get('more')?.getAttribute('aria-expanded')).to.equal('true');
      await press('Escape');
      expect(focused()).to.equal(buttons(list).get('more'));
      await press('ArrowDown');
      expect(moreIsOpen(list)).to.equal(true);
      await pressOutside();
      await until(() => !moreIsOpen(list));
    });

    it('puts into a folder those that are not in it', async () => {
      const {source, list, told} = await start();
      await select(list, 'c4', 'c5');
      await click(buttons(list).get('more'));
      await pick(list, 'Add to folder');
      expect(itemsOf(list), 'not all are in it').to.deep.equal(['Add to folder', 'Work']);
      await pick(list, 'Work');
      await until(() => source.get('c5')?.groups.length === 1);
      expect(told.map(([, some]) => some)).to.deep.equal(['c5']);
    });

    it('follows what is selected, and goes with it', async () => {
      const {source, list} = await start();
      await select(list, 'c1', 'c5');
      await click(buttons(list).get('more'));
      expect(itemsOf(list)).to.include('Pin');
      await press('ArrowDown');
      const here = textOf(focused() ?? undefined);
      source.remove(['c5']);
      await until(() => menuName(list) === 'More actions, 1 selected');
      expect(itemsOf(list)).to.include('Unpin');
      expect(textOf(focused() ?? undefined)).to.equal(here);
      source.remove(['c1']);
      await until(() => !moreIsOpen(list));
      expect(part(list, 'selection')).to.equal(undefined);
      expect(at(), 'the rows have the focus').to.match(/^c\d/);
    });

    it('asks before a history is cleared, with the number, and a no leads back', async () => {
      const {list, told} = await start();
      await select(list, ...ids(4, 7));
      await click(buttons(list).get('more'));
      await pick(list, 'Clear history');
      expect(textOf(part(list, 'selection-text'))).to.equal('Clear the messages of 3 conversations?');
      expect(focused()).to.equal(buttons(list).get('cancel'));
      await press('Escape');
      expect(focused()).to.equal(buttons(list).get('more'));
      await click(buttons(list).get('more'));
      await pick(list, 'Clear history');
      await click(buttons(list).get('confirm-clear-history'));
      await until(() => told.length === 1);
      expect(told[0]).to.deep.equal([{name: 'clear-history'}, 'c4 c5 c6']);
    });
  });

  describe('is a toolbar', () => {
    for (const dir of ['ltr', 'rtl'] as const) {
      it(`of one Tab stop, with arrows, Home and End: ${dir}`, async () => {
        document.documentElement.dir = dir;
        const [next, previous] = dir === 'ltr' ? ['ArrowRight', 'ArrowLeft'] : ['ArrowLeft', 'ArrowRight'];
        const {list} = await start({width: 320});
        await select(list, 'c0', 'c1');
        const bar = part(list, 'selection') as HTMLElement;
        expect([bar.getAttribute('role'), bar.getAttribute('aria-label')]).to.deep.equal(['toolbar', '2 selected']);
        list.focus();
        const here = () => (focused() as HTMLElement).part[1];
        for (let i = 0; i < 6 && here() !== 'select-all'; i++) await press('Tab');
        const way: (string | undefined)[] = [];
        for (const key of [next, next, next, next, next, previous, 'Home', 'End']) {
          await press(key);
          way.push(here());
        }
        expect(way).to.deep.equal(['mark-read', 'delete', 'more', 'clear-selection', 'select-all', 'clear-selection', 'select-all', 'clear-selection']);
        await press('Shift+Tab');
        expect(here()).to.equal('select-all');
        await press('Shift+Tab');
        expect(at()).to.equal('c0');
      });
    }

    it('that ends by Escape, with the focus on the row that had it', async () => {
      const {list} = await start();
      list.focus();
      await press('ArrowDown', ' ');
      await until(() => buttons(list).has('delete'));
      buttons(list).get('delete')?.focus();
      await press('Escape');
      expect([list.selectedIds, at()]).to.deep.equal([[], 'c1']);
    });

    it('whose buttons stay the same while others come and go', async () => {
      const {source, list} = await start({}, ['markRead', 'pin', 'delete']);
      await select(list, 'c0');
      const pin = buttons(list).get('pin') as HTMLElement;
      pin.focus();
      source.upsert([conversation('c0', {orderKey: 10_000_000n})]);
      await until(() => !buttons(list).has('mark-read'));
      expect(focused()).to.equal(pin);
      expect(pin.getAttribute('aria-label')).to.equal('Pin');
      const {list: other, source: its} = await start({}, ['markRead', 'pin', 'delete']);
      await select(other, 'c0');
      buttons(other).get('mark-read')?.focus();
      its.upsert([conversation('c0', {orderKey: 10_000_000n})]);
      await until(() => !buttons(other).has('mark-read'));
      expect(focused(), 'the focus stays in the bar').to.equal(buttons(other).get('select-all'));
      its.remove(['c0']);
      await until(() => part(other, 'selection') === undefined);
      expect(at(), 'and goes back with it').to.match(/^c\d/);
    });

    it('that keeps the focus where the app cancels', async () => {
      const {list} = await start();
      list.addEventListener('im-bulk-action', (event) => event.preventDefault());
      await select(list, 'c4', 'c5');
      buttons(list).get('delete')?.focus();
      await pressButton(buttons(list).get('delete'));
      await press('Shift+Tab');
      await pressButton(buttons(list).get('confirm-delete'));
      await until(() => buttons(list).has('delete'));
      expect(list.selectedIds).to.deep.equal(['c4', 'c5']);
      expect(focused()).to.equal(buttons(list).get('select-all'));
    });
  });

  it('gives its place to an app’s own buttons, in the order of Tab', async () => {
    const {list} = await start();
    const own = Object.assign(document.createElement('button'), {slot: 'selection', id: 'own', textContent: 'Own'});
    list.append(own);
    list.focus();
    await press(' ');
    await until(() => buttons(list).has('select-all'));
    await settle();
    expect([...buttons(list).keys()]).to.deep.equal(['select-all', 'clear-selection']);
    for (let i = 0; i < 6 && at() !== 'own'; i++) await press('Tab');
    expect(focused()).to.equal(own);
  });

  it('has no fault by axe, with its menu and without', async () => {
    const {list} = await start({width: 320});
    await select(list, ...ids(0, 6));
    await expect(list).to.be.accessible();
    await click(buttons(list).get('more'));
    expect(menuItems(list).length).to.be.above(5);
    await expect(list).to.be.accessible();
    await sendKeys({press: 'Escape'});
    await click(buttons(list).get('delete'));
    await expect(list).to.be.accessible();
  });
});
