import assert from 'node:assert/strict';
import {once} from 'node:events';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {afterEach, mock, test} from 'node:test';
import {SourceError, type Conversation, type SourceEvent} from '../../src/model/index.js';
import {MatrixSource, type MatrixServer} from '../../src/sources/matrix.js';
import {ConversationStore} from '../../src/store/conversation-store.js';
import {FakeHomeserver, HOMESERVER, SELF, TOKEN, type ServerRoom} from './fakes/homeserver.js';
import {FakeEvent, FakeMatrixClient} from './fakes/matrix-client.js';
import {until} from './support/until.js';

/** Ended after each test, also one that fails: a sync would keep the process. */
const sources: MatrixSource[] = [];
afterEach(() => sources.splice(0).forEach((source) => source.dispose()));

const BOB = '@bob:example.org';
const ID = '!a:example.org';

interface Setup {
  readonly home: FakeHomeserver;
  readonly room: ServerRoom;
  readonly source: MatrixSource;
  readonly events: SourceEvent[];
  /** As last told, once it is so. */
  readonly told: (is: (c: Conversation) => boolean, id?: string) => Promise<Conversation>;
}

function listen(home: FakeHomeserver, room: ServerRoom, source: MatrixSource): Setup {
  const events: SourceEvent[] = [];
  source.subscribe((event) => events.push(event));
  const told = async (is: (c: Conversation) => boolean, id = ID): Promise<Conversation> => {
    const last = (): Conversation | undefined =>
      events.flatMap((event) => (event.type === 'upsert' ? event.conversations : [])).findLast((one) => one.id === id);
    await until(() => {
      const row = last();
      return row !== undefined && is(row);
    }, `it was not told of ${id}; the last was ${JSON.stringify(last(), (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v))}`);
    return last() ?? assert.fail();
  };
  return {home, room, source, events, told};
}

function make(...args: ConstructorParameters<typeof MatrixSource>): MatrixSource {
  const source = new MatrixSource(...args);
  sources.push(source);
  return source;
}

function prepare(): {home: FakeHomeserver; room: ServerRoom} {
  const home = new FakeHomeserver();
  home.names.set(BOB, 'Bob');
  const room = home.add(ID, {name: 'A'});
  home.say(room, 'Hello');
  return {home, room};
}

async function overServer(options: Partial<MatrixServer> = {}, timeoutMs = 2000): Promise<Setup> {
  const {home, room} = prepare();
  const source = make({homeserver: HOMESERVER, accessToken: TOKEN, fetch: home.fetch, ...options}, {timeoutMs});
  const setup = listen(home, room, source);
  await source.getPage({limit: 20});
  return setup;
}

async function overClient(): Promise<Setup & {client: FakeMatrixClient; room: ServerRoom}> {
  const {home, room} = prepare();
  const client = new FakeMatrixClient(home);
  const setup = listen(home, room, make(client, {timeoutMs: 200}));
  await setup.source.getPage({limit: 20});
  return {...setup, client};
}

const both = [['a homeserver', overServer], ['a client', overClient]] as const;
const coded = (code: string) => (error: unknown) => error instanceof SourceError && error.code === code;
const connections = (events: readonly SourceEvent[]): string[] => events.flatMap((event) => (event.type === 'connection' ? event.state : []));

for (const [name, setUp] of both) {
  test(`over ${name}: left rooms go, though the service keeps them`, async () => {
    const {home, room, source, events} = await setUp();
    home.leave(room);
    await until(() => events.some(({type}) => type === 'remove'), 'no removal was told');
    assert.deepEqual((await source.getPage({limit: 9})).conversations, []);
    assert.deepEqual(events.filter(({type}) => type === 'remove'), [{type: 'remove', ids: [ID], reason: 'left'}]);
    source.dispose();
  });

  test(`over ${name}: edits, redactions, reactions and joins`, async () => {
    const {home, room, source, told} = await setUp();
    const first = home.say(room, 'One');
    await told(({lastMessage}) => lastMessage?.text === 'One');
    const key = (await source.getByIds([ID]))[0]?.orderKey;
    home.event(room, 'm.room.message', {
      msgtype: 'm.text', body: '* Two', 'm.new_content': {msgtype: 'm.text', body: 'Two'}, 'm.relates_to': {rel_type: 'm.replace', event_id: first.event_id},
    });
    await told(({lastMessage}) => lastMessage?.text === 'Two' && lastMessage.id === first.event_id);
    home.event(room, 'm.reaction', {'m.relates_to': {rel_type: 'm.annotation', event_id: first.event_id, key: '👍'}});
    home.state(room, 'm.room.member', '@eve:example.org', {membership: 'join', displayname: 'Eve'}, '@eve:example.org');
    home.event(room, 'm.room.redaction', {redacts: first.event_id});
    const row = await told(({lastMessage}) => lastMessage?.state === 'recalled');
    assert.deepEqual([row.lastMessage?.text, row.orderKey], [undefined, key]);
    source.dispose();
  });

  test(`over ${name}: tags, hand-set marks and push rules of both generations`, async () => {
    const {home, room, source, told} = await setUp();
    home.tag(room, 'm.favourite');
    await told(({pinned, orderKey}) => pinned && orderKey > 1n << 62n);
    home.tag(room, 'm.favourite', false);
    home.tag(room, 'm.lowpriority');
    home.tag(room, 'u.Work');
    home.setData(room, 'm.marked_unread', {unread: true});
    await told(({pinned, marks, groups}) => !pinned && marks.join() === 'fold,unread' && groups[0] === 'Work');
    for (const actions of [[], ['dont_notify']]) {
      home.setGlobal('m.push_rules', {global: {room: [{rule_id: ID, enabled: true, actions}]}});
      await told(({notify}) => notify === 'mentions');
      home.setGlobal('m.push_rules', {global: {override: [{rule_id: 'mine', enabled: true, actions, conditions: [{kind: 'event_match', key: 'room_id', pattern: ID}]}]}});
      await told(({notify}) => notify === 'silent');
      home.setGlobal('m.push_rules', {global: {override: [{rule_id: 'mine', enabled: false, actions, conditions: []}]}});
      await told(({notify}) => notify === 'all');
    }
    source.dispose();
  });

  test(`over ${name}: a level is set by rules, and those of others are taken away`, async () => {
    const {home, source, told} = await setUp();
    const rules = (): unknown => (home.globals.get('m.push_rules')?.content['global']);
    home.setGlobal('m.push_rules', {global: {override: [{rule_id: 'mine', enabled: true, actions: ['dont_notify'], conditions: [{kind: 'event_match', key: 'room_id', pattern: ID}]}], room: []}});
    await told(({notify}) => notify === 'silent');
    await source.setNotify(ID, 'mentions');
    assert.deepEqual(rules(), {override: [], room: [{rule_id: ID, enabled: true, default: false, actions: []}]});
    await assert.rejects(source.setNotify(ID, 'off'), coded('unsupported'));
    source.dispose();
  });

  test(`over ${name}: an invitation is a row of its own, and is answered, not read`, async () => {
    const {home, source, told} = await setUp();
    const id = '!invite:example.org';
    home.add(id, {name: 'Come in', membership: 'invite'});
    const row = await told(({title}) => title === 'Come in', id);
    assert.deepEqual([row.unreadCount, row.marks, row.lastMessage?.type, row.lastMessage?.senderName], [1, ['invite'], 'invite', 'Bob']);
    const [result] = await source.markRead([id]);
    assert.equal(result?.error?.code, 'unsupported');
    assert.deepEqual(await source.delete([id]), [{id}]);
    assert.deepEqual((await source.getPage({limit: 9})).conversations.map((one) => one.id), [ID]);
    source.dispose();
  });

  test(`over ${name}: what is encrypted, and kinds of messages`, async () => {
    const {home, room, source, told} = await setUp();
    const kinds: [string, Record<string, unknown>, Record<string, unknown>][] = [
      ['m.room.encrypted', {algorithm: 'm.megolm.v1.aes-sha2', ciphertext: 'x'}, {type: 'encrypted'}],
      ['m.sticker', {body: 'A cat'}, {type: 'sticker'}],
      ['m.call.invite', {offer: {sdp: 'm=audio 9\r\nm=video 9'}}, {type: 'video-call'}],
      ['m.poll.start', {'m.poll': {question: {'m.text': [{body: 'When?'}]}}}, {type: 'poll', text: 'When?'}],
      ['m.room.message', {msgtype: 'm.file', body: 'a.pdf'}, {type: 'file', fileName: 'a.pdf'}],
      ['m.room.message', {msgtype: 'm.audio', body: 'x', info: {duration: 3000}, 'org.matrix.msc3245.voice': {}}, {type: 'voice', durationMs: 3000}],
      ['m.room.message', {msgtype: 'm.image', body: 'Look', filename: 'a.png'}, {type: 'image', text: 'Look'}],
      ['m.room.message', {msgtype: 'm.emote', body: 'waves'}, {type: 'text', text: '* Bob waves'}],
      ['m.room.message', {msgtype: 'm.text', body: '> <@me> old\n> lines\n\nNew', 'm.relates_to': {'m.in_reply_to': {event_id: '$1'}}}, {type: 'text', text: 'New'}],
      // Half filled.
      ['m.room.message', {}, {type: 'text'}],
      ['m.room.message', {msgtype: 5, body: {}, info: 'x', url: 7}, {type: 'text'}],
    ];
    for (const [type, content, expected] of kinds) {
      const {event_id: id} = home.event(room, type, content);
      const {lastMessage} = await told((c) => c.lastMessage?.id === id);
      const {senderId, senderName, isOwn, sentAt, state, id: _, ...rest} = lastMessage ?? assert.fail();
      assert.deepEqual([rest, senderId, senderName, isOwn, state, typeof sentAt], [expected, BOB, 'Bob', false, 'normal', 'number']);
    }
    source.dispose();
  });

  test(`over ${name}: too many requests, refusals, and a server that fails`, async () => {
    const {home, source} = await setUp();
    const cases: [number, Record<string, unknown>, string, boolean][] = [
      [429, {errcode: 'M_LIMIT_EXCEEDED', retry_after_ms: 1500}, 'rate-limited', true],
      [403, {errcode: 'M_FORBIDDEN'}, 'forbidden', false],
      [404, {errcode: 'M_NOT_FOUND'}, 'not-found', false],
      [400, {errcode: 'M_BAD_JSON'}, 'invalid-argument', false],
      [401, {errcode: 'M_UNKNOWN_TOKEN', soft_logout: true}, 'auth', false],
      [404, {errcode: 'M_UNRECOGNIZED'}, 'unsupported', false],
      [502, {}, 'server', true],
    ];
    for (const [status, body, code, retryable] of cases) {
      home.down = {status, body};
      await assert.rejects(source.setPinned(ID, true), (error) => {
        assert.ok(error instanceof SourceError);
        assert.deepEqual([error.code, error.retryable, error.retryAfterMs], [code, retryable, status === 429 ? 1500 : undefined]);
        return true;
      });
    }
    home.down = undefined;
    source.dispose();
  });

  test(`over ${name}: a call that never settles times out, and no listener is left`, async () => {
    const {home, source} = name === 'a client' ? await overClient() : await overServer({}, 200);
    home.hanging.add('/tags/');
    await assert.rejects(source.setPinned(ID, true), coded('timeout'));
    await assert.rejects(source.setPinned(ID, true, {signal: AbortSignal.timeout(10)}), coded('aborted'));
    source.dispose();
  });
}

// The SDK's client

test('Room.UnreadNotifications is told on the room alone: counts are read after the sync', async () => {
  const {home, room, source, told, events} = await overClient();
  assert.equal(await source.getTotalUnread(), 1);
  home.say(room, 'two');
  await told(({unreadCount}) => unreadCount === 2);
  // Read on another device: no event but the receipt.
  room.unread = 0;
  home.touch(room);
  await told(({unreadCount}) => unreadCount === 0);
  assert.deepEqual(events.filter(({type}) => type === 'unread').at(-1), {type: 'unread', total: 0});
});

test('Room comes after Room.tags of the same room: one upsert with both', async () => {
  const {home, told, events} = await overClient();
  const id = '!b:example.org';
  const room = home.add(id, {name: 'B'});
  home.tag(room, 'm.favourite');
  await told(({pinned}) => pinned, id);
  const upserts = events.flatMap((event) => (event.type === 'upsert' ? event.conversations : [])).filter((one) => one.id === id);
  assert.deepEqual(upserts.map(({pinned}) => pinned), [true]);
});

test('an empty room has no time, and joins do not raise one', async () => {
  const {home, room} = prepare();
  const client = new FakeMatrixClient(home);
  const empty = home.add('!empty:example.org', {name: 'Empty'});
  await new Promise((resolve) => setTimeout(resolve, 0));
  client.rooms.get(empty.id)?.timeline.splice(0);
  home.state(room, 'm.room.member', '@eve:example.org', {membership: 'leave'}, '@eve:example.org');
  const {conversations} = await make(client).getPage({limit: 9});
  assert.deepEqual(conversations.map(({title, orderKey}) => [title, orderKey > 0n]), [['A', true], ['Empty', false]]);
  assert.equal(conversations[0]?.orderKey, BigInt(conversations[0]?.lastMessage?.sentAt ?? 0));
});

test('with sliding sync the order is by the stamps, also of rooms that have none yet', async () => {
  const {home} = prepare();
  home.say(home.add('!b:example.org', {name: 'B'}), 'later');
  const client = new FakeMatrixClient(home);
  const room = client.rooms.get(ID) ?? assert.fail();
  room.stamp = 7;
  const {conversations} = await make(client).getPage({limit: 9});
  assert.deepEqual(conversations.map(({title, orderKey}) => [title, orderKey]), [['A', 7n], ['B', 0n]]);
});

test('what is being sent shows, failed, and at last as the server has it', async () => {
  const {client, source, told} = await overClient();
  const room = client.rooms.get(ID) ?? assert.fail();
  const echo = new FakeEvent({event_id: '~local', type: 'm.room.message', sender: SELF, origin_server_ts: 1_800_000_000_000, content: {msgtype: 'm.text', body: 'mine'}}, ID);
  for (const [status, state] of [['sending', 'sending'], ['queued', 'sending'], ['not_sent', 'failed'], ['sent', 'normal']] as const) {
    echo.status = status;
    if (room.pending.length === 0) room.pending.push(echo);
    client.emit('Room.localEchoUpdated', echo, room);
    await told(({lastMessage}) => lastMessage?.text === 'mine' && lastMessage.state === state);
  }
  // A receipt names no event that only this device knows.
  assert.deepEqual(await source.markRead([ID]), [{id: ID}]);
});

test('an event that is decrypted later shows then', async () => {
  const {client, home, room: served, told} = await overClient();
  const {event_id: id} = home.event(served, 'm.room.encrypted', {ciphertext: 'x'});
  await told(({lastMessage}) => lastMessage?.type === 'encrypted');
  const event = client.rooms.get(ID)?.timeline.find((one) => one.getId() === id) ?? assert.fail();
  event.clear = {type: 'm.room.message', content: {msgtype: 'm.bad.encrypted', body: '** Unable to decrypt **'}};
  client.emit('Event.decrypted', event);
  event.clear = {type: 'm.room.message', content: {msgtype: 'm.text', body: 'clear'}};
  client.emit('Event.decrypted', event);
  await told(({lastMessage}) => lastMessage?.text === 'clear');
});

test('a client that is not started or has not synced refuses for now; then the list is told to page', async () => {
  const {home} = prepare();
  const client = new FakeMatrixClient(home, {prepared: false});
  const source = make(client, {timeoutMs: 100});
  client.clientRunning = false;
  const store = new ConversationStore();
  store.source = source;
  store.connect();
  store.want(10);
  await assert.rejects(source.getPage({limit: 9}), coded('not-ready'));
  client.clientRunning = true;
  // Its first sync takes longer than a call may.
  await assert.rejects(source.getPage({limit: 9}), coded('timeout'));
  client.prepare();
  await until(() => store.snapshot.rows.length === 1, 'the list did not load');
  store.disconnect();
  assert.equal(client.held, 0);
});

test('a session that ends keeps the rows; when the SDK syncs again it goes on', async () => {
  for (const [soft, state] of [[true, 'expired'], [false, 'kicked']] as const) {
    const {client, events, source} = await overClient();
    client.emit('Session.logged_out', {data: {soft_logout: soft}});
    client.move('ERROR');
    assert.deepEqual(connections(events), [state]);
    assert.equal((await source.getPage({limit: 9})).conversations.length, 1);
    client.move('SYNCING');
    assert.deepEqual(connections(events), [state, 'online']);
    source.dispose();
  }
});

test('half a room takes no other row away', async () => {
  const {home} = prepare();
  home.say(home.add('!b:example.org', {name: 'B'}), 'x');
  const client = new FakeMatrixClient(home);
  const room = client.rooms.get(ID) ?? assert.fail();
  room.getLiveTimeline = () => undefined as never;
  room.tags = undefined as never;
  const {conversations} = await make(client).getPage({limit: 9});
  assert.deepEqual(conversations.map(({title}) => title), ['B']);
});

test('typing is told again while it lasts, and taken back', async () => {
  const {client, home, room, told, events} = await overClient();
  mock.timers.enable({apis: ['setTimeout']});
  try {
    home.type(room, [BOB]);
    for (let i = 0; i < 10; i++) await Promise.resolve();
    const telling = (): number => events.filter((event) => event.type === 'upsert' && event.conversations[0]?.typing?.[0] === 'Bob').length;
    assert.equal(telling(), 1);
    mock.timers.tick(5000);
    assert.equal(telling(), 2);
    mock.timers.tick(5000);
    assert.equal(telling(), 3);
  } finally {
    mock.timers.reset();
  }
  home.type(room, []);
  await told(({typing}) => typing === undefined);
  assert.ok(client.held > 0);
});

test('presence is that of the other side, once the SDK knows it', async () => {
  const {client, home, room, source, told} = await overClient();
  home.direct(room);
  assert.equal((await source.getByIds([ID]))[0]?.presence, undefined);
  client.presences.set(BOB, 'unavailable');
  client.emit('User.presence', undefined, {userId: BOB});
  await told(({presence}) => presence === 'away');
});

// A homeserver

test('a position that the server has forgotten is a gap, and the list loads anew', async () => {
  const {home, room, source, events, told} = await overServer();
  home.forgetPositions();
  await until(() => events.some((event) => event.type === 'reset' && event.reason === 'gap'), 'no gap was told');
  home.say(room, 'after');
  await told(({lastMessage}) => lastMessage?.text === 'after');
  assert.equal((await source.getPage({limit: 9})).conversations[0]?.lastMessage?.text, 'after');
  source.dispose();
});

test('windows grow as pages need them, and favourites from far below come first', async () => {
  const {home} = prepare();
  for (let i = 0; i < 150; i++) home.say(home.add(`!r${i}:example.org`, {name: `r${i}`}), 'x');
  home.tag(home.rooms.get('!r3:example.org') ?? assert.fail(), 'm.favourite');
  const source = make({homeserver: HOMESERVER, accessToken: TOKEN, fetch: home.fetch});
  const end = source.subscribe(() => undefined);
  const page = await source.getPage({limit: 20});
  assert.deepEqual(page.conversations.map(({title}) => title).slice(0, 3), ['r3', 'r149', 'r148']);
  const windows = (): unknown[] => home.requests.filter(({path}) => path.includes('simplified')).map(({body}) => (body['lists'] as {all: {ranges: number[][]}}).all.ranges[0]?.[1]);
  assert.deepEqual([...new Set(windows())], [19]);
  const ids = new Set(page.conversations.map(({id}) => id));
  for (let next = page; !next.done; ) {
    next = await source.getPage({limit: 20, cursor: next.cursor});
    for (const {id} of next.conversations) ids.add(id);
  }
  assert.equal(ids.size, 151);
  assert.ok(new Set(windows()).size > 2);
  end();
  source.dispose();
});

test('what sliding sync says is 0 comes from the classic sync; what it counts itself is taken where that fails', async () => {
  const {source, told} = await overServer();
  await told(({unreadCount}) => unreadCount === 1).catch(async () => assert.equal((await source.getByIds([ID]))[0]?.unreadCount, 1));
  source.dispose();
  const {home} = prepare();
  home.slidingCounts = true;
  home.hanging.add('/v3/sync');
  const other = make({homeserver: HOMESERVER, accessToken: TOKEN, fetch: home.fetch}, {timeoutMs: 100});
  assert.equal((await other.getPage({limit: 9})).conversations[0]?.unreadCount, 1);
  await assert.rejects(other.getTotalUnread(), coded('timeout'));
  other.dispose();
});

test('a server without sliding sync says so, and is not asked again and again', async () => {
  const {home} = prepare();
  home.slides = false;
  const source = make({homeserver: HOMESERVER, accessToken: TOKEN, fetch: home.fetch});
  const events: SourceEvent[] = [];
  source.subscribe((event) => events.push(event));
  await assert.rejects(source.getPage({limit: 9}), coded('unsupported'));
  await until(() => connections(events).length > 0, 'nothing was told');
  const {length} = home.requests.filter(({path}) => path.includes('simplified'));
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(home.requests.filter(({path}) => path.includes('simplified')).length, length);
  source.dispose();
});

test('a token that has expired is told, the rows stay, and a new one is taken up', async () => {
  mock.timers.enable({apis: ['setTimeout']});
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 60; i++) await new Promise((resolve) => setImmediate(resolve));
  };
  try {
    const {home} = prepare();
    let token = TOKEN;
    const source = make({homeserver: HOMESERVER, accessToken: async () => token, fetch: home.fetch});
    const events: SourceEvent[] = [];
    source.subscribe((event) => events.push(event));
    await source.getPage({limit: 9});
    home.token = 'second';
    home.touch();
    await settle();
    assert.deepEqual(connections(events), ['online', 'expired']);
    assert.equal((await source.getPage({limit: 9})).conversations.length, 1);
    token = 'second';
    mock.timers.tick(2000);
    await settle();
    assert.deepEqual(connections(events), ['online', 'expired', 'online']);
    source.dispose();
  } finally {
    mock.timers.reset();
  }
});

test('when the server asks for patience it gets it, and later more of it', async () => {
  mock.timers.enable({apis: ['setTimeout']});
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 60; i++) await new Promise((resolve) => setImmediate(resolve));
  };
  try {
    const {home} = prepare();
    const source = make({homeserver: HOMESERVER, accessToken: TOKEN, fetch: home.fetch});
    const events: SourceEvent[] = [];
    source.subscribe((event) => events.push(event));
    await source.getPage({limit: 9});
    home.down = {status: 429, body: {errcode: 'M_LIMIT_EXCEEDED', retry_after_ms: 30_000}};
    home.touch();
    await settle();
    assert.deepEqual(connections(events), ['online', 'connecting']);
    const count = (): number => home.requests.filter(({path}) => path.includes('simplified')).length;
    const {length} = home.requests;
    const asked = count();
    mock.timers.tick(29_000);
    await settle();
    assert.equal(count(), asked);
    home.down = undefined;
    mock.timers.tick(2000);
    await settle();
    assert.ok(home.requests.length > length);
    assert.deepEqual(connections(events), ['online', 'connecting', 'online']);
    source.dispose();
  } finally {
    mock.timers.reset();
  }
});

test('answers that are none, or half, cost no row', async () => {
  const {home} = prepare();
  let answer: unknown;
  const source = make({
    homeserver: HOMESERVER,
    accessToken: TOKEN,
    fetch: async (input, init) => (answer === undefined ? home.fetch(input, init) : new Response(answer as string)),
  });
  for (answer of ['<html>', '5', 'null', '{}', '{"pos":5,"lists":{}}', '{"pos":"1","lists":null}']) {
    await assert.rejects(source.getPage({limit: 9}), coded('invalid-data'), String(answer));
  }
  answer = JSON.stringify({
    pos: '1', next_batch: '1', user_id: SELF, lists: {all: {count: 2}},
    rooms: {
      '!x:y': null, '!y:z': 5, '!z:z': {initial: true, bump_stamp: '5', heroes: [null, {user_id: 7}], timeline: [null, 5, {type: 'm.room.message'}, {event_id: {}}], required_state: [{}], is_dm: 'yes'},
      ...{join: null, leave: 5, invite: {'!i:i': null}},
    },
    extensions: {account_data: {global: [null, {type: 'm.direct', content: {a: 5}}, {type: 'm.push_rules'}], rooms: {'!z:z': [null, {type: 'm.tag'}]}}, typing: {rooms: {'!z:z': null}}, receipts: 5},
  });
  const {conversations, done} = await source.getPage({limit: 9});
  assert.ok(done && conversations.some(({id}) => id === '!z:z'));
  source.dispose();
});

test('while nobody listens nothing runs', async () => {
  const {home} = prepare();
  const source = make({homeserver: HOMESERVER, accessToken: TOKEN, fetch: home.fetch});
  assert.equal(home.requests.length, 0);
  const end = source.subscribe(() => undefined);
  await source.getPage({limit: 9});
  await until(() => home.held === 2, 'both syncs wait');
  end();
  assert.equal(home.held, 0);
  const {length} = home.requests;
  home.touch();
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(home.requests.length, length);
});

test('pictures are asked for over https, as small ones, or where the app says', async () => {
  const {home, room} = prepare();
  room.avatar = 'mxc://example.org/abc';
  const fetch = home.fetch;
  const picture = async (options?: {avatarUrl: (mxc: string) => string}): Promise<string | undefined> => {
    const source = make({homeserver: HOMESERVER, accessToken: TOKEN, fetch}, options);
    const [row] = (await source.getPage({limit: 9})).conversations;
    source.dispose();
    return row?.avatarUrl;
  };
  assert.equal(await picture(), `${HOMESERVER}/_matrix/media/v3/thumbnail/example.org/abc?width=96&height=96&method=crop`);
  assert.equal(await picture({avatarUrl: (mxc) => `/media/${mxc.slice(6)}`}), '/media/example.org/abc');
  for (const mxc of ['javascript:alert(1)', 'mxc://../x', 'mxc://a/b/c', 'mxc:///']) {
    room.avatar = mxc;
    const url = await picture();
    assert.ok(url === undefined || url.startsWith(`${HOMESERVER}/_matrix/media/`), url);
  }
});

test('without an SDK no redirection is followed', async () => {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    if (request.url === '/elsewhere') response.end('{}');
    else response.writeHead(307, {location: '/elsewhere'}).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const {port} = server.address() as AddressInfo;
    const source = make({homeserver: `http://127.0.0.1:${port}`, accessToken: TOKEN});
    await assert.rejects(source.setPinned(ID, true), {code: 'network'});
    assert.ok(asked.length > 0 && !asked.includes('/elsewhere'), asked.join());
  } finally {
    server.close();
  }
});
