import assert from 'node:assert/strict';
import {mock, test} from 'node:test';
import {SourceError} from '../../src/store/index.js';
import {conversation, conversations, ids} from './support/conversations.js';
import {flush} from './support/flush.js';
import {HeldSource} from './support/held-source.js';
import {PagesSource} from './support/pages-source.js';
import {Random} from './support/random.js';
import {watch} from './support/store.js';

test('rule 8: one page in flight over 10,000 random calls', async () => {
  const random = new Random(3);
  const source = new HeldSource();
  const {store} = await watch(source);
  let next = 0;
  for (let i = 0; i < 10_000; i++) {
    const open = source.requests.find((request) => request.open);
    switch (random.int(8)) {
      case 0:
        store.want(random.int(100));
        break;
      case 1:
      case 2:
        void store.loadMore();
        break;
      case 3:
        if (random.chance(0.1)) void store.refresh();
        break;
      case 4:
        if (random.chance(0.3)) store.filter = {hasUnread: random.chance(0.5)};
        break;
      case 5:
        void open?.answer({conversations: [conversation(`c${next}`, next)], done: false, cursor: next++});
        break;
      case 6:
        void open?.fail();
        break;
      default:
        await flush();
    }
    assert.ok(source.requests.filter((request) => request.open).length <= 1);
  }
  assert.ok(source.requests.length > 500);
});

test('rule 8: calls while a page is on its way ask for nothing more', async () => {
  const source = new HeldSource();
  const {store} = await watch(source);
  const waiting = [store.loadMore(), store.loadMore()];
  store.want(50);
  store.want(100);
  store.pageSize = 20;
  await flush();
  assert.equal(source.requests.length, 1);
  await source.last.answer({conversations: conversations(1), done: true});
  await Promise.all(waiting);
});

test('rule 10: fills what is wanted and stops', async () => {
  for (const want of [1, 5, 10, 11, 40]) {
    for (const pageSize of [1, 5, 20, 100]) {
      const source = new PagesSource(conversations(200));
      const {store} = await watch(source, {want, pageSize});
      const pages = Math.ceil(want / pageSize);
      assert.equal(source.requests.length, pages, `${want} by ${pageSize}`);
      assert.equal(store.snapshot.rows.length, pages * pageSize);
      assert.ok(source.requests.every(({limit}) => limit === pageSize));
    }
  }
});

test('rule 10: want(0) and less loads nothing, at any time', async () => {
  const source = new PagesSource(conversations(200));
  const {store} = await watch(source, {want: 0});
  for (const want of [0, -1, NaN, -Infinity]) {
    store.want(want);
    store.filter = {hidden: want === 0};
    source.send({type: 'connection', state: 'online'});
    source.send({type: 'reset', reason: 'gap'});
    source.send({type: 'reset', reason: 'login'});
    store.disconnect();
    store.connect();
    await flush();
  }
  assert.equal(source.requests.length, 0);
  assert.equal(store.snapshot.page.status, 'idle');
  store.want(1);
  await flush();
  assert.equal(source.requests.length, 1);
});

test('rule 10: a list that was shown and is hidden asks no further', async () => {
  const source = new HeldSource();
  const {store} = await watch(source, {want: 50});
  store.want(0);
  await source.last.answer({conversations: conversations(10), done: false, cursor: 1});
  assert.equal(source.requests.length, 1);
  assert.equal(store.snapshot.rows.length, 10);
  store.want(50);
  await flush();
  assert.equal(source.requests.length, 2);
});

test('rule 10: loading goes on when rows are removed below what is wanted', async () => {
  const source = new PagesSource(conversations(100));
  const {store} = await watch(source, {want: 10, pageSize: 10});
  source.send({type: 'remove', ids: ['c0', 'c1']});
  await flush();
  assert.equal(store.snapshot.rows.length, 18);
});

test('rule 10: rows that fall below what pages have come to do not count', async () => {
  const source = new PagesSource(conversations(100));
  const {store} = await watch(source, {want: 5, pageSize: 5});
  assert.equal(source.requests.length, 1);
  source.send({type: 'upsert', conversations: ['c0', 'c2', 'c4'].map((id, i) => conversation(id, -i))});
  await flush();
  assert.equal(source.requests.length, 2);
  assert.equal(ids(store.snapshot), 'c1 c3 c5 c6 c7 c8 c9 c0 c2 c4');
  // The same for rows that were never named.
  source.send({type: 'remove', ids: ['c1', 'c3', 'c5']});
  source.send({type: 'upsert', conversations: [conversation('far', -9), conversation('away', -9)]});
  await flush();
  assert.equal(source.requests.length, 3);
});

test('rule 10: at most 5 requests a fill where a filter lets nothing through; loadMore goes on', async () => {
  const source = new PagesSource(conversations(10_000));
  const {store} = await watch(source, {want: 20, pageSize: 50, filter: {pinned: true}});
  assert.equal(source.requests.length, 5);
  assert.deepEqual(store.snapshot.page, {status: 'paused'});
  store.want(20);
  store.want(10);
  source.send({type: 'upsert', conversations: [conversation('c5000', 5)]});
  source.send({type: 'connection', state: 'online'});
  await flush();
  assert.equal(source.requests.length, 5);
  await store.loadMore();
  await flush();
  assert.equal(source.requests.length, 10);
  assert.equal(store.snapshot.page.status, 'paused');
  store.want(21);
  await flush();
  assert.equal(source.requests.length, 15);
});

test('rule 10: the same where a few match', async () => {
  const some = conversations(10_000).map((c, i) => ({...c, pinned: i % 25 === 0}));
  const source = new PagesSource(some);
  const {store} = await watch(source, {want: 20, pageSize: 50, filter: {pinned: true}});
  assert.equal(source.requests.length, 5);
  assert.equal(store.snapshot.rows.length, 10);
  await store.loadMore();
  await flush();
  assert.equal(store.snapshot.rows.length, 20);
  assert.equal(source.requests.length, 10);
  assert.equal(store.snapshot.page.status, 'idle');
});

test('rule 10: full pages have no budget', async () => {
  const source = new PagesSource(conversations(2000));
  const {store} = await watch(source, {want: 1000, pageSize: 50});
  assert.equal(source.requests.length, 20);
  assert.equal(store.snapshot.page.status, 'idle');
});

test('rule 10: rows that events brought before do not make a page poor', async () => {
  const source = new PagesSource(conversations(1000));
  const {store} = await watch(source, {want: 0, pageSize: 10});
  source.send({type: 'upsert', conversations: source.conversations.filter((_, i) => i % 10 === 0)});
  store.want(300);
  await flush();
  assert.equal(store.snapshot.page.status, 'idle');
  assert.ok(store.snapshot.rows.length >= 300);
});

test('rule 10: a source that never ends and brings nothing new is left alone, page size all or not', async () => {
  for (const pageSize of [10, 'all'] as const) {
    const source = new PagesSource([]);
    let asked = 0;
    source.getPage = async () => ({conversations: conversations(10), done: false, cursor: asked++});
    const {store} = await watch(source, {want: 100, pageSize});
    assert.equal(asked, 6);
    assert.equal(store.snapshot.page.status, 'paused');
    source.getPage = async () => ({conversations: [], done: false, cursor: asked++});
    await store.refresh();
    await flush();
    assert.equal(asked, 11);
    assert.equal(store.snapshot.page.status, 'paused');
  }
});

test('rule 10: no request after an error that does not pass, for a minute or for news, until it is asked for', async () => {
  mock.timers.enable({apis: ['setTimeout']});
  try {
    const source = new PagesSource(conversations(100));
    const getPage = source.getPage.bind(source);
    source.getPage = (request) => (getPage(request), Promise.reject(new SourceError('forbidden', 'no')));
    const {store, errors} = await watch(source, {want: 50});
    source.getPage = getPage;
    assert.equal(store.snapshot.page.status, 'failed');
    store.want(60);
    store.want(0);
    store.want(80);
    source.send({type: 'upsert', conversations: [conversation('x', 1)]});
    source.send({type: 'sync', phase: 'start'});
    source.send({type: 'connection', state: 'connecting'});
    store.order = 'last-message';
    mock.timers.tick(60_000);
    await flush();
    assert.equal(source.requests.length, 1);
    assert.deepEqual(errors(), ['forbidden page']);
    await store.loadMore();
    await flush();
    assert.equal(store.snapshot.rows.length, 81);
  } finally {
    mock.timers.reset();
  }
});

for (const event of [{type: 'connection', state: 'online'}, {type: 'sync', phase: 'finish'}] as const) {
  test(`rule 10: ${event.type} lets a page that may pass be tried again, and no other`, async () => {
    for (const [error, requests] of [[new Error('network?'), 2], [new DOMException('stop', 'AbortError'), 1]] as const) {
      const source = new HeldSource();
      await watch(source);
      await source.last.fail(error);
      await source.send(event);
      assert.equal(source.requests.length, requests);
    }
  });
}

test('rule 11: short, empty and oversized pages go on; only done === true ends', async () => {
  const random = new Random(11);
  for (let round = 0; round < 50; round++) {
    const source = new HeldSource();
    const {store} = await watch(source, {want: 1e6, pageSize: 10});
    let sent = 0;
    const pages = 1 + random.int(12);
    for (let page = 1; page <= pages; page++) {
      const size = page > 1 && random.chance(0.3) && source.requests.length < 4 ? 0 : random.pick([1, 3, 10, 100]);
      const list = Array.from({length: size}, () => conversation(`c${sent}`, -sent++));
      const done = page === pages ? true : random.pick([false, undefined, null, 1, 'true', {}]);
      await source.last.answer({conversations: list, done, cursor: page});
      assert.equal(store.snapshot.page.status, page === pages ? 'done' : 'loading');
    }
    assert.equal(source.requests.length, pages);
    assert.equal(store.snapshot.rows.length, sent);
    await store.loadMore();
    store.want(2e6);
    await flush();
    assert.equal(source.requests.length, pages, 'no request after the end');
  }
});

test('rule 13: a failed page keeps rows and filter, and a retry uses the same cursor', async () => {
  const filter = {hidden: false};
  const source = new HeldSource();
  const {store} = await watch(source, {want: 1000, filter});
  const all = conversations(50);
  for (let page = 0; page < 50; page++) {
    const fails = 1 + (page % 5);
    for (let i = 0; i < fails; i++) {
      const {cursor} = source.last;
      assert.equal(cursor, page === 0 ? undefined : page);
      const failing = [() => source.last.fail(), () => source.last.answer(null), () => source.last.answer({conversations: 5})][i % 3];
      await failing?.();
      assert.equal(store.snapshot.page.status, 'failed');
      assert.equal(store.snapshot.rows.length, page);
      assert.equal(store.filter, filter);
      void store.loadMore();
      await flush();
      assert.equal(source.last.cursor, cursor);
      assert.equal(source.last.filter, filter);
    }
    await source.last.answer({conversations: [all[page]], done: page === 49, cursor: page + 1});
  }
  assert.equal(ids(store.snapshot), all.map(({id}) => id).join(' '));
  assert.equal(store.snapshot.page.status, 'done');
});
