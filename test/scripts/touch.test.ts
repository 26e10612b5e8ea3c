import assert from 'node:assert/strict';
import {after, before, beforeEach, test} from 'node:test';
import type {CDPSession, Page} from 'playwright-core';
import {openScript, type ScriptPage} from './script-page.js';

const PAGE = `
import './src/define.ts';
import {MemorySource} from './src/sources/memory.ts';

document.documentElement.style.height = '2000px';
document.body.style.margin = '0';
window.said = [];
// What the pull has shown, also what it showed for a moment.
window.shown = [];
window.show = (options = {}) => {
  document.body.replaceChildren();
  const list = (window.list = document.createElement('im-conversation-list'));
  list.style.height = '500px';
  list.style.width = '360px';
  const source = new MemorySource({latencyMs: 50, conversations: Array.from({length: 200}, (_, i) => ({
    id: 'c' + i, type: 'direct', title: 'Person ' + i, orderKey: BigInt(1e6 - i), pinned: false, unreadCount: 0,
    notify: 'all', marks: [], groups: [], lastMessage: null,
  }))});
  Object.assign(list, {source, ...options});
  window.opened = [];
  window.refreshed = 0;
  list.addEventListener('im-conversation-select', (event) => window.opened.push(event.conversation.id));
  const refresh = list.refresh.bind(list);
  list.refresh = async () => { window.refreshed++; await refresh(); };
  document.body.append(list);
  window.said = [];
  window.shown = [];
  return list.updateComplete.then(() => {
    new MutationObserver(() => window.shown.push(pulled()))
      .observe(list.shadowRoot.querySelector('.frame'), {childList: true, characterData: true, subtree: true});
    new MutationObserver(([{target}]) => window.said.push(target.textContent))
      .observe(list.shadowRoot.querySelector('.live'), {childList: true, subtree: true});
  });
};
window.pulled = () => list.shadowRoot.querySelector('[part=pull]')?.textContent.trim() ?? '';
`;

let opened: ScriptPage;
let page: Page;
let session: CDPSession;

before(async () => {
  opened = await openScript(PAGE);
  const context = await opened.browser.newContext({hasTouch: true, isMobile: true, viewport: {width: 360, height: 640}});
  page = await context.newPage();
  await page.goto(opened.url);
  await page.waitForFunction('window.show');
  session = await context.newCDPSession(page);
});
after(() => opened.close());

beforeEach(async () => {
  await page.evaluate('show()');
  await page.waitForFunction("list.snapshot?.rows.length > 0 && list.shadowRoot.querySelector('[part~=row]')");
  // The first touch of all brings in what touches need.
  await page.touchscreen.tap(180, 620);
});

type Finger = readonly [x: number, y: number];

const send = async (type: 'touchStart' | 'touchMove' | 'touchEnd' | 'touchCancel', ...fingers: Finger[]) => {
  await session.send('Input.dispatchTouchEvent', {type, touchPoints: fingers.map(([x, y], id) => ({x, y, id}))});
};

/** A finger that goes from one place to another, and stays down. */
async function drag([x, y]: Finger, [toX, toY]: Finger, steps = 8): Promise<void> {
  await send('touchStart', [x, y]);
  for (let i = 1; i <= steps; i++) await send('touchMove', [x + ((toX - x) * i) / steps, y + ((toY - y) * i) / steps]);
}

const pulled = async (): Promise<string> => page.evaluate('pulled()');
const refreshed = async (): Promise<number> => page.evaluate('refreshed');
const gone = async () => page.waitForFunction("pulled() === ''");

test('a pull past the threshold refreshes once, shows and says so', async () => {
  await drag([180, 60], [180, 120]);
  await page.waitForFunction("pulled() === 'Pull to refresh'");
  assert.equal(await refreshed(), 0);
  await send('touchMove', [180, 260]);
  await page.waitForFunction("pulled() === 'Release to refresh'");
  await send('touchEnd');
  await page.waitForFunction("shown.includes('Refreshing…')");
  await gone();
  assert.equal(await refreshed(), 1);
  await page.waitForFunction("said.includes('Refreshing…')");
  assert.deepEqual(await page.evaluate('opened'), []);
  assert.equal(await page.evaluate('scrollY'), 0);
});

test('the first touch of all may be a pull', async () => {
  await page.reload();
  await page.waitForFunction('window.show');
  await page.evaluate('show()');
  await page.waitForFunction("list.shadowRoot.querySelector('[part~=row]')");
  await drag([180, 60], [180, 300], 30);
  await send('touchEnd');
  await page.waitForFunction('refreshed === 1');
});

test('a pull that goes back, is too short, or is taken away does nothing', async () => {
  for (const end of [
    async () => {
      await send('touchMove', [180, 70]);
      await send('touchEnd');
    },
    async () => send('touchCancel'),
    async () => {
      await send('touchStart', [180, 260], [60, 300]);
      await send('touchEnd');
    },
    async () => {
      await page.evaluate('list.remove()');
      await send('touchEnd');
      await page.evaluate('document.body.append(list)');
    },
  ]) {
    await drag([180, 60], [180, 260]);
    await page.waitForFunction("pulled() === 'Release to refresh'");
    await end();
    await gone();
  }
  await drag([180, 60], [180, 100]);
  await send('touchEnd');
  await gone();
  assert.equal(await refreshed(), 0);
});

test('a way to the side, a way up, and a list that is scrolled are no pulls', async () => {
  await drag([60, 60], [300, 90]);
  await send('touchMove', [300, 300]);
  assert.equal(await pulled(), '');
  await send('touchEnd');
  await page.evaluate("list.shadowRoot.querySelector('.viewport').scrollTop = 300");
  await page.waitForFunction("list.shadowRoot.querySelector('.viewport').scrollTop === 300");
  await drag([180, 60], [180, 160]);
  assert.equal(await pulled(), '');
  await send('touchEnd');
  assert.equal(await refreshed(), 0);
});

test('it is off where the app says so', async () => {
  await page.evaluate("show({pullToRefresh: 'off'})");
  await page.waitForFunction("list.shadowRoot.querySelector('[part~=row]')");
  await drag([180, 60], [180, 300]);
  assert.equal(await pulled(), '');
  await send('touchEnd');
  assert.equal(await refreshed(), 0);
});

test('a list that is pulled scrolls on as ever', async () => {
  await drag([180, 400], [180, 100]);
  await send('touchEnd');
  await page.waitForFunction("list.shadowRoot.querySelector('.viewport').scrollTop > 100");
});

test('taps select while selecting, and open otherwise', async () => {
  await page.touchscreen.tap(180, 90);
  await page.waitForFunction("opened.join() === 'c1'");
  await page.evaluate("Object.assign(list, {selection: 'multiple', selecting: true})");
  await page.waitForFunction("list.shadowRoot.querySelectorAll('[part~=checkbox]').length > 3");
  await page.touchscreen.tap(180, 90);
  await page.touchscreen.tap(180, 220);
  await page.waitForFunction("list.selectedIds.join() === 'c1,c3'");
  assert.deepEqual(await page.evaluate('opened'), ['c1']);
  const clear = page.locator('[part~=clear-selection]');
  await clear.tap();
  await page.waitForFunction('list.selectedIds.length === 0 && !list.selecting');
});
