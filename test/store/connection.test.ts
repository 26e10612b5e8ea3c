import assert from 'node:assert/strict';
import {mock, test} from 'node:test';
import {ConversationStore, type Conversation} from '../../src/store/index.js';
import {conversation, conversations, ids} from './support/conversations.js';
import {flush} from './support/flush.js';
import {HeldSource} from './support/held-source.js';
import {PagesSource} from './support/pages-source.js';
import {watch} from './support/store.js';

test('rule 16: after disconnect there is no listener, request or timer, and late answers have no effect', async () => {
  mock.timers.enable({apis: ['setTimeout']});
  try {
    const source = new HeldSource({paging: 'offset'}, {unread: true});
    const {store, changes, errors} = await watch(source);
    const {last} = source;
    store.disconnect();
    await flush();
    assert.equal(source.listeners.size, 0);
    assert.equal(last.signal.aborted, true);
    assert.equal(source.unreadRequests[0]?.signal?.aborted, true);
    assert.equal(store.snapshot.page.status, 'idle');
    const told = changes.length;
    await last.answer({conversations: conversations(3), done: true});
    await source.unreadRequests[0]?.answer(7);
    mock.timers.tick(1e6);
    store.want(50);
    await store.loadMore();
    await store.refresh();
    await flush();
    assert.equal(changes.length, told);
    assert.equal(source.requests.length, 1);
    assert.equal(store.snapshot.unreadTotal, undefined);
    assert.deepEqual(errors(), []);
  } finally {
    mock.timers.reset();
  }
});

test('rule 16: 1,000 times connected and disconnected, one listener at most', async () => {
  const source = new PagesSource(conversations(3));
  const {store} = await watch(source);
  for (let i = 0; i < 1000; i++) {
    store.disconnect();
    store.disconnect();
    assert.equal(source.listeners.size, 0);
    store.connect();
    store.connect();
    assert.equal(source.listeners.size, 1);
    if (i % 3 === 0) await flush();
  }
  await flush();
  assert.equal(ids(store.snapshot), 'c0 c1 c2');
  store.disconnect();
  assert.equal(source.listeners.size, 0);
});

test('rule 16: nothing is asked before connect', async () => {
  const source = new HeldSource({}, {unread: true});
  const {store} = await watch(source, {connect: false});
  await store.loadMore();
  await store.refresh();
  store.filter = {pinned: true};
  store.disconnect();
  await flush();
  assert.equal(source.requests.length + source.subscribed + source.unreadRequests.length, 0);
  store.connect();
  await flush();
  assert.equal(source.requests.length, 1);
  assert.equal(source.subscribed, 1);
});

test('rule 16: the process can end after disconnect', async () => {
  const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const before = timers();
  const store = new ConversationStore();
  store.source = new HeldSource();
  store.want(1);
  store.connect();
  await flush();
  assert.equal(timers(), before + 1);
  store.disconnect();
  await flush();
  assert.equal(timers(), before);
});

test('rule 16: a sweep that waits for its time is given up', async () => {
  const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const source = new HeldSource({paging: 'offset'});
  const {store} = await watch(source, {want: 6});
  await source.last.answer({conversations: conversations(6).slice(0, 3), done: false, cursor: 3});
  await source.last.answer({conversations: conversations(6).slice(3), done: true});
  const before = timers();
  await source.remove('c1');
  assert.equal(timers(), before + 1);
  store.disconnect();
  assert.equal(timers(), before);
});

test('reconnect: what was missed is corrected, and the list is never blank', async () => {
  const source = new HeldSource();
  const {store, changes} = await watch(source, {want: 4});
  await source.last.answer({conversations: conversations(6), done: true});
  store.disconnect();
  await flush();
  changes.length = 0;
  store.connect();
  await flush();
  assert.equal(ids(store.snapshot), 'c0 c1 c2 c3 c4 c5');
  await source.upsert(conversation('live', 50));
  // c1 moved up, c2 changed, c3 and c5 went, n is new.
  await source.last.answer({
    conversations: [conversation('c1', 9), conversation('c0', 6), conversation('c2', 4, {unreadCount: 3})],
    done: false,
    cursor: 1,
  });
  assert.equal(ids(store.snapshot), 'live c1 c0 c2 c3 c4 c5');
  await source.last.answer({conversations: [conversation('n', 3), conversation('c4', 2)], done: true});
  assert.equal(ids(store.snapshot), 'live c1 c0 c2 n c4');
  assert.equal(store.snapshot.rows.get('c2')?.unreadCount, 3);
  assert.ok(changes.every(({snapshot}) => snapshot.rows.length > 4));
  assert.ok(changes.every(({live}) => live === undefined || live.removed.length === 0), 'pages are not told as live');
});

test('reconnect: a stretch that pages cover in our order is corrected page by page', async () => {
  const source = new HeldSource();
  const {store} = await watch(source, {want: 6, pageSize: 3});
  await source.last.answer({conversations: conversations(6).slice(0, 3), done: false, cursor: 1});
  await source.last.answer({conversations: conversations(6).slice(3), done: false, cursor: 2});
  store.disconnect();
  store.connect();
  await flush();
  const [c0, , c2, c3, , c5] = conversations(6);
  await source.last.answer({conversations: [c0, c2], done: false, cursor: 'a'});
  assert.equal(ids(store.snapshot), 'c0 c2 c3 c4 c5');
  await source.last.answer({conversations: [c3, c5], done: false, cursor: 'b'});
  assert.equal(ids(store.snapshot), 'c0 c2 c3 c5');
});

test('reconnect: in another order than the source’s, only the end corrects', async () => {
  const source = new HeldSource();
  const {store} = await watch(source, {want: 3});
  const at = (id: string, key: number, sentAt: number) =>
    conversation(id, key, {lastMessage: {type: 'text', state: 'normal', sentAt}});
  store.order = 'last-message';
  // Kept in order of the last message by chance; `low` comes on the next page.
  await source.last.answer({conversations: [at('a', 9, 90), at('b', 8, 10), at('low', 1, 50)], done: false, cursor: 1});
  store.disconnect();
  store.connect();
  await flush();
  await source.last.answer({conversations: [at('a', 9, 90), at('b', 8, 10)], done: false, cursor: 1});
  assert.equal(ids(store.snapshot), 'a low b');
  await source.last.answer({conversations: [], done: true});
  assert.equal(ids(store.snapshot), 'a b');
});

test('reconnect: pages that do not keep to our order correct at the end alone', async () => {
  const source = new HeldSource();
  const {store} = await watch(source, {want: 5});
  await source.last.answer({conversations: conversations(5), done: true});
  await source.send({type: 'reset', reason: 'gap'});
  const [c0, c1, c2, c3] = conversations(5);
  await source.last.answer({conversations: [c2, c0, c3], done: false, cursor: 1});
  assert.equal(ids(store.snapshot), 'c0 c1 c2 c3 c4');
  await source.last.answer({conversations: [c1], done: true});
  assert.equal(ids(store.snapshot), 'c0 c1 c2 c3');
});

test('reconnect: as deep is paged as the list was, though the view wants less', async () => {
  const source = new PagesSource(conversations(200));
  const {store} = await watch(source, {want: 100, pageSize: 10});
  store.want(10);
  await flush();
  assert.equal(source.requests.length, 10);
  source.conversations = source.conversations.filter((_, i) => i % 2 === 1);
  store.disconnect();
  store.connect();
  await flush();
  assert.equal(source.requests.length, 20);
  assert.ok([...store.snapshot.rows].every(({id}) => Number(id.slice(1)) % 2 === 1));
  assert.equal(store.snapshot.rows.length, 100);
});

test('reconnect: a thin filter is paged as deep as before, past the budget', async () => {
  const source = new PagesSource(conversations(1000).map((c, i) => ({...c, pinned: i % 50 === 0})));
  const {store} = await watch(source, {want: 18, pageSize: 50, filter: {pinned: true}});
  for (let i = 0; i < 3; i++) await store.loadMore().then(flush);
  assert.equal(store.snapshot.rows.length, 18);
  const depth = source.requests.length;
  source.conversations = source.conversations.map((c, i) => ({...c, pinned: i % 100 === 0}));
  source.send({type: 'reset', reason: 'gap'});
  await flush();
  assert.ok(source.requests.length >= 2 * depth);
  assert.ok([...store.snapshot.rows].every(({id}) => Number(id.slice(1)) % 100 === 0));
});

test('reconnect: a filter switched before the correction is through does not lose it', async () => {
  const source = new HeldSource();
  const {store} = await watch(source);
  const all = conversations(4).map((c, i) => ({...c, pinned: i < 3}));
  await source.last.answer({conversations: all, done: true});
  await source.send({type: 'reset', reason: 'gap'});
  store.filter = {pinned: true};
  await flush();
  assert.equal(ids(store.snapshot), 'c0 c1 c2');
  await source.last.answer({conversations: [all[1]], done: true});
  assert.equal(ids(store.snapshot), 'c1');
  store.filter = {};
  await flush();
  await source.last.answer({conversations: [all[1], all[3]], done: true});
  assert.equal(ids(store.snapshot), 'c1 c3');
});

test('reconnect: what pages or events have confirmed since shows at once in another filter', async () => {
  const source = new HeldSource();
  const {store} = await watch(source, {want: 6, pageSize: 3});
  const all = conversations(6).map((c, i) => ({...c, pinned: i % 2 === 0}));
  await source.last.answer({conversations: all, done: true});
  await source.send({type: 'reset', reason: 'gap'});
  await source.last.answer({conversations: all.slice(0, 3), done: false, cursor: 3});
  await source.upsert({...(all[5] as Conversation), unreadCount: 1});
  store.filter = {pinned: true};
  await flush();
  assert.equal(ids(store.snapshot), 'c0 c2 c4', 'c4 is in doubt and shows');
  store.filter = {};
  await flush();
  assert.equal(ids(store.snapshot), 'c0 c1 c2 c4 c5', 'c3 was in doubt and hidden');
  await source.last.answer({conversations: [all[0], all[1], all[3]], done: false, cursor: 3});
  await source.last.answer({conversations: [all[5]], done: true});
  assert.equal(ids(store.snapshot), 'c0 c1 c2 c3 c5', 'c2 was confirmed before and no event took it');
});

test('reconnect: what a filter hides is asked for again rather than kept unconfirmed', async () => {
  const source = new HeldSource({serverFilters: ['pinned']});
  const {store} = await watch(source);
  await source.last.answer({conversations: conversations(4).map((c, i) => ({...c, pinned: i < 2})), done: true});
  store.filter = {pinned: true};
  await flush();
  await source.last.answer({conversations: [], done: true});
  store.disconnect();
  store.connect();
  await flush();
  await source.last.answer({conversations: [conversation('c0', 4, {pinned: true})], done: true});
  store.filter = {};
  await flush();
  assert.equal(ids(store.snapshot), 'c0');
  await source.last.answer({conversations: [conversation('c0', 4, {pinned: true}), conversation('c3', 1)], done: true});
  assert.equal(ids(store.snapshot), 'c0 c3');
});

test('reconnect: an error on the way keeps the rows, and the next connection begins anew', async () => {
  const source = new HeldSource();
  const {store} = await watch(source);
  await source.last.answer({conversations: conversations(3), done: true});
  store.disconnect();
  store.connect();
  await flush();
  await source.last.fail();
  assert.equal(ids(store.snapshot), 'c0 c1 c2');
  assert.equal(store.snapshot.page.status, 'failed');
  store.disconnect();
  store.connect();
  await flush();
  assert.equal(store.snapshot.page.status, 'loading');
  await source.last.answer({conversations: conversations(3).slice(1), done: true});
  assert.equal(ids(store.snapshot), 'c1 c2');
});

test('authoritative: a last page that claims the whole truth drops what was not named', async () => {
  for (const authoritative of [true, undefined]) {
    const source = new HeldSource();
    const {store} = await watch(source, {want: 0});
    await source.upsert(conversation('before', 9));
    store.filter = {hidden: false};
    store.want(10);
    await flush();
    await source.upsert(conversation('during', 8));
    await source.last.answer({conversations: [conversation('named', 1)], done: true, authoritative});
    assert.equal(ids(store.snapshot), authoritative ? 'during named' : 'before during named');
  }
});

test('authoritative: rows of another filter are none of its business', async () => {
  const source = new HeldSource({serverFilters: ['pinned']});
  const {store} = await watch(source);
  await source.last.answer({conversations: conversations(3), done: true, authoritative: true});
  store.filter = {pinned: true};
  await flush();
  await source.last.answer({conversations: [], done: true, authoritative: true});
  store.filter = {};
  await flush();
  assert.equal(ids(store.snapshot), 'c0 c1 c2');
});
