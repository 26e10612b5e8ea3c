import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it} from 'node:test';
import type {SourceEvent} from '../../src/model/source.js';
import {HttpSource, httpSourceFor, type HttpSourceOptions} from '../../src/sources/http.js';
import {readRetryAfter} from '../../src/sources/http/errors.js';
import {EventStreamParser} from '../../src/sources/http/event-stream.js';
import {ConversationStore} from '../../src/store/index.js';
import {HttpBackend, type Canned} from './fakes/http-backend.js';
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

function source(options: HttpSourceOptions = {}): HttpSource {
  return new HttpSource(backend.url, options);
}

function listen(to: HttpSource): SourceEvent[] {
  const events: SourceEvent[] = [];
  ends.push(to.subscribe((event) => events.push(event)));
  return events;
}

const can = (path: string, ...answers: Canned[]): void => void (backend.canned[path] ??= []).push(...answers);
const page = (body: string): Canned => ({headers: {'content-type': 'application/json'}, body});
const states = (events: readonly SourceEvent[]): string[] => events.flatMap((e) => (e.type === 'connection' ? e.state : []));
const gaps = (events: readonly SourceEvent[]): number => events.filter((e) => e.type === 'reset' && e.reason === 'gap').length;
const titled = (events: readonly SourceEvent[], text: string): boolean =>
  events.some((e) => e.type === 'upsert' && e.conversations.some((c) => c.lastMessage?.text === text));
const news = (text: string): void => void backend.memory.receiveMessage({conversationId: 'b', text});

async function store(made: HttpSource): Promise<ConversationStore> {
  const list = new ConversationStore();
  list.source = made;
  list.connect();
  ends.push(() => list.disconnect());
  list.want(50);
  await until(() => list.snapshot.rows.length > 0, 'rows');
  return list;
}

describe('HttpSource: requests', () => {
  it('sends the headers of the moment, and asks for them each time', async () => {
    let token = 0;
    const made = source({headers: async () => ({authorization: `Bearer t${++token}`})});
    await made.getPage({limit: 2});
    await made.getTotalUnread();
    assert.deepEqual(backend.requests.map(({headers}) => headers.authorization), ['Bearer t1', 'Bearer t2']);
  });

  it('keeps what the address itself asks for', async () => {
    await new HttpSource(`${backend.url}/?tenant=a%20b`).getPage({limit: 2, filter: {types: ['group'], mark: null, hasUnread: false}});
    assert.equal(backend.requests[0]?.query.toString(), 'tenant=a+b&limit=2&type=group&mark=&unread=false');
  });

  it('takes a page that has not changed from before', async () => {
    const made = source();
    const first = await made.getPage({limit: 3});
    const second = await made.getPage({limit: 3});
    assert.equal(backend.requests[1]?.headers['if-none-match'], '"0"');
    assert.deepEqual(second, first);
    news('x');
    assert.notDeepEqual(await made.getPage({limit: 3}), first);
  });

  it('does not follow a redirection with its token', async () => {
    can('', {status: 302, headers: {location: 'https://example.org/'}});
    await assert.rejects(source().getPage({limit: 1}), {code: 'network'});
  });

  it('says what a failure means, and when to come again', async () => {
    can('', {status: 429, headers: {'retry-after': '7'}}, {status: 401}, {status: 500, body: '{"code":"not-ready","message":"Starting"}'});
    const made = source();
    await assert.rejects(made.getPage({limit: 1}), {code: 'rate-limited', retryAfterMs: 7000, retryable: true});
    await assert.rejects(made.getPage({limit: 1}), {code: 'auth', retryable: false, nativeCode: 401});
    await assert.rejects(made.getPage({limit: 1}), {code: 'not-ready', message: 'Starting'});
    assert.equal(readRetryAfter('Thu, 01 Jan 1970 00:00:09 GMT', 4000), 5000);
    for (const bad of [null, '', 'soon', '-5', 'Thu, 01 Jan 1970 00:00:01 GMT']) assert.equal(readRetryAfter(bad, 4000), undefined);
  });

  it('ends the request when nobody wants its answer', async () => {
    backend.gate = new Promise(() => undefined);
    const signals: (AbortSignal | null | undefined)[] = [];
    const made = source({timeoutMs: 30, fetch: (url, init) => (signals.push(init?.signal), fetch(url, init))});
    await assert.rejects(made.getPage({limit: 1}), {code: 'timeout'});
    assert.ok(signals.every((signal) => signal?.aborted));
  });
});

describe('HttpSource: hostile answers', () => {
  const deep = '['.repeat(200_000) + ']'.repeat(200_000);
  const wrong: [string, string][] = [
    ['no JSON', '<!doctype html>'],
    ['an array', '[]'],
    ['no conversations', '{"done":true}'],
    ['done is text', '{"conversations":[],"done":"yes"}'],
    ['no cursor', '{"conversations":[],"done":false}'],
    ['a cursor that is a number', '{"conversations":[],"done":false,"cursor":5}'],
    ['depth instead of a page', deep],
    ['more than there is room for', `{"conversations":[],"done":true,"x":"${'y'.repeat(600_000)}"}`],
  ];
  for (const [name, body] of wrong) {
    it(`refuses a page: ${name}; the rows stay`, async () => {
      const made = source({maxBytes: 500_000});
      const list = await store(made);
      const before = list.snapshot.rows.length;
      can('', page(body));
      await list.refresh();
      assert.equal(list.snapshot.page.error?.code, 'invalid-data');
      assert.equal(list.snapshot.rows.length, before);
    });
  }

  it('shows a row with wrong fields, without them, and says so', async () => {
    const rows = [
      `{"id":"x","title":${deep},"orderKey":1e30,"marks":[${deep}],"members":${deep},"draft":${deep},"lastMessage":{"text":${deep}},"pinned":"yes","__proto__":{"hidden":true}}`,
      'null', '5', '{"title":"no id"}',
      '{"id":"y","title":"Good","orderKey":"9223372036854775807","pinned":false,"unreadCount":1,"type":"direct","notify":"all","marks":[],"groups":[],"avatarUrl":null}',
    ];
    can('', page(`{"conversations":[${rows.join(',')}],"done":true}`));
    const list = new ConversationStore();
    const errors: string[] = [];
    list.subscribe((change) => errors.push(...change.errors.map(({error}) => error.message)));
    list.source = source();
    list.connect();
    ends.push(() => list.disconnect());
    list.want(50);
    await until(() => list.snapshot.rows.length === 2, 'two rows');
    assert.deepEqual(Array.from(list.snapshot.rows, ({id}) => id), ['y', 'x']);
    assert.equal(list.snapshot.rows.at(0)?.orderKey, 2n ** 63n - 1n);
    assert.equal(list.snapshot.rows.at(0)?.avatarUrl, undefined);
    assert.equal(list.snapshot.rows.at(1)?.hidden, undefined);
    await until(() => errors.some((text) => text.includes('bad title')), 'an error');
  });

  it('tells an event that is none, and goes on', async () => {
    const made = source();
    const events = listen(made);
    await until(() => states(events).includes('online'), 'online');
    for (const data of [{conversations: 5}, [], 7]) backend.tell('upsert', data);
    backend.tell('of-tomorrow', 5);
    backend.tell('remove', {ids: [5]});
    news('after');
    await until(() => titled(events, 'after'), 'the event behind it');
    const failed = events.flatMap((e) => (e.type === 'sync' ? (e.error?.code ?? '') : []));
    assert.deepEqual(failed, ['invalid-data', 'invalid-data', 'invalid-data', 'invalid-data']);
  });
});

describe('HttpSource: live changes', () => {
  it('misses nothing that changes while the first page is on its way', async () => {
    let open = (): void => undefined;
    backend.gate = new Promise((resolve) => (open = resolve));
    const made = source();
    const events = listen(made);
    const asked = made.getPage({limit: 50});
    await until(() => backend.requests.length > 0, 'a request');
    news('in between');
    open();
    await asked;
    await until(() => titled(events, 'in between'), 'the change');
    assert.equal(gaps(events), 0);
  });

  it('goes on where it stood after a break', async () => {
    const made = source();
    const events = listen(made);
    await until(() => states(events).includes('online'), 'online');
    news('one');
    await until(() => titled(events, 'one'), 'one');
    const {port} = backend;
    await backend.close();
    news('two');
    await until(() => states(events).at(-1) === 'offline', 'offline');
    await backend.listen(port);
    await until(() => titled(events, 'two'), 'what was missed');
    assert.equal(gaps(events), 0);
    const told = events.filter((e) => e.type === 'upsert' && e.conversations.some((c) => c.lastMessage?.text === 'one'));
    assert.equal(told.length, 1);
  });

  it('tells a gap if the server has forgotten, by its word or by 410', async () => {
    const made = source();
    const events = listen(made);
    await until(() => states(events).includes('online'), 'online');
    news('one');
    await until(() => titled(events, 'one'), 'one');
    backend.log = [{seq: 99, text: ''}];
    for (const stream of backend.streams) stream.end();
    await until(() => gaps(events) === 1, 'a gap');
    await until(() => backend.streams.size > 0, 'a stream');
    can('events', {status: 410});
    for (const stream of backend.streams) stream.end();
    await until(() => gaps(events) === 2, 'another gap');
  });

  it('does not come back before the time that the server names', async () => {
    can('events', {status: 503, headers: {'retry-after': '1'}});
    const at = new Map<string, number>();
    ends.push(source().subscribe((event) => event.type === 'connection' && at.set(event.state, performance.now())));
    await until(() => at.has('online'), 'online');
    // From when it was told: a busy machine looks later.
    assert.ok((at.get('online') ?? 0) - (at.get('offline') ?? 0) >= 950);
  });

  it('says that the session is over, and asks again', async () => {
    can('events', {status: 401});
    const events = listen(source());
    await until(() => states(events).includes('online'), 'online');
    assert.deepEqual(states(events), ['expired', 'online']);
    assert.ok(events.some((e) => e.type === 'sync' && e.error?.code === 'auth'));
  });

  it('looks now and then where there is no stream', async () => {
    for (const status of [204, 404, 501]) {
      can('events', {status});
      const events = listen(source({pollMs: 5}));
      await until(() => gaps(events) > 1, `looks after ${status}`);
      assert.deepEqual(states(events), []);
    }
  });

  it('leaves nothing open', async () => {
    const made = source();
    const events: SourceEvent[] = [];
    const end = made.subscribe((event) => events.push(event));
    await until(() => backend.streams.size === 1, 'a stream');
    end();
    await until(() => backend.streams.size === 0, 'no stream');
    const {length} = backend.requests;
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(backend.requests.length, length);
  });
});

describe('EventStreamParser', () => {
  const text = '\ufeffid: 1\r\nevent: a\r\ndata: one\r\ndata:two\r\n\r\n: sign of life\n\ndata\n\nid: x\0y\nretry: 12\nretry: 1x\ndata: {"ü":"漢"}\n\ndata: unfinished';
  const events = [
    {name: 'a', id: '1', data: 'one\ntwo'},
    {name: 'message', id: '1', data: ''},
    {name: 'message', id: '1', data: '{"ü":"漢"}'},
  ];

  it('reads the same wherever the pieces break, and with each kind of line end', () => {
    for (const form of [text, text.replaceAll('\r\n', '\n'), text.replaceAll('\r\n', '\n').replaceAll('\n', '\r')]) {
      for (let size = 1; size <= form.length; size++) {
        const parser = new EventStreamParser(1000);
        const read = [];
        for (let at = 0; at < form.length; at += size) read.push(...parser.push(form.slice(at, at + size)));
        assert.deepEqual(read, events, `pieces of ${size}`);
        assert.equal(parser.retryMs, 12);
      }
    }
  });

  it('does not keep what has no end', () => {
    for (const piece of ['x'.repeat(60), 'data: x\n'.repeat(60)]) {
      const parser = new EventStreamParser(100);
      assert.throws(() => {
        for (let i = 0; i < 5; i++) parser.push(piece);
      }, {code: 'invalid-data'});
    }
  });
});

describe('httpSourceFor', () => {
  const base = 'https://app.example/page/';
  const refused = (src: string, crossOrigin: string | null = null, at = base): void =>
    assert.throws(() => httpSourceFor(src, {crossOrigin, base: at}), {code: 'invalid-argument'});

  it('takes the page\'s own origin, and others by the attribute', () => {
    for (const src of ['/api', 'api', 'https://app.example/api?x=1']) httpSourceFor(src, {crossOrigin: null, base});
    httpSourceFor('https://chat.example/api', {crossOrigin: '', base});
    httpSourceFor('http://localhost:8080/api', {crossOrigin: 'use-credentials', base});
    httpSourceFor('api', {crossOrigin: null, base: 'http://127.0.0.1:5000/'});
  });

  it('refuses all else', () => {
    for (const src of ['https://chat.example/api', 'https://', 'http://app.example/', 'javascript:alert(1)', 'data:,x']) refused(src);
    for (const src of ['http://chat.example/', 'ftp://chat.example/', 'https://u:p@chat.example/', 'http://127.0.0.1.evil.example/']) refused(src, '');
    refused('/api', null, 'http://app.example/');
    refused('/api', null, 'about:blank');
  });
});
