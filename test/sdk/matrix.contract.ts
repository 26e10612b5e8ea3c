/** The source over the real MatrixClient, with a homeserver in the same process in place of a network. */
import assert from 'node:assert/strict';
import {after, test} from 'node:test';
import {ClientEvent, createClient, EventType, NotificationCountType, PendingEventOrdering, SyncState, type MatrixClient} from 'matrix-js-sdk';
import {logger} from 'matrix-js-sdk/lib/logger.js';
import type {Conversation, SourceEvent} from '../../src/model/index.js';
import {MatrixSource} from '../../src/sources/matrix.js';
import {conforms} from '../sources/conforms.js';
import {FakeHomeserver, HOMESERVER, SELF, TOKEN, type ServerRoom} from '../sources/fakes/homeserver.js';
import {content, controls} from '../sources/fakes/matrix-content.js';

// 5 is silent; the types leave it out.
(logger as unknown as {setLevel(level: number): void}).setLevel(5);
const clients: MatrixClient[] = [];
after(() => {
  for (const client of clients) client.stopClient();
  setTimeout(() => process.exit(), 100);
});

async function start(home: FakeHomeserver): Promise<MatrixClient> {
  const client = make(home);
  const prepared = new Promise<void>((resolve) =>
    client.on(ClientEvent.Sync, (state) => {
      if (state === SyncState.Prepared) resolve();
    }),
  );
  await client.startClient({initialSyncLimit: 10, pendingEventOrdering: PendingEventOrdering.Detached});
  await prepared;
  return client;
}

function make(home: FakeHomeserver): MatrixClient {
  const client = createClient({baseUrl: HOMESERVER, accessToken: TOKEN, userId: SELF, deviceId: 'D', fetchFn: home.fetch});
  clients.push(client);
  return client;
}

function setUp(client: MatrixClient): {source: MatrixSource; events: SourceEvent[]; told: (id: string, is: (c: Conversation) => boolean) => Promise<Conversation>} {
  const source = new MatrixSource(client);
  const events: SourceEvent[] = [];
  source.subscribe((event) => events.push(event));
  const told = async (id: string, is: (c: Conversation) => boolean): Promise<Conversation> => {
    for (let tries = 0; tries < 400; tries++) {
      const rows = events.flatMap((event) => (event.type === 'upsert' ? event.conversations : []));
      const row = rows.findLast((one) => one.id === id);
      if (row && is(row)) return row;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return assert.fail(`it was not told of ${id}`);
  };
  return {source, events, told};
}

await conforms('MatrixSource over the real MatrixClient', async () => {
  const {home, conversations} = content(false);
  const client = await start(home);
  return {source: new MatrixSource(client), conversations, ...controls(home), dispose: () => client.stopClient()};
}, undefined, {timeoutMs: 4000});

test('before the client is started, requests reject with not-ready; the list pages when it has synced', async () => {
  const home = new FakeHomeserver();
  home.say(home.add('!a:example.org', {name: 'A'}), 'Hello');
  const client = make(home);
  const {source, events} = setUp(client);
  await assert.rejects(source.getPage({limit: 9}), {name: 'SourceError', code: 'not-ready', retryable: true});
  const prepared = new Promise<void>((resolve) => client.once(ClientEvent.Sync, () => resolve()));
  await client.startClient();
  const waiting = source.getPage({limit: 9});
  await prepared;
  assert.deepEqual((await waiting).conversations.map(({title}) => title), ['A']);
  assert.ok(events.some((event) => event.type === 'reset' && event.reason === 'gap'));
});

test('the events and states that the source goes by are the SDK\'s', async () => {
  const home = new FakeHomeserver();
  const client = await start(home);
  const held = (): number => client.eventNames().reduce((sum, name) => sum + client.listenerCount(name as ClientEvent), 0);
  const before = held();
  const heard: string[] = [];
  const {on} = client;
  client.on = ((name: string, ...rest: [never]) => {
    heard.push(name);
    return on.call(client, name as never, ...rest);
  }) as never;
  const end = new MatrixSource(client).subscribe(() => undefined);
  const sdk = await import('matrix-js-sdk');
  const known = new Set<string>(
    [sdk.ClientEvent, sdk.RoomEvent, sdk.RoomMemberEvent, sdk.RoomStateEvent, sdk.MatrixEventEvent, sdk.UserEvent, sdk.HttpApiEvent].flatMap((names) => Object.values(names)),
  );
  assert.ok(heard.length > 12);
  assert.deepEqual(heard.filter((name) => !known.has(name)), []);
  end();
  assert.equal(held(), before);
  assert.deepEqual([NotificationCountType.Total, NotificationCountType.Highlight], ['total', 'highlight']);
  assert.deepEqual([EventType.Direct, EventType.PushRules], ['m.direct', 'm.push_rules']);
});

test('what happens on the server comes as upserts: an edit, a redaction, counts, typing, receipts', async () => {
  const home = new FakeHomeserver();
  home.names.set('@bob:example.org', 'Bob');
  const room: ServerRoom = home.add('!a:example.org', {});
  home.direct(room);
  home.say(room, 'Before', {sender: SELF});
  const client = await start(home);
  const {source, told} = setUp(client);
  assert.equal((await source.getPage({limit: 9})).conversations[0]?.title, 'Bob');
  assert.equal(await source.getTotalUnread(), 0);
  const first = home.say(room, 'Hello');
  await told(room.id, ({lastMessage, unreadCount}) => lastMessage?.text === 'Hello' && unreadCount === 1);
  home.event(room, 'm.room.message', {
    msgtype: 'm.text', body: '* Hello there', 'm.new_content': {msgtype: 'm.text', body: 'Hello there'},
    'm.relates_to': {rel_type: 'm.replace', event_id: first.event_id},
  });
  await told(room.id, ({lastMessage}) => lastMessage?.text === 'Hello there');
  home.event(room, 'm.room.redaction', {redacts: first.event_id}, '@bob:example.org', {redacts: first.event_id});
  await told(room.id, ({lastMessage}) => lastMessage?.state === 'recalled');
  home.type(room, ['@bob:example.org']);
  await told(room.id, ({typing}) => typing?.[0] === 'Bob');
  const mine = home.say(room, 'mine', {sender: SELF});
  home.receipt(room, '@bob:example.org', mine.event_id);
  await told(room.id, ({readUpTo, lastMessage}) => (readUpTo ?? 0) >= (lastMessage?.sentAt ?? Infinity));
  assert.deepEqual(await source.markRead([room.id]), [{id: room.id}]);
  await told(room.id, ({unreadCount}) => unreadCount === 0);
  assert.equal(await source.getTotalUnread(), 0);
});

test('a message that is being sent shows at once, and that it failed', async () => {
  const home = new FakeHomeserver();
  const room = home.add('!a:example.org', {name: 'A'});
  home.say(room, 'Before');
  const client = await start(home);
  const {source, events, told} = setUp(client);
  await source.getPage({limit: 9});
  // The homeserver in this process takes no messages.
  const sent = client.sendTextMessage(room.id, 'On its way').catch(() => undefined);
  await sent;
  const states = events.flatMap((event) => (event.type === 'upsert' ? event.conversations : [])).map(({lastMessage}) => [lastMessage?.text, lastMessage?.state]);
  assert.deepEqual(states[0], ['On its way', 'sending']);
  const failed = await told(room.id, ({lastMessage}) => lastMessage?.state === 'failed');
  assert.deepEqual([failed.lastMessage?.text, failed.lastMessage?.isOwn], ['On its way', true]);
});

test('a session that the server has ended is told, and the rows stay', async () => {
  const home = new FakeHomeserver();
  home.say(home.add('!a:example.org', {name: 'A'}), 'Hello');
  const client = await start(home);
  const {source, events} = setUp(client);
  await source.getPage({limit: 9});
  home.token = 'another';
  home.touch();
  for (let tries = 0; tries < 400 && !events.some(({type}) => type === 'connection'); tries++) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual(events.filter(({type}) => type === 'connection'), [{type: 'connection', state: 'expired'}]);
  assert.equal((await source.getPage({limit: 9})).conversations.length, 1);
  await assert.rejects(source.setPinned('!a:example.org', true), {code: 'auth', nativeCode: 'M_UNKNOWN_TOKEN'});
});
