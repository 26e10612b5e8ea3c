import type {Conversation} from '../model/conversation.js';
import {toSourceError} from '../model/errors.js';
import {matches} from '../model/filter.js';
import {sortKey, type ConversationOrder} from '../model/order.js';
import {findWords, hasWords, narrows, searchText, searchWords, type SearchKeys} from '../model/search.js';
import {report} from './contain.js';
import type {ConversationIndex} from './conversation-index.js';
import {OrderedRows, type Entry} from './ordered-rows.js';
import type {SearchHost} from './search-host.js';
import {ConversationRows, type SearchState} from './snapshot.js';
import {SourceSearch} from './source-search.js';

/** So long a slice of the search keeps the page from everything else, ms: a third of a frame. */
const SLICE = 5;
/** Rows between two looks at the clock. */
const STEP = 64;
/** What is found so far is shown so often while the search goes on, ms. */
const SHOW = 100;

/**
 * Finds a query's words in the rows of a list, slice by slice, and asks the source for what is not loaded.
 *
 * What was found is kept for each run of rows: a change looks again only through the runs that it touched, and a query
 * that grows only through what was found for it before. What only the source knows is no row of the list, stands outside
 * the index and its pages, and is shown until the index has it.
 */
export class SearchEngine {
  readonly #host: SearchHost;
  readonly #remote: SourceSearch;
  #query = '';
  #words: readonly string[] = [];
  #find: SearchState['find'] = () => [];
  #keys: SearchKeys | undefined;
  /** What each conversation is found by. */
  #texts = new WeakMap<Conversation, string>();
  #badKeys = false;

  /** What was found in each run of rows, and what for a query that this one narrows. */
  #found = new WeakMap<readonly Entry[], readonly Entry[]>();
  #wider: WeakMap<readonly Entry[], readonly Entry[]> | undefined;
  /** The rows that are looked through, and how far: the run, and the place in what is looked through of it. */
  #rows = OrderedRows.EMPTY;
  #run = 0;
  #at = 0;
  /** Found in the runs before, and in this one. */
  #done: (readonly Entry[])[] = [];
  #part: Entry[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Only the source knows them, by id; with their entries by the order of the list. */
  #others = new Map<string, Conversation>();
  #entries = new Map<Conversation, Entry>();
  #order: ConversationOrder | undefined;
  /** What the rows below depend on besides the runs. */
  #merged: {readonly index: ConversationIndex; readonly filter: unknown; readonly order: unknown} | undefined;
  #shown = ConversationRows.EMPTY;
  /** When rows of a search that goes on were shown, ms; 0: none yet. */
  #shownAt = 0;
  #stale = true;
  #state: SearchState | undefined;

  constructor(host: SearchHost) {
    this.#host = host;
    this.#remote = new SourceSearch({
      found: (conversations) => this.#take(conversations),
      changed: () => this.#changed(),
      tell: (error) => host.tell(error),
    });
  }

  /** Looks for something else. */
  look(query: string, keys: SearchKeys | undefined): void {
    const words = searchWords(query);
    if (keys !== this.#keys) {
      this.#keys = keys;
      this.#badKeys = false;
      this.#texts = new WeakMap();
      this.#wider = undefined;
    } else if (this.#query !== '' && narrows(this.#words, words)) {
      // A run whose search was cut short has what was found for it earlier still, or nothing.
      this.#wider = this.#found;
    } else {
      this.#wider = undefined;
    }
    this.#found = new WeakMap();
    this.#query = query;
    this.#words = words;
    this.#find = (text) => findWords(text, words);
    for (const [id, other] of this.#others) if (!this.#matches(other)) this.#others.delete(id);
    this.#shownAt = 0;
    this.#restart();
    this.#ask();
  }

  /** Goes on after the store was disconnected; asks the source anew, whose news were missed. */
  resume(): void {
    this.#ask();
    this.#scan();
  }

  /** Stops, and leaves no timer and no request. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#remote.stop();
  }

  /** The source says that these are gone; without ids, that what it told may be. */
  forget(ids?: readonly string[]): void {
    this.#stale = true;
    if (ids === undefined) {
      this.#others.clear();
      return this.#ask();
    }
    for (const id of ids) this.#others.delete(id);
    this.#remote.forget(ids);
  }

  /** Asks the source again, if it failed. Resolves when it has answered. */
  async retry(): Promise<boolean> {
    if (this.#remote.error === undefined) return false;
    await this.#remote.askNow();
    return true;
  }

  /** Takes in what the store has done, and says what is found. */
  state(): SearchState {
    const {index, rows, behind} = this.#host.scope();
    const {filter, order} = this.#host.settings;
    if (rows !== this.#rows) this.#restart();
    const merged = this.#merged;
    if (merged?.index !== index || merged.filter !== filter || merged.order !== order) this.#stale = true;
    const searching = this.#searching;
    if (this.#stale && (!searching || this.#isTimeToShow())) this.#show();
    const {error, asking} = this.#remote;
    const status = searching || asking ? 'searching' : error === undefined ? 'done' : 'failed';
    const next: SearchState = {
      query: this.#query,
      rows: this.#shown,
      status,
      ...(error !== undefined && status === 'failed' && {error}),
      everywhere: this.#remote.exhaustive && !behind,
      find: this.#find,
    };
    const keys = Object.keys(next) as (keyof SearchState)[];
    const before = this.#state;
    if (before !== undefined && before.error === next.error && keys.every((key) => next[key] === before[key])) return before;
    return (this.#state = next);
  }

  get #searching(): boolean {
    return this.#run < this.#rows.chunks.length;
  }

  #ask(): void {
    const {source, timeoutMs} = this.#host.scope();
    this.#remote.ask(source, this.#query, timeoutMs);
  }

  #changed(): void {
    this.#stale = true;
    this.#host.changed();
  }

  /** Looks through the rows as they are now; what was found in runs that are still there stands. */
  #restart(): void {
    this.#rows = this.#host.scope().rows;
    this.#run = this.#at = 0;
    this.#done = [];
    this.#part = [];
    this.#stale = true;
    this.#scan();
  }

  /** Looks through rows for as long as a slice may take, and comes back for the rest. */
  #scan(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#host.scope().source === undefined) return;
    const end = performance.now() + SLICE;
    const {chunks} = this.#rows;
    for (; this.#run < chunks.length; this.#run++) {
      const run = chunks[this.#run] as readonly Entry[];
      let found = this.#found.get(run);
      if (found === undefined) {
        const candidates = this.#wider?.get(run) ?? run;
        while (this.#at < candidates.length) {
          const next = Math.min(candidates.length, this.#at + STEP);
          for (; this.#at < next; this.#at++) {
            const entry = candidates[this.#at] as Entry;
            if (this.#matches(entry.conversation)) this.#part.push(entry);
          }
          if (performance.now() >= end && this.#at < candidates.length) return this.#later();
        }
        this.#found.set(run, (found = this.#part));
        this.#part = [];
        this.#at = 0;
      }
      if (found.length > 0) this.#done.push(found);
      if (performance.now() >= end && this.#run + 1 < chunks.length) {
        this.#run++;
        return this.#later();
      }
    }
  }

  #later(): void {
    this.#timer = setTimeout(() => {
      this.#scan();
      if (!this.#searching || this.#isTimeToShow()) this.#host.changed();
    });
  }

  /** While the search goes on: as soon as there is something, and then now and then. The same query keeps what it shows. */
  #isTimeToShow(): boolean {
    if (this.#shownAt === Infinity || this.#done.length === 0) return false;
    return performance.now() - this.#shownAt >= SHOW;
  }

  #show(): void {
    const {index} = this.#host.scope();
    const {filter, order} = this.#host.settings;
    this.#shownAt = this.#searching ? performance.now() : Infinity;
    this.#stale = this.#searching;
    this.#merged = {index, filter, order};
    const others = this.#otherEntries(index);
    const rows = OrderedRows.of(this.#done).apply([], [...others.values()]);
    if (rows.equals(this.#shown.ordered)) return;
    const scanned = this.#rows;
    this.#shown = new ConversationRows(rows, {
      rows,
      get: (id) => others.get(id) ?? index.get(id),
      get settled() {
        return index.settled && index.rows === scanned;
      },
    });
  }

  /** What only the source knows, where the filter lets it through. What the index has learned of it counts instead. */
  #otherEntries(index: ConversationIndex): Map<string, Entry> {
    const {filter, order} = this.#host.settings;
    if (order !== this.#order) this.#entries.clear();
    this.#order = order;
    const entries = new Map<string, Entry>();
    for (const [id, conversation] of this.#others) {
      if (index.get(id) !== undefined) this.#others.delete(id);
      else if (matches(filter, conversation)) {
        const entry = this.#entries.get(conversation) ?? {id, key: sortKey(conversation, order), conversation};
        this.#entries.set(conversation, entry);
        entries.set(id, entry);
      }
    }
    return entries;
  }

  /** The source's answer: what it found by its own means need not have the words. */
  #take(conversations: readonly Conversation[]): void {
    this.#others = new Map(conversations.map((conversation) => [conversation.id, conversation]));
    this.#entries.clear();
    this.#changed();
  }

  #matches(conversation: Conversation): boolean {
    let text = this.#texts.get(conversation);
    if (text === undefined) this.#texts.set(conversation, (text = searchText(conversation, this.#keysOf(conversation))));
    return hasWords(text, this.#words);
  }

  /** An app's keys; one that throws, throws for every conversation, and is told once. */
  #keysOf(conversation: Conversation): readonly string[] {
    if (this.#keys === undefined || this.#badKeys) return [];
    try {
      const keys: unknown = this.#keys(conversation);
      return Array.isArray(keys) ? (keys as readonly string[]) : [];
    } catch (thrown) {
      this.#badKeys = true;
      report(thrown);
      this.#host.tell(toSourceError(thrown));
      return [];
    }
  }
}
