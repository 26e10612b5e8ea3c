import assert from 'node:assert/strict';
import {mock, test} from 'node:test';
import type {SourceEvent} from '../../src/model/index.js';
import {MemorySource} from '../../src/sources/memory.js';
import {make, record, types} from './memory-fixtures.js';

/** Runs with `console.error` and `reportError` replaced; returns what each was called with. */
function withReports(hasReportError: boolean, run: () => void): {reported: unknown[]; logged: unknown[]} {
  const reported: unknown[] = [];
  const logged: unknown[] = [];
  const scope = globalThis as {reportError?: unknown};
  const original = scope.reportError;
  const error = mock.method(console, 'error', (...args: unknown[]) => logged.push(...args));
  scope.reportError = hasReportError ? (thrown: unknown) => reported.push(thrown) : undefined;
  try {
    run();
  } finally {
    scope.reportError = original;
    error.mock.restore();
  }
  return {reported, logged};
}

test('counts its listeners, and unsubscribing twice counts once', () => {
  const source = new MemorySource();
  const listener = (): void => {};
  const offs = [source.subscribe(listener), source.subscribe(listener), source.subscribe(() => {})];
  assert.equal(source.listenerCount, 3);
  offs[0]?.();
  offs[0]?.();
  assert.equal(source.listenerCount, 2);
  for (const off of offs) off();
  assert.equal(source.listenerCount, 0);
});

test('calls a function once for each time it was subscribed', () => {
  const source = new MemorySource();
  let calls = 0;
  const listener = (): number => calls++;
  const off = source.subscribe(listener);
  source.subscribe(listener);
  source.syncStart();
  assert.equal(calls, 2);
  off();
  source.syncStart();
  assert.equal(calls, 3);
});

test('calls nobody after unsubscribing, not even for the event being told', () => {
  const source = new MemorySource();
  const heard: string[] = [];
  let offB = (): void => {};
  const offA = source.subscribe(() => {
    heard.push('a');
    offB();
    offA();
  });
  offB = source.subscribe(() => heard.push('b'));
  source.subscribe(() => heard.push('c'));
  source.syncStart();
  source.syncFinish();
  assert.deepEqual(heard, ['a', 'c', 'c']);
  assert.equal(source.listenerCount, 1);
});

test('a listener that joins during an event hears the next one', () => {
  const source = new MemorySource();
  const heard: string[] = [];
  const off = source.subscribe(() => {
    off();
    source.subscribe(({type}) => heard.push(type));
  });
  source.syncStart();
  assert.deepEqual(heard, []);
  source.syncStart();
  assert.deepEqual(heard, ['sync']);
});

test('all listeners hear all events in one order, also those emitted by a listener', () => {
  const source = new MemorySource({conversations: [make('a')]});
  const first: string[] = [];
  const second: string[] = [];
  source.subscribe((event) => {
    first.push(describe(event));
    if (event.type === 'sync' && event.phase === 'start') {
      source.receiveMessage({conversationId: 'a', text: 'hi'});
      source.syncFinish();
    }
  });
  source.subscribe((event) => second.push(describe(event)));
  source.syncStart();
  assert.deepEqual(first, ['start', 'upsert', 'unread', 'finish']);
  assert.deepEqual(second, first);
  source.syncStart();
  assert.deepEqual(second.slice(4), ['start', 'upsert', 'unread', 'finish']);
});

function describe(event: SourceEvent): string {
  return event.type === 'sync' ? event.phase : event.type;
}

for (const hasReportError of [true, false]) {
  test(`a listener that throws stops nobody (reportError: ${hasReportError})`, () => {
    const source = new MemorySource();
    const thrown = new Error('of the listener');
    source.subscribe(() => {
      throw thrown;
    });
    const events = record(source);
    const {reported, logged} = withReports(hasReportError, () => {
      source.upsert([make('a')]);
      source.syncStart();
    });
    assert.deepEqual(types(events), ['upsert', 'sync']);
    assert.deepEqual(hasReportError ? reported : logged, [thrown, thrown]);
    assert.deepEqual(hasReportError ? logged : reported, []);
    assert.equal(source.size, 1);
  });
}

test('tells the unread total when it changes, and only then', async () => {
  const source = new MemorySource({
    conversations: [make('a', {unreadCount: 3}), make('b'), make('quiet', {notify: 'silent'})],
  });
  const totals: number[] = [];
  source.subscribe((event) => event.type === 'unread' && totals.push(event.total));
  const expect = (...expected: number[]): void => assert.deepEqual(totals.splice(0), expected);

  source.receiveMessage({conversationId: 'b'});
  expect(4);
  source.receiveMessage({conversationId: 'b', isOwn: true});
  source.receiveMessage({conversationId: 'quiet'});
  await source.sendMessage({conversationId: 'a', text: 'x'});
  await source.setPinned('a', true);
  await source.markUnread('b', true);
  await source.setHidden('a', true);
  expect();
  await source.setNotify('a', 'off');
  expect(1);
  await source.setNotify('a', 'silent');
  expect();
  await source.setNotify('a', 'mentions');
  expect(4);
  await source.markRead(['a', 'quiet']);
  expect(1);
  await source.markRead('all');
  expect(0);
  await source.markRead('all');
  expect();
  source.upsert([make('a', {unreadCount: 7}), make('b', {unreadCount: 2})]);
  expect(9);
  source.upsert([make('a', {unreadCount: 2}), make('b', {unreadCount: 7})]);
  expect();
  await source.clearHistory('a');
  expect(7);
  source.remove(['a']);
  expect();
  await source.delete(['b']);
  expect(0);
  source.replaceAll([make('a', {unreadCount: 1})]);
  expect(1);
  assert.equal(await source.getTotalUnread(), 1);
});

test('the unread total leaves out silent and switched-off conversations, not hidden ones', async () => {
  const levels = ['all', 'mentions', 'silent', 'off'] as const;
  const source = new MemorySource({
    conversations: [
      ...levels.map((notify, i) => make(notify, {notify, unreadCount: 10 ** i})),
      make('hidden', {hidden: true, unreadCount: 10_000}),
    ],
  });
  assert.equal(await source.getTotalUnread(), 10_011);
  assert.equal(await source.getTotalUnread({hidden: false}), 11);
  assert.equal(await source.getTotalUnread({ids: ['all', 'off']}), 1);
  assert.equal(await source.getTotalUnread({mark: 'star'}), 0);
});
