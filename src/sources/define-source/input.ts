import type {Conversation} from '../../model/conversation.js';
import {serviceKey, timeKey} from '../shared/rows.js';
import type {ConversationInput} from './definition.js';

const NONE: readonly string[] = Object.freeze([]);

/**
 * Completes a conversation with neutral values, in a frozen copy; `native` stays what it is.
 *
 * @throws SourceError `invalid-data` for an order key that is none.
 */
export function readInput(input: ConversationInput): Conversation {
  const {id, orderKey, activeAt, lastMessage, draft, native} = input;
  const {pinned = false} = input;
  const times = [activeAt ?? lastMessage?.sentAt, draft?.editedAt].map((ms) => ms ?? 0);
  return Object.freeze({
    type: 'unknown',
    title: '',
    unreadCount: 0,
    notify: 'all',
    marks: NONE,
    groups: NONE,
    ...copy({...input, native: undefined}),
    ...(lastMessage && {lastMessage: Object.freeze({type: 'text', state: 'normal', ...copy(lastMessage)})}),
    pinned,
    orderKey: orderKey === undefined || orderKey === null ? timeKey(pinned, Math.max(...times)) : serviceKey(orderKey, id),
    ...(native !== undefined && {native}),
  } as Conversation);
}

/** A frozen copy all the way down, without fields that are `undefined`. */
function copy<T>(value: T): T {
  if (Array.isArray(value)) return Object.freeze(value.map(copy)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.freeze(Object.fromEntries(entries.map(([name, part]) => [name, copy(part as unknown)]))) as T;
}
