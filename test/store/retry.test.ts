import assert from 'node:assert/strict';
import {afterEach, beforeEach, mock, test} from 'node:test';
import {ConversationStore, SourceError, type SourceEvent} from '../../src/store/index.js';
import {retryDelay} from '../../src/store/retry-delay.js';
import {conversations, ids} from './support/conversations.js';
import {flush} from './support/flush.js';
import {HeldSource} from './support/held-source.js';
import {PagesSource} from './support/pages-source.js';
import {Random} from './support/random.js';
import {watch} from './support/store.js';

beforeEach(() => {
  const random = new Random(8);
  mock.timers.enable({apis: ['setTimeout']});
  mock.method(Math, 'random', () => random.next());
});
afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
});

async function tick(ms: number): Promise<void> {
  mock.timers.tick(ms);
  await flush();
}

/** Lets time go in small steps, so that each answer leads to what it leads to. */
async function wait(ms: number, step = 100): Promise<void> {
  for (let at = 0; at < ms; at += step) await tick(step);
}

test('retry delay: from a second up to a limit that doubles to a minute', () => {
  const limits = [5000, 10_000, 20_000, 40_000, 60_000, 60_000];
  for (const [failures, limit] of limits.entries()) {
    assert.equal(retryDelay(failures, undefined, () => 0), 1000);
    assert.equal(retryDelay(failures, undefined, () => 0.5), (1000 + limit) / 2);
    assert.ok(retryDelay(failures, undefined, () => 1 - 2 ** -52) < limit);
  }
  assert.equal(retryDelay(5000, undefined, () => 0.5), 30_500);
});

test('retry delay: never sooner than the source asked, and a time at which a timer still fires', () => {
  for (const asked of [0, -5, NaN, 999]) assert.equal(retryDelay(0, asked, () => 0), 1000);
  assert.equal(retryDelay(0, 30_000, () => 0), 30_000);
  assert.equal(retryDelay(0, 30_000, () => 0.5), 32_000);
  for (const asked of [Infinity, 1e300]) assert.ok(retryDelay(9, asked, () => 0.9) < 2 ** 31);
});

test('rule 13: a page that may pass is asked for again by itself, with the same cursor; success begins the waits anew', async () => {
  mock.method(Math, 'random', () => 0.5);
  const source = new HeldSource();
  const {store, errors} = await watch(source);
  await source.last.answer({conversations: conversations(1), done: false, cursor: 'x1'});
  let asked = 2;
  for (const expected of [3000, 5500, 10_500, 20_500, 30_500, 30_500]) {
    await source.last.fail();
    assert.equal(store.snapshot.page.status, 'failed');
    await tick(expected - 1);
    assert.equal(source.requests.length, asked);
    await tick(1);
    assert.equal(source.requests.length, ++asked);
    assert.equal(source.last.cursor, 'x1');
    assert.equal(store.snapshot.page.status, 'loading');
  }
  assert.equal(errors().length, 6);
  await source.last.answer({conversations: [], done: false, cursor: 'x2'});
  await source.last.fail();
  await tick(2999);
  assert.equal(source.requests.length, asked + 1);
  await tick(1);
  assert.equal(source.requests.length, asked + 2);
  assert.equal(source.last.cursor, 'x2');
  await source.last.answer({conversations: [], done: true});
  await tick(600_000);
  assert.equal(source.requests.length, asked + 2);
  assert.equal(ids(store.snapshot), 'c0');
});

test('retry: an error that does not pass waits to be asked', async () => {
  for (const error of [new SourceError('auth', ''), new SourceError('network', '', {retryable: false})]) {
    const source = new HeldSource();
    await watch(source);
    await source.last.fail(error);
    await wait(120_000, 1000);
    assert.equal(source.requests.length, 1);
  }
});

test('retry: by hand at once, and then not by itself as well', async () => {
  const source = new HeldSource();
  const {store} = await watch(source);
  await source.last.fail();
  void store.loadMore();
  await flush();
  assert.equal(source.requests.length, 2);
  await tick(20_000);
  assert.equal(source.requests.length, 2);
});

test('retry: not while nothing is visible; when something is, at once if the wait is over', async () => {
  const source = new HeldSource();
  const {store} = await watch(source);
  await source.last.fail();
  store.want(0);
  await wait(120_000, 1000);
  assert.equal(source.requests.length, 1);
  store.want(10);
  await flush();
  assert.equal(source.requests.length, 2);
});

test('retry: not after a disconnection, another filter or another source', async () => {
  for (const leave of [
    (store: ConversationStore) => store.disconnect(),
    (store: ConversationStore) => (store.filter = {pinned: true}),
    (store: ConversationStore) => (store.source = null),
  ]) {
    const source = new HeldSource();
    const {store} = await watch(source);
    await source.last.fail();
    leave(store);
    await flush();
    await source.last.answer({conversations: [], done: true});
    const {length} = source.requests;
    await wait(120_000, 1000);
    assert.equal(source.requests.length, length);
  }
});

test('retry: not sooner than the source asked, whatever the news', async () => {
  const source = new HeldSource();
  await watch(source);
  await source.last.fail(new SourceError('rate-limited', '', {retryAfterMs: 30_000}));
  await source.send({type: 'connection', state: 'online'}, {type: 'sync', phase: 'finish'});
  await tick(29_999);
  assert.equal(source.requests.length, 1);
  await tick(4001);
  assert.equal(source.requests.length, 2);
});

test('retry: news after several failures shortens the wait once, to some seconds', async () => {
  mock.method(Math, 'random', () => 0.999);
  const source = new HeldSource();
  await watch(source);
  for (const ms of [5000, 10_000, 20_000]) {
    await source.last.fail();
    await tick(ms);
  }
  await source.last.fail();
  const {length} = source.requests;
  await tick(1000);
  await source.send({type: 'connection', state: 'online'});
  await tick(5999);
  assert.equal(source.requests.length, length);
  await source.send({type: 'connection', state: 'online'});
  await tick(4001);
  assert.equal(source.requests.length, length + 1);
});

test('A5: when every page fails, at most one request a second, and few in a minute', async () => {
  const source = new PagesSource(conversations(10));
  source.failures = Infinity;
  await watch(source);
  for (let second = 0, before = 1; second < 60; second++) {
    await wait(1000);
    assert.ok(source.requests.length <= before + 1, `second ${second}`);
    before = source.requests.length;
  }
  assert.ok(source.requests.length >= 4 && source.requests.length <= 20, `${source.requests.length} requests`);
});

test('B8: 1,000 flaps in 10 s, and on for a minute: one request at most on its way, at most 12 in the minute', async () => {
  const flaps: readonly SourceEvent[] = [
    {type: 'sync', phase: 'start'},
    {type: 'sync', phase: 'fail'},
    {type: 'connection', state: 'offline'},
    {type: 'connection', state: 'online'},
    {type: 'sync', phase: 'finish'},
  ];
  const source = new HeldSource();
  await watch(source);
  for (let i = 0; i < 6000; i++) {
    await source.send(flaps[i % flaps.length]);
    assert.ok(source.requests.filter(({open}) => open).length <= 1);
    if (i % 5 === 0 && source.last.open) await source.last.fail();
    await tick(10);
  }
  assert.ok(source.requests.length >= 4 && source.requests.length <= 12, `${source.requests.length} requests`);
});

for (const retryAfterMs of [undefined, 10_000]) {
  const when = retryAfterMs === undefined ? 'together' : 'together and are told when to come back';
  test(`B8: 1,000 clients that fail ${when}: in no 100 ms more than 5 % of them ask`, async () => {
    const clients = 1000;
    let asked = 0;
    const stores = Array.from({length: clients}, () => {
      const source = new HeldSource();
      source.getPage = () => {
        asked++;
        return Promise.reject(new SourceError('server', 'down', {retryAfterMs}));
      };
      const store = new ConversationStore();
      store.want(10);
      store.source = source;
      store.connect();
      return store;
    });
    await flush();
    assert.equal(asked, clients);
    let all = 0;
    for (let bucket = 0; bucket < 600; bucket++) {
      asked = 0;
      await tick(100);
      assert.ok(asked <= clients * 0.05, `${asked} clients in bucket ${bucket}`);
      all += asked;
    }
    assert.ok(all > 2 * clients);
    for (const store of stores) store.disconnect();
  });
}
