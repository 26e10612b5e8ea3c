import {hasUnread, isMuted} from '../model/conversation.js';
import type {Entry, OrderedRows} from './ordered-rows.js';

/** Unread conversations in runs of rows that have not changed since they were counted. */
const counted = new WeakMap<readonly Entry[], number>();

/** Calls for attention: something unread, and not muted. */
function calls({conversation}: Entry): boolean {
  return hasUnread(conversation) && !isMuted(conversation);
}

/** A run has become another by a few changes: so has its count. */
export function recount(before: readonly Entry[], after: readonly Entry[], removed: readonly Entry[], added: readonly Entry[]): void {
  const count = counted.get(before);
  if (count !== undefined) counted.set(after, count - removed.filter(calls).length + added.filter(calls).length);
}

/** How many rows from `start` up to, not including, `end` are unread and not muted. */
export function countUnread(rows: OrderedRows, start: number, end: number): number {
  let total = 0;
  let at = 0;
  for (const chunk of rows.chunks) {
    const from = Math.max(0, start - at);
    const to = Math.min(chunk.length, end - at);
    at += chunk.length;
    if (from >= to) continue;
    total += to - from === chunk.length ? countAll(chunk) : chunk.slice(from, to).filter(calls).length;
  }
  return total;
}

/** The index of the unread, not muted row nearest to `from`, going up (-1) or down (1) from it; -1 if there is none. */
export function nearestUnread(rows: OrderedRows, from: number, step: 1 | -1): number {
  for (let i = from; i >= 0 && i < rows.length; i += step) {
    if (calls(rows.at(i) as Entry)) return i;
  }
  return -1;
}

function countAll(chunk: readonly Entry[]): number {
  let count = counted.get(chunk);
  if (count === undefined) counted.set(chunk, (count = chunk.filter(calls).length));
  return count;
}
