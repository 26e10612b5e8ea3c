/** The protocol of `docs/protocol`, and the little besides it that a chat needs to be tried. */
import {Ajv} from 'ajv';
import fastify from 'fastify';
import {Failure, badRequest} from './failure.mjs';
import {serveFiles} from './files.mjs';
import * as shapes from './shapes.mjs';

const BASE = '/conversations';

/**
 * @param {object} parts
 * @param {import('./store.mjs').Store} parts.store
 * @param {import('./streams.mjs').Streams} parts.streams
 * @param {string[]} [parts.origins] other origins whose pages may ask, with cookies
 * @param {string} [parts.files] a folder to serve besides
 */
export function createApp({store, streams, origins = [], files}) {
  const app = fastify({
    bodyLimit: 2 ** 18,
    routerOptions: {maxParamLength: 200},
  });
  // What stands in an address is text, and becomes what is meant; in a body things are what they are.
  const [addresses, bodies] = ['array', false].map((coerceTypes) => new Ajv({coerceTypes, useDefaults: true, strictTypes: false}));
  app.setValidatorCompiler(({schema, httpPart}) => (httpPart === 'body' ? bodies : addresses).compile(schema));
  app.decorateRequest('userId', '');
  app.setErrorHandler((error, request, reply) => {
    const {status, code, message} = toFailure(error);
    if (status === 500) console.error(error);
    if (status === 429) reply.header('retry-after', '2');
    reply.code(status).send({code, message});
  });
  app.setNotFoundHandler((request, reply) => reply.code(404).send({code: 'not-found', message: 'There is nothing here'}));

  app.addHook('onRequest', async (request, reply) => {
    const {origin} = request.headers;
    if (origin !== undefined && origins.includes(origin)) {
      reply.headers({'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true', vary: 'Origin'});
      if (request.method === 'OPTIONS') {
        const headers = 'authorization, content-type, if-none-match, last-event-id, cache-control';
        reply.headers({'access-control-allow-methods': 'GET, POST, PATCH, DELETE', 'access-control-allow-headers': headers, 'access-control-max-age': '600'});
        return reply.code(204).send();
      }
    }
  });

  /** Whoever asks is known by a token, and sees what is theirs: there is no path to what is somebody else's. */
  const auth = async (request) => {
    const [, bearer] = /^Bearer ([^\s]{1,500})$/i.exec(request.headers.authorization ?? '') ?? [];
    const [, cookie] = /(?:^|;\s*)session=([^;\s]{1,500})/.exec(request.headers.cookie ?? '') ?? [];
    const token = bearer ?? (request.headers.authorization === undefined ? cookie : undefined);
    const userId = token === undefined ? undefined : await store.userOf(token);
    if (userId === undefined) throw new Failure(401, 'auth', 'A valid token is needed');
    request.userId = userId;
  };

  app.register(async (api) => {
    api.addHook('onRequest', auth);
    const tag = (userId, version) => `"${store.place(userId, version)}"`;
    const answer = (request, reply, version, value) =>
      reply.headers({'cache-control': 'private, no-cache', etag: tag(request.userId, version)}).send(value);
    /** Whether the asker has the answer; the tag is the version of the person's whole list. */
    const has = async (request, reply) => {
      const known = request.headers['if-none-match'];
      if (known === undefined || known !== tag(request.userId, (await store.state(request.userId)).version)) return false;
      reply.code(304).send();
      return true;
    };

    api.get('/', {schema: {querystring: shapes.page}}, async (request, reply) => {
      if (await has(request, reply)) return reply;
      const {version, ...page} = await store.page(request.userId, placed(request.query));
      return answer(request, reply, version, {...paged(page), position: store.place(request.userId, version)});
    });
    // Without a tag: what was looked for is hardly looked for again, and is kept nowhere.
    api.get('/search', {schema: {querystring: shapes.search}}, async ({userId, query}, reply) =>
      reply.header('cache-control', 'no-store').send(paged(await store.search(userId, placed(query)))),
    );
    api.patch('/', {schema: {body: shapes.patch}}, async ({userId, body}) => {
      const {marks, ...plain} = body.changes;
      return {results: await store.changeEach(userId, body.ids, (row) => ({...columns(plain), ...(marks && marked(row, marks))}))};
    });
    api.get('/unread', {schema: {querystring: shapes.filter}}, async (request, reply) => {
      if (await has(request, reply)) return reply;
      const {version} = await store.state(request.userId);
      return answer(request, reply, version, {total: await store.total(request.userId, request.query)});
    });
    api.post('/read', {schema: {body: shapes.read}}, async ({userId, body}) => {
      if (body.ids !== 'all') return {results: await store.changeEach(userId, body.ids, read)};
      await store.changeAll(userId, ` AND (unread > 0 OR mention IS NOT NULL OR marks LIKE '%"unread"%')`, read);
      return {results: []};
    });
    api.post('/clear', {schema: {body: shapes.some}}, async ({userId, body}) => ({
      results: await store.changeEach(userId, body.ids, (row) => ({...read(row), last_message: null})),
    }));
    api.post('/delete', {schema: {body: shapes.remove}}, async ({userId, body}) => ({
      results: await store.changeEach(userId, body.ids, (row) => ({...read(row), deleted: 1, ...(body.clearHistory && {last_message: null})})),
    }));
    api.get('/groups', async ({userId}) => ({groups: await store.folders(userId)}));
    api.post('/groups', {schema: {body: shapes.newGroup}}, ({userId, body}) => store.createFolder(userId, body.name, body.ids));
    api.patch('/groups', {schema: {body: shapes.named, querystring: shapes.group}}, async ({userId, body, query}) => {
      await store.renameFolder(userId, query.id, body.name);
      return {};
    });
    api.delete('/groups', {schema: {querystring: shapes.group}}, async ({userId, query}) => {
      await store.deleteFolder(userId, query.id);
      return {};
    });
    for (const [path, into] of [['add', true], ['remove', false]]) {
      api.post(`/groups/${path}`, {schema: {body: shapes.some, querystring: shapes.group}}, async ({userId, body, query}) => ({
        results: await store.moveToFolder(userId, query.id, body.ids, into),
      }));
    }
    api.get('/events', async (request, reply) => {
      if (streams.full(request.userId)) throw new Failure(429, 'rate-limited', 'There are too many streams already');
      reply.hijack();
      const own = reply.getHeaders();
      reply.raw.writeHead(200, {...own, 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no'});
      await streams.add(request.userId, reply.raw, request.headers['last-event-id']);
    });
  }, {prefix: BASE});

  app.register(async (chat) => {
    chat.addHook('onRequest', auth);
    chat.post('/chats', {schema: {body: shapes.chat}}, async ({userId, body}) => {
      const titles = new Map(body.members.map((id) => [id, body.title]));
      return {id: await store.open({type: body.type, titles: titles.set(userId, body.title)})};
    });
    chat.post('/messages', {schema: {body: shapes.message}}, async ({userId, body}) => ({
      id: await store.send(userId, body.conversation, body.text),
    }));
  });

  /** For a page without a script: whoever has a token gets it as a cookie, which no script can read. */
  app.post('/session', {schema: {body: shapes.session}}, async ({body}, reply) => {
    if ((await store.userOf(body.token)) === undefined) throw new Failure(401, 'auth', 'A valid token is needed');
    return reply.header('set-cookie', `session=${body.token}; HttpOnly; SameSite=Strict; Path=/`).send({});
  });

  if (files) app.register(serveFiles(files));
  return app;
}

const read = ({marks}) => ({unread: 0, mention: null, marks: marks.filter((mark) => mark !== 'unread')});

function columns({pinned, notify, hidden, draft, customData}) {
  return {
    ...(pinned !== undefined && {pinned: Number(pinned)}),
    ...(hidden !== undefined && {hidden: Number(hidden)}),
    ...(notify !== undefined && {notify}),
    ...(draft !== undefined && {draft: draft === null ? null : JSON.stringify({text: draft, editedAt: Date.now()})}),
    ...(customData !== undefined && {custom_data: customData}),
  };
}

function marked({marks}, {add = [], remove = []}) {
  return {marks: [...new Set([...marks, ...add])].filter((mark) => !remove.includes(mark))};
}

/** A query with the place behind which it goes on. */
function placed({cursor, ...query}) {
  return cursor === undefined ? query : {...query, after: readCursor(cursor)};
}

/** A page with the cursor of the next. */
function paged({conversations, done, last}) {
  return {conversations, done, ...(!done && {cursor: `${last.order_key}.${last.id}`})};
}

function readCursor(cursor) {
  const [, key, id] = /^(-?\d{1,20})\.(.+)$/s.exec(cursor) ?? [];
  if (key === undefined || BigInt(key) >= 2n ** 63n || BigInt(key) < -(2n ** 63n)) throw badRequest('The cursor is not of this server');
  return {key: BigInt(key), id};
}

function toFailure(error) {
  if (error instanceof Failure) return error;
  const {statusCode = 500} = error;
  if (statusCode === 413) return {status: 413, code: 'limit-exceeded', message: 'This is too large'};
  if (statusCode < 500) return {status: statusCode, code: 'invalid-argument', message: error.message};
  return {status: 500, code: 'server', message: 'Something went wrong here'};
}
