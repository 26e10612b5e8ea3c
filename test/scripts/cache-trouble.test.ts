import assert from 'node:assert/strict';
import {after, afterEach, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import type {MemorySource} from '../../src/sources/memory.js';
import {CacheBrowser, until} from './cache/cache-browser.js';
import {buildOldDatabase} from './cache/old-database.js';
import {plain} from './cache/wire-source.js';

let browser: CacheBrowser;
before(async () => {
  browser = await CacheBrowser.start();
});
after(() => browser.close());
afterEach(() => {
  browser.server.offline = false;
  browser.server.before = browser.server.after = () => undefined;
});

const show = (page: Page, account: string): Promise<void> => page.evaluate((name) => window.cache.open(name), account);
const rows = (page: Page, account: string): Promise<string> => page.evaluate((name) => window.cache.rows(name).join('\n'), account);
const warnings = (page: Page): Promise<string[]> => page.evaluate(() => window.cache.warnings);
const rowsOf = (source: MemorySource): string => source.all().map(plain).join('\n');

async function sameAsServer(page: Page, account: string): Promise<void> {
  const same = async (): Promise<boolean> => (await rows(page, account)) === rowsOf(browser.server.account(account));
  await until(same, `the list of ${account} is as on the server`);
}

/** The list shows what the server has, also what happens from now on, and has said once why it goes without a cache. */
async function goesOnWithout(page: Page, account: string): Promise<void> {
  const source = browser.server.account(account);
  await sameAsServer(page, account);
  const [first, second] = source.all();
  source.receiveMessage({conversationId: second?.id ?? '', text: 'News'});
  source.remove([first?.id ?? '']);
  await sameAsServer(page, account);
  await until(async () => (await warnings(page)).length > 0, 'there is a warning');
  await page.evaluate((name) => window.cache.cached(name).setPinned?.(window.cache.store(name).snapshot.rows.at(3)?.id ?? '', true), account);
  await sameAsServer(page, account);
  assert.equal((await warnings(page)).length, 1, String(await warnings(page)));
  assert.match(String(await warnings(page)), /cache cannot be used/);
  assert.deepEqual(await page.evaluate(() => window.cache.errors), []);
}

/** A page in which nothing happens that waits for a second or more. */
const impatient = (page: Page): Promise<unknown> =>
  page.evaluateOnNewDocument(() => {
    const {setTimeout} = window;
    window.setTimeout = ((run: () => void, ms?: number) => setTimeout(run, (ms ?? 0) >= 1000 ? 1e9 : ms)) as typeof setTimeout;
  });

const openRaw = (page: Page, account: string, version: number): Promise<string> =>
  page.evaluate(
    (name, to) =>
      new Promise<string>((resolve) => {
        const open = indexedDB.open(window.cache.databaseName(name), to);
        open.addEventListener('success', () => resolve('success'));
        open.addEventListener('blocked', () => resolve('blocked'));
        open.addEventListener('error', () => resolve('error'));
      }),
    account,
    version,
  );

describe('a cache of another version', () => {
  it('that an older tab keeps open costs nothing but the cache, at once', async () => {
    browser.server.open('blocked', 120);
    const old = await browser.open();
    // It does not give way.
    assert.equal(await openRaw(old, 'blocked', 1), 'success');
    const page = await browser.open(impatient);
    await show(page, 'blocked');
    await goesOnWithout(page, 'blocked');
    await old.close();
    await page.close();
  });

  it('that a newer tab wants is given to it, and the list goes on', async () => {
    browser.server.open('older', 120);
    const page = await browser.open();
    await show(page, 'older');
    await until(() => page.evaluate(() => window.cache.settled('older')), 'the list is there');
    const newer = await browser.open();
    assert.equal(await openRaw(newer, 'older', 99), 'success');
    await goesOnWithout(page, 'older');
    // And so does one that comes later.
    const later = await browser.open(impatient);
    await show(later, 'older');
    await goesOnWithout(later, 'older');
    for (const one of [page, newer, later]) await one.close();
  });

  it('is brought up to date, with everything that it held', async () => {
    browser.server.open('upgraded', 0);
    browser.server.offline = true;
    const page = await browser.open();
    await page.evaluate(`(${buildOldDatabase.toString()})(${JSON.stringify(await page.evaluate(() => window.cache.databaseName('upgraded')))})`);
    await show(page, 'upgraded');
    await until(() => page.evaluate(() => window.cache.status('upgraded').page === 'done'), 'the list is there');
    const ids = (await rows(page, 'upgraded')).split('\n').map((row) => (JSON.parse(row) as {id: string}).id);
    assert.deepEqual(ids, ['pinned', 'read', 'unread']);
    const found = await page.evaluate(async () => {
      const source = window.cache.cached('upgraded');
      const {conversations} = await source.getPage({limit: 10, filter: {hasMention: true}});
      return {
        mentions: conversations.map(({id}) => id),
        draft: window.cache.row('upgraded', 'pinned')?.draft?.text,
        orderKey: String(window.cache.row('upgraded', 'pinned')?.orderKey),
        unread: window.cache.status('upgraded').unread,
        scroll: await source.savedScroll(),
      };
    });
    assert.deepEqual(found, {mentions: ['unread'], draft: 'Dear Ben', orderKey: String(1n << 62n), unread: 4, scroll: 'unread'});
    assert.deepEqual(await warnings(page), []);
    browser.server.offline = false;
    // What was not sent is sent: the server says that there is no such conversation.
    await until(() => browser.server.taken.some(({account, name}) => account === 'upgraded' && name === 'setDraft'), 'the draft is sent');
    await page.close();
  });
});

describe('a browser that has no place for a cache', () => {
  it('has no IndexedDB: the list is as without a cache, and there is one warning', async () => {
    browser.server.open('none', 120);
    const page = await browser.open((opened) =>
      opened.evaluateOnNewDocument(() => Object.defineProperty(window, 'indexedDB', {value: undefined})),
    );
    await show(page, 'none');
    await goesOnWithout(page, 'none');
    await page.close();

    const own = await browser.open((opened) =>
      opened.evaluateOnNewDocument(() => Object.defineProperty(window, 'indexedDB', {value: undefined})),
    );
    await own.evaluate(async () => {
      window.cache.openLocal('own');
      await window.cache.local('own').receiveMessage({conversationId: 'ana', text: 'Hello'});
    });
    await until(async () => /Hello/.test(await rows(own, 'own')), 'the message shows');
    assert.match(String(await warnings(own)), /as long as this page/);
    await own.close();
  });

  it('has a full disk: the same', async () => {
    browser.server.open('full', 300);
    // Another origin, of which the browser has not yet looked up how much room there is.
    const origin = browser.server.url.replace('localhost', '127.0.0.1');
    const page = await browser.open(undefined, origin);
    const session = await page.createCDPSession();
    await session.send('Storage.overrideQuotaForOrigin', {origin, quotaSize: 100});
    try {
      await show(page, 'full');
      await goesOnWithout(page, 'full');
    } finally {
      await session.send('Storage.overrideQuotaForOrigin', {origin});
    }
    await page.close();
  });

  it('deletes it while it is used: the list goes on, and the next life begins anew', async () => {
    const source = browser.server.open('deleted', 120);
    const page = await browser.open();
    await show(page, 'deleted');
    await until(() => page.evaluate(() => window.cache.settled('deleted')), 'the list is there');
    const session = await page.createCDPSession();
    await session.send('Storage.clearDataForOrigin', {origin: browser.server.url.slice(0, -1), storageTypes: 'indexeddb'});
    const [first, second] = source.all();
    source.receiveMessage({conversationId: second?.id ?? '', text: 'News'});
    source.remove([first?.id ?? '']);
    await sameAsServer(page, 'deleted');
    const complete = async (): Promise<boolean> => (await page.evaluate(() => window.cache.kept('deleted'))).complete;
    await until(complete, 'all is kept again');
    await page.reload();
    await page.waitForFunction(() => 'cache' in window);
    await show(page, 'deleted');
    await until(() => page.evaluate(() => window.cache.settled('deleted')), 'the list is there');
    await sameAsServer(page, 'deleted');
    assert.equal(await complete(), true);
    await page.close();
  });

  it('deletes it while it is all there is: the list is empty, and takes what comes', async () => {
    const [page, other] = [await browser.open(), await browser.open()];
    for (const one of [page, other]) await one.evaluate(() => window.cache.openLocal('lost'));
    await page.evaluate(() => window.cache.local('lost').receiveMessage({conversationId: 'ana', text: 'Hello'}));
    await until(async () => /Hello/.test(await rows(other, 'lost')), 'it shows');
    const session = await page.createCDPSession();
    await session.send('Storage.clearDataForOrigin', {origin: browser.server.url.slice(0, -1), storageTypes: 'indexeddb'});
    for (const one of [page, other]) await until(async () => (await rows(one, 'lost')) === '', 'the list is empty');
    await other.evaluate(() => window.cache.local('lost').receiveMessage({conversationId: 'ben', text: 'Hi'}));
    for (const one of [page, other]) await until(async () => /Hi/.test(await rows(one, 'lost')), 'what comes shows');
    for (const one of [page, other]) await one.close();
  });
});

describe('a conversation that is deleted before a reload', () => {
  it('does not come back, at any of 20 points', async () => {
    const source = browser.server.open('delete', 110);
    const page = await browser.open();
    for (let point = 0; point < 20; point++) {
      await show(page, 'delete');
      await until(() => page.evaluate(() => window.cache.settled('delete')), 'the list is there');
      const id = source.all()[point * 5]?.id ?? '';
      const done = page.evaluate(async (one) => {
        await window.cache.cached('delete').delete?.([one]);
        return true;
      }, id);
      // Between the call and some time after the answer.
      const known = await Promise.race([
        done.catch(() => false),
        new Promise((resolve) => setTimeout(() => resolve(false), point)),
      ]);
      browser.server.offline = known === true;
      await page.reload();
      done.catch(() => undefined);
      await page.waitForFunction(() => 'cache' in window);
      if (known === true) {
        const {rows: kept} = await page.evaluate(() => window.cache.kept('delete'));
        assert.equal(kept.some((row) => row.includes(`"id":"${id}"`)), false, `${id} is back at point ${point}`);
      }
      browser.server.offline = false;
      await show(page, 'delete');
      await until(() => page.evaluate(() => window.cache.settled('delete')), 'the list is there');
      await sameAsServer(page, 'delete');
      await page.evaluate(() => window.cache.close('delete'));
    }
    assert.ok(source.size <= 110 - 10, 'some were deleted');
    await page.close();
  });
});
