import type {Conversation, ConversationGroup} from '../model/conversation.js';
import {SourceError, toSourceError} from '../model/errors.js';
import {matches, sameFilter, type ConversationFilter} from '../model/filter.js';
import type {ConversationOrder, Sortable} from '../model/order.js';
import type {ConnectionState, ConversationSource, Page, SourceCapabilities, SourceEvent} from '../model/source.js';
import {readConversation, readCount} from '../model/validate.js';
import {contain} from './contain.js';
import {ConversationIndex, type IndexChange} from './conversation-index.js';
import {OrderedRows} from './ordered-rows.js';
import {Pager} from './pager.js';
import type {Pass} from './pass.js';
import {ConversationRows, type ConversationSnapshot, type SyncState} from './snapshot.js';

/** Where an error came from. */
export type ErrorOrigin = 'page' | 'sync' | 'data' | 'subscribe' | 'unread' | 'action';

/** What one notification is about. */
export interface StoreChange {
  readonly snapshot: ConversationSnapshot;
  /** Ids of rows, by what live events did to them; absent where only pages, the filter or states changed. */
  readonly live?: IndexChange;
  /** Pages that landed. */
  readonly pages: readonly {readonly received: number; readonly done: boolean}[];
  readonly errors: readonly {readonly error: SourceError; readonly origin: ErrorOrigin}[];
}

/** The page size that asks for everything: the largest a 32-bit API can take, as the seed's `INT_MAX`. */
const ALL = 2 ** 31 - 1;
/** As in the seed's paged pull. */
const DEFAULT_PAGE_SIZE = 50;

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
  #pageSize = DEFAULT_PAGE_SIZE;
  #wanted = 0;

  #connected = false;
  #unsubscribe: (() => void) | undefined;
  /** The source was listened to before: what it told meanwhile was missed. */
  #missed = false;
  #index = new ConversationIndex();
  readonly #pager: Pager;

  #sync: SyncState = {status: 'idle'};
  #connection: ConnectionState | undefined;
  #unreadTotal: number | undefined;
  #unreadClock = 0;
  #groups: readonly ConversationGroup[] = [];

  #ordered: OrderedRows = OrderedRows.EMPTY;
  #rows: ConversationRows = ConversationRows.EMPTY;
  #snapshot: ConversationSnapshot;
  #listeners = new Set<(change: StoreChange) => void>();
  #scheduled = false;
  #live: {added: string[]; changed: string[]; removed: string[]} | undefined;
  #pages: {received: number; done: boolean}[] = [];
  #errors: {error: SourceError; origin: ErrorOrigin}[] = [];
  /** Kinds of bad data told already, so that a bad source does not flood its app. */
  #told = new Set<string>();

  constructor() {
    this.#pager = new Pager({
      fetch: (cursor, signal) => this.#fetch(cursor, signal),
      ask: () => {
        this.#index.forgetTombstones();
        return this.#index.clock;
      },
      land: (conversations, asked, pass) => this.#land(conversations, asked, pass),
      prune: (pass: Pass, from?: Sortable, to?: Sortable) => this.#index.prune(pass.id, pass.since, from, to),
      rowCount: () => this.#index.rows.length,
      changed: (page, error) => {
        if (page !== undefined) this.#pages.push(page);
        if (error !== undefined) this.#errors.push({error, origin: 'page'});
        this.#schedule();
      },
    });
    this.#snapshot = this.#take();
  }

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
    this.#unbind();
    this.#source = source;
    this.#missed = false;
    this.#told.clear();
    this.#clear();
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
    this.#rearrange();
  }

  get order(): ConversationOrder {
    return this.#order;
  }

  set order(order: ConversationOrder) {
    if (order === this.#order) return;
    this.#order = order;
    this.#rearrange();
  }

  /** Conversations per page; `all` for one pull. Never more than the source's own limit is asked. Default 50. */
  get pageSize(): number | 'all' {
    return this.#pageSize === ALL ? 'all' : this.#pageSize;
  }

  set pageSize(size: number | 'all') {
    this.#pageSize = size === 'all' ? ALL : Math.min(ALL, Math.max(1, Math.trunc(size) || DEFAULT_PAGE_SIZE));
    this.#want();
  }

  /** Milliseconds after which a page counts as lost. Default 30,000. */
  get pageTimeout(): number {
    return this.#pager.timeoutMs;
  }

  set pageTimeout(ms: number) {
    this.#pager.timeoutMs = ms;
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
    this.#unbind();
    this.#schedule();
  }

  /** A view could show so many rows; pages are loaded until they are there. 0: nothing is visible. */
  want(rows: number): void {
    this.#wanted = rows;
    this.#want();
  }

  /** Loads the next page, or a failed one again. Does nothing while disconnected. */
  async loadMore(): Promise<void> {
    if (this.#unsubscribe !== undefined) await this.#pager.loadMore();
  }

  /** Pages again from the start; the rows stay and are corrected. Does nothing while disconnected. */
  async refresh(): Promise<void> {
    if (this.#unsubscribe === undefined) return;
    this.#reload();
    await this.#pager.loadMore();
  }

  /** Tells the app about an error that arose around the store, such as in an action. */
  tell(error: SourceError, origin: ErrorOrigin): void {
    this.#errors.push({error, origin});
    this.#schedule();
  }

  // Binding

  #bind(): void {
    const source = this.#source;
    if (source === null) return;
    let live = true;
    let unsubscribe: unknown;
    try {
      unsubscribe = source.subscribe((event) => {
        if (live) this.#receive(event);
      });
      if (typeof unsubscribe !== 'function') throw new SourceError('invalid-data', 'subscribe() must return a function.');
    } catch (thrown) {
      this.tell(toSourceError(thrown), 'subscribe');
    }
    this.#unsubscribe = () => {
      live = false;
      if (typeof unsubscribe === 'function') contain(unsubscribe as () => void);
    };
    if (this.#missed) this.#reload();
    else this.#pager.restart(this.#index.clock);
    this.#missed = true;
    this.#want();
    this.#askUnread();
  }

  #unbind(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#pager.stop();
  }

  #clear(): void {
    this.#index = new ConversationIndex();
    this.#index.arrange(this.#filter, this.#order);
    this.#sync = {status: 'idle'};
    this.#connection = undefined;
    this.#unreadTotal = undefined;
    this.#groups = [];
    this.#live = undefined;
  }

  #rearrange(): void {
    this.#commitIndex(true);
    this.#index.arrange(this.#filter, this.#order);
    if (this.#unsubscribe !== undefined) this.#pager.restart(this.#index.clock);
    this.#schedule();
  }

  /** Brings what is held up to date after events were lost, page by page. */
  #reload(): void {
    this.#commitIndex(true);
    // What the filter hides will not be named by the pages, so nothing would correct it.
    this.#index.retain((conversation) => matches(this.#filter, conversation));
    this.#pager.restart(this.#index.clock, true, this.#index.rows.length);
  }

  #want(): void {
    this.#pager.want(this.#pageSize === ALL && this.#wanted > 0 ? Infinity : this.#wanted);
  }

  /** A source from plain JavaScript may lack what the types promise. */
  get #capabilities(): Partial<SourceCapabilities> {
    return this.#source?.capabilities ?? {};
  }

  // Pages

  async #fetch(cursor: unknown, signal: AbortSignal): Promise<Page> {
    const source = this.#source as ConversationSource;
    return source.getPage({
      limit: Math.min(this.#pageSize, readCount(this.#capabilities.maxPageSize) || ALL),
      filter: this.#filter,
      signal,
      ...(cursor !== undefined && {cursor}),
    });
  }

  #land(values: readonly unknown[], asked: number, pass: number): {places: Sortable[]; fresh: number} {
    this.#commitIndex(true);
    const places: Sortable[] = [];
    let fresh = 0;
    this.#eachGood(values, (conversation) => {
      places.push(this.#index.placeOf(conversation));
      if (this.#index.get(conversation.id) === undefined && matches(this.#filter, conversation)) fresh++;
      this.#index.land(conversation, asked, pass);
    });
    this.#commitIndex();
    return {places, fresh};
  }

  /** Hands on each value that is a conversation, repaired where needed; tells once about each kind of fault. */
  #eachGood(values: readonly unknown[], take: (conversation: Conversation) => void): void {
    for (const value of values) {
      const {conversation, problems} = readConversation(value);
      if (conversation !== undefined) take(conversation);
      for (const problem of problems) {
        this.#tellOnce(`${problem}${conversation === undefined ? '!' : ''}`, () =>
          conversation === undefined
            ? `A conversation without a usable ${problem} was left out.`
            : `Conversation ${JSON.stringify(conversation.id.slice(0, 64))} has a bad ${problem}; it shows without it.`,
        );
      }
    }
  }

  #tellOnce(key: string, message: () => string): void {
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.tell(new SourceError('invalid-data', message(), {retryable: false}), 'data');
  }

  // Events

  #receive(event: SourceEvent): void {
    this.#index.clock++;
    try {
      this.#apply(event);
    } catch (thrown) {
      // Something in the event that is not what its type says.
      this.#tellOnce('event', () => toSourceError(thrown).message);
    }
    this.#schedule();
  }

  #apply(event: SourceEvent): void {
    switch (event.type) {
      case 'upsert':
        return this.#upsert(event.conversations);
      case 'remove':
        for (const id of event.ids) this.#index.remove(id);
        return this.#drift();
      case 'snapshot': {
        const named = new Set<string>();
        this.#upsert(event.conversations, named);
        if (!event.complete) return;
        this.#commitIndex(true);
        this.#index.retain(({id}) => named.has(id));
        return this.#pager.finish();
      }
      case 'sync':
        return this.#setSync(event.phase, event.progress, event.error);
      case 'connection':
        this.#connection = event.state;
        if (event.state === 'online') this.#pager.recover();
        return;
      case 'unread':
        // A total of some filter's is not the total.
        if (event.filter !== undefined && Object.keys(event.filter).length > 0) return;
        this.#unreadClock++;
        this.#unreadTotal = readCount(event.total);
        return;
      case 'groups':
        this.#groups = [...event.groups];
        return;
      case 'reset':
        if (event.reason !== 'gap') this.#clear();
        if (event.reason === 'logout') return this.#pager.finish();
        this.#reload();
        return this.#askUnread();
      default:
        throw new SourceError('invalid-data', 'An event of an unknown type was ignored.');
    }
  }

  #upsert(values: readonly Conversation[], named?: Set<string>): void {
    this.#eachGood(values, (conversation) => {
      this.#index.upsert(conversation);
      named?.add(conversation.id);
    });
    this.#drift();
  }

  /** Positions count from the top in these sources, so a changed order moves rows from one page to another. */
  #drift(): void {
    const {paging} = this.#capabilities;
    if ((paging === 'offset' || paging === 'window') && !this.#index.settled) this.#pager.drift();
  }

  #setSync(phase: string, progress?: number, error?: SourceError): void {
    if (phase === 'fail') {
      const reason = error === undefined ? new SourceError('unknown', 'Sync failed.') : toSourceError(error);
      this.#sync = {status: 'failed', error: reason};
      this.#errors.push({error: reason, origin: 'sync'});
    } else if (phase === 'finish') {
      this.#sync = {status: 'idle'};
      this.#pager.recover();
    } else {
      const known = typeof progress === 'number' && progress >= 0 && progress <= 1;
      this.#sync = known ? {status: 'syncing', progress} : {status: 'syncing'};
    }
  }

  #askUnread(): void {
    const source = this.#source;
    if (typeof source?.getTotalUnread !== 'function') return;
    const clock = ++this.#unreadClock;
    const unsubscribe = this.#unsubscribe;
    // Newer news, or another binding, makes the answer old.
    const current = () => clock === this.#unreadClock && unsubscribe === this.#unsubscribe;
    void (async () => source.getTotalUnread?.())().then(
      (total) => {
        if (!current()) return;
        this.#unreadTotal = readCount(total);
        this.#schedule();
      },
      (thrown: unknown) => {
        if (current()) this.tell(toSourceError(thrown), 'unread');
      },
    );
  }

  // Notification

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      this.#notify();
    });
  }

  #notify(): void {
    this.#commitIndex(true);
    const before = this.#snapshot;
    const snapshot = this.#take();
    const change: StoreChange = {
      snapshot,
      pages: this.#pages.splice(0),
      errors: this.#errors.splice(0),
      ...(this.#live !== undefined && {live: this.#live}),
    };
    this.#live = undefined;
    const keys = Object.keys(snapshot) as (keyof ConversationSnapshot)[];
    if (change.pages.length + change.errors.length > 0 || keys.some((key) => snapshot[key] !== before[key])) {
      this.#snapshot = snapshot;
      for (const listener of [...this.#listeners]) contain(() => listener(change));
    }
    this.#pager.pump();
  }

  /** Makes staged changes visible; `live` ones are told by id. */
  #commitIndex(live = false): void {
    const change = this.#index.commit();
    if (change === undefined || !live) return;
    if (this.#live === undefined) this.#live = {added: [], changed: [], removed: []};
    for (const kind of ['added', 'changed', 'removed'] as const) {
      for (const id of change[kind]) this.#live[kind].push(id);
    }
  }

  #take(): ConversationSnapshot {
    if (this.#index.rows !== this.#ordered) {
      this.#ordered = this.#index.rows;
      this.#rows = new ConversationRows(this.#ordered, this.#index);
    }
    return {
      rows: this.#rows,
      page: this.#pager.state,
      sync: this.#sync,
      connection: this.#connection,
      unreadTotal: this.#unreadTotal,
      groups: this.#groups,
      filter: this.#filter,
      order: this.#order,
      bound: this.#source !== null,
    };
  }
}
