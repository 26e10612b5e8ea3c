import assert from 'node:assert/strict';
import {after, afterEach, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import type {CachedSource} from '../../src/sources/cached.js';
import {SourceError} from '../../src/model/errors.js';
import {CacheBrowser, until} from './cache/cache-browser.js';
import {plain} from './cache/wire-source.js';

let browser: CacheBrowser;
before(async () => {
  browser = await CacheBrowser.start('./list-page.ts');
});
after(() => browser.close());
afterEach(() => {
  browser.server.offline = false;
  browser.server.before = browser.server.after = () => undefined;
});

/** A row of the list as a person sees it. */
interface Seen {
  readonly id: string;
  readonly text: string;
  /** px from the top of the viewport */
  readonly top: number;
}

async function open(account: string): Promise<Page> {
  const page = await browser.open();
  await page.setViewport({width: 400, height: 700});
  await page.evaluate((name) => window.showList(name), account);
  return page;
}

async function reload(page: Page, account: string): Promise<void> {
  await page.reload();
  await page.waitForFunction(() => 'cache' in window);
  await page.evaluate((name) => window.showList(name), account);
}

/** The rows in view, from above. */
const seen = (page: Page): Promise<Seen[]> =>
  page.evaluate(() => {
    const root = document.querySelector('im-conversation-list')?.shadowRoot;
    const viewport = root?.querySelector('.viewport')?.getBoundingClientRect();
    return Array.from(root?.querySelectorAll<HTMLElement>('.row:not([hidden])') ?? [], (row) => {
      const {top, bottom} = row.getBoundingClientRect();
      return {id: row.dataset['id'] ?? '', text: row.innerText, top: Math.round(top - (viewport?.top ?? 0)), bottom};
    })
      .filter(({top, bottom}) => bottom > (viewport?.top ?? 0) && top < (viewport?.height ?? 0))
      .sort((a, b) => a.top - b.top);
  });

const rowOf = async (page: Page, id: string): Promise<string> => (await seen(page)).find((row) => row.id === id)?.text ?? '';
const snapshot = (page: Page): Promise<{rows: number; sync: string | undefined; unread: number | undefined}> =>
  page.evaluate(() => {
    const now = document.querySelector('im-conversation-list')?.snapshot;
    return {rows: now?.rows.length ?? 0, sync: now?.sync.status, unread: now?.unreadTotal};
  });

/** Waits until all is kept, and nothing is under way. */
async function synced(page: Page, account: string): Promise<void> {
  const complete = async (): Promise<boolean> =>
    (await snapshot(page)).sync === 'idle' && (await page.evaluate((name) => window.cache.kept(name), account)).complete;
  await until(complete, 'all is kept');
}

const act = (page: Page, name: 'setPinned' | 'setNotify' | 'setDraft' | 'setMark' | 'markRead', ...args: unknown[]): Promise<unknown> =>
  page.evaluate(
    async (op, given) => {
      const source = document.querySelector('im-conversation-list')?.source as CachedSource;
      await (source[op] as (...all: unknown[]) => Promise<unknown>)(...given);
    },
    name,
    args,
  );

describe('a reload without a connection', () => {
  it('shows the list as it was: its rows, where it was scrolled to, drafts, the unread total', async () => {
    const source = browser.server.open('again', 300, 7);
    const page = await open('again');
    await synced(page, 'again');
    const [, draftId = ''] = (await seen(page)).map(({id}) => id);
    await act(page, 'setDraft', draftId, 'Not yet sent');
    await until(async () => /Not yet sent/.test(await rowOf(page, draftId)), 'the draft shows');
    const unread = await source.getTotalUnread();
    await until(async () => (await snapshot(page)).unread === unread, 'the unread total shows');

    const target = source.all()[140]?.id ?? '';
    await page.evaluate((id) => document.querySelector('im-conversation-list')?.scrollToConversation(id), target);
    await until(async () => (await rowOf(page, target)) !== '', 'the row is in view');
    const before = await seen(page);
    const saved = (): Promise<string | undefined> =>
      page.evaluate(() => (document.querySelector('im-conversation-list')?.source as CachedSource).savedScroll());
    // The first one that is whole.
    const topId = before.find(({top}) => top >= 0)?.id;
    await until(async () => (await saved()) === topId, 'the place is kept');

    browser.server.offline = true;
    await reload(page, 'again');
    await until(async () => (await seen(page))[0]?.id === topId, async () => `${topId} at the top again: ${JSON.stringify(await seen(page))}`);
    const again = await seen(page);
    assert.deepEqual(again.slice(0, 5).map(({id}) => id), before.slice(before.findIndex(({id}) => id === topId)).slice(0, 5).map(({id}) => id));
    await until(async () => (await snapshot(page)).unread === unread, 'the unread total is as it was');
    await page.evaluate(() => document.querySelector('im-conversation-list')?.scrollToTop());
    await until(async () => /Not yet sent/.test(await rowOf(page, draftId)), 'the draft is still there');
    // To its end, and nothing but the cache is there to take it from.
    await page.evaluate(() => document.querySelector('im-conversation-list')?.scrollToConversation('nobody'));
    assert.equal((await snapshot(page)).rows, 300);
    browser.server.offline = false;
    await page.close();
  });
});

describe('a search without a connection', () => {
  it('finds what the list has not loaded', async () => {
    const source = browser.server.open('search', 300, 17);
    const page = await open('search');
    await synced(page, 'search');
    const all = source.all();
    const target = all.slice(200).find(({title, hidden}) => !hidden && all.filter((other) => other.title === title).length === 1);
    assert.ok(target);
    browser.server.offline = true;
    await reload(page, 'search');
    await until(async () => (await snapshot(page)).rows > 0, 'the list shows');
    assert.ok((await snapshot(page)).rows < 200);
    await page.evaluate((title) => {
      const list = document.querySelector('im-conversation-list');
      if (list) list.search = title;
    }, target.title);
    await until(async () => (await rowOf(page, target.id)) !== '', 'it is found');
    browser.server.offline = false;
    await page.close();
  });
});

describe('what is done without a connection', () => {
  it('shows at once, outlives a reload, and is sent in order, once, when there is one', async () => {
    const source = browser.server.open('offline', 60, 9);
    const page = await open('offline');
    await synced(page, 'offline');
    const other = await browser.open();
    await other.evaluate(() => window.cache.open('offline'));
    await until(() => other.evaluate(() => window.cache.status('offline').page === 'done'), 'another tab shows it');
    browser.server.offline = true;
    browser.server.taken.length = 0;
    const [a = '', b = '', c = ''] = (await seen(page)).slice(2).map(({id}) => id);
    const done = [
      act(page, 'setPinned', a, true), act(page, 'setNotify', b, 'off'), act(page, 'setMark', [c], 'star', true),
      act(page, 'setDraft', c, 'First'), act(page, 'setDraft', c, 'Second'), act(page, 'markRead', [a]),
    ];
    await until(async () => /Second/.test(await rowOf(page, c)), 'the draft shows');
    const facts = (id: string): Promise<unknown> =>
      other.evaluate((of) => {
        const row = window.cache.row('offline', of);
        return {pinned: row?.pinned, notify: row?.notify, marks: row?.marks, draft: row?.draft?.text, unread: row?.unreadCount};
      }, id);
    // In the other tab too.
    await until(async () => /"unread":0/.test(JSON.stringify(await facts(a))), 'a is read in the other tab');
    assert.match(JSON.stringify(await facts(a)), /"pinned":true/);
    assert.match(JSON.stringify(await facts(b)), /"notify":"off"/);
    assert.match(JSON.stringify(await facts(c)), /"star".*"draft":"Second"/);
    // None waits for a connection.
    await Promise.all(done);
    assert.deepEqual(browser.server.taken, []);
    await other.close();
    await reload(page, 'offline');
    await until(async () => /Second/.test(await rowOf(page, c)), 'it still shows');

    browser.server.offline = false;
    const calls = (): unknown[] => browser.server.taken.map(({name, args}) => [name, ...args]);
    const wanted = [
      ['setPinned', a, true], ['setNotify', b, 'off'], ['setMark', [c], 'star', true], ['setDraft', c, 'Second'], ['markRead', [a]],
    ];
    await until(() => calls().length >= wanted.length, () => Promise.resolve(`all is sent: ${JSON.stringify(calls())}`));
    await synced(page, 'offline');
    assert.deepEqual(calls(), wanted);
    const kept = async (): Promise<string> => (await page.evaluate(() => window.cache.kept('offline'))).rows.join();
    await until(async () => (await kept()) === source.all().map(plain).join(), 'it is kept as on the server');
    await page.close();
  });

  it('is sent again if the page is killed between sending and the answer, and is the same done twice', async () => {
    const source = browser.server.open('twice', 60, 11);
    const page = await open('twice');
    await synced(page, 'twice');
    browser.server.taken.length = 0;
    const [, , id = ''] = (await seen(page)).map((row) => row.id);
    let reached: () => void = () => undefined;
    const taken = new Promise<void>((resolve) => (reached = resolve));
    browser.server.after = async ({name}) => {
      if (name !== 'setDraft') return;
      reached();
      await new Promise((resolve) => setTimeout(resolve, 60_000).unref());
    };
    act(page, 'setDraft', id, 'Twice').catch(() => undefined);
    await taken;
    await browser.crash(page);
    browser.server.after = () => undefined;
    const again = await open('twice');
    await until(() => browser.server.taken.length === 2, 'it is sent again');
    await synced(again, 'twice');
    assert.equal(source.get(id)?.draft?.text, 'Twice');
    const kept = async (): Promise<string> => (await again.evaluate(() => window.cache.kept('twice'))).rows.join();
    await until(async () => (await kept()) === source.all().map(plain).join(), 'it is kept as on the server');
    assert.equal(browser.server.taken.length, 2);
    await again.close();
  });

  it('goes back if the server refuses it, and im-error says so', async () => {
    browser.server.open('refused', 60, 13);
    const page = await open('refused');
    await synced(page, 'refused');
    browser.server.offline = true;
    const row = (await seen(page))[3] as Seen;
    const changed = act(page, 'setDraft', row.id, 'Forbidden words');
    await until(async () => /Forbidden words/.test(await rowOf(page, row.id)), 'the draft shows');
    await changed;
    browser.server.before = ({name}) => {
      if (name === 'setDraft') throw new SourceError('forbidden', 'You may not write here.');
    };
    browser.server.offline = false;
    await until(async () => (await rowOf(page, row.id)) === row.text, 'the row is as it was');
    await until(async () => (await page.evaluate(() => window.raised)).some((error) => error.startsWith('forbidden')), 'im-error tells');
    browser.server.before = () => undefined;
    await page.close();
  });
});
