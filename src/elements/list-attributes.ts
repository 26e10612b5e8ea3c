import type {ConversationType} from '../model/conversation.js';
import type {ConversationFilter} from '../model/filter.js';
import type {ConversationOrder} from '../model/order.js';
import {warnOnce} from './warn-once.js';

/** The list's filter properties, as an author writes them. */
export interface FilterAttributes {
  readonly type: string;
  readonly mark: string;
  readonly group: string;
  readonly unread: boolean;
  readonly mentions: boolean;
}

const TYPES: ReadonlySet<string> = new Set<ConversationType>(['direct', 'group', 'channel', 'system', 'unknown']);

/** Whether the person filters at all. */
export function isFiltered(attributes: FilterAttributes): boolean {
  const {type, mark, group, unread, mentions} = attributes;
  return unread || mentions || [type, mark, group].some((value) => value !== '');
}

/** The filter that attributes ask for. Hidden conversations show only where their mark is asked for. */
export function readFilter({type, mark, group, unread, mentions}: FilterAttributes): ConversationFilter {
  const types = readTypes(type);
  return {
    ...(mark !== 'hide' && {hidden: false}),
    ...(types !== undefined && {types}),
    ...(mark !== '' && {mark}),
    ...(group !== '' && {group}),
    ...(unread && {hasUnread: true}),
    ...(mentions && {hasMention: true}),
  };
}

function readTypes(value: string): readonly ConversationType[] | undefined {
  const words = value.split(/\s+/).filter((word) => word !== '');
  const known = words.filter((word): word is ConversationType => TYPES.has(word));
  if (known.length < words.length) {
    warnOnce(`type="${value.slice(0, 64)}" names no known type; use ${[...TYPES].join(', ')}.`);
  }
  return known.length === 0 ? undefined : known;
}

/** A page size from an attribute; 50 and a warning for anything but a whole number from 1, or `all`. */
export function readPageSize(value: unknown): number | 'all' {
  if (value === 'all') return 'all';
  const size = typeof value === 'string' ? Number(value) : value;
  if (typeof size === 'number' && Number.isInteger(size) && size >= 1) return size;
  warnOnce(`page-size="${String(value).slice(0, 64)}" is neither a whole number from 1 nor "all"; using 50.`);
  return 50;
}

/** An order from an attribute; `order-key` and a warning for anything unknown. */
export function readOrder(value: unknown): ConversationOrder {
  if (value === 'order-key' || value === 'last-message') return value;
  warnOnce(`order="${String(value).slice(0, 64)}" is neither "order-key" nor "last-message"; using "order-key".`);
  return 'order-key';
}

/** Whether the order is held under a pointer; yes and a warning for anything unknown. */
export function readOrderHold(value: unknown): boolean {
  if (value === 'off') return false;
  if (value !== 'pointer') warnOnce(`order-hold="${String(value).slice(0, 64)}" is neither "pointer" nor "off"; using "pointer".`);
  return true;
}
