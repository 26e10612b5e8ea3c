import type {Conversation, ConversationGroup} from '../model/conversation.js';
import {SourceError, toSourceError} from '../model/errors.js';
import {matches, sameFilter, type ConversationFilter} from '../model/filter.js';
import type {ConversationOrder, Sortable} from '../model/order.js';
import type {ConnectionState, ConversationSource, Page, SourceCapabilities, SourceEvent, SyncPhase} from '../model/source.js';
import {readConversation, readCount} from '../model/validate.js';
import {contain} from './contain.js';
import {ConversationIndex, type IndexChange} from './conversation-index.js';
import {OrderedRows} from './ordered-rows.js';
import {LONGEST_TIMER, Pager, type Landed} from './pager.js';
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
const DEFAULT_TIMEOUT = 30_000;
const IDLE: SyncState = {status: 'idle'};
const CONNECTIONS: ReadonlySet<unknown> = new Set<ConnectionState>([
  'connecting',
  'online',
  'offline',
  'kicked',
  'expired',
]);
const UNKNOWN_EVENT = () => new SourceError('invalid-data', 'An event of an unknown kind was ignored.');
const KINDS = ['added', 'changed', 'removed'] as const;

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
  /** While the source is listened to: its signal ends everything asked of it. */
  #binding: AbortController | undefined;
  /** The source was listened to before: what it told meanwhile was missed. */
  #missed = false;
  #index = new ConversationIndex();
  readonly #pager: Pager;

  #sync = IDLE;
  #connection: ConnectionState | undefined;
  #unreadTotal: number | undefined;
  #unreadClock = 0;
  #groups: readonly ConversationGroup[] = [];

  #ordered: OrderedRows = OrderedRows.EMPTY;
  #rows: ConversationRows = ConversationRows.EMPTY;
  #snapshot: ConversationSnapshot;
  #listeners = new Set<(change: StoreChange) => void>();
  #scheduled = false;
  /** What live events have done since the last notification, by id. */
  #live = new Map<string, keyof IndexChange>();
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
      prune: ({id, since}, from, to) => {
        // A stretch of the source's order is one of ours only while both go by the key.
        if (to !== undefined && this.#order !== 'order-key') return;
        this.#index.prune(id, since, from, to);
        this.#commitIndex(false);
      },
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
    if (this.#binding !== undefined) this.#restart(this.#pager.prunes, 0);
    else this.#pager.clear();
  }

  /** By what the rows are sorted. Default `order-key`. */
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

  /** Milliseconds after which a page counts as lost. Default 30,000; `Infinity` for the longest there is, 24 days. */
  get pageTimeout(): number {
    return this.#pager.timeoutMs;
  }

  set pageTimeout(ms: number) {
    this.#pager.timeoutMs = ms > 0 ? Math.min(ms, LONGEST_TIMER) : DEFAULT_TIMEOUT;
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
    await this.#pager.loadMore();
  }

  /** Pages again from the start; the rows stay and are corrected. Does nothing while disconnected. */
  async refresh(): Promise<void> {
    if (this.#binding === undefined) return;
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
    const binding = (this.#binding = new AbortController());
    const {signal} = binding;
    let unsubscribe: unknown;
    const end = (): void => {
      if (typeof unsubscribe === 'function') contain(unsubscribe as () => void);
    };
    signal.addEventListener('abort', end);
    try {
      unsubscribe = source.subscribe((event) => {
        if (!signal.aborted) this.#receive(event);
      });
      if (typeof unsubscribe !== 'function') throw new SourceError('invalid-data', 'subscribe() must return a function.');
    } catch (thrown) {
      this.tell(toSourceError(thrown), 'subscribe');
    }
    // The source's own code may have led to another source, or to a disconnection.
    if (signal.aborted) return end();
    if (this.#missed) this.#reload();
    else this.#restart(false, 0);
    this.#missed = true;
    this.#want();
    this.#askUnread();
  }

  #unbind(): void {
    this.#binding?.abort();
    this.#binding = undefined;
    this.#pager.stop();
  }

  #clear(): void {
    this.#pager.clear();
    this.#index = new ConversationIndex();
    this.#index.arrange(this.#filter, this.#order);
    this.#sync = IDLE;
    this.#connection = undefined;
    this.#unreadTotal = undefined;
    // An answer on its way is about what was.
    this.#unreadClock++;
    this.#groups = [];
    this.#live.clear();
  }

  #rearrange(): void {
    this.#commitIndex(true);
    this.#index.arrange(this.#filter, this.#order);
    this.#schedule();
  }

  /** Brings what is held up to date after events were lost, page by page. */
  #reload(): void {
    this.#restart(true, Math.max(this.#pager.depth, this.#index.rows.length));
  }

  #restart(prunes: boolean, target: number): void {
    this.#commitIndex(true);
    // What the filter hides will not be named by the pages, so nothing would correct it.
    if (prunes) this.#index.retain((conversation) => matches(this.#filter, conversation));
    this.#pager.restart(this.#index.clock, prunes, target);
  }

  #want(): void {
    this.#pager.want(this.#pageSize === ALL && this.#wanted > 0 ? Infinity : this.#wanted);
  }

  /** A source from plain JavaScript may lack what the types promise. */
  get #capabilities(): Partial<SourceCapabilities> {
    try {
      return this.#source?.capabilities ?? {};
    } catch {
      return {};
    }
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

  #land(values: readonly unknown[], asked: number, pass: number): Landed {
    this.#commitIndex(true);
    const places: Sortable[] = [];
    let unseen = 0;
    let fresh = 0;
    this.#eachGood(values, (conversation) => {
      places.push({id: conversation.id, key: conversation.orderKey});
      if (!this.#index.land(conversation, asked, pass)) return;
      unseen++;
      if (matches(this.#filter, conversation)) fresh++;
    });
    this.#drift();
    this.#commitIndex(false);
    return {places, unseen, fresh};
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
    this.#drift();
    this.#schedule();
  }

  #apply(event: SourceEvent): void {
    switch (event.type) {
      case 'upsert':
        return this.#upsert(event.conversations);
      case 'remove':
        for (const id of event.ids) this.#index.remove(id);
        return;
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
        if (!CONNECTIONS.has(event.state)) throw UNKNOWN_EVENT();
        this.#connection = event.state;
        if (event.state === 'online') this.#pager.recover();
        return;
      case 'unread':
        // A total of some filter's is not the total.
        if (Object.keys(event.filter ?? {}).length > 0) return;
        this.#unreadClock++;
        this.#unreadTotal = readCount(event.total);
        return;
      case 'groups':
        return this.#setGroups(event.groups);
      case 'reset':
        if (event.reason !== 'gap') this.#clear();
        if (event.reason === 'logout') return this.#pager.finish();
        this.#reload();
        return this.#askUnread();
      default:
        throw UNKNOWN_EVENT();
    }
  }

  #upsert(values: readonly Conversation[], named?: Set<string>): void {
    this.#eachGood(values, (conversation) => {
      this.#index.upsert(conversation);
      named?.add(conversation.id);
    });
  }

  /** Positions count from the top in these sources, so what falls or leaves moves others from one page to another. */
  #drift(): void {
    if (!this.#index.slipped) return;
    this.#index.slipped = false;
    const {paging} = this.#capabilities;
    if (paging === 'offset' || paging === 'window') this.#pager.drift();
  }

  #setSync(phase: SyncPhase, progress?: number, error?: SourceError): void {
    if (phase === 'fail') {
      const reason = toSourceError(error ?? 'Sync failed.');
      this.#sync = {status: 'failed', error: reason};
      this.#errors.push({error: reason, origin: 'sync'});
    } else if (phase === 'finish') {
      this.#sync = IDLE;
      this.#pager.recover();
    } else if (phase === 'start' || phase === 'progress') {
      const known = typeof progress === 'number' && progress >= 0 && progress <= 1;
      if (this.#sync.status === 'syncing' && this.#sync.progress === (known ? progress : undefined)) return;
      this.#sync = known ? {status: 'syncing', progress} : {status: 'syncing'};
    } else {
      throw UNKNOWN_EVENT();
    }
  }

  #setGroups(values: readonly ConversationGroup[]): void {
    const groups = values.filter((group) => typeof group?.id === 'string' && typeof group.name === 'string');
    const same = (a: ConversationGroup, b: ConversationGroup | undefined): boolean =>
      a.id === b?.id && a.name === b.name && a.unread === b.unread;
    if (groups.length === this.#groups.length && groups.every((group, i) => same(group, this.#groups[i]))) return;
    this.#groups = groups;
  }

  #askUnread(): void {
    const source = this.#source;
    const signal = this.#binding?.signal;
    if (signal === undefined || typeof source?.getTotalUnread !== 'function') return;
    const clock = ++this.#unreadClock;
    // Newer news, or another binding, makes the answer old.
    const current = () => clock === this.#unreadClock && !signal.aborted;
    void (async () => source.getTotalUnread?.(undefined, {signal}))().then(
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
    queueMicrotask(() => this.#notify());
  }

  #notify(): void {
    this.#commitIndex(true);
    // First, so that a page that landed and the next one being asked for are one notification.
    this.#pager.pump();
    this.#scheduled = false;
    const before = this.#snapshot;
    const snapshot = this.#take();
    const change: StoreChange = {
      snapshot,
      pages: this.#pages.splice(0),
      errors: this.#errors.splice(0),
      ...(this.#live.size > 0 && {live: this.#takeLive()}),
    };
    const keys = Object.keys(snapshot) as (keyof ConversationSnapshot)[];
    if (change.pages.length + change.errors.length === 0 && keys.every((key) => snapshot[key] === before[key])) return;
    this.#snapshot = snapshot;
    for (const listener of [...this.#listeners]) {
      if (this.#listeners.has(listener)) contain(() => listener(change));
    }
  }

  /** Makes staged changes visible; `live` ones are told by id. */
  #commitIndex(live: boolean): void {
    const change = this.#index.commit();
    if (change === undefined || !live) return;
    for (const kind of KINDS) {
      for (const id of change[kind]) {
        const before = this.#live.get(id);
        if (before === 'added' && kind === 'removed') this.#live.delete(id);
        else if (before === undefined || kind === 'removed') this.#live.set(id, kind);
        else if (before === 'removed') this.#live.set(id, 'changed');
      }
    }
  }

  #takeLive(): IndexChange {
    const live: Record<keyof IndexChange, string[]> = {added: [], changed: [], removed: []};
    for (const [id, kind] of this.#live) live[kind].push(id);
    this.#live.clear();
    return live;
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
