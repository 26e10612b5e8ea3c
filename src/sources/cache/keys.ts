import {hasUnread, type Conversation} from '../../model/conversation.js';
import type {ConversationFilter} from '../../model/filter.js';

/** Where a row stands: its negated order key, which sorts as text, then its id. */
export type Place = readonly [key: string, id: string];

/** One entry of the index: a label, then the place. */
export type Tag = [label: string, key: string, id: string];

/** The greatest order key, so that the difference to it is never negative. */
const GREATEST = 2n ** 64n - 1n;
/** Hexadecimal digits of the greatest difference, to -2^63. */
const WIDTH = 17;

/** The label that every row has. */
export const ALL = '';
const TYPE = 't';
const MARK = 'm';
export const GROUP = 'g';
export const UNREAD = 'u';
export const MENTION = '@';
const PINNED = 'p';

/** An order key as text that sorts the greatest first, every bit kept. */
export function encodeKey(orderKey: bigint): string {
  return (GREATEST - orderKey).toString(16).padStart(WIDTH, '0');
}

/** The reverse; `undefined` for text that is none of ours. */
export function decodeKey(text: unknown): bigint | undefined {
  return typeof text === 'string' && /^[\da-f]{17}$/.test(text) ? GREATEST - BigInt(`0x${text}`) : undefined;
}

export function placeOf({id, orderKey}: Pick<Conversation, 'id' | 'orderKey'>): Place {
  return [encodeKey(orderKey), id];
}

/** Under which labels a row is found. */
export function tagsOf(c: Conversation): Tag[] {
  const labels = new Set([ALL, TYPE + c.type, ...c.marks.map((mark) => MARK + mark), ...c.groups.map((g) => GROUP + g)]);
  if (hasUnread(c)) labels.add(UNREAD);
  if (c.mention) labels.add(MENTION);
  if (c.pinned) labels.add(PINNED);
  return Array.from(labels, (label) => [label, ...placeOf(c)]);
}

/** The index's entries of a label, from below a place. */
export function below(label: string, after?: Place): IDBKeyRange {
  // An array is above every string, so this ends with the label.
  const [lower, upper] = [after ? [label, ...after] : [label], [label, []]];
  const range = {lower, upper, lowerOpen: true, upperOpen: true};
  return typeof IDBKeyRange === 'function' ? IDBKeyRange.bound(lower, upper, true, true) : (range as unknown as IDBKeyRange);
}

/** Numbers up to one, that one included. */
export function upTo(upper: number): IDBKeyRange {
  return typeof IDBKeyRange === 'function' ? IDBKeyRange.upperBound(upper) : ({upper} as IDBKeyRange);
}

/** The label with the fewest rows, as a rule, among those that hold all that the filter lets through. */
export function labelOf({types, mark, group, hasUnread, hasMention, pinned}: ConversationFilter): string {
  if (typeof group === 'string') return GROUP + group;
  if (typeof mark === 'string') return MARK + mark;
  if (hasMention === true) return MENTION;
  if (pinned === true) return PINNED;
  if (hasUnread === true) return UNREAD;
  return types?.length === 1 ? TYPE + types[0] : ALL;
}
