import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {SourceError, type Conversation} from '../../src/model/index.js';
import {CachedSource} from '../../src/sources/cached.js';
import {MemorySource} from '../../src/sources/memory.js';
import {generateConversations} from '../../src/testing/generate-conversations.js';
import {fill, newAccount, synced, told} from './support/cached.js';

/** Rows without what passes with the tab. */
const many = (count: number): Conversation[] =>
  generateConversations(count, {now: 1_700_000_000_000}).map(({presence: _, typing: __, ...c}) => c);

/** How often IndexedDB was called while something went on, in all and in the fullest task. */
async function calls(name: 'get' | 'put', work: () => Promise<unknown>): Promise<{total: number; most: number}> {
  const original = IDBObjectStore.prototype[name] as (...args: unknown[]) => IDBRequest<IDBValidKey>;
  let [total, most, now] = [0, 0, 0];
  IDBObjectStore.prototype[name] = function (this: IDBObjectStore, ...args: unknown[]) {
    if (this.name === 'rows') {
      if (now === 0) setImmediate(() => (now = 0));
      total++;
      most = Math.max(most, ++now);
    }
    return original.apply(this, args);
  };
  try {
    await work();
    return {total, most};
  } finally {
    IDBObjectStore.prototype[name] = original;
  }
}

async function all(source: CachedSource): Promise<string[]> {
  const {conversations} = await source.getPage({limit: 10_000});
  return conversations.map(({id}) => id);
}

/** The ids that a new tab shows once it has synced. */
async function opened(remote: MemorySource, account: string, meanwhile?: () => void): Promise<string[]> {
  const source = new CachedSource(remote, {name: 'test', account});
  const done = told(source, synced);
  const stop = source.subscribe((event) => event.type === 'upsert' && meanwhile?.());
  await done;
  const ids = await all(source);
  stop();
  source.dispose();
  return ids;
}

describe('CachedSource syncs', () => {
  it('with at most 50 rows in a task, so that frames come through', async () => {
    const remote = new MemorySource({conversations: many(1000), maxPageSize: 500});
    const {total, most} = await calls('put', () => fill(remote, newAccount()));
    assert.equal(total, 1000);
    assert.ok(most <= 50, `${most} rows were written in one task`);
  });

  it('for the first time without asking for rows that cannot be there, and later without asking for each', async () => {
    const conversations = many(1000);
    const remote = new MemorySource({conversations, maxPageSize: 500});
    const account = newAccount();
    assert.equal((await calls('get', () => fill(remote, account))).total, 0);
    const moved = conversations.slice(500, 510).map((c) => ({...c, orderKey: c.orderKey + (1n << 62n)}));
    remote.upsert(moved);
    const {total} = await calls('get', () => fill(remote, account));
    assert.ok(total <= 30, `${total} rows were asked for one by one, where 10 had moved`);
    assert.deepEqual(await opened(remote, account), remote.all().map(({id}) => id));
  });

  it('and drops what the server no longer has, of more rows than are looked through at once', async () => {
    const conversations = many(2100);
    const remote = new MemorySource({conversations, maxPageSize: 500});
    const account = newAccount();
    await fill(remote, account);
    const sorted = conversations.map(({id}) => id).sort();
    const gone = [0, 1, 1999, 2000, 2098, 2099].map((i) => sorted[i] as string);
    const changed = {...(remote.get(sorted[77] as string) as Conversation), title: 'Another', orderKey: 1n << 61n};
    remote.remove(gone);
    remote.upsert([changed]);
    let once = false;
    const ids = await opened(remote, account, () => {
      if (once) return;
      once = true;
      // While the pages are walked through: one goes, one comes, and one that was gone comes back.
      remote.remove([sorted[5] as string]);
      const back = conversations.find(({id}) => id === gone[2]) as Conversation;
      remote.upsert([{...changed, id: 'new', orderKey: 1n << 62n}, back]);
    });
    assert.equal(once, true);
    assert.deepEqual(ids, remote.all().map(({id}) => id));
    assert.deepEqual(await opened(remote, account), ids, 'after a reload');
  });

  it('and tells what is gone of a page that was shown before anything was kept', async () => {
    const conversations = many(3);
    const remote = new MemorySource({conversations});
    const getPage = remote.getPage.bind(remote);
    // The list gets its page, with a row that is none, and the sync fails.
    remote.getPage = async (request) => {
      if (request.limit !== 7) throw new SourceError('network', 'Down');
      const page = await getPage(request);
      return {...page, conversations: [...page.conversations, {id: 7} as never, null as never]};
    };
    const source = new CachedSource(remote, {name: 'test', account: newAccount()});
    const gone: string[] = [];
    const stop = source.subscribe((event) => event.type === 'remove' && gone.push(...event.ids));
    const failed = told(source, (event) => event.type === 'sync' && event.phase === 'fail');
    await source.getPage({limit: 7});
    await failed;
    const later = new MemorySource({conversations: conversations.slice(2)});
    remote.getPage = later.getPage.bind(later);
    const done = told(source, synced);
    remote.emit({type: 'reset', reason: 'gap'});
    await done;
    // A page comes after what was on its way to be told.
    assert.deepEqual(await all(source), [conversations[2]?.id]);
    assert.deepEqual(gone.sort(), conversations.slice(0, 2).map(({id}) => id).sort());
    stop();
    source.dispose();
  });
});
