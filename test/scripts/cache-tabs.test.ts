import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import type {MemorySource} from '../../src/sources/memory.js';
import {CacheBrowser, until} from './cache/cache-browser.js';
import {plain} from './cache/wire-source.js';

const TABS = 4;
/** By each tab. */
const WRITES = 1000;
/** Conversations that are written to. */
const BUSY = 50;

let browser: CacheBrowser;
before(async () => {
  browser = await CacheBrowser.start();
});
after(() => browser.close());

const tabs = (count = TABS): Promise<Page[]> => Promise.all(Array.from({length: count}, () => browser.open()));
const show = (page: Page, account: string): Promise<void> => page.evaluate((name) => window.cache.open(name), account);
const rows = (page: Page, account: string): Promise<string> => page.evaluate((name) => window.cache.rows(name).join('\n'), account);
const told = (page: Page, account: string, type: 'reset' | 'sync', phase?: string): Promise<number> =>
  page.evaluate((...of) => window.cache.told(...of), account, type, phase);
const settled = (page: Page, account: string): Promise<boolean> => page.evaluate((name) => window.cache.settled(name), account);
const rowsOf = (source: MemorySource): string => source.all().map(plain).join('\n');

async function end(pages: readonly Page[]): Promise<void> {
  for (const page of pages) {
    assert.deepEqual(await page.evaluate(() => window.cache.errors), []);
    assert.deepEqual(await page.evaluate(() => window.cache.warnings), []);
    await page.close();
  }
}

describe('several tabs', () => {
  it(`take ${TABS} × ${WRITES} writes, while the one that syncs is closed and the next one crashes: none is told of an older row after a newer one`, async () => {
    const source = browser.server.open('busy', 200);
    const ids = source.all().slice(0, BUSY).map(({id}) => id);
    const [first, second, third, fourth] = (await tabs()) as [Page, Page, Page, Page];
    // One after another, so that it is known who leads.
    for (const page of [first, second, third, fourth]) {
      await show(page, 'busy');
      await until(() => settled(page, 'busy'), 'the tab shows the list');
    }
    let sentAt = 1_800_000_000_000;
    const write = async (count: number): Promise<void> => {
      for (let i = 0; i < count; i += 20) {
        const messages = Array.from({length: 20}, (_, at) => ({conversationId: ids[(i * 7 + at * 3) % BUSY] as string, text: 'x', sentAt: ++sentAt}));
        source.receiveMessages(messages);
        if (i % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
    };
    await write(WRITES);
    await first.close();
    await write(WRITES);
    await until(async () => (await rows(third, 'busy')) === rowsOf(source), 'another tab syncs');
    await write(WRITES);
    await browser.crash(second);
    await write(WRITES);
    for (const page of [third, fourth]) {
      await until(async () => (await rows(page, 'busy')) === rowsOf(source), 'the list is as on the server');
      assert.deepEqual(await page.evaluate(() => window.cache.goneBack('busy')), []);
    }
    const {rows: kept} = await third.evaluate(() => window.cache.kept('busy'));
    assert.equal(kept.join('\n'), rowsOf(source));
    await end([third, fourth]);
  });

  it(`that are their own servers count all of ${TABS} × ${WRITES} messages, and show the same`, async () => {
    const pages = await tabs();
    await Promise.all(pages.map((page) => page.evaluate(() => window.cache.openLocal('own'))));
    await Promise.all(
      pages.map((page, tab) =>
        page.evaluate(
          async (count, busy, name) => {
            const source = window.cache.local('own');
            const messages = Array.from({length: count}, (_, i) => ({conversationId: `c${(i * 7 + name) % busy}`, text: `${name}-${i}`}));
            const all: Promise<unknown>[] = [];
            // Some one by one, some ten at a time.
            while (messages.length > 0) all.push(source.receiveMessages(messages.splice(0, messages.length > 800 ? 1 : 10)));
            await Promise.all(all);
          },
          WRITES,
          BUSY,
          tab,
        ),
      ),
    );
    const [page] = pages as [Page];
    const total = async (): Promise<number> => {
      const unread = (await rows(page, 'own')).split('\n').map((row) => (JSON.parse(row) as {unreadCount: number}).unreadCount);
      return unread.length === BUSY ? unread.reduce((sum, one) => sum + one) : 0;
    };
    await until(async () => (await total()) === TABS * WRITES, async () => `${TABS * WRITES} messages, not ${await total()}`);
    for (const other of pages) {
      await until(async () => (await rows(other, 'own')) === (await rows(page, 'own')), 'all tabs show the same');
      assert.equal(await other.evaluate(() => window.cache.local('own').getTotalUnread()), TABS * WRITES);
    }
    const again = await browser.open();
    await again.evaluate(() => window.cache.openLocal('own'));
    await until(async () => (await rows(again, 'own')) === (await rows(page, 'own')), 'it is all kept');
    await end([...pages, again]);
  });

  it('go on with a sync when the tab that ran it is closed, or crashes', async () => {
    for (const kind of ['close', 'crash'] as const) {
      const source = browser.server.open(kind, 200);
      const [first, second] = (await tabs(2)) as [Page, Page];
      let pages = 0;
      let release: () => void = () => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      browser.server.before = async ({account, name}) => {
        // Its third page does not come while it lives.
        if (account === kind && name === 'getPage' && ++pages === 3) await held;
      };
      await show(first, kind);
      await until(() => pages >= 3, 'a sync is under way');
      await show(second, kind);
      await (kind === 'close' ? first.close() : browser.crash(first));
      release();
      await until(async () => (await settled(second, kind)) && (await rows(second, kind)) === rowsOf(source), 'the other one is through');
      assert.equal((await second.evaluate((name) => window.cache.kept(name), kind)).complete, true);
      await end([second]);
    }
    browser.server.before = () => undefined;
  });

  it('are all emptied by clear(), and nothing is left', async () => {
    browser.server.open('out', 100);
    const pages = await tabs(3);
    for (const page of pages) await show(page, 'out');
    for (const page of pages) await until(() => settled(page, 'out'), 'the list is there');
    browser.server.offline = true;
    await pages[1]?.evaluate(() => window.cache.cached('out').clear());
    for (const page of pages) {
      await until(async () => (await told(page, 'out', 'reset')) > 0, 'the tab hears of it');
      await until(async () => (await page.evaluate(() => window.cache.status('out'))).rows === 0, 'the list is empty');
    }
    const left = await pages[0]?.evaluate(async () => {
      const open = indexedDB.open(window.cache.databaseName('out'));
      await new Promise((resolve) => open.addEventListener('success', resolve));
      const {result: db} = open;
      const stores = [...db.objectStoreNames].filter((name) => name !== 'log');
      const counts = stores.map((name) => {
        const all = db.transaction(name).objectStore(name).getAll();
        return new Promise((resolve) => all.addEventListener('success', () => resolve([name, all.result])));
      });
      const found = await Promise.all(counts);
      db.close();
      return JSON.stringify(found);
    });
    // A number that says nothing of anybody.
    assert.match(left ?? '', /^\[\["meta",\[\d+\]\],\["queue",\[\]\],\["rows",\[\]\]\]$/);
    browser.server.offline = false;
    await end(pages);
  });
});
