import assert from 'node:assert/strict';
import {mock} from 'node:test';
import {
  compareSortable,
  ConversationStore,
  matches,
  sameConversation,
  SourceError,
  sortKey,
  type Conversation,
  type ConversationFilter,
  type ConversationSnapshot,
  type StoreChange,
} from '../../../src/store/index.js';
import {FakeServer, type ServerConfig} from './fake-server.js';
import {flush} from './flush.js';

/** One step; the numbers are indices, taken modulo what there is. `together`: with the next op, before all is done. */
export type Op = readonly [name: OpName, a?: number, b?: number, together?: 1];

export type OpName =
  | 'change' | 'move' | 'remove' | 'revive' | 'deliver' | 'batch' | 'snapshot' | 'unread' | 'answerUnread'
  | 'compute' | 'answer' | 'fail' | 'throw' | 'tick'
  | 'want' | 'loadMore' | 'refresh' | 'filter' | 'order' | 'source' | 'disconnect' | 'connect'
  | 'gap' | 'login' | 'logout' | 'online';

/** Everything that a run depends on. */
export interface Case {
  readonly pageSize: number | 'all';
  readonly servers: readonly ServerConfig[];
  readonly ops: readonly Op[];
}

export const FILTERS: readonly ConversationFilter[] = [
  {},
  {hidden: false},
  {hasUnread: true},
  {types: ['group', 'channel'], pinned: false},
  {mark: 'star'},
  {mark: null, hasUnread: false},
];

const PAGE_ERRORS = [
  new SourceError('network', 'down'),
  new SourceError('forbidden', 'no'),
  new Error('plain'),
  'a string',
];
const MALFORMED = [undefined, null, 7, {}, {conversations: 'none', done: true}, {conversations: null, done: false}];

/** Ops that may ask for a page though the view wants none, or though the last one failed. */
const ASKS: ReadonlySet<OpName> = new Set(['loadMore', 'refresh']);
const RECOVERS: ReadonlySet<OpName> = new Set([
  'loadMore', 'refresh', 'filter', 'source', 'connect', 'online', 'gap', 'login', 'snapshot', 'logout',
]);

/** Ops after which pages, not earlier events, say what shows. */
const PAGES_ANEW: ReadonlySet<OpName> = new Set(['refresh', 'filter', 'source', 'connect']);

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
    if (before.filter === this.#store.snapshot.filter) this.#nothingVanished(before, late);
    const has = (names: ReadonlySet<OpName>): boolean => group.some(([name]) => names.has(name));
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
    const {rows, filter, order} = snapshot;
    const list = [...rows];
    const seen = new Set<string>();
    assert.equal(list.length, rows.length, 'length');
    for (const [i, row] of list.entries()) {
      const {id} = row;
      if (seen.has(id)) assert.fail(`${id} is there twice`);
      seen.add(id);
      const above = list[i - 1];
      if (above !== undefined && compareSortable(place(above, order), place(row, order)) >= 0) {
        assert.fail(`${above.title} stands above ${row.title}`);
      }
      if (!matches(filter, row)) assert.fail(`${row.title} does not match`);
      const version = versionOf(row);
      const fact = this.#server.facts[version]?.conversation;
      if (fact === undefined || !sameConversation(fact, row)) assert.fail(`${row.title} is no fact of this server`);
      const told = this.#server.told.get(id);
      if (told !== undefined && version < told.version + (told.conversation === undefined ? 1 : 0)) {
        assert.fail(`${row.title} is older than the event of version ${told.version}`);
      }
    }
    if (list.length > 0) {
      const i = (this.#step * 7) % list.length;
      const {id} = list[i] as Conversation;
      assert.equal(rows.indexOf(id), i);
      assert.equal(rows.at(i), list[i]);
      assert.equal(rows.get(id), list[i]);
    }
    this.#everyEventShows(seen, filter);
    this.#requestsAreInOrder();
    this.#oldOnesStand(snapshot, list);
  }

  /** What an event told, and what is so still, shows. */
  #everyEventShows(shown: ReadonlySet<string>, filter: ConversationFilter): void {
    for (const id of this.#server.fresh) {
      const {version, conversation} = this.#server.told.get(id) as {version: number; conversation: Conversation | undefined};
      if (conversation === undefined || shown.has(id) || !matches(filter, conversation)) continue;
      if (this.#server.truth.get(id)?.version === version) assert.fail(`${conversation.title} was told and does not show`);
    }
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

  #oldOnesStand(snapshot: ConversationSnapshot, list: readonly Conversation[]): void {
    const old = this.#old[this.#step % KEPT];
    if (old !== undefined) {
      assert.deepEqual([...old.snapshot.rows].map(versionOf), old.rows.map(versionOf), 'an old snapshot changed');
      const i = this.#step % Math.max(1, old.rows.length);
      const row = old.rows[i];
      if (row !== undefined) assert.equal(old.snapshot.rows.indexOf(row.id), i, 'an old snapshot lost its index');
    }
    if (this.#step % 5 === 0) this.#old[(this.#step / 5) % KEPT] = {snapshot, rows: list};
  }

  /** No row goes while the server holds it unchanged, unless older news of it is on its way. */
  #nothingVanished({rows, filter}: ConversationSnapshot, late: ReadonlySet<string>): void {
    // A page of positions can leave a row out, which the sweep behind it mends.
    const {paging} = this.#server.config;
    if (paging === 'offset' || paging === 'window') return;
    const now = this.#store.snapshot.rows;
    for (const row of rows) {
      const truth = this.#server.truth.get(row.id);
      if (late.has(row.id)) continue;
      if (truth?.version === versionOf(row) && matches(filter, row) && now.get(row.id) === undefined) {
        assert.fail(`${row.title} vanished`);
      }
    }
  }

  #told({snapshot, live}: StoreChange): void {
    assert.equal(snapshot, this.#store.snapshot);
    const before = this.#last;
    this.#last = snapshot;
    if (before !== undefined && before.rows !== snapshot.rows) {
      const same = before.rows.length === snapshot.rows.length && [...before.rows].every((row, i) => row === snapshot.rows.at(i));
      // In one go with others, a filter or an order may lead back to the same rows.
      assert.ok(!same || this.#arranged, 'new rows without a change');
    }
    this.#arranged = false;
    if (live === undefined) return;
    const all = [...live.added, ...live.changed, ...live.removed];
    assert.equal(new Set(all).size, all.length, 'an id in two lists');
    for (const id of [...live.added, ...live.changed]) assert.ok(snapshot.rows.indexOf(id) >= 0, `${id} is told and not there`);
    for (const id of live.removed) assert.equal(snapshot.rows.indexOf(id), -1, `${id} is told as removed and there`);
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
    this.#wanted = 1e6;
    store.want(this.#wanted);
    await flush();
    for (let quiet = 0, rounds = 0; quiet < 3; rounds++) {
      const asked = server.asked;
      while (server.pending.length > 0) server.deliverBatch(3);
      for (const held of [...server.held]) held.settle();
      for (const answer of server.unreadAnswers.splice(0)) answer();
      await flush();
      const {page} = store.snapshot;
      if (page.status === 'failed' || page.status === 'paused') void store.loadMore();
      mock.timers.tick(60_000);
      await flush();
      this.#check();
      const busy = server.asked !== asked || server.held.length > 0;
      quiet = busy ? 0 : quiet + 1;
      assert.ok(rounds < 2000, 'paging does not come to an end');
    }
    const {snapshot} = store;
    assert.equal(snapshot.page.status, 'done');
    assert.equal(snapshot.unreadTotal, server.total, 'unread total');
    const {order} = snapshot;
    const expected = server.list(snapshot.filter).sort((x, y) => compareSortable(place(x, order), place(y, order)));
    const [is, should] = [[...snapshot.rows], expected].map((list) => list.map(({title}) => title).join(', '));
    assert.ok(is === should, `the list is not what the server holds:\n  ${is}\n  ${should}`);
    await this.#leave(server);
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

function place(conversation: Conversation, order: ConversationSnapshot['order']): {id: string; key: bigint} {
  return {id: conversation.id, key: sortKey(conversation, order)};
}

function versionOf({title}: Conversation): number {
  return Number(title.slice(title.indexOf(' v') + 2));
}
