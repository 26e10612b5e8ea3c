import assert from 'node:assert/strict';
import {test} from 'node:test';
import {conversation, conversations} from './support/conversations.js';
import {flush} from './support/flush.js';
import {HeldSource} from './support/held-source.js';
import {watch} from './support/store.js';

test('unread: the total is the source’s own, never a sum', async () => {
  const source = new HeldSource();
  const {store} = await watch(source);
  await source.last.answer({conversations: conversations(3, {unreadCount: 4}), done: true});
  assert.equal(store.snapshot.unreadTotal, undefined);
  await source.send({type: 'unread', total: 7});
  await source.upsert(conversation('c0', 9, {unreadCount: 50}));
  assert.equal(store.snapshot.unreadTotal, 7);
});

test('unread: asked for when the source can tell', async () => {
  const source = new HeldSource({}, {unread: true});
  const {store} = await watch(source);
  assert.equal(source.unreadRequests.length, 1);
  await source.unreadRequests[0]?.answer(12);
  assert.equal(store.snapshot.unreadTotal, 12);
});

test('unread: an answer that is older than an event has no effect, nor its failure', async () => {
  for (const late of ['answer', 'fail'] as const) {
    const source = new HeldSource({}, {unread: true});
    const {store, errors} = await watch(source);
    await source.send({type: 'unread', total: 3});
    await source.unreadRequests[0]?.[late](99);
    assert.equal(store.snapshot.unreadTotal, 3);
    assert.deepEqual(errors(), []);
  }
});

test('unread: asked anew after a gap and a reconnection; older answers have no effect', async () => {
  const source = new HeldSource({}, {unread: true});
  const {store} = await watch(source);
  await source.send({type: 'reset', reason: 'gap'});
  store.disconnect();
  store.connect();
  await flush();
  assert.equal(source.unreadRequests.length, 3);
  assert.deepEqual(source.unreadRequests.map(({signal}) => signal?.aborted), [true, true, false]);
  await source.unreadRequests[2]?.answer(3);
  await source.unreadRequests[1]?.answer(2);
  await source.unreadRequests[0]?.answer(1);
  assert.equal(store.snapshot.unreadTotal, 3);
});

test('unread: an answer for a source that was replaced has no effect', async () => {
  const source = new HeldSource({}, {unread: true});
  const {store, errors} = await watch(source);
  store.source = new HeldSource();
  await source.unreadRequests[0]?.answer(8);
  store.source = source;
  await source.unreadRequests[0]?.fail(new Error('late'));
  assert.equal(store.snapshot.unreadTotal, undefined);
  assert.deepEqual(errors(), []);
});

test('unread: a total of a filter is not the total', async () => {
  const source = new HeldSource();
  const {store} = await watch(source);
  await source.send({type: 'unread', total: 5, filter: {}});
  await source.send({type: 'unread', total: 2, filter: {types: ['group']}});
  assert.equal(store.snapshot.unreadTotal, 5);
});

test('unread: the same total twice is told once', async () => {
  const source = new HeldSource();
  const {changes} = await watch(source);
  const told = changes.length;
  await source.send({type: 'unread', total: 5});
  await source.send({type: 'unread', total: 5});
  assert.equal(changes.length, told + 1);
});

test('rule 17: totals of any kind', async () => {
  for (const [total, shown] of [[-3, 0], [NaN, 0], [1.9, 1], [1e21, 2 ** 31 - 1], ['7', 0], [null, 0], [undefined, 0], [{}, 0], [5n, 0]]) {
    const source = new HeldSource({}, {unread: true});
    const {store} = await watch(source);
    await source.unreadRequests[0]?.answer(total);
    assert.equal(store.snapshot.unreadTotal, shown);
    await source.send({type: 'unread', total});
    assert.equal(store.snapshot.unreadTotal, shown);
  }
});

test('rule 17: a source that throws or rejects when asked is told of, and the list goes on', async () => {
  for (const getTotalUnread of [() => { throw new Error('sync'); }, () => Promise.reject(new Error('async'))]) {
    const source = new HeldSource();
    source.getTotalUnread = getTotalUnread;
    const {store, errors} = await watch(source);
    assert.deepEqual(errors(), ['unknown unread']);
    await source.last.answer({conversations: conversations(1), done: true});
    assert.equal(store.snapshot.rows.length, 1);
    await source.send({type: 'unread', total: 2});
    assert.equal(store.snapshot.unreadTotal, 2);
  }
});
