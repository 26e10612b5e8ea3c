import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ConversationRows, type Conversation} from '../../src/store/index.js';
import {conversation, conversations, ids} from './support/conversations.js';
import {HeldSource} from './support/held-source.js';
import {PagesSource} from './support/pages-source.js';
import {Random} from './support/random.js';
import {watch} from './support/store.js';

test('rule 1: one row per id, whatever pages and events repeat', async () => {
  const source = new HeldSource();
  const {store} = await watch(source);
  await source.upsert(conversation('a', 3), conversation('b', 2), conversation('a', 1));
  assert.equal(ids(store.snapshot), 'b a');
  await source.last.answer({conversations: [conversation('b', 9), conversation('c', 8), conversation('c', 7)], done: true});
  assert.equal(ids(store.snapshot), 'c b a');
  await source.send(
    {type: 'upsert', conversations: [conversation('c', 1)], isNew: true},
    {type: 'snapshot', conversations: [conversation('a', 5), conversation('a', 6)], complete: false},
  );
  assert.equal(ids(store.snapshot), 'a b c');
});

test('rule 2: the order depends on the set alone', async () => {
  const random = new Random(1);
  const set = Array.from({length: 200}, (_, i) => conversation(`c${i}`, 2n ** 62n + BigInt(random.int(9))));
  let first: string | undefined;
  for (let round = 0; round < 100; round++) {
    const source = new HeldSource();
    const {store} = await watch(source, {want: 1});
    const list = random.shuffle(set);
    const cut = random.int(200);
    void source.upsert(...list.slice(0, cut));
    await source.last.answer({conversations: list.slice(cut), done: true});
    first ??= ids(store.snapshot);
    assert.equal(ids(store.snapshot), first);
  }
});

test('rule 2: keys of 64 bits, moves up and down', async () => {
  const top = 2n ** 63n;
  const {store} = await watch(new PagesSource([conversation('a', top - 1n), conversation('b', top - 2n), conversation('c', top - 3n)]));
  const source = store.source as PagesSource;
  assert.equal(ids(store.snapshot), 'a b c');
  source.send({type: 'upsert', conversations: [conversation('c', top)]});
  await Promise.resolve();
  assert.equal(ids(store.snapshot), 'c a b');
  source.send({type: 'upsert', conversations: [conversation('c', top - 2n)]});
  await Promise.resolve();
  assert.equal(ids(store.snapshot), 'a b c');
});

test('rule 3: snapshots stay as they were', async () => {
  const source = new HeldSource();
  const {store} = await watch(source);
  await source.last.answer({conversations: conversations(20), done: true});
  const old = store.snapshot;
  const before = [...old.rows];
  await source.upsert(conversation('c9', 99), conversation('new', 50));
  await source.remove('c0', 'c5');
  store.filter = {pinned: true};
  store.order = 'last-message';
  store.disconnect();
  store.source = null;
  assert.deepEqual([...old.rows], before);
  assert.equal(old.rows.length, 20);
  for (const [i, row] of before.entries()) {
    assert.equal(old.rows.at(i), row);
    assert.equal(old.rows.indexOf(row.id), i);
    assert.equal(old.rows.get(row.id), row);
  }
  assert.equal(old.rows.indexOf('new'), -1);
  assert.deepEqual(old.filter, {});
});

test('rule 3: a new identity only with new content', async () => {
  const source = new HeldSource();
  const {store, changes} = await watch(source);
  await source.last.answer({conversations: conversations(3), done: true});
  const {snapshot} = store;
  const told = changes.length;
  await source.upsert(...conversations(3));
  await source.send({type: 'remove', ids: ['c1']}, {type: 'upsert', conversations: [conversation('c1', 2)]});
  await source.send({type: 'upsert', conversations: [conversation('x', 9)]}, {type: 'remove', ids: ['x']});
  await source.remove('unknown');
  await source.send({type: 'snapshot', conversations: conversations(3).slice(1), complete: false});
  await source.send({type: 'sync', phase: 'finish'}, {type: 'groups', groups: []});
  assert.equal(store.snapshot, snapshot);
  assert.equal(changes.length, told);
  await source.upsert(conversation('c1', 2, {unreadCount: 1}));
  assert.notEqual(store.snapshot.rows, snapshot.rows);
  assert.equal(store.snapshot.page, snapshot.page);
  assert.equal(store.snapshot.rows.at(0), snapshot.rows.at(0));
});

test('rule 3: another filter with the same rows keeps their identity', async () => {
  const source = new HeldSource();
  const {store} = await watch(source);
  await source.last.answer({conversations: conversations(3), done: true});
  const {rows} = store.snapshot;
  store.filter = {hidden: false};
  await source.last.answer({conversations: conversations(3), done: true});
  assert.equal(store.snapshot.rows, rows);
  assert.deepEqual(store.snapshot.filter, {hidden: false});
});

test('rule 19: the index of an id follows its row', async () => {
  const source = new HeldSource();
  const {store} = await watch(source);
  await source.last.answer({conversations: conversations(5), done: true});
  assert.equal(store.snapshot.rows.indexOf('c3'), 3);
  await source.upsert(conversation('c3', 99));
  assert.equal(store.snapshot.rows.indexOf('c3'), 0);
  await source.upsert(conversation('top', 100));
  assert.equal(store.snapshot.rows.indexOf('c3'), 1);
  await source.remove('c3');
  assert.equal(store.snapshot.rows.indexOf('c3'), -1);
});

test('rows: read as an array', async () => {
  const source = new HeldSource();
  const {store} = await watch(source);
  const list = conversations(5);
  await source.last.answer({conversations: list, done: true});
  const {rows} = store.snapshot;
  assert.deepEqual([...rows], list);
  assert.deepEqual(rows.slice(1, 3), list.slice(1, 3));
  assert.deepEqual(rows.slice(-5, 99), list);
  assert.deepEqual(rows.slice(3, 1), []);
  assert.equal(rows.at(-1), undefined);
  assert.equal(rows.at(5), undefined);
  assert.equal(rows.get('nobody'), undefined);
  const {EMPTY} = ConversationRows;
  assert.equal(EMPTY.length, 0);
  assert.equal(EMPTY.indexOf('c0'), -1);
  assert.equal(EMPTY.get('c0'), undefined);
  assert.deepEqual([...EMPTY], []);
});

test('rows: an index is right between a change and its notification', async () => {
  const source = new HeldSource();
  const {store} = await watch(source);
  await source.last.answer({conversations: conversations(5), done: true});
  void source.upsert(conversation('c4', 99));
  void source.remove('c0');
  const {rows} = store.snapshot;
  assert.deepEqual(['c0', 'c1', 'c4', 'x'].map((id) => rows.indexOf(id)), [0, 1, 4, -1]);
  assert.equal((rows.get('c4') as Conversation).orderKey, 1n);
});

test('rule 17: ids that are names of other things', async () => {
  const source = new HeldSource();
  const {store} = await watch(source, {want: 100});
  const odd = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', ' ', '\u0000', '\ud800', '0', '-1', 'null', 'a'.repeat(10_000)];
  await source.last.answer({conversations: odd.map((id, i) => conversation(id, i)), done: true});
  assert.equal(store.snapshot.rows.length, odd.length);
  for (const id of odd) assert.equal(store.snapshot.rows.get(id)?.id, id);
  await source.remove('__proto__', 'constructor');
  assert.equal(store.snapshot.rows.length, odd.length - 2);
});
