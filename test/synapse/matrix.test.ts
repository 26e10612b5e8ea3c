/** MatrixSource, and the SDK's client under it, against the Synapse that `npm run test:synapse` starts. */
import assert from 'node:assert/strict';
import {createHmac} from 'node:crypto';
import {test} from 'node:test';
import type {Conversation, SourceEvent} from '../../src/model/index.js';
import {MatrixSource} from '../../src/sources/matrix.js';

const {SYNAPSE_URL = '', SYNAPSE_SECRET = ''} = process.env;

type Json = Record<string, unknown>;

/** A user of the server. */
interface User {
  readonly id: string;
  readonly token: string;
}

async function call(user: User | undefined, method: string, path: string, body?: Json): Promise<Json> {
  const response = await fetch(SYNAPSE_URL + path, {
    method,
    headers: {...(user && {authorization: `Bearer ${user.token}`}), 'content-type': 'application/json'},
    ...(body && {body: JSON.stringify(body)}),
  });
  const data = (await response.json()) as Json;
  assert.ok(response.ok, `${method} ${path}: ${response.status} ${JSON.stringify(data)}`);
  return data;
}

const v3 = (user: User, method: string, path: string, body?: Json): Promise<Json> =>
  call(user, method, `/_matrix/client/v3${path}`, body);

let users = 0;

async function register(name: string): Promise<User> {
  const {nonce} = await call(undefined, 'GET', '/_synapse/admin/v1/register');
  const username = `${name}${++users}`;
  const mac = createHmac('sha1', SYNAPSE_SECRET).update([nonce, username, 'pw', 'notadmin'].join('\0')).digest('hex');
  const said = await call(undefined, 'POST', '/_synapse/admin/v1/register', {nonce, username, password: 'pw', displayname: name, mac});
  return {id: String(said['user_id']), token: String(said['access_token'])};
}

/** A room of both, made by the other. */
async function room(by: User, me: User, fields: Json = {}): Promise<string> {
  const {room_id: id} = await v3(by, 'POST', '/createRoom', {preset: 'private_chat', invite: [me.id], ...fields});
  await v3(me, 'POST', `/join/${encodeURIComponent(String(id))}`, {});
  return String(id);
}

let messages = 0;

async function say(user: User, id: string, body: string, content: Json = {}): Promise<string> {
  const path = `/rooms/${encodeURIComponent(id)}/send/m.room.message/t${++messages}`;
  return String((await v3(user, 'PUT', path, {msgtype: 'm.text', body, ...content}))['event_id']);
}

async function all(source: MatrixSource, limit = 100): Promise<readonly Conversation[]> {
  const rows: Conversation[] = [];
  for (let page = await source.getPage({limit}); ; page = await source.getPage({limit, cursor: page.cursor})) {
    rows.push(...page.conversations);
    if (page.done) return rows;
  }
}

/** What was told of a room last, once it is so. */
async function told(events: readonly SourceEvent[], id: string, is: (c: Conversation) => boolean): Promise<Conversation> {
  for (let tries = 0; tries < 400; tries++) {
    const rows = events.flatMap((event) => (event.type === 'upsert' ? event.conversations : []));
    const row = rows.findLast((one) => one.id === id);
    if (row && is(row)) return row;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return assert.fail(`it was not told of ${id}`);
}

const titles = (rows: readonly Conversation[]): string[] => rows.map(({title}) => title);

async function setUp(): Promise<{me: User; bob: User; source: MatrixSource}> {
  const [me, bob] = [await register('me'), await register('Bob')];
  return {me, bob, source: new MatrixSource({homeserver: SYNAPSE_URL, accessToken: me.token})};
}

test('pages of any size hold all rooms, favourites first, then by recency', async () => {
  const {me, bob, source} = await setUp();
  const ids: string[] = [];
  for (let i = 0; i < 12; i++) ids.push(await room(bob, me, {name: `room ${i}`}));
  for (const [i, id] of ids.entries()) await say(bob, id, `message ${i}`);
  await v3(me, 'PUT', `/user/${encodeURIComponent(me.id)}/rooms/${encodeURIComponent(ids[2] ?? '')}/tags/m.favourite`, {order: 0.5});
  const expected = ['room 2', ...Array.from({length: 12}, (_, i) => `room ${11 - i}`).filter((title) => title !== 'room 2')];
  for (const limit of [1, 5, 100]) assert.deepEqual(titles(await all(source, limit)), expected, `limit ${limit}`);
  const [first] = await all(source);
  assert.deepEqual(
    [first?.pinned, first?.unreadCount, first?.lastMessage?.text, first?.lastMessage?.senderName, first?.lastMessage?.isOwn],
    [true, 1, 'message 2', 'Bob', false],
  );
  assert.equal(source.selfId, me.id);
  assert.equal(await source.getTotalUnread(), 12);
  source.dispose();
});

test('names, direct conversations, invitations and spaces', async () => {
  const {me, bob, source} = await setUp();
  const direct = await room(bob, me, {is_direct: true});
  await v3(me, 'PUT', `/user/${encodeURIComponent(me.id)}/account_data/m.direct`, {[bob.id]: [direct]});
  await room(bob, me, {name: 'A space', creation_content: {type: 'm.space'}});
  const {room_id: invited} = await v3(bob, 'POST', '/createRoom', {name: 'Come in', invite: [me.id]});
  const rows = await all(source);
  assert.deepEqual(titles(rows).sort(), ['Bob', 'Come in']);
  const [one, two] = [rows.find(({id}) => id === direct), rows.find(({id}) => id === invited)];
  assert.deepEqual([one?.type, one?.targetId], ['direct', bob.id]);
  assert.deepEqual([two?.unreadCount, two?.marks, two?.lastMessage?.type, two?.lastMessage?.senderName], [1, ['invite'], 'invite', 'Bob']);
  source.dispose();
});

test('what happens is told: messages, edits, redactions, counts, mentions, typing, receipts, rooms that are left', async () => {
  const {me, bob, source} = await setUp();
  const [id, other] = [await room(bob, me, {name: 'Live'}), await room(bob, me, {name: 'Other'})];
  await v3(me, 'PUT', `/user/${encodeURIComponent(me.id)}/account_data/m.direct`, {[bob.id]: [id]});
  const events: SourceEvent[] = [];
  const end = source.subscribe((event) => events.push(event));
  assert.deepEqual((await all(source)).map((row) => row.id), [other, id]);
  const first = await say(bob, id, 'Hello');
  const row = await told(events, id, ({lastMessage, unreadCount}) => lastMessage?.text === 'Hello' && unreadCount === 1);
  assert.ok(row.orderKey > ((await source.getByIds([other]))[0]?.orderKey ?? 0n));
  await say(bob, id, '* Hello there', {'m.new_content': {msgtype: 'm.text', body: 'Hello there'}, 'm.relates_to': {rel_type: 'm.replace', event_id: first}});
  await told(events, id, ({lastMessage}) => lastMessage?.text === 'Hello there');
  await say(bob, id, `you, ${me.id}`, {'m.mentions': {user_ids: [me.id]}});
  await told(events, id, ({mention}) => mention === 'me');
  const gone = await say(bob, id, 'oops');
  await v3(bob, 'PUT', `/rooms/${encodeURIComponent(id)}/redact/${encodeURIComponent(gone)}/r1`, {});
  await told(events, id, ({lastMessage}) => lastMessage?.state === 'recalled');
  await v3(bob, 'PUT', `/rooms/${encodeURIComponent(id)}/typing/${encodeURIComponent(bob.id)}`, {typing: true, timeout: 20_000});
  await told(events, id, ({typing}) => typing?.[0] === 'Bob');
  const mine = await say(me, id, 'mine');
  await told(events, id, ({lastMessage}) => lastMessage?.isOwn === true);
  await v3(bob, 'POST', `/rooms/${encodeURIComponent(id)}/receipt/m.read/${encodeURIComponent(mine)}`, {});
  await told(events, id, ({readUpTo, lastMessage}) => (readUpTo ?? 0) >= (lastMessage?.sentAt ?? Infinity));
  const fresh = await room(bob, me, {name: 'Fresh'});
  await say(bob, fresh, 'first');
  await told(events, fresh, ({lastMessage}) => lastMessage?.text === 'first');
  await v3(me, 'POST', `/rooms/${encodeURIComponent(other)}/leave`, {});
  for (let tries = 0; tries < 200 && !events.some((event) => event.type === 'remove'); tries++) await new Promise((resolve) => setTimeout(resolve, 25));
  assert.deepEqual(events.filter(({type}) => type === 'remove'), [{type: 'remove', ids: [other], reason: 'left'}]);
  end();
  source.dispose();
});

test('every action is done on the server, and comes back', async () => {
  const {me, bob, source} = await setUp();
  const [id, other] = [await room(bob, me, {name: 'Actions'}), await room(bob, me, {name: 'Other'})];
  await say(bob, id, 'unread');
  const events: SourceEvent[] = [];
  const end = source.subscribe((event) => events.push(event));
  await all(source);
  await told(events, id, ({unreadCount}) => unreadCount === 1).catch(() => undefined);
  // A source of its own has nothing but what the server says.
  const server = async (is: string = id): Promise<Conversation | undefined> => {
    const second = new MatrixSource({homeserver: SYNAPSE_URL, accessToken: me.token});
    const rows = await all(second);
    second.dispose();
    return rows.find((row) => row.id === is);
  };
  await source.setPinned(id, true);
  await source.setMark([id], 'fold', true);
  await source.setMark([id], 'star', true);
  await source.groups.create('Work', [id]);
  await source.setNotify(id, 'mentions');
  assert.deepEqual(await server().then((row) => [row?.pinned, [...(row?.marks ?? [])].sort(), row?.groups, row?.notify]), [true, ['fold', 'star'], ['Work'], 'mentions']);
  await source.setNotify(id, 'silent');
  assert.equal((await server())?.notify, 'silent');
  await source.setNotify(id, 'all');
  await source.setPinned(id, false);
  assert.deepEqual(await source.markRead([id]), [{id}]);
  await source.markUnread(id, true);
  assert.deepEqual(await server().then((row) => [row?.notify, row?.pinned, row?.unreadCount, row?.marks.includes('unread')]), ['all', false, 0, true]);
  assert.deepEqual(await source.markRead('all'), [{id}]);
  assert.equal((await server())?.marks.includes('unread'), false);
  assert.deepEqual(await source.groups.list(), [{id: 'Work', name: 'Work'}]);
  await source.groups.delete('Work');
  assert.deepEqual((await server())?.groups, []);
  assert.deepEqual(await source.delete([other]), [{id: other}]);
  assert.equal(await server(other), undefined);
  const [refused] = await source.markRead(['!nowhere:localhost']);
  assert.equal(refused?.error?.code, 'not-found');
  end();
  source.dispose();
});

test('a token that was taken away is told, the rows stay, and a new one is taken up', async () => {
  const {me, bob, source: unused} = await setUp();
  unused.dispose();
  let {token} = me;
  const source = new MatrixSource({homeserver: SYNAPSE_URL, accessToken: () => token});
  await room(bob, me, {name: 'Kept'});
  const events: SourceEvent[] = [];
  const end = source.subscribe((event) => events.push(event));
  await all(source);
  await v3({...me, token}, 'POST', '/logout', {});
  for (let tries = 0; tries < 1600 && !events.some((event) => event.type === 'connection' && event.state === 'kicked'); tries++) await new Promise((resolve) => setTimeout(resolve, 25));
  assert.deepEqual(events.filter(({type}) => type === 'connection').at(-1), {type: 'connection', state: 'kicked'});
  assert.deepEqual(titles(await all(source)), ['Kept']);
  const login = await call(undefined, 'POST', '/_matrix/client/v3/login', {
    type: 'm.login.password', identifier: {type: 'm.id.user', user: me.id}, password: 'pw',
  });
  token = String(login['access_token']);
  for (let tries = 0; tries < 400; tries++) {
    const last = events.filter((event) => event.type === 'connection').at(-1);
    if (last?.type === 'connection' && last.state === 'online') break;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  assert.deepEqual(events.filter(({type}) => type === 'connection').at(-1), {type: 'connection', state: 'online'});
  end();
  source.dispose();
});
