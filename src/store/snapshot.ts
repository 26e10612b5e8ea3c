import type {Conversation, ConversationGroup} from '../model/conversation.js';
import type {SourceError} from '../model/errors.js';
import type {ConversationFilter} from '../model/filter.js';
import type {ConversationOrder} from '../model/order.js';
import type {ConnectionState} from '../model/source.js';
import type {ConversationIndex} from './conversation-index.js';
import type {HeldOrder} from './held-order.js';
import {OrderedRows, type Entry} from './ordered-rows.js';
import type {PageState} from './pager.js';

/** Where the source stands in catching up with its server. */
export interface SyncState {
  readonly status: 'idle' | 'syncing' | 'failed';
  /** 0 to 1, where the source tells. */
  readonly progress?: number;
  readonly error?: SourceError;
}

/** What a search has found. */
export interface SearchState {
  /** What is looked for, as it was set. */
  readonly query: string;
  /**
   * Found so far, in the order of the list: of its rows, and of what only the source knows. While a search goes on that
   * has found nothing yet, what the one before had found.
   */
  readonly rows: ConversationRows;
  /** `failed`: the source did not answer; what is loaded was looked through. */
  readonly status: 'searching' | 'done' | 'failed';
  readonly error?: SourceError;
  /** The source has told all that it finds in what is not loaded, and is not behind. If not, more pages may bring more. */
  readonly everywhere: boolean;
  /** Where words that are looked for stand in a text: `[start, end)` in UTF-16 code units, in order. */
  readonly find: (text: string) => readonly (readonly [number, number])[];
}

/** Everything a view shows, at one moment. Never changes; a change is a new snapshot. */
export interface ConversationSnapshot {
  readonly rows: ConversationRows;
  readonly page: PageState;
  readonly sync: SyncState;
  /** `undefined` until the source tells. */
  readonly connection: ConnectionState | undefined;
  /** The source's own total; `undefined` until the source tells. */
  readonly unreadTotal: number | undefined;
  readonly groups: readonly ConversationGroup[];
  readonly filter: ConversationFilter;
  readonly order: ConversationOrder;
  /** `undefined`: nothing is looked for. `rows` are the list's all the same. */
  readonly search: SearchState | undefined;
  /** There is a source. */
  readonly bound: boolean;
  /** @internal Another object where these are conversations of another source, or of another account. */
  readonly origin: object;
}

/** Where an id's entry is to be found. */
export interface RowLookup {
  /** These are the newest, and nothing waits to change them: */
  readonly settled: boolean;
  readonly rows: OrderedRows;
  /** Where these are the rows, each known entry is one. */
  readonly all?: OrderedRows;
  /** of every id there is. */
  get(id: string): Entry | undefined;
}

/** The conversations of a list in their order, as an immutable array-like. */
export class ConversationRows {
  static readonly EMPTY: ConversationRows = new ConversationRows();

  readonly #rows: OrderedRows | undefined;
  readonly #index: RowLookup | undefined;
  readonly #held: HeldOrder | undefined;
  /** The index's own rows, which differ from these while something lies over them. */
  readonly #base: OrderedRows | undefined;

  constructor(rows?: OrderedRows, index?: RowLookup, held?: HeldOrder, base = rows) {
    this.#rows = rows;
    this.#index = index;
    this.#held = held;
    this.#base = base;
  }

  /** @internal The entries behind the rows. */
  get ordered(): OrderedRows {
    return this.#rows ?? OrderedRows.EMPTY;
  }

  /** @internal These rows in an order that is held. */
  heldBy(held: HeldOrder): ConversationRows {
    return new ConversationRows(held.rows, this.#index, held);
  }

  /**
   * @internal The rows of an index as they are now: these, if nothing changed.
   *
   * @param over - the rows with what lies over them
   */
  of(index: ConversationIndex, over: OrderedRows = index.rows): ConversationRows {
    const base = index.rows;
    const same = over === (this.#rows ?? OrderedRows.EMPTY) && base === (this.#base ?? OrderedRows.EMPTY);
    return same ? this : new ConversationRows(over, index, undefined, base);
  }

  get length(): number {
    return this.#rows?.length ?? 0;
  }

  /** The conversation at an index; `undefined` outside. O(log n). */
  at(index: number): Conversation | undefined {
    return this.#rows?.at(index)?.conversation;
  }

  /** The index of a conversation, -1 if it is not in the list. O(log n) while this is the newest snapshot. */
  indexOf(id: string): number {
    const rows = this.#rows;
    if (rows === undefined) return -1;
    const entry = this.#held?.placeOf(id) ?? this.#index?.get(id);
    const index = entry === undefined ? -1 : rows.rank(entry);
    // Not the same entry, perhaps: what lies over a row leaves it at its place.
    if (index >= 0 && rows.at(index)?.id === id) return index;
    return this.#index?.settled === true && this.#index.rows === this.#base ? -1 : this.#search(id);
  }

  /** The conversation with this id, if it is in the list. */
  get(id: string): Conversation | undefined {
    const index = this.#index;
    if (index?.settled === true && index.all !== undefined && index.all === this.#rows) return index.get(id)?.conversation;
    return this.at(this.indexOf(id));
  }

  /** The conversations from `start` up to, not including, `end`. */
  slice(start: number, end: number): Conversation[] {
    const out: Conversation[] = [];
    for (let i = Math.max(0, start); i < Math.min(end, this.length); i++) out.push(this.at(i) as Conversation);
    return out;
  }

  *[Symbol.iterator](): IterableIterator<Conversation> {
    for (const entry of this.#rows ?? []) yield entry.conversation;
  }

  /** For a snapshot that the index has moved on from. */
  #search(id: string): number {
    let i = 0;
    for (const entry of this.#rows ?? []) {
      if (entry.id === id) return i;
      i++;
    }
    return -1;
  }
}
