import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {Conversation, LastMessage} from '../../src/model/conversation.js';
import {SourceError} from '../../src/model/errors.js';
import type {Page, SourceEvent} from '../../src/model/source.js';
import {NimSource, type NimConversation, type NimLastMessage, type NimSdk, type NimSourceOptions} from '../../src/sources/nim.js';
import {ConversationStore} from '../../src/store/index.js';
import type {ConformanceSubject} from '../../src/testing/source-conformance.js';
import {conforms} from './conforms.js';
import {FakeNim, item, NimError, TOP} from './fakes/nim.js';
import {rounds} from './support/rounds.js';

const HELLO: NimLastMessage = {
  lastMessageState: 0,
  messageRefer: {senderId: 'ann', messageClientId: 'm1', createTime: 9000},
  messageType: 0,
  text: 'Hello',
  senderName: 'Ann',
};

const ITEMS: readonly NimConversation[] = [
  item('me|1|zed'),
  item('me|1|ann', {sortOrder: 9000, unreadCount: 2, lastMessage: HELLO, avatar: 'https://example.org/a.png', groupIds: ['1']}),
  item('me|2|t1', {stickTop: true, sortOrder: TOP + 7000, unreadCount: 4}),
  item('me|1|bob', {serverExtension: '{"a":1}', groupIds: ['1', '2']}),
  item('me|3|s1', {unreadCount: 1}),
  item('me|1|cat'),
  item('me|1|old', {sortOrder: 0, updateTime: 0}),
  item('me|1|older', {sortOrder: 0, updateTime: 0}),
];

function expected(id: string, orderKey: bigint, over: Partial<Conversation> = {}): Conversation {
  return {
    id,
    type: id.startsWith('me|1') ? 'direct' : 'group',
    targetId: id.split('|')[2] ?? '',
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

function known(local: boolean): readonly Conversation[] {
  const old = (id: string): Conversation => {
    const {activeAt: _, ...rest} = expected(id, 0n);
    return rest;
  };
  const groups = (...ids: string[]): readonly string[] => (local ? [] : ids);
  return [
    expected('me|2|t1', BigInt(TOP) + 7000n, {pinned: true, unreadCount: 4, notify: 'silent'}),
    expected('me|1|ann', 9000n, {
      activeAt: 9000, unreadCount: 2, lastMessage: HELLO_MESSAGE, avatarUrl: 'https://example.org/a.png', groups: groups('1'),
    }),
    expected('me|1|bob', 5000n, {...(!local && {customData: '{"a":1}'}), groups: groups('1', '2')}),
    expected('me|1|cat', 5000n),
    expected('me|1|zed', 5000n),
    expected('me|3|s1', 5000n, {unreadCount: 1}),
    old('me|1|old'),
    old('me|1|older'),
  ];
}

type Subject = ConformanceSubject & {readonly fake: FakeNim; readonly source: NimSource};

function subject(options: NimSourceOptions = {}): Subject {
  const {local = false} = options;
  const fake = new FakeNim(
    local ? ITEMS.map(({groupIds: _, serverExtension: __, ...rest}) => rest) : ITEMS,
    local,
  );
  fake.muted.add('me|2|t1');
  const source = new NimSource(fake, {timeoutMs: 500, ...options});
  return {
    fake,
    source,
    conversations: known(local),
    change: (id) => fake.receive(id, 'News'),
    add: () => (fake.receive('me|1|new', 'First'), 'me|1|new'),
    remove: (id) => fake.remove(id),
    fail: () => void fake.failures.push(new NimError(500)),
    disconnect: () => fake.disconnect(),
    reconnect: () => fake.reconnect(),
    sync: () => fake.sync(),
    logout: () => fake.logout(),
    held: () => fake.held,
  };
}

const LACKS = [
  ...['markUnread', 'hide', 'draft', 'mark'].map((op) => `the action \`${op}\``),
  ...['hasUnread', 'pinned', 'ids'].map((field) => `\`${field}\` in serverFilters`),
  ...['mark', 'hasMention', 'hidden'].map(
    (field) => `\`${field}\` in serverFilters, conversations that it lets through and others in the content`,
  ),
  '`dispose()`',
  '`search()`',
  '`search()`, `dispose()`',
  'paging `all`',
];

await conforms('NimSource', subject, LACKS);
await conforms('NimSource, local', () => subject({local: true}), [
  ...LACKS,
  '`group` in serverFilters, conversations that it lets through and others in the content',
  'the action `groups`',
  'two fields in serverFilters',
]);

const settled = (): Promise<void> => rounds(20);

function listen(source: NimSource): SourceEvent[] {
  const events: SourceEvent[] = [];
  source.subscribe((event) => events.push(event));
  return events;
}

async function walk(source: NimSource, limit: number): Promise<string[]> {
  const ids: string[] = [];
  for (let page: Page | undefined; page?.done !== true; ) {
    page = await source.getPage({limit, ...(page && {cursor: page.cursor})});
    ids.push(...page.conversations.map(({id}) => id));
  }
  return ids;
}

async function only(one: NimConversation): Promise<Conversation> {
  const {conversations} = await new NimSource(new FakeNim([one])).getPage({limit: 10});
  return conversations[0] as Conversation;
}

const message = async (over: Partial<NimLastMessage>): Promise<LastMessage | null | undefined> =>
  (await only(item('me|1|ann', {lastMessage: {...HELLO, ...over}}))).lastMessage;

async function store(source: NimSource): Promise<ConversationStore> {
  const made = new ConversationStore();
  made.source = source;
  made.connect();
  made.want(50);
  await settled();
  return made;
}

const idsOf = (list: ConversationStore): string[] => Array.from(list.snapshot.rows, ({id}) => id);
const states = (events: readonly SourceEvent[]): string[] =>
  events.flatMap((event) =>
    event.type === 'connection' ? event.state : event.type === 'reset' ? `reset ${event.reason}` : [],
  );

describe('NimSource: pages', () => {
  it('names each once where many share a sortOrder, on pages smaller than they are many', async () => {
    const names = Array.from({length: 23}, (_, i) => `me|1|${String((i * 7) % 23).padStart(2, '0')}`);
    const source = new NimSource(new FakeNim(names.map((id) => item(id, {sortOrder: 77}))));
    for (const limit of [1, 2, 5, 22, 23]) assert.deepEqual(await walk(source, limit), [...names].sort());
  });

  it('goes on after a sortOrder of 0, which is the SDK cursor for the start', async () => {
    const {source} = subject();
    assert.deepEqual((await walk(source, 1)).slice(-2), ['me|1|old', 'me|1|older']);
  });

  it('ends also if the SDK gives fewer than asked', async () => {
    const {source, fake} = subject();
    const {service} = fake;
    const real = service.getConversationListByOption.bind(service);
    service.getConversationListByOption = (offset, _, option) => real(offset, 3, option);
    const page = await source.getPage({limit: 50});
    assert.equal(page.conversations.length, 3);
    assert.equal(page.done, false);
  });

  it('gives nothing, not all, for types that the SDK does not have', async () => {
    const {source} = subject();
    assert.deepEqual(await source.getPage({limit: 10, filter: {types: ['channel']}}), {conversations: [], done: true});
    const groups = await source.getPage({limit: 10, filter: {types: ['group', 'system']}});
    assert.deepEqual(groups.conversations.map(({id}) => id), ['me|2|t1', 'me|3|s1']);
  });

  it('asks for the unread, and for those in no group', async () => {
    const {source} = subject();
    const unread = await source.getPage({limit: 10, filter: {hasUnread: true}});
    assert.deepEqual(unread.conversations.map(({id}) => id), ['me|2|t1', 'me|1|ann', 'me|3|s1']);
    const loose = await source.getPage({limit: 10, filter: {group: null}});
    assert.ok(loose.conversations.every(({groups}) => groups.length === 0) && loose.conversations.length === 6);
  });

  it('waits for the first sync when there is nothing yet', async () => {
    const fake = new FakeNim([]);
    const source = new NimSource(fake);
    listen(source);
    fake.service.emit('onSyncStarted');
    const page = source.getPage({limit: 10});
    await settled();
    fake.service.model.set('me|1|ann', {...item('me|1|ann')});
    fake.service.emit('onSyncFinished');
    assert.equal((await page).conversations.length, 1);
  });

  it('takes an empty list for none only while it is logged in', async () => {
    const fake = new FakeNim([]);
    const source = new NimSource(fake);
    assert.equal((await source.getPage({limit: 10})).done, true);
    for (const status of [0, 2, 3]) {
      fake.login.status = status;
      await assert.rejects(source.getPage({limit: 10}), {code: 'not-ready', retryable: true});
    }
  });

  it('leaves out what is no conversation', async () => {
    const fake = new FakeNim([item('me|1|ann')]);
    const list = [null, {}, 5, item('me|1|ann')] as unknown as NimConversation[];
    fake.service.getConversationListByOption = async () => ({offset: 0, finished: true, conversationList: list});
    const page = await new NimSource(fake).getPage({limit: 10});
    assert.deepEqual(page.conversations.map(({id}) => id), ['me|1|ann']);
  });
});

describe('NimSource: fields', () => {
  it('hands out frozen snapshots of live objects', async () => {
    const {source, fake} = subject();
    const {conversations} = await source.getPage({limit: 50});
    const ann = conversations.find(({id}) => id === 'me|1|ann') as Conversation;
    for (const part of [ann, ann.groups, ann.marks, ann.lastMessage]) assert.ok(Object.isFrozen(part));
    assert.equal(ann.native, fake.service.model.get('me|1|ann'));
    fake.service.get('me|1|ann').name = 'Changed';
    (fake.service.get('me|1|ann').groupIds as string[]).push('3');
    assert.equal(ann.title, 'Name of me|1|ann');
    assert.deepEqual(ann.groups, ['1']);
  });

  it('takes a half-filled object', async () => {
    const fake = new FakeNim([]);
    const half = {conversationId: 'me|1|ann', lastMessage: {}} as unknown as NimConversation;
    fake.service.getConversationListByOption = async () => ({offset: 0, finished: true, conversationList: [half]});
    const c = (await new NimSource(fake).getPage({limit: 10})).conversations[0];
    assert.deepEqual([c?.title, c?.orderKey, c?.type, c?.unreadCount, c?.pinned], ['ann', 0n, 'unknown', 0, false]);
  });

  it('maps the kinds and states of messages', async () => {
    for (const [over, type, text] of [
      [{messageType: 1, text: ''}, 'image', undefined],
      [{messageType: 6, text: '', attachment: {name: 'a.pdf'}}, 'file', 'a.pdf'],
      [{messageType: 4, text: '', attachment: {address: 'Here'}}, 'location', 'Here'],
      [{messageType: 1, text: '', attachment: {name: 'x.png'}}, 'image', undefined],
      [{messageType: 100, text: 'own kind'}, 'custom', 'own kind'],
      [{messageType: 10, text: 'A tip'}, 'system', 'A tip'],
    ] as const) {
      const last = await message(over);
      assert.deepEqual([last?.type, last?.text], [type, text]);
    }
    assert.equal((await message({lastMessageState: 1, messageType: undefined}))?.state, 'recalled');
    assert.equal((await message({sendingState: 2}))?.state, 'failed');
    assert.equal((await message({sendingState: 3}))?.state, 'sending');
    assert.equal((await message({sendingState: 1}))?.state, 'normal');
  });

  it('knows own messages, and from receipts that they were read', async () => {
    const messageRefer = {senderId: 'me', messageClientId: 'x', createTime: 9000};
    const fake = new FakeNim([item('me|1|ann', {lastMessage: {...HELLO, messageRefer}})]);
    const source = new NimSource(fake);
    const events = listen(source);
    const {conversations} = await source.getPage({limit: 1});
    assert.deepEqual([conversations[0]?.lastMessage?.isOwn, conversations[0]?.lastMessage?.peerRead], [true, undefined]);
    for (const [timestamp, read] of [[8999, false], [9000, true]] as const) {
      fake.messages.emit('onReceiveP2PMessageReadReceipts', [{conversationId: 'me|1|ann', timestamp}]);
      await settled();
      const event = events.at(-1);
      const c = event?.type === 'upsert' ? event.conversations[0] : undefined;
      assert.deepEqual([c?.readUpTo, c?.lastMessage?.peerRead], [timestamp, read]);
    }
  });
});

describe('NimSource: events', () => {
  it('tells of one created and of a list changed', () => {
    const {source, fake} = subject();
    const events = listen(source);
    fake.receive('me|1|new', 'First');
    fake.receive('me|1|ann', 'More');
    const told = events.flatMap((event) => (event.type === 'upsert' ? [[event.isNew, event.conversations[0]?.id]] : []));
    assert.deepEqual(told, [[true, 'me|1|new'], [false, 'me|1|ann']]);
  });

  it('keeps the names when an event on groups comes without them', async () => {
    const {source} = subject();
    const events = listen(source);
    await source.groups?.add('1', ['me|1|cat']);
    await settled();
    const event = events.find(({type}) => type === 'upsert');
    const c = event?.type === 'upsert' ? event.conversations[0] : undefined;
    assert.deepEqual([c?.title, c?.groups], ['Name of me|1|cat', ['1']]);
  });

  it('has the list page again after a sync, which tells no changes', async () => {
    const {source, fake} = subject();
    const list = await store(source);
    fake.disconnect();
    fake.remove('me|1|ann');
    fake.receive('me|1|late', 'Hello');
    await settled();
    assert.ok(idsOf(list).includes('me|1|ann'));
    assert.equal(list.snapshot.connection, 'offline');
    fake.reconnect();
    await settled();
    assert.ok(!idsOf(list).includes('me|1|ann') && idsOf(list).includes('me|1|late'));
    assert.equal(list.snapshot.connection, 'online');
    list.disconnect();
  });

  it('ends a sync that a broken connection cancels, which the SDK does not', () => {
    const {source, fake} = subject();
    const events = listen(source);
    fake.service.emit('onSyncStarted');
    fake.disconnect();
    const phases = events.flatMap((event) => (event.type === 'sync' ? [[event.phase, event.error?.code]] : []));
    assert.deepEqual(phases, [['start', undefined], ['fail', 'network']]);
  });

  it('keeps the rows when the person is kicked out, says so, and recovers at the next login', async () => {
    const {source, fake} = subject();
    const list = await store(source);
    const events = listen(source);
    const rows = new Map(fake.service.model);
    const before = idsOf(list);
    fake.kick();
    await settled();
    assert.deepEqual(states(events), ['kicked']);
    assert.equal(list.snapshot.connection, 'kicked');
    await list.refresh();
    assert.equal(list.snapshot.page.error?.code, 'auth');
    assert.deepEqual(idsOf(list), before);
    fake.login.user = 'me';
    fake.login.set(2);
    fake.login.set(1);
    fake.service.emit('onSyncStarted');
    fake.service.model = rows;
    fake.receive('me|1|ann', 'News');
    fake.service.emit('onSyncFinished');
    await settled();
    assert.deepEqual([list.snapshot.page.status, list.snapshot.connection], ['done', 'online']);
    assert.deepEqual(new Set(idsOf(list)), new Set(before));
    list.disconnect();
  });

  it('tells an expired token from a failed connection, and neither is a logout', async () => {
    const {source, fake} = subject();
    const events = listen(source);
    fake.login.set(3);
    fake.login.set(2);
    fake.login.set(0);
    fake.login.emit('onLoginFailed', new NimError(102302, 'invalid token'));
    await settled();
    assert.deepEqual(states(events), ['offline', 'connecting', 'expired']);
    await assert.rejects(source.getPage({limit: 1}), {code: 'auth'});
    fake.login.set(2);
    fake.login.set(3);
    fake.login.emit('onLoginFailed', new NimError(192001));
    await settled();
    assert.equal(states(events).at(-1), 'offline');
  });

  it('forgets the rows of another person', async () => {
    const {source, fake} = subject();
    const events = listen(source);
    fake.logout();
    await settled();
    assert.deepEqual(states(events), ['offline', 'reset logout']);
    fake.login.user = 'you';
    fake.login.set(1);
    assert.deepEqual(states(events).slice(2), ['reset login', 'online']);
  });

  it('says at once that nobody is logged in', async () => {
    const {source, fake} = subject();
    fake.login.status = 0;
    const events = listen(source);
    assert.equal(events.length, 0);
    await settled();
    assert.deepEqual(states(events), ['offline']);
  });

  it('takes events that carry nothing of what they should', async () => {
    const {source, fake} = subject();
    const events = listen(source);
    for (const value of [undefined, null, 5, {}, [null], [{}]]) {
      for (const name of ['Created', 'Changed', 'Deleted', 'ReadTimeUpdated']) {
        fake.service.emit(`onConversation${name}`, value);
      }
      fake.groupService.emit('onConversationsAddedToGroup', value, value);
      fake.groupService.emit('onConversationsRemovedFromGroup', value, value);
      fake.messages.emit('onReceiveP2PMessageReadReceipts', value);
      fake.login.emit('onLoginFailed', value);
    }
    await settled();
    assert.ok(events.every(({type}) => type === 'unread' || type === 'connection'));
  });
});

describe('NimSource: actions and totals', () => {
  it('counts no muted conversation, though the SDK does', async () => {
    const {source, fake} = subject();
    assert.equal(await source.getTotalUnread(), 3);
    const events = listen(source);
    await source.setNotify('me|2|t1', 'all');
    await settled();
    const told = events.findLast(({type}) => type === 'unread');
    assert.equal(told?.type === 'unread' && told.total, 7);
    assert.equal(fake.service.total({}), 7);
    assert.equal(await source.getTotalUnread({types: ['direct']}), 2);
    assert.equal(await source.getTotalUnread({group: '1'}), 2);
    for (const filter of [{types: []}, {group: null}, {pinned: true}]) {
      await assert.rejects(source.getTotalUnread(filter), {code: 'unsupported'});
    }
  });

  it('mutes persons, teams and super teams by their own calls', async () => {
    const {source, fake} = subject();
    for (const id of ['me|1|ann', 'me|2|t1', 'me|3|s1']) {
      await source.setNotify(id, 'silent');
      assert.ok(fake.muted.has(id));
      await source.setNotify(id, 'all');
      assert.ok(!fake.muted.has(id));
    }
    await assert.rejects(source.setNotify('me|1|ann', 'mentions'), {code: 'unsupported'});
  });

  it('answers for each of several', async () => {
    const {source} = subject();
    const results = await source.markRead(['me|1|ann', 'me|1|nobody']);
    assert.deepEqual(results.map(({id, error}) => [id, error?.code]), [['me|1|ann', undefined], ['me|1|nobody', 'not-found']]);
  });

  it('makes a group, and says when a conversation was refused', async () => {
    const {source} = subject();
    assert.equal((await source.groups?.create('New', ['me|1|ann']))?.name, 'New');
    await assert.rejects((async () => source.groups?.create('More', ['me|1|nobody']))(), {code: 'not-found'});
  });

  it('offers only what the registered services can do', () => {
    const fake = new FakeNim(ITEMS);
    const some: NimSdk = {V2NIMLoginService: fake.login, V2NIMConversationService: fake.service};
    // What the SDK puts in place of a service that is not registered.
    const empty = {} as never;
    const rest = {V2NIMConversationGroupService: empty, V2NIMSettingService: empty, V2NIMMessageService: empty};
    for (const nim of [some, {...some, ...rest}]) {
      const source = new NimSource(nim);
      assert.deepEqual([...source.capabilities.ops].sort(), ['customData', 'delete', 'markAllRead', 'markRead', 'pin']);
      assert.equal(source.groups, undefined);
      source.subscribe(() => undefined)();
    }
  });

  it('says what is missing when the conversation service is not registered', async () => {
    const {login} = new FakeNim([]);
    for (const nim of [{}, {V2NIMConversationService: {} as never}]) {
      const source = new NimSource({V2NIMLoginService: login, ...nim});
      await assert.rejects(source.getPage({limit: 1}), {code: 'unsupported'});
    }
  });
});

describe('NimSource: errors', () => {
  it('says in the terms of the list what the SDK rejects with', async () => {
    const {source, fake} = subject();
    for (const [code, expectedCode] of [
      [190002, 'not-ready'], [102302, 'auth'], [403, 'forbidden'], [110404, 'not-found'], [191006, 'not-found'],
      [416, 'rate-limited'], [110303, 'limit-exceeded'], [414, 'invalid-argument'], [191005, 'timeout'],
      [192004, 'timeout'], [191002, 'network'], [192003, 'network'], [503, 'server'], [4711, 'unknown'],
    ] as const) {
      const thrown = new NimError(code, 'why');
      fake.failures.push(thrown);
      await assert.rejects(source.setPinned('me|1|ann', true), (error: SourceError) => {
        assert.ok(error instanceof SourceError);
        assert.deepEqual([error.code, error.nativeCode, error.message, error.cause], [expectedCode, code, 'why', thrown]);
        return true;
      });
    }
  });

  it('gives up on a call that never settles', async () => {
    const fake = new FakeNim(ITEMS);
    fake.broken = 'wait';
    const source = new NimSource(fake, {timeoutMs: 10});
    await assert.rejects(source.getPage({limit: 5}), {code: 'timeout', retryable: true});
    await assert.rejects(source.setPinned('me|1|ann', true), {code: 'timeout'});
  });
});
