import {countsInTotal, isHidden, type ConversationType} from '../model/conversation.js';
import type {Entry, OrderedRows} from './ordered-rows.js';

/** What there is among the conversations that are known, whatever the filter. */
export interface Facets {
  readonly types: ReadonlySet<ConversationType>;
  readonly marks: ReadonlySet<string>;
  /** Unread messages by conversation group, muted conversations left out: at least so many, while more can be loaded. */
  readonly unread: ReadonlyMap<string, number>;
}

interface Counted {
  readonly types: Set<ConversationType>;
  readonly marks: Set<string>;
  readonly unread: Map<string, number>;
}

/** Of runs of rows that have not changed since they were looked through. */
const known = new WeakMap<readonly Entry[], Counted>();

/** Looks through what has changed since the last time. */
export function facetsOf(rows: OrderedRows): Facets {
  const sum: Counted = {types: new Set(), marks: new Set(), unread: new Map()};
  for (const chunk of rows.chunks) {
    let counted = known.get(chunk);
    if (counted === undefined) known.set(chunk, (counted = count(chunk)));
    for (const type of counted.types) sum.types.add(type);
    for (const mark of counted.marks) sum.marks.add(mark);
    for (const [group, unread] of counted.unread) sum.unread.set(group, (sum.unread.get(group) ?? 0) + unread);
  }
  return sum;
}

function count(entries: readonly Entry[]): Counted {
  const counted: Counted = {types: new Set(), marks: new Set(), unread: new Map()};
  const {types, marks, unread} = counted;
  for (const {conversation} of entries) {
    types.add(conversation.type);
    for (const mark of conversation.marks) marks.add(mark);
    if (conversation.unreadCount === 0 || !countsInTotal(conversation) || isHidden(conversation)) continue;
    for (const group of conversation.groups) unread.set(group, (unread.get(group) ?? 0) + conversation.unreadCount);
  }
  return counted;
}
