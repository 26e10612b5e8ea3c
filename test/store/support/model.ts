import assert from 'node:assert/strict';
import {mock} from 'node:test';
import {
  ConversationStore,
  type Conversation,
  type ConversationFilter,
  type ConversationSnapshot,
  type StoreChange,
} from '../../../src/store/index.js';
import {everyEventShows, firstRowsAre, isStill, noticeIsRight, nothingVanished, rowsAreRight} from './checks.js';
import {FakeServer} from './fake-server.js';
import {flush} from './flush.js';
import {ASKS, FILTERS, FILTERS_ANEW, MALFORMED, PAGE_ERRORS, PAGES_ANEW, RECOVERS, type Case, type Op, type OpName} from './ops.js';
import type {ServerConfig} from './server-config.js';

/** How many old snapshots are kept, to see that they stay as they were. */
const KEPT = 4;

/** Runs one case against the store, checking after each step; rejects where the store breaks a rule. */
export async function run({pageSize, servers, ops}: Case): Promise<void> {
  mock.timers.enable({apis: ['setTimeout']});
  try {
    const model = new Model(servers, pageSize);
    await flush();
    let group: Op[] = [];
    for (const [i, op] of ops.entries()) {
      group.push(op);
      if (op[3] === 1 && i < ops.length - 1) continue;
      try {
        await model.step(group);
      } catch (thrown) {
        throw new Error(`at step ${i}, ${JSON.stringify(group)}: ${(thrown as Error).message}`, {cause: thrown});
      }
      group = [];
    }
    await model.settle();
  } finally {
    mock.timers.reset();
  }
}

class Model {
  readonly #store = new ConversationStore();
  readonly #servers: readonly FakeServer[];
  readonly #old: {readonly snapshot: ConversationSnapshot; readonly rows: readonly Conversation[]}[] = [];
  #server: FakeServer;
  #connected = true;
  #wanted = 10;
  #step = 0;
  #last: ConversationSnapshot | undefined;
  /** The filter or the order was set since the last notification. */
  #arranged = false;
  #fault: unknown;

  constructor(servers: readonly ServerConfig[], pageSize: number | 'all') {
    this.#servers = servers.map((config) => new FakeServer(config));
    this.#server = this.#servers[0] as FakeServer;
    this.#store.pageSize = pageSize;
    this.#store.subscribe((change) => {
      try {
        this.#told(change);
      } catch (thrown) {
        // The store would contain it.
        this.#fault ??= thrown;
      }
    });
    this.#store.want(this.#wanted);
    this.#store.source = this.#server;
    this.#store.connect();
  }

  async step(group: readonly Op[]): Promise<void> {
    const before = this.#store.snapshot;
    const server = this.#server;
    const {asked, loggedOut} = server;
    let unseen = this.#wanted === 0;
    const fails = group.length === 1 && group[0]?.[0] === 'fail' && server.held[this.#heldIndex(group[0])]?.request.signal?.aborted === false;
    const late = new Set<string>();
    let anew = false;
    for (const op of group) {
      if (PAGES_ANEW.has(op[0])) this.#server.fresh.clear();
      for (const {id} of server.pending) late.add(id);
      if (this.#apply(op)) anew = true;
      if (this.#wanted > 0) unseen = false;
      // Into the middle of what the store and its promises are about to do.
      if (op[3] === 1) for (let i = (op[2] ?? 0) % 8; i > 0; i--) await undefined;
    }
    for (const {id} of server.pending) late.add(id);
    await flush();
    this.#step++;
    this.#check();
    if (server !== this.#server || anew || loggedOut) return;
    const has = (names: ReadonlySet<OpName>): boolean => group.some(([name]) => names.has(name));
    // Another filter drops what is in doubt and hidden, even if the first one comes back.
    if (!has(FILTERS_ANEW)) nothingVanished(before, this.#store.snapshot, server, late);
    const {page} = this.#store.snapshot;
    if (fails) assert.equal(page.status, 'failed', 'a failure does not show');
    if (server.asked === asked) return;
    assert.ok(!unseen || has(ASKS), 'a page was asked for unseen');
    const {status, error} = before.page;
    if (status !== 'failed') return;
    assert.ok(has(RECOVERS), 'a page was asked for after an error');
    const only = group.every(([name]) => name === 'online' || !RECOVERS.has(name));
    assert.ok(!only || error?.retryable === true, 'a page was asked for after an error that does not pass');
  }

  #heldIndex([, a = 0]: Op): number {
    return a % Math.max(1, this.#server.held.length);
  }

  /** Returns whether the list may begin anew. */
  #apply(op: Op): boolean {
    const [name, a = 0, b = 0] = op;
    const store = this.#store;
    const server = this.#server;
    const id = `c${a % (server.config.size + 5)}`;
    const held = server.held[this.#heldIndex(op)];
    switch (name) {
      case 'change':
        return void server.change(id, 0), false;
      case 'move':
        return void server.change(id, b % 3 === 0 ? -1 : 1), false;
      case 'remove':
        return void server.remove(id), false;
      case 'revive':
        return void server.revive(id), false;
      case 'deliver':
        return void server.deliver(a, 1 + (b % 4 === 0 ? 1 : 0)), false;
      case 'batch':
        return void server.deliverBatch(2 + (a % 5)), false;
      case 'snapshot':
        return void server.snapshot(a % 2 === 0), false;
      case 'unread':
        server.total = a;
        return void server.emit({type: 'unread', total: a}), false;
      case 'answerUnread':
        return void server.unreadAnswers.splice(a % Math.max(1, server.unreadAnswers.length), 1)[0]?.(), false;
      case 'compute':
        return void held?.compute(), false;
      case 'answer':
        return void held?.settle(), false;
      case 'fail': {
        if (held === undefined) return false;
        if (b % 2 === 0) held.settle(PAGE_ERRORS[(b >> 1) % PAGE_ERRORS.length]);
        else {
          held.page = MALFORMED[(b >> 1) % MALFORMED.length] as never;
          held.compute = () => undefined;
          held.settle();
        }
        return false;
      }
      case 'throw':
        server.throwNext = true;
        return false;
      case 'tick':
        mock.timers.tick([100, 5000, 31_000][a % 3] as number);
        return false;
      case 'want':
        this.#wanted = [0, 1, 5, 10, 20, 100][a % 6] as number;
        return void store.want(this.#wanted), false;
      case 'loadMore':
        return void store.loadMore(), false;
      case 'refresh':
        return void store.refresh(), false;
      case 'filter':
        this.#arranged = true;
        store.filter = FILTERS[a % FILTERS.length] as ConversationFilter;
        return false;
      case 'order':
        this.#arranged = true;
        store.order = a % 2 === 0 ? 'order-key' : 'last-message';
        return false;
      case 'source':
        this.#server = this.#servers[a % this.#servers.length] as FakeServer;
        store.source = this.#server;
        if (this.#server !== server) this.#server.told.clear();
        return true;
      case 'disconnect':
        this.#connected = false;
        return void store.disconnect(), false;
      case 'connect':
        this.#connected = true;
        return void store.connect(), false;
      case 'gap':
        return void server.reset('gap'), false;
      case 'login':
      case 'logout':
        return void server.reset(name), true;
      case 'online':
        return void server.emit({type: 'connection', state: 'online'}), false;
    }
  }

  #check(): void {
    if (this.#fault !== undefined) throw this.#fault as Error;
    const {snapshot} = this.#store;
    rowsAreRight(snapshot, this.#server);
    everyEventShows(snapshot, this.#server);
    this.#requestsAreInOrder();
    this.#oldOnesStand(snapshot);
  }

  #requestsAreInOrder(): void {
    for (const server of this.#servers) {
      const open = server.held.filter(({request}) => request.signal?.aborted === false);
      const most = server === this.#server && this.#connected ? 1 : 0;
      assert.ok(open.length <= most, `${open.length} requests are open`);
      assert.equal(server.listeners.size, most, 'listeners');
      for (const {request} of open) assert.equal(request.filter, this.#store.filter, 'a request of another filter is open');
    }
  }

  #oldOnesStand(snapshot: ConversationSnapshot): void {
    const old = this.#old[this.#step % KEPT];
    if (old !== undefined) isStill(old.snapshot, old.rows, this.#step);
    if (this.#step % 5 === 0) this.#old[(this.#step / 5) % KEPT] = {snapshot, rows: [...snapshot.rows]};
  }

  #told(change: StoreChange): void {
    assert.equal(change.snapshot, this.#store.snapshot);
    noticeIsRight(this.#last, change, this.#arranged);
    this.#last = change.snapshot;
    this.#arranged = false;
  }

  /** Lets everything arrive, and compares. */
  async settle(): Promise<void> {
    const server = this.#server;
    const store = this.#store;
    server.throwNext = false;
    store.connect();
    this.#connected = true;
    await flush();
    if (server.loggedOut) server.reset('login');
    await this.#rest(false);
    const {order, page} = store.snapshot;
    // Where paging rests, it has brought what the view can show: no row between those that are known is missing.
    const first = order === 'order-key' && page.status === 'idle' && server.config.paging === 'cursor';
    if (first) firstRowsAre(store.snapshot, server, this.#wanted);
    this.#wanted = 1e6;
    store.want(this.#wanted);
    await flush();
    await this.#rest(true);
    this.#check();
    assert.equal(store.snapshot.page.status, 'done');
    assert.equal(store.snapshot.unreadTotal, server.total, 'unread total');
    firstRowsAre(store.snapshot, server, Infinity);
    await this.#leave(server);
  }

  /** Until nothing moves any more; `on`: pages go on where they stopped. */
  async #rest(on: boolean): Promise<void> {
    const server = this.#server;
    const store = this.#store;
    for (let quiet = 0, rounds = 0; quiet < 3; rounds++) {
      const asked = server.asked;
      while (server.pending.length > 0) server.deliverBatch(3);
      for (const held of [...server.held]) held.settle();
      for (const answer of server.unreadAnswers.splice(0)) answer();
      await flush();
      const {page} = store.snapshot;
      if (on && (page.status === 'failed' || page.status === 'paused')) void store.loadMore();
      mock.timers.tick(60_000);
      await flush();
      if (rounds % 8 === 0) this.#check();
      const busy = server.asked !== asked || server.held.length > 0;
      quiet = busy ? 0 : quiet + 1;
      assert.ok(rounds < 2000, 'paging does not come to an end');
    }
  }

  /** After the end nothing is left: no listener, no request, no timer that would ask. */
  async #leave(server: FakeServer): Promise<void> {
    server.revive('c0');
    this.#store.disconnect();
    this.#connected = false;
    const {asked} = server;
    mock.timers.tick(600_000);
    await flush();
    assert.equal(server.asked, asked);
    this.#requestsAreInOrder();
  }
}
