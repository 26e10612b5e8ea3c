import {
  matches,
  SourceError,
  type Conversation,
  type ConversationFilter,
  type ConversationSource,
  type ConversationType,
  type LastMessage,
  type Page,
  type PageRequest,
  type SourceCapabilities,
  type SourceEvent,
} from '../../../src/store/index.js';
import {Random} from './random.js';
import type {ServerConfig} from './server-config.js';

/** One state of a conversation, or its absence. Versions grow over the life of the server. */
interface Fact {
  readonly version: number;
  readonly conversation: Conversation | undefined;
}

/** An event that is on its way. */
interface Pending extends Fact {
  readonly id: string;
}

/** A request that the test has not answered. */
export interface Held {
  readonly request: PageRequest;
  /** Made at the moment `compute` is called, or with the answer. */
  page: Page | undefined;
  settle(error?: unknown): void;
  compute(): void;
}

const TYPES: readonly ConversationType[] = ['direct', 'group', 'channel'];

/**
 * A server with its truth, whose answers and events reach the store only when the test says so.
 *
 * Events about one conversation keep their order; otherwise anything may come late, twice or in another order.
 */
export class FakeServer implements ConversationSource {
  readonly capabilities: SourceCapabilities;
  readonly truth = new Map<string, Fact & {readonly conversation: Conversation}>();
  /** Every state there ever was, by version. */
  readonly facts: Fact[] = [];
  /** The version that the last delivered event about an id told. */
  readonly told = new Map<string, Fact>();
  /** Ids told of since the store last began to page. */
  readonly fresh = new Set<string>();
  pending: Pending[] = [];
  held: Held[] = [];
  /** Requests that nobody answers any more, unless much too late. */
  lost: Held[] = [];
  /** Called within `getPage` and `subscribe`, before they give anything back. */
  inside: (where: 'page' | 'subscribe', request?: PageRequest) => void = () => undefined;
  listeners = new Set<(event: SourceEvent) => void>();
  /** How many pages were asked for. */
  asked = 0;
  loggedOut = false;
  throwNext = false;
  total = 0;
  unreadAnswers: (() => void)[] = [];
  readonly #random: Random;
  #empties = 0;

  constructor(readonly config: ServerConfig) {
    this.#random = new Random(config.seed);
    this.capabilities = {
      paging: config.paging,
      maxPageSize: config.maxPageSize,
      serverFilters: config.serverFilters,
      nativeOrder: true,
      deleteEvents: true,
      syncEvents: true,
      unreadTotal: true,
      ops: new Set(),
    };
    for (let i = 0; i < config.size; i++) this.#record(`c${i}`, this.#invent(`c${i}`));
  }

  // Truth

  /** Creates, changes or moves a conversation. `up` is how far its key moves; far down if negative. */
  change(id: string, up: number): void {
    this.#tell(id, this.#invent(id, up));
  }

  remove(id: string): void {
    if (this.truth.has(id)) this.#tell(id, undefined);
  }

  /** Deletes and creates anew. */
  revive(id: string): void {
    this.remove(id);
    this.change(id, 1);
  }

  #tell(id: string, conversation: Conversation | undefined): void {
    const fact = this.#record(id, conversation);
    if (!this.loggedOut) this.pending.push({id, ...fact});
  }

  #record(id: string, conversation: Conversation | undefined): Fact {
    const fact = {version: this.facts.length, conversation};
    this.facts.push(fact);
    if (conversation === undefined) this.truth.delete(id);
    else this.truth.set(id, fact as Fact & {conversation: Conversation});
    return fact;
  }

  #invent(id: string, up = 0): Conversation {
    const random = this.#random;
    const before = this.truth.get(id)?.conversation;
    const key = up === 0 ? random.int(50) : Number(before?.orderKey ?? 0n) + up * random.int(20);
    const lastMessage: LastMessage | null | undefined = random.chance(0.2)
      ? random.pick([null, undefined])
      : {type: 'text', state: 'normal', ...(random.chance(0.9) && {sentAt: random.int(20)})};
    return {
      id,
      // The version, so that no two states are equal.
      title: `${id} v${this.facts.length}`,
      type: random.pick(TYPES),
      // Past 2^53, where a number would lose the difference.
      orderKey: 2n ** 60n + BigInt(key),
      pinned: random.chance(0.2),
      unreadCount: random.int(3),
      notify: 'all',
      marks: random.chance(0.3) ? ['star'] : [],
      groups: [],
      ...(random.chance(0.1) && {hidden: true}),
      ...(lastMessage !== undefined && {lastMessage}),
    };
  }

  // Events

  /** Delivers an event, and any that have to come before it. */
  deliver(index: number, times: number): void {
    if (this.pending.length === 0) return;
    const {id} = this.pending[index % this.pending.length] as Pending;
    const first = this.pending.findIndex((event) => event.id === id);
    const [event] = this.pending.splice(first, 1) as [Pending];
    for (let i = 0; i < times; i++) this.#deliver([event]);
  }

  /** Delivers the oldest events together: upserts as one event. */
  deliverBatch(count: number): void {
    const batch = this.pending.splice(0, count);
    for (let i = 0; i < batch.length; ) {
      const gone = (batch[i] as Pending).conversation === undefined;
      let end = i;
      while (end < batch.length && (batch[end] as Pending).conversation === undefined === gone) end++;
      this.#deliver(batch.slice(i, end));
      i = end;
    }
  }

  /** All are of one kind. */
  #deliver(batch: readonly Pending[]): void {
    if (this.listeners.size === 0) return;
    for (const event of batch) this.#note(event.id, event);
    if (batch[0]?.conversation === undefined) this.emit({type: 'remove', ids: batch.map(({id}) => id)});
    else {
      const conversations = this.#dirty(batch.map(({conversation}) => conversation as Conversation));
      // A word that means nothing to the list: known ones are called new, and new ones changed.
      this.emit({type: 'upsert', conversations, isNew: this.facts.length % 2 === 0});
    }
  }

  /** Everything as it is now. What is on its way still comes. */
  snapshot(complete: boolean): void {
    if (this.listeners.size === 0 || this.loggedOut) return;
    const facts = [...this.truth.values()].filter(() => complete || this.#random.chance(0.3));
    for (const fact of facts) this.#note(fact.conversation.id, fact);
    if (complete) for (const [id, fact] of this.told) if (!this.truth.has(id)) this.told.set(id, {...fact, conversation: undefined});
    this.emit({type: 'snapshot', conversations: this.#dirty(facts.map(({conversation}) => conversation)), complete});
  }

  #note(id: string, fact: Fact): void {
    this.told.set(id, fact);
    this.fresh.add(id);
  }

  reset(reason: 'login' | 'logout' | 'gap'): void {
    this.pending = [];
    this.told.clear();
    this.fresh.clear();
    this.loggedOut = reason === 'logout' || (reason === 'gap' && this.loggedOut);
    this.emit({type: 'reset', reason});
  }

  emit(event: SourceEvent): void {
    for (const listener of this.listeners) listener(event);
  }

  // The source

  subscribe(listener: (event: SourceEvent) => void): () => void {
    this.listeners.add(listener);
    this.inside('subscribe');
    return () => this.listeners.delete(listener);
  }

  getPage(request: PageRequest): Promise<Page> {
    this.asked++;
    this.inside('page', request);
    if (this.throwNext) {
      this.throwNext = false;
      throw new SourceError('network', 'thrown');
    }
    return new Promise((resolve, reject) => {
      const held: Held = {
        request,
        page: undefined,
        compute: () => void (held.page ??= this.#page(request)),
        settle: (error) => {
          this.held = this.held.filter((other) => other !== held);
          this.lost = this.lost.filter((other) => other !== held);
          if (this.loggedOut) return reject(new SourceError('auth', 'logged out'));
          // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- a source may reject with anything
          if (error !== undefined) return reject(error);
          held.compute();
          resolve(held.page as Page);
        },
      };
      this.held.push(held);
    });
  }

  getTotalUnread(): Promise<number> {
    const {total} = this;
    return new Promise((resolve) => this.unreadAnswers.push(() => resolve(total)));
  }

  /** What the server holds for a filter, in its order. */
  list(filter: ConversationFilter): Conversation[] {
    return [...this.truth.values()]
      .map(({conversation}) => conversation)
      .filter((conversation) => matches(filter, conversation))
      .sort(byKey);
  }

  #page({cursor, limit, filter = {}}: PageRequest): Page {
    const {paging, growing, serverFilters, short, lateEnd, authoritative} = this.config;
    const own = serverFilters.filter((field) => filter[field] !== undefined).map((field) => [field, filter[field]] as const);
    const rows = this.list(Object.fromEntries(own));
    const wanted = paging === 'all' ? rows.length : Math.min(limit, this.config.maxPageSize);
    const size = short && paging !== 'all' ? this.#shorten(wanted) : wanted;
    const start = paging === 'cursor' ? this.#after(rows, cursor) : Number(cursor ?? 0);
    if (size === 0 && paging !== 'all') return {conversations: [], done: false, cursor};
    const end = start + size;
    const conversations = this.#dirty(rows.slice(growing && paging === 'window' ? 0 : start, end).map((c) => ({...c})));
    const done = paging === 'all' || (lateEnd ? start >= rows.length : end >= rows.length);
    const claim = authoritative && (paging === 'cursor' || paging === 'all') ? {authoritative: true} : {};
    if (done) return {conversations, done, ...claim};
    const last = rows[Math.min(end, rows.length) - 1];
    return {conversations, done, cursor: paging === 'cursor' ? this.#cursor(last) : Math.min(end, rows.length), ...claim};
  }

  /** Never three empty pages in a row at one place, which would be a fault. */
  #shorten(size: number): number {
    const short = this.#random.int(size + 1);
    this.#empties = short === 0 ? this.#empties + 1 : 0;
    return this.#empties > 2 ? 1 : short;
  }

  #cursor(last: Conversation | undefined): unknown {
    if (last === undefined) return undefined;
    const {id, orderKey} = last;
    if (this.config.cursors === 'object') return {id, key: orderKey};
    if (this.config.cursors === 'string') return `${orderKey}|${id}`;
    return orderKey * 100n + BigInt(id.slice(1));
  }

  #after(rows: readonly Conversation[], cursor: unknown): number {
    if (cursor === undefined) return 0;
    let key: bigint;
    let id: string;
    if (typeof cursor === 'bigint') [key, id] = [cursor / 100n, `c${cursor % 100n}`];
    else if (typeof cursor === 'string') [key, id] = cursor.split('|').map((part, i) => (i === 0 ? BigInt(part) : part)) as [bigint, string];
    else ({key, id} = cursor as {key: bigint; id: string});
    const start = rows.findIndex((row) => row.orderKey < key || (row.orderKey === key && row.id > id));
    return start < 0 ? rows.length : start;
  }

  #dirty(good: Conversation[]): Conversation[] {
    if (good.length === 0 || !this.config.junk || !this.#random.chance(0.3)) return good;
    const junk = [null, 7, {id: ''}, {}, ...good.slice(-1)] as unknown as Conversation[];
    return [...good, this.#random.pick(junk)];
  }
}

function byKey(a: Conversation, b: Conversation): number {
  return a.orderKey !== b.orderKey ? (a.orderKey > b.orderKey ? -1 : 1) : a.id < b.id ? -1 : 1;
}
