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
const mount = (from = source) => {
  const list = document.createElement('im-conversation-list');
  list.style.height = '600px';
  list.pageSize = 'all';
  list.source = from;
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
  /** Appends, removes, moves between parents and documents; gives the most listeners that the source ever had. */
  async moves(count) {
    const own = new MemorySource({conversations: generateConversations(200), maxPageSize: 200});
    const list = mount(own);
    await frame();
    const homes = [document.createElement('div'), document.createElement('section')];
    document.body.append(...homes);
    const other = document.implementation.createHTMLDocument('');
    let most = 0;
    for (let i = 0; i < count; i++) {
      switch (i % 5) {
        case 0: homes[0].append(list); break;
        case 1: homes[1].append(list); break;
        case 2: list.remove(); break;
        case 3: other.body.append(other.adoptNode(list)); break;
        default: document.body.append(document.adoptNode(list));
      }
      most = Math.max(most, own.listenerCount);
      // Now within a task, now over one, which is a disconnection.
      if (i % 3 === 0) await 0;
      if (i % 4 === 0) await frame();
      most = Math.max(most, own.listenerCount);
    }
    list.remove();
    for (const home of homes) home.remove();
    await frame();
    return {most, left: own.listenerCount};
  },
  /** Gives one list two sources in turn. */
  async swaps(count) {
    const sources = [0, 1].map((seed) => new MemorySource({conversations: generateConversations(100, {seed}), maxPageSize: 100}));
    const list = mount(sources[0]);
    let most = 0;
    for (let i = 0; i < count; i++) {
      list.source = sources[i % 2];
      if (i % 5 === 0) await frame();
      most = Math.max(most, sources[0].listenerCount + sources[1].listenerCount);
    }
    await frame();
    await frame();
    await frame();
    const rows = [...list.snapshot.rows].map(({id}) => id).sort().join();
    const own = sources[(count - 1) % 2].all().map(({id}) => id).sort().join();
    list.remove();
    await frame();
    return {most, left: sources[0].listenerCount + sources[1].listenerCount, own: rows === own};
  },
  /** Begins a long life: events, scrolls, filters; each call goes on with it. */
  async soak(rounds, events) {
    if (window.soaked === undefined) {
      window.soakSource = new MemorySource({conversations: generateConversations(2000), maxPageSize: 2000});
      window.soaked = mount(window.soakSource);
      window.round = 0;
      await frame();
      await frame();
    }
    const list = window.soaked;
    const from = window.soakSource;
    const all = from.all();
    const viewport = list.shadowRoot.querySelector('.viewport');
    for (const end = window.round + rounds; window.round < end; window.round++) {
      const n = window.round;
      for (let i = 0; i < events; i++) {
        const old = all[(n * 37 + i * 101) % all.length];
        if (i % 12 === 11) from.remove([old.id]);
        else from.upsert([{...old, title: 'Name ' + ((n * events + i) % 5000), orderKey: BigInt(((n * 7919 + i * 104729) % 1000003) + 1000000), unreadCount: i % 5}]);
      }
      viewport.scrollTop = (n * 4057) % (viewport.scrollHeight || 1);
      if (n % 10 === 0) list.type = ['', 'group', 'direct', 'group direct'][(n / 10) % 4];
      await frame();
    }
    from.upsert(all);
    list.type = '';
    viewport.scrollTop = 0;
    await frame();
    await frame();
  },
  /** Lists that are still in memory; the garbage is to be collected before. */
  proto: () => customElements.get('im-conversation-list').prototype,
  endSoak() {
    window.soaked.remove();
    window.soaked = window.soakSource = undefined;
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
  // The engine compiles what runs often: that is over, and what grows after it is a leak.
  await page.evaluate('leaks.mounts(200)');
  const start = await counters();
  await page.evaluate('leaks.mounts(200)');
  await page.waitForTimeout(300);
  const end = await counters();
  assert.ok(end.nodes - start.nodes <= 10, `${end.nodes - start.nodes} nodes`);
  assert.ok(end.jsEventListeners <= start.jsEventListeners, `${end.jsEventListeners - start.jsEventListeners} event listeners`);
  assert.ok(end.heap - start.heap <= 100_000, `${end.heap - start.heap} bytes`);
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

/** How many lists are in memory, after the garbage is gone. */
async function listsAlive(): Promise<number> {
  const {result} = await cdp.send('Runtime.evaluate', {expression: 'leaks.proto()', objectGroup: 'alive'});
  const {objects} = await cdp.send('Runtime.queryObjects', {prototypeObjectId: result.objectId as string, objectGroup: 'alive'});
  const {result: length} = await cdp.send('Runtime.callFunctionOn', {
    objectId: objects.objectId as string, functionDeclaration: 'function () { return this.length; }', returnByValue: true,
  });
  await cdp.send('Runtime.releaseObjectGroup', {objectGroup: 'alive'});
  return Number(length.value);
}

for (const [what, run, figures] of [
  ['1,000 moves in the document, out of it and into another', 'leaks.moves', {most: 1, left: 0}],
  ['1,000 changes of the source', 'leaks.swaps', {most: 1, left: 0, own: true}],
] as const) {
  test(`${what} leave one listener at most, then none, and nothing else`, {timeout: 120_000}, async () => {
    await page.evaluate(`document.querySelectorAll('im-conversation-list').forEach((list) => list.remove())`);
    assert.deepEqual(await page.evaluate(`${run}(50)`), figures);
    const start = await counters();
    assert.deepEqual(await page.evaluate(`${run}(1000)`), figures);
    await page.waitForTimeout(300);
    const end = await counters();
    assert.ok(end.nodes - start.nodes <= 10, `${end.nodes - start.nodes} nodes`);
    assert.ok(end.jsEventListeners <= start.jsEventListeners, `${end.jsEventListeners - start.jsEventListeners} event listeners`);
    assert.ok(end.heap - start.heap <= 100_000, `${end.heap - start.heap} bytes`);
    assert.equal(await page.evaluate('leaks.timers()'), 0, 'timers');
  });
}

test('nothing grows by the same amount each time that lists come and go, seven times over', {timeout: 120_000}, async () => {
  await page.evaluate('leaks.mounts(5)');
  const seen: (Counters & {readonly alive: number; readonly timers: number})[] = [];
  for (let i = 0; i <= 7; i++) {
    if (i > 0) await page.evaluate('leaks.mounts(5)');
    await page.waitForTimeout(300);
    seen.push({...(await counters()), alive: await listsAlive(), timers: Number(await page.evaluate('leaks.timers()'))});
  }
  for (const key of ['nodes', 'jsEventListeners', 'alive', 'timers'] as const) {
    const values = seen.map((one) => one[key]);
    const deltas = values.slice(1).map((value, i) => value - (values[i] as number));
    const steady = deltas.every((delta) => delta > 0 && delta === deltas[0]);
    assert.ok(!steady, `${key} grows by ${deltas[0]} each time`);
    assert.ok((values.at(-1) as number) <= (values[0] as number) + 5, `${key}: ${values.join()}`);
  }
  const heaps = seen.map(({heap}) => heap);
  assert.ok((heaps.at(-1) as number) - (heaps[0] as number) <= 50_000, `heap: ${heaps.join()}`);
});

/** The least of ten moments of 200 rounds: how many nodes there are differs by what the rows happen to show, or did. */
async function leastOfSoak(): Promise<Counters> {
  const seen: Counters[] = [];
  for (let i = 0; i < 10; i++) {
    await page.evaluate('leaks.soak(20, 36)');
    seen.push(await counters());
  }
  const least = (key: keyof Counters): number => Math.min(...seen.map((one) => one[key]));
  return {nodes: least('nodes'), jsEventListeners: least('jsEventListeners'), heap: least('heap')};
}

test('72,000 events, 2,000 scrolls and 200 filters later there is no more than after a tenth of them', {timeout: 240_000}, async (t) => {
  // A row makes what few rows show when it first shows it: by then each has shown everything.
  await page.evaluate('leaks.soak(600, 36)');
  const start = await leastOfSoak();
  await page.evaluate('leaks.soak(1600, 36)');
  const end = await leastOfSoak();
  await page.evaluate('leaks.endSoak()');
  t.diagnostic(`heap ${(end.heap / start.heap).toFixed(3)}, nodes ${(end.nodes / start.nodes).toFixed(3)} of what they were at a tenth`);
  assert.ok(end.heap / start.heap <= 1.05, `heap from ${start.heap} to ${end.heap}`);
  assert.ok(end.nodes / start.nodes <= 1.02, `nodes from ${start.nodes} to ${end.nodes}`);
  assert.ok(end.jsEventListeners <= start.jsEventListeners, 'listeners');
});
