import {expect} from '@open-wc/testing';
import {resetMouse, sendKeys} from '@web/test-runner-commands';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import {MemorySource} from '../../src/sources/memory.js';
import {conversations, topKey} from './support/conversations.js';
import {at, buttons, click, press, pressButton, typeKey} from './support/hands.js';
import {focused, inState, mount, part, settle, textOf, until, type MountOptions} from './support/list-page.js';
import {drawn, idsInView, rowOf, rowPart} from './support/rows.js';

interface Started {
  readonly source: MemorySource;
  readonly list: ImConversationList;
  readonly opened: string[];
  /** What each event told, `selecting` as a star. */
  readonly told: string[];
}

async function start(options: MountOptions = {}, count = 30): Promise<Started> {
  const source = new MemorySource({conversations: conversations(count, (i) => ({unreadCount: i % 2}))});
  const opened: string[] = [];
  const told: string[] = [];
  const {attributes, ...rest} = options;
  const list = await mount({
    source,
    pageSize: 'all',
    height: 720,
    attributes: {selection: 'multiple', lang: 'en', 'order-hold': 'off', ...attributes},
    ...rest,
    before: (l) => {
      l.addEventListener('im-conversation-select', ({conversation}) => opened.push(conversation.id));
      l.addEventListener('im-selection-change', ({ids, selecting}) => told.push(ids.join(' ') + (selecting ? '*' : '')));
    },
  });
  return {source, list, opened, told};
}

/** The drawn rows that say they are selected. */
const checked = (list: ImConversationList) =>
  drawn(list)
    .filter(({element, states}) => {
      const selected = element.getAttribute('aria-selected');
      expect(states.includes('checked')).to.equal(selected === 'true');
      return selected === 'true';
    })
    .map(({id}) => id);

describe('selection', () => {
  afterEach(async () => resetMouse());

  describe('as it is by default', () => {
    it('has no selected rows: the open one is current', async () => {
      const {list, opened} = await start({attributes: {selection: 'single'}});
      await click(list, 'c1', 'Control');
      await click(list, 'c2', 'Shift');
      expect(opened).to.deep.equal(['c1', 'c2']);
      expect(list.selectedIds).to.deep.equal([]);
      expect(drawn(list).some(({element}) => element.hasAttribute('aria-selected'))).to.equal(false);
      expect(rowOf(list, 'c2').element.getAttribute('aria-current')).to.equal('true');
    });

    it('leaves Escape and Ctrl+A to the app', async () => {
      const {list} = await start({attributes: {selection: 'single'}});
      list.focus();
      await settle();
      expect(typeKey('Escape').defaultPrevented).to.equal(false);
      expect(typeKey('a', {ctrlKey: true}).defaultPrevented).to.equal(false);
    });

    it('marks nothing where nothing can be selected', async () => {
      const {list, opened} = await start({attributes: {selection: 'none'}});
      await click(list, 'c1');
      expect(opened).to.deep.equal(['c1']);
      expect(list.selectedId).to.equal(undefined);
      list.selectedId = 'c3';
      await settle();
      expect(rowOf(list, 'c3').element.getAttribute('aria-current')).to.equal('true');
    });
  });

  describe('by the mouse', () => {
    it('opens by a click, and selects with Ctrl and with Shift', async () => {
      const {list, opened, told} = await start();
      await click(list, 'c1');
      expect(opened).to.deep.equal(['c1']);
      await click(list, 'c3', 'Control');
      await click(list, 'c5', 'Control');
      expect(checked(list)).to.deep.equal(['c3', 'c5']);
      await click(list, 'c7', 'Shift');
      expect(checked(list)).to.deep.equal(['c3', 'c5', 'c6', 'c7']);
      await click(list, 'c6', 'Shift');
      expect(checked(list), 'the range is another now').to.deep.equal(['c3', 'c5', 'c6']);
      await click(list, 'c3', 'Control');
      expect(list.selectedIds).to.deep.equal(['c5', 'c6']);
      expect(opened).to.deep.equal(['c1']);
      expect(told).to.deep.equal(['c3', 'c3 c5', 'c3 c5 c6 c7', 'c3 c5 c6', 'c5 c6']);
    });

    it('shows what is selected, and what can be', async () => {
      const {list} = await start();
      expect(part(list, 'selection')).to.equal(undefined);
      await click(list, 'c2', 'Control');
      expect(rowPart(rowOf(list, 'c2'), 'checkbox')?.part.contains('checked')).to.equal(true);
      expect(rowPart(rowOf(list, 'c3'), 'checkbox')).to.equal(undefined);
      expect(rowOf(list, 'c3').element.getAttribute('aria-selected')).to.equal('false');
      expect(textOf(part(list, 'selection-text'))).to.equal('1 selected');
      list.selecting = true;
      await settle();
      expect(inState(list, 'selecting')).to.equal(true);
      expect(rowPart(rowOf(list, 'c3'), 'checkbox')?.part.contains('checked')).to.equal(false);
    });

    it('selects by a plain click while selecting', async () => {
      const {list, opened} = await start({attributes: {selecting: ''}});
      await click(list, 'c1');
      await click(list, 'c4');
      await click(list, 'c1');
      expect(checked(list)).to.deep.equal(['c4']);
      expect(opened).to.deep.equal([]);
    });
  });

  describe('by the keyboard', () => {
    it('selects by Space and opens by Enter', async () => {
      const {list, opened} = await start();
      list.focus();
      await press('ArrowDown', ' ', 'ArrowDown', 'ArrowDown', ' ');
      expect(checked(list)).to.deep.equal(['c1', 'c3']);
      await press(' ');
      expect(checked(list)).to.deep.equal(['c1']);
      expect(opened).to.deep.equal([]);
      await press('Enter');
      expect(opened).to.deep.equal(['c3']);
    });

    it('extends by Shift and arrows, and shrinks again', async () => {
      const {list} = await start();
      list.focus();
      await press('ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowDown');
      expect(checked(list)).to.deep.equal(['c1', 'c2', 'c3', 'c4']);
      expect(await press('Shift+ArrowUp')).to.equal('c3');
      expect(checked(list)).to.deep.equal(['c1', 'c2', 'c3']);
      await press('ArrowDown', 'ArrowDown', 'Shift+ArrowDown');
      expect(checked(list)).to.deep.equal(['c1', 'c2', 'c3', 'c5', 'c6']);
      await press('Shift+Home');
      expect(checked(list)).to.deep.equal(['c0', 'c1', 'c2', 'c3', 'c4', 'c5']);
    });

    it('selects all by Ctrl+A or Cmd+A, and nothing more by Escape', async () => {
      const {list, told} = await start();
      list.focus();
      await settle();
      await sendKeys({press: 'Control+a'});
      await until(() => list.selectedIds.length === 30);
      await press('Escape');
      expect(list.selectedIds).to.deep.equal([]);
      expect(typeKey('a', {metaKey: true}).defaultPrevented).to.equal(true);
      expect(list.selectedIds.length).to.equal(30);
      expect(told.length).to.equal(3);
      await press('Escape');
      expect(typeKey('Escape').defaultPrevented, 'nothing is selected').to.equal(false);
    });

    it('ends selecting by Escape, which the app is told', async () => {
      const {list, told} = await start({attributes: {selecting: ''}});
      list.focus();
      await press('Escape');
      expect(list.selecting).to.equal(false);
      expect(told).to.deep.equal(['']);
      expect(part(list, 'selection')).to.equal(undefined);
    });

    it('acts on all of them without a mouse', async () => {
      const {list, source} = await start();
      document.body.focus();
      list.focus();
      await press('ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowDown');
      await until(() => buttons(list).has('delete'));
      const reach = async (purpose: string): Promise<void> => {
        for (let i = 0; i < 8 && focused()?.closest('[role="toolbar"]') === null; i++) await press('Tab');
        for (let i = 0; i < 8 && focused() !== buttons(list).get(purpose); i++) await press('ArrowRight');
        expect(focused(), purpose).to.equal(buttons(list).get(purpose));
        await pressButton(buttons(list).get(purpose));
      };
      await reach('mark-read');
      await until(() => source.get('c1')?.unreadCount === 0);
      await until(() => list.selectedIds.length === 0);
      expect(at(), 'focus is back in the rows').to.equal('c3');
      await press('Shift+ArrowUp');
      await until(() => buttons(list).has('delete'));
      await reach('delete');
      expect(textOf(part(list, 'selection-text'))).to.equal('Delete 2 conversations and their messages?');
      expect(focused(), 'the safe one has focus').to.equal(buttons(list).get('cancel'));
      await press('Shift+Tab');
      await pressButton(buttons(list).get('confirm-delete'));
      await until(() => !idsInView(list).includes('c2') && !idsInView(list).includes('c3'));
      expect(part(list, 'selection')).to.equal(undefined);
      expect(at()).to.equal('c4');
    });
  });

  describe('follows the conversation', () => {
    it('when rows move, and when their elements show others', async () => {
      const {source, list} = await start({}, 300);
      list.selectedIds = ['c2', 'c200'];
      await settle();
      expect(checked(list)).to.deep.equal(['c2']);
      source.receiveMessage({conversationId: 'c8', text: 'x', sentAt: Date.now()});
      source.receiveMessage({conversationId: 'c2', text: 'x', sentAt: Date.now() + 1});
      await settle();
      expect(idsInView(list)[0]).to.equal('c2');
      expect(checked(list)).to.deep.equal(['c2']);
      await list.scrollToConversation('c200');
      await settle();
      expect(checked(list)).to.deep.equal(['c200']);
    });

    it('while the filter hides it, but not when it is removed', async () => {
      const {source, list, told} = await start();
      list.selectedIds = ['c2', 'c3', 'c4'];
      list.unread = true;
      await settle();
      expect(checked(list)).to.deep.equal(['c3']);
      source.upsert(conversations(4, (i) => ({unreadCount: 0, orderKey: topKey(i)})));
      await settle();
      expect(list.selectedIds, 'read, and hidden for that').to.deep.equal(['c2', 'c3', 'c4']);
      expect(told).to.deep.equal([]);
      list.unread = false;
      await settle();
      expect(checked(list)).to.have.members(['c2', 'c3', 'c4']);
      source.remove(['c3']);
      await until(() => list.selectedIds.length === 2);
      expect(told).to.deep.equal(['c2 c4']);
    });

    it('and ends with its source', async () => {
      const {list} = await start();
      list.selectedIds = ['c2'];
      list.source = new MemorySource({conversations: conversations(5)});
      await settle();
      expect(list.selectedIds).to.deep.equal([]);
      expect(checked(list)).to.deep.equal([]);
    });
  });

  it('takes any value an app may set, and shows what makes sense', async () => {
    const {list, told} = await start();
    for (const value of [null, undefined, 7, 'c1', {}, [null, 7, {}], Symbol('s')]) {
      list.selectedIds = value as never;
      await settle();
      expect(checked(list)).to.deep.equal([]);
    }
    list.selectedIds = new Set(['c1', 'c2']);
    list.selection = 'single';
    await settle();
    expect(checked(list)).to.deep.equal([]);
    expect(part(list, 'selection')).to.equal(undefined);
    list.selection = 'multiple';
    await settle();
    expect(checked(list)).to.deep.equal(['c1', 'c2']);
    expect(told).to.deep.equal([]);
  });

  it('shows its boxes in rows of an app’s own', async () => {
    const {list} = await start({renderRow: (c) => c.title});
    await click(list, 'c2', 'Control');
    expect(rowPart(rowOf(list, 'c2'), 'checkbox')).to.not.equal(undefined);
  });
});
