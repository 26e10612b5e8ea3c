import {SourceError} from '../model/errors.js';
import {compareSortable, type Sortable} from '../model/order.js';
import type {Page} from '../model/source.js';

/** How often an empty page may give back the cursor it was asked with. */
const EMPTY_REPEATS = 3;

/** What stands for "no cursor" among the cursors seen; no source can hold it. */
const START: unique symbol = Symbol('start');

/** One walk over a source's pages from the first to the last: where it stands, and what it has shown so far. */
export class Pass {
  /** Of the next page; `undefined` for the first. */
  cursor: unknown = undefined;
  /** How many pages have landed. */
  pages = 0;
  /** The last of them has. */
  done = false;
  /** How many conversations its pages named, each counted once, */
  received = 0;
  /** and how many of them were rows of the list. */
  matched = 0;
  /** A row fell while a position-counting source was being paged: others may have slipped past a page's edge. */
  drifted = false;

  #frontier: Sortable | undefined = undefined;
  #ordered = true;
  #at: unknown = START;
  #seen = new Set<unknown>([START]);
  #repeats = 0;

  /**
   * @param id - distinguishes passes; greater is later
   * @param since - the index's clock when it began
   * @param target - how many conversations it fetches without being asked
   */
  constructor(
    readonly id: number,
    readonly since: number,
    readonly target: number,
  ) {}

  /**
   * Moves on to the next page's cursor.
   *
   * @returns an error if that cursor was used before, which would page in circles; a retry asks for the page
   *   that gave it.
   */
  advance(cursor: unknown, rows: number): SourceError | undefined {
    const key = keyOf(cursor);
    const waits = rows === 0 && key === this.#at && this.#repeats < EMPTY_REPEATS;
    if (this.#seen.has(key) && !waits) {
      return new SourceError('cursor-cycle', 'The source gave a cursor that it had given before.');
    }
    this.#repeats = waits ? this.#repeats + 1 : 0;
    this.#seen.add(key);
    this.#at = key;
    this.cursor = cursor;
    return undefined;
  }

  /** The last place that a page named, while all keep to the order of keys; else `undefined`. */
  get frontier(): Sortable | undefined {
    return this.#ordered ? this.#frontier : undefined;
  }

  /** Follows the order of the pages. Returns the stretch that this page has covered, if they keep to it. */
  cover(places: readonly Sortable[]): {from: Sortable | undefined; to: Sortable} | undefined {
    const from = this.#frontier;
    let last = from;
    for (const place of places) {
      if (last !== undefined && compareSortable(last, place) >= 0) this.#ordered = false;
      last = place;
    }
    this.#frontier = last;
    return !this.#ordered || last === undefined || last === from ? undefined : {from, to: last};
  }
}

/** Equal for cursors that are equal as values; objects by their JSON where it says everything, else by identity. */
function keyOf(cursor: unknown): unknown {
  if (cursor === undefined) return START;
  if (typeof cursor !== 'object' || cursor === null) return cursor;
  try {
    return JSON.stringify(cursor, plain);
  } catch {
    return cursor;
  }
}

/** Lets plain data through; throws where JSON would leave something out, as a class's private state. */
function plain(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'object' && value !== null) {
    const proto: unknown = Object.getPrototypeOf(value);
    if (proto !== null && proto !== Object.prototype && proto !== Array.prototype) throw new TypeError();
  } else if (typeof value === 'function' || typeof value === 'symbol') throw new TypeError();
  return value;
}

/** Checks the shape of an answer, reading each of its fields once; its conversations are checked one by one later. */
export function readPage(value: unknown): Page {
  const {conversations, done, cursor, authoritative} = (value ?? {}) as Page;
  if (Array.isArray(conversations)) return {conversations, done, cursor, authoritative} as Page;
  throw new SourceError('invalid-data', 'A page must have an array of conversations.');
}
