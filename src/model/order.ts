import type {Conversation} from './conversation.js';

/**
 * By what the list is sorted.
 *
 * - `order-key`: the source's own 64-bit key.
 * - `last-message`: the time of the last message, for services older than the key; a conversation
 *   without one comes last. Source of the rule: Tencent Cloud Chat before v5.5.892.
 */
export type ConversationOrder = 'order-key' | 'last-message';

/** What stands for a missing last message: below every real time, which starts at 0. */
const NO_MESSAGE = -(2n ** 63n);

/** The key of one conversation in this order; greater is higher. Depends on nothing else. */
export function sortKey(conversation: Conversation, order: ConversationOrder): bigint {
  if (order === 'order-key') return conversation.orderKey;
  const sentAt = conversation.lastMessage?.sentAt;
  return sentAt === undefined ? NO_MESSAGE : BigInt(Math.trunc(sentAt));
}

/** Something with a place in the order. */
export interface Sortable {
  readonly id: string;
  readonly key: bigint;
}

/** Total order: key descending, then id ascending by UTF-16 code units (no locale, so it is the same everywhere). */
export function compareSortable(a: Sortable, b: Sortable): number {
  if (a.key !== b.key) return a.key > b.key ? -1 : 1;
  return a.id === b.id ? 0 : a.id < b.id ? -1 : 1;
}
