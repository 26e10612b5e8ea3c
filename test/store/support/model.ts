import assert from 'node:assert/strict';
import {mock} from 'node:test';
import {loadSearch} from '../../../src/store/load-search.js';
import type {Conversation, ConversationSnapshot, StoreChange} from '../../../src/store/index.js';
import {everyEventShows, firstRowsAre, isStill, noticeIsRight, nothingVanished, rowsAreRight, searchIsRight} from './checks.js';
import type {FakeServer} from './fake-server.js';
import {flush} from './flush.js';
import {ASKS, FILTERS_ANEW, NEWS, RESTARTS, type Case, type Op, type OpName} from './ops.js';
import {Random} from './random.js';
import {World} from './world.js';

/** How many old snapshots are kept, to see that they stay as they were. */
const KEPT = 4;
/** A long run is compared in full at every so many steps. */
const EVERY = 8;

const scope = globalThis as {reportError?: (error: unknown) => void};

/** Runs one case against the store, checking after each step; rejects where the store breaks a rule. */
export async function run({pageSize, servers, ops}: Case): Promise<void> {
  const chance = new Random(servers[0]?.seed ?? 0);
  const random = mock.method(Math, 'random', () => chance.next());
  const {reportError} = scope;
  mock.timers.enable({apis: ['setTimeout']});
  try {
    await loadSearch();
    const world = new World(servers, pageSize);
    scope.reportError = (error) => world.report(error);
    const model = new Model(world, ops.length < 100 ? 1 : EVERY);
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
    random.mock.restore();
    if (reportError === undefined) delete scope.reportError;
    else scope.reportError = reportError;
  }
}

class Model {
  readonly #world: World;
  readonly #every: number;
  readonly #old: {readonly snapshot: ConversationSnapshot; readonly rows: readonly Conversation[]}[] = [];
  #step = 0;
  #last: ConversationSnapshot | undefined;

  constructor(world: World, every: number) {
    this.#world = world;
    this.#every = every;
    world.store.subscribe((change) => world.within('listener', () => this.#told(change)));
  }

  async step(group: readonly Op[]): Promise<void> {
    const world = this.#world;
    const {store, server} = world;
    const before = store.snapshot;
    const {asked} = server;
    const [first] = group;
    const fails = group.length === 1 && first?.[0] === 'fail' && world.heldOf(first)?.request.signal?.aborted === false;
    world.beginStep();
    for (const op of group) {
      world.apply(op);
      // Into the middle of what the store and its promises are about to do.
      if (op[3] === 1) for (let i = (op[2] ?? 0) % 8; i > 0; i--) await undefined;
    }
    await flush();
    this.#step++;
    this.#check(this.#step % this.#every === 0);
    const {page} = store.snapshot;
    if (page.status === 'failed') world.failed = {cursor: world.lastCursor};
    if (world.anew) return;
    const {done} = world;
    // Another filter drops what is in doubt and hidden, even if the first one comes back.
    if (!has(done, FILTERS_ANEW)) nothingVanished(before, store.snapshot, server, world.late);
    if (fails && done.size === 1) assert.equal(page.status, 'failed', 'a failure does not show');
    if (server.asked === asked) return;
    assert.ok(!world.unseen || has(done, ASKS), 'a page was asked for unseen');
    const {status, error} = before.page;
    if (status !== 'failed' || has(done, ASKS) || has(done, RESTARTS)) return;
    assert.ok(has(done, NEWS), 'a page was asked for after an error');
    assert.ok(error?.retryable === true, 'a page was asked for after an error that does not pass');
  }

  /** What is cheap at each step; `all`: everything. */
  #check(all: boolean): void {
    const {fault, store, server, contained} = this.#world;
    if (fault !== undefined) throw fault as Error;
    this.#requestsAreInOrder();
    assert.ok(contained, 'what a listener threw was not reported, or twice');
    if (!all) return;
    const {snapshot} = store;
    rowsAreRight(snapshot, server);
    everyEventShows(snapshot, server);
    searchIsRight(snapshot);
    this.#oldOnesStand(snapshot);
  }

  #requestsAreInOrder(): void {
    const {servers, server: bound, connected, store} = this.#world;
    for (const server of servers) {
      const most = server === bound && connected ? 1 : 0;
      let open = 0;
      for (const held of [server.held, server.lost]) {
        for (const {request} of held) {
          if (request.signal?.aborted !== false) continue;
          open++;
          if (request.filter !== store.filter) assert.fail('a request of another filter is open');
        }
      }
      if (open > most) assert.fail(`${open} requests are open`);
      if (server.listeners.size !== most) assert.fail(`${server.listeners.size} listeners`);
    }
  }

  #oldOnesStand(snapshot: ConversationSnapshot): void {
    const at = Math.floor(this.#step / this.#every);
    const old = this.#old[at % KEPT];
    if (old !== undefined) isStill(old.snapshot, old.rows, this.#step);
    if (at % 3 === 0) this.#old[(at / 3) % KEPT] = {snapshot, rows: [...snapshot.rows]};
  }

  #told(change: StoreChange): void {
    const world = this.#world;
    assert.equal(change.snapshot, world.store.snapshot);
    noticeIsRight(this.#last, change, world.arranged);
    this.#last = change.snapshot;
    world.arranged = false;
  }

  /** Lets everything arrive, and compares. */
  async settle(): Promise<void> {
    const world = this.#world;
    const {server, store} = world;
    server.throwNext = false;
    // What was to be done within a call is not done any more.
    world.disarm();
    world.apply(['connect']);
    await flush();
    if (server.loggedOut) server.reset('login');
    await this.#rest(false);
    const {order, page} = store.snapshot;
    // Where paging rests, it has brought what the view can show: no row between those that are known is missing.
    const first = order === 'order-key' && page.status === 'idle' && server.config.paging === 'cursor';
    if (first) firstRowsAre(store.snapshot, server, world.wanted);
    world.wanted = 1e6;
    store.want(world.wanted);
    await flush();
    await this.#rest(true);
    this.#check(true);
    assert.equal(store.snapshot.page.status, 'done');
    assert.equal(store.snapshot.unreadTotal, server.total, 'unread total');
    firstRowsAre(store.snapshot, server, Infinity);
    await this.#leave(server);
  }

  /** Until nothing moves any more; `on`: pages go on where they stopped. */
  async #rest(on: boolean): Promise<void> {
    const {server, store} = this.#world;
    for (let quiet = 0, rounds = 0; quiet < 3; rounds++) {
      const {asked} = server;
      while (server.pending.length > 0) server.deliverBatch(3);
      for (const held of [...server.held]) held.settle();
      for (const answer of server.unreadAnswers.splice(0)) answer();
      await flush();
      const {page} = store.snapshot;
      if (on && (page.status === 'failed' || page.status === 'paused')) void store.loadMore();
      mock.timers.tick(60_000);
      await flush();
      if (rounds % 8 === 0) this.#check(true);
      const busy = server.asked !== asked || server.held.length > 0;
      quiet = busy ? 0 : quiet + 1;
      assert.ok(rounds < 2000, 'paging does not come to an end');
    }
  }

  /** After the end nothing is left: no listener, no request, no timer that would ask. */
  async #leave(server: FakeServer): Promise<void> {
    const world = this.#world;
    server.revive('c0');
    world.store.disconnect();
    world.connected = false;
    const {asked} = server;
    mock.timers.tick(600_000);
    await flush();
    assert.equal(server.asked, asked);
    this.#check(false);
  }
}

function has(done: ReadonlySet<OpName>, names: ReadonlySet<OpName>): boolean {
  for (const name of done) if (names.has(name)) return true;
  return false;
}
