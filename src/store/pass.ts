import {SourceError} from '../model/errors.js';
import {compareSortable, type Sortable} from '../model/order.js';

/** How often an empty page may give back the cursor it was asked with. */
const EMPTY_REPEATS = 3;

/** What stands for "no cursor" among the cursors seen; no source can hold it. */
const START: unique symbol = Symbol('start');

/**
 * One walk over a source's pages from the first to the last: where it stands, and what it has shown so far.
 */
export class Pass {
  /** Of the next page; `undefined` for the first. */
  cursor: unknown = undefined;
  /** A page has landed. */
  started = false;
  /** How many conversations its pages named. */
  received = 0;
  /** The order changed while a position-counting source was being paged: rows may have slipped by. */
  drifted = false;
  /** The last row of the last page, while every page continued in our own order; else `undefined`. */
  frontier: Sortable | undefined = undefined;

  #ordered = true;
  #seen = new Set<unknown>([START]);
  #emptyRepeats = 0;

  /**
   * @param id - distinguishes passes; greater is later
   * @param since - the index's clock when it began
   * @param prunes - rows that it should have named and did not are gone
   * @param target - how many conversations it fetches without being asked
   */
  constructor(
    readonly id: number,
    readonly since: number,
    readonly prunes: boolean,
    readonly target: number,
  ) {}

  /**
   * Moves on to the next page's cursor.
   *
   * @returns an error if that cursor was used before, which would page in circles.
   */
  advance(cursor: unknown, rows: number): SourceError | undefined {
    const key = cursor === undefined ? START : keyOf(cursor);
    const repeats = this.#seen.has(key);
    const waits = repeats && rows === 0 && key === this.#currentKey() && this.#emptyRepeats < EMPTY_REPEATS;
    this.#emptyRepeats = waits ? this.#emptyRepeats + 1 : 0;
    this.#seen.add(key);
    this.cursor = cursor;
    this.started = true;
    if (!repeats || waits) return undefined;
    return new SourceError('cursor-cycle', 'The source gave a cursor that it had given before.', {retryable: false});
  }

  /** Follows the order of the pages. Returns the stretch that this page has covered, if they keep to our order. */
  cover(places: readonly Sortable[]): {from: Sortable | undefined; to: Sortable} | undefined {
    const from = this.frontier;
    let last = from;
    for (const place of places) {
      if (last !== undefined && compareSortable(last, place) >= 0) this.#ordered = false;
      last = place;
    }
    this.frontier = this.#ordered ? last : undefined;
    return this.frontier === undefined || last === from ? undefined : {from, to: this.frontier};
  }

  #currentKey(): unknown {
    return this.started ? keyOf(this.cursor) : START;
  }
}

/** Equal for cursors that are equal as values; objects by their JSON, or by identity if they have none. */
function keyOf(cursor: unknown): unknown {
  if (cursor === undefined) return START;
  if (typeof cursor !== 'object' || cursor === null) return cursor;
  try {
    return JSON.stringify(cursor, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)) ?? cursor;
  } catch {
    return cursor;
  }
}
