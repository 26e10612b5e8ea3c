import assert from 'node:assert/strict';
import {mock, test} from 'node:test';
import {SourceError, type Page, type SourceEvent} from '../../src/model/index.js';
import {MemorySource} from '../../src/sources/memory.js';
import {ArraySource} from '../../src/store/array-source.js';
import {faultySource, type FaultySource, type FaultySourceOptions} from '../../src/testing/faulty-source.js';
import {CONTENT} from './support/subjects.js';

function make(options: FaultySourceOptions, inner = new MemorySource({conversations: CONTENT})) {
  const source = faultySource(inner, options);
  const events: SourceEvent[] = [];
  const stop = source.subscribe((event) => events.push(event));
  return {source, inner, events, stop};
}

const say = (inner: MemorySource, id: string, text: string): void =>
  void inner.receiveMessage({conversationId: id, text, isOwn: true, sentAt: 1});

/** What events say of whom, in short. */
function told(events: readonly SourceEvent[]): string {
  const one = (event: SourceEvent): string => {
    if (event.type === 'upsert') return event.conversations.map((c) => `${c.id}:${c.lastMessage?.text}`).join();
    return event.type === 'remove' ? `-${event.ids.join()}` : event.type;
  };
  return events.map(one).join(' ');
}

test('without faults, all is as with the source inside', async () => {
  const {source, inner, events, stop} = make({});
  assert.equal(source.capabilities, inner.capabilities);
  assert.deepEqual(await source.getPage({limit: 5}), await inner.getPage({limit: 5}));
  assert.equal(await source.getTotalUnread?.(), await inner.getTotalUnread());
  say(inner, 'b', 'one');
  await source.setPinned?.('c', true);
  assert.equal(inner.get('c')?.pinned, true);
  assert.deepEqual(events.map(({type}) => type), ['upsert', 'upsert']);
  stop();
  assert.equal(inner.listenerCount, 0);
  assert.deepEqual(Object.values(source.injected), [0, 0, 0, 0, 0, 0]);
});

test('it has the actions that the source inside has, and no others', async () => {
  const full = faultySource(new MemorySource({selfId: 'me'}));
  const names = ['setPinned', 'markRead', 'setDraft', 'delete', 'groups', 'getTotalUnread', 'selfId'] as const;
  for (const name of names) assert.ok(full[name] !== undefined, name);
  assert.equal(full.getByIds, undefined);
  const bare = faultySource(new ArraySource([]));
  for (const name of ['setPinned', 'markRead', 'groups', 'selfId'] as const) assert.equal(name in bare, false, name);
  const {id} = (await full.groups?.create('Work', [])) ?? {};
  assert.deepEqual(await full.groups?.list(), [{id, name: 'Work'}]);
});

test('the same seed meets the same faults, another seed others', async () => {
  const walk = async (seed: number): Promise<string> => {
    const {source, inner, events} = make({seed, error: 0.3, partial: 0.5, drop: 0.3, duplicate: 0.3});
    const seen: unknown[] = [];
    for (let i = 0; i < 30; i++) {
      say(inner, 'abc'[i % 3] as string, `${i}`);
      seen.push(await source.getPage({limit: 8}).then((page) => page.conversations.length, () => 'error'));
    }
    return `${seen.join()} ${told(events)}`;
  };
  assert.equal(await walk(1), await walk(1));
  assert.notEqual(await walk(1), await walk(2));
});

test('errors are retryable SourceErrors, and what failed never reached the source', async () => {
  const {source, inner} = make({error: 1});
  const isNetwork = (thrown: unknown): boolean =>
    thrown instanceof SourceError && thrown.code === 'network' && thrown.retryable;
  await assert.rejects(source.getPage({limit: 1}), isNetwork);
  await assert.rejects(async () => source.setPinned?.('c', true), isNetwork);
  await assert.rejects(async () => source.groups?.create('x', []), isNetwork);
  assert.equal(inner.get('c')?.pinned, false);
  assert.equal(source.injected.error, 3);
  source.faults = {};
  await source.getPage({limit: 1});
});

test('partial pages lead to the same end', async () => {
  const {source} = make({partial: 1});
  const rows: string[] = [];
  let page: Page | undefined;
  do {
    page = await source.getPage({limit: 5, ...(page && {cursor: page.cursor})});
    assert.ok(page.conversations.length < 5);
    rows.push(...page.conversations.map(({id}) => id));
  } while (!page.done);
  assert.deepEqual(rows, [...CONTENT.map(({id}) => id)]);
  assert.ok(source.injected.partial > 1);
});

test('lost events leave a gap that is told, or is not', () => {
  const {source, inner, events} = make({drop: 1});
  say(inner, 'b', 'one');
  assert.deepEqual(events, [{type: 'reset', reason: 'gap'}]);
  source.faults = {drop: 1, gap: false};
  say(inner, 'b', 'two');
  inner.syncStart();
  inner.emit({type: 'reset', reason: 'logout'});
  assert.deepEqual(events.slice(1).map(({type}) => type), ['sync', 'reset'], 'what is no news of a row is never lost');
});

test('events come twice, one behind the other', () => {
  const {inner, events} = make({duplicate: 1});
  say(inner, 'b', 'one');
  say(inner, 'b', 'two');
  assert.equal(told(events), 'b:one b:one b:two b:two');
});

test('late events keep their order, and one overtakes only what is about others', (t) => {
  t.mock.timers.enable({apis: ['setTimeout']});
  let messages = 0;
  const {source, inner, events} = make({latency: [1, 50], reorder: 1});
  for (const id of ['b', 'b', 'c', 'b', 'c', 'b', 'c']) say(inner, id, `${messages++}`);
  inner.remove(['e']);
  inner.upsert([]);
  t.mock.timers.tick(50);
  assert.ok(source.injected.reorder > 0);
  const of = (id: string): string => told(events).split(' ').filter((part) => part.startsWith(id)).join(' ');
  assert.equal(of('b'), 'b:0 b:1 b:3 b:5');
  assert.equal(of('c'), 'c:2 c:4 c:6');
});

test('latency is spent, and its timers end with the signal, the listener or the source', async (t) => {
  t.mock.timers.enable({apis: ['setTimeout']});
  const {source, inner, events, stop} = make({latency: 100});
  const flush = async (ms: number): Promise<void> => {
    for (let i = 0; i < 20; i++) await undefined;
    t.mock.timers.tick(ms);
    for (let i = 0; i < 20; i++) await undefined;
  };
  let answered = false;
  void source.getPage({limit: 1}).then(() => (answered = true));
  await flush(99);
  await flush(0);
  assert.equal(answered, false);
  await flush(100);
  assert.equal(answered, true);

  const aborted = (thrown: unknown): boolean => thrown instanceof SourceError && thrown.code === 'aborted';
  const controller = new AbortController();
  const page = source.getPage({limit: 1, signal: controller.signal});
  const pin = source.setPinned?.('b', true, {signal: controller.signal});
  assert.equal(source.pending, 2);
  controller.abort();
  await assert.rejects(page, aborted);
  await assert.rejects(async () => pin, aborted);
  assert.equal(source.pending, 0);

  say(inner, 'b', 'one');
  assert.equal(source.pending, 1);
  stop();
  assert.deepEqual([source.pending, inner.listenerCount], [0, 0]);
  await flush(1000);
  assert.deepEqual(events, []);

  source.subscribe(() => undefined);
  say(inner, 'b', 'two');
  const left = source.getPage({limit: 1});
  source.dispose();
  await assert.rejects(left, aborted);
  assert.deepEqual([source.pending, inner.listenerCount], [0, 0]);
  await assert.rejects(source.getPage({limit: 1}), aborted);
});

test('no timer of the platform is left behind', async () => {
  const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const before = timers();
  const {source, inner, stop} = make({latency: 60_000});
  say(inner, 'b', 'one');
  const controller = new AbortController();
  const page = source.getPage({limit: 1, signal: controller.signal});
  const pin = source.setPinned?.('b', true);
  assert.equal(timers(), before + 3);
  stop();
  assert.equal(timers(), before + 2);
  controller.abort();
  await assert.rejects(page);
  assert.equal(timers(), before + 1);
  source.dispose();
  await assert.rejects(async () => pin);
  assert.equal(timers(), before);
});

test('what hangs ends with its signal alone', async () => {
  const {source} = make({hang: 1});
  const controller = new AbortController();
  let settled = false;
  const page = source.getPage({limit: 1, signal: controller.signal}).finally(() => (settled = true));
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(settled, false);
  controller.abort();
  await assert.rejects(page, (thrown: unknown) => thrown instanceof SourceError && thrown.code === 'aborted');
});

test('a listener that throws keeps no other from hearing', () => {
  const report = mock.method(console, 'error', () => undefined);
  const {source, inner} = make({});
  const heard: string[] = [];
  source.subscribe(() => {
    throw new Error('Thrown');
  });
  source.subscribe(({type}) => heard.push(type));
  say(inner, 'b', 'one');
  report.mock.restore();
  assert.deepEqual([heard, report.mock.callCount()], [['upsert'], 1]);
});

test('dispose reaches the source inside, once', () => {
  let disposed = 0;
  const inner = Object.assign(new MemorySource(), {dispose: () => void disposed++});
  const source: FaultySource = faultySource(inner);
  source.dispose();
  source.dispose();
  assert.equal(disposed, 1);
});
