import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {Conversation, LastMessage} from '../../src/model/conversation.js';
import {SourceError} from '../../src/model/errors.js';
import type {SourceEvent} from '../../src/model/source.js';
import {OpenImSource, type OpenImConversation, type OpenImMessage} from '../../src/sources/open-im.js';
import {ConversationStore} from '../../src/store/index.js';
import type {ConformanceSubject} from '../../src/testing/source-conformance.js';
import {conforms} from './conforms.js';
import {failure, FakeOpenIm, item} from './fakes/open-im.js';
import {rounds} from './support/rounds.js';

const PIN = 1n << 62n;
const HELLO = JSON.stringify({
  clientMsgID: 'm1', sendID: 'ann', senderNickname: 'Ann', contentType: 101, sendTime: 9000, status: 2,
  textElem: {content: 'Hello'},
});

const ITEMS: readonly OpenImConversation[] = [
  item('si_zed_me', {latestMsgSendTime: 5000}),
  item('si_ann_me', {latestMsgSendTime: 9000, latestMsg: HELLO, unreadCount: 2, faceURL: 'https://example.org/a.png'}),
  item('sg_g1', {
    conversationType: 3, userID: '', groupID: 'g1', isPinned: true, latestMsgSendTime: 10, groupAtType: 3, recvMsgOpt: 2,
    unreadCount: 4,
  }),
  item('si_bob_me', {latestMsgSendTime: 5000, recvMsgOpt: 1}),
  item('si_cat_me', {latestMsgSendTime: 5000, draftText: 'To be sent', draftTextTime: 6000}),
  item('sn_sys_me', {conversationType: 4, userID: 'sys', latestMsgSendTime: 4000, ex: '{"a":1}'}),
  item('si_hid_me', {latestMsgSendTime: 0}),
  item('si_dan_me', {latestMsgSendTime: 3000, remark: 'My Dan', isMarked: true}),
  item('si_eve_me', {latestMsgSendTime: 5000}),
];

function expected(id: string, orderKey: bigint, over: Partial<Conversation> = {}): Conversation {
  return {
    id,
    type: 'direct',
    targetId: id.split('_')[1] ?? '',
    title: `Name of ${id}`,
    orderKey,
    activeAt: 5000,
    pinned: false,
    unreadCount: 0,
    notify: 'all',
    marks: [],
    groups: [],
    lastMessage: null,
    ...over,
  };
}

const HELLO_MESSAGE: LastMessage = {
  id: 'm1', senderId: 'ann', senderName: 'Ann', isOwn: false, type: 'text', text: 'Hello', sentAt: 9000, state: 'normal',
};

const CONVERSATIONS: readonly Conversation[] = [
  expected('sg_g1', PIN + 10n, {
    type: 'group', targetId: 'g1', pinned: true, activeAt: 10, mention: 'both', notify: 'silent', unreadCount: 4,
  }),
  expected('si_ann_me', 9000n, {
    activeAt: 9000, unreadCount: 2, avatarUrl: 'https://example.org/a.png', lastMessage: HELLO_MESSAGE,
  }),
  expected('si_cat_me', 6000n, {draft: {text: 'To be sent', editedAt: 6000}}),
  expected('si_bob_me', 5000n, {notify: 'off'}),
  expected('si_eve_me', 5000n),
  expected('si_zed_me', 5000n),
  expected('sn_sys_me', 4000n, {type: 'system', activeAt: 4000, customData: '{"a":1}'}),
  expected('si_dan_me', 3000n, {activeAt: 3000, title: 'My Dan', marks: ['star']}),
];

function subject(set?: (fake: FakeOpenIm) => void): ConformanceSubject & {fake: FakeOpenIm; source: OpenImSource} {
  const fake = new FakeOpenIm(ITEMS);
  set?.(fake);
  const source = new OpenImSource(fake, {selfId: 'me', timeoutMs: 500});
  return {
    fake,
    source,
    conversations: CONVERSATIONS,
    change: (id) => fake.receive(id, 'News'),
    add: () => (fake.receive('si_new_me', 'First'), 'si_new_me'),
    remove: (id) => fake.vanish(id),
    fail: () => void fake.failures.push(failure(500, 'ServerInternalError')),
    disconnect: () => fake.disconnect(),
    reconnect: () => fake.reconnect(),
    sync: () => fake.sync(),
    logout: () => {
      fake.rows = [];
      fake.broken = failure(10101, 'user has logged out');
      source.loggedOut();
    },
    held: () => fake.held,
  };
}

const LACKS = [
  ...['mark', 'markUnread', 'groups'].map((op) => `the action \`${op}\``),
  ...['types', 'mark', 'hasUnread', 'hasMention', 'pinned', 'ids'].map((field) => `\`${field}\` in serverFilters`),
  ...['group', 'hidden'].map(
    (field) => `\`${field}\` in serverFilters, conversations that it lets through and others in the content`,
  ),
  'two fields in serverFilters',
  '`deleteEvents`',
  '`dispose()`',
  '`search()`',
  '`search()`, `dispose()`',
  'paging `all`',
  'paging `cursor`',
];

await conforms('OpenImSource', subject, LACKS);
await conforms('OpenImSource, JSON text', () => subject((fake) => (fake.text = true)), LACKS);
await conforms('OpenImSource, an SDK that gives less than asked', () => subject((fake) => (fake.cap = 2)), LACKS);

/** Listens, and gives what was told. */
function listen(source: OpenImSource): SourceEvent[] {
  const events: SourceEvent[] = [];
  source.subscribe((event) => events.push(event));
  return events;
}

const settled = (): Promise<void> => rounds(20);
const message = (over: object, own: Partial<OpenImConversation> = {}): Promise<LastMessage | null | undefined> =>
  only(item('si_ann_me', {...own, latestMsg: JSON.stringify({sendID: 'ann', contentType: 101, ...over})})).then(
    ({lastMessage}) => lastMessage,
  );

async function only(one: OpenImConversation, selfId?: string): Promise<Conversation> {
  const source = new OpenImSource(new FakeOpenIm([one]), selfId === undefined ? {} : {selfId});
  const {conversations} = await source.getPage({limit: 10});
  return conversations[0] as Conversation;
}

async function store(source: OpenImSource): Promise<ConversationStore> {
  const made = new ConversationStore();
  made.source = source;
  made.connect();
  made.want(50);
  await settled();
  return made;
}

const idsOf = (list: ConversationStore): string[] => Array.from(list.snapshot.rows, ({id}) => id);

describe('OpenImSource: pages', () => {
  it('ends where the SDK has no row, not at a short answer', async () => {
    const {source, fake} = subject((each) => (each.cap = 3));
    const page = await source.getPage({limit: 5});
    assert.equal(page.conversations.length, 5);
    assert.equal(page.done, false);
    assert.ok(fake.calls.length > 1);
  });

  it('gives rows of one time in the order of ids, over the edges of pages', async () => {
    const rows = ['q', 'c', 'x', 'a', 'm', 'b'].map((name) => item(`si_${name}_me`));
    const source = new OpenImSource(new FakeOpenIm(rows));
    const ids: string[] = [];
    let cursor: unknown;
    for (let done = false; !done; ) {
      const page = await source.getPage({limit: 2, ...(cursor !== undefined && {cursor})});
      ids.push(...page.conversations.map(({id}) => id));
      ({cursor, done} = page);
    }
    assert.deepEqual(ids, ['a', 'b', 'c', 'm', 'q', 'x'].map((name) => `si_${name}_me`));
  });

  it('waits for the first sync when there is nothing yet, and for no other', async () => {
    const fake = new FakeOpenIm([]);
    const source = new OpenImSource(fake);
    listen(source);
    fake.emit('OnSyncServerStart', true);
    const page = source.getPage({limit: 10});
    await settled();
    fake.rows = [item('si_ann_me')];
    fake.emit('OnSyncServerFinish');
    assert.equal((await page).conversations.length, 1);
    fake.emit('OnSyncServerStart', false);
    assert.equal((await source.getPage({limit: 10})).conversations.length, 1);
  });

  it('leaves out what is no conversation', async () => {
    const fake = new FakeOpenIm([item('si_ann_me')]);
    fake.rows.push(null as unknown as OpenImConversation, {latestMsgSendTime: 5} as OpenImConversation);
    fake.getConversationListSplit = async ({offset}) => ({data: fake.rows.slice(offset)});
    const page = await new OpenImSource(fake).getPage({limit: 10});
    assert.deepEqual(page.conversations.map(({id}) => id), ['si_ann_me']);
  });

  it('refuses an answer that is no list', async () => {
    const fake = new FakeOpenIm([]);
    fake.getConversationListSplit = async () => ({data: '' as unknown as OpenImConversation[]});
    await assert.rejects(new OpenImSource(fake).getPage({limit: 10}), {code: 'invalid-data'});
  });
});

describe('OpenImSource: fields', () => {
  it('hands out frozen snapshots, and the SDK object as native', async () => {
    const {source} = subject();
    for (const c of (await source.getPage({limit: 50})).conversations) {
      assert.ok([c, c.marks, c.groups, c.draft ?? c, c.lastMessage ?? c].every(Object.isFrozen));
      assert.equal((c.native as OpenImConversation).conversationID, c.id);
    }
  });

  it('takes a half-filled object', async () => {
    const c = await only({conversationID: 'x', latestMsgSendTime: 7} as OpenImConversation);
    assert.equal(c.title, 'x');
    assert.deepEqual([c.type, c.orderKey, c.notify, c.unreadCount], ['unknown', 7n, 'all', 0]);
  });

  it('knows own messages by the person, or in a direct conversation by the other', async () => {
    const own = {latestMsg: JSON.stringify({sendID: 'me', contentType: 101, isRead: true, sendTime: 8})};
    const c = await only(item('si_ann_me', own));
    assert.deepEqual([c.lastMessage?.isOwn, c.lastMessage?.peerRead, c.readUpTo], [true, true, 8]);
    const group = item('sg_g1', {conversationType: 3, ...own});
    assert.equal((await only(group)).lastMessage?.isOwn, false);
    assert.equal((await only(group, 'me')).lastMessage?.isOwn, true);
    assert.equal((await only(group, 'me')).lastMessage?.peerRead, undefined);
  });

  it('reads the last message from JSON, from an object, and takes what is neither as unknown', async () => {
    assert.equal((await only(item('a', {latestMsg: ''}))).lastMessage, null);
    assert.equal((await only(item('a', {latestMsg: '{"sendID":'}))).lastMessage, undefined);
    assert.equal((await only(item('a', {latestMsg: '5'}))).lastMessage, undefined);
    const latestMsg = {contentType: 101, textElem: {content: 'As it is'}} as unknown as string;
    assert.equal((await only(item('a', {latestMsg}))).lastMessage?.text, 'As it is');
  });

  it('maps the kinds of messages', async () => {
    const kinds: readonly [Partial<OpenImMessage> & object, string, string | undefined][] = [
      [{contentType: 102, pictureElem: {sourcePath: '/x'}} as OpenImMessage, 'image', undefined],
      [{contentType: 103, soundElem: {duration: 3}} as OpenImMessage, 'voice', undefined],
      [{contentType: 105, fileElem: {fileName: 'a.pdf'}} as OpenImMessage, 'file', 'a.pdf'],
      [{contentType: 107, mergeElem: {title: 'Chat of two'}} as OpenImMessage, 'merged', 'Chat of two'],
      [{contentType: 108, cardElem: {nickname: 'Cat'}} as OpenImMessage, 'contact', 'Cat'],
      [{contentType: 109, locationElem: {description: 'Here'}} as OpenImMessage, 'location', 'Here'],
      [{contentType: 114, quoteElem: {text: 'Yes'}} as OpenImMessage, 'text', 'Yes'],
      [{contentType: 115, faceElem: {index: 1}} as OpenImMessage, 'sticker', undefined],
      [{contentType: 118, markdownTextElem: {content: '*b*'}} as OpenImMessage, 'text', '*b*'],
      [{contentType: 1504, notificationElem: {detail: '{}'}} as OpenImMessage, 'system', undefined],
      [{contentType: 101, textElem: 5, attachedInfoElem: {text: 'no'}} as unknown as OpenImMessage, 'text', undefined],
    ];
    for (const [over, type, text] of kinds) {
      const last = await message(over);
      assert.deepEqual([last?.type, last?.text], [type, text]);
    }
  });

  it('shows names in a mention, which carries ids', async () => {
    const atTextElem = {text: 'Hi @7 and @8', atUsersInfo: [{atUserID: '7', groupNickname: 'Ann $&'}, null, {atUserID: '8'}]};
    assert.equal((await message({contentType: 106, atTextElem}))?.text, 'Hi @Ann $& and @8');
  });

  it('maps the states of messages', async () => {
    for (const [over, state] of [
      [{status: 1}, 'sending'], [{status: 2}, 'normal'], [{status: 3}, 'failed'], [{status: 4}, 'deleted'],
      [{contentType: 2101}, 'recalled'], [{status: 77}, 'normal'],
    ] as const) {
      assert.equal((await message(over))?.state, state);
    }
  });
});

describe('OpenImSource: events', () => {
  it('has the list page again when an empty change says that something is listed no more', async () => {
    const {source, fake} = subject();
    const list = await store(source);
    assert.ok(idsOf(list).includes('si_ann_me'));
    fake.vanish('si_ann_me');
    await settled();
    assert.ok(!idsOf(list).includes('si_ann_me'));
    assert.ok(idsOf(list).includes('si_zed_me'));
    list.disconnect();
  });

  it('tells how far a sync is, from 0 to 1', () => {
    const {source, fake} = subject();
    const events = listen(source);
    fake.emit('OnSyncServerProgress', 40);
    fake.emit('OnSyncServerProgress', 400);
    fake.emit('OnSyncServerProgress', 'x');
    assert.deepEqual(events.map((event) => event.type === 'sync' && event.progress), [0.4, 1, 0]);
  });

  it('says why a sync failed, and ends one that the connection breaks off', () => {
    const {source, fake} = subject();
    const events = listen(source);
    fake.emit('OnSyncServerFailed', undefined, {errCode: 1501, errMsg: 'TokenExpiredError'});
    fake.emit('OnSyncServerStart', true);
    fake.disconnect();
    const ends = events.flatMap((event) => (event.type === 'sync' && event.phase === 'fail' ? event.error?.code : []));
    assert.deepEqual(ends, ['auth', 'network']);
  });

  it('tells each state of the connection, and keeps the rows when the person is kicked out', async () => {
    const {source, fake} = subject();
    const list = await store(source);
    const events = listen(source);
    const before = idsOf(list);
    for (const name of ['OnConnecting', 'OnConnectFailed', 'OnUserTokenExpired', 'OnUserTokenInvalid', 'OnKickedOffline']) {
      fake.emit(name);
    }
    assert.deepEqual(
      events.map((event) => event.type === 'connection' && event.state),
      ['connecting', 'offline', 'expired', 'expired', 'kicked'],
    );
    fake.broken = failure(10101);
    await list.refresh();
    assert.deepEqual(idsOf(list), before);
    assert.equal(list.snapshot.page.error?.code, 'not-ready');
    fake.broken = undefined;
    fake.patch('si_bob_me', {showName: 'Bob again'});
    fake.reconnect();
    await settled();
    assert.equal(list.snapshot.page.status, 'done');
    assert.ok(Array.from(list.snapshot.rows).some(({title}) => title === 'Bob again'));
    list.disconnect();
  });

  it('says who types and who is online', async () => {
    const {source, fake} = subject();
    const events = listen(source);
    const last = (): Conversation | undefined => {
      const event = events.at(-1);
      return event?.type === 'upsert' ? event.conversations[0] : undefined;
    };
    fake.emit('OnConversationUserInputStatusChanged', {conversationID: 'si_ann_me', userID: 'ann', platformIDs: [5]});
    await settled();
    assert.deepEqual([last()?.id, last()?.typing], ['si_ann_me', ['Name of si_ann_me']]);
    fake.emit('OnConversationUserInputStatusChanged', {conversationID: 'si_ann_me', userID: 'ann', platformIDs: []});
    await settled();
    assert.equal(last()?.typing, undefined);
    fake.emit('OnUserStatusChanged', {userID: 'ann', status: 1, platformIDs: [5]});
    await settled();
    assert.equal(last()?.presence, 'online');
    fake.emit('OnUserStatusChanged', {userID: 'ann', status: 0});
    await settled();
    assert.equal(last()?.presence, 'offline');
    fake.emit('OnConversationUserInputStatusChanged', null);
    fake.emit('OnUserStatusChanged', 'x');
    await settled();
  });

  it('leaves listeners of the app alone when it goes in the midst of an event', async () => {
    const {source, fake} = subject();
    const stop = source.subscribe(() => stop());
    const heard: unknown[] = [];
    fake.on('OnConversationChanged', () => heard.push(1));
    fake.receive('si_ann_me', 'News');
    assert.equal(heard.length, 1);
    await settled();
    assert.equal(fake.held, 1);
  });

  it('takes events that carry nothing of what they should', () => {
    const {source, fake} = subject();
    const events = listen(source);
    for (const data of [null, 5, 'x', {}, [null], [{}]]) {
      fake.emit('OnNewConversation', data);
      fake.emit('OnConversationChanged', data);
      fake.emit('OnTotalUnreadMessageCountChanged', data);
    }
    assert.ok(events.every(({type}) => type === 'reset' || type === 'unread'));
  });
});

describe('OpenImSource: actions', () => {
  it('tells that a hidden conversation has gone, which the SDK does not', async () => {
    const {source} = subject();
    const events = listen(source);
    await source.setHidden('si_ann_me', true);
    assert.deepEqual(events, [{type: 'remove', ids: ['si_ann_me'], reason: 'hidden'}]);
    await assert.rejects(source.setHidden('si_ann_me', false), {code: 'unsupported'});
  });

  it('deletes with and without the messages', async () => {
    const {source, fake} = subject();
    await source.delete(['si_ann_me']);
    await source.delete(['si_bob_me'], {clearHistory: true});
    assert.ok(fake.calls.includes('hideConversation') && fake.calls.includes('deleteConversationAndDeleteAllMsg'));
  });

  it('takes the mention back when it marks read', async () => {
    const {source, fake} = subject();
    await source.markRead(['sg_g1']);
    assert.deepEqual([fake.rows[2]?.unreadCount, fake.rows[2]?.groupAtType], [0, 0]);
  });

  it('keeps a draft with quotes, and lets none into the SQL', async () => {
    const {source, fake} = subject();
    for (const text of ["It's", "'); DROP TABLE local_conversations; --", "''", 'a "b" \\']) {
      await source.setDraft('si_ann_me', text);
      assert.equal((await source.getByIds(['si_ann_me']))[0]?.draft?.text, text);
    }
    assert.equal(fake.rows.length, ITEMS.length);
    // An SDK that quotes by itself.
    fake.setConversationDraft = async ({conversationID, draftText}) => (fake.patch(conversationID, {draftText}), {data: ''});
    await source.setDraft('si_ann_me', "It's");
    assert.equal((await source.getByIds(['si_ann_me']))[0]?.draft?.text, "It's");
  });

  it('lets no quote in an id into the SQL', async () => {
    const {source, fake} = subject();
    const id = "x'); DROP TABLE local_conversations; --";
    assert.deepEqual(await source.getByIds([id]), []);
    await assert.rejects(source.setPinned(id, true), {code: 'not-found'});
    assert.equal(fake.rows.length, ITEMS.length);
  });

  it('maps notify levels, of which it has three', async () => {
    const {source, fake} = subject();
    for (const [level, option] of [['off', 1], ['silent', 2], ['all', 0]] as const) {
      await source.setNotify('si_ann_me', level);
      assert.equal(fake.rows[1]?.recvMsgOpt, option);
    }
    await assert.rejects(source.setNotify('si_ann_me', 'mentions'), {code: 'unsupported'});
  });
});

describe('OpenImSource: errors', () => {
  it('says in the terms of the list what the SDK rejects with', async () => {
    const {source, fake} = subject();
    const wrapped = 'error *stack.stackError not implement CodeError: Error: 10000 Network error ApiPost failed';
    for (const [thrown, code, retryable] of [
      [failure(), 'not-ready', true],
      [failure(100, 'runtime error: invalid memory address or nil pointer dereference'), 'not-ready', true],
      [failure(10005, wrapped), 'network', true],
      [failure(undefined, wrapped), 'network', true],
      [failure(10005, 'Error: 1506 TokenKickedError'), 'auth', false],
      [failure(1501, 'TokenExpiredError'), 'auth', false],
      [failure(1004, '1004 RecordNotFoundError'), 'not-found', false],
      [failure(429, 'too many requests'), 'rate-limited', true],
      [failure(10003, 'deadline'), 'timeout', true],
      [failure(1002, 'no permission'), 'forbidden', false],
      [failure(4711, 'new'), 'unknown', true],
      [new TypeError('not a function'), 'not-ready', true],
    ] as const) {
      fake.failures.push(thrown);
      await assert.rejects(source.getPage({limit: 5}), (error: SourceError) => {
        assert.ok(error instanceof SourceError);
        assert.deepEqual([error.code, error.retryable, error.cause], [code, retryable, thrown]);
        return true;
      });
    }
  });

  it('gives up on a call that never settles, and heeds the signal', async () => {
    const fake = new FakeOpenIm(ITEMS);
    fake.broken = 'wait';
    const source = new OpenImSource(fake, {timeoutMs: 10});
    await assert.rejects(source.getPage({limit: 5}), {code: 'timeout', retryable: true});
    await assert.rejects(source.setPinned('si_ann_me', true), {code: 'timeout'});
    const slow = new OpenImSource(fake);
    const controller = new AbortController();
    const page = slow.getPage({limit: 5, signal: controller.signal});
    controller.abort();
    await assert.rejects(page, {code: 'aborted'});
  });
});
