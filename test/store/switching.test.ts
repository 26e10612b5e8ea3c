import assert from 'node:assert/strict';
import {test} from 'node:test';
import {matches, type ConversationFilter} from '../../src/store/index.js';
import {conversation, conversations, ids} from './support/conversations.js';
import {flush} from './support/flush.js';
import {HeldSource} from './support/held-source.js';
import {PagesSource} from './support/pages-source.js';
import {Random} from './support/random.js';
import {watch} from './support/store.js';

test('rule 9: a filter switched mid flight aborts the request, and its answer has no effect', async () => {
  const source = new HeldSource();
  const {store, changes, errors} = await watch(source);
  const first = source.last;
  store.filter = {pinned: true};
  await flush();
  assert.equal(first.signal.aborted, true);
  assert.equal(source.requests.length, 2);
  assert.equal(source.last.filter, store.filter);
  const told = changes.length;
  await first.answer({conversations: [conversation('a', 1, {pinned: true})], done: true});
  assert.equal(changes.length, told);
  assert.equal(store.snapshot.page.status, 'loading');
  await source.last.fail();
  assert.equal(errors().length, 1);
});

test('rules 8 and 9: filters switched 2,000 times, answers in any order: the rows are the last one’s', async () => {
  const random = new Random(21);
  const all = conversations(40).map((c, i) => ({...c, pinned: i % 2 === 0, unreadCount: i % 3}));
  const filters: readonly ConversationFilter[] = [{}, {pinned: true}, {hasUnread: true}, {pinned: false, hasUnread: false}];
  const source = new HeldSource({serverFilters: ['pinned', 'hasUnread']});
  const {store} = await watch(source, {want: 40, pageSize: 40});
  const answer = async (request = random.pick(source.requests)): Promise<void> => {
    await request.answer({conversations: all.filter((c) => matches(request.filter ?? {}, c)), done: true});
  };
  for (let i = 0; i < 2000; i++) {
    if (random.chance(0.5)) store.filter = random.pick(filters);
    else await answer();
    assert.ok(source.requests.filter(({signal, open}) => open && !signal.aborted).length <= 1);
    for (const row of store.snapshot.rows) assert.ok(matches(store.snapshot.filter, row));
  }
  await flush();
  await answer(source.last);
  assert.equal(ids(store.snapshot), all.filter((c) => matches(store.filter, c)).map(({id}) => id).join(' '));
  for (const request of source.requests.slice(0, -1)) {
    if (request.open) assert.fail('an older request is not aborted');
  }
});

test('switching: what is known of the next filter shows at once', async () => {
  const source = new HeldSource();
  const {store} = await watch(source);
  await source.last.answer({conversations: conversations(6).map((c, i) => ({...c, pinned: i % 2 === 0})), done: true});
  store.filter = {pinned: true};
  await flush();
  assert.equal(ids(store.snapshot), 'c0 c2 c4');
  await source.upsert(conversation('c1', 99, {pinned: true}));
  assert.equal(ids(store.snapshot), 'c1 c0 c2 c4');
  store.filter = {};
  await flush();
  assert.equal(ids(store.snapshot), 'c1 c0 c2 c3 c4 c5');
});

test('switching: rows that are known do not stand in for those of the next filter’s pages', async () => {
  const all = conversations(100).map((c, i) => ({...c, pinned: i % 5 === 4}));
  const source = new PagesSource(all);
  const {store} = await watch(source, {want: 10, pageSize: 100, filter: {pinned: true}});
  assert.equal(store.snapshot.rows.length, 20);
  source.requests.length = 0;
  store.pageSize = 10;
  // More are known already than are wanted, and they are not the first ones.
  source.getPage = async (request) => {
    source.requests.push(request);
    const start = (request.cursor as number | undefined) ?? 0;
    return {conversations: all.slice(start, start + 10), done: false, cursor: start + 10};
  };
  store.filter = {};
  await flush();
  assert.equal(source.requests.length, 1);
  assert.equal(ids(store.snapshot).split(' ').slice(0, 10).join(' '), 'c0 c1 c2 c3 c4 c5 c6 c7 c8 c9');
});

test('switching: an equal filter and the same source change nothing', async () => {
  const source = new HeldSource();
  const filter = {types: ['group'] as const, hidden: false};
  const {store, changes} = await watch(source, {filter});
  const told = changes.length;
  store.filter = structuredClone(filter);
  store.source = source;
  store.order = 'order-key';
  await flush();
  assert.equal(source.requests.length, 1);
  assert.equal(source.last.signal.aborted, false);
  assert.equal(changes.length, told);
  assert.equal(store.filter, filter);
});

test('switching: another order asks for nothing, and sorts at once', async () => {
  const source = new HeldSource();
  const {store} = await watch(source);
  const at = (sentAt: number) => ({lastMessage: {type: 'text', state: 'normal', sentAt} as const});
  await source.last.answer({
    conversations: [conversation('a', 3), conversation('b', 2, at(5)), conversation('c', 1, at(9))],
    done: false,
    cursor: 1,
  });
  store.order = 'last-message';
  await flush();
  assert.equal(ids(store.snapshot), 'c b a');
  assert.equal(store.snapshot.order, 'last-message');
  assert.equal(source.requests.length, 2);
  assert.equal(source.last.signal.aborted, false);
  await source.upsert(conversation('a', 3, at(7)));
  assert.equal(ids(store.snapshot), 'c a b');
  store.order = 'order-key';
  await flush();
  assert.equal(ids(store.snapshot), 'a b c');
});

test('filter: live changes go in and out by the same predicate, for a source that filters and one that does not', async () => {
  for (const serverFilters of [[], ['hasUnread'] as const]) {
    const source = new HeldSource({serverFilters});
    const {store} = await watch(source, {filter: {hasUnread: true}});
    const unread = {unreadCount: 1};
    // More than the filter lets through: the list's own predicate decides.
    await source.last.answer({conversations: [conversation('a', 3, unread), conversation('b', 2)], done: true});
    assert.equal(ids(store.snapshot), 'a');
    await source.upsert(conversation('b', 2, unread), conversation('c', 9));
    assert.equal(ids(store.snapshot), 'a b');
    await source.upsert(conversation('a', 3));
    assert.equal(ids(store.snapshot), 'b');
    await source.upsert(conversation('c', 9, unread));
    assert.equal(ids(store.snapshot), 'c b');
  }
});

test('filter: a row of an event that the source’s own filter would not name stays', async () => {
  const source = new HeldSource({serverFilters: ['hasUnread']});
  const {store} = await watch(source, {filter: {hasUnread: true}});
  await source.last.answer({conversations: [], done: false, cursor: 1});
  await source.upsert(conversation('muted', 3, {unreadCount: 1, notify: 'off'}));
  await source.last.answer({conversations: [conversation('a', 1, {unreadCount: 1})], done: true});
  assert.equal(ids(store.snapshot), 'muted a');
});

test('rule 9: a source switched mid flight: aborted, unheard, and not a row of it left', async () => {
  const first = new HeldSource();
  const second = new HeldSource();
  const {store, errors} = await watch(first);
  await first.upsert(conversation('old', 1));
  store.source = second;
  assert.equal(first.listeners.size, 0);
  await flush();
  assert.equal(ids(store.snapshot), '');
  assert.equal(first.last.signal.aborted, true);
  await first.last.answer({conversations: conversations(3), done: true});
  await first.upsert(conversation('late', 1));
  await second.last.answer({conversations: [conversation('new', 1)], done: true});
  assert.equal(ids(store.snapshot), 'new');
  assert.deepEqual(errors(), []);
});

test('rule 9: a source that keeps calling an old listener is not heard', async () => {
  const first = new HeldSource();
  const {store, changes, errors} = await watch(first);
  const [listener] = first.listeners;
  store.source = new HeldSource();
  await flush();
  const told = changes.length;
  listener?.({type: 'upsert', conversations: [conversation('late')]});
  listener?.({type: 'reset', reason: 'login'});
  listener?.(null as never);
  await flush();
  assert.equal(changes.length, told);
  assert.deepEqual(errors(), []);
});

test('rules 8, 9 and 16: A, B, A, 1,000 times', async () => {
  const random = new Random(4);
  const sources = [new PagesSource(conversations(5)), new PagesSource([conversation('b', 1)])];
  const {store} = await watch(sources[0] as PagesSource);
  for (let i = 1; i <= 1000; i++) {
    const [now, other] = [sources[i % 2], sources[(i + 1) % 2]] as [PagesSource, PagesSource];
    store.source = now;
    if (random.chance(0.5)) await flush();
    else await Promise.resolve();
    assert.equal(now.listeners.size, 1);
    assert.equal(other.listeners.size, 0);
    const rows = new Set([...store.snapshot.rows].map(({id}) => id));
    assert.ok(store.snapshot.rows.length === 0 || rows.has('b') === (i % 2 === 1) || store.source !== now);
  }
  await flush();
  assert.equal(ids(store.snapshot), 'c0 c1 c2 c3 c4');
});

test('source null midway: the list is empty and idle, and nothing is bound', async () => {
  const source = new HeldSource({}, {unread: true});
  const {store} = await watch(source);
  await source.send(
    {type: 'sync', phase: 'start'},
    {type: 'connection', state: 'online'},
    {type: 'groups', groups: [{id: 'g', name: 'G'}]},
    {type: 'unread', total: 4},
  );
  await source.last.answer({conversations: conversations(3), done: true});
  store.source = null;
  await flush();
  const {rows, origin: _, ...rest} = store.snapshot;
  assert.equal(rows.length, 0);
  assert.deepEqual(rest, {
    page: {status: 'idle'}, sync: {status: 'idle'}, connection: undefined, unreadTotal: undefined, groups: [], filter: {},
    order: 'order-key', search: undefined, bound: false,
  });
  assert.equal(source.listeners.size, 0);
  store.source = source;
  await flush();
  assert.equal(store.snapshot.bound, true);
  assert.equal(source.requests.length, 2);
});

test('source null midway, after a failure and during a request', async () => {
  const source = new HeldSource();
  const {store, errors} = await watch(source);
  await source.last.fail();
  store.source = null;
  await flush();
  assert.deepEqual(store.snapshot.page, {status: 'idle'});
  store.source = source;
  await flush();
  const {last} = source;
  store.source = null;
  assert.equal(last.signal.aborted, true);
  await last.fail();
  assert.equal(errors().length, 1);
});

test('switching while disconnected: nothing is asked, and the state is that of the new filter', async () => {
  const source = new HeldSource();
  const {store} = await watch(source);
  await source.last.answer({conversations: conversations(4).map((c, i) => ({...c, pinned: i < 2})), done: true});
  store.disconnect();
  store.filter = {pinned: true};
  await flush();
  assert.equal(ids(store.snapshot), 'c0 c1');
  assert.equal(store.snapshot.page.status, 'idle');
  assert.equal(source.requests.length, 1);
  store.connect();
  await flush();
  assert.deepEqual(source.last.filter, {pinned: true});
  await source.last.answer({conversations: [conversation('c1', 9, {pinned: true})], done: true});
  assert.equal(ids(store.snapshot), 'c1');
});
