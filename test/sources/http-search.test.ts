import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it} from 'node:test';
import {HttpSource, type HttpSourceOptions} from '../../src/sources/http.js';
import {ConversationStore} from '../../src/store/index.js';
import {HttpBackend} from './fakes/http-backend.js';
import {until} from './support/until.js';

let backend: HttpBackend;
let ends: (() => void)[] = [];

beforeEach(async () => {
  backend = await HttpBackend.start();
});
afterEach(async () => {
  for (const end of ends) end();
  ends = [];
  await backend.close();
});

const source = (options: HttpSourceOptions = {}): HttpSource => new HttpSource(backend.url, options);
const asked = (): string[] => backend.requests.flatMap(({path, query}) => (path === 'search' ? query.toString() : []));
const ids = (rows: Iterable<{readonly id: string}>): string[] => Array.from(rows, ({id}) => id);

/** A source of a server that gives these answers to searches, the last one for ever. */
function answering(...answers: readonly unknown[]): {readonly made: HttpSource; readonly urls: URL[]} {
  const urls: URL[] = [];
  const made = new HttpSource('https://chat.example/conversations', {
    fetch: async (url) => {
      urls.push(new URL(url as string));
      const answer = answers[Math.min(urls.length, answers.length) - 1];
      return new Response(JSON.stringify(typeof answer === 'function' ? (answer as (n: number) => unknown)(urls.length) : answer));
    },
  });
  return {made, urls};
}

/** A list that has loaded two rows, and what it tells of errors. */
async function list(made: HttpSource): Promise<{readonly store: ConversationStore; readonly errors: string[]}> {
  const store = new ConversationStore();
  const errors: string[] = [];
  ends.push(store.subscribe((change) => errors.push(...change.errors.map(({error}) => error.code))), () => store.disconnect());
  store.pageSize = 2;
  store.source = made;
  store.connect();
  store.want(2);
  await until(() => store.snapshot.rows.length === 2, 'two rows');
  return {store, errors};
}

describe('HttpSource: search', () => {
  it('goes on while the server has not looked at everything and too little is found', async () => {
    const found = await source().search('to be sent', {limit: 3});
    assert.deepEqual(ids(found), ['g']);
    assert.deepEqual(asked(), ['limit=3&q=to+be+sent', ...[2, 4, 6].map((at) => `limit=3&q=to+be+sent&cursor=${at}`)]);
    backend.requests.length = 0;
    assert.deepEqual(ids(await source().search('conversation', {limit: 3})).slice(0, 3), ['a', 'b', 'c']);
    assert.equal(asked().length, 2);
    assert.equal((await source().search('conversation')).length, 8, 'without a limit all');
  });

  it('finds in the list what no page has brought, and nothing else of the list changes', async () => {
    const {store, errors} = await list(source());
    store.query = 'to be sent';
    await until(() => store.snapshot.search?.status === 'done', 'an answer');
    assert.deepEqual(ids(store.snapshot.search?.rows ?? []), ['g']);
    assert.equal(store.snapshot.search?.everywhere, true);
    assert.equal(store.snapshot.rows.length, 2);
    assert.deepEqual(errors, []);
  });

  it('is none where the server says 404, 405 or 501, and the list finds what it has', async () => {
    for (const [status, body] of [[404, ''], [404, '{"code":"not-found","message":"Nothing here"}'], [405, '{"code":"invalid-argument"}'], [501, '']] as const) {
      backend.canned['search'] = [{status, body}, {status, body}];
      await assert.rejects(source().search('x'), {code: 'unsupported'});
      const {store, errors} = await list(source());
      store.query = 'conversation';
      await until(() => asked().length % 2 === 0 && store.snapshot.search?.status === 'done', 'an answer');
      assert.equal(store.snapshot.search?.rows.length, 2);
      assert.equal(store.snapshot.search?.everywhere, false);
      assert.deepEqual(errors, [], String(status));
    }
  });

  it('is not asked for where the app says that there is none', async () => {
    const made = source({search: false});
    assert.equal(made.capabilities.search, false);
    const {store} = await list(made);
    store.query = 'conversation';
    await until(() => store.snapshot.search?.status === 'done', 'an answer');
    // The list waits for the person to pause before it asks.
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.deepEqual(asked(), []);
  });

  it('tells any other failure as what it is', async () => {
    for (const [status, code] of [[400, 'invalid-argument'], [401, 'auth'], [403, 'forbidden'], [414, 'limit-exceeded'], [429, 'rate-limited'], [500, 'server']] as const) {
      backend.canned['search'] = [{status}];
      await assert.rejects(source().search('x'), {code});
    }
  });

  it('ends its question when a later one is asked', async () => {
    const signals: AbortSignal[] = [];
    const made = source({
      fetch: (url, init) => {
        if ((url as string).includes('q=conversation')) {
          signals.push(init?.signal as AbortSignal);
          return new Promise(() => undefined);
        }
        return fetch(url, init);
      },
    });
    const {store} = await list(made);
    store.query = 'conversation';
    await until(() => signals.length === 1, 'a question');
    store.query = 'to be sent';
    await until(() => store.snapshot.search?.status === 'done', 'an answer');
    assert.equal(signals[0]?.aborted, true);
    assert.deepEqual(ids(store.snapshot.search?.rows ?? []), ['g']);
  });
});

describe('HttpSource: hostile searches', () => {
  it('sends any query as it is, and of a huge one its beginning', async () => {
    for (const query of ['%', '_', '%25', '\\', "' OR 1=1 --", 'a&limit=9', 'x#y', 'x=y', '../unread', '+ +', '\0', '\n', '🫠']) {
      await source().search(query);
      assert.equal(backend.requests.at(-1)?.query.get('q'), query);
      assert.equal(backend.requests.at(-1)?.query.getAll('limit').length, 1);
    }
    await source().search('x'.repeat(1e6));
    assert.equal(backend.requests.at(-1)?.query.get('q'), 'x'.repeat(256));
    // Halves of letters, in the query or made by its cut.
    for (const [query, sent] of [['a\ud800b', 'a\ufffdb'], ['\udc00', '\ufffd'], [`${'x'.repeat(255)}🫠🫠`, 'x'.repeat(255)]] as const) {
      await source().search(query);
      assert.equal(backend.requests.at(-1)?.query.get('q'), sent);
    }
  });

  it('gives up on a server that comes to no end', async () => {
    const same = answering({conversations: [], done: false, cursor: 'x'});
    await assert.rejects(same.made.search('x', {limit: 5}), {code: 'cursor-cycle'});
    assert.equal(same.urls.length, 2);
    const other = answering((n: number) => ({conversations: [], done: false, cursor: String(n)}));
    await assert.rejects(other.made.search('x', {limit: 5}), {code: 'cursor-cycle'});
    assert.ok(other.urls.length <= 101);
  });

  it('refuses what is no page, and takes each conversation once', async () => {
    for (const answer of [[], {done: true}, {conversations: [], done: 'yes'}, {conversations: [], done: false}]) {
      await assert.rejects(answering(answer).made.search('x'), {code: 'invalid-data'});
    }
    const row = (id: string, title: string): object => ({id, title, orderKey: '1', type: 'direct'});
    const {made} = answering(
      {conversations: [row('a', 'old'), row('a', 'old')], done: false, cursor: '1'},
      {conversations: [row('a', 'new'), row('__proto__', 'b')], done: true},
    );
    assert.deepEqual((await made.search('x', {limit: 9})).map(({id, title}) => [id, title]), [['a', 'new'], ['__proto__', 'b']]);
  });
});
