import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it} from 'node:test';
import {openDB} from 'idb';
import {SourceError, type Conversation, type ConversationSource} from '../../src/model/index.js';
import {databaseName} from '../../src/sources/cache/database.js';
import {CachedSource} from '../../src/sources/cached.js';
import {LocalSource} from '../../src/sources/local.js';
import {MemorySource} from '../../src/sources/memory.js';
import {loadSearch} from '../../src/store/load-search.js';
import {generateConversations} from '../../src/testing/generate-conversations.js';
import {watch} from '../store/support/store.js';
import {fill, newAccount, synced, told} from './support/cached.js';
import {faults} from './support/idb-faults.js';
import {takeWarnings} from './support/warnings.js';

await loadSearch();

const warnings = takeWarnings();

const idsOf = (rows: readonly Conversation[]): string[] => rows.map(({id}) => id);

/** Names that are all alike, but for the last. */
function many(count: number): Conversation[] {
  const [made] = generateConversations(1) as [Conversation];
  return Array.from({length: count}, (_, i) => ({
    ...made,
    id: `c${i}`,
    title: i === count - 1 ? 'Zoë Last' : `Name ${i}`,
    orderKey: BigInt(count - i),
    pinned: false,
    lastMessage: null,
  }));
}

/** A server whose search is as given; by default it has none. */
function serverOf(conversations: Iterable<Conversation>, search?: ConversationSource['search']): MemorySource {
  const server = new MemorySource({conversations});
  Object.defineProperty(server, 'search', {value: search});
  if (!search) Object.defineProperty(server, 'capabilities', {value: {...server.capabilities, search: undefined}});
  return server;
}

const offline = async (): Promise<never> => Promise.reject(new SourceError('network', 'No connection'));

describe('LocalSource searches what it keeps', () => {
  it('finds what MemorySource finds, in the same order, as many as are wanted', async () => {
    const conversations = generateConversations(700, {now: 1_700_000_000_000});
    const source = new LocalSource({name: 'test', account: newAccount()});
    await source.upsert(conversations);
    const memory = new MemorySource({conversations});
    const words = conversations.slice(0, 12).flatMap(({title, lastMessage}) => [title, title.slice(0, 2).toUpperCase(), lastMessage?.text ?? '']);
    let hits = 0;
    for (const query of [...words, 'e', '', '  ', 'nobody at all', '%', '.*', '\ud800']) {
      for (const limit of [undefined, 1, 50]) {
        const options = limit === undefined ? {} : {limit};
        const found = idsOf(await source.search(query, options));
        assert.deepEqual(found, idsOf(await memory.search(query, options)), JSON.stringify([query, limit]));
        hits += found.length;
      }
    }
    assert.ok(hits > 1000, `${hits} hits`);
    assert.deepEqual(await source.search('e', {limit: 0}), []);
    // What is on its way to the database counts.
    const written = source.upsert([{...(conversations[0] as Conversation), id: 'late', title: 'Come late'}]);
    assert.deepEqual(idsOf(await source.search('come late')), ['late']);
    await written;
  });

  it('looks through all in slices, between which others write, and reads no more than it needs', async () => {
    const source = new LocalSource({name: 'test', account: newAccount()});
    await source.upsert(many(5000));
    let [rows, largest] = [0, 0];
    const {getAll} = IDBIndex.prototype;
    IDBIndex.prototype.getAll = function (...args) {
      const request = getAll.apply(this, args);
      request.addEventListener('success', () => {
        rows += request.result.length;
        largest = Math.max(largest, request.result.length);
      });
      return request;
    };
    const begun = async (): Promise<void> => {
      while (rows === 0) await new Promise((resolve) => setTimeout(resolve));
    };
    try {
      let over = false;
      const searched = source.search('zoe', {limit: 50}).finally(() => (over = true));
      await begun();
      await source.setPinned('c4000', true);
      assert.equal(over, false, 'a change waited for the search');
      assert.deepEqual(idsOf(await searched), ['c4999']);
      assert.ok(rows >= 4999, `${rows} rows were read`);
      assert.ok(largest <= 200, `${largest} rows were read at once`);

      rows = 0;
      assert.deepEqual(idsOf(await source.search('name', {limit: 3})), ['c4000', 'c0', 'c1']);
      assert.ok(rows <= 6, `${rows} rows were read for 3`);

      rows = 0;
      const controller = new AbortController();
      const aborted = source.search('zoe', {signal: controller.signal});
      await begun();
      controller.abort();
      await assert.rejects(aborted, {name: 'SourceError', code: 'aborted'});
      assert.ok(rows < 5000, `${rows} rows were read, though nobody wanted them any more`);
      await assert.rejects(source.search('zoe', {signal: controller.signal}), {code: 'aborted'});
    } finally {
      IDBIndex.prototype.getAll = getAll;
    }
  });

  it('leaves out what cannot be read, and says so once', async () => {
    const account = newAccount();
    const source = new LocalSource({name: 'test', account});
    await source.upsert(many(300));
    const db = await openDB(databaseName('test', account));
    for (const [id, c] of [['c3', {title: 'Name'}], ['c5', null], ['c7', 'Name'], ['c9', {title: ['Name'], draft: 1, lastMessage: true}]] as const) {
      const row = (await db.get('rows', id)) as object;
      await db.put('rows', {...row, c});
    }
    db.close();
    const found = idsOf(await source.search('name'));
    assert.equal(found.length, 295);
    for (const id of ['c3', 'c5', 'c7', 'c9']) assert.ok(!found.includes(id), id);
    await source.search('name');
    assert.equal(warnings.length, 1);
  });

  it('fails as every call does where the database does', async () => {
    const account = newAccount();
    const source = new LocalSource({name: 'test', account});
    await source.upsert(many(3));
    faults.set(databaseName('test', account), {call: 'getAll', kind: 'UnknownError'});
    await assert.rejects(source.search('name'), {name: 'SourceError'});
    faults.clear();
    assert.equal((await source.search('name')).length, 2);
  });
});

describe('CachedSource searches', () => {
  it('the source behind, where that can; what was done meanwhile shows in what that finds', async () => {
    const account = newAccount();
    const conversations = many(20);
    const asked: unknown[] = [];
    const server = serverOf(conversations, async (query, options) => {
      asked.push(query, options?.limit, options?.signal instanceof AbortSignal);
      return conversations.slice(4, 5);
    });
    server.setDraft = offline;
    const source = new CachedSource(server, {name: 'test', account});
    await told(source, synced);
    const stop = source.subscribe(() => undefined);
    assert.deepEqual(idsOf(await source.search('what the server knows', {limit: 7, signal: new AbortController().signal})), ['c4']);
    assert.deepEqual(asked, ['what the server knows', 7, true]);
    await source.setDraft?.('c4', 'Not sent yet');
    const [found] = await source.search('x');
    assert.equal(found?.draft?.text, 'Not sent yet');
    stop();
    source.dispose();
  });

  it('what is kept, where that cannot', async () => {
    const account = newAccount();
    const server = serverOf(many(120));
    await fill(server, account);
    const source = new CachedSource(server, {name: 'test', account});
    assert.equal(source.capabilities.search, true);
    assert.deepEqual(idsOf(await source.search('ZOE')), ['c119']);
    assert.deepEqual(idsOf(await source.search('name', {limit: 2})), ['c0', 'c1']);
    assert.deepEqual(await source.search('nobody'), []);
    await assert.rejects(source.search('zoe', {signal: AbortSignal.abort()}), {code: 'aborted'});
    source.dispose();
    // One that has the method, and says that it does not work.
    const without = serverOf(many(120), async () => many(1));
    Object.defineProperty(without, 'capabilities', {value: {...without.capabilities, search: false}});
    const saying = new CachedSource(without, {name: 'test', account});
    assert.equal(saying.capabilities.search, true);
    assert.deepEqual(idsOf(await saying.search('ZOE')), ['c119']);
    saying.dispose();
  });

  const failures = {
    'is not reached': () => new SourceError('network', 'No connection'),
    'has broken down': () => new SourceError('server', '503'),
    'throws what it likes': () => new TypeError('Failed to fetch'),
    'finds out that it cannot': () => new SourceError('unsupported', 'No index'),
  };
  for (const [what, failure] of Object.entries(failures)) {
    it(`what is kept, where that ${what}`, async () => {
      const account = newAccount();
      const server = serverOf(many(120), async () => Promise.reject(failure()));
      await fill(server, account);
      const source = new CachedSource(server, {name: 'test', account});
      assert.deepEqual(idsOf(await source.search('zoe last')), ['c119']);
      source.dispose();
    });
  }

  it('nothing else, where that refuses', async () => {
    const account = newAccount();
    const server = serverOf(many(12), async () => Promise.reject(new SourceError('forbidden', 'Not you')));
    await fill(server, account);
    const source = new CachedSource(server, {name: 'test', account});
    await assert.rejects(source.search('zoe'), {code: 'forbidden'});
    source.dispose();
  });

  describe('with a server that does not answer', () => {
    const {setTimeout: real} = globalThis;
    beforeEach(() => {
      // 5 s are 10 ms.
      globalThis.setTimeout = ((run: () => void, ms?: number) => real(run, ms === 5000 ? 10 : ms)) as typeof setTimeout;
    });
    afterEach(() => {
      globalThis.setTimeout = real;
    });

    it('gives what is kept after a while, and ends the question', async () => {
      const account = newAccount();
      let signal: AbortSignal | undefined;
      const server = serverOf(many(12), (_, options) => ((signal = options?.signal), new Promise(() => undefined)));
      await fill(server, account);
      const source = new CachedSource(server, {name: 'test', account});
      assert.deepEqual(idsOf(await source.search('zoe')), ['c11']);
      assert.equal(signal?.aborted, true);
      source.dispose();
    });

    it('waits on, where the database has failed too', async () => {
      const account = newAccount();
      const server = serverOf(many(12), () => new Promise((resolve) => real(() => resolve(many(1)), 50)));
      faults.set(databaseName('test', account), {call: 'open', kind: 'UnknownError'});
      const source = new CachedSource(server, {name: 'test', account});
      assert.deepEqual(idsOf(await source.search('x')), ['c0']);
      faults.clear();
      source.dispose();
    });
  });

  it('as the source behind, where the database has failed', async () => {
    const account = newAccount();
    faults.set(databaseName('test', account), {call: 'open', kind: 'UnknownError'});
    const failing = new CachedSource(serverOf(many(12), offline), {name: 'test', account});
    await assert.rejects(failing.search('zoe'), {code: 'network'});
    const unable = new CachedSource(serverOf(many(12)), {name: 'test', account});
    await assert.rejects(unable.search('zoe'), {code: 'unsupported'});
    faults.clear();
  });

  it('a list over it finds what it has not loaded, and says that there may be more until a sync has come through', async () => {
    const account = newAccount();
    const server = serverOf(many(400));
    await fill(server, account);
    server.failNextPage(undefined, Infinity);
    const source = new CachedSource(server, {name: 'test', account});
    const {store, errors} = await watch(source, {pageSize: 20, want: 20});
    const until = async (condition: () => boolean): Promise<void> => {
      for (const end = Date.now() + 10_000; !condition(); ) {
        assert.ok(Date.now() < end, `waited in vain until ${String(condition)}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    await until(() => store.snapshot.page.status === 'idle' && store.snapshot.sync.status === 'failed');
    store.query = 'zoe';
    await until(() => store.snapshot.search?.status === 'done');
    assert.deepEqual([...(store.snapshot.search?.rows ?? [])].map(({id}) => id), ['c399']);
    assert.equal(store.snapshot.search?.everywhere, false);
    assert.deepEqual(errors().filter((error) => error.endsWith('search')), []);
    server.failNextPage(undefined, 0);
    server.emit({type: 'connection', state: 'online'});
    await until(() => store.snapshot.sync.status === 'idle');
    assert.equal(store.snapshot.search?.everywhere, true);
    store.disconnect();
    source.dispose();
  });
});
