import type {Conversation} from '../model/conversation.js';
import {compareSortable, type Sortable} from '../model/order.js';
import {recount} from './unread-counts.js';

/** One conversation at its place. Immutable: a change of content or key is a new entry. */
export interface Entry extends Sortable {
  readonly conversation: Conversation;
}

/** A chunk is split above this many entries, */
const MAX_CHUNK = 1024;
/** into parts of about this many. */
const CHUNK = 512;
/** Up to so many changes of a chunk are made one by one; more in one walk. */
const FEW = 8;

type Chunk = readonly Entry[];

/**
 * Entries in their total order, as an immutable value.
 *
 * The order is kept in chunks, and {@link apply} copies only those it touches: one change among a million costs
 * a chunk and the list of chunks, not a copy of everything, and every earlier value stays as it was.
 */
export class OrderedRows {
  static readonly EMPTY: OrderedRows = new OrderedRows([]);

  /** The entries of runs, each in order and all above those of the next. */
  static of(runs: readonly (readonly Entry[])[]): OrderedRows {
    const chunks: Chunk[] = [];
    for (const run of runs) pushChunk(chunks, run);
    return chunks.length === 0 ? OrderedRows.EMPTY : new OrderedRows(chunks);
  }

  readonly length: number;
  readonly #chunks: readonly Chunk[];
  /** Index of each chunk's first entry. */
  readonly #starts: readonly number[];

  private constructor(chunks: readonly Chunk[]) {
    const starts = new Array<number>(chunks.length);
    let length = 0;
    for (let i = 0; i < chunks.length; i++) {
      starts[i] = length;
      length += (chunks[i] as Chunk).length;
    }
    this.#chunks = chunks;
    this.#starts = starts;
    this.length = length;
  }

  /** The entries in runs; a run that did not change is the same object in the next value. */
  get chunks(): readonly (readonly Entry[])[] {
    return this.#chunks;
  }

  /** The entry at an index, `undefined` outside. */
  at(index: number): Entry | undefined {
    if (!(index >= 0 && index < this.length)) return undefined;
    const c = lastWhere(this.#starts.length, (i) => (this.#starts[i] as number) <= index);
    return this.#chunks[c]?.[index - (this.#starts[c] as number)];
  }

  /** How many entries stand above this place; the entry's own index where it is present. */
  rank(place: Sortable): number {
    const c = this.#chunkFor(place);
    const chunk = this.#chunks[c];
    if (chunk === undefined) return 0;
    return (this.#starts[c] as number) + rankIn(chunk, place);
  }

  /**
   * The value without `removed` and with `added`.
   *
   * @param removed - entries that are present.
   * @param added - entries whose place is free once `removed` is gone, in any order.
   */
  apply(removed: Entry[], added: Entry[]): OrderedRows {
    if (removed.length === 0 && added.length === 0) return this;
    if (!isSorted(removed)) removed.sort(compareSortable);
    if (!isSorted(added)) added.sort(compareSortable);
    const before = this.#chunks;
    const chunks: Chunk[] = [];
    let done = 0;
    let r = 0;
    let a = 0;
    while (r < removed.length || a < added.length) {
      // Only the chunks in which something happens are looked at; those between are taken over as they are.
      const c = this.#chunkFor(lower(removed[r], added[a]));
      for (; done < c; done++) chunks.push(before[done] as Chunk);
      const next = before[(done = c + 1)]?.[0];
      const rEnd = endBefore(removed, r, next);
      const aEnd = endBefore(added, a, next);
      pushChunk(chunks, merge(before[c] ?? [], removed.slice(r, rEnd), added.slice(a, aEnd)));
      r = rEnd;
      a = aEnd;
    }
    for (; done < before.length; done++) chunks.push(before[done] as Chunk);
    return chunks.length === 0 ? OrderedRows.EMPTY : new OrderedRows(chunks);
  }

  /** The entries that satisfy the predicate, in order. */
  filter(predicate: (entry: Entry) => boolean): OrderedRows {
    const kept: Entry[] = [];
    for (const chunk of this.#chunks) for (const entry of chunk) if (predicate(entry)) kept.push(entry);
    return OrderedRows.EMPTY.apply([], kept);
  }

  /** Whether both hold the same entries. */
  equals(other: OrderedRows): boolean {
    if (this.length !== other.length) return false;
    const entries = other[Symbol.iterator]();
    for (const entry of this) if (entry !== entries.next().value) return false;
    return true;
  }

  *[Symbol.iterator](): IterableIterator<Entry> {
    for (const chunk of this.#chunks) yield* chunk;
  }

  #chunkFor(place: Sortable): number {
    const chunks = this.#chunks;
    return Math.max(0, lastWhere(chunks.length, (i) => compareSortable((chunks[i] as Chunk)[0] as Entry, place) <= 0));
  }
}

/** The last index in 0…length-1 for which a predicate holds that holds for a prefix; -1 if for none. */
function lastWhere(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Where, from `from` on, the entries below the chunk that starts with `next` begin. */
function endBefore(entries: readonly Entry[], from: number, next: Entry | undefined): number {
  if (next === undefined) return entries.length;
  let end = from;
  while (end < entries.length && compareSortable(entries[end] as Entry, next) < 0) end++;
  return end;
}

/** The first of two places in the order; one of them is there. */
function lower(a: Entry | undefined, b: Entry | undefined): Entry {
  return (a === undefined || (b !== undefined && compareSortable(b, a) < 0) ? b : a) as Entry;
}

/** A copy of a chunk without `removed` and with `added`, both sorted. */
function merge(chunk: Chunk, removed: readonly Entry[], added: readonly Entry[]): Entry[] {
  if (removed.length + added.length <= FEW) {
    const copy = chunk.slice();
    for (const entry of removed) copy.splice(rankIn(copy, entry), 1);
    for (const entry of added) copy.splice(rankIn(copy, entry), 0, entry);
    recount(chunk, copy, removed, added);
    return copy;
  }
  const out: Entry[] = [];
  let r = 0;
  let a = 0;
  for (const entry of chunk) {
    while (a < added.length && compareSortable(added[a] as Entry, entry) <= 0) out.push(added[a++] as Entry);
    if (removed[r] === entry) r++;
    else out.push(entry);
  }
  while (a < added.length) out.push(added[a++] as Entry);
  return out;
}

/** How many entries of a sorted run stand above a place. */
function rankIn(run: Chunk, place: Sortable): number {
  return lastWhere(run.length, (i) => compareSortable(run[i] as Entry, place) < 0) + 1;
}

/** Appends entries as chunks of a fitting size, joining what has become small with its neighbour. */
function pushChunk(chunks: Chunk[], entries: readonly Entry[]): void {
  const last = chunks.at(-1);
  if (last !== undefined && last.length + entries.length <= CHUNK) {
    chunks[chunks.length - 1] = [...last, ...entries];
  } else if (entries.length <= MAX_CHUNK) {
    if (entries.length > 0) chunks.push(entries);
  } else {
    for (let i = 0; i < entries.length; i += CHUNK) chunks.push(entries.slice(i, i + CHUNK));
  }
}

function isSorted(entries: readonly Entry[]): boolean {
  for (let i = 1; i < entries.length; i++) {
    if (compareSortable(entries[i - 1] as Entry, entries[i] as Entry) > 0) return false;
  }
  return true;
}
