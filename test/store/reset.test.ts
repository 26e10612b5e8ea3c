import assert from 'node:assert/strict';
import {test} from 'node:test';
import {conversation, conversations, ids} from './support/conversations.js';
import {flush} from './support/flush.js';
import {HeldSource} from './support/held-source.js';
import {watch} from './support/store.js';

test('reset gap: the rows stay, the request in flight is given up, and pages correct', async () => {
  const source = new HeldSource({}, {unread: true});
  const {store} = await watch(source);
  await source.upsert(...conversations(3));
  const before = source.last;
  await source.send({type: 'reset', reason: 'gap'});
  assert.equal(before.signal.aborted, true);
  assert.equal(ids(store.snapshot), 'c0 c1 c2');
  assert.equal(source.unreadRequests.length, 2);
  await before.answer({conversations: [conversation('stale', 9)], done: true});
  assert.equal(ids(store.snapshot), 'c0 c1 c2');
  await source.last.answer({conversations: [conversation('c2', 7)], done: true});
  assert.equal(ids(store.snapshot), 'c2');
});

test('reset login: another person’s list begins empty', async () => {
  const source = new HeldSource({}, {unread: true});
  const {store, changes} = await watch(source);
  await source.last.answer({conversations: conversations(3), done: true});
  await source.send({type: 'unread', total: 5}, {type: 'groups', groups: [{id: 'g', name: 'G'}]}, {type: 'reset', reason: 'login'});
  assert.equal(ids(store.snapshot), '');
  assert.equal(store.snapshot.unreadTotal, undefined);
  assert.deepEqual(store.snapshot.groups, []);
  assert.equal(changes.at(-1)?.live, undefined);
  assert.equal(store.snapshot.page.status, 'loading');
  await source.last.answer({conversations: [conversation('mine', 1)], done: true});
  assert.equal(ids(store.snapshot), 'mine');
});

test('reset logout: the list is empty and done, and nothing is asked, until login', async () => {
  const source = new HeldSource({}, {unread: true});
  const {store} = await watch(source);
  await source.upsert(...conversations(3));
  const asked = source.last;
  await source.send({type: 'reset', reason: 'logout'});
  assert.equal(asked.signal.aborted, true);
  assert.equal(ids(store.snapshot), '');
  assert.equal(store.snapshot.page.status, 'done');
  store.want(50);
  await store.loadMore();
  await asked.answer({conversations: conversations(3), done: true});
  await source.unreadRequests[0]?.answer(12);
  assert.equal(source.requests.length, 1);
  assert.equal(store.snapshot.unreadTotal, undefined, 'an answer about who is gone');
  assert.equal(ids(store.snapshot), '');
  await source.send({type: 'reset', reason: 'login'});
  assert.equal(source.requests.length, 2);
  await source.last.answer({conversations: [conversation('mine')], done: true});
  assert.equal(ids(store.snapshot), 'mine');
});

test('snapshot, complete: it is the list, and paging is over', async () => {
  const source = new HeldSource();
  const {store, changes} = await watch(source);
  await source.upsert(conversation('old', 1), conversation('c1', 1));
  const {last} = source;
  await source.send({type: 'snapshot', conversations: conversations(3), complete: true});
  assert.equal(ids(store.snapshot), 'c0 c1 c2');
  assert.equal(store.snapshot.page.status, 'done');
  assert.deepEqual(changes.at(-1)?.live, {added: ['c0', 'c2'], changed: ['c1'], removed: ['old']});
  assert.equal(last.signal.aborted, true);
  await last.answer({conversations: [conversation('old', 1)], done: true});
  store.want(100);
  await store.loadMore();
  assert.equal(ids(store.snapshot), 'c0 c1 c2');
  assert.equal(source.requests.length, 1);
});

test('snapshot, complete: what the filter hides is kept of it and dropped without it', async () => {
  const source = new HeldSource();
  const {store} = await watch(source, {filter: {pinned: true}});
  await source.upsert(conversation('hidden', 1), conversation('gone', 1));
  await source.send({type: 'snapshot', conversations: [conversation('hidden', 1)], complete: true});
  assert.equal(ids(store.snapshot), '');
  store.filter = {};
  await flush();
  assert.equal(ids(store.snapshot), 'hidden');
});

test('snapshot, complete and empty', async () => {
  const source = new HeldSource();
  const {store} = await watch(source);
  await source.upsert(...conversations(3));
  await source.send({type: 'snapshot', conversations: [], complete: true});
  assert.equal(ids(store.snapshot), '');
  assert.equal(store.snapshot.page.status, 'done');
});

test('snapshot, incomplete: it adds and changes, and paging goes on', async () => {
  const source = new HeldSource();
  const {store} = await watch(source);
  await source.upsert(conversation('old', 1));
  await source.send({type: 'snapshot', conversations: conversations(2), complete: false});
  assert.equal(ids(store.snapshot), 'c0 c1 old');
  assert.equal(store.snapshot.page.status, 'loading');
  assert.equal(source.last.open, true);
});

test('snapshot, complete, then a refresh: the pages are the truth again', async () => {
  const source = new HeldSource();
  const {store} = await watch(source);
  await source.send({type: 'snapshot', conversations: conversations(3), complete: true});
  void store.refresh();
  await flush();
  await source.last.answer({conversations: conversations(3).slice(1), done: true});
  assert.equal(ids(store.snapshot), 'c1 c2');
});
