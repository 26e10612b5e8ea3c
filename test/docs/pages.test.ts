import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {faults, FILES, openSite, PAGES, until, type Site} from './site.js';

interface Seen {
  readonly ids: ReadonlySet<string>;
  /** Absolute addresses. */
  readonly links: readonly string[];
}

describe('the pages of the site', {concurrency: 2}, () => {
  let site: Site;
  const seen = new Map<string, Seen>();

  before(async () => {
    site = await openSite();
  });
  after(() => site.close());

  for (const path of PAGES) {
    it(`${path}: loads from here alone, says no error, has no fault that axe finds, fits a phone`, async (t) => {
      const {page, problems} = await site.open(path);
      t.after(() => page.context().close());
      const ids = await page.locator('[id]').evaluateAll((elements) => elements.map(({id}) => id));
      const links = await page.locator('a[href]').evaluateAll((elements) => elements.map((a) => (a as HTMLAnchorElement).href));
      seen.set(path, {ids: new Set(ids), links});

      const found: Record<string, string[]> = {light: await faults(page)};
      await page.evaluate(() => document.documentElement.classList.add('dark'));
      await page.waitForTimeout(100);
      found['dark'] = await faults(page);
      await page.evaluate(() => document.documentElement.classList.remove('dark'));
      await page.setViewportSize({width: 360, height: 740});
      await page.waitForTimeout(200);
      found['phone'] = await faults(page);
      await page.setViewportSize({width: 320, height: 640});
      const wide = (): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth);
      assert.deepEqual(Object.entries(found).flatMap(([look, all]) => all.map((fault) => `${look}: ${fault}`)), []);
      await until(wide, (width) => width === 320, 'the page itself does not scroll to the side');
      assert.deepEqual(problems, []);
    });
  }

  it('is searched in by a word, and leads to where it stands', async (t) => {
    const {page, problems} = await site.open('index.html');
    t.after(() => page.context().close());
    await page.locator('.VPNavBarSearch button').click();
    await page.locator('#localsearch-input').fill('orderKey');
    const results = page.locator('.VPLocalSearchBox .result');
    await results.first().waitFor();
    assert.ok((await results.count()) > 1);
    assert.deepEqual(await faults(page), []);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname !== '/' && url.pathname !== '/index.html');
    await until(() => page.locator('main').innerText(), (text) => /orderKey/i.test(text), 'the page has the word');
    assert.deepEqual(problems, []);
  });

  it('follows the switch between light and dark, and keeps it', async (t) => {
    const {page} = await site.open('live.html');
    t.after(() => page.context().close());
    const isDark = (): Promise<boolean> => page.evaluate(() => document.documentElement.classList.contains('dark'));
    assert.equal(await isDark(), false);
    await page.locator('.VPNavBarAppearance button').click();
    assert.equal(await isDark(), true);
    await page.reload();
    assert.equal(await isDark(), true);
  });

  it('reads without scripts, code and all', async (t) => {
    const {page} = await site.open('live.html', {javaScriptEnabled: false});
    t.after(() => page.context().close());
    const text = await page.locator('main').innerText();
    assert.match(text, /import 'im-conversation-list\/define\.js'/);
  });

  // After all pages: they are compared with what stands in the others.
  it('has no link that leads nowhere', async () => {
    await until(async () => seen.size, (size) => size === PAGES.length, 'all pages were seen', 60_000);
    const dead: string[] = [];
    for (const [path, {links}] of seen) {
      for (const link of links.filter((address) => address.startsWith(site.url))) {
        const {pathname, hash} = new URL(link);
        const file = decodeURIComponent(pathname.slice(1)).replace(/(^|\/)$/, '$1index.html');
        const id = decodeURIComponent(hash.slice(1));
        if (!FILES.includes(file)) dead.push(`${path} → ${link}`);
        else if (id !== '' && seen.get(file)?.ids.has(id) === false) dead.push(`${path} → ${link}, where there is no such heading`);
      }
    }
    assert.deepEqual([...new Set(dead)], []);
  });
});
