import assert from 'node:assert/strict';
import {afterEach, beforeEach, test} from 'node:test';
import type {Conversation, SourceEvent} from '../../src/store/index.js';
import {conversation, conversations, ids} from './support/conversations.js';
import {flush} from './support/flush.js';
import {PagesSource} from './support/pages-source.js';
import {watch, type Watched} from './support/store.js';

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

const THROWN = new Error('foreign code');
function refuse(): never {
  throw THROWN;
}

class Source extends PagesSource {
  getTotalUnread(): Promise<number> {
    return Promise.resolve(7);
  }
}

/** Has one piece of foreign code throw the first time it is called. */
type Spoil = (source: Source, watched: Watched) => void;

function once(source: Source, name: 'getPage' | 'subscribe' | 'getTotalUnread', instead: () => unknown): void {
  const sound = source[name];
  (source as Record<typeof name, unknown>)[name] = (...args: unknown[]) => {
    source[name] = sound as never;
    return instead === refuse ? refuse() : ((sound as (...all: unknown[]) => unknown).apply(source, args), instead());
  };
}

const SPOILS: Readonly<Record<string, Spoil>> = {
  'a listener': (_, {store}) => {
    const end = store.subscribe(() => (end(), refuse()));
  },
  'a listener that changes the list first': (source, {store}) => {
    const end = store.subscribe(() => {
      end();
      source.send({type: 'upsert', conversations: [conversation('c0', 20, {title: 'passing'})]});
      refuse();
    });
  },
  'getPage, at once': (source) => once(source, 'getPage', refuse),
  'getPage, later': (source) => once(source, 'getPage', () => Promise.reject(THROWN)),
  'getPage, as a thenable': (source) => once(source, 'getPage', () => ({then: refuse})),
  'getTotalUnread, at once': (source) => once(source, 'getTotalUnread', refuse),
  'getTotalUnread, later': (source) => once(source, 'getTotalUnread', () => Promise.reject(THROWN)),
  'the unsubscribe function': (source) => {
    const subscribe = source.subscribe.bind(source);
    source.subscribe = (listener) => {
      const end = subscribe(listener);
      source.subscribe = subscribe;
      return () => (end(), refuse());
    };
  },
  'an event': (source) => source.send({type: 'upsert', get conversations(): never { return refuse(); }}),
  'a conversation': (source) => {
    const hostile = {...conversation('hostile'), get id(): never { return refuse(); }};
    source.send({type: 'upsert', conversations: [hostile]});
  },
};

for (const [name, spoil] of Object.entries<Spoil>({nothing: () => undefined, ...SPOILS})) {
  test(`B5: where ${name} throws, the list is as if it had not, and it is told once`, async () => {
    const source = new Source(conversations(20));
    const watched = await watch(source, {want: 5, pageSize: 5});
    const {store, errors, changes} = watched;
    spoil(source, watched);
    // Everything is called once more at least.
    store.disconnect();
    store.connect();
    await flush();
    const x = conversation('x', 99);
    source.conversations = [x, ...source.conversations];
    source.send({type: 'upsert', conversations: [x]});
    store.want(12);
    await flush();
    if (store.snapshot.page.status === 'failed') await store.loadMore();
    store.disconnect();
    store.connect();
    await flush();
    store.want(30);
    await flush();
    assert.deepEqual([...store.snapshot.rows], source.conversations);
    assert.equal(store.snapshot.page.status, 'done');
    assert.equal(store.snapshot.unreadTotal, 7);
    assert.equal(source.listeners.size, 1);
    assert.equal(changes.at(-1)?.snapshot, store.snapshot);
    assert.equal(reported.length + errors().length, name === 'nothing' ? 0 : 1, errors().join());
    store.disconnect();
    assert.equal(source.listeners.size, 0);
  });
}

test('B5: a subscribe that throws is told once, the pages still come, and the next connection listens', async () => {
  const source = new Source(conversations(3));
  once(source, 'subscribe', refuse);
  const {store, errors} = await watch(source);
  assert.deepEqual(errors(), ['unknown subscribe']);
  assert.equal(ids(store.snapshot), 'c0 c1 c2');
  store.disconnect();
  store.connect();
  assert.equal(source.listeners.size, 1);
  assert.equal(errors().length + reported.length, 1);
});

test('B9: 10,000 events about 1,000 rows in one tick are one notification', async () => {
  const source = new PagesSource(conversations(1000));
  const {store, changes} = await watch(source, {want: 1000, pageSize: 1000});
  const told = changes.length;
  const event = (i: number): SourceEvent =>
    i % 10 === 9
      ? {type: 'remove', ids: [`c${i % 1000}`]}
      : {type: 'upsert', conversations: [conversation(`c${(i * 7) % 1000}`, i)]};
  for (let i = 0; i < 10_000; i++) source.send(event(i));
  await flush();
  assert.equal(changes.length, told + 1);
  const expected = new Map(source.conversations.map((one) => [one.id, one]));
  for (let i = 0; i < 10_000; i++) {
    const one = event(i);
    if (one.type === 'remove') for (const id of one.ids) expected.delete(id);
    if (one.type === 'upsert') for (const each of one.conversations) expected.set(each.id, each);
  }
  const sorted = [...expected.values()].sort((a, b) => Number(b.orderKey - a.orderKey) || (a.id < b.id ? -1 : 1));
  assert.equal(ids(store.snapshot), sorted.map(({id}) => id).join(' '));
});

test('C1: keys that are one as numbers are two, from pages and events, down to the least', async () => {
  const top = 2n ** 63n - 1n;
  assert.equal(Number(top), Number(top - 1n));
  const keys = [top, top - 1n, top - 2n, 2n ** 53n + 1n, 2n ** 53n, 0n, -1n, -(2n ** 63n) + 1n, -(2n ** 63n)];
  const sorted = keys.map((key, i) => conversation(`k${9 - i}`, key));
  const source = new PagesSource([1, 4, 5, 8].map((i) => sorted[i] as Conversation));
  const {store} = await watch(source);
  source.send({type: 'upsert', conversations: [...sorted].reverse()});
  await flush();
  assert.equal(ids(store.snapshot), 'k9 k8 k7 k6 k5 k4 k3 k2 k1');
});
