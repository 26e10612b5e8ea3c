import assert from 'node:assert/strict';
import {mock, test} from 'node:test';
import {SourceError, type Conversation, type SourceEvent} from '../../src/model/index.js';
import {RongSource, type RongSourceOptions} from '../../src/sources/rong.js';
import {ConversationStore} from '../../src/store/conversation-store.js';
import {FakeRong} from './fakes/rong.js';
import {rounds} from './support/rounds.js';

const BOB = '1|bob';

const settle = (count = 5): Promise<void> => rounds(count);

function setUp(prepare: (sdk: FakeRong) => void = (sdk) => void sdk.add(1, 'bob'), options: RongSourceOptions = {}): {
  sdk: FakeRong;
  source: RongSource;
  events: SourceEvent[];
  /** As last told. */
  told: (id?: string) => Conversation;
} {
  const sdk = new FakeRong();
  prepare(sdk);
  const source = new RongSource(sdk, {timeoutMs: 50, ...options});
  const events: SourceEvent[] = [];
  source.subscribe((event) => events.push(event));
  const told = (id = BOB): Conversation =>
    events.flatMap((event) => (event.type === 'upsert' ? event.conversations : [])).findLast((c) => c.id === id) ??
    assert.fail(`nothing was told of ${id}`);
  return {sdk, source, events, told};
}

async function all(source: RongSource, limit = 100): Promise<readonly Conversation[]> {
  const rows: Conversation[] = [];
  let page = await source.getPage({limit});
  rows.push(...page.conversations);
  while (!page.done) {
    page = await source.getPage({limit, cursor: page.cursor});
    rows.push(...page.conversations);
  }
  return rows;
}

const names = (rows: readonly Conversation[]): (string | undefined)[] => rows.map(({targetId}) => targetId);
const calls = (sdk: FakeRong, name: string): unknown[][] => sdk.calls.filter(([call]) => call === name);
const coded = (code: string) => (error: unknown) => error instanceof SourceError && error.code === code;

test('results that are not ok reject with a code to act on', async () => {
  const {sdk, source} = setUp();
  const cases: [number, string, boolean][] = [
    [33001, 'not-ready', true],
    [30002, 'network', true],
    [30003, 'timeout', true],
    [-1, 'timeout', true],
    [20607, 'rate-limited', true],
    [33103, 'rate-limited', true],
    [31004, 'auth', false],
    [31010, 'auth', false],
    [34232, 'invalid-argument', false],
    [26004, 'limit-exceeded', false],
    [35008, 'server', true],
    [4711, 'unknown', true],
  ];
  for (const [code, expected, retryable] of cases) {
    sdk.failures.push(code);
    await assert.rejects(source.getPage({limit: 9}), (error) => {
      assert.ok(error instanceof SourceError);
      assert.deepEqual([error.code, error.retryable, error.nativeCode], [expected, retryable, code]);
      return true;
    });
  }
  for (const answer of [undefined, null, 5, {}, {isOk: 'yes'}]) {
    sdk.getTopConversationList = async () => answer as never;
    await assert.rejects(source.getPage({limit: 9}), SourceError);
  }
  for (const data of [undefined, {}, 5]) {
    sdk.getTopConversationList = async () => ({isOk: true, code: 0, data}) as never;
    await assert.rejects(source.getPage({limit: 9}), coded('invalid-data'));
  }
});

test('before init() the SDK throws where it does not answer with a promise', async () => {
  const {sdk, source, events} = setUp((sdk) => {
    sdk.add(1, 'bob');
    sdk.state = 'new';
  });
  assert.equal(source.selfId, '');
  await assert.rejects(source.getPage({limit: 9}), coded('not-ready'));
  sdk.connect();
  await settle();
  assert.deepEqual(events, [
    {type: 'connection', state: 'online'},
    {type: 'reset', reason: 'login'},
    {type: 'sync', phase: 'start'},
    {type: 'sync', phase: 'finish'},
    {type: 'groups', groups: []},
  ]);
  assert.deepEqual([source.selfId, names(await all(source))], ['me', ['bob']]);
});

test('a connection that breaks ends the sync', () => {
  const {sdk, events} = setUp();
  sdk.emit('CONNECTED');
  sdk.emit('SUSPEND', 30002);
  const [connection, sync] = events.slice(-2);
  assert.deepEqual(connection, {type: 'connection', state: 'offline'});
  assert.ok(sync?.type === 'sync' && sync.phase === 'fail' && sync.error?.code === 'network');
});

for (const [code, state] of [[31010, 'kicked'], [31023, 'kicked'], [31009, 'kicked'], [31004, 'expired'], [31020, 'expired'], [30002, 'offline']] as const) {
  test(`a disconnection by ${code} is told as ${state}, and is no logout`, () => {
    const {sdk, events} = setUp();
    sdk.emit('DISCONNECT', code);
    assert.deepEqual(events, [{type: 'connection', state}]);
  });
}

test('the list keeps its rows while kicked, and is right again after the next login', async () => {
  const {sdk, source} = setUp();
  const store = new ConversationStore();
  store.source = source;
  store.connect();
  store.want(10);
  await settle(20);
  assert.deepEqual([names([...store.snapshot.rows]), store.snapshot.unreadTotal], [['bob'], 0]);
  sdk.emit('DISCONNECT', 31010);
  sdk.state = 'initialised';
  await store.loadMore();
  await settle();
  assert.deepEqual([store.snapshot.connection, names([...store.snapshot.rows])], ['kicked', ['bob']]);
  sdk.add(1, 'eve', {unread: 2});
  sdk.connect();
  await settle(20);
  assert.deepEqual([store.snapshot.connection, names([...store.snapshot.rows])], ['online', ['eve', 'bob']]);
  sdk.conversations.clear();
  sdk.add(1, 'zoe');
  sdk.connect('other');
  await settle(20);
  assert.deepEqual(names([...store.snapshot.rows]), ['zoe']);
  store.disconnect();
});

test('pinned conversations come first and once, the loader is asked only when a page needs it', async () => {
  const {sdk, source} = setUp((sdk) => {
    for (let i = 0; i < 250; i++) sdk.add(1, `u${i}`, {isTop: i === 5 || i === 50});
  });
  const first = await source.getPage({limit: 30});
  assert.deepEqual(names(first.conversations).slice(0, 3), ['u50', 'u5', 'u249']);
  assert.equal(calls(sdk, 'load').length, 1);
  const rows = await all(source, 40);
  assert.deepEqual([rows.length, new Set(rows.map(({id}) => id)).size], [250, 250]);
});

test('a loader is never asked while it loads, nor for more than it gives', async () => {
  const {sdk, source} = setUp((sdk) => {
    for (let i = 0; i < 250; i++) sdk.add(1, `u${i}`);
  });
  const lists = await Promise.all([all(source, 20), all(source, 2 ** 31 - 1), all(source, 70)]);
  assert.deepEqual(lists.map(({length}) => length), [250, 250, 250]);
  assert.ok(calls(sdk, 'load').every(([, count]) => count === 100));
});

test('a loader that never answers is given up for a new one', async () => {
  const {sdk, source} = setUp((sdk) => {
    for (let i = 0; i < 250; i++) sdk.add(1, `u${i}`);
  });
  const first = await source.getPage({limit: 100});
  sdk.hanging.add('load');
  await assert.rejects(source.getPage({limit: 100, cursor: first.cursor}), coded('timeout'));
  sdk.hanging.clear();
  const second = await source.getPage({limit: 100, cursor: first.cursor});
  assert.deepEqual([second.conversations.length, second.conversations[0]?.targetId], [100, 'u149']);
});

test('half-filled conversations are left out or repaired', async () => {
  const {sdk, source} = setUp();
  const broken = [
    null, undefined, 5, {}, {conversationType: 1}, {targetId: 'x'}, {conversationType: 1, targetId: ''},
    {conversationType: 4, targetId: 'room'},
    {conversationType: 1, targetId: 'a'},
    {conversationType: 99, targetId: 'b', unreadMessageCount: -1, latestMessage: {content: null, sentTime: 'x'}},
  ];
  const loader = {hasMore: false, load: async () => ({isOk: true, code: 0, data: broken as never[]})};
  sdk.createConversationListLoader = async () => ({isOk: true, code: 0, data: loader});
  const [a, b, ...more] = await all(source);
  assert.deepEqual(more, []);
  assert.deepEqual([a?.title, a?.lastMessage, a?.unreadCount, a?.orderKey], ['a', undefined, 0, 0n]);
  assert.deepEqual([b?.type, b?.unreadCount, b?.lastMessage?.type, b?.lastMessage?.sentAt], ['unknown', 0, 'unknown', undefined]);
});

test('an event that leaves fields out changes only what it names', async () => {
  const {sdk, source, told} = setUp((sdk) => void sdk.add(1, 'bob', {unread: 2, level: 5, isTop: true}));
  await all(source);
  const conversation = {conversationType: 1, targetId: 'bob', unreadMessageCount: 3, notificationLevel: undefined};
  sdk.emit('CONVERSATION', {conversationList: [{conversation}]});
  const {unreadCount, notify, pinned, lastMessage} = told();
  assert.deepEqual([unreadCount, notify, pinned, lastMessage?.type], [3, 'silent', true, 'text']);
});

test('levels, types, messages and mentions are the model\'s', async () => {
  const {sdk, source} = setUp((sdk) => {
    const message = (messageType: string, content: object, more: object = {}): {last: object} => ({
      last: {messageType: `RC:${messageType}`, content, ...more},
    });
    const own = {messageDirection: 1, senderUserId: 'me'};
    sdk.add(1, 'voice', message('HQVCMsg', {duration: 7, content: 'bytes'}));
    sdk.add(1, 'file', message('FileMsg', {name: 'plan.pdf'}, {...own, sentStatus: 50}));
    sdk.add(1, 'recalled', message('RcNtf', {content: 'x'}));
    sdk.add(1, 'sending', message('TxtMsg', {content: 'x'}, {...own, sentStatus: 10}));
    sdk.add(1, 'failed', message('TxtMsg', {content: 'x'}, {...own, sentStatus: 20}));
    sdk.add(1, 'custom', message('', {}, {messageType: 'app:poll'}));
    sdk.add(1, 'named', message('TxtMsg', {content: 'x', user: {name: 'Nora', portraitUri: 'https://a.test/n'}}));
    sdk.add(3, 'levels', {level: 4, mentioned: {type: 2, me: 1}});
    sdk.add(3, 'all', {level: -1, mentioned: {type: 1, me: 0}});
    sdk.add(6, 'system');
    sdk.add(8, 'public');
  });
  const rows = new Map((await all(source)).map((c) => [c.targetId, c]));
  const last = (id: string): unknown => {
    const {type, text, state, fileName, durationMs, deliveryState} = rows.get(id)?.lastMessage ?? {};
    return [type, text, state, fileName, durationMs, deliveryState].filter((value) => value !== undefined);
  };
  assert.deepEqual(last('voice'), ['voice', 'normal', 7000]);
  assert.deepEqual(last('file'), ['file', 'normal', 'plan.pdf', 'read']);
  assert.deepEqual(last('recalled'), ['RC:RcNtf', 'recalled']);
  assert.deepEqual(last('sending'), ['text', 'x', 'sending']);
  assert.deepEqual(last('failed'), ['text', 'x', 'failed']);
  assert.deepEqual(last('custom'), ['app:poll', 'normal']);
  assert.deepEqual([rows.get('named')?.title, rows.get('named')?.avatarUrl], ['Nora', 'https://a.test/n']);
  assert.deepEqual([rows.get('levels')?.notify, rows.get('levels')?.mention], ['mentions', 'me']);
  assert.deepEqual([rows.get('all')?.notify, rows.get('all')?.mention], ['all', 'all']);
  assert.deepEqual([rows.get('system')?.type, rows.get('public')?.type], ['system', 'channel']);
  assert.ok(sdk.calls.length > 0);
});

test('tags are groups: told when they or those in them change, by calls of 20', async () => {
  const {sdk, source, events, told} = setUp((sdk) => {
    for (let i = 0; i < 45; i++) sdk.add(1, `u${i}`);
    sdk.tags.set('t', {name: 'Work', members: new Set(['1|u1'])});
  });
  const rows = await all(source);
  assert.deepEqual(rows.filter(({groups}) => groups.includes('t')).map(({id}) => id), ['1|u1']);
  sdk.tags.get('t')?.members.add('1|u2');
  // It does not say which.
  sdk.emit('CONVERSATION_TAG');
  await settle();
  const upserts = events.filter(({type}) => type === 'upsert');
  assert.deepEqual([upserts.length, told('1|u2').groups], [1, ['t']]);
  sdk.tags.set('n', {name: 'New', members: new Set()});
  sdk.emit('TAG');
  await settle();
  assert.deepEqual(events.at(-1), {type: 'groups', groups: [{id: 't', name: 'Work'}, {id: 'n', name: 'New'}]});
  const results = await source.groups?.add('n', ['nonsense', ...rows.map(({id}) => id)]);
  assert.deepEqual([results?.length, results?.filter(({error}) => error).map(({id}) => id)], [46, ['nonsense']]);
  assert.deepEqual(calls(sdk, 'addConversationsToTag').map(([, , ids]) => (ids as unknown[]).length), [20, 20, 5]);
});

test('without hosted profiles ids are the names, and everything else works', async () => {
  const {sdk, source} = setUp();
  sdk.hosted = false;
  sdk.names.set(BOB, 'Bob');
  assert.deepEqual((await all(source)).map(({title}) => title), ['bob']);
});

test('the app\'s own profiles are asked for once', async () => {
  let asked = 0;
  const profiles: RongSourceOptions['profiles'] = async (targets) => {
    asked += targets.length;
    return targets.map(({targetId}) => ({title: targetId.toUpperCase()}));
  };
  const {source} = setUp(undefined, {profiles});
  assert.deepEqual((await all(source)).map(({title}) => title), ['BOB']);
  await all(source);
  assert.equal(asked, 1);
});

test('the unread total is the SDK\'s own, by types, and told when it changes', async () => {
  const {sdk, source, events} = setUp((sdk) => {
    sdk.add(1, 'bob', {unread: 3});
    sdk.add(3, '7', {unread: 4});
    sdk.add(1, 'muted', {unread: 5, level: 5});
  });
  await all(source);
  assert.deepEqual([await source.getTotalUnread(), await source.getTotalUnread({types: ['group']})], [7, 4]);
  assert.equal(await source.getTotalUnread({types: ['channel']}), 0);
  await assert.rejects(source.getTotalUnread({pinned: true}), coded('unsupported'));
  sdk.arrive(BOB);
  sdk.arrive(BOB);
  await settle();
  assert.deepEqual(events.filter(({type}) => type === 'unread'), [{type: 'unread', total: 9}]);
});

test('typing, presence, receipts, edits and names', async () => {
  const {sdk, source, told} = setUp((sdk) => {
    sdk.add(1, 'bob');
    sdk.add(3, '7');
    sdk.names.set('3|7', 'Seven');
  });
  await all(source);
  const target = {conversationType: 1, targetId: 'bob', channelId: ''};
  sdk.emit('TYPING_STATUS', {status: [{...target, list: [{userId: 'bob', timestamp: 1, messageType: 'RC:TxtMsg'}]}]});
  assert.deepEqual(told().typing, ['bob']);
  sdk.emit('TYPING_STATUS', {status: [{...target, list: []}]});
  assert.equal(told().typing, undefined);
  sdk.emit('SUBSCRIBED_USER_STATUS_CHANGE', [{userId: 'bob', details: [{eventValue: 1}]}]);
  await settle();
  assert.equal(told().presence, 'online');
  sdk.emit('READ_RECEIPT_RECEIVED', {conversation: target, messageUId: 'm', sentTime: 77});
  await settle();
  assert.equal(told().readUpTo, 77);
  sdk.emit('MESSAGE_READ_RECEIPT_V4', {privateReadReceipt: {...target, endMsgTime: 88}});
  await settle();
  assert.equal(told().readUpTo, 88);
  const last = sdk.conversations.get(BOB)?.last ?? assert.fail();
  last.content = {content: 'Edited'};
  sdk.emit('MESSAGE_MODIFIED', [last]);
  await settle();
  assert.equal(told().lastMessage?.text, 'Edited');
  sdk.names.set('3|7', 'Seven of nine');
  sdk.emit('GROUP_INFO_CHANGED', {groupInfo: {groupId: '7'}});
  await settle();
  assert.equal(told('3|7').title, 'Seven of nine');
});

test('what only a new look can tell sets off a new look', async () => {
  const {sdk, source, events} = setUp();
  await all(source);
  for (const type of ['CONVERSATIONS_SYNCED', 'CONVERSATIONS_SETTINGS_SYNCED', 'SYNC_SERVER_SAVE_UNREAD_COMPLETED']) {
    sdk.emit(type, 0);
    assert.deepEqual(events.at(-1), {type: 'reset', reason: 'gap'});
  }
});

test('what is handed out is frozen, and the SDK\'s own only as `native`', async () => {
  const {source, sdk, told} = setUp();
  const [row] = await all(source);
  assert.ok(row);
  for (const part of [row, row.marks, row.groups, row.lastMessage]) assert.ok(Object.isFrozen(part));
  assert.equal((row.native as {targetId: string}).targetId, 'bob');
  sdk.arrive(BOB);
  assert.equal(told().unreadCount, 1);
  await settle();
  assert.notEqual(told().lastMessage?.text, 'changed afterwards');
});

test('tags, drafts and names are not waited for for ever', async (t) => {
  t.after(() => mock.timers.reset());
  mock.timers.enable({apis: ['setTimeout']});
  const {sdk, source} = setUp(undefined, {timeoutMs: 60_000});
  sdk.hanging.add('getTagsFromConversation').add('getUserProfiles');
  const page = source.getPage({limit: 9});
  for (let i = 0; i < 4; i++) {
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    mock.timers.tick(3000);
  }
  assert.deepEqual(names((await page).conversations), ['bob']);
  source.dispose();
});

test('malformed events do no harm', async (t) => {
  const {sdk, source, events} = setUp();
  await all(source);
  const errors = t.mock.method(console, 'error', () => undefined);
  for (const type of ['CONVERSATION', 'TYPING_STATUS', 'MESSAGE_MODIFIED', 'SYNC_READ_STATUS', 'SUBSCRIBED_USER_STATUS_CHANGE']) {
    for (const event of [undefined, null, {}, [null]]) sdk.emit(type, event);
  }
  await settle();
  assert.ok(errors.mock.callCount() > 0);
  assert.deepEqual(events.filter(({type}) => type !== 'upsert'), []);
  assert.equal((await all(source)).length, 1);
});

test('an older SDK offers what it has', async () => {
  const sdk = new FakeRong();
  sdk.add(1, 'bob');
  for (const name of ['addTag', 'saveTextMessageDraft', 'clearAllMessagesUnreadStatus']) {
    Object.defineProperty(sdk, name, {value: undefined});
  }
  const source = new RongSource(sdk);
  const ops = ['pin', 'notify', 'markRead', 'delete', 'clearHistory'];
  assert.deepEqual([[...source.capabilities.ops], source.groups, source.setDraft], [ops, undefined, undefined]);
});
