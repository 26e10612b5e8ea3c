import assert from 'node:assert/strict';
import {mock, test} from 'node:test';
import {SourceError, type Conversation, type SourceEvent} from '../../src/model/index.js';
import {EasemobSource} from '../../src/sources/easemob.js';
import {ConversationStore} from '../../src/store/conversation-store.js';
import {FakeEasemob, rejection, SELF} from './fakes/easemob.js';
import {rounds} from './support/rounds.js';

const MARKS = {star: 0, unread: 1, hide: 2};
const BOB = 'singleChat|bob';

const settle = (count = 5): Promise<void> => rounds(count);

function setUp(prepare: (sdk: FakeEasemob) => void = (sdk) => sdk.add('singleChat', 'bob')): {
  sdk: FakeEasemob;
  source: EasemobSource;
  events: SourceEvent[];
  /** As last told. */
  told: (id?: string) => Conversation;
} {
  const sdk = new FakeEasemob();
  prepare(sdk);
  const source = new EasemobSource(sdk, {marks: MARKS, timeoutMs: 50});
  const events: SourceEvent[] = [];
  source.subscribe((event) => events.push(event));
  const told = (id = BOB): Conversation =>
    events.flatMap((event) => (event.type === 'upsert' ? event.conversations : [])).findLast((c) => c.id === id) ??
    assert.fail(`nothing was told of ${id}`);
  return {sdk, source, events, told};
}

async function all(source: EasemobSource, limit = 50): Promise<readonly Conversation[]> {
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
const listCalls = ({calls}: FakeEasemob): string[] =>
  calls.flatMap(([name]) => (/^getServer(Pinned)?Conv/.test(name) ? [name] : []));

for (const end of ['undefined', '', null, undefined]) {
  test(`a list ends at the cursor ${JSON.stringify(end)}`, async () => {
    const {sdk, source} = setUp((sdk) => {
      sdk.endCursor = end;
      for (const id of ['a', 'b', 'c']) sdk.add('singleChat', id);
    });
    const {done, conversations} = await source.getPage({limit: 50});
    assert.deepEqual([done, names(conversations)], [true, ['c', 'b', 'a']]);
    assert.deepEqual(listCalls(sdk), ['getServerPinnedConversations', 'getServerConversations']);
  });
}

test('a list that gives the cursor it was asked with ends', async () => {
  const {sdk, source} = setUp();
  sdk.getServerConversations = async () => ({data: {conversations: [], cursor: ''}});
  assert.deepEqual(await all(source), []);
});

test('pinned conversations come from a list of their own, by the time of pinning, and once', async () => {
  const {source} = setUp((sdk) => {
    sdk.mostPerPage = 2;
    for (const [id, pinnedTime] of [['a', 0], ['b', 7], ['c', 0], ['d', 9], ['e', 8], ['f', 0]] as const) {
      sdk.add('singleChat', id, {pinnedTime});
    }
  });
  for (const limit of [1, 2, 50]) assert.deepEqual(names(await all(source, limit)), ['d', 'e', 'b', 'f', 'c', 'a']);
});

test('the server is asked for more only when a page needs it', async () => {
  const {sdk, source} = setUp((sdk) => {
    for (let i = 0; i < 120; i++) sdk.add('singleChat', `u${i}`);
  });
  const first = await source.getPage({limit: 20});
  assert.deepEqual([first.done, listCalls(sdk).length], [false, 2]);
  await source.getPage({limit: 20, cursor: first.cursor});
  assert.equal(listCalls(sdk).length, 2);
  assert.equal((await all(source)).length, 120);
});

test('messages that the server has counted already are not counted again', async () => {
  const {sdk, source, told} = setUp((sdk) => sdk.add('singleChat', 'bob', {unread: 2}));
  await all(source);
  const last = sdk.conversations.get(BOB)?.last ?? assert.fail();
  // Those that wait on the server are delivered after each login.
  sdk.dispatch('onMessage', [{...last, id: 'earlier', time: Number(last.time) - 5}, {...last}]);
  assert.equal(told().unreadCount, 2);
  sdk.arrive(BOB);
  assert.equal(told().unreadCount, 3);
});

test('what this device sends is told by sent(), and own messages count nothing', async () => {
  const {sdk, source, told} = setUp();
  await all(source);
  source.sent({...sdk.message('singleChat', 'bob', SELF), msg: 'Mine'});
  assert.deepEqual([told().unreadCount, told().lastMessage?.isOwn, told().lastMessage?.text], [0, true, 'Mine']);
  // From another device.
  sdk.arrive(BOB, {from: SELF, to: 'bob', msg: 'Mine too'});
  assert.deepEqual([told().unreadCount, told().lastMessage?.text], [0, 'Mine too']);
});

test('messages in rooms and threads, and half-filled ones, belong to no conversation', async () => {
  const {sdk, source, events} = setUp();
  await all(source);
  sdk.dispatch('onMessage', [
    {}, {chatType: 'singleChat'}, {chatType: 'chatRoom', to: 'room', from: 'bob', id: 'x'},
    {chatType: 'groupChat', to: 'thread', from: 'bob', id: 'y', chatThread: {}},
  ]);
  await settle();
  assert.deepEqual(events, []);
});

test('a message in a conversation that no page has come to brings it with its count', async () => {
  const {sdk, source, told} = setUp((sdk) => {
    sdk.add('groupChat', 'deep', {unread: 4, last: {from: 'ann'}});
    for (let i = 0; i < 60; i++) sdk.add('singleChat', `u${i}`);
  });
  await source.getPage({limit: 10});
  sdk.arrive('groupChat|deep');
  await settle();
  assert.equal(told('groupChat|deep').unreadCount, 5);
});

test('a conversation that the server does not list yet begins with its message', async () => {
  const {sdk, source, told} = setUp();
  await all(source);
  sdk.silent.user['eve'] = {type: 'AT'};
  sdk.dispatch('onMessage', [sdk.message('singleChat', 'eve', 'eve', {msg: 'Hello'})]);
  await settle();
  const {unreadCount, lastMessage, notify} = told('singleChat|eve');
  assert.deepEqual([unreadCount, lastMessage?.text, notify], [1, 'Hello', 'mentions']);
});

test('a search that fails for now is made again', async (t) => {
  const {sdk, events, told} = setUp();
  t.after(() => mock.timers.reset());
  mock.timers.enable({apis: ['setTimeout']});
  const turns = async (): Promise<void> => {
    for (let i = 0; i < 30; i++) await new Promise((resolve) => setImmediate(resolve));
  };
  sdk.failures.push(rejection(500, 'Server is busy.', 429), rejection(-2));
  sdk.arrive(BOB);
  await turns();
  mock.timers.tick(2000);
  await turns();
  assert.deepEqual(events, []);
  mock.timers.tick(4000);
  await turns();
  assert.equal(told().unreadCount, 1);
});

test('errors have a code to act on', async () => {
  const {sdk, source} = setUp();
  const cases: [unknown, string, boolean][] = [
    [rejection(-1), 'timeout', true],
    [rejection(-2), 'network', true],
    [rejection(39), 'not-ready', true],
    [rejection(500, 'Server is busy.', 429), 'rate-limited', true],
    [rejection(50, 'The request has reached the maximum limit', 429), 'rate-limited', true],
    [rejection(50, 'too many'), 'limit-exceeded', false],
    [rejection(17, 'unauthorized', 401), 'auth', false],
    [rejection(17, 'broken', 502), 'server', true],
    [rejection(17), 'network', true],
    [rejection(56), 'auth', false],
    [rejection(52), 'forbidden', false],
    [rejection(4711), 'unknown', true],
    [new Error('Invalid parameter cursor'), 'invalid-argument', false],
    ['nonsense', 'unknown', true],
    [null, 'unknown', true],
    [{type: 'x'}, 'unknown', true],
  ];
  for (const [thrown, code, retryable] of cases) {
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- as the SDK does
    sdk.getServerPinnedConversations = () => Promise.reject(thrown);
    await assert.rejects(source.getPage({limit: 9}), (error) => {
      assert.ok(error instanceof SourceError);
      assert.deepEqual([error.code, error.retryable], [code, retryable], JSON.stringify(thrown));
      return true;
    });
  }
  sdk.getServerPinnedConversations = () => {
    throw new TypeError('at once');
  };
  await assert.rejects(source.getPage({limit: 9}), SourceError);
});

test('before login requests are to be made again, and the login tells', async () => {
  const {sdk, source, events} = setUp();
  sdk.logout();
  await assert.rejects(source.getPage({limit: 9}), (error) => error instanceof SourceError && error.code === 'not-ready');
  events.length = 0;
  sdk.login();
  assert.deepEqual(events, [{type: 'connection', state: 'online'}, {type: 'reset', reason: 'login'}]);
  assert.equal((await all(source)).length, 1);
});

for (const type of [206, 207, 214, 216, 217, 220]) {
  test(`kicked by ${type}: told, and no logout`, () => {
    const {sdk, events} = setUp();
    sdk.dispatch('onDisconnected', {type});
    assert.deepEqual(events, [{type: 'connection', state: 'kicked'}]);
  });
}

test('a connection that is given up is offline, and no logout', () => {
  const {sdk, events} = setUp();
  sdk.dispatch('onDisconnected', {type: 16});
  assert.deepEqual(events, [{type: 'connection', state: 'offline'}]);
});

test('a page that was on its way does not undo what came meanwhile', async () => {
  const {sdk, source, told} = setUp((sdk) => sdk.add('singleChat', 'bob', {unread: 1}));
  await all(source);
  const list = sdk.getServerConversations.bind(sdk);
  sdk.getServerConversations = async (params) => {
    const before = await list(params);
    sdk.arrive(BOB);
    return before;
  };
  const [row] = await all(source);
  assert.deepEqual([row?.unreadCount, told().unreadCount], [2, 2]);
});

test('conversations without a message come last, wherever the server has them', async () => {
  const sdk = new FakeEasemob();
  sdk.mostPerPage = 2;
  for (const id of ['a', 'b', 'c', 'd']) sdk.add('singleChat', id);
  sdk.add('singleChat', 'empty', {last: null, created: sdk.now + 9});
  sdk.add('singleChat', 'empty too', {last: null, created: sdk.now + 8});
  const rows = await all(new EasemobSource(sdk, {includeEmpty: true}), 1);
  assert.deepEqual(names(rows), ['d', 'c', 'b', 'a', 'empty', 'empty too']);
  assert.deepEqual(names(await all(new EasemobSource(sdk), 2)), ['d', 'c', 'b', 'a']);
});

test('an expired token is told, and the end that follows it is no logout', () => {
  const {sdk, events} = setUp();
  sdk.dispatch('onTokenExpired');
  sdk.dispatch('onDisconnected');
  const expired = {type: 'connection', state: 'expired'};
  assert.deepEqual(events, [expired, expired]);
});

test('the list keeps its rows while kicked, and is right again after the next login', async () => {
  const {sdk, source} = setUp();
  const store = new ConversationStore();
  store.source = source;
  store.connect();
  store.want(10);
  await settle(20);
  assert.deepEqual(names([...store.snapshot.rows]), ['bob']);
  sdk.dispatch('onDisconnected', {type: 206});
  sdk.user = undefined;
  await store.loadMore();
  await settle();
  assert.deepEqual([store.snapshot.connection, names([...store.snapshot.rows])], ['kicked', ['bob']]);
  sdk.add('singleChat', 'eve');
  sdk.login();
  await settle(20);
  assert.deepEqual([store.snapshot.connection, names([...store.snapshot.rows])], ['online', ['eve', 'bob']]);
  // Another person logs in: nothing of the first one stays.
  sdk.conversations.clear();
  sdk.add('singleChat', 'zoe');
  sdk.login('other');
  await settle(20);
  assert.deepEqual(names([...store.snapshot.rows]), ['zoe']);
  store.disconnect();
  assert.equal(source.selfId, 'other');
});

test('half-filled entries are left out or repaired', async () => {
  const {sdk, source} = setUp();
  const broken = [
    null, undefined, {}, 5, {conversationId: 5, conversationType: 'singleChat'}, {conversationId: 'x'},
    {conversationId: 'room', conversationType: 'chatRoom'},
    {conversationId: 'a', conversationType: 'singleChat', unReadCount: -3, lastMessage: {}, marks: ['x', 1, null]},
    {conversationId: 'b', conversationType: 'groupChat', isPinned: true, lastMessage: {time: '1700000000000', ext: null}},
  ];
  sdk.getServerConversations = async () => ({data: {conversations: broken as never[], cursor: 'undefined'}});
  const [b, a, ...more] = await all(source);
  assert.deepEqual(more, []);
  assert.deepEqual([a?.unreadCount, a?.lastMessage, a?.marks, a?.title], [0, null, ['unread'], 'a']);
  assert.deepEqual([b?.pinned, b?.lastMessage?.type, b?.lastMessage?.sentAt], [true, 'unknown', 1_700_000_000_000]);
});

for (const data of [undefined, null, {}, {conversations: 5}]) {
  test(`an answer without a list is an error: ${JSON.stringify(data)}`, async () => {
    const {sdk, source} = setUp();
    sdk.getServerConversations = async () => ({data}) as never;
    await assert.rejects(all(source), (error) => error instanceof SourceError && error.code === 'invalid-data');
  });
}

test('a call that never settles is given up, and the next one works', async () => {
  const {sdk, source} = setUp();
  sdk.hanging.add('getServerConversations').add('pinConversation');
  const isTimeout = (error: unknown): boolean => error instanceof SourceError && error.code === 'timeout';
  await assert.rejects(source.getPage({limit: 9}), isTimeout);
  await assert.rejects(source.setPinned?.(BOB, true) ?? assert.fail(), isTimeout);
  sdk.hanging.clear();
  assert.equal((await all(source)).length, 1);
});

test('names and silence are not waited for for ever', async (t) => {
  t.after(() => mock.timers.reset());
  mock.timers.enable({apis: ['setTimeout']});
  const {sdk, source} = setUp();
  sdk.hanging.add('fetchUserInfoById').add('getSilentModeForConversations');
  const page = new EasemobSource(sdk).getPage({limit: 9});
  for (let i = 0; i < 4; i++) {
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    mock.timers.tick(3000);
  }
  assert.deepEqual(names((await page).conversations), ['bob']);
  source.dispose();
});

test('silent modes are asked for by 20, a silence for a time lasts while it does', async () => {
  const {sdk, source} = setUp((sdk) => {
    for (let i = 0; i < 45; i++) sdk.add('singleChat', `u${i}`);
    sdk.silent.user['u3'] = {type: 'ALL', ignoreDuration: Date.now() + 60_000};
    sdk.silent.user['u4'] = {type: 'ALL', ignoreDuration: Date.now() - 60_000};
  });
  const rows = new Map((await all(source)).map((c) => [c.targetId, c.notify]));
  assert.deepEqual([rows.get('u3'), rows.get('u4'), rows.get('u5')], ['silent', 'all', 'all']);
  assert.equal(sdk.calls.filter(([name]) => name === 'getSilentModeForConversations').length, 3);
});

test('what is handed out is frozen, and the SDK\'s own only as `native`', async () => {
  const {sdk, source, told} = setUp((sdk) => sdk.add('singleChat', 'bob', {marks: [0]}));
  const [row] = await all(source);
  assert.ok(row);
  for (const part of [row, row.marks, row.groups, row.lastMessage]) assert.ok(Object.isFrozen(part));
  assert.equal((row.native as {conversationId: string}).conversationId, 'bob');
  sdk.arrive(BOB);
  assert.notEqual(told().lastMessage?.text, 'changed afterwards');
});

test('receipts, edits, recalls, typing and presence', async () => {
  const {sdk, source, events, told} = setUp((sdk) => sdk.add('singleChat', 'bob', {unread: 1}));
  await all(source);
  const mine = sdk.arrive(BOB, {from: SELF, to: 'bob'});
  const {id: mid = ''} = mine;
  sdk.dispatch('onDeliveredMessage', {mid, from: 'bob', to: SELF});
  assert.equal(told().lastMessage?.deliveryState, 'delivered');
  sdk.dispatch('onReadMessage', {mid, from: 'bob', to: SELF});
  assert.equal(told().lastMessage?.deliveryState, 'read');
  sdk.dispatch('onChannelMessage', {from: 'bob', to: SELF, time: 77, chatType: 'singleChat'});
  assert.equal(told().readUpTo, 77);
  sdk.dispatch('onModifiedMessage', {id: mid, type: 'txt', msg: 'Edited', from: SELF, to: 'bob', chatType: 'singleChat'});
  assert.deepEqual([told().lastMessage?.text, told().lastMessage?.sentAt], ['Edited', mine.time]);
  const {id: theirs = ''} = sdk.arrive(BOB);
  assert.equal(told().unreadCount, 2);
  sdk.dispatch('onRecallMessage', {id: 'r', mid: theirs, from: 'bob', to: SELF});
  assert.deepEqual([told().unreadCount, told().lastMessage?.state, told().lastMessage?.text], [1, 'recalled', undefined]);
  sdk.dispatch('onCmdMessage', {action: 'TypingBegin', chatType: 'singleChat', from: 'bob', to: SELF});
  assert.deepEqual(told().typing, ['bob']);
  sdk.dispatch('onPresenceStatusChange', [{userId: 'bob', statusDetails: [{device: 'a', status: 0}, {device: 'b', status: 1}]}]);
  assert.equal(told().presence, 'online');
  const before = events.length;
  // An earlier message: only the server knows what is unread without it.
  sdk.dispatch('onRecallMessage', {id: 'r', mid: 'long ago', from: 'bob', to: SELF});
  assert.deepEqual(events.slice(before), [{type: 'reset', reason: 'gap'}]);
});

test('what other devices do is told', async () => {
  const {sdk, source, events, told} = setUp((sdk) => {
    sdk.add('singleChat', 'bob', {unread: 2});
    sdk.add('groupChat', '7', {unread: 2, last: {from: 'ann'}});
  });
  await all(source);
  const on = {conversationId: 'bob', conversationType: 'singleChat', timestamp: 55};
  sdk.dispatch('onMultiDeviceEvent', {...on, operation: 'pinnedConversation'});
  assert.deepEqual([told().pinned, told().orderKey], [true, (1n << 62n) + 55n]);
  sdk.dispatch('onMultiDeviceEvent', {...on, operation: 'unpinnedConversation'});
  assert.equal(told().pinned, false);
  sdk.dispatch('onMultiDeviceEvent', {...on, operation: 'markConversation', conversationMark: 0});
  sdk.dispatch('onMultiDeviceEvent', {...on, operation: 'markConversation', conversationMark: 9});
  assert.deepEqual(told().marks, ['star', '9']);
  sdk.dispatch('onMultiDeviceEvent', {...on, operation: 'unMarkConversation', conversationMark: 0});
  assert.deepEqual(told().marks, ['9']);
  const silent = {operation: 'setSilentModeForConversation', conversationId: 'bob', type: 'singleChat', data: {type: 'NONE'}};
  sdk.dispatch('onMultiDeviceEvent', silent);
  assert.equal(told().notify, 'silent');
  sdk.dispatch('onMultiDeviceEvent', {...silent, operation: 'removeSilentModeForConversation', data: {}});
  assert.equal(told().notify, 'all');
  sdk.dispatch('onChannelMessage', {from: SELF, to: 'bob', chatType: 'singleChat'});
  assert.equal(told().unreadCount, 0);
  // The SDK says singleChat of groups too.
  sdk.dispatch('onChannelMessage', {from: SELF, to: '7', chatType: 'singleChat'});
  assert.equal(told('groupChat|7').unreadCount, 0);
  sdk.dispatch('onMultiDeviceEvent', {...on, operation: 'deleteConversation'});
  assert.deepEqual(events.at(-1), {type: 'remove', ids: [BOB], reason: 'deleted'});
});

test('an SDK with few plugins offers what it has', async () => {
  const sdk = new FakeEasemob();
  sdk.add('singleChat', 'bob', {pinnedTime: 3});
  sdk.add('singleChat', 'eve');
  const bare = {
    user: SELF,
    isOpened: () => true,
    addEventHandler: sdk.addEventHandler.bind(sdk),
    removeEventHandler: sdk.removeEventHandler.bind(sdk),
    getServerConversations: sdk.getServerConversations.bind(sdk),
  };
  const source = new EasemobSource(bare);
  assert.deepEqual([...source.capabilities.ops], []);
  assert.equal(source.setPinned, undefined);
  assert.deepEqual(names(await all(source)), ['bob', 'eve']);
});

test('a mark without a meaning is refused, one that has a name goes by it', async () => {
  const {source, told} = setUp();
  await all(source);
  const codes = async (mark: string): Promise<unknown> => (await source.setMark?.([BOB], mark, true))?.[0]?.error?.code;
  assert.deepEqual([await codes('fold'), await codes('20'), await codes('0')], Array(3).fill('unsupported'));
  assert.deepEqual([await codes('19'), await codes('star')], [undefined, undefined]);
  assert.deepEqual(told().marks, ['star', '19']);
});

test('a handler of ours that fails keeps the app\'s from hearing nothing', (t) => {
  const {sdk} = setUp();
  const errors = t.mock.method(console, 'error', () => undefined);
  let heard = 0;
  sdk.addEventHandler('app', {onMessage: () => void heard++});
  sdk.dispatch('onMessage', null as never);
  assert.deepEqual([heard, errors.mock.callCount()], [1, 1]);
});
