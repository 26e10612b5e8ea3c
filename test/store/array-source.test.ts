import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ArraySource, type Conversation, type SourceEvent} from '../../src/store/index.js';
import {conversation, conversations, ids} from './support/conversations.js';
import {flush} from './support/flush.js';
import {Random} from './support/random.js';
import {watch} from './support/store.js';

function eventsOf(source: ArraySource): SourceEvent[] {
  const events: SourceEvent[] = [];
  source.subscribe((event) => events.push(event));
  return events;
}

test('ArraySource: the array is the list, all at once', async () => {
  const source = new ArraySource(conversations(500, {unreadCount: 2}));
  const {store} = await watch(source, {want: 1});
  assert.equal(store.snapshot.rows.length, 500);
  assert.equal(store.snapshot.page.status, 'done');
  assert.equal(store.snapshot.unreadTotal, 1000);
});

test('ArraySource: only other objects are told, by identity', () => {
  const list = conversations(5);
  const source = new ArraySource(list);
  const events = eventsOf(source);
  source.set(list);
  source.set([...list]);
  source.set([...list].reverse());
  assert.equal(events.length, 0);
  const [c0, c1, c2, c3] = list as [Conversation, Conversation, Conversation, Conversation];
  const other = {...c1};
  const fresh = conversation('n', 9);
  source.set([c0, other, c2, c3, fresh]);
  assert.deepEqual(events, [
    {type: 'remove', ids: ['c4']},
    {type: 'upsert', conversations: [other, fresh]},
    {type: 'unread', total: 0},
  ]);
  const told = events.flatMap((event) => (event.type === 'upsert' ? event.conversations : []));
  assert.equal(told[0], other);
});

test('ArraySource: one set is one notification', async () => {
  const source = new ArraySource(conversations(5));
  const {store, changes} = await watch(source);
  const told = changes.length;
  source.set([...conversations(6).slice(1), conversation('n', 9, {unreadCount: 1})]);
  await flush();
  assert.equal(changes.length, told + 1);
  assert.equal(store.snapshot.unreadTotal, 1);
  assert.equal(ids(store.snapshot), 'n c1 c2 c3 c4 c5');
});

test('ArraySource: of several with one id the last counts, in pages and changes alike', async () => {
  const [a1, a2] = [conversation('a', 1, {unreadCount: 1}), conversation('a', 2, {unreadCount: 2})];
  const b = conversation('b', 5);
  const source = new ArraySource([a1, a2]);
  const {store} = await watch(source);
  assert.equal(store.snapshot.rows.get('a')?.orderKey, 2n);
  assert.equal(store.snapshot.unreadTotal, 2);
  source.set([b, a1, a2]);
  await flush();
  assert.equal(store.snapshot.rows.get('a')?.orderKey, 2n);
  source.set([b, a2, a1]);
  await flush();
  assert.equal(store.snapshot.rows.get('a')?.orderKey, 1n);
  assert.equal(store.snapshot.unreadTotal, 1);
  source.set([b, a1]);
  await flush();
  assert.equal(ids(store.snapshot), 'b a');
});

test('ArraySource rule 17: entries and arrays that are none', async () => {
  const hostile = Object.defineProperty(conversation('h'), 'id', {
    get(): never {
      throw new Error('id');
    },
  });
  const bad = [null, undefined, 5, 'x', {}, {id: 7}, hostile] as unknown as Conversation[];
  const source = new ArraySource([...bad, conversation('a', 1, {unreadCount: 1})]);
  const {store, errors} = await watch(source);
  assert.equal(ids(store.snapshot), 'a');
  assert.deepEqual(errors(), ['invalid-data data']);
  source.set([conversation('b', 2), ...bad]);
  await flush();
  assert.equal(ids(store.snapshot), 'b');
  for (const wrong of [null, undefined, 5, 'text', {}, new Set([conversation('c')])]) {
    source.set(wrong as Conversation[]);
    await flush();
    assert.equal(ids(store.snapshot), '');
    source.set([conversation('b', 2)]);
    await flush();
    assert.equal(ids(store.snapshot), 'b');
  }
  const {store: second, errors: told} = await watch(new ArraySource(null as unknown as Conversation[]));
  assert.equal(second.snapshot.page.status, 'failed');
  assert.deepEqual(told(), ['invalid-data page']);
});

test('ArraySource: muted conversations and bad counts do not count', async () => {
  const source = new ArraySource([
    conversation('a', 1, {unreadCount: 3}),
    conversation('b', 2, {unreadCount: 5, notify: 'off'}),
    conversation('c', 3, {unreadCount: NaN}),
    conversation('d', 4, {unreadCount: -7}),
    {...conversation('e', 5, {unreadCount: 2}), notify: 'nonsense'} as unknown as Conversation,
  ]);
  assert.equal(await source.getTotalUnread(), 5);
});

test('ArraySource: changed while nobody listens, the next connection shows it', async () => {
  const source = new ArraySource(conversations(3));
  const {store} = await watch(source);
  store.disconnect();
  source.set(conversations(4).slice(2));
  store.connect();
  await flush();
  assert.equal(ids(store.snapshot), 'c2 c3');
});

test('ArraySource: 300 random arrays, each set before or after a flush', async () => {
  const random = new Random(9);
  const source = new ArraySource([]);
  const {store} = await watch(source);
  let list: Conversation[] = [];
  for (let i = 0; i < 300; i++) {
    list = random
      .shuffle(list)
      .filter(() => random.chance(0.9))
      .map((c) => (random.chance(0.2) ? conversation(c.id, random.int(20)) : c));
    for (let n = random.int(4); n > 0; n--) list.push(conversation(`c${random.int(40)}`, random.int(20)));
    source.set(list);
    if (random.chance(0.7)) await flush();
    if (random.chance(0.05)) void store.refresh();
  }
  await flush();
  const expected = new Map(list.map((c) => [c.id, c.orderKey]));
  assert.equal(store.snapshot.rows.length, expected.size);
  for (const {id, orderKey} of store.snapshot.rows) assert.equal(orderKey, expected.get(id));
});
