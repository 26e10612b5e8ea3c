import {hasUnread, isHidden, type Conversation, type ConversationType} from './conversation.js';

/**
 * Which conversations a list shows. An absent field does not filter.
 *
 * One predicate, {@link matches}, decides for pages and for live changes alike, in both directions.
 */
export interface ConversationFilter {
  readonly types?: readonly ConversationType[];
  /** One mark; `null`: carries no mark at all. */
  readonly mark?: string | null;
  /** One group; `null`: is in no group. */
  readonly group?: string | null;
  readonly hasUnread?: boolean;
  readonly hasMention?: boolean;
  readonly pinned?: boolean;
  readonly hidden?: boolean;
  readonly ids?: readonly string[];
}

/** The names of {@link ConversationFilter}'s fields. */
export type FilterField = keyof ConversationFilter;

/** Whether the conversation belongs to the filtered list. */
export function matches(filter: ConversationFilter, c: Conversation): boolean {
  const {types, mark, group, ids} = filter;
  if (types !== undefined && !types.includes(c.type)) return false;
  if (mark !== undefined && !(mark === null ? c.marks.length === 0 : c.marks.includes(mark))) return false;
  if (group !== undefined && !(group === null ? c.groups.length === 0 : c.groups.includes(group))) return false;
  if (filter.hasUnread !== undefined && hasUnread(c) !== filter.hasUnread) return false;
  if (filter.hasMention !== undefined && (c.mention !== undefined) !== filter.hasMention) return false;
  if (filter.pinned !== undefined && c.pinned !== filter.pinned) return false;
  if (filter.hidden !== undefined && isHidden(c) !== filter.hidden) return false;
  return ids === undefined || ids.includes(c.id);
}

/** Whether two filters select the same conversations; the order within a list of values counts. */
export function sameFilter(a: ConversationFilter, b: ConversationFilter): boolean {
  return (
    sameList(a.types, b.types) &&
    a.mark === b.mark &&
    a.group === b.group &&
    a.hasUnread === b.hasUnread &&
    a.hasMention === b.hasMention &&
    a.pinned === b.pinned &&
    a.hidden === b.hidden &&
    sameList(a.ids, b.ids)
  );
}

/** Whether two lists of strings are equal, absence included. */
export function sameList(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || a.length !== b.length) return false;
  return a.every((value, i) => value === b[i]);
}
