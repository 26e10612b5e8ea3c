import assert from 'node:assert/strict';
import {test} from 'node:test';
import {conversation, conversations, ids} from './support/conversations.js';
import {flush} from './support/flush.js';
import {HeldSource} from './support/held-source.js';
import {PagesSource} from './support/pages-source.js';
import {watch} from './support/store.js';

test('page size: 50 by default, and what is set, within reason', async () => {
  const all = 2 ** 31 - 1;
  const cases = [[20, 20, 20], [2.9, 2, 2], [0, 50, 50], [NaN, 50, 50], [-5, 1, 1], [Infinity, all, 'all'], [1e12, all, 1e12]] as const;
  for (const [size, limit, pageSize] of cases) {
    const source = new PagesSource(conversations(3));
    const {store} = await watch(source, {pageSize: size});
    assert.equal(source.requests[0]?.limit, limit);
    assert.equal(store.pageSize, pageSize);
  }
});

test('page size: never more than the source gives', async () => {
  for (const [maxPageSize, limit] of [[5, 5], [100, 30], [0, 30], [-1, 30], [NaN, 30], [2.5, 2], [Infinity, 30]] as const) {
    const source = new PagesSource(conversations(3), {maxPageSize});
    await watch(source, {pageSize: 30});
    assert.equal(source.requests[0]?.limit, limit, String(maxPageSize));
  }
});

test('page size all: one pull, or all pages one after another where the source has a limit', async () => {
  const one = new PagesSource(conversations(950));
  const {store} = await watch(one, {want: 1, pageSize: 'all'});
  assert.deepEqual(one.requests.map(({limit}) => limit), [2 ** 31 - 1]);
  assert.equal(store.snapshot.rows.length, 950);

  const many = new PagesSource(conversations(950), {maxPageSize: 100});
  const {store: second} = await watch(many, {want: 1, pageSize: 'all', filter: {pinned: true}});
  assert.equal(many.requests.length, 10);
  assert.equal(second.snapshot.page.status, 'done');

  const unseen = new PagesSource(conversations(10));
  await watch(unseen, {want: 0, pageSize: 'all'});
  assert.equal(unseen.requests.length, 0);
});

test('page size: another one counts from the next page on', async () => {
  const source = new PagesSource(conversations(500));
  const {store} = await watch(source, {want: 10, pageSize: 10});
  store.pageSize = 25;
  store.want(20);
  await flush();
  assert.deepEqual(source.requests.map(({limit}) => limit), [10, 25]);
  store.pageSize = 'all';
  await flush();
  assert.equal(store.snapshot.page.status, 'done');
});

test('loading: the same lengths again and again, 200 filter switches always reach the end', async () => {
  const source = new PagesSource(conversations(40).map((c, i) => ({...c, pinned: i % 2 === 0})));
  const {store} = await watch(source, {want: 100, pageSize: 20});
  for (let i = 0; i < 200; i++) {
    store.filter = i % 2 === 0 ? {pinned: true} : {};
    await flush();
    assert.equal(store.snapshot.page.status, 'done');
    assert.equal(store.snapshot.rows.length, i % 2 === 0 ? 20 : 40);
  }
});

test('loadMore and refresh: resolve when their page has landed or failed, and at once while disconnected', async () => {
  const source = new HeldSource();
  const {store} = await watch(source, {want: 0});
  for (const call of [() => store.loadMore(), () => store.refresh()]) {
    let settled = false;
    void call().then(() => (settled = true));
    await flush();
    assert.equal(settled, false);
    await source.last.fail();
    assert.equal(settled, true);
  }
  const waiting = store.loadMore();
  await flush();
  store.disconnect();
  await waiting;
  await store.loadMore();
  await store.refresh();
  store.source = null;
  store.connect();
  await store.loadMore();
  await store.refresh();
  assert.equal(source.requests.length, 3);
});

test('refresh: the rows stay, and what the pages say corrects them', async () => {
  const source = new HeldSource();
  const {store} = await watch(source);
  await source.last.answer({conversations: conversations(4), done: true});
  void store.refresh();
  await flush();
  assert.equal(store.snapshot.rows.length, 4);
  await source.last.answer({conversations: [conversation('c0', 1), conversation('n', 5)], done: true});
  assert.equal(ids(store.snapshot), 'n c0');
});
