import type {Conversation, LastMessage} from '../../../src/model/conversation.js';

/** A fixed moment: Wednesday 2024-05-15, noon of the machine's own time zone. */
export const NOON = new Date(2024, 4, 15, 12).getTime();

/** A conversation with the given facts; without any, one that has nothing to tell. */
export function conversation(id: string, facts: Partial<Conversation> = {}): Conversation {
  return {
    id,
    type: 'direct',
    title: `Name of ${id}`,
    orderKey: 1000n,
    pinned: false,
    unreadCount: 0,
    notify: 'all',
    marks: [],
    groups: [],
    lastMessage: null,
    ...facts,
  };
}

/** Conversations `c0`, `c1`, … in the order of the list. */
export function conversations(count: number, facts: (i: number) => Partial<Conversation> = () => ({})): Conversation[] {
  return Array.from({length: count}, (_, i) => conversation(`c${i}`, {orderKey: BigInt(10_000_000 - i), ...facts(i)}));
}

/** The key of a place above all of {@link conversations}; greater for greater `n`. */
export function topKey(n = 0): bigint {
  return BigInt(20_000_000 + n);
}

/** The last message of a conversation. */
export function message(text: string, facts: Partial<LastMessage> = {}): LastMessage {
  return {type: 'text', state: 'normal', text, sentAt: NOON, ...facts};
}

/** The ids `c0`, `c1`, … of {@link conversations}. */
export function ids(from: number, to: number): string[] {
  return Array.from({length: to - from}, (_, i) => `c${from + i}`);
}

/** Numbers from 0 up to 1, the same for the same seed. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
