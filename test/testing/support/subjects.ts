import type {Conversation} from '../../../src/model/index.js';
import {MemorySource, type MemorySourceOptions} from '../../../src/sources/memory.js';
import {ArraySource} from '../../../src/store/array-source.js';
import {faultySource, type Faults, type FaultySource} from '../../../src/testing/faulty-source.js';
import type {ConformanceSubject} from '../../../src/testing/source-conformance.js';

const PIN = 1n << 62n;

/** Small and of every kind that a check looks for; one key is past what a number can hold. */
export const CONTENT: readonly Conversation[] = [
  conversation('a', PIN + 9n, {pinned: true, unreadCount: 3, lastMessage: {type: 'text', text: 'Hi', state: 'normal'}}),
  conversation('b', 90n, {type: 'group', mention: 'me', unreadCount: 2, groups: ['work']}),
  conversation('c', 80n, {type: 'group', marks: ['star'], notify: 'silent', unreadCount: 4}),
  conversation('d', 50n, {hidden: true}),
  conversation('e', 50n, {marks: ['unread'], lastMessage: null}),
  conversation('f', 50n, {type: 'channel', groups: ['work', 'home']}),
  conversation('g', 40n, {draft: {text: 'To be sent'}, customData: '{}'}),
  conversation('__proto__', 30n),
];

function conversation(id: string, orderKey: bigint, over: Partial<Conversation> = {}): Conversation {
  return {
    id,
    type: 'direct',
    title: `Conversation ${id}`,
    orderKey,
    pinned: false,
    unreadCount: 0,
    notify: 'all',
    marks: [],
    groups: [],
    ...over,
  };
}

/** A memory source with all controls. */
export function memorySubject(options: MemorySourceOptions = {}): ConformanceSubject & {readonly source: MemorySource} {
  const source = new MemorySource({conversations: CONTENT, ...options});
  return {
    source,
    conversations: CONTENT,
    change: (id) => void source.receiveMessage({conversationId: id, text: 'News', sentAt: 100}),
    add: () => {
      source.receiveMessage({conversationId: 'new', text: 'Hello'});
      return 'new';
    },
    remove: (id) => source.remove([id]),
    fail: () => source.failNextPage(),
    disconnect: () => source.emit({type: 'connection', state: 'offline'}),
    reconnect: () => {
      source.emit({type: 'connection', state: 'online'});
      source.emit({type: 'reset', reason: 'gap'});
    },
    sync: () => {
      source.syncStart();
      source.syncFinish();
    },
    logout: () => {
      source.replaceAll([]);
      source.emit({type: 'reset', reason: 'logout'});
    },
    held: () => source.listenerCount,
  };
}

/** An app's array with what an app can do with it. */
export function arraySubject(): ConformanceSubject {
  let conversations: readonly Conversation[] = CONTENT;
  const source = new ArraySource(conversations);
  const set = (next: readonly Conversation[]): void => {
    conversations = next;
    source.set(next);
  };
  return {
    source,
    conversations,
    change: (id) =>
      set(conversations.map((c) => (c.id === id ? {...c, title: `${c.title}!`, unreadCount: c.unreadCount + 1} : c))),
    add: () => {
      set([...conversations, conversation('new', 60n)]);
      return 'new';
    },
    remove: (id) => set(conversations.filter((c) => c.id !== id)),
  };
}

/** The same behind faults. */
export function faultySubject(
  faults: Faults,
  seed: number,
  subject = memorySubject(),
): ConformanceSubject & {readonly source: FaultySource} {
  return {...subject, source: faultySource(subject.source, {seed, ...faults})};
}
