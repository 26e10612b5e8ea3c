import {expect} from '@open-wc/testing';
import type {ImConversationList} from '../../../src/elements/im-conversation-list.js';
import type {Conversation} from '../../../src/model/conversation.js';
import {MemorySource} from '../../../src/sources/memory.js';
import {conversation, conversations, message} from '../support/conversations.js';
import {grid, mount, settle} from '../support/list-page.js';
import {listen} from '../support/listen.js';
import {ManualSource} from '../support/manual-source.js';
import {drawn, expectWhole, idsInView, rowOf} from '../support/rows.js';

const names = () => Object.getOwnPropertyNames(Object.prototype).sort();

/** Conversations as a server might send them: own keys that a careless copy would take for the prototype. */
function poisoned(): unknown[] {
  const texts = [
    '{"id":"a","type":"group","title":"A","__proto__":{"pinned":true,"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
    '{"id":"b","title":"B","lastMessage":{"type":"text","state":"normal","text":"x","__proto__":{"isOwn":true,"polluted":1}}}',
    '{"id":"c","title":"C","draft":{"__proto__":{"text":"never"}},"customData":"{\\"__proto__\\":{\\"polluted\\":1}}"}',
    '{"id":"__proto__","title":"P","pinned":{"__proto__":null},"native":{"__proto__":{"polluted":1}}}',
    '{"id":"constructor","title":"K","marks":["__proto__"],"groups":["__proto__","constructor"],"typing":["__proto__"]}',
  ];
  return texts.map((text) => JSON.parse(text) as unknown);
}

/** A life of a list, with everything in it that keys something by what a source says. */
async function live(): Promise<void> {
  const source = new ManualSource({unreadTotal: true});
  const {list} = await listen(source);
  source.last.give(poisoned() as Conversation[], true);
  await settle();
  expect([...(list.snapshot?.rows ?? [])].map(({id}) => id)).to.have.members(['a', 'b', 'c', '__proto__', 'constructor']);
  const a = list.snapshot?.rows.get('a') as Conversation;
  expect([a.pinned, list.snapshot?.rows.get('b')?.lastMessage?.isOwn]).to.deep.equal([false, undefined]);
  expect(rowOf(list, 'b').preview).to.equal('x');
  expect(rowOf(list, 'c').preview).to.equal('');
  source.emit(JSON.parse('{"type":"groups","groups":[{"id":"__proto__","name":"constructor"}],"__proto__":{"polluted":1}}') as never);
  source.emit(JSON.parse('{"type":"unread","total":3,"__proto__":{"filter":{"types":["group"]}}}') as never);
  source.emit({type: 'upsert', conversations: poisoned() as Conversation[]});
  source.emit({type: 'snapshot', conversations: poisoned() as Conversation[], complete: true});
  for (const id of ['__proto__', 'constructor', 'a']) {
    list.selectedId = id;
    expect(await list.scrollToConversation(id)).to.equal(true);
    await list.performAction(id, {name: '__proto__'} as never);
    source.remove(id);
  }
  list.group = '__proto__';
  list.strings = JSON.parse('{"open":"opened","__proto__":{"unnamed":"polluted"}}') as object;
  await settle();
  expect(list.snapshot?.unreadTotal).to.equal(3);
  expect(list.snapshot?.rows.length).to.equal(0);
  await ordinary();
}

/** What every list does. */
async function ordinary(): Promise<void> {
  const source = new MemorySource({conversations: conversations(300, (i) => ({unreadCount: i % 3, lastMessage: message('hello')}))});
  const list: ImConversationList = await mount({source, pageSize: 50});
  source.receiveMessage({conversationId: 'c7', text: 'new', sentAt: Date.now()});
  source.upsert([conversation('new', {orderKey: 2n ** 62n})]);
  await settle();
  grid(list).scrollTop = 5000;
  await settle();
  list.unread = true;
  await settle();
  list.unread = false;
  list.focus();
  source.syncStart();
  await list.performAction('c3', {name: 'pin', pinned: true});
  list.renderRow = (c) => c.title;
  await settle();
  list.renderRow = undefined;
  await settle();
  expectWhole(list);
  list.scrollToTop();
  await settle();
  expect(idsInView(list)[0]).to.equal('new');
  expect(drawn(list).some(({id}) => id === 'c3' || id === 'c7')).to.equal(true);
  list.source = null;
  await settle();
}

describe('prototypes', () => {
  it('are as they were after everything that a source can say', async () => {
    const before = names();
    await live();
    expect(names()).to.deep.equal(before);
    expect(({} as {polluted?: unknown}).polluted).to.equal(undefined);
    for (const prototype of [Array.prototype, Map.prototype, Function.prototype]) {
      expect(Object.hasOwn(prototype, 'polluted')).to.equal(false);
    }
  });

  it('that are frozen stop nothing', async () => {
    // For good: this page has no later test that would mind.
    for (const prototype of [Object, Array, Map, Set, Promise].map((type) => type.prototype as object)) Object.freeze(prototype);
    await live();
  });
});
