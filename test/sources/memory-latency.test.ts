import assert from 'node:assert/strict';
import {mock, test} from 'node:test';
import {SourceError} from '../../src/model/index.js';
import {MemorySource} from '../../src/sources/memory.js';
import {make, makeMany, record, tick} from './memory-fixtures.js';

const isAborted = (error: unknown): boolean => error instanceof SourceError && error.code === 'aborted';

/** With a clock that only `mock.timers.tick` moves. */
async function withClock(run: () => Promise<void>): Promise<void> {
  mock.timers.enable({apis: ['setTimeout']});
  try {
    await run();
  } finally {
    mock.timers.reset();
  }
}

test('answers in a microtask without latency, never at once', async () => {
  const source = new MemorySource({conversations: makeMany(1)});
  const order: string[] = [];
  const page = source.getPage({limit: 1}).then(() => order.push('page'));
  const pinned = source.setPinned('c0', true).then(() => order.push('pinned'));
  order.push('call');
  assert.equal(source.get('c0')?.pinned, false);
  setImmediate(() => order.push('task'));
  await Promise.all([page, pinned]);
  await tick();
  assert.deepEqual([order[0], order.at(-1), order.length], ['call', 'task', 4]);
});

test('answers after the latency', async () => {
  await withClock(async () => {
    const source = new MemorySource({conversations: makeMany(1), latencyMs: 80});
    let answered = false;
    void source.getPage({limit: 1}).then(() => (answered = true));
    mock.timers.tick(79);
    await tick();
    assert.equal(answered, false);
    mock.timers.tick(1);
    await tick();
    assert.equal(answered, true);
  });
});

test('asks a latency function at every call, so that answers can overtake each other', async () => {
  await withClock(async () => {
    const latencies = [300, 100, 200];
    const source = new MemorySource({conversations: makeMany(3), latencyMs: () => latencies.shift() ?? 0});
    const order: number[] = [];
    for (const limit of [1, 2, 3]) void source.getPage({limit}).then((page) => order.push(page.conversations.length));
    for (const expected of [[2], [2, 3], [2, 3, 1]]) {
      mock.timers.tick(100);
      await tick();
      assert.deepEqual(order, expected);
    }
    assert.equal(latencies.length, 0);
  });
});

test('an action takes effect, and is told, after the latency', async () => {
  await withClock(async () => {
    const source = new MemorySource({conversations: makeMany(1), latencyMs: 50});
    const events = record(source);
    const pinning = source.setPinned('c0', true);
    await tick();
    assert.deepEqual([source.get('c0')?.pinned, events.length], [false, 0]);
    mock.timers.tick(50);
    await pinning;
    assert.deepEqual([source.get('c0')?.pinned, events.length], [true, 1]);
  });
});

test('a failing page rejects after the latency', async () => {
  await withClock(async () => {
    const source = new MemorySource({latencyMs: 50});
    source.failNextPage();
    let failed = false;
    void source.getPage({limit: 1}).catch(() => (failed = true));
    await tick();
    assert.equal(failed, false);
    mock.timers.tick(50);
    await tick();
    assert.equal(failed, true);
  });
});

test('rejects when the signal fires, at once and with the reason, and leaves no timer or listener', async () => {
  const source = new MemorySource({conversations: makeMany(1), latencyMs: 60_000});
  const controller = new AbortController();
  const {signal} = controller;
  const added = mock.method(signal, 'addEventListener');
  const removed = mock.method(signal, 'removeEventListener');
  const cleared = mock.method(globalThis, 'clearTimeout');
  try {
    const calls = [source.getPage({limit: 1, signal}), source.setPinned('c0', true, {signal})];
    const reason = new Error('gone');
    controller.abort(reason);
    for (const call of calls) {
      await assert.rejects(call, (error) => isAborted(error) && (error as SourceError).cause === reason);
    }
    assert.deepEqual([added.mock.callCount(), removed.mock.callCount()], [2, 2]);
    assert.equal(cleared.mock.callCount(), 2);
    assert.equal(source.get('c0')?.pinned, false);
  } finally {
    cleared.mock.restore();
  }
});

test('leaves no listener on the signal of a call that ended well', async () => {
  await withClock(async () => {
    const source = new MemorySource({conversations: makeMany(1), latencyMs: 10});
    const {signal} = new AbortController();
    const removed = mock.method(signal, 'removeEventListener');
    const page = source.getPage({limit: 1, signal});
    mock.timers.tick(10);
    await page;
    assert.equal(removed.mock.callCount(), 1);
  });
});

test('rejects without waiting when the signal has fired already', async () => {
  const signal = AbortSignal.abort();
  for (const latencyMs of [0, 60_000]) {
    const source = new MemorySource({conversations: [make('a', {unreadCount: 1})], latencyMs});
    const events = record(source);
    const calls = [
      source.getPage({limit: 1, signal}),
      source.getTotalUnread(undefined, {signal}),
      source.setPinned('a', true, {signal}),
      source.setNotify('a', 'off', {signal}),
      source.setDraft('a', 'x', {signal}),
      source.setHidden('a', true, {signal}),
      source.markUnread('a', true, {signal}),
      source.clearHistory('a', {signal}),
      source.markRead('all', {signal}),
      source.setMark(['a'], 'star', true, {signal}),
      source.setCustomData(['a'], 'x', {signal}),
      source.delete(['a'], {signal}),
      source.groups.list({signal}),
      source.groups.create('g', ['a'], {signal}),
      source.groups.rename('g', 'h', {signal}),
      source.groups.delete('g', {signal}),
      source.groups.add('g', ['a'], {signal}),
      source.groups.remove('g', ['a'], {signal}),
    ];
    const settled = Promise.allSettled(calls);
    const results = await Promise.race([settled, tick()]);
    assert.ok(results, 'nothing is waited for');
    for (const result of results) assert.ok(result.status === 'rejected' && isAborted(result.reason));
    assert.deepEqual(events, []);
  }
});

test('aborting in the same tick is in time without latency', async () => {
  const source = new MemorySource({conversations: makeMany(1)});
  const controller = new AbortController();
  const call = source.setPinned('c0', true, {signal: controller.signal});
  controller.abort();
  await assert.rejects(call, isAborted);
  assert.equal(source.get('c0')?.pinned, false);
});
