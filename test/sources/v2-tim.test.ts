import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it, mock} from 'node:test';
import {matches, type SourceError, type SourceEvent} from '../../src/model/index.js';
import {parseLossless, V2TimSource} from '../../src/sources/v2-tim.js';
import {ConversationStore} from '../../src/store/conversation-store.js';
import {conforms} from './conforms.js';
import {FakeV2Tim, v2TimSubject} from './fakes/v2-tim.js';

const FIELDS = ['types', 'mark', 'group', 'hasUnread', 'hasMention', 'pinned', 'hidden', 'ids'];
const LACKS = [
  'paging `all`', 'paging `cursor`', 'two fields in serverFilters', '`dispose()`', 'the control `logout`',
  '`search()`', '`search()`, the control `logout`', '`search()`, `dispose()`',
  ...FIELDS.map((field) => `\`${field}\` in serverFilters`),
];

await conforms('V2TimSource, promises', v2TimSubject, LACKS);
await conforms('V2TimSource, React Native', () => v2TimSubject('envelope', {reactNative: true}), LACKS);
await conforms('V2TimSource, callbacks in an object', () => v2TimSubject('object'), LACKS);
await conforms('V2TimSource, two functions', () => v2TimSubject('functions'), LACKS);

const NEWS = {
  conversationID: 'c2c_x', type: 1, unreadCount: 0, recvOpt: 0, isPinned: false, markList: [], conversationGroupList: [],
};

function made(fake = new FakeV2Tim()): {fake: FakeV2Tim; source: V2TimSource; events: SourceEvent[]; stop: () => void} {
  const source = new V2TimSource(fake.client());
  const events: SourceEvent[] = [];
  return {fake, source, events, stop: source.subscribe((event) => events.push(event))};
}

const rowOf = (events: readonly SourceEvent[]) => {
  const event = events.find(({type}) => type === 'upsert');
  return event?.type === 'upsert' ? event.conversations[0] : undefined;
};
const syncErrors = (events: readonly SourceEvent[]) =>
  events.flatMap((event) => (event.type === 'sync' && event.error ? event.error : []));
const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('V2TimSource: 64-bit keys', () => {
  it('takes them as digits, bigints and safe numbers, under both names', () => {
    for (const [field, key] of [
      [{orderKey: '4611686018427387909'}, 4611686018427387909n],
      [{orderKey: 4611686018427387909n}, 4611686018427387909n],
      [{orderkey: '18446744073709551615'}, 2n ** 64n - 1n],
      [{orderKey: 5}, 5n],
    ] as const) {
      const {fake, events} = made();
      fake.tell('onNewConversation', [{...NEWS, ...field}]);
      assert.equal(rowOf(events)?.orderKey, key);
    }
  });

  it('refuses a page with a key that has lost its digits', async () => {
    const {fake, source} = made();
    fake.find('c2c_ana').orderKey = Number('4611686018427387909');
    await assert.rejects(source.getPage({limit: 10}), (error: SourceError) => {
      assert.equal(error.code, 'invalid-data');
      assert.equal(error.retryable, false);
      return /c2c_ana.*2\^53.*bigint or as a string/.test(error.message);
    });
  });

  it('tells the other rows of an event, and says what was wrong with one', () => {
    const {fake, events} = made();
    fake.tell('onConversationChanged', [{...NEWS, orderKey: 2 ** 62}, {...NEWS, conversationID: 'c2c_y', orderKey: 1}]);
    assert.equal(rowOf(events)?.id, 'c2c_y');
    assert.equal(syncErrors(events)[0]?.code, 'invalid-data');
  });

  it('reads the raw JSON of a page or of an event to the last digit', async () => {
    const json = '[{"conversationID":"c2c_x","orderKey":4611686018427387909,"showName":"1, 4611686018427387909, \\"2"}]';
    const {fake, events} = made();
    fake.tell('onNewConversation', json);
    assert.equal(rowOf(events)?.orderKey, 4611686018427387909n);
    assert.equal(rowOf(events)?.title, '1, 4611686018427387909, "2');
    const client = {...fake.client(), getConversationList: () => `{"conversationList":${json},"nextSeq":4611686018427387908,"isFinished":false}`};
    const page = await new V2TimSource(client).getPage({limit: 1});
    assert.deepEqual([page.conversations[0]?.orderKey, page.cursor], [4611686018427387909n, '4611686018427387908']);
  });

  it('parses everything else as JSON.parse does', () => {
    const text = '{"a":1.1234567890123456789,"b":-1e21,"c":123456789012345,"d":[true,null,"\\u00e9"],"-9007199254740993":0}';
    assert.deepEqual(parseLossless(text), JSON.parse(text));
    assert.deepEqual(parseLossless('[-9007199254740993]'), ['-9007199254740993']);
    assert.throws(() => parseLossless('{'), SyntaxError);
  });

  it('refuses a cursor that has lost its digits', async () => {
    const client = {...new FakeV2Tim().client(), getConversationList: () => ({conversationList: [], nextSeq: 2 ** 60, isFinished: false})};
    await assert.rejects(new V2TimSource(client).getPage({limit: 1}), {code: 'invalid-data', message: /nextSeq/});
  });

  it('makes a key of the last message for SDKs before 5.5.892, also when there is none', () => {
    const {fake, events} = made();
    const lastMessage = {timestamp: 7, elemType: 1};
    fake.tell('onNewConversation', [
      {...NEWS, lastMessage}, {...NEWS, lastMessage, isPinned: true}, {...NEWS, lastMessage: null}, {...NEWS, lastMessage: {}},
    ]);
    const [event] = events;
    assert.deepEqual(
      event?.type === 'upsert' && event.conversations.map(({orderKey}) => orderKey),
      [7000n, (1n << 62n) + 7000n, 0n, 0n],
    );
  });
});

describe('V2TimSource: half-filled and wrong values', () => {
  it('never throws and leaves out what has no id', async () => {
    const {fake, source, events} = made();
    const odd = [
      null, 5, 'x', {}, {conversationID: ''}, {conversationID: 'c2c_a', showName: 5, unreadCount: -1, recvOpt: 'x', markList: 7,
        conversationGroupList: [1, 'g'], groupAtInfolist: [null, {}], lastMessage: 'gone', draftTimestamp: NaN},
    ];
    fake.tell('onConversationChanged', odd);
    assert.deepEqual(rowOf(events)?.groups, ['g']);
    assert.equal(rowOf(events)?.title, 'a');
    for (const list of [null, undefined, {}, 'text']) fake.tell('onNewConversation', list);
    fake.tell('onConversationDeleted', null);
    fake.tell('onTotalUnreadMessageCountChanged', NaN);
    await tick();
    assert.deepEqual(syncErrors(events), []);
    for (const answer of [null, {}, {conversationList: null, isFinished: true}]) {
      const broken = new V2TimSource({...fake.client(), getConversationList: () => answer});
      await assert.rejects(broken.getPage({limit: 1}), {code: 'invalid-data'});
    }
    assert.equal(source.selfId, 'me');
  });

  it('hands out frozen snapshots of live objects', async () => {
    const {fake, source} = made();
    const {conversations} = await source.getPage({limit: 1});
    const [row] = conversations;
    assert.equal(row?.native, fake.find('c2c_ana'));
    fake.message('c2c_ana');
    assert.equal(row?.lastMessage?.text, 'Hello');
    for (const part of [conversations, row, row?.marks, row?.groups, row?.lastMessage, row?.draft]) assert.ok(Object.isFrozen(part));
    assert.ok(!Object.isFrozen(row?.native));
  });

  it('reads marks to the 64th bit, whatever they come as', () => {
    const {fake, events} = made();
    fake.tell('onNewConversation', [{...NEWS, markList: [1, 2n, '4', 8, 2 ** 32, 2 ** 63, '9223372036854775808', 0, 'x', null]}]);
    assert.deepEqual(rowOf(events)?.marks, ['star', 'unread', 'fold', 'hide', '4294967296', '9223372036854775808']);
  });
});

describe('V2TimSource: pages', () => {
  it('asks with count and cursor, at most 100 at once, and ends only at isFinished', async () => {
    const asked: unknown[][] = [];
    const client = {...new FakeV2Tim().client(), getConversationList: (...args: unknown[]) => {
      asked.push(args);
      return {conversationList: [], nextSeq: 0, isFinished: asked.length === 2};
    }};
    const source = new V2TimSource(client);
    const first = await source.getPage({limit: 2 ** 31 - 1});
    assert.deepEqual([first.done, first.cursor], [false, 0]);
    assert.equal((await source.getPage({limit: 20, cursor: '77'})).done, true);
    assert.deepEqual(asked, [[0, 100], ['77', 20]]);
  });

  it('hands a filter on in the words of both generations, and leaves out nothing that passes it', async () => {
    const asked: unknown[][] = [];
    const {fake} = made();
    const client = fake.client();
    const byFilter = client.getConversationListByFilter as (...args: unknown[]) => unknown;
    const source = new V2TimSource(
      {...client, getConversationListByFilter: (...args: unknown[]) => (asked.push(args), byFilter(...args))},
      {pageArguments: true},
    );
    const rows = (await source.getPage({limit: 9})).conversations;
    for (const filter of [
      {types: ['direct']}, {types: ['group', 'direct']}, {mark: 'star'}, {mark: '1099511627776'}, {mark: null},
      {mark: 'no mark'}, {group: 'home'}, {group: null}, {hasUnread: true}, {hasMention: true}, {ids: ['c2c_ana']},
    ] as const) {
      const page = await source.getPage({limit: 9, filter});
      const missing = rows.filter((row) => matches(filter, row) && !page.conversations.some(({id}) => id === row.id));
      assert.deepEqual(missing, [], JSON.stringify(filter));
    }
    assert.deepEqual(asked, [
      [{type: 1, conversationType: 1, nextSeq: 0, count: 9}, 0, 9],
      [{markType: 1, nextSeq: 0, count: 9}, 0, 9],
      [{markType: 2 ** 40, nextSeq: 0, count: 9}, 0, 9],
      [{markType: 0, nextSeq: 0, count: 9}, 0, 9],
      [{conversationGroup: 'home', groupName: 'home', nextSeq: 0, count: 9}, 0, 9],
      [{conversationGroup: '', groupName: '', nextSeq: 0, count: 9}, 0, 9],
      [{hasGroupAtInfo: true, nextSeq: 0, count: 9}, 0, 9],
    ]);
  });
});

describe('V2TimSource: failures', () => {
  beforeEach(() => mock.timers.enable({apis: ['setTimeout']}));
  afterEach(() => mock.timers.reset());

  it('says by code what failed, and works when the SDK does', async () => {
    const {fake, source} = made();
    for (const [code, name] of [
      [6013, 'not-ready'], [6014, 'not-ready'], [6015, 'not-ready'], [6206, 'auth'], [6208, 'auth'], [6200, 'network'],
      [6012, 'timeout'], [7008, 'rate-limited'], [51009, 'not-found'], [51010, 'limit-exceeded'], [1, 'unknown'],
    ] as const) {
      fake.failures.push({code, desc: 'reason'});
      await assert.rejects(source.getPage({limit: 9}), {name: 'SourceError', code: name, nativeCode: code, message: 'reason'});
    }
    assert.equal((await source.getPage({limit: 9})).conversations.length, 6);
  });

  it('gives up a call that never settles', async () => {
    const {fake, source} = made();
    fake.hangs = true;
    const calls = Promise.allSettled([source.getPage({limit: 9}), source.setPinned?.('c2c_ana', false), source.getTotalUnread?.()]);
    mock.timers.tick(20_000);
    for (const result of await calls) assert.equal(result.status === 'rejected' && (result.reason as SourceError).code, 'timeout');
    fake.hangs = false;
    assert.equal((await source.getPage({limit: 9})).conversations.length, 6);
  });

  it('answers for each of 250, in batches of 100', async () => {
    const {fake, source} = made();
    const ids = ['c2c_ana', ...Array.from({length: 249}, (_, i) => `c2c_none${i}`)];
    const results = await source.setMark?.(ids, 'fold', true);
    assert.equal(fake.calls.filter((name) => name === 'markConversation').length, 3);
    assert.equal(results?.filter(({error}) => error?.code === 'not-found').length, 249);
    assert.equal(results?.[0]?.error, undefined);
    for (const mark of ['3', '0', '-1', 'constructor', String(2n ** 64n), '']) {
      await assert.rejects(async () => source.setMark?.(ids, mark, true), {code: 'invalid-argument'}, mark);
    }
  });

  it('says that it could not listen', async () => {
    const client = {...new FakeV2Tim().client(), addConversationListener: () => { throw new Error('no bridge'); }};
    const events: SourceEvent[] = [];
    new V2TimSource(client).subscribe((event) => events.push(event));
    assert.equal(events.length, 0);
    await undefined;
    assert.equal(syncErrors(events)[0]?.message, 'no bridge');
  });
});

describe('V2TimSource: events', () => {
  it('tells syncs, their failure, and the gap after them', async () => {
    const {fake, events} = made();
    for (const name of ['onSyncServerStart', 'onSyncServerFailed', 'onSyncServerStart', 'onSyncServerFinish']) fake.tell(name);
    assert.deepEqual(
      events.map((event) => (event.type === 'sync' ? event.phase : event.type)),
      ['start', 'fail', 'start', 'finish', 'reset'],
    );
  });

  it('tells how the connection stands: lost, back, kicked, expired', () => {
    const {fake, events} = made();
    for (const name of ['onConnecting', 'onConnectFailed', 'onConnectSuccess', 'onKickedOffline', 'onUserSigExpired']) fake.tellSdk(name);
    assert.deepEqual(
      events.map((event) => event.type === 'connection' && event.state),
      ['connecting', 'offline', 'online', 'kicked', 'expired'],
    );
  });

  it('has the list say that nobody is logged in, keep its rows while the person is kicked out, and load by itself', async (t) => {
    const fake = new FakeV2Tim();
    const store = new ConversationStore();
    const settle = async (): Promise<void> => {
      for (let i = 0; i < 5; i++) await tick();
    };
    store.source = new V2TimSource(fake.client());
    t.after(() => store.disconnect());
    // Every call, not only that for a page.
    for (let i = 0; i < 9; i++) fake.failures.push({code: 6014, desc: 'not logged in'});
    store.connect();
    store.want(10);
    await settle();
    assert.deepEqual([store.snapshot.rows.length, store.snapshot.page.error?.code], [0, 'not-ready']);
    fake.failures.length = 0;
    fake.tell('onSyncServerStart');
    fake.tell('onSyncServerFinish');
    await settle();
    assert.deepEqual([store.snapshot.rows.length, store.snapshot.page.error], [6, undefined]);
    for (const [event, state] of [['onKickedOffline', 'kicked'], ['onUserSigExpired', 'expired']] as const) {
      fake.tellSdk(event);
      fake.failures.push({code: 6208, desc: 'kicked'});
      await store.loadMore();
      await settle();
      assert.deepEqual([store.snapshot.connection, store.snapshot.rows.length], [state, 6]);
      fake.failures.length = 0;
      fake.message('c2c_ana');
      fake.tellSdk('onConnectSuccess');
      fake.tell('onSyncServerFinish');
      await settle();
      assert.deepEqual([store.snapshot.connection, store.snapshot.rows.length], ['online', 6]);
    }
  });

  it('begins anew when another person has logged in, and not when the same has', async () => {
    const {fake, source, events} = made();
    await tick();
    fake.tell('onSyncServerStart');
    await tick();
    assert.ok(!events.some(({type}) => type === 'reset'));
    fake.user = 'other';
    fake.tell('onSyncServerStart');
    await tick();
    assert.deepEqual(events.at(-1), {type: 'reset', reason: 'login'});
    assert.equal(source.selfId, 'other');
  });

  it('tells own deletions where the SDK does not, and keeps the history unless told otherwise', async () => {
    const {fake, source, events} = made();
    fake.tellsDeletions = false;
    await source.delete?.(['c2c_ana', 'c2c_none']);
    assert.deepEqual(events.filter(({type}) => type === 'remove'), [{type: 'remove', ids: ['c2c_ana']}]);
    await source.delete?.(['c2c_hid'], {clearHistory: true});
    assert.deepEqual(fake.calls.filter((name) => name.startsWith('clear')), ['clear false', 'clear true']);
  });

  it('puts conversations into groups and out though their own lists do not say so yet', async () => {
    const {fake, events} = made();
    fake.tell('onConversationsAddedToGroup', 'home', [{...NEWS, conversationGroupList: ['work']}]);
    assert.deepEqual(rowOf(events)?.groups, ['work', 'home']);
    events.length = 0;
    fake.tell('onConversationsDeletedFromGroup', 'work', [{...NEWS, conversationGroupList: ['work', 'home']}], 1);
    assert.deepEqual(rowOf(events)?.groups, ['home']);
    await tick();
    events.length = 0;
    fake.groups.delete('work');
    fake.tell('onConversationGroupDeleted', 'work');
    await tick();
    assert.deepEqual(events, [{type: 'reset', reason: 'gap'}, {type: 'groups', groups: [{id: 'home', name: 'home'}]}]);
  });

  it('takes the mark `unread` back with reading, by the older calls too', async () => {
    const fake = new FakeV2Tim();
    const {cleanConversationUnreadMessageCount: _, ...client} = fake.client();
    const read: unknown[] = [];
    const source = new V2TimSource(client, {also: [{
      markC2CMessageAsRead: (user: string) => { read.push(user); },
      markGroupMessageAsRead: (group: string) => { read.push(group); },
    }]});
    assert.ok(source.capabilities.ops.has('markRead') && !source.capabilities.ops.has('markAllRead'));
    await source.getPage({limit: 9});
    await source.markRead?.(['c2c_marked', 'group_team']);
    assert.deepEqual(read, ['marked', 'team']);
    assert.deepEqual(fake.find('c2c_marked').markList, [4]);
  });

  it('offers only what the client can do', () => {
    const {getConversationList, addConversationListener, removeConversationListener} = new FakeV2Tim().client();
    const source = new V2TimSource({getConversationList, addConversationListener, removeConversationListener});
    assert.equal(source.capabilities.ops.size, 0);
    assert.equal(source.capabilities.unreadTotal, false);
    for (const name of ['setPinned', 'markRead', 'delete', 'groups', 'getTotalUnread', 'getByIds'] as const) assert.equal(source[name], undefined);
  });
});
