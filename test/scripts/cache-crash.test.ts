import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import type {MemorySource} from '../../src/sources/memory.js';
import {Random} from '../../src/testing/random.js';
import {PAGE_SIZE} from './cache/wire.js';
import {CacheBrowser, until} from './cache/cache-browser.js';
import {plain} from './cache/wire-source.js';

const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
/** Accounts that sync at the same time. */
const SETS = 10;
/** Moments at which their page is killed. */
const POINTS = 20;

let browser: CacheBrowser;
before(async () => {
  browser = await CacheBrowser.start();
});
after(() => browser.close());

const rowsOf = (source: MemorySource): string[] => source.all().map(plain);
const idsOf = (rows: readonly string[]): string[] => rows.map((row) => (JSON.parse(row) as {id: string}).id);

/** Things happen on the server. */
function change(source: MemorySource, random: Random, count: number): void {
  for (let i = 0; i < count; i++) {
    const {id} = random.pick(source.all());
    if (random.chance(0.4)) source.remove([id]);
    else if (random.chance(0.25)) source.receiveMessage({conversationId: `new-${random.integer(0, 1e9)}`, text: 'Hello'});
    else if (random.chance(0.3)) source.setPinned(id, random.chance(0.5)).catch(() => undefined);
    else source.receiveMessage({conversationId: id, text: `News ${random.integer(0, 1e9)}`});
  }
}

/** Waits until the accounts are synced and shown as the server has them. */
async function sameAsServer(page: Page, accounts: readonly string[]): Promise<void> {
  const wanted = accounts.map((account) => rowsOf(browser.server.account(account)).join());
  const differing = async (): Promise<string[]> => {
    const busy = await page.evaluate((names) => names.filter((name) => !window.cache.settled(name)), accounts);
    if (busy.length > 0) return busy;
    const shown = await page.evaluate((names) => names.map((name) => window.cache.rows(name).join()), accounts);
    return accounts.filter((_, i) => shown[i] !== wanted[i]);
  };
  await until(
    async () => (await differing()).length === 0,
    async () => `as on the server: ${(await differing()).join()}; seed ${SEED}`,
  );
}

const kept = (page: Page, accounts: readonly string[]): Promise<{rows: string[]; complete: boolean}[]> =>
  page.evaluate((names) => Promise.all(names.map((name) => window.cache.kept(name))), accounts);

describe(`a page that is killed while it syncs, seed ${SEED}`, () => {
  const random = new Random(SEED);
  /** What each account's cache held when a sync last came through: the ids then, and those that had been deleted by then. */
  const known = new Map<string, {readonly there: ReadonlySet<string>; readonly gone: ReadonlySet<string>}>();

  /** The ids that the server has no more. */
  const deleted = new Map<string, Set<string>>();

  function openAccount(account: string): void {
    const ids = new Set<string>();
    deleted.set(account, ids);
    const source = browser.server.open(account, random.integer(40, 120), random.integer(1, 1e6));
    source.subscribe((event) => {
      if (event.type === 'remove') event.ids.forEach((id) => ids.add(id));
      if (event.type === 'upsert') event.conversations.forEach(({id}) => ids.delete(id));
    });
  }

  async function round(point: number, kill: (page: Page) => Promise<void>): Promise<number> {
    const {server} = browser;
    const accounts = Array.from({length: SETS}, (_, i) => (point % 2 === 0 ? `new ${point} ${i}` : `old ${i}`));
    for (const account of accounts) if (!server.accounts.has(account)) openAccount(account);
    // Of the pages that the lists and the syncs ask for. Meanwhile things happen.
    const total = accounts.reduce((sum, account) => sum + Math.ceil(server.account(account).size / PAGE_SIZE), 0);
    let left = random.integer(1, total);
    let reached: () => void = () => undefined;
    const moment = new Promise<void>((resolve) => (reached = resolve));
    server.before = ({account, name}) => {
      if (name !== 'getPage') return;
      if (--left === 0) reached();
      if (random.chance(0.1)) change(server.account(account), random, 1);
    };
    const page = await browser.open();
    await page.evaluate((all) => window.cache.open(...all), accounts);
    // Accounts that lose rows meanwhile may have a page less, and the moment then not come.
    const through = page.waitForFunction((names) => names.every((name) => window.cache.settled(name)), {polling: 100, timeout: 0}, accounts);
    await Promise.race([moment, through.catch(() => undefined)]);
    await new Promise((resolve) => setTimeout(resolve, random.integer(0, 15)));
    await kill(page);
    server.before = () => undefined;
    for (const account of accounts) change(server.account(account), random, 6);

    server.offline = true;
    const again = await browser.open();
    for (const [i, found] of (await kept(again, accounts)).entries()) {
      const account = accounts[i] as string;
      const ids = idsOf(found.rows);
      assert.equal(new Set(ids).size, ids.length, `${account} has a row twice, seed ${SEED}`);
      const before = known.get(account);
      const all = new Set(ids);
      const lost = [...(before?.there ?? [])].filter((id) => !all.has(id) && !deleted.get(account)?.has(id));
      assert.deepEqual(lost, [], `${account} has lost rows, seed ${SEED}`);
      const back = ids.filter((id) => before?.gone.has(id) && deleted.get(account)?.has(id));
      assert.deepEqual(back, [], `${account} has rows back, seed ${SEED}`);
    }

    server.offline = false;
    await again.evaluate((all) => window.cache.open(...all), accounts);
    await sameAsServer(again, accounts);
    for (const [i, {rows, complete}] of (await kept(again, accounts)).entries()) {
      const account = accounts[i] as string;
      assert.deepEqual(rows, rowsOf(server.account(account)), `${account} is kept as on the server, seed ${SEED}`);
      assert.equal(complete, true);
      known.set(account, {there: new Set(idsOf(rows)), gone: new Set(deleted.get(account))});
    }
    assert.deepEqual(await again.evaluate(() => window.cache.errors), []);
    await again.close();
    return accounts.length;
  }

  it(`${SETS} accounts at ${POINTS} points: no row lost, doubled or back`, async () => {
    let right = 0;
    for (let point = 0; point < POINTS; point++) right += await round(point, (page) => browser.crash(page));
    assert.equal(right, SETS * POINTS);
  });

  it('nor if it is the browser that is killed', async () => {
    for (let point = POINTS; point < POINTS + 3; point++) {
      await round(point, async () => {
        await browser.kill();
        await browser.launch();
      });
    }
  });
});
