import {sendKeys, sendMouse} from '@web/test-runner-commands';
import {expect} from '@open-wc/testing';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import type {ConversationAction} from '../../src/events/conversation-action-event.js';
import {SourceError} from '../../src/model/errors.js';
import type {ConversationSource} from '../../src/model/source.js';
import {MemorySource} from '../../src/sources/memory.js';
import {conversation, conversations, topKey} from './support/conversations.js';
import {mount, settle, until} from './support/list-page.js';
import {ManualSource} from './support/manual-source.js';
import {idsInView, rowOf} from './support/rows.js';

const STATUS = ['im-conversations-change', 'im-sync-change', 'im-unread-change', 'im-page-load', 'im-error', 'im-filter-change'];

/** Mounts a list and notes its events, by type. */
async function watch(source: ConversationSource, attributes = {}): Promise<{list: ImConversationList; events: Event[]; of: (type: string) => Event[]}> {
  const events: Event[] = [];
  const list = await mount({
    source, attributes: {'order-hold': 'off', ...attributes},
    before: (element) => {
      for (const type of [...STATUS, 'im-conversation-select', 'im-conversation-action']) element.addEventListener(type, (e) => events.push(e));
    },
  });
  return {list, events, of: (type) => events.filter((event) => event.type === type)};
}

async function click(list: ImConversationList, id: string): Promise<void> {
  const {left, top, width, height} = rowOf(list, id).element.getBoundingClientRect();
  await sendMouse({type: 'click', position: [Math.round(left + width / 2), Math.round(top + height / 2)]});
}

describe('opening', () => {
  it('is told by an event that bubbles, is composed and cancelable, and makes the conversation current', async () => {
    const {list} = await watch(new MemorySource({conversations: conversations(9)}));
    const heard: [string, string, boolean, boolean][] = [];
    const hear = ({conversation: {id}, type, cancelable, composed}: HTMLElementEventMap['im-conversation-select']) =>
      heard.push([type, id, cancelable, composed]);
    document.addEventListener('im-conversation-select', hear);
    await click(list, 'c3');
    await settle();
    expect(list.selectedId).to.equal('c3');
    expect(rowOf(list, 'c3').element.getAttribute('aria-current')).to.equal('true');
    await sendKeys({press: 'ArrowDown'});
    expect(list.selectedId, 'focus opens nothing').to.equal('c3');
    await sendKeys({press: 'Enter'});
    expect(list.selectedId).to.equal('c4');
    await sendKeys({press: 'ArrowUp'});
    await sendKeys({press: 'Space'});
    expect(list.selectedId).to.equal('c3');
    document.removeEventListener('im-conversation-select', hear);
    expect(heard).to.deep.equal(['c3', 'c4', 'c3'].map((id) => ['im-conversation-select', id, true, true]));
  });

  it('changes nothing when it is cancelled', async () => {
    const {list} = await watch(new MemorySource({conversations: conversations(9)}));
    list.addEventListener('im-conversation-select', (event) => event.preventDefault());
    await click(list, 'c3');
    expect(list.selectedId).to.equal(undefined);
  });

  it('is not told for what the app selects, and nothing is opened unasked', async () => {
    const {list, of} = await watch(new MemorySource({conversations: conversations(9)}));
    list.selectedId = 'c2';
    await settle();
    expect(of('im-conversation-select')).to.deep.equal([]);
  });
});

describe('status events', () => {
  it('tell of live changes by id, one event a batch, and do not bubble', async () => {
    const source = new ManualSource();
    const {of} = await watch(source);
    source.last.give(conversations(5), true);
    await settle();
    expect(of('im-conversations-change'), 'pages are not live changes').to.deep.equal([]);
    source.upsert(conversation('new', {orderKey: topKey()}));
    source.upsert(conversation('c1', {orderKey: topKey(1)}));
    source.remove('c2');
    await settle();
    expect(of('im-conversations-change').length).to.equal(1);
    const [event] = of('im-conversations-change') as HTMLElementEventMap['im-conversations-change'][];
    expect([event?.added, event?.changed, event?.removed]).to.deep.equal([['new'], ['c1'], ['c2']]);
    expect([event?.bubbles, event?.composed, event?.cancelable]).to.deep.equal([false, false, false]);
    source.upsert(conversation('c1', {orderKey: topKey(1)}));
    await settle();
    expect(of('im-conversations-change').length, 'the same again is no change').to.equal(1);
  });

  it('tell the way of a sync', async () => {
    const source = new ManualSource();
    const {of} = await watch(source);
    source.emit({type: 'sync', phase: 'start'});
    await settle();
    source.emit({type: 'sync', phase: 'fail', error: new SourceError('server', 'down')});
    await settle();
    source.emit({type: 'sync', phase: 'finish'});
    await settle();
    const told = (of('im-sync-change') as HTMLElementEventMap['im-sync-change'][]).map(({status, error}) => [status, error?.code]);
    expect(told).to.deep.equal([['syncing', undefined], ['failed', 'server'], ['idle', undefined]]);
    expect((of('im-error') as HTMLElementEventMap['im-error'][]).map(({origin}) => origin)).to.deep.equal(['sync']);
  });

  it('tell the unread total from the source alone, when it changes', async () => {
    const source = new ManualSource();
    const {of} = await watch(source);
    source.last.give(conversations(3, () => ({unreadCount: 5})), true);
    await settle();
    expect(of('im-unread-change')).to.deep.equal([]);
    for (const total of [700, 700, 3]) {
      source.emit({type: 'unread', total});
      await settle();
    }
    expect((of('im-unread-change') as HTMLElementEventMap['im-unread-change'][]).map(({total}) => total)).to.deep.equal([700, 3]);
  });
});

describe('actions', () => {
  const CALLS: readonly [ConversationAction, string, readonly unknown[]][] = [
    [{name: 'pin', pinned: true}, 'setPinned', ['c1', true]],
    [{name: 'notify', level: 'silent'}, 'setNotify', ['c1', 'silent']],
    [{name: 'mark-read'}, 'markRead', [['c1']]],
    [{name: 'mark-unread', unread: true}, 'markUnread', ['c1', true]],
    [{name: 'mark', mark: 'star', on: true}, 'setMark', [['c1'], 'star', true]],
    [{name: 'hide', hidden: true}, 'setHidden', ['c1', true]],
    [{name: 'draft', text: 'x'}, 'setDraft', ['c1', 'x']],
    [{name: 'clear-history'}, 'clearHistory', ['c1']],
    [{name: 'delete'}, 'delete', [['c1']]],
  ];

  for (const [action, method, args] of CALLS) {
    it(`${action.name}: calls ${method} unless it is cancelled, and tells a refusal`, async () => {
      const source = new ManualSource();
      const called: unknown[][] = [];
      let answer: () => Promise<unknown> = async () => undefined;
      Object.assign(source, {[method]: (...given: unknown[]) => (called.push(given), answer())});
      const {list, of} = await watch(source);
      source.last.give(conversations(3), true);
      await settle();
      expect(await list.performAction('c1', action)).to.equal(true);
      expect(called).to.deep.equal([args]);
      answer = async () => Promise.reject(new SourceError('forbidden', 'no'));
      expect(await list.performAction('c1', action)).to.equal(false);
      answer = async () => [{id: 'c1', error: new SourceError('limit-exceeded', 'full')}];
      expect(await list.performAction('c1', action)).to.equal(false);
      await settle();
      const told = (of('im-error') as HTMLElementEventMap['im-error'][]).map(({origin, error}) => [origin, error.code]);
      expect(told).to.deep.equal([['action', 'forbidden'], ['action', 'limit-exceeded']]);
      list.addEventListener('im-conversation-action', (event) => event.preventDefault(), {once: true});
      expect(await list.performAction('c1', action)).to.equal(false);
      expect(called.length).to.equal(3);
    });
  }

  it('are refused for a source without them, and for a conversation that is not there', async () => {
    const source = new ManualSource();
    const {list, of} = await watch(source);
    source.last.give(conversations(3), true);
    await settle();
    expect(await list.performAction('c1', {name: 'delete'})).to.equal(false);
    expect(await list.performAction('nobody', {name: 'delete'})).to.equal(false);
    await settle();
    expect((of('im-error') as HTMLElementEventMap['im-error'][]).map(({error}) => error.code)).to.deep.equal(['unsupported']);
  });

  it('show in the list what the source made of them', async () => {
    const source = new MemorySource({conversations: conversations(5)});
    const {list} = await watch(source);
    await list.performAction('c4', {name: 'pin', pinned: true});
    await until(() => idsInView(list)[0] === 'c4');
    await list.performAction('c4', {name: 'delete'});
    await until(() => !idsInView(list).includes('c4'));
  });
});
