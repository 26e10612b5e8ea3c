import assert from 'node:assert/strict';
import {after, before, beforeEach, test} from 'node:test';
import type {BrowserContext, CDPSession, Page} from 'playwright-core';
import {openScript, type ScriptPage} from './script-page.js';

/** A phone's page with a list, whose conversations are `c0`, `c1`, … */
const PAGE = `
import './src/define.ts';
import {MemorySource} from './src/sources/memory.ts';

const meta = document.createElement('meta');
meta.name = 'viewport';
meta.content = 'width=device-width';
document.head.append(meta);
document.body.style.margin = '0';
document.documentElement.dir = new URLSearchParams(location.search).get('dir') ?? 'ltr';
const conversations = Array.from({length: 100}, (_, i) => ({
  id: 'c' + i, type: 'direct', title: 'Name ' + i, orderKey: BigInt(100 - i), pinned: false, unreadCount: 2,
  notify: 'all', marks: [], groups: [],
}));
window.source = new MemorySource({conversations, maxPageSize: 100});
window.list = document.createElement('im-conversation-list');
list.style.height = '600px';
list.pageSize = 'all';
list.source = source;
document.body.append(list);
window.asked = [];
list.addEventListener('im-conversation-action', ({action}) => asked.push(action.name));
const rows = () => [...list.shadowRoot.querySelectorAll('.row:not([hidden])')];
window.row = (id) => rows().find((element) => element.dataset.id === id);
window.shift = (id) => Math.round(row(id).querySelector('.cell').getBoundingClientRect().left - row(id).getBoundingClientRect().left);
window.still = () => list.shadowRoot.getAnimations().every(({playState}) => playState !== 'running');
window.ready = () => rows().length > 5 && rows().every((element) => element.querySelector('[part~="more"]'));
window.menu = () => [...list.shadowRoot.querySelectorAll('[part~="menu-item"]')].map((item) => item.textContent.trim());
`;

let opened: ScriptPage;
let context: BrowserContext;
let page: Page;
let cdp: CDPSession;

before(async () => {
  opened = await openScript(PAGE);
});

after(() => opened.close());

const open = async (query = '') => {
  await context?.close();
  context = await opened.browser.newContext({viewport: {width: 360, height: 640}, hasTouch: true, isMobile: true});
  page = await context.newPage();
  await page.goto(opened.url + query);
  // Where fingers act the buttons are there before any has come.
  await page.waitForFunction('window.ready?.()');
  cdp = await context.newCDPSession(page);
};

beforeEach(() => open());

type Point = {readonly x: number; readonly y: number};

const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...touchPoints: readonly Point[]) =>
  cdp.send('Input.dispatchTouchEvent', {type, touchPoints: [...touchPoints]});

async function middleOf(id: string): Promise<Point> {
  const {x, y, width, height} = await page.evaluate<DOMRect>(`row('${id}').getBoundingClientRect().toJSON()`);
  return {x: x + width / 2, y: y + height / 2};
}

/** Puts a finger on a row, in its middle, and moves it in steps. Returns where it is. */
async function drag(id: string, dx: number, dy = 0): Promise<Point> {
  const from = await middleOf(id);
  await touch('touchStart', from);
  for (let i = 1; i <= 8; i++) await touch('touchMove', {x: from.x + (dx * i) / 8, y: from.y + (dy * i) / 8});
  return {x: from.x + dx, y: from.y + dy};
}

const release = async () => {
  // A finger that is lifted in full flight is a fling to the browser, which ends with the next touch and makes it no tap.
  await page.evaluate('new Promise((done) => setTimeout(done, 150))');
  await touch('touchEnd');
  await page.waitForFunction('still()');
};

/** Both are sent at once: a finger that stays for 600 ms, as on a slow machine it would between them, is no tap. */
async function tap(id: string): Promise<void> {
  const at = await middleOf(id);
  await Promise.all([touch('touchStart', at), touch('touchEnd')]);
  await page.waitForFunction('still()');
}

const shift = (id: string) => page.evaluate<number>(`shift('${id}')`);

for (const [dir, way] of [['ltr', 1], ['rtl', -1]] as const) {
  test(`a finger shows what each side of a row has, and does it: ${dir}`, async () => {
    await open(`?dir=${dir}`);
    await drag('c2', -way * 110);
    await release();
    assert.equal(await shift('c2'), -way * 152);
    // The other row closes this one, and is not opened by the same touch.
    await tap('c4');
    assert.equal(await shift('c2'), 0);
    assert.equal(await page.evaluate('list.selectedId'), undefined);
    await drag('c3', way * 80);
    await release();
    assert.equal(await shift('c3'), way * 76);
    await page.evaluate(`row('c3').querySelector('[part~="swipe-action"]').getBoundingClientRect().toJSON()`).then(async (box) => {
      const {x, y, width, height} = box as {x: number; y: number; width: number; height: number};
      await touch('touchStart', {x: x + width / 2, y: y + height / 2});
    });
    await release();
    await page.waitForFunction(`source.get('c3').unreadCount === 0`);
    assert.deepEqual(await page.evaluate('asked'), ['mark-read']);
    assert.equal(await page.evaluate('list.selectedId'), undefined);
  });
}

test('a swipe all the way does the first action of its side, unless it comes back', async () => {
  const {x: far, y} = await drag('c2', -170);
  for (let x = far + 20; x <= far + 170; x += 50) await touch('touchMove', {x, y});
  await release();
  await touch('touchStart', {x: 350, y: 96});
  for (let x = 340; x >= 20; x -= 40) await touch('touchMove', {x, y: 96});
  await release();
  await page.waitForFunction(`source.get('c1').notify === 'silent'`);
  assert.deepEqual(await page.evaluate('asked'), ['notify']);
  assert.equal(await shift('c1'), 0);
});

test('a finger that goes up scrolls, and moves no row aside', async () => {
  await drag('c5', -30, -150);
  await release();
  await page.waitForFunction(`list.shadowRoot.querySelector('.viewport').scrollTop > 50`);
  assert.deepEqual(await page.evaluate('asked'), []);
  assert.equal(await page.evaluate(`list.shadowRoot.querySelectorAll('[data-swipe]').length`), 0);
});

test('a second finger takes a swipe back', async () => {
  const at = await drag('c2', -120);
  await touch('touchStart', at, {x: 100, y: 400});
  await page.waitForFunction(`shift('c2') === 0`);
  await release();
  assert.deepEqual(await page.evaluate('asked'), []);
});

test('a finger that stays opens the menu, opens no conversation, and a tap on an item does it', async () => {
  await drag('c2', 3);
  await page.waitForFunction('menu().length > 0');
  await release();
  assert.equal(await page.evaluate('menu().length > 5'), true);
  assert.equal(await page.evaluate('list.selectedId'), undefined);
  await page.locator('im-conversation-list [part~="menu-item"]').first().tap();
  await page.waitForFunction(`source.get('c2').pinned`);
  assert.equal(await page.evaluate('list.selectedId'), undefined);
});

test('the button for the menu is there in every row, large enough, and covers nothing', async () => {
  const boxes = await page.evaluate<{width: number; height: number; left: number; end: number}[]>(`[...list.shadowRoot.querySelectorAll('.row:not([hidden])')].map((row) => {
    const {width, height, left} = row.querySelector('[part~="more"]').getBoundingClientRect();
    return {width, height, left, end: row.querySelector('[part~="badge"]').getBoundingClientRect().right};
  })`);
  for (const {width, height, left, end} of boxes) {
    assert.ok(width >= 24 && height >= 24, `${width} × ${height}`);
    assert.ok(end <= left, `${end} over ${left}`);
  }
  await page.locator('im-conversation-list [part~="more"]').nth(3).tap();
  await page.waitForFunction('menu().length > 0');
  assert.equal(await page.evaluate('list.selectedId'), undefined);
});

test('a tap opens a conversation as ever', async () => {
  await tap('c2');
  await page.waitForFunction(`list.selectedId === 'c2'`);
});
