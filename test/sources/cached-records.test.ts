import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {openDB, type IDBPDatabase} from 'idb';
import {sameConversation, type Conversation, type ConversationFilter, type ConversationSource} from '../../src/model/index.js';
import {databaseName} from '../../src/sources/cache/database.js';
import {toRow} from '../../src/sources/cache/record.js';
import {CachedSource} from '../../src/sources/cached.js';
import {LocalSource} from '../../src/sources/local.js';
import {MemorySource} from '../../src/sources/memory.js';
import {generateConversations} from '../../src/testing/generate-conversations.js';
import {Random} from '../../src/testing/random.js';
import {deadRemote, fill, newAccount, synced, told} from './support/cached.js';
import {takeWarnings} from './support/warnings.js';

const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);

const warnings = takeWarnings();

async function allPages(source: ConversationSource, filter?: ConversationFilter): Promise<Conversation[]> {
  const found: Conversation[] = [];
  for (let cursor: unknown; ; ) {
    const page = await source.getPage({limit: 100, ...(filter && {filter}), ...(cursor !== undefined && {cursor})});
    found.push(...page.conversations);
    if (page.done) return found;
    ({cursor} = page);
  }
}

/** What an account's cache holds, without its server. */
async function kept(account: string): Promise<Conversation[]> {
  const source = new CachedSource(deadRemote(), {name: 'test', account});
  return allPages(source);
}

async function edit(account: string, work: (db: IDBPDatabase) => Promise<void>): Promise<void> {
  const db = await openDB(databaseName('test', account));
  await work(db);
  db.close();
}

/** Values that no one expects. */
const STRANGE: readonly unknown[] = [
  null, undefined, '', 'x', '\u0000', '\uD800', 'a'.repeat(2000), 0, -1, NaN, Infinity, 2 ** 53, 1n, -1n, true, false,
  [], [null], ['', ['deep', ['deeper']]], {}, {id: 'x'}, {toString: 'x'}, {length: 5}, {__proto__: {pinned: true}}, new Date(0), new Map(),
  new Uint8Array(3), /x/, '<img src=x onerror=alert(1)>', 'ffffffffffffffffff', '0'.repeat(17), 'G'.repeat(17),
];

/** Another value somewhere in it. */
function mutate(record: unknown, random: Random, depth = 0): unknown {
  if (typeof record !== 'object' || record === null || (depth > 0 && random.chance(0.3))) return random.pick(STRANGE);
  const entries = Object.entries(record);
  if (entries.length === 0) return random.pick(STRANGE);
  const [at] = random.pick(entries);
  const kind = random.integer(0, 3);
  const changed = kind === 0 ? entries.filter(([name]) => name !== at) : entries.map(([name, value]): [string, unknown] => [name, name === at ? mutate(value, random, depth + 1) : value]);
  if (kind === 1) changed.push([random.pick(['extra', 'constructor', 'base', 'epoch', 'native']), random.pick(STRANGE)]);
  return Array.isArray(record) ? changed.map(([, value]): unknown => value) : Object.fromEntries(changed);
}

describe(`records that other code has written, seed ${SEED}`, () => {
  it('10,000 of them: none throws, those that are none are left out and counted, the others stay as they are', async () => {
    const random = new Random(SEED);
    let stored = 0;
    for (let i = 0; i < 20; i++) stored += await spoil(random);
    assert.ok(stored > 5000, `${stored} were stored`);
  });

  /** Puts 500 of them among 100 good rows. Returns how many the database took. */
  async function spoil(random: Random): Promise<number> {
    const account = newAccount();
    const good = generateConversations(100, {now: 1_700_000_000_000});
    await fill(new MemorySource({conversations: good}), account);
    warnings.length = 0;
    let stored = 0;
    await edit(account, async (db) => {
      const tx = db.transaction('rows', 'readwrite');
      tx.done.catch(() => undefined);
      const puts: Promise<unknown>[] = [];
      for (let i = 0; i < 500; i++) {
        const conversation = {...(good[i % good.length] as Conversation), id: `bad-${i}`};
        const record = mutate(toRow(conversation, undefined, 1), random) as {id?: unknown};
        // What no database takes is no record, and good ones are not overwritten.
        if (typeof record !== 'object' || record === null || Array.isArray(record)) continue;
        if (good.some(({id}) => id === record.id)) continue;
        // Its key may be none.
        puts.push(Promise.resolve(record).then((one) => tx.store.put(one)).then(() => stored++, () => undefined));
      }
      await Promise.all(puts);
      await tx.done;
    });
    const rows = await kept(account);
    const all = new Map(rows.map((row) => [row.id, row]));
    assert.equal(all.size, rows.length);
    for (const wanted of good) assert.ok(sameConversation(all.get(wanted.id) as Conversation, lasting(wanted)), `${wanted.id} is as it was`);
    for (const row of rows) {
      assert.equal(typeof row.orderKey, 'bigint');
      assert.equal(typeof row.title, 'string');
      assert.ok(Array.isArray(row.marks) && Array.isArray(row.groups));
    }
    const told = warnings.filter(([text]) => /could not be read/.test(String(text)));
    assert.equal(told.length, 1, 'it is said once');

    // The next sync puts everything right.
    const remote = new MemorySource({conversations: good});
    await fill(remote, account);
    assert.deepEqual((await kept(account)).map(({id}) => id), remote.all().map(({id}) => id));
    await edit(account, async (db) => assert.equal(await db.count('rows'), good.length));
    return stored;
  }

  it('a queue and facts that make no sense are passed over', async () => {
    const random = new Random(SEED);
    const account = newAccount();
    const remote = new MemorySource({conversations: generateConversations(50)});
    await fill(remote, account);
    await edit(account, async (db) => {
      const tx = db.transaction(['queue', 'meta', 'log'], 'readwrite');
      tx.done.catch(() => undefined);
      const op = {name: 'setPinned', args: ['direct-1', true], ids: ['direct-1'], at: 1, tries: 0};
      for (let i = 0; i < 200; i++) await tx.objectStore('queue').put(mutate(op, random));
      for (const key of ['unread', 'groups', 'scroll', 'complete']) await tx.objectStore('meta').put(random.pick(STRANGE), key);
      for (let i = 0; i < 50; i++) await tx.objectStore('log').put(mutate({ids: ['direct-1']}, random));
      await tx.done;
    });
    const source = new CachedSource(remote, {name: 'test', account});
    await told(source, synced);
    assert.equal((await allPages(source)).length, 50);
    assert.equal(typeof (await source.getTotalUnread?.()), 'number');
    await source.savedScroll();
    source.dispose();
  });
});

/** Who is typing and who is there is not kept. */
function lasting({presence: _, typing: __, ...conversation}: Conversation): Conversation {
  return conversation;
}

describe('what is kept', () => {
  it('leaves out one row in a hundred that no database takes, and keeps the others', async () => {
    const account = newAccount();
    const good = generateConversations(100, {now: 1_700_000_000_000});
    // It looks like a string, and is none that can be copied.
    const poison = {...(good[40] as Conversation), customData: Symbol('poison') as unknown as string, title: (() => 1) as unknown as string};
    const remote = new MemorySource({conversations: good.map((one, i) => Object.freeze(i === 40 ? poison : one))});
    await fill(remote, account);
    await edit(account, async (db) => assert.ok((await db.count('rows')) >= 99));
    const source = new CachedSource(remote, {name: 'test', account});
    await told(source, synced);
    assert.equal((await allPages(source)).length, 100, 'the list has all');
    source.dispose();
  });

  it('holds order keys of 64 bits exactly, below 0 too, and in their order', async () => {
    const keys = [2n ** 63n - 1n, 2n ** 63n - 2n, 2n ** 62n + 1n, 2n ** 62n, 2n ** 53n + 1n, 2n ** 53n, 1n, 0n, -1n, -(2n ** 53n) - 1n, -(2n ** 63n)];
    const [made] = generateConversations(1) as [Conversation];
    const conversations = keys.map((orderKey, i) => ({...made, id: `c${i}`, orderKey}));
    const account = newAccount();
    await fill(new MemorySource({conversations: [...conversations].reverse()}), account);
    assert.deepEqual((await kept(account)).map(({id, orderKey}) => [id, orderKey]), conversations.map(({id, orderKey}) => [id, orderKey]));
  });

  it('holds every field', async () => {
    const conversation: Required<Omit<Conversation, 'native' | 'presence' | 'typing'>> = {
      id: 'c', type: 'group', targetId: 't', title: 'Title', avatarUrl: 'https://example.com/a.png', verified: true,
      members: [{id: 'm', name: 'Ana', avatarUrl: 'https://example.com/m.png'}, {name: 'Ben'}], tags: ['vip'],
      orderKey: 5n, activeAt: 6, pinned: true, hidden: true, unreadCount: 3, unreadIsLowerBound: true, mention: 'both',
      notify: 'mentions', marks: ['star'], groups: ['work'], draft: {text: 'Draft', editedAt: 7}, readUpTo: 8, customData: '{}',
      lastMessage: {
        id: 'l', senderId: 's', senderName: 'Ana', isOwn: true, type: 'file', text: 'Text', fileName: 'a.pdf', durationMs: 9,
        thumbnailUrl: 'https://example.com/t.png', sentAt: 10, state: 'normal', peerRead: true, deliveryState: 'read',
      },
    };
    const account = newAccount();
    await fill(new MemorySource({conversations: [conversation]}), account);
    assert.deepEqual(await kept(account), [conversation]);
    const local = new LocalSource({name: 'test', account: newAccount()});
    await local.upsert([conversation]);
    assert.deepEqual(await local.getByIds(['c']), [conversation]);
  });
});

describe('a page of 20,000 rows through a filter', () => {
  // The rows of real lists: 1 in 1,000 has the mark.
  it('reads no more rows than it needs, wherever it begins', async () => {
    const account = newAccount();
    const source = new LocalSource({name: 'test', account});
    const [made] = generateConversations(1) as [Conversation];
    const COUNT = 20_000;
    const conversations = Array.from({length: COUNT}, (_, i): Conversation => ({
      ...made,
      id: `c${i}`,
      type: i % 50 === 0 ? 'channel' : 'direct',
      orderKey: BigInt(COUNT - i),
      marks: i % 1000 === 999 ? ['rare'] : [],
      groups: i % 500 === 499 ? ['few'] : [],
      unreadCount: i % 400 === 399 ? 1 : 0,
      pinned: false,
    }));
    await source.upsert(conversations);
    let rows = 0;
    const {getAll} = IDBIndex.prototype;
    const {get, getAll: getAllRows} = IDBObjectStore.prototype;
    IDBIndex.prototype.getAll = function (...args) {
      const request = getAll.apply(this, args);
      request.addEventListener('success', () => (rows += request.result.length));
      return request;
    };
    IDBObjectStore.prototype.get = function (...args) {
      if (this.name === 'rows') rows++;
      return get.apply(this, args);
    };
    IDBObjectStore.prototype.getAll = function () {
      throw new Error('All rows are read');
    };
    try {
      const filters: readonly (readonly [string, ConversationFilter])[] = [
        ['no filter', {}], ['mark', {mark: 'rare'}], ['group', {group: 'few'}], ['type', {types: ['channel']}], ['unread', {hasUnread: true}],
        ['shown', {hidden: false}], ['mark, shown', {mark: 'rare', hidden: false}],
      ];
      for (const [name, filter] of filters) {
        let cursor: unknown;
        for (let i = 0; i < 3; i++) {
          rows = 0;
          const page = await source.getPage({limit: 5, filter, ...(cursor !== undefined && {cursor})});
          assert.equal(page.conversations.length, 5, name);
          assert.ok(rows <= 6, `${rows} rows read for 5 by ${name}, page ${i}`);
          ({cursor} = page);
        }
      }
      rows = 0;
      const {conversations: both} = await source.getPage({limit: 5, filter: {mark: 'rare', hasUnread: true, types: ['direct']}});
      assert.equal(both.length, 5);
      assert.ok(rows <= 30, `${rows} rows read by three conditions`);
    } finally {
      IDBIndex.prototype.getAll = getAll;
      IDBObjectStore.prototype.get = get;
      IDBObjectStore.prototype.getAll = getAllRows;
    }
  });
});
