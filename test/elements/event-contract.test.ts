import {expect} from '@open-wc/testing';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import * as events from '../../src/events/index.js';
import {SourceError} from '../../src/model/errors.js';
import {MemorySource} from '../../src/sources/memory.js';
import {conversation, conversations, topKey} from './support/conversations.js';
import {mount, settle, type MountOptions} from './support/list-page.js';
import {ManualSource} from './support/manual-source.js';
import {idsInView, rowOf} from './support/rows.js';

const TYPES = [
  ...['im-conversation-select', 'im-conversation-action', 'im-conversations-change', 'im-sync-change'],
  ...['im-unread-change', 'im-page-load', 'im-filter-change', 'im-search-change', 'im-error'],
  ...['im-selection-change', 'im-bulk-action', 'im-bulk-result'],
];

/** A list that notes the events it raises. */
async function listen(options: MountOptions): Promise<{list: ImConversationList; heard: Event[]}> {
  const heard: Event[] = [];
  const list = await mount({
    ...options,
    before: (l) => TYPES.forEach((type) => l.addEventListener(type, (event) => heard.push(event))),
  });
  return {list, heard};
}

const kinds = (heard: readonly Event[]) => heard.map(({type}) => type);

describe('events', () => {
  it('have classes of their own, which say their type', () => {
    const {ImConversationSelectEvent: Select, ImConversationActionEvent: Action, ImBulkActionEvent: Bulk, ...status} = events;
    for (const intent of [Select, Action, Bulk]) expect(TYPES).to.include(intent.type);
    for (const {type} of Object.values(status)) expect(TYPES).to.include(type);
    expect(Object.keys(events).length).to.equal(TYPES.length);
  });

  describe('of opening', () => {
    it('bubble, cross shadow roots and name the conversation', async () => {
      const mine = conversation('b', {native: {any: 'thing'}});
      const outer = document.createElement('div');
      const {list, heard} = await listen({conversations: [conversation('a'), mine]});
      list.parentElement?.append(outer);
      outer.attachShadow({mode: 'open'}).append(list);
      await settle();
      let outside: Event | undefined;
      outer.addEventListener('im-conversation-select', (event) => (outside = event));
      rowOf(list, 'b').element.click();
      const event = outside as events.ImConversationSelectEvent;
      expect(event).to.be.instanceOf(events.ImConversationSelectEvent);
      expect(event.conversation).to.equal(mine);
      expect([event.bubbles, event.composed, event.cancelable]).to.deep.equal([true, true, true]);
      expect(kinds(heard).filter((type) => type === 'im-conversation-select').length).to.equal(1);
      expect(list.selectedId).to.equal('b');
    });

    it('leave the open conversation alone where they are cancelled', async () => {
      const {list} = await listen({conversations: conversations(3), selectedId: 'c0'});
      list.addEventListener('im-conversation-select', (event) => event.preventDefault());
      rowOf(list, 'c2').element.click();
      await settle();
      expect(list.selectedId).to.equal('c0');
      expect(rowOf(list, 'c2').states).to.deep.equal([]);
    });

    it('are not raised where the app sets the open conversation', async () => {
      const {list, heard} = await listen({conversations: conversations(3)});
      heard.length = 0;
      list.selectedId = 'c1';
      await list.scrollToConversation('c2');
      list.scrollToTop();
      await settle();
      expect(kinds(heard)).to.deep.equal([]);
    });
  });

  describe('of live changes', () => {
    const start = async () => {
      const source = new MemorySource({conversations: conversations(5)});
      const {list, heard} = await listen({source});
      heard.length = 0;
      const changes = () =>
        heard
          .filter((event) => event instanceof events.ImConversationsChangeEvent)
          .map(({added, changed, removed}) => [added, changed, removed].map((ids) => ids.join(' ')));
      return {source, list, changes, heard};
    };

    it('name what is new, changed and gone', async () => {
      const {source, changes, heard} = await start();
      source.upsert([conversation('new', {orderKey: topKey()})]);
      await settle();
      source.receiveMessage({conversationId: 'c3', text: 'x'});
      await settle();
      source.remove(['c1']);
      await settle();
      expect(changes()).to.deep.equal([
        ['new', '', ''],
        ['', 'c3', ''],
        ['', '', 'c1'],
      ]);
      const [event] = heard as [Event];
      expect([event.bubbles, event.composed, event.cancelable]).to.deep.equal([false, false, false]);
    });

    it('come once for a batch, when the list already shows it', async () => {
      const {source, list, changes} = await start();
      let rows = 0;
      list.addEventListener('im-conversations-change', () => (rows = list.snapshot?.rows.length ?? 0));
      source.upsert(conversations(500).map((c) => ({...c, title: 'New'})));
      source.remove(['c4']);
      source.receiveMessage({conversationId: 'c0', text: 'x'});
      await settle();
      expect(changes().length).to.equal(1);
      const [[added, changed, removed]] = changes() as [[string, string, string]];
      expect(added.split(' ').length).to.equal(495);
      expect(changed).to.equal('c0 c1 c2 c3');
      expect(removed).to.equal('c4');
      expect(rows).to.equal(499);
    });

    it('speak of the filtered list', async () => {
      const {source, list, changes, heard} = await start();
      list.unread = true;
      await settle();
      heard.length = 0;
      source.receiveMessage({conversationId: 'c3', text: 'x'});
      await settle();
      await source.markRead(['c3']);
      await settle();
      source.upsert([conversation('quiet')]);
      await settle();
      expect(changes()).to.deep.equal([
        ['c3', '', ''],
        ['', '', 'c3'],
      ]);
    });

    it('are not raised for pages, and not for what says nothing new', async () => {
      const {source, list, changes} = await start();
      source.upsert(conversations(5));
      await settle();
      await list.refresh();
      await settle();
      expect(changes()).to.deep.equal([]);
    });
  });

  describe('of syncing', () => {
    it('tell each step, and its error', async () => {
      const source = new ManualSource();
      const {heard} = await listen({source});
      const error = new SourceError('network', 'down');
      for (const step of [
        {phase: 'start'},
        {phase: 'start'},
        {phase: 'progress', progress: 0.5},
        {phase: 'fail', error},
        {phase: 'finish'},
        {phase: 'finish'},
      ] as const) {
        source.emit({type: 'sync', ...step});
        await settle();
      }
      const steps = heard.filter((event) => event instanceof events.ImSyncChangeEvent);
      expect(steps.map((step) => [step.status, step.progress, step.error?.code])).to.deep.equal([
        ['syncing', undefined, undefined],
        ['syncing', 0.5, undefined],
        ['failed', undefined, 'network'],
        ['idle', undefined, undefined],
      ]);
      const errors = heard.filter((event) => event instanceof events.ImErrorEvent);
      expect(errors.map((event) => [event.origin, event.error])).to.deep.equal([['sync', error]]);
      expect(steps.some((step) => step.bubbles || step.composed || step.cancelable)).to.equal(false);
    });
  });

  describe('of the unread total', () => {
    it('tell the source’s own, never a sum of rows', async () => {
      const source = new ManualSource();
      const {list, heard} = await listen({source});
      source.last.give(conversations(5, () => ({unreadCount: 3})), true);
      await settle();
      const totals = () => heard.filter((e) => e instanceof events.ImUnreadChangeEvent).map(({total}) => total);
      expect(totals()).to.deep.equal([]);
      expect(list.snapshot?.unreadTotal).to.equal(undefined);
      for (const total of [120, 120, 7, 0]) {
        source.emit({type: 'unread', total});
        await settle();
      }
      source.emit({type: 'unread', total: 55, filter: {types: ['group']}});
      await settle();
      expect(totals()).to.deep.equal([120, 7, 0]);
    });

    it('come from the source when it is asked', async () => {
      const source = new MemorySource({conversations: conversations(200, () => ({unreadCount: 1}))});
      const {heard} = await listen({source});
      const totals = () => heard.filter((e) => e instanceof events.ImUnreadChangeEvent).map(({total}) => total);
      expect(totals()).to.deep.equal([200]);
      source.receiveMessage({conversationId: 'c150', text: 'x'});
      await settle();
      expect(totals()).to.deep.equal([200, 201]);
    });
  });

  it('are raised one by one in the state that they tell, even where a listener throws or changes everything', async () => {
    const source = new MemorySource({conversations: conversations(5)});
    const {list} = await listen({source});
    list.addEventListener('im-conversations-change', () => {
      list.type = 'group';
      list.source = null;
      list.remove();
    });
    source.receiveMessage({conversationId: 'c0', text: 'x'});
    await settle();
    expect(source.listenerCount).to.equal(0);
    expect(list.isConnected).to.equal(false);
  });

  it('are of no use to change what the list holds', async () => {
    const source = new MemorySource({conversations: conversations(3)});
    const {list} = await listen({source});
    list.addEventListener('im-conversations-change', ({changed}) => (changed as string[]).splice(0, 9, 'x'));
    source.receiveMessage({conversationId: 'c1', text: 'x', sentAt: 1e14});
    await settle();
    expect(idsInView(list)).to.deep.equal(['c1', 'c0', 'c2']);
  });
});
