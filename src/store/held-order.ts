import {compareSortable, type Sortable} from '../model/order.js';
import type {Entry, OrderedRows} from './ordered-rows.js';

/** What happened to one row; `undefined`: it was, or is, not in the rows. */
export interface EntryChange {
  readonly before: Entry | undefined;
  readonly after: Entry | undefined;
}

/** What differs between two values of the rows, one change an id. Looks only at chunks that are not the same. */
export function diffRows(before: OrderedRows, after: OrderedRows): EntryChange[] {
  const old = new Set(before.chunks);
  const fresh = new Set(after.chunks);
  const changes = new Map<string, {before: Entry | undefined; after: Entry | undefined}>();
  const a = before.chunks.filter((chunk) => !fresh.has(chunk)).flat();
  const b = after.chunks.filter((chunk) => !old.has(chunk)).flat();
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const left = a[i];
    const right = b[j];
    if (left === right) {
      i++;
      j++;
      continue;
    }
    const order = left === undefined ? 1 : right === undefined ? -1 : compareSortable(left, right);
    if (order <= 0 && left !== undefined) {
      change(left.id).before = left;
      i++;
    }
    if (order >= 0 && right !== undefined) {
      change(right.id).after = right;
      j++;
    }
  }
  return [...changes.values()];

  function change(id: string): {before: Entry | undefined; after: Entry | undefined} {
    let found = changes.get(id);
    if (found === undefined) changes.set(id, (found = {before: undefined, after: undefined}));
    return found;
  }
}

/**
 * An order that is held still while contents go on.
 *
 * Begins with the rows as they are seen. From then on a changed row changes in place, a row that would move stays,
 * a row that is removed shows as gone, and what is new waits; only what belongs below the last row is added there,
 * since that moves nothing and a person may be paging.
 */
export class HeldOrder {
  #rows: OrderedRows;
  /** Where rows that have changed since stand in the held order. */
  readonly #places = new Map<string, Entry>();
  readonly #gone = new Set<string>();
  readonly #waiting = new Set<string>();
  readonly #dismissed: ReadonlySet<string>;

  /** @param dismissed - ids that the person has sent away: their rows go at once */
  constructor(rows: OrderedRows, dismissed: ReadonlySet<string> = new Set()) {
    this.#rows = rows;
    this.#dismissed = dismissed;
  }

  /** The held rows. Their keys are those of the moment the hold began. */
  get rows(): OrderedRows {
    return this.#rows;
  }

  /** How many rows would move, come or go if the hold ended now. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** The row is shown, and its conversation has left the list. */
  isGone(id: string): boolean {
    return this.#gone.has(id);
  }

  /** Where a changed row stands in the held order; `undefined` for one that has not changed. */
  placeOf(id: string): Entry | undefined {
    return this.#places.get(id);
  }

  /** Takes in what the list did. */
  apply(changes: readonly EntryChange[]): void {
    const removed: Entry[] = [];
    const added: Entry[] = [];
    for (const {before, after} of changes) {
      const id = (before ?? after)?.id as string;
      const shown = this.#places.get(id) ?? (before !== undefined && this.#holds(before) ? before : undefined);
      if (shown !== undefined && after === undefined && this.#dismissed.has(id)) {
        removed.push(shown);
        this.#places.delete(id);
        this.#gone.delete(id);
        this.#wait(id, false);
      } else if (shown !== undefined) {
        const next = this.#replace(shown, after);
        removed.push(shown);
        added.push(next);
        this.#places.set(id, next);
        this.#wait(id, after === undefined || this.#moves(shown, after));
      } else if (after !== undefined && this.#isBelow(after)) {
        added.push(after);
      } else {
        this.#wait(id, after !== undefined);
      }
    }
    this.#rows = this.#rows.apply(removed, added);
  }

  #replace(shown: Entry, after: Entry | undefined): Entry {
    const {id, key} = shown;
    if (after === undefined) {
      this.#gone.add(id);
      // Another object, so that its row is drawn again, as gone.
      return {id, key, conversation: {...shown.conversation}};
    }
    this.#gone.delete(id);
    return {id, key, conversation: after.conversation};
  }

  #wait(id: string, waits: boolean): void {
    if (waits) this.#waiting.add(id);
    else this.#waiting.delete(id);
  }

  /** Whether the row would stand elsewhere among the held ones. */
  #moves(shown: Entry, after: Sortable): boolean {
    const index = this.#rows.rank(shown);
    const above = this.#rows.at(index - 1);
    const below = this.#rows.at(index + 1);
    return (
      (above !== undefined && compareSortable(above, after) > 0) ||
      (below !== undefined && compareSortable(after, below) > 0)
    );
  }

  #isBelow(entry: Sortable): boolean {
    const last = this.#rows.at(this.#rows.length - 1);
    return last === undefined || compareSortable(last, entry) < 0;
  }

  #holds(entry: Entry): boolean {
    return this.#rows.at(this.#rows.rank(entry)) === entry;
  }
}
