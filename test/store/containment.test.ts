import assert from 'node:assert/strict';
import {afterEach, beforeEach, test} from 'node:test';
import {SourceError, type ConversationSource} from '../../src/store/index.js';
import {report} from '../../src/store/contain.js';
import {conversation, conversations, ids} from './support/conversations.js';
import {flush} from './support/flush.js';
import {HeldSource} from './support/held-source.js';
import {PagesSource} from './support/pages-source.js';
import {watch} from './support/store.js';

let reported: unknown[] = [];
const scope = globalThis as {reportError?: (error: unknown) => void};
const {reportError} = scope;

beforeEach(() => {
  reported = [];
  scope.reportError = (error) => reported.push(error);
});
afterEach(() => {
  if (reportError === undefined) delete scope.reportError;
  else scope.reportError = reportError;
});

test('rule 15: a listener that throws is reported once a call, and the others hear', async () => {
  const source = new HeldSource();
  const {store, changes} = await watch(source);
  const error = new Error('listener');
  store.subscribe(() => {
    throw error;
  });
  let heard = 0;
  store.subscribe(() => heard++);
  await source.last.answer({conversations: conversations(3), done: true});
  assert.equal(heard, 1);
  assert.deepEqual(reported, [error]);
  await source.upsert(conversation('x', 9));
  assert.deepEqual(reported, [error, error]);
  assert.equal(ids(store.snapshot), 'x c0 c1 c2');
  assert.equal(changes.at(-1)?.snapshot, store.snapshot);
});

test('rule 15: the list is the same whether listeners throw or not', async () => {
  const lists = [];
  for (const throws of [false, true]) {
    const source = new PagesSource(conversations(60));
    const {store} = await watch(source, {want: 40, pageSize: 10});
    store.subscribe(() => {
      if (throws) throw new Error('listener');
    });
    source.send({type: 'upsert', conversations: [conversation('c30', 99)]});
    store.filter = {hidden: false};
    await flush();
    store.want(60);
    await flush();
    lists.push(ids(store.snapshot));
  }
  assert.equal(lists[0], lists[1]);
});

test('rule 15: an unsubscribe that throws is reported once, and the next source is bound', async () => {
  const source = new HeldSource();
  const error = new Error('unsubscribe');
  const subscribe = source.subscribe.bind(source);
  source.subscribe = (listener) => {
    subscribe(listener);
    return () => {
      throw error;
    };
  };
  const {store, errors} = await watch(source);
  const next = new PagesSource(conversations(2));
  store.source = next;
  await flush();
  store.disconnect();
  assert.deepEqual(reported, [error]);
  assert.deepEqual(errors(), []);
  assert.equal(next.listeners.size, 0);
});

test('rule 15: a subscribe that throws, or gives back nothing, is told, and pages still come', async () => {
  const wrong: readonly (() => unknown)[] = [
    () => {
      throw new SourceError('auth', 'who?');
    },
    () => undefined,
    () => ({unsubscribe: () => undefined}),
  ];
  const told = [];
  for (const subscribe of wrong) {
    const source = new PagesSource(conversations(2));
    source.subscribe = subscribe as ConversationSource['subscribe'];
    const {store, errors} = await watch(source);
    assert.equal(ids(store.snapshot), 'c0 c1');
    told.push(...errors());
    store.disconnect();
    store.connect();
    store.source = null;
    await flush();
  }
  assert.deepEqual(told, ['auth subscribe', 'invalid-data subscribe', 'invalid-data subscribe']);
  assert.deepEqual(reported, []);
});

test('rule 15: the source’s own call does not see what its event caused', async () => {
  const source = new HeldSource();
  const {store} = await watch(source);
  store.subscribe(() => {
    throw new Error('listener');
  });
  const hostile = {
    get conversations(): never {
      throw new Error('event');
    },
    type: 'upsert',
  };
  for (const listener of source.listeners) assert.doesNotThrow(() => listener(hostile as never));
  await flush();
  assert.equal(reported.length, 1);
});

test('listeners: none is called after it was removed, within a notification too; one added meanwhile waits', async () => {
  const source = new HeldSource();
  const {store} = await watch(source);
  const calls: string[] = [];
  store.subscribe(() => {
    calls.push('first');
    removeSecond();
    if (calls.length === 1) store.subscribe(() => calls.push('late'));
  });
  const removeSecond = store.subscribe(() => calls.push('second'));
  await source.upsert(conversation('a'));
  assert.deepEqual(calls, ['first']);
  removeSecond();
  await source.upsert(conversation('b'));
  assert.deepEqual(calls, ['first', 'first', 'late']);
});

test('tell: what arose around the store comes with the next notification, once', async () => {
  const {store, changes} = await watch(new PagesSource([]));
  const told = changes.length;
  const error = new SourceError('forbidden', 'no');
  store.tell(error, 'action');
  await flush();
  await flush();
  assert.equal(changes.length, told + 1);
  assert.deepEqual(changes.at(-1)?.errors, [{error, origin: 'action'}]);
});

test('report: where the platform has no reportError, the console', (t) => {
  delete scope.reportError;
  const {mock: calls} = t.mock.method(console, 'error', () => undefined);
  const error = new Error('x');
  report(error);
  assert.deepEqual(calls.calls.map((call) => call.arguments), [[error]]);
});

test('rule 17: a flood of bad data is told once a kind, and anew for another source', async () => {
  const source = new HeldSource();
  const {store, errors} = await watch(source);
  for (let i = 0; i < 100; i++) await source.send({type: 'upsert', conversations: [{...conversation(`c${i}`), title: i}]}, {type: 'odd'});
  assert.deepEqual(errors(), ['invalid-data data', 'invalid-data data']);
  const other = new HeldSource();
  store.source = other;
  await other.send({type: 'upsert', conversations: [{...conversation('x'), title: 5}]});
  assert.equal(errors().length, 3);
});
