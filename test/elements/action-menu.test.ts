import {expect} from '@open-wc/testing';
import {resetMouse, sendKeys} from '@web/test-runner-commands';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import type {ImConversationActionEvent} from '../../src/events/conversation-action-event.js';
import type {OpName} from '../../src/model/source.js';
import {MemorySource} from '../../src/sources/memory.js';
import {emulateLook, sendMouse} from '../setup/engine.js';
import {conversation, conversations, topKey} from './support/conversations.js';
import {focused, grid, mount, part, settle, textOf, until, type MountOptions} from './support/list-page.js';
import {contextClick, hover, itemsOf, menu, menuItems, menuName, middle, pick, pressOutside, rightClick, sourceWith} from './support/menus.js';
import {idsInView, rowOf, rowPart} from './support/rows.js';

const EVERYTHING = [
  'Pin', 'Mark as unread', 'Mute', 'Notifications', 'Star', 'Add to folder', 'Fold away', 'Hide', 'Clear history', 'Delete',
];

const memory = () =>
  new MemorySource({conversations: conversations(300, (i) => ({groups: i === 0 ? ['Work'] : []}))});

async function start(options: MountOptions = {}): Promise<{list: ImConversationList; asked: ImConversationActionEvent[]}> {
  const asked: ImConversationActionEvent[] = [];
  const list = await mount({
    source: memory(),
    width: 400,
    ...options,
    before: (l) => l.addEventListener('im-conversation-action', (event) => asked.push(event)),
  });
  return {list, asked};
}

const press = async (...keys: readonly string[]) => {
  for (const key of keys) {
    await sendKeys({press: key});
    await settle();
  }
};

const at = () => textOf(focused() ?? undefined);
const isOpen = (list: ImConversationList) => part(list, 'menu') !== undefined;

describe('the menu of a row', () => {
  afterEach(async () => {
    await resetMouse();
    document.documentElement.removeAttribute('dir');
  });

  it('opens by a click with the other button, with all that the source can do, and opens no conversation', async () => {
    const {list, asked} = await start();
    const browser: boolean[] = [];
    list.addEventListener('contextmenu', (event) => browser.push(event.defaultPrevented));
    await contextClick(list, 'c3');
    expect(itemsOf(list)).to.deep.equal(EVERYTHING);
    expect(browser).to.deep.equal([true]);
    await pick(list, 'Pin');
    await until(() => rowOf(list, 'c3').states.includes('pinned'));
    expect(isOpen(list)).to.equal(false);
    expect(asked.map(({action, conversation: c}) => [c.id, action])).to.deep.equal([['c3', {name: 'pin', pinned: true}]]);
    expect(list.selectedId).to.equal(undefined);
  });

  it('stands where the pointer is, and always inside the window', async () => {
    const {list} = await start({height: 560});
    for (const id of ['c0', 'c7']) {
      const [x, y] = middle(rowOf(list, id).element);
      await contextClick(list, id);
      const box = (await menu(list)).getBoundingClientRect();
      expect(box.left).to.be.at.least(0);
      expect(box.top).to.be.at.least(0);
      expect(box.right).to.be.at.most(innerWidth);
      expect(box.bottom).to.be.at.most(innerHeight);
      expect(Math.abs(box.left - x)).to.be.below(2);
      if (id === 'c0') expect(Math.abs(box.top - y)).to.be.below(2);
      await press('Escape');
    }
  });

  it('opens by its button, which says so, and closes by it', async () => {
    const {list} = await start();
    await hover(list, 'c0');
    const more = rowPart(rowOf(list, 'c0'), 'more') as HTMLElement;
    expect(more.getAttribute('aria-label')).to.equal('More actions for Name of c0');
    expect(more.getBoundingClientRect().width).to.be.at.least(24);
    expect(more.getBoundingClientRect().height).to.be.at.least(24);
    await sendMouse({type: 'click', position: middle(more)});
    await menu(list);
    expect([more.getAttribute('aria-expanded'), at()]).to.deep.equal(['true', 'Pin']);
    await sendMouse({type: 'click', position: middle(more)});
    await until(() => !isOpen(list));
    expect(more.getAttribute('aria-expanded')).to.equal('false');
    expect(list.selectedId).to.equal(undefined);
  });

  for (const key of ['ContextMenu', 'Shift+F10']) {
    it(`opens by ${key}, and Escape goes back to the row`, async () => {
      const {list} = await start();
      list.focus();
      await press('ArrowDown');
      // Firefox's driver knows no such key by name.
      const menuKey = new KeyboardEvent('keydown', {key, bubbles: true, composed: true, cancelable: true});
      if (key === 'ContextMenu') focused()?.dispatchEvent(menuKey);
      else await press(key);
      await until(() => isOpen(list));
      expect(at()).to.equal('Pin');
      await press('Escape');
      expect(isOpen(list)).to.equal(false);
      expect(focused()).to.equal(rowOf(list, 'c1').element);
    });
  }

  it('is gone through by arrows, Home, End and letters', async () => {
    const {list} = await start();
    list.focus();
    await press('Shift+F10');
    await until(() => isOpen(list));
    const seen: string[] = [];
    for (const key of ['ArrowDown', 'ArrowUp', 'ArrowUp', 'ArrowDown', 'End', 'Home', 'h', 'Home']) {
      await press(key);
      seen.push(at());
    }
    expect(seen).to.deep.equal(['Mark as unread', 'Pin', 'Delete', 'Pin', 'Delete', 'Pin', 'Hide', 'Pin']);
    await sendKeys({type: 'mu'});
    expect(at()).to.equal('Mute');
  });

  it('has the levels behind an item, as a choice of one', async () => {
    const {list, asked} = await start();
    list.focus();
    await press('Shift+F10', 'n', 'ArrowRight');
    expect(itemsOf(list)).to.deep.equal([
      'Notifications', '*Notify: all messages', 'Notify: mentions only', 'Notify silently', 'Notifications off',
    ]);
    expect(menuItems(list).slice(1).map(({role}) => role)).to.deep.equal(Array.from({length: 4}, () => 'menuitemradio'));
    expect(at()).to.equal('Notify: all messages');
    await press('ArrowLeft');
    expect(at()).to.equal('Notifications');
    await press('Enter', 'End', 'Enter');
    await until(() => rowOf(list, 'c0').states.includes('muted'));
    expect(asked.map(({action}) => action)).to.deep.equal([{name: 'notify', level: 'off'}]);
    expect(focused()).to.equal(rowOf(list, 'c0').element);
  });

  it('says whose it is, at each level, and what that is called by now', async () => {
    const source = memory();
    const {list} = await start({source});
    await contextClick(list, 'c2');
    expect(menuName(list)).to.equal('More actions for Name of c2');
    await pick(list, 'Notifications');
    expect(menuName(list)).to.equal('Notifications, Name of c2');
    expect(itemsOf(list)[0], 'the way back').to.equal('Notifications');
    source.upsert([conversation('c2', {title: 'Ada', orderKey: 9_999_998n})]);
    await until(() => menuName(list) === 'Notifications, Ada');
    await press('Escape');
    expect(menuName(list)).to.equal('More actions for Ada');
    await press('Escape', 'ArrowUp', 'Shift+F10');
    await until(() => isOpen(list));
    expect(menuName(list)).to.equal('More actions for Name of c1');
  });

  it('has the groups behind an item, each on or off', async () => {
    const {list} = await start();
    await contextClick(list, 'c0');
    await pick(list, 'Add to folder');
    expect(itemsOf(list)).to.deep.equal(['Add to folder', '*Work']);
    expect(menuItems(list)[1]?.role).to.equal('menuitemcheckbox');
    await pick(list, 'Work');
    await until(() => list.snapshot?.rows.get('c0')?.groups.length === 0);
    await contextClick(list, 'c1');
    await pick(list, 'Add to folder');
    await pick(list, 'Work');
    await until(() => list.snapshot?.rows.get('c1')?.groups.includes('Work') === true);
  });

  it('asks a source that has told no groups for them', async () => {
    const source = sourceWith(['pin', 'groups'], {conversations: conversations(3)});
    Object.assign(source.groups, {list: async () => [{id: 'g', name: 'Home'}, null, {id: 3}]});
    const {list} = await start({source});
    await contextClick(list, 'c1');
    await until(() => itemsOf(list).includes('Add to folder'));
    await pick(list, 'Add to folder');
    expect(itemsOf(list)).to.deep.equal(['Add to folder', 'Home']);
  });

  const few: readonly (readonly [readonly OpName[], readonly string[]])[] = [
    [['pin'], ['Pin']],
    [['markRead'], []],
    [['mark'], ['Mark as unread', 'Star', 'Fold away', 'Hide']],
    [['delete', 'notify'], ['Mute', 'Notifications', 'Delete']],
    [[], []],
  ];
  for (const [ops, items] of few) {
    it(`offers only what the source can do: ${ops.join(', ') || 'nothing'}`, async () => {
      const {list} = await start({source: sourceWith(ops, {conversations: conversations(3)})});
      list.focus();
      await press('Shift+F10');
      if (items.length > 0) await until(() => isOpen(list));
      expect(itemsOf(list)).to.deep.equal(items);
      const browser: boolean[] = [];
      list.addEventListener('contextmenu', (event) => browser.push(event.defaultPrevented));
      await press('Escape');
      await rightClick(list, 'c1');
      await settle();
      expect(browser).to.deep.equal([items.length > 0]);
      expect(rowPart(rowOf(list, 'c1'), 'actions') !== undefined).to.equal(items.length > 0);
    });
  }

  it('is the browser’s own on an app’s array, and on a link in a custom row', async () => {
    for (const options of [{source: null, conversations: conversations(3)}, {}]) {
      const {list} = await start({...options, renderRow: () => Object.assign(document.createElement('a'), {href: '#x', textContent: 'link'})});
      const browser: boolean[] = [];
      list.addEventListener('contextmenu', (event) => browser.push(event.defaultPrevented));
      const target = rowOf(list, 'c1').element.querySelector('a') as Element;
      target.dispatchEvent(new MouseEvent('contextmenu', {bubbles: true, composed: true, cancelable: true, button: 2, clientX: 9, clientY: 9}));
      await settle();
      expect(browser).to.deep.equal([false]);
      expect(isOpen(list)).to.equal(false);
    }
  });

  it('closes by a press outside, a scroll and Tab; the list goes on', async () => {
    const {list} = await start();
    await contextClick(list, 'c1');
    await pressOutside();
    await until(() => !isOpen(list));
    await contextClick(list, 'c1');
    grid(list).scrollTop = 300;
    await until(() => !isOpen(list));
    grid(list).scrollTop = 0;
    await settle();
    await contextClick(list, 'c1');
    await press('Tab');
    expect(isOpen(list)).to.equal(false);
    expect(focused()).to.equal(rowOf(list, 'c1').element);
    await contextClick(list, 'c1');
    list.remove();
    expect(document.querySelector('im-conversation-list')).to.equal(null);
  });

  it('holds the order while it is open, and applies it afterwards', async () => {
    const source = memory();
    const {list} = await start({source});
    list.focus();
    await press('Shift+F10');
    await until(() => isOpen(list));
    source.upsert([{...conversation('c5'), orderKey: topKey()}]);
    await settle();
    expect(idsInView(list)[0]).to.equal('c0');
    await press('Escape');
    list.querySelector('button')?.focus();
    (focused() as HTMLElement).blur();
    await until(() => idsInView(list)[0] === 'c5');
  });

  it('runs from right to left where the page does', async () => {
    document.documentElement.dir = 'rtl';
    const {list} = await start();
    list.focus();
    await press('ArrowLeft');
    expect((focused() as HTMLElement).getAttribute('part')).to.equal('action');
    await press('ArrowRight');
    expect(focused()).to.equal(rowOf(list, 'c0').element);
    const [x] = middle(rowOf(list, 'c0').element);
    await contextClick(list, 'c0');
    expect(Math.abs((await menu(list)).getBoundingClientRect().right - x)).to.be.below(2);
    await press('n', 'ArrowLeft');
    expect(itemsOf(list)[1]).to.equal('*Notify: all messages');
    await press('ArrowRight');
    expect(at()).to.equal('Notifications');
  });

  it('lies over the list, and inside it, where the browser has no top layer', async () => {
    const {showPopover} = HTMLElement.prototype;
    Object.assign(HTMLElement.prototype, {showPopover: undefined});
    try {
      const {list} = await start();
      await contextClick(list, 'c6');
      const box = (await menu(list)).getBoundingClientRect();
      const own = list.getBoundingClientRect();
      expect(box.height).to.be.above(100);
      expect([box.left >= own.left, box.top >= own.top, box.right <= own.right, box.bottom <= own.bottom]).not.to.include(false);
      await pick(list, 'Pin');
      await until(() => list.snapshot?.rows.get('c6')?.pinned === true);
    } finally {
      HTMLElement.prototype.showPopover = showPopover;
    }
  });

  for (const [colorScheme, direction] of [['light', 'ltr'], ['dark', 'rtl']] as const) {
    it(`has no fault by axe: ${colorScheme}, ${direction}`, async () => {
      document.documentElement.style.setProperty('color-scheme', colorScheme);
      document.documentElement.dir = direction;
      await emulateLook({colorScheme, reducedMotion: 'reduce'});
      const {list} = await start();
      await hover(list, 'c1');
      await expect(list).to.be.accessible();
      await contextClick(list, 'c2');
      await expect(list).to.be.accessible();
      await press('n', 'Enter');
      await expect(list).to.be.accessible();
      await press('Escape', 'End', 'Enter');
      await until(() => part(list, 'question') !== undefined);
      await expect(list).to.be.accessible();
      document.documentElement.style.removeProperty('color-scheme');
      await emulateLook({colorScheme: 'light', reducedMotion: 'no-preference'});
    });
  }
});
