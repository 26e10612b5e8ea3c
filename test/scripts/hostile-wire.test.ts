import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import type {Page} from 'playwright-core';
import {openScript, type ScriptPage} from './script-page.js';

/**
 * The same payloads as under the strict policy, on a page that forbids nothing: what is harmless here is so because
 * the list makes no markup of it, not because a policy steps in.
 */
const PAGE = `
import {showAround, showInRows, lowList, painted, rowsOf} from './test/elements/hostile/places.ts';
import {PAYLOADS} from './test/elements/hostile/payloads.ts';
import {AVATAR_URLS} from './test/elements/hostile/avatar-urls.ts';
import {conversation} from './test/elements/support/conversations.ts';

console.warn = () => undefined;
window.hostile = {
  async payloads() {
    const wrong = [];
    for (let i = 0; i < PAYLOADS.length; i += 100) {
      const texts = PAYLOADS.slice(i, i + 100);
      wrong.push(...await showInRows(texts), ...await showAround(texts));
    }
    return wrong;
  },
  /** Proof that the payloads are live: as markup they run. */
  async asMarkup() {
    for (const payload of PAYLOADS.filter((text) => /^(">)?<(img|svg o|video|details)/.test(text) && !text.includes('alert'))) {
      const box = document.createElement('div');
      document.body.append(box);
      box.innerHTML = payload;
    }
  },
  /** The address that each avatar came to, '' for none. */
  async avatars() {
    const people = AVATAR_URLS.map(([avatarUrl], i) => conversation('a' + i, {avatarUrl, orderKey: BigInt(1000 - i)}));
    const list = lowList(people.length, {conversations: people});
    await painted();
    const rows = rowsOf(list);
    const found = people.map(({id}) => rows.get(id).querySelector('img')?.getAttribute('src') ?? '');
    list.parentElement.remove();
    return found;
  },
  expectedAvatars: () => AVATAR_URLS.map(([url, loaded]) => loaded === true ? url : loaded || ''),
  /** Rows of 64 px with pictures of the server's. */
  async pictures(count, on) {
    const people = Array.from({length: count}, (_, i) => conversation('p' + i, {avatarUrl: '/picture?' + i, orderKey: BigInt(100000 - i)}));
    window.list?.parentElement.remove();
    window.list = lowList(7, {conversations: people, avatarPolicy: on ? (url) => url : () => undefined});
    window.drawn = new Set();
    const note = () => rowsOf(list).forEach((_, id) => drawn.add('/picture?' + id.slice(1)));
    await list.updateComplete;
    new MutationObserver(note).observe(list.shadowRoot, {subtree: true, childList: true, attributeFilter: ['data-id', 'hidden']});
    note();
    await painted();
  },
  /** How long 20 rows of a name take to be cleaned, written and laid out, ms. */
  async layout(name) {
    const list = lowList(0, {conversations: []});
    list.style.removeProperty('--im-conversation-list-row-height');
    list.parentElement.style.height = '1280px';
    await painted();
    const {performUpdate} = list;
    let ms = 0;
    let rows = [];
    list.performUpdate = function () {
      const start = performance.now();
      performUpdate.call(this);
      rows = [...rowsOf(list).values()];
      for (const row of rows) void row.querySelector('.title').getBoundingClientRect().height;
      ms = Math.max(ms, performance.now() - start);
    };
    list.conversations = Array.from({length: 20}, (_, i) => conversation('l' + i, {title: name, orderKey: BigInt(-i)}));
    await painted();
    const longest = Math.max(...rows.map((row) => row.querySelector('.title').textContent.length));
    list.parentElement.remove();
    return {ms, rows: rows.length, longest};
  },
  async plainPicture() {
    const image = new Image();
    image.src = '/picture?plain';
    await image.decode().catch(() => undefined);
  },
};
`;

let opened: ScriptPage;
let page: Page;
const dialogs: string[] = [];
/** Everything that the page asked for, of any server. */
let asked: string[] = [];

before(async () => {
  opened = await openScript(PAGE);
  page = await opened.browser.newPage();
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('request', (request) => asked.push(request.url()));
  // Nothing goes out. A picture that fails would be taken away again.
  const picture = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>';
  const answer = {contentType: 'image/svg+xml', body: picture};
  await page.route((url) => url.hostname !== '127.0.0.1', (route) => route.fulfill(answer));
  await page.goto(opened.url);
  await page.waitForFunction('window.hostile');
});

after(() => opened.close());

async function until(holds: () => boolean, what: string): Promise<void> {
  for (const end = performance.now() + 30_000; !holds(); await page.waitForTimeout(20)) assert.ok(performance.now() < end, what);
}

test('payloads on a page without a policy: no script, no dialog, no request, and the cleaned text', {timeout: 120_000}, async () => {
  asked = [];
  const wrong = await page.evaluate<string[]>('hostile.payloads()');
  assert.deepEqual(wrong.slice(0, 5), []);
  assert.deepEqual(asked, []);
  assert.deepEqual(dialogs, []);
  assert.equal(await page.evaluate('window.__xss'), undefined);
  assert.equal(page.url(), opened.url);
});

test('20 names of a million marks lay out like others', {timeout: 60_000}, async (t) => {
  const layout = (name: string) => page.evaluate<{ms: number; rows: number; longest: number}>(`hostile.layout(${name})`);
  await layout("'W'.repeat(256)");
  const marks = await layout("'a' + '\\u0301'.repeat(1e6)");
  const letters = await layout("'W'.repeat(1e6)");
  const plain = await layout("'Ana Bell'");
  const say = (what: string, {ms}: {ms: number}) => `${what} ${ms.toFixed(1)} ms`;
  t.diagnostic([say('1,000,000 marks', marks), say('1,000,000 letters', letters), say('8 letters', plain)].join(', '));
  // What makes it so is no matter of the machine: what layout is given.
  assert.deepEqual([marks.rows, marks.longest, letters.longest, plain.longest], [20, 5, 256, 8]);
});

test('avatar addresses: only what the policy allows is asked for', {timeout: 60_000}, async () => {
  const expected = await page.evaluate<string[]>('hostile.expectedAvatars()');
  assert.ok(expected.length >= 60);
  asked = [];
  assert.deepEqual(await page.evaluate('hostile.avatars()'), expected);
  const fragmentless = (url: string): string => url.replace(/#.*/, '');
  const allowed = new Set(expected.filter((url) => url !== '').map(fragmentless));
  await until(() => asked.length > 0, 'those allowed are asked for');
  assert.deepEqual(asked.map(fragmentless).filter((url) => !allowed.has(url)), []);
});

test('avatars on the wire: no referrer, none for rows that are not drawn, none when they are off', {timeout: 60_000}, async () => {
  const pictures = () => opened.requests.filter(({url}) => url.startsWith('/picture'));
  await page.evaluate('hostile.plainPicture()');
  assert.deepEqual(pictures().map(({referer}) => referer), [opened.url], 'the page itself sends one');
  opened.requests.length = 0;

  await page.evaluate('hostile.pictures(2000, false)');
  await page.waitForTimeout(100);
  assert.deepEqual(pictures(), []);

  await page.evaluate('hostile.pictures(2000, true)');
  await until(() => pictures().length >= 7, 'the rows in view ask for theirs');
  await page.evaluate(`list.scrollToConversation('p1000')`);
  await until(() => pictures().some(({url}) => url === '/picture?1000'), 'so do those that come into view');
  // Time for one too many.
  await page.waitForTimeout(200);
  const all = pictures();
  const drawn = new Set(await page.evaluate<string[]>('[...drawn]'));
  assert.ok(drawn.size < 100, `${drawn.size} rows were drawn`);
  assert.deepEqual(all.map(({url}) => url).filter((url) => !drawn.has(url)), []);
  assert.deepEqual(new Set(all.map(({referer}) => referer)), new Set([undefined]));
});

test('the payloads are live: as markup they run and ask', {timeout: 60_000}, async () => {
  asked = [];
  await page.evaluate('hostile.asMarkup()');
  await page.waitForFunction('window.__xss === 1');
  await until(() => asked.some((url) => url.endsWith('/xss')), 'they ask');
});
