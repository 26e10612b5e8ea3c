import type {Conversation} from '../model/conversation.js';
import type {SourceError} from '../model/errors.js';
import {sameFilter, type ConversationFilter} from '../model/filter.js';
import type {ConversationOrder} from '../model/order.js';
import type {SearchKeys} from '../model/search.js';
import type {ConversationSource} from '../model/source.js';
import {ChangeLog, type ErrorOrigin, type StoreChange} from './change-log.js';
import {contain} from './contain.js';
import {facetsOf, type Facets} from './facets.js';
import {nextFrame} from './frames.js';
import type {OrderedRows} from './ordered-rows.js';
import type {RowOverlay} from './row-overlay.js';
import {ConversationRows, type ConversationSnapshot} from './snapshot.js';
import {SourceFeed} from './source-feed.js';
import {StoreSearch} from './store-search.js';

export type {ErrorOrigin, StoreChange} from './change-log.js';

/** As in the seed's paged pull. */
const PAGE_SIZE = 50;

/**
 * One source's conversations as a list: paged, kept up to date, filtered, sorted, each once.
 *
 * Works without a DOM. It listens to its source while connected, and holds nothing of it afterwards: no listener,
 * timer or request; the rows stay, and connecting again brings them up to date. Whatever a source does,
 * nothing throws out of here: an error is told with the next notification.
 */
export class ConversationStore {
  #source: ConversationSource | null = null;
  #filter: ConversationFilter = {};
  #order: ConversationOrder = 'order-key';
  #pageSize: number | 'all' = PAGE_SIZE;
  #wanted = 0;
  #connected = false;
  /** @internal What lies over the rows; there is one once something has been done to a conversation. */
  overlay: RowOverlay | undefined;

  readonly #log = new ChangeLog();
  readonly #feed: SourceFeed = new SourceFeed(this, this.#log, () => this.#schedule(), (ids) => this.#search.forget(ids));
  readonly #search = new StoreSearch({
    settings: this,
    scope: () => ({
      index: this.#feed.index,
      rows: this.#over ?? this.#feed.index.rows,
      source: this.#connected ? (this.#source ?? undefined) : undefined,
      timeoutMs: this.pageTimeout,
      behind: this.#feed.facts.sync.status !== 'idle',
    }),
    changed: () => this.#schedule(),
    tell: (error) => this.tell(error, 'search'),
  });
  readonly #listeners = new Set<(change: StoreChange) => void>();
  #rows = ConversationRows.EMPTY;
  #snapshot = this.#take();
  #scheduled = false;
  /** There was a notification since the last frame; ends the wait for the next. */
  #paced: (() => void) | undefined;

  /** The state as of the last notification. */
  get snapshot(): ConversationSnapshot {
    return this.#snapshot;
  }

  /** Where the conversations come from; `null` for nowhere. Another source begins with an empty list. */
  get source(): ConversationSource | null {
    return this.#source;
  }

  set source(source: ConversationSource | null) {
    if (source === this.#source) return;
    this.#feed.unbind();
    this.#search.stop();
    this.overlay?.clear();
    this.#source = source;
    this.#feed.clear();
    if (this.#connected) this.#bind();
    this.#schedule();
  }

  /** What the list shows. Another filter shows at once what is known of it, and pages for the rest. */
  get filter(): ConversationFilter {
    return this.#filter;
  }

  set filter(filter: ConversationFilter) {
    if (sameFilter(filter, this.#filter)) return;
    this.#filter = filter;
    this.#feed.refilter();
  }

  /** A conversation that is open: under a filter for unread ones or mentions it stays while it is being read. */
  get keptId(): string | undefined {
    return this.#feed.index.keptId;
  }

  set keptId(id: string | undefined) {
    this.#feed.keep(id);
  }

  /** What to look for, beyond the rows too where the source can search; '' for nothing. Found: the snapshot's `search`. */
  get query(): string {
    return this.#search.query;
  }

  set query(query: string) {
    this.#search.query = typeof query === 'string' ? query : '';
  }

  /** More to find a conversation by. What it throws is contained. Another function looks through everything anew. */
  get searchKeys(): SearchKeys | undefined {
    return this.#search.keys;
  }

  set searchKeys(keys: SearchKeys | undefined) {
    this.#search.keys = typeof keys === 'function' ? keys : undefined;
  }

  /** By what the rows are sorted. Default `order-key`. */
  get order(): ConversationOrder {
    return this.#order;
  }

  set order(order: ConversationOrder) {
    if (order === this.#order) return;
    this.#order = order;
    this.#feed.resort();
  }

  /** Conversations per page; `all` for one pull. Never more than the source's own limit is asked. Default 50. */
  get pageSize(): number | 'all' {
    return this.#pageSize;
  }

  set pageSize(size: number | 'all') {
    const count = Math.max(1, Math.trunc(Number(size)) || PAGE_SIZE);
    this.#pageSize = size === 'all' || count === Infinity ? 'all' : count;
    this.#want();
  }

  /** Milliseconds after which a page counts as lost. Default 30,000; `Infinity` for as long as a timer can wait. */
  get pageTimeout(): number {
    return this.#feed.pager.timeoutMs;
  }

  set pageTimeout(ms: number) {
    this.#feed.pager.timeoutMs = ms;
  }

  /** Calls `listener` once for each batch of changes, until the returned function is called. */
  subscribe(listener: (change: StoreChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Begins to listen and to load. */
  connect(): void {
    if (this.#connected) return;
    this.#connected = true;
    this.#bind();
  }

  /** Ends listening and loading; the rows stay. */
  disconnect(): void {
    if (!this.#connected) return;
    this.#connected = false;
    this.#feed.unbind();
    this.overlay?.clear();
    this.#search.stop();
    this.#paced?.();
    this.#paced = undefined;
    this.#scheduled = false;
    this.#schedule();
  }

  /** A view could show so many rows; pages are loaded until they are there. 0: nothing is visible. */
  want(rows: number): void {
    if (rows === this.#wanted) return;
    this.#wanted = rows;
    this.#want();
  }

  /** Loads the next page, or a failed one, or a failed search of the source, again. Does nothing while disconnected. */
  async loadMore(): Promise<void> {
    if (!(await this.#search.retry())) await this.#feed.pager.loadMore();
    this.#flush();
  }

  /** Pages again from the start; the rows stay and are corrected. Does nothing while disconnected. */
  async refresh(): Promise<void> {
    await this.#feed.refresh();
    this.#flush();
  }

  /** A conversation as the source has told it, though the filter may keep it from the rows. */
  find(id: string): Conversation | undefined {
    return this.#feed.index.get(id)?.conversation;
  }

  /** Somebody shows the conversation groups: they are asked for, where the source does not tell them by itself. */
  needGroups(): void {
    this.#feed.facts.groups.want();
  }

  /** What there is among the conversations that are known; for what to offer. Looks through what has changed since. */
  get facets(): Facets {
    return facetsOf(this.#feed.index.all);
  }

  /** Tells the app about an error that arose around the store, such as in an action. */
  tell(error: SourceError, origin: ErrorOrigin): void {
    this.#log.error(error, origin);
    this.#schedule();
  }

  /** @internal The source has done what it was asked to: as good as an event that says so. `undefined`: it is gone. */
  confirm(id: string, change: (conversation: Conversation) => Conversation | undefined): void {
    this.#feed.confirm(id, change);
  }

  /** @internal What lies over the rows has changed. */
  touch(): void {
    this.#schedule();
  }

  #bind(): void {
    if (this.#source === null) return;
    this.#feed.bind(this.#source);
    this.#search.resume();
  }

  #want(): void {
    const {pager} = this.#feed;
    pager.want(this.#pageSize === 'all' && this.#wanted > 0 ? Infinity : this.#wanted);
    // A page is asked for at once; only the telling waits for a frame.
    if (this.#paced !== undefined) queueMicrotask(() => pager.pump());
  }

  /**
   * The first change is told at once, in a microtask; those that follow together with the next frame: a commit for each
   * of many changes between two frames would be seen by nobody.
   */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    if (this.#paced === undefined) queueMicrotask(() => this.#flush());
  }

  #pace(): void {
    if (this.#paced !== undefined || !this.#connected || typeof requestAnimationFrame !== 'function') return;
    this.#paced = nextFrame(() => {
      this.#paced = undefined;
      this.#flush();
    });
  }

  #flush(): void {
    if (this.#scheduled) this.#notify();
  }

  #notify(): void {
    // Before the listeners ask for a frame, so that in it what came since is told before it is drawn.
    this.#pace();
    this.#feed.commit();
    // First, so that a page that landed and the next one being asked for are one notification.
    this.#feed.pager.pump();
    this.#scheduled = false;
    const before = this.#snapshot;
    const snapshot = this.#take();
    const change: StoreChange = {snapshot, ...this.#log.take()};
    const keys = Object.keys(snapshot) as (keyof ConversationSnapshot)[];
    if (change.pages.length + change.errors.length === 0 && keys.every((key) => snapshot[key] === before[key])) return;
    this.#snapshot = snapshot;
    for (const listener of [...this.#listeners]) {
      if (this.#listeners.has(listener)) contain(() => listener(change));
    }
  }

  get #over(): OrderedRows | undefined {
    return this.overlay?.over(this.#feed.index, this.#filter);
  }

  #take(): ConversationSnapshot {
    const {index, pager, facts: {sync, connection, unreadTotal, groups}} = this.#feed;
    this.#rows = this.#rows.of(index, this.#over);
    return {
      rows: this.#rows,
      page: pager.state,
      sync,
      connection,
      unreadTotal,
      groups: groups.groups,
      filter: this.#filter,
      order: this.#order,
      search: this.#search.state(this.#rows),
      bound: this.#source !== null,
      origin: index,
    };
  }
}
