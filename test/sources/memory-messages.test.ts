import assert from 'node:assert/strict';
import {mock, test} from 'node:test';
import {SourceError} from '../../src/model/index.js';
import {MemorySource} from '../../src/sources/memory.js';
import {ids, make, PIN, record, tick, types} from './memory-fixtures.js';

const NOW = 1_700_000_000_000;
const now = (): number => NOW;

test('a message shows as the last one, raises its conversation and counts as unread', () => {
  const source = new MemorySource({now, conversations: [make('a'), make('b', {orderKey: 5n})]});
  const events = record(source);
  const message = source.receiveMessage({conversationId: 'a', senderId: 'u1', senderName: 'Ana', text: 'Hello'});
  assert.equal(typeof message.id, 'string');
  assert.deepEqual(message, {
    id: message.id, type: 'text', senderId: 'u1', senderName: 'Ana', text: 'Hello', sentAt: NOW, state: 'normal',
  });
  const a = source.get('a');
  assert.deepEqual(a, make('a', {orderKey: BigInt(NOW), activeAt: NOW, unreadCount: 1, lastMessage: message}));
  assert.deepEqual(ids(source.all()), ['a', 'b']);
  assert.deepEqual(events, [
    {type: 'upsert', conversations: [a], isNew: false},
    {type: 'unread', total: 1},
  ]);
});

test('messages get ids of their own, unless they have one', () => {
  const source = new MemorySource();
  const messages = source.receiveMessages(
    ['a', 'a', 'b'].map((conversationId) => ({conversationId})),
  );
  assert.equal(new Set(messages.map(({id}) => id)).size, 3);
  assert.equal(source.receiveMessage({conversationId: 'a', id: 'mine'}).id, 'mine');
});

test('a message carries its type, time and sender as given', () => {
  const source = new MemorySource({now, selfId: 'me'});
  source.receiveMessage({conversationId: 'a', id: 'm', type: 'image', sentAt: 5, senderName: 'Ana'});
  assert.deepEqual(source.get('a')?.lastMessage, {
    id: 'm', type: 'image', sentAt: 5, senderName: 'Ana', state: 'normal',
  });
});

test('a message in an unknown conversation opens it', async () => {
  const source = new MemorySource({now});
  const events = record(source);
  source.receiveMessage({conversationId: 'x', senderName: 'Ana', text: 'Hi'});
  source.receiveMessage({conversationId: 'y'});
  source.receiveMessage({conversationId: 'z', senderName: 'Me', isOwn: true});
  source.receiveMessage({
    conversationId: 'g',
    senderName: 'Ana',
    conversation: {
      id: 'ignored', title: 'Choir', type: 'group', pinned: true, avatarUrl: 'https://a.test/x', groups: ['fun'],
    },
  });
  const upserts = events.filter((event) => event.type === 'upsert');
  assert.deepEqual(upserts.map(({isNew}) => isNew), [true, true, true, true]);
  assert.deepEqual(['x', 'y', 'z'].map((id) => source.get(id)?.title), ['Ana', 'y', 'z']);
  assert.equal(source.get('x')?.type, 'direct');
  assert.equal(source.get('z')?.unreadCount, 0);
  const {title, type, avatarUrl, orderKey, unreadCount} = source.get('g') ?? assert.fail();
  assert.deepEqual([title, type, avatarUrl], ['Choir', 'group', 'https://a.test/x']);
  assert.deepEqual([orderKey, unreadCount], [PIN + BigInt(NOW), 1]);
  assert.equal(source.get('ignored'), undefined);
  assert.deepEqual(await source.groups.list(), [{id: 'fun', name: 'fun'}]);
});

test('facts for a new conversation do not change a known one', () => {
  const source = new MemorySource({conversations: [make('a')]});
  source.receiveMessage({conversationId: 'a', conversation: {title: 'other', pinned: true}});
  assert.deepEqual([source.get('a')?.title, source.get('a')?.pinned], ['A', false]);
});

test('the order key only grows: an old message shows but does not lower its conversation', () => {
  const source = new MemorySource({conversations: [make('a', {orderKey: 10n ** 15n})], now});
  source.receiveMessage({conversationId: 'a', text: 'late', sentAt: 5.7});
  assert.equal(source.get('a')?.orderKey, 10n ** 15n);
  assert.equal(source.get('a')?.lastMessage?.text, 'late');
});

test('a pinned conversation stays above all others', () => {
  const source = new MemorySource({now, conversations: [make('p', {pinned: true, orderKey: PIN + 1n}), make('a')]});
  source.receiveMessage({conversationId: 'a', sentAt: NOW + 1_000});
  assert.deepEqual(ids(source.all()), ['p', 'a']);
  source.receiveMessage({conversationId: 'p'});
  assert.equal(source.get('p')?.orderKey, PIN + BigInt(NOW));
});

test('an own message from elsewhere does not count as unread, nor mention', () => {
  const source = new MemorySource({selfId: 'me', conversations: [make('a', {unreadCount: 4})]});
  source.receiveMessage({conversationId: 'a', isOwn: true, mention: 'all'});
  const {unreadCount, mention, lastMessage} = source.get('a') ?? assert.fail();
  assert.deepEqual([unreadCount, mention, lastMessage?.isOwn, lastMessage?.senderId], [4, undefined, true, 'me']);
});

test('mentions add up until they are read', async () => {
  const source = new MemorySource({conversations: [make('a')]});
  const seen = (['me', 'me', 'all', 'me', undefined] as const).map((mention) => {
    source.receiveMessage({conversationId: 'a', ...(mention && {mention})});
    return source.get('a')?.mention;
  });
  assert.deepEqual(seen, ['me', 'me', 'both', 'both', 'both']);
  await source.markRead(['a']);
  assert.ok(!('mention' in (source.get('a') ?? {})));
});

test('a message excluded from the last message leaves preview, time and place, and counts as unread', () => {
  const lastMessage = {id: 'm1', type: 'text', text: 'before', sentAt: 3, state: 'normal'} as const;
  const before = make('a', {orderKey: 3n, activeAt: 3, lastMessage});
  const source = new MemorySource({conversations: [before, make('b', {orderKey: 9n})], now});
  const events = record(source);
  source.receiveMessage({conversationId: 'a', type: 'tip', mention: 'me'}, {excludedFromLastMessage: true});
  assert.deepEqual(source.get('a'), {...before, unreadCount: 1, mention: 'me'});
  assert.deepEqual(ids(source.all()), ['b', 'a']);
  assert.deepEqual(types(events), ['upsert', 'unread']);
  source.receiveMessage({conversationId: 'a', isOwn: true}, {excludedFromLastMessage: true});
  assert.equal(events.length, 2, 'nothing changed');
  source.receiveMessage({conversationId: 'a', text: 'after'}, {excludedFromLastMessage: false});
  assert.equal(source.get('a')?.lastMessage?.text, 'after');
});

test('an excluded message that opens a conversation gives it a place, but no last message', () => {
  const source = new MemorySource({now});
  source.receiveMessage({conversationId: 'a'}, {excludedFromLastMessage: true});
  const a = source.get('a');
  assert.deepEqual([a?.orderKey, a?.lastMessage, a?.unreadCount], [BigInt(NOW), null, 1]);
});

test('a batch is told as one, each conversation once, and equals its messages one by one', () => {
  const messages = Array.from({length: 50}, (_, i) => ({
    conversationId: `c${i % 7}`, id: `m${i}`, text: `t${i}`, sentAt: NOW + ((i * 13) % 29), isOwn: i % 5 === 0,
    ...(i % 11 === 0 && {mention: i % 2 ? ('me' as const) : ('all' as const)}),
  }));
  const conversations = [make('c1', {unreadCount: 2}), make('c2', {notify: 'silent'})];
  const one = new MemorySource({conversations});
  const many = new MemorySource({conversations});
  const events = record(many);
  assert.deepEqual(many.receiveMessages(new Set(messages)), messages.map((message) => one.receiveMessage(message)));
  assert.deepEqual(many.all(), one.all());
  assert.deepEqual(types(events), ['upsert', 'unread']);
  const [upsert, unread] = events;
  assert.ok(upsert?.type === 'upsert' && unread?.type === 'unread');
  assert.equal(upsert.isNew, false);
  assert.deepEqual(ids(upsert.conversations), ['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6']);
  assert.equal(unread.total, one.all().reduce((sum, c) => sum + (c.notify === 'silent' ? 0 : c.unreadCount), 0));
  many.receiveMessages([]);
  assert.equal(events.length, 2);
});

test('sending shows at once, clears the draft and settles after the latency', async () => {
  mock.timers.enable({apis: ['setTimeout']});
  try {
    const conversations = [make('a', {unreadCount: 2, draft: {text: 'He'}})];
    const source = new MemorySource({now, selfId: 'me', latencyMs: 40, conversations});
    const events = record(source);
    const sending = source.sendMessage({conversationId: 'a', text: 'Hello'});
    const shown = source.get('a') ?? assert.fail();
    const {state, isOwn, senderId} = shown.lastMessage ?? assert.fail();
    assert.deepEqual([state, isOwn, senderId], ['sending', true, 'me']);
    assert.deepEqual([shown.orderKey, shown.unreadCount, 'draft' in shown], [BigInt(NOW), 2, false]);
    mock.timers.tick(40);
    const sent = await sending;
    assert.equal(sent.state, 'normal');
    assert.deepEqual(source.get('a'), {...shown, lastMessage: sent});
    assert.deepEqual(types(events), ['upsert', 'upsert']);
  } finally {
    mock.timers.reset();
  }
});

test('sending that fails says so in the list and to the caller', async () => {
  const source = new MemorySource({conversations: [make('a'), make('b')]});
  await assert.rejects(
    source.sendMessage({conversationId: 'a', text: 'x'}, {fail: true}),
    (error) => error instanceof SourceError && error.code === 'network' && error.retryable,
  );
  assert.equal(source.get('a')?.lastMessage?.state, 'failed');
  const blocked = new SourceError('forbidden', 'blocked');
  await assert.rejects(source.sendMessage({conversationId: 'b'}, {fail: blocked}), (error) => error === blocked);
  assert.equal(source.get('b')?.lastMessage?.state, 'failed');
  const aborted = source.sendMessage({conversationId: 'b'}, {signal: AbortSignal.abort()});
  await assert.rejects(aborted, (error) => error instanceof SourceError && error.code === 'aborted');
  assert.equal(source.get('b')?.lastMessage?.state, 'failed');
  assert.equal((await source.sendMessage({conversationId: 'a'}, {fail: false})).state, 'normal');
});

test('sending that settles late leaves a newer message and a deleted conversation alone', async () => {
  const source = new MemorySource({conversations: [make('a'), make('b')]});
  const sends = ['a', 'b'].map((conversationId) => source.sendMessage({conversationId}));
  const newer = source.receiveMessage({conversationId: 'a', text: 'newer'});
  source.remove(['b']);
  await Promise.all(sends);
  assert.deepEqual(source.get('a')?.lastMessage, newer);
  assert.equal(source.get('b'), undefined);
});

test('sending to someone new opens the conversation, not under the own name', async () => {
  const source = new MemorySource({selfId: 'me'});
  await source.sendMessage({conversationId: 'x', senderName: 'Me', conversation: {targetId: 'u9'}});
  assert.deepEqual([source.get('x')?.title, source.get('x')?.targetId, source.get('x')?.unreadCount], ['x', 'u9', 0]);
});

test('an excluded message that is sent clears the draft and changes nothing else', async () => {
  const before = make('a', {orderKey: 3n, lastMessage: null});
  const source = new MemorySource({conversations: [{...before, draft: {text: 'x'}}]});
  const events = record(source);
  await source.sendMessage({conversationId: 'a'}, {excludedFromLastMessage: true});
  assert.deepEqual(source.get('a'), before);
  assert.equal(events.length, 1);
  await source.sendMessage({conversationId: 'a'}, {excludedFromLastMessage: true});
  assert.equal(events.length, 1);
});

test('recalling shows if it was the last message, and the conversation keeps its place', async () => {
  const source = new MemorySource({now, conversations: [make('b', {orderKey: 1n})]});
  const first = source.receiveMessage({conversationId: 'a', text: '1'});
  const second = source.receiveMessage({conversationId: 'a', text: '2'});
  const before = source.get('a') ?? assert.fail();
  const events = record(source);
  source.recallMessage('a', first.id ?? '');
  source.recallMessage('nobody', 'm');
  source.recallMessage('b', 'm');
  await tick();
  assert.deepEqual(events, []);
  source.recallMessage('a', second.id ?? '');
  assert.deepEqual(source.get('a'), {...before, lastMessage: {...second, state: 'recalled'}});
  assert.deepEqual(types(events), ['upsert']);
});
