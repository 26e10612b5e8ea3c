import assert from 'node:assert/strict';
import {mock} from 'node:test';
import {ConversationStore, type ConversationFilter, type PageRequest} from '../../../src/store/index.js';
import {FakeServer, type Held} from './fake-server.js';
import {FILTERS, MALFORMED, PAGE_ERRORS, PAGE_SIZES, PAGES_ANEW, QUERIES, REENTRANT, RESTARTS, type Op, type OpName} from './ops.js';
import type {ServerConfig} from './server-config.js';

/** What a listener throws, to be reported and to go no further. */
const THROWN = new Error('a listener');

type Place = 'listener' | 'page' | 'subscribe';
const PLACES: Readonly<Partial<Record<OpName, Place>>> = {inListener: 'listener', inPage: 'page', inSubscribe: 'subscribe'};

/** A store, its servers, and what the ops do to them. */
export class World {
  readonly store = new ConversationStore();
  readonly servers: readonly FakeServer[];
  server: FakeServer;
  connected = true;
  wanted = 10;
  /** The names of the ops of this step, those done by listeners and sources included. */
  done = new Set<OpName>();
  /** Ids of which older news may come in this step. */
  late = new Set<string>();
  /** In this step the list may have begun anew. */
  anew = false;
  /** In this step nothing was visible at any time. */
  unseen = false;
  /** The filter or the order was set since the last notification. */
  arranged = false;
  /** Something that the store would have contained. */
  fault: unknown;
  /** The cursor of the page that failed, while no other may be asked for. */
  failed: {readonly cursor: unknown} | undefined;
  lastCursor: unknown;
  /** What is done when the place is next called. */
  #armed: {readonly place: Place; readonly op: Op} | undefined;
  #throws = false;
  #thrown = 0;
  #reported = 0;
  #depth = 0;

  constructor(configs: readonly ServerConfig[], pageSize: number | 'all') {
    this.servers = configs.map((config) => new FakeServer(config));
    this.server = this.servers[0] as FakeServer;
    for (const server of this.servers) {
      server.inside = (place, request) => this.within(place, () => request !== undefined && this.#asked(request, server));
    }
    this.store.pageSize = pageSize;
    this.store.want(this.wanted);
    this.store.source = this.server;
    this.store.connect();
  }

  disarm(): void {
    this.#armed = undefined;
    this.#throws = false;
  }

  /** Counts what the store reports; anything but what a listener threw is a fault. */
  report(error: unknown): void {
    if (error === THROWN) this.#reported++;
    else this.fault ??= error;
  }

  /** Everything that was thrown was reported, once. */
  get contained(): boolean {
    return this.#thrown === this.#reported;
  }

  beginStep(): void {
    this.done.clear();
    this.late.clear();
    this.anew = this.server.loggedOut;
    this.unseen = this.wanted === 0;
    this.#noteLate(this.server);
  }

  /** The store calls from here: nothing of it is called within another call of it, but by what was done there. */
  within(place: Place, check: () => unknown): void {
    try {
      const most = this.#depth === 0 ? 1 : 2;
      assert.ok(++this.#depth <= most && (place === 'subscribe' || this.#depth === 1), `${place} is called at depth ${this.#depth}`);
      check();
    } catch (thrown) {
      this.fault ??= thrown;
    }
    try {
      if (this.#armed?.place === place) {
        const {op} = this.#armed;
        this.#armed = undefined;
        this.apply(op);
      }
    } finally {
      this.#depth--;
    }
    if (place !== 'listener' || !this.#throws) return;
    this.#throws = false;
    this.#thrown++;
    throw THROWN;
  }

  apply(op: Op): void {
    const [name] = op;
    if (PAGES_ANEW.has(name)) this.server.fresh.clear();
    if (RESTARTS.has(name)) this.failed = undefined;
    const {server} = this;
    this.#noteLate(server);
    this.done.add(name);
    this.#apply(op);
    if (name === 'login' || name === 'logout' || server !== this.server) this.anew = true;
    if (this.wanted > 0) this.unseen = false;
    this.#noteLate(server);
  }

  heldOf([, a = 0]: Op): Held | undefined {
    return this.server.held[a % Math.max(1, this.server.held.length)];
  }

  #apply(op: Op): unknown {
    const [name, a = 0, b = 0] = op;
    const {store, server} = this;
    const id = `c${a % (server.config.size + 5)}`;
    const held = this.heldOf(op);
    switch (name) {
      case 'change':
        return server.change(id, 0);
      case 'move':
        return server.change(id, b % 3 === 0 ? -1 : 1);
      case 'remove':
        return server.remove(id);
      case 'revive':
        return server.revive(id);
      case 'deliver':
        return server.deliver(a, 1 + (b % 4 === 0 ? 1 : 0));
      case 'batch':
        return server.deliverBatch(2 + (a % 5));
      case 'snapshot':
        return server.snapshot(a % 2 === 0);
      case 'unread':
        return server.emit({type: 'unread', total: (server.total = a)});
      case 'answerUnread':
        return server.unreadAnswers.splice(a % Math.max(1, server.unreadAnswers.length), 1)[0]?.();
      case 'compute':
        return held?.compute();
      case 'answer':
        return held?.settle();
      case 'double':
        held?.settle();
        held?.settle(b % 2 === 0 ? PAGE_ERRORS[0] : undefined);
        return;
      case 'fail':
        return held === undefined ? undefined : fail(held, b);
      case 'throw':
        server.throwNext = true;
        return;
      case 'lose':
        if (held === undefined) return;
        server.held = server.held.filter((other) => other !== held);
        return server.lost.push(held);
      case 'late':
        return server.lost[0]?.settle();
      case 'tick':
        return mock.timers.tick([100, 5000, 31_000][a % 3] as number);
      case 'want':
        return store.want((this.wanted = [0, 1, 5, 10, 20, 100][a % 6] as number));
      case 'loadMore':
        return void store.loadMore();
      case 'refresh':
        return void store.refresh();
      case 'filter':
        this.arranged = true;
        return (store.filter = FILTERS[a % FILTERS.length] as ConversationFilter);
      case 'order':
        this.arranged = true;
        return (store.order = a % 2 === 0 ? 'order-key' : 'last-message');
      case 'pageSize':
        return (store.pageSize = PAGE_SIZES[a % PAGE_SIZES.length] as number | 'all');
      case 'search':
        return (store.query = QUERIES[a % QUERIES.length] as string);
      case 'source':
        this.server = this.servers[a % this.servers.length] as FakeServer;
        if (this.server !== server) this.server.told.clear();
        return (store.source = this.server);
      case 'disconnect':
        this.connected = false;
        return store.disconnect();
      case 'connect':
        this.connected = true;
        return store.connect();
      case 'gap':
      case 'login':
      case 'logout':
        return server.reset(name);
      case 'online':
      case 'offline':
        return server.emit({type: 'connection', state: name});
      case 'sync':
        return server.emit({type: 'sync', phase: (['start', 'progress', 'finish', 'fail'] as const)[a % 4] as 'start'});
      case 'inListener':
      case 'inPage':
      case 'inSubscribe':
        this.#armed = {place: PLACES[name] as Place, op: [REENTRANT[a % REENTRANT.length] as OpName, b, a]};
        return;
      case 'throwListener':
        return (this.#throws = true);
    }
  }

  #asked({cursor, signal}: PageRequest, server: FakeServer): void {
    assert.equal(signal?.aborted, false, 'a page is asked for with a signal that has fired');
    assert.ok(this.connected && server === this.server, 'a page of a source is asked for that is not bound');
    if (this.failed !== undefined) assert.ok(Object.is(cursor, this.failed.cursor), 'the retry has another cursor');
    this.failed = undefined;
    this.lastCursor = cursor;
  }

  #noteLate(server: FakeServer): void {
    for (const {id} of server.pending) this.late.add(id);
  }
}

function fail(held: Held, b: number): void {
  if (b % 2 === 0) return held.settle(PAGE_ERRORS[(b >> 1) % PAGE_ERRORS.length]);
  held.page = MALFORMED[(b >> 1) % MALFORMED.length] as never;
  held.compute = () => undefined;
  held.settle();
}
