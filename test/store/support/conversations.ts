import type {Conversation, ConversationSnapshot} from '../../../src/store/index.js';

/** A good conversation; `key` is its order key. */
export function conversation(id: string, key: number | bigint = 0, over: Partial<Conversation> = {}): Conversation {
  return {
    id,
    type: 'direct',
    title: id,
    orderKey: BigInt(key),
    pinned: false,
    unreadCount: 0,
    notify: 'all',
    marks: [],
    groups: [],
    ...over,
  };
}

/** `count` conversations, the first on top: `c0` … with keys from `count` down. */
export function conversations(count: number, over: Partial<Conversation> = {}): Conversation[] {
  return Array.from({length: count}, (_, i) => conversation(`c${i}`, count - i, over));
}

/** The ids of a snapshot's rows, joined: short in a test and short in its failure. */
export function ids(snapshot: ConversationSnapshot): string {
  return [...snapshot.rows].map(({id}) => id).join(' ');
}
