import type {Conversation} from 'im-conversation-list';
import {MemorySource} from 'im-conversation-list/sources/memory.js';

function conversation(id: string, title: string, unreadCount: number): Conversation {
  return {
    id,
    type: 'direct',
    title,
    orderKey: BigInt(unreadCount),
    pinned: false,
    unreadCount,
    notify: 'all',
    marks: [],
    groups: [],
  };
}

export const source = new MemorySource({conversations: [conversation('ada', 'Ada', 2), conversation('ben', 'Ben', 0)]});

export const array = [conversation('cleo', 'Cleo', 1)];

// What a service would do: a message comes in.
Object.assign(globalThis, {
  receive: (text: string) => source.receiveMessage({conversationId: 'ben', senderName: 'Ben', text}),
  listeners: () => source.listenerCount,
});
