import type {Announced} from '../controllers/announce-controller.js';
import type {SelectionMode} from '../controllers/selection-controller.js';
import type {ConversationType} from '../model/conversation.js';
import type {ConversationFilter} from '../model/filter.js';
import type {ConversationOrder} from '../model/order.js';
import {warnOnce} from './warn-once.js';

/** The list's filter properties, as an author writes them; one that was taken away is `null`. */
export interface FilterAttributes {
  readonly type: string | null | undefined;
  readonly mark: string | null | undefined;
  readonly group: string | null | undefined;
  readonly unread: boolean;
  readonly mentions: boolean;
  readonly pinned: boolean;
}

/** A list without any of them. */
export const NO_FILTER: FilterAttributes = {type: '', mark: '', group: '', unread: false, mentions: false, pinned: false};

const TYPES: ReadonlySet<string> = new Set<ConversationType>(['direct', 'group', 'channel', 'system', 'unknown']);
const DENSITIES: ReadonlySet<unknown> = new Set(['default', 'comfortable', 'compact']);

/** Whether the list shows less than one without attributes. */
export function isFiltered(attributes: FilterAttributes): boolean {
  const {hidden, ...rest} = readFilter(attributes);
  return hidden !== false || Object.keys(rest).length > 0;
}

/** The filter that attributes ask for. Hidden conversations, by mark or by flag, show only where that mark is asked for. */
export function readFilter({type, mark, group, unread, mentions, pinned}: FilterAttributes): ConversationFilter {
  const types = readTypes(type ?? '');
  return {
    hidden: mark === 'hide',
    ...(types !== undefined && {types}),
    ...(mark && mark !== 'hide' && {mark}),
    ...(group && {group}),
    ...(unread && {hasUnread: true}),
    ...(mentions && {hasMention: true}),
    ...(pinned && {pinned: true}),
  };
}

/** The attributes that ask for a filter, as far as attributes can. */
export function writeFilter({types, mark, group, hasUnread, hasMention, pinned, hidden}: ConversationFilter): FilterAttributes {
  return {
    type: types?.join(' ') ?? '',
    mark: mark ?? (hidden === true ? 'hide' : ''),
    group: group ?? '',
    unread: hasUnread === true,
    mentions: hasMention === true,
    pinned: pinned === true,
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

/** Warns of a density that there is none of; the styles take it for `default`. */
export function checkDensity(value: unknown): void {
  if (absent(value) || DENSITIES.has(value)) return;
  warnOnce(`density="${String(value).slice(0, 64)}" is none of ${[...DENSITIES].join(', ')}; using "default".`);
}

/** A page size from an attribute; 50 and a warning for anything but a whole number from 1, or `all`. */
export function readPageSize(value: unknown): number | 'all' {
  if (absent(value)) return 50;
  if (value === 'all') return 'all';
  const size = typeof value === 'string' ? Number(value) : value;
  if (typeof size === 'number' && Number.isInteger(size) && size >= 1) return size;
  warnOnce(`page-size="${String(value).slice(0, 64)}" is neither a whole number from 1 nor "all"; using 50.`);
  return 50;
}

/** An order from an attribute; `order-key` and a warning for anything unknown. */
export function readOrder(value: unknown): ConversationOrder {
  if (absent(value)) return 'order-key';
  if (value === 'order-key' || value === 'last-message') return value;
  warnOnce(`order="${String(value).slice(0, 64)}" is neither "order-key" nor "last-message"; using "order-key".`);
  return 'order-key';
}

/** Whether the order is held under a pointer; yes and a warning for anything unknown. */
export function readOrderHold(value: unknown): boolean {
  if (value === 'off') return false;
  if (absent(value) || value === 'pointer') return true;
  warnOnce(`order-hold="${String(value).slice(0, 64)}" is neither "pointer" nor "off"; using "pointer".`);
  return true;
}

/** What can be selected; `single` and a warning for anything unknown. */
export function readSelection(value: unknown): SelectionMode {
  return readWord('selection', value, ['single', 'none', 'multiple']);
}

/** Ids from anything an app may set: those that are text. */
export function readIds(value: unknown): readonly string[] {
  const ids: unknown[] = typeof value === 'object' && value !== null && Symbol.iterator in value ? [...(value as Iterable<unknown>)] : [];
  return ids.filter((id): id is string => typeof id === 'string');
}

/** What is announced; `updates` and a warning for anything unknown. */
export function readAnnounce(value: unknown): Announced {
  return readWord('announce', value, ['updates', 'messages', 'off']);
}

/** One of some words; the first, with a warning unless nothing was given, for anything else. */
function readWord<W extends string>(name: string, value: unknown, words: readonly [W, ...W[]]): W {
  const known = words.find((word) => word === value);
  if (known === undefined && !absent(value)) {
    warnOnce(`${name}="${String(value).slice(0, 64)}" is none of ${words.join(', ')}; using "${words[0]}".`);
  }
  return known ?? words[0];
}

/** An attribute that was taken away, or a property that a framework has nothing for. */
function absent(value: unknown): boolean {
  return value === null || value === undefined;
}
