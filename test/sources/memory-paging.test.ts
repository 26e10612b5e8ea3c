import assert from 'node:assert/strict';
import {test} from 'node:test';
import {SourceError, type FilterField} from '../../src/model/index.js';
import {MemorySource} from '../../src/sources/memory.js';
import {ids, make, makeMany, pageAll} from './memory-fixtures.js';

const KINDS = ['cursor', 'offset', 'window', 'all'] as const;

for (const paging of KINDS) {
  for (const count of [0, 1, 9, 10, 11, 20, 95]) {
    test(`${paging}: ${count} conversations come once each, in order, and the end is told with the last`, async () => {
      const source = new MemorySource({conversations: makeMany(count), paging});
      const {pages, ids: paged} = await pageAll(source, {limit: 10});
      assert.deepEqual(paged, ids(source.all()));
      assert.equal(pages.length, paging === 'all' ? 1 : Math.max(1, Math.ceil(count / 10)));
      for (const page of pages.slice(0, -1)) assert.equal(page.conversations.length, 10);
      assert.equal('cursor' in (pages.at(-1) as object), false);
    });
  }

  test(`${paging}: a filter thins the pages, not the walk`, async () => {
    const conversations = makeMany(95).map((c, i) => ({...c, marks: i % 7 === 3 ? ['star'] : []}));
    const source = new MemorySource({conversations, paging});
    const {pages, ids: paged} = await pageAll(source, {limit: 3, filter: {mark: 'star'}});
    assert.deepEqual(paged, conversations.filter(({marks}) => marks.length > 0).map(({id}) => id));
    assert.equal(pages.length, paging === 'all' ? 1 : 5);
    assert.equal((await pageAll(source, {filter: {mark: 'nothing'}})).ids.length, 0);
  });
}

test('gives no more than maxPageSize, whatever is asked for', async () => {
  const conversations = makeMany(250);
  const sizes = async (options: ConstructorParameters<typeof MemorySource>[0], limit: number): Promise<number[]> => {
    const {pages} = await pageAll(new MemorySource({conversations, ...options}), {limit});
    return pages.map((page) => page.conversations.length);
  };
  assert.deepEqual(await sizes({}, 2 ** 31 - 1), [100, 100, 50]);
  assert.deepEqual(await sizes({}, Infinity), [100, 100, 50]);
  assert.deepEqual(await sizes({maxPageSize: 200, paging: 'offset'}, 1_000), [200, 50]);
  assert.deepEqual(await sizes({maxPageSize: Infinity}, Infinity), [250]);
  assert.deepEqual(await sizes({paging: 'all'}, 1), [250]);
  assert.equal((await new MemorySource({conversations}).getPage({limit: 0})).conversations.length, 1);
});

test('applies every filter field by itself unless told otherwise', async () => {
  const conversations = [
    make('plain'),
    make('group', {type: 'group', groups: ['work']}),
    make('star', {marks: ['star'], pinned: true}),
    make('unread', {unreadCount: 2, mention: 'me'}),
    make('hidden', {hidden: true}),
  ];
  const page = async (filter: object, serverFilters?: readonly FilterField[]): Promise<string[]> => {
    const source = new MemorySource({conversations, ...(serverFilters && {serverFilters})});
    return ids((await source.getPage({limit: 50, filter})).conversations);
  };
  assert.deepEqual(await page({types: ['group']}), ['group']);
  assert.deepEqual(await page({mark: 'star'}), ['star']);
  assert.deepEqual(await page({mark: null}), ['group', 'hidden', 'plain', 'unread']);
  assert.deepEqual(await page({group: 'work'}), ['group']);
  assert.deepEqual(await page({group: null, hasUnread: false}), ['hidden', 'plain', 'star']);
  assert.deepEqual(await page({hasMention: true}), ['unread']);
  assert.deepEqual(await page({pinned: true}), ['star']);
  assert.deepEqual(await page({hidden: false}), ['group', 'plain', 'star', 'unread']);
  assert.deepEqual(await page({ids: ['star', 'gone']}), ['star']);
  assert.deepEqual(await page({}), ['group', 'hidden', 'plain', 'star', 'unread']);
  assert.deepEqual(await page({types: ['group'], mark: 'star'}, ['types']), ['group']);
  assert.deepEqual(await page({mark: 'star'}, []), ['group', 'hidden', 'plain', 'star', 'unread']);
});

test('cursor: pages through ties of the order key', async () => {
  const conversations = Array.from({length: 57}, (_, i) => make(`c${i}`, {orderKey: BigInt(i % 3)}));
  const source = new MemorySource({conversations});
  for (const limit of [1, 2, 5, 19, 20]) {
    assert.deepEqual((await pageAll(source, {limit})).ids, ids(source.all()), `limit ${limit}`);
  }
});

test('cursor: a change between pages neither repeats nor skips what did not move', async () => {
  const source = new MemorySource({conversations: makeMany(40)});
  const {ids: paged} = await pageAll(source, {
    between: (page) => {
      if (page === 1) {
        source.receiveMessage({conversationId: 'c35'});
        source.receiveMessage({conversationId: 'c9'});
        source.remove(['c2', 'c12']);
        source.upsert([make('fresh', {orderKey: 10n ** 15n}), make('low', {orderKey: 15n})]);
      }
    },
  });
  const expected = makeMany(40).map(({id}) => id).filter((id) => id !== 'c12' && id !== 'c35');
  expected.splice(expected.indexOf('c39'), 0, 'low');
  assert.deepEqual(paged, expected);
});

test('cursor: survives that its last row is deleted, changed or moved', async () => {
  for (const change of [
    (source: MemorySource) => source.remove(['c9']),
    (source: MemorySource) => source.upsert([make('c9', {orderKey: 310n, title: 'changed'})]),
    (source: MemorySource) => source.upsert([make('c9', {orderKey: 9_999n})]),
  ]) {
    const source = new MemorySource({conversations: makeMany(40)});
    const {ids: paged} = await pageAll(source, {between: (page) => page === 1 && change(source)});
    assert.deepEqual(paged, makeMany(40).map(({id}) => id));
  }
});

test('offset: drifts under change, as services do', async () => {
  const lost = new MemorySource({conversations: makeMany(40), paging: 'offset'});
  const afterRemoval = await pageAll(lost, {between: (page) => page === 1 && lost.remove(['c0'])});
  assert.ok(!afterRemoval.ids.includes('c10'), 'c10 slipped into the first page');
  const repeated = new MemorySource({conversations: makeMany(40), paging: 'offset'});
  const afterRise = await pageAll(repeated, {
    between: (page) => page === 1 && repeated.receiveMessage({conversationId: 'c39'}),
  });
  assert.equal(afterRise.ids.filter((id) => id === 'c9').length, 2);
  assert.ok(!afterRise.ids.includes('c39'));
});

test('window: after a change the whole window comes again, and nothing is lost', async () => {
  const source = new MemorySource({conversations: makeMany(40), paging: 'window'});
  const {pages, ids: paged} = await pageAll(source, {
    between: (page) => {
      if (page === 2) source.receiveMessage({conversationId: 'c35'});
      if (page === 3) source.remove(['c0']);
    },
  });
  assert.deepEqual(pages.map(({conversations}) => conversations.length), [10, 10, 30, 39]);
  assert.deepEqual(new Set(paged), new Set(makeMany(40).map(({id}) => id)));
  assert.deepEqual(ids(pages[2]?.conversations ?? []).slice(0, 2), ['c35', 'c0']);
});

test('the same request gives the same page', async () => {
  for (const paging of KINDS) {
    const source = new MemorySource({conversations: makeMany(30), paging});
    const first = await source.getPage({limit: 10});
    assert.deepEqual(await source.getPage({limit: 10}), first);
    const next = {limit: 10, ...(first.done ? {} : {cursor: first.cursor})};
    assert.deepEqual(await source.getPage(next), await source.getPage(next));
  }
});

test('cursors are never repeated on the way down', async () => {
  for (const paging of ['cursor', 'offset', 'window'] as const) {
    const source = new MemorySource({conversations: makeMany(100), paging});
    const {pages} = await pageAll(source, {between: () => source.receiveMessage({conversationId: 'c50'})});
    const cursors = pages.filter(({done}) => !done).map(({cursor}) => stringify(cursor));
    assert.ok(cursors.length > 5);
    assert.equal(new Set(cursors).size, cursors.length);
  }
});

function stringify(cursor: unknown): string {
  return JSON.stringify(cursor, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
}

test('says that its pages are the whole truth, but not when they can drift', async () => {
  for (const paging of KINDS) {
    const page = await new MemorySource({conversations: makeMany(3), paging}).getPage({limit: 10});
    assert.equal(page.authoritative, paging !== 'offset');
  }
});

test('a page is settled when it is asked for, not when it arrives', async () => {
  const source = new MemorySource({conversations: makeMany(3)});
  const pending = source.getPage({limit: 10});
  source.remove(['c0']);
  source.upsert([make('c1', {title: 'later'})]);
  const {conversations} = await pending;
  assert.deepEqual(conversations.map(({title}) => title), ['C0', 'C1', 'C2']);
});

test('a page that was handed out stays as it was', async () => {
  const source = new MemorySource({conversations: makeMany(3), paging: 'all'});
  const {conversations} = await source.getPage({limit: 10});
  source.replaceAll([]);
  source.all();
  assert.equal(conversations.length, 3);
});

test('fails the next pages on demand, then answers again', async () => {
  const source = new MemorySource({conversations: makeMany(3)});
  source.failNextPage();
  await assert.rejects(source.getPage({limit: 1}), (error) => error instanceof SourceError && error.code === 'network');
  assert.equal((await source.getPage({limit: 1})).conversations.length, 1);
  const error = new SourceError('rate-limited', 'slow down', {retryAfterMs: 50});
  source.failNextPage(error, 2);
  for (let i = 0; i < 2; i++) await assert.rejects(source.getPage({limit: 1}), (thrown) => thrown === error);
  await source.getPage({limit: 1});
  source.failNextPage('anything', Infinity);
  for (let i = 0; i < 5; i++) await assert.rejects(source.getPage({limit: 1}), (thrown) => thrown === 'anything');
  source.failNextPage(undefined, 0);
  await source.getPage({limit: 1});
});

test('a page after a change costs less than sorting everything', async () => {
  const count = 200_000;
  const conversations = Array.from({length: count}, (_, i) => {
    const n = (i * 7_919) % count;
    return Object.freeze(make(`c${n}`, {orderKey: BigInt(n % 100_000)}));
  });
  const source = new MemorySource({conversations});
  const started = performance.now();
  await source.getPage({limit: 100});
  const sorting = performance.now() - started;
  const {ids: paged} = await pageAll(source, {limit: 100});
  assert.equal(new Set(paged).size, count);

  const changed = performance.now();
  for (let i = 0; i < 20; i++) {
    source.receiveMessage({conversationId: `c${i * 8_000}`, sentAt: 10 ** 12 + i});
    const page = await source.getPage({limit: 100});
    assert.equal(page.conversations[0]?.id, `c${i * 8_000}`);
  }
  const perChange = (performance.now() - changed) / 20;
  assert.ok(perChange < sorting / 2, `${perChange} ms a change, ${sorting} ms for sorting`);
});
