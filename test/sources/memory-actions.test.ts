import assert from 'node:assert/strict';
import {test} from 'node:test';
import {SourceError, type OpResult} from '../../src/model/index.js';
import {MemorySource} from '../../src/sources/memory.js';
import {ids, make, PIN, record, types} from './memory-fixtures.js';

const NOW = 1_700_000_000_000;
const now = (): number => NOW;
const isNotFound = (error: unknown): boolean => error instanceof SourceError && error.code === 'not-found';

function outcome(results: readonly OpResult[]): [string, string | undefined][] {
  return results.map(({id, error}) => [id, error?.code]);
}

test('a draft raises its conversation; removing it leaves the place', async () => {
  const source = new MemorySource({now, conversations: [make('a', {activeAt: 1}), make('b', {orderKey: 5n})]});
  await source.setDraft('a', 'Dear');
  const draft = {text: 'Dear', editedAt: NOW};
  assert.deepEqual(source.get('a'), make('a', {activeAt: 1, orderKey: BigInt(NOW), draft}));
  assert.deepEqual(ids(source.all()), ['a', 'b']);
  await source.setDraft('a', null);
  assert.deepEqual(source.get('a'), make('a', {activeAt: 1, orderKey: BigInt(NOW)}));
  const events = record(source);
  await source.setDraft('b', '');
  await source.setDraft('b', null);
  assert.deepEqual([events.length, source.get('b')?.orderKey], [0, 5n]);
});

test('a draft never lowers, and keeps a pinned conversation pinned', async () => {
  const source = new MemorySource({
    now, conversations: [make('high', {orderKey: 10n ** 15n}), make('pin', {pinned: true, orderKey: PIN + 4n})],
  });
  await source.setDraft('high', 'x');
  await source.setDraft('pin', 'x');
  assert.deepEqual(['high', 'pin'].map((id) => source.get(id)?.orderKey), [10n ** 15n, PIN + BigInt(NOW)]);
});

test('pinning is folded into the order key, and taken out again', async () => {
  const source = new MemorySource({conversations: [make('a', {orderKey: 3n}), make('b', {orderKey: 9n})]});
  const events = record(source);
  await source.setPinned('a', true);
  assert.deepEqual(source.get('a'), make('a', {orderKey: PIN + 3n, pinned: true}));
  await source.setPinned('a', true);
  assert.equal(events.length, 1);
  assert.deepEqual(ids(source.all()), ['a', 'b']);
  await source.setPinned('a', false);
  assert.deepEqual(source.get('a'), make('a', {orderKey: 3n}));
  assert.deepEqual(ids(source.all()), ['b', 'a']);
});

test('setNotify changes the level, once', async () => {
  const source = new MemorySource({conversations: [make('a')]});
  const events = record(source);
  await source.setNotify('a', 'mentions');
  await source.setNotify('a', 'mentions');
  assert.deepEqual([source.get('a')?.notify, events.length], ['mentions', 1]);
});

test('reading takes back the count, the mention and the mark, and tells what changed once', async () => {
  const source = new MemorySource({
    conversations: [
      make('a', {unreadCount: 3, mention: 'me', unreadIsLowerBound: true, marks: ['star', 'unread']}),
      make('b', {marks: ['unread']}),
      make('c', {marks: ['star']}),
    ],
  });
  const events = record(source);
  const results = await source.markRead(['a', 'nobody', 'c', 'b', 'a']);
  assert.deepEqual(outcome(results), [['a', undefined], ['nobody', 'not-found'], ['c', undefined], ['b', undefined]]);
  assert.deepEqual(source.get('a'), make('a', {marks: ['star']}));
  assert.deepEqual(source.get('b'), make('b'));
  assert.deepEqual(types(events), ['upsert', 'unread']);
  assert.deepEqual(events[0]?.type === 'upsert' && ids(events[0].conversations), ['a', 'b']);
});

test('reading all reads those that have something unread', async () => {
  const source = new MemorySource({
    conversations: [
      make('count', {unreadCount: 3}), make('mark', {marks: ['unread']}), make('mention', {mention: 'all'}),
      make('silent', {unreadCount: 1, notify: 'off'}), make('read'),
    ],
  });
  const results = await source.markRead('all');
  assert.deepEqual(outcome(results).map(([id]) => id).sort(), ['count', 'mark', 'mention', 'silent']);
  assert.deepEqual(await source.markRead('all'), []);
  assert.ok(source.all().every((c) => c.unreadCount === 0 && c.marks.length === 0 && !c.mention));
});

test('marking unread by hand is a mark, and leaves the count', async () => {
  const source = new MemorySource({conversations: [make('a', {unreadCount: 2, marks: ['star']})]});
  const events = record(source);
  await source.markUnread('a', true);
  await source.markUnread('a', true);
  assert.deepEqual([source.get('a')?.marks, source.get('a')?.unreadCount, events.length], [['star', 'unread'], 2, 1]);
  await source.markUnread('a', false);
  assert.deepEqual(source.get('a')?.marks, ['star']);
});

test('hiding is a flag; showing takes back the flag and the mark', async () => {
  const source = new MemorySource({conversations: [make('a'), make('b', {marks: ['hide', 'star']})]});
  await source.setHidden('a', true);
  assert.deepEqual(source.get('a'), make('a', {hidden: true}));
  source.receiveMessage({conversationId: 'a'});
  assert.equal(source.get('a')?.hidden, true);
  await source.setHidden('a', false);
  await source.setHidden('b', false);
  assert.ok(!('hidden' in (source.get('a') ?? {})));
  assert.deepEqual(source.get('b')?.marks, ['star']);
});

test('marks and custom data are set on several at once, told once', async () => {
  const source = new MemorySource({conversations: [make('a', {marks: ['star']}), make('b')]});
  const events = record(source);
  assert.deepEqual(outcome(await source.setMark(['a', 'x', 'b'], 'star', true)), [
    ['a', undefined],
    ['x', 'not-found'],
    ['b', undefined],
  ]);
  assert.deepEqual(events[0]?.type === 'upsert' && ids(events[0].conversations), ['b']);
  await source.setMark(['a'], '4294967296', true);
  await source.setMark(['a'], 'star', false);
  assert.deepEqual(source.get('a')?.marks, ['4294967296']);
  assert.deepEqual(outcome(await source.setCustomData(['b', 'x'], '{"__proto__":1}')), [
    ['b', undefined],
    ['x', 'not-found'],
  ]);
  assert.equal(source.get('b')?.customData, '{"__proto__":1}');
  assert.deepEqual(types(events), ['upsert', 'upsert', 'upsert', 'upsert']);
});

test('deleting tells the ids and adjusts the total; a later message opens it anew', async () => {
  const source = new MemorySource({
    conversations: [
      make('a', {unreadCount: 3, pinned: true, orderKey: PIN, marks: ['star']}),
      make('b', {unreadCount: 4}),
    ],
  });
  const events = record(source);
  assert.deepEqual(outcome(await source.delete(['a', 'nobody'])), [['a', undefined], ['nobody', 'not-found']]);
  assert.deepEqual(events, [{type: 'remove', ids: ['a'], reason: 'deleted'}, {type: 'unread', total: 4}]);
  assert.equal(source.get('a'), undefined);
  assert.deepEqual(ids(source.all()), ['b']);
  await source.delete(['a']);
  assert.equal(events.length, 2);
  source.receiveMessage({conversationId: 'a', senderName: 'Ana', text: 'Still there?'});
  const [upsert] = events.slice(2);
  assert.ok(upsert?.type === 'upsert' && upsert.isNew === true);
  const {title, unreadCount, pinned, marks} = source.get('a') ?? assert.fail();
  assert.deepEqual([title, unreadCount, pinned, marks], ['Ana', 1, false, []]);
});

test('clearing the history keeps the conversation at its place', async () => {
  const source = new MemorySource({
    conversations: [
      make('a', {orderKey: 7n, unreadCount: 3, mention: 'me', lastMessage: {type: 'text', state: 'normal'}}),
      make('b', {orderKey: 5n}),
    ],
  });
  const events = record(source);
  await source.clearHistory('a');
  assert.deepEqual(source.get('a'), make('a', {orderKey: 7n, lastMessage: null}));
  assert.deepEqual(ids(source.all()), ['a', 'b']);
  await source.clearHistory('a');
  assert.deepEqual(types(events), ['upsert', 'unread']);
});

test('typing and presence come and go; of the unknown they say nothing', () => {
  const source = new MemorySource({conversations: [make('a')]});
  const events = record(source);
  source.setTyping('a', ['Ana', 'Ben']);
  source.setPresence('a', 'online');
  assert.deepEqual(source.get('a'), make('a', {typing: ['Ana', 'Ben'], presence: 'online'}));
  source.setPresence('a', 'online');
  source.setTyping('a', []);
  source.setPresence('a', undefined);
  assert.deepEqual(source.get('a'), make('a'));
  source.setTyping('a', []);
  source.setTyping('nobody', ['Ana']);
  source.setPresence('nobody', 'busy');
  assert.deepEqual([events.length, source.size], [4, 1]);
});

test('an action on one conversation that is not there rejects with not-found, and tells nothing', async () => {
  const source = new MemorySource();
  const events = record(source);
  for (const call of [
    source.setPinned('x', true), source.setNotify('x', 'off'), source.setDraft('x', 'y'), source.setHidden('x', true),
    source.markUnread('x', true), source.clearHistory('x'),
  ]) {
    await assert.rejects(call, isNotFound);
  }
  assert.deepEqual(events, []);
});

test('actions at the same time all take effect', async () => {
  const source = new MemorySource({conversations: [make('a')]});
  await Promise.all([source.setPinned('a', true), source.setMark(['a'], 'star', true), source.setDraft('a', 'x')]);
  const a = source.get('a');
  assert.deepEqual([a?.pinned, a?.marks, a?.draft?.text], [true, ['star'], 'x']);
});

test('groups are created, renamed, filled, emptied and deleted', async () => {
  const source = new MemorySource({conversations: [make('a'), make('b'), make('c')]});
  const {groups} = source;
  const events = record(source);
  const group = await groups.create('Family', ['a', 'nobody', 'b']);
  assert.equal(group.name, 'Family');
  assert.deepEqual(types(events.splice(0)), ['groups', 'upsert']);
  assert.deepEqual(source.get('a')?.groups, [group.id]);

  await groups.rename(group.id, 'Kin');
  assert.deepEqual(events.splice(0), [{type: 'groups', groups: [{id: group.id, name: 'Kin'}]}]);
  assert.deepEqual(source.get('a')?.groups, [group.id]);

  assert.deepEqual(outcome(await groups.add(group.id, ['b', 'c', 'x'])), [
    ['b', undefined],
    ['c', undefined],
    ['x', 'not-found'],
  ]);
  assert.deepEqual(events.map((event) => event.type === 'upsert' && ids(event.conversations)), [['c']]);
  assert.deepEqual(outcome(await groups.remove(group.id, ['b', 'x'])), [['b', undefined], ['x', 'not-found']]);
  assert.deepEqual(source.get('b')?.groups, []);
  const {conversations} = await source.getPage({limit: 9, filter: {group: group.id}});
  assert.deepEqual(ids(conversations), ['a', 'c']);

  events.length = 0;
  await groups.delete(group.id);
  assert.deepEqual(types(events), ['upsert', 'groups']);
  assert.ok(source.all().every((c) => c.groups.length === 0));
  assert.equal(source.size, 3);
  assert.deepEqual(await groups.list(), []);
});

test('groups of one name are two, and a renamed one frees its name', async () => {
  const {groups} = new MemorySource();
  const first = await groups.create('Work', []);
  const second = await groups.create('Work', []);
  assert.notEqual(first.id, second.id);
  await groups.rename(first.id, 'Old');
  const third = await groups.create('Work', []);
  assert.equal(new Set([first.id, second.id, third.id]).size, 3);
  assert.deepEqual((await groups.list()).map(({name}) => name), ['Old', 'Work', 'Work']);
});

test('an action on a group that is not there rejects with not-found', async () => {
  const source = new MemorySource({conversations: [make('a')]});
  const {groups} = source;
  for (const call of [groups.rename('x', 'y'), groups.delete('x'), groups.add('x', ['a']), groups.remove('x', ['a'])]) {
    await assert.rejects(call, isNotFound);
  }
  assert.deepEqual(source.get('a')?.groups, []);
});
