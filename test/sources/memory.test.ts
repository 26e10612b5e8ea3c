import assert from 'node:assert/strict';
import {test} from 'node:test';
import {SourceError, type SourceEvent} from '../../src/model/index.js';
import {MemorySource} from '../../src/sources/memory.js';
import {ids, make, makeMany, record, types} from './memory-fixtures.js';

test('says what it can do', () => {
  const {capabilities, selfId} = new MemorySource();
  assert.equal(selfId, undefined);
  assert.equal(capabilities.paging, 'cursor');
  assert.equal(capabilities.maxPageSize, 100);
  assert.equal(capabilities.serverFilters.length, 8);
  assert.equal(capabilities.ops.size, 12);
  for (const fact of ['nativeOrder', 'deleteEvents', 'syncEvents', 'unreadTotal'] as const) {
    assert.equal(capabilities[fact], true, fact);
  }
  assert.equal('maxPageSize' in new MemorySource({paging: 'all', maxPageSize: 7}).capabilities, false);
  const chosen = new MemorySource({paging: 'offset', maxPageSize: 7, serverFilters: ['types'], selfId: 'me'});
  assert.equal(chosen.capabilities.paging, 'offset');
  assert.equal(chosen.capabilities.maxPageSize, 7);
  assert.deepEqual(chosen.capabilities.serverFilters, ['types']);
  assert.equal(chosen.selfId, 'me');
});

test('searches by the words of the query, in the list’s order, as many as are wanted', async () => {
  const source = new MemorySource({conversations: [make('a', {title: 'José A', orderKey: 1n}), make('b', {title: 'Jose B', orderKey: 2n}), make('c', {title: 'C'})]});
  assert.deepEqual(ids(await source.search('JOSE')), ['b', 'a']);
  assert.deepEqual(ids(await source.search('jose a')), ['a']);
  assert.deepEqual(ids(await source.search('jose', {limit: 1})), ['b']);
  await assert.rejects(source.search('x', {signal: AbortSignal.abort()}), {code: 'aborted'});
});

test('names an operation for every action it has', () => {
  const source = new MemorySource();
  const actions = {
    pin: 'setPinned', notify: 'setNotify', markRead: 'markRead', markUnread: 'markUnread', markAllRead: 'markRead',
    hide: 'setHidden', delete: 'delete', clearHistory: 'clearHistory', draft: 'setDraft', mark: 'setMark',
    customData: 'setCustomData', groups: 'groups',
  } as const;
  assert.deepEqual([...source.capabilities.ops].sort(), Object.keys(actions).sort());
  for (const action of Object.values(actions)) assert.ok(source[action], action);
});

test('holds what it is given, in order, the later of two with one id', () => {
  const source = new MemorySource({
    conversations: new Set([make('b', {orderKey: 5n}), make('c', {orderKey: 9n}), make('a', {orderKey: 5n}),
      make('c', {orderKey: 1n})]),
  });
  assert.equal(source.size, 3);
  assert.deepEqual(ids(source.all()), ['a', 'b', 'c']);
  assert.equal(source.get('c')?.orderKey, 1n);
  assert.equal(source.get('d'), undefined);
});

test('orders by the whole 64-bit key, then by id', () => {
  const high = 2n ** 63n - 1n;
  const source = new MemorySource({
    conversations: [
      make('low', {orderKey: high - 1n}), make('high', {orderKey: high}), make('negative', {orderKey: -1n}),
      make('B', {orderKey: 7n}), make('a', {orderKey: 7n}), make('__proto__', {orderKey: 2n ** 64n - 1n}),
    ],
  });
  assert.deepEqual(ids(source.all()), ['__proto__', 'high', 'low', 'B', 'a', 'negative']);
});

test('all() is the caller’s own array', () => {
  const source = new MemorySource({conversations: makeMany(3)});
  source.all().reverse();
  assert.deepEqual(ids(source.all()), ['c0', 'c1', 'c2']);
});

test('hands out frozen copies and leaves what it was given alone', () => {
  const native = {mutable: true};
  const given = make('a', {marks: ['star'], draft: {text: 'x'}, lastMessage: {type: 'text', state: 'normal'}, native});
  const source = new MemorySource({conversations: [given]});
  const kept = source.get('a');
  assert.ok(kept && kept !== given);
  assert.deepEqual(kept, given);
  for (const part of [kept, kept.marks, kept.groups, kept.draft, kept.lastMessage]) assert.ok(Object.isFrozen(part));
  assert.equal(kept.native, native);
  for (const part of [given, given.marks, given.draft, given.lastMessage, native]) assert.ok(!Object.isFrozen(part));
});

test('keeps a frozen conversation as the same object', () => {
  const given = Object.freeze(make('a'));
  assert.equal(new MemorySource({conversations: [given]}).get('a'), given);
});

test('never changes a snapshot it has handed out', async () => {
  const source = new MemorySource({conversations: [make('a', {unreadCount: 1})]});
  const before = source.get('a');
  const copy = structuredClone(before);
  source.receiveMessage({conversationId: 'a', text: 'new', mention: 'me'});
  await source.setMark(['a'], 'star', true);
  await source.setPinned('a', true);
  assert.deepEqual(before, copy);
  assert.notEqual(source.get('a'), before);
});

test('passes on fields of any value and counts what it can', async () => {
  const junk = {title: 7, marks: null, groups: 5, draft: 'x', lastMessage: 3, typing: {}};
  const counts = [Number.NaN, -1, 1.5, '7', null, undefined, 10n, Infinity, {}];
  const source = new MemorySource({
    conversations: [
      {...make('junk'), ...junk} as never,
      ...counts.map((unreadCount, i) => ({...make(`n${i}`), unreadCount}) as never),
    ],
  });
  assert.equal((source.get('junk') as unknown as typeof junk).marks, null);
  assert.ok(Number.isSafeInteger(await source.getTotalUnread()));
  const {conversations} = await source.getPage({limit: 50});
  assert.equal(conversations.length, 10);
});

test('tells what is upserted, with isNew only if all are new', () => {
  const source = new MemorySource({conversations: [make('a')]});
  const events = record(source);
  source.upsert([make('b'), make('c')]);
  source.upsert([make('b', {title: 'B2'}), make('d')]);
  source.upsert([make('d')]);
  source.upsert([]);
  assert.deepEqual(types(events), ['upsert', 'upsert', 'upsert']);
  assert.deepEqual(events.map((event) => event.type === 'upsert' && [event.isNew, ids(event.conversations)]), [
    [true, ['b', 'c']],
    [false, ['b', 'd']],
    [false, ['d']],
  ]);
  assert.equal(source.get('b')?.title, 'B2');
});

test('tells what is removed, and only what was there', () => {
  const source = new MemorySource({conversations: makeMany(4)});
  const events = record(source);
  source.remove(['c1', 'nobody', 'c1', 'c3'], 'left');
  source.remove(['nobody']);
  source.remove(['c0']);
  assert.deepEqual(events, [
    {type: 'remove', ids: ['c1', 'c3'], reason: 'left'},
    {type: 'remove', ids: ['c0'], reason: 'deleted'},
  ]);
  assert.deepEqual(ids(source.all()), ['c2']);
});

test('replaces everything as one complete snapshot', async () => {
  const source = new MemorySource({conversations: [make('a', {unreadCount: 2}), make('b')]});
  source.all();
  const events = record(source);
  source.replaceAll([make('b', {orderKey: 1n, unreadCount: 5}), make('c', {orderKey: 2n})]);
  assert.deepEqual(types(events), ['snapshot', 'unread']);
  const [snapshot, unread] = events;
  assert.ok(snapshot?.type === 'snapshot' && snapshot.complete);
  assert.deepEqual(ids(snapshot.conversations).sort(), ['b', 'c']);
  assert.deepEqual(unread, {type: 'unread', total: 5});
  assert.deepEqual(ids(source.all()), ['c', 'b']);
  source.replaceAll([]);
  assert.deepEqual([source.size, await source.getTotalUnread()], [0, 0]);
  assert.deepEqual(types(events), ['snapshot', 'unread', 'snapshot', 'unread']);
});

test('replaces everything with what it holds', () => {
  const source = new MemorySource({conversations: makeMany(5)});
  source.replaceAll(source.all().filter(({id}) => id !== 'c2'));
  assert.deepEqual(ids(source.all()), ['c0', 'c1', 'c3', 'c4']);
});

test('emits any event as it is', () => {
  const source = new MemorySource({conversations: [make('a')]});
  const events = record(source);
  const given: SourceEvent[] = [
    {type: 'connection', state: 'offline'},
    {type: 'reset', reason: 'gap'},
    {type: 'sync', phase: 'progress', progress: 0.5},
    {type: 'remove', ids: ['a']},
    {type: 'unread', total: 9, filter: {mark: 'star'}},
  ];
  for (const event of given) source.emit(event);
  assert.deepEqual(events, given);
  events.forEach((event, i) => assert.equal(event, given[i]));
  assert.equal(source.size, 1);
});

test('tells syncing start, finish and fail', () => {
  const source = new MemorySource();
  const events = record(source);
  const error = new SourceError('server', 'down');
  source.syncStart();
  source.syncFinish();
  source.syncFail(error);
  source.syncFail();
  assert.deepEqual(events.slice(0, 3), [
    {type: 'sync', phase: 'start'},
    {type: 'sync', phase: 'finish'},
    {type: 'sync', phase: 'fail', error},
  ]);
  const last = events[3];
  assert.ok(last?.type === 'sync' && last.error?.code === 'network' && last.error.retryable);
});

test('names groups that occur in conversations, and tells when a new one comes up', async () => {
  const source = new MemorySource({conversations: [make('a', {groups: ['family', 'work']})]});
  const events = record(source);
  assert.deepEqual(await source.groups.list(), [{id: 'family', name: 'family'}, {id: 'work', name: 'work'}]);
  source.upsert([make('b', {groups: ['work', 'choir']})]);
  assert.deepEqual(types(events), ['upsert', 'groups']);
  assert.equal((await source.groups.list()).length, 3);
  source.upsert([make('b', {groups: []})]);
  assert.deepEqual(types(events), ['upsert', 'groups', 'upsert']);
});
