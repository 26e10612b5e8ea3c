import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import type {CDPSession, Page} from 'playwright-core';
import {openScript, type ScriptPage} from './script-page.js';

/** What the page offers to the tests. */
const PAGE = `
import './src/define.ts';
import {MemorySource} from './src/sources/memory.ts';
import {generateConversations} from './src/testing/generate-conversations.ts';

const timers = new Set();
for (const [set, clear] of [['setTimeout', 'clearTimeout'], ['setInterval', 'clearInterval']]) {
  const native = window[set];
  const nativeClear = window[clear];
  window[set] = (run, ms, ...rest) => {
    const id = native((...args) => { timers.delete(id); run(...args); }, ms, ...rest);
    timers.add(id);
    return id;
  };
  window[clear] = (id) => { timers.delete(id); nativeClear(id); };
}
const source = new MemorySource({conversations: generateConversations(10000), maxPageSize: 10000});
const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
const mount = () => {
  const list = document.createElement('im-conversation-list');
  list.style.height = '600px';
  list.pageSize = 'all';
  list.source = source;
  document.body.append(list);
  return list;
};
window.leaks = {
  timers: () => timers.size,
  listeners: () => source.listenerCount,
  async mounts(count) {
    for (let i = 0; i < count; i++) {
      const list = mount();
      await frame();
      await frame();
      list.focus();
      source.receiveMessage({conversationId: source.all()[5].id, text: 'x'});
      await frame();
      list.remove();
      await frame();
    }
  },
  async scroll() {
    const list = mount();
    await frame();
    await frame();
    const viewport = list.shadowRoot.querySelector('.viewport');
    for (let top = 0; top < 10000 * 64; top += 3000) {
      viewport.scrollTop = top;
      await frame();
    }
    viewport.scrollTop = 0;
    await frame();
  },
};
`;

let opened: ScriptPage;
let page: Page;
let cdp: CDPSession;

before(async () => {
  opened = await openScript(PAGE);
  page = await opened.browser.newPage();
  await page.goto(opened.url);
  await page.waitForFunction('window.leaks');
  cdp = await page.context().newCDPSession(page);
});

after(() => opened.close());

interface Counters {
  readonly nodes: number;
  readonly jsEventListeners: number;
  readonly heap: number;
}

async function counters(): Promise<Counters> {
  for (let i = 0; i < 3; i++) await cdp.send('HeapProfiler.collectGarbage');
  const {nodes, jsEventListeners} = await cdp.send('Memory.getDOMCounters');
  const {usedSize} = await cdp.send('Runtime.getHeapUsage');
  return {nodes, jsEventListeners, heap: usedSize};
}

test('200 mounts leave no node, listener or timer behind', {timeout: 120_000}, async () => {
  await page.evaluate('leaks.mounts(20)');
  const start = await counters();
  await page.evaluate('leaks.mounts(200)');
  await page.waitForTimeout(300);
  const end = await counters();
  assert.ok(end.nodes - start.nodes <= 10, `${end.nodes - start.nodes} nodes`);
  assert.ok(end.jsEventListeners <= start.jsEventListeners, `${end.jsEventListeners - start.jsEventListeners} event listeners`);
  assert.ok(end.heap - start.heap <= 200_000, `${end.heap - start.heap} bytes`);
  assert.equal(await page.evaluate('leaks.listeners()'), 0, 'listeners of the source');
  assert.equal(await page.evaluate('leaks.timers()'), 0, 'timers');
});

test('scrolling through 10,000 rows adds no node', {timeout: 120_000}, async () => {
  await page.evaluate('leaks.scroll()');
  const start = await counters();
  await page.evaluate(`(async () => { document.querySelector('im-conversation-list').remove(); await leaks.scroll(); })()`);
  const end = await counters();
  assert.ok(Math.abs(end.nodes - start.nodes) <= 50, `${end.nodes - start.nodes} nodes`);
});
