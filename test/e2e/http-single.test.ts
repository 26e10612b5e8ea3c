import assert from 'node:assert/strict';
import {connect} from 'node:net';
import {after, before, describe, it} from 'node:test';
import {chromium, type Browser, type Page} from 'playwright-core';
import {CHROMIUM_ARGS, findChromium} from '../../scripts/find-chromium.mjs';
import type {SourceEvent} from '../../src/model/index.js';
import {HttpSource} from '../../src/sources/http.js';
import {ask, beginStream, makeFolder, openChat, startServer, until, type ServerProcess} from './support/http-server.js';

let server: ServerProcess;
let browser: Browser;
let folder: string;
let remove = (): void => undefined;
const bearer = (token: string) => ({headers: {authorization: `Bearer ${token}`}});

before(async () => {
  ({folder, remove} = await makeFolder());
  server = await startServer({folder, env: {PATIENCE_MS: '1500'}});
  const {executablePath, env} = await findChromium();
  browser = await chromium.launch({executablePath, env, args: [...CHROMIUM_ARGS]});
});
after(async () => {
  await browser?.close();
  await server?.kill();
  remove();
});

async function openPage(token: string): Promise<Page> {
  const context = await browser.newContext({viewport: {width: 400, height: 600}});
  await context.addCookies([{name: 'session', value: token, url: server.url, httpOnly: true, sameSite: 'Strict'}]);
  const page = await context.newPage();
  await page.goto(`${server.url}/files/index.html`);
  return page;
}

/** What the list shows, row by row; rows that wait to be used again are in the document too. */
const shown = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const rows = document.querySelector('im-conversation-list')?.shadowRoot?.querySelectorAll('[part~=row]') ?? [];
    return Array.from(rows).filter((row) => row.checkVisibility()).map((row) => row.textContent ?? '');
  });
const shows = (page: Page, text: string) => async () => (await shown(page)).some((row) => row.includes(text));
const send = (conversation: string, text: string, token = 't-bob') => ask(server.url, token, '/messages', {conversation, text});

/** What a stream begins with that is to go on from a position. */
const beginning = (token: string, position: string) => beginStream(`${server.url}/conversations`, token, position);

describe('the reference server on one machine', () => {
  it('brings a change to two browsers, by src alone', async () => {
    const id = await openChat(server.url, 't-ann', 'Lunch', ['bob']);
    const pages = await Promise.all(['t-ann', 't-bob'].map(openPage));
    for (const page of pages) await until(shows(page, 'Lunch'), 'the conversation is shown');
    await send(id, 'At noon?');
    for (const page of pages) await until(shows(page, 'At noon?'), 'the message is shown');
    for (const page of pages) await page.context().close();
  });

  it('goes on after the server was killed, and shows what came meanwhile', async () => {
    const id = await openChat(server.url, 't-ann', 'Crash', ['bob']);
    const page = await openPage('t-ann');
    await until(shows(page, 'Crash'), 'the conversation is shown');
    const events: SourceEvent[] = [];
    const source = new HttpSource(`${server.url}/conversations`, bearer('t-ann'));
    const end = source.subscribe((event) => events.push(event));
    const state = () => events.findLast((event) => event.type === 'connection');
    await until(() => state()?.type === 'connection', 'the stream is open');
    const {port} = server;
    await server.kill();
    server = await startServer({folder, port, env: {PATIENCE_MS: '1500'}});
    await send(id, 'Still here');
    await until(shows(page, 'Still here'), 'the message is shown');
    const texts = () => events.flatMap((event) => (event.type === 'upsert' ? event.conversations.map((c) => c.lastMessage?.text) : []));
    await until(() => texts().includes('Still here'), 'the event came');
    assert.deepEqual(texts(), ['Still here'], 'once, and nothing else');
    assert.ok(!events.some((event) => event.type === 'reset'), 'without a gap');
    end();
    await page.context().close();
  });

  it('takes a deleted row from a browser that was away longer than deletions are kept', async () => {
    const [gone, stays] = [await openChat(server.url, 't-ann', 'Gone for good', ['bob']), await openChat(server.url, 't-ann', 'Stays', ['bob'])];
    const page = await openPage('t-ann');
    await until(shows(page, 'Gone for good'), 'the conversation is shown');
    const {port} = server;
    const position = (await ask(server.url, 't-ann', '/conversations?limit=1')).value['position'] as string;
    await page.context().setOffline(true);
    await server.kill();
    server = await startServer({folder, port, env: {PATIENCE_MS: '1500'}});
    assert.equal((await ask(server.url, 't-ann', '/conversations/delete', {ids: [gone]})).status, 200);
    await server.kill();
    server = await startServer({folder, port, env: {PATIENCE_MS: '1500', KEEP_DAYS: '0'}});
    await until(async () => /"resumed":false/.test(await beginning('t-ann', position)), 'the deletion is forgotten');
    await send(stays, 'Anybody there?');
    assert.ok(await shows(page, 'Gone for good')(), 'the page has not heard of it');
    await page.context().setOffline(false);
    await until(shows(page, 'Anybody there?'), 'the page is back');
    await until(async () => !(await shows(page, 'Gone for good')()), 'the row is gone');
    await send(gone, 'Not gone after all');
    await until(shows(page, 'Not gone after all'), 'the next message brings it back');
    await page.context().close();
  });

  it('shows nobody what is somebody else\'s', async () => {
    const secret = await openChat(server.url, 't-ann', 'Secret', ['bob']);
    await send(secret, 'hush');
    const eve = new HttpSource(`${server.url}/conversations`, bearer('t-eve'));
    const heard: SourceEvent[] = [];
    const end = eve.subscribe((event) => heard.push(event));
    assert.deepEqual((await eve.getPage({limit: 100})).conversations, []);
    assert.deepEqual(await eve.getByIds([secret]), []);
    assert.equal(await eve.getTotalUnread(), 0);
    await until(() => heard.some(({type}) => type === 'connection'), 'the stream is open');
    await assert.rejects(eve.setPinned(secret, true), {code: 'not-found'});
    assert.equal((await eve.delete([secret]))[0]?.error?.code, 'not-found');
    assert.equal((await send(secret, 'let me in', 't-eve')).status, 404);
    await send(secret, 'hush again');
    const ann = await ask(server.url, 't-ann', `/conversations?id=${secret}`);
    assert.match(JSON.stringify(ann.value), /hush again/);
    // Another's place in the stream, or cursor, opens nothing.
    const position = ann.value['position'] as string;
    assert.match(await beginning('t-eve', position), /"resumed":false/);
    assert.deepEqual((await ask(server.url, 't-eve', `/conversations?cursor=${2n ** 62n}.${secret}`)).value['conversations'], []);
    assert.ok(!JSON.stringify(heard, (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v)).includes('hush'));
    end();
  });

  it('refuses a forged or missing token everywhere', async () => {
    const paths = ['', '/search?q=x', '/unread', '/groups', '/events'].map((path) => [`/conversations${path}`, undefined] as const);
    const posts = ['/conversations/read', '/conversations/delete', '/messages', '/chats'].map((path) => [path, {}] as const);
    for (const [path, body] of [...paths, ...posts]) {
      for (const token of [undefined, '', 'forged', "' OR '1'='1", 't-ann\u00a0', 'x'.repeat(5000)]) {
        const header = token !== undefined && /^[\x20-\x7e]*$/.test(token) ? token : undefined;
        const {status, value} = await ask(server.url, header, path, body);
        assert.deepEqual([status, value['code']], [401, 'auth'], `${path} with ${String(token).slice(0, 20)}`);
      }
    }
    assert.equal((await ask(server.url, undefined, '/session', {token: 'forged'})).status, 401);
    const list = await openPage('forged');
    await until(() => list.evaluate(() => document.querySelector('im-conversation-list')?.matches(':state(error)') ?? false), 'the list shows an error');
    await list.context().close();
  });

  it('refuses hostile JSON, and stays well', async () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    const id = await openChat(server.url, 't-ann', 'Solid', []);
    const bodies: unknown[] = [
      '{', deep, `{"ids":${deep},"changes":{}}`, '"text"', 'null', '{"ids":"x","changes":{}}', {ids: [5], changes: {}},
      {ids: [id], changes: {pinned: 'maybe'}}, {ids: [id], changes: {notify: 'loud'}}, {ids: [id], changes: {userId: 'bob'}},
      `{"ids":["${id}"],"changes":{"__proto__":{"pinned":true}}}`, {ids: Array(101).fill(id), changes: {}},
      `{"ids":["${'x'.repeat(300_000)}"],"changes":{}}`, {ids: [id], changes: {draft: 'x'.repeat(10_001)}},
    ];
    for (const body of bodies) {
      const {status, value} = await ask(server.url, 't-ann', '/conversations', body, 'PATCH');
      assert.ok(status === 400 || status === 413, `${status} for ${JSON.stringify(body).slice(0, 60)}`);
      assert.ok(value['code'] === 'invalid-argument' || value['code'] === 'limit-exceeded', JSON.stringify(value));
    }
    for (const query of ['limit=0', 'limit=1e9', 'limit=x', 'cursor=x', 'cursor=99999999999999999999.x', 'type=spy', 'pinned=perhaps']) {
      assert.equal((await ask(server.url, 't-ann', `/conversations?${query}`)).status, 400, query);
    }
    const {value} = await ask(server.url, 't-ann', `/conversations?id=${id}`);
    assert.equal((value['conversations'] as {pinned: boolean}[])[0]?.pinned, false);
  });

  it('serves no file outside its folder', async () => {
    for (const path of ['/files/../main.mjs', '/files/%2e%2e/server.sqlite', '/files/server.sqlite', '/files/..%2f..%2fetc/passwd']) {
      assert.equal((await ask(server.url, 't-ann', path)).status, 404, path);
    }
  });

  it('closes the stream of a reader that takes nothing, and keeps the others up to date', async (t) => {
    const ids = await Promise.all(Array.from({length: 60}, (_, i) => openChat(server.url, 't-ann', `Busy ${i}`, [])));
    const events: SourceEvent[] = [];
    const source = new HttpSource(`${server.url}/conversations`, bearer('t-ann'));
    t.after(source.subscribe((event) => events.push(event)));
    const slow = connect(server.port, '127.0.0.1');
    t.after(() => slow.destroy());
    let closed = false;
    slow.on('close', () => (closed = true)).on('error', () => (closed = true));
    slow.write('GET /conversations/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer t-ann\r\n\r\n');
    slow.pause();
    // A socket holds some megabytes; each of these is half a one.
    const rounds = 50;
    for (let i = 1; i <= rounds; i++) {
      await ask(server.url, 't-ann', '/conversations', {ids, changes: {draft: 'y'.repeat(9000) + i}}, 'PATCH');
    }
    const latest = new Map<string, string | undefined>();
    await until(() => {
      for (const event of events) if (event.type === 'upsert') for (const c of event.conversations) latest.set(c.id, c.draft?.text);
      return ids.every((id) => latest.get(id) === 'y'.repeat(9000) + rounds);
    }, 'the other reader has the last state');
    // A socket that is not read does not say that it was closed: so wait longer than the server does.
    await new Promise((resolve) => setTimeout(resolve, 2500));
    slow.resume();
    await until(() => closed, 'the slow stream is closed');
  });

  it('finds by its server what no page of the list has brought', async () => {
    await openChat(server.url, 't-eve', 'Deep needle', []);
    await Promise.all(Array.from({length: 200}, (_, i) => openChat(server.url, 't-eve', `Above ${i}`, [])));
    const page = await openPage('t-eve');
    await until(async () => (await shown(page)).length > 0, 'rows are shown');
    const loaded = await page.evaluate(() => {
      const list = document.querySelector('im-conversation-list') as HTMLElement & {readonly snapshot: {readonly rows: Iterable<{readonly title: string}>}};
      list.setAttribute('search', 'DEÉP needle');
      return Array.from(list.snapshot.rows, ({title}) => title);
    });
    assert.ok(loaded.length > 0 && !loaded.includes('Deep needle'));
    await until(async () => (await shown(page)).length === 1 && (await shows(page, 'Deep needle')()), 'it is found, and nothing else');
    await page.context().close();
  });
});
