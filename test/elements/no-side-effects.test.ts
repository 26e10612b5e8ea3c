import {expect} from '@open-wc/testing';
import {resetMouse} from '@web/test-runner-commands';
import * as events from '../../src/events/index.js';
import {MemorySource} from '../../src/sources/memory.js';
import {sendMouse} from '../setup/engine.js';
import {conversation, conversations, topKey} from './support/conversations.js';
import {middle, press} from './support/hands.js';
import {grid, mount, settle} from './support/list-page.js';

const CALLS = ['markRead', 'markUnread', 'setPinned', 'setNotify', 'setHidden', 'setMark', 'setDraft', 'delete', 'clearHistory'] as const;
const DONE = [
  events.ImConversationSelectEvent.type,
  events.ImConversationActionEvent.type,
  events.ImBulkActionEvent.type,
  events.ImSelectionChangeEvent.type,
  events.ImFilterChangeEvent.type,
];

describe('nothing is opened, read or changed', () => {
  afterEach(async () => resetMouse());

  for (const selection of ['single', 'multiple']) {
    it(`unless the person asks for it (selection="${selection}")`, async () => {
      const source = new MemorySource({conversations: conversations(300, (i) => ({unreadCount: i % 3}))});
      const done: string[] = [];
      for (const name of CALLS) (source as unknown as Record<string, unknown>)[name] = () => done.push(name);
      const list = await mount({
        source,
        attributes: {selection},
        before: (l) => DONE.forEach((type) => l.addEventListener(type, () => done.push(type))),
      });
      // Mounting, paging, scrolling.
      grid(list).scrollTop = 1e6;
      await settle();
      // Filters and orders.
      for (const [name, value] of [['unread', true], ['type', 'direct'], ['mark', 'star'], ['order', 'last-message']] as const) {
        Object.assign(list, {[name]: value});
        await settle();
        Object.assign(list, {[name]: name === 'order' ? 'order-key' : name === 'unread' ? false : ''});
        await settle();
      }
      // Syncing and changes.
      source.syncStart();
      source.receiveMessage({conversationId: 'c5', text: 'x', sentAt: Date.now()});
      source.upsert([conversation('new', {orderKey: topKey(), unreadCount: 4})]);
      source.remove(['c0']);
      source.syncFinish();
      await settle();
      await list.refresh();
      await list.scrollToConversation('c40');
      list.scrollToTop();
      // The pointer passes, and the keyboard moves through.
      await sendMouse({type: 'move', position: middle(list, 'c5')});
      list.focus();
      await press('ArrowDown', 'PageDown', 'End', 'Home', 'n', 'Tab');
      // Its place in the document changes, and its source.
      list.parentElement?.append(list);
      await settle();
      list.source = new MemorySource({conversations: conversations(5)});
      await settle();
      expect(done).to.deep.equal([]);
      expect(list.selectedId).to.equal(undefined);
      expect(list.selectedIds).to.deep.equal([]);
      expect(source.get('c5')?.unreadCount).to.equal(3);
    });
  }
});
