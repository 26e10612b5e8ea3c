import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import puppeteer, {type Browser, type Page} from 'puppeteer-core';
import {APPS} from '../../scripts/examples.mjs';
import {CHROMIUM_ARGS, findChromium} from '../../scripts/find-chromium.mjs';
import {chosen, folderOf, npmRun} from './npm-run.js';
import {serve} from './serve.js';

// What the apps put on the page for the tests.
declare const receive: (text: string) => void;
declare const listeners: () => number;

/** What the rows show, from the top; nothing if there is no list. */
function rowTexts(): string[] {
  const root = document.querySelector('im-conversation-list')?.shadowRoot;
  const rows = [...(root?.querySelectorAll<HTMLElement>('[role="row"][aria-rowindex]') ?? [])];
  const shown = rows.filter((row) => row.checkVisibility()).map((row) => ({row, top: row.getBoundingClientRect().top}));
  shown.sort((a, b) => a.top - b.top);
  return shown.map(({row}) => row.querySelector('[part~="conversation"]')?.textContent?.trim() ?? '');
}

/** Waits for the rows to be these. */
async function rowsAre(page: Page, expected: readonly string[]): Promise<void> {
  let rows: readonly string[] = [];
  for (const end = performance.now() + 20_000; performance.now() < end; ) {
    rows = await page.evaluate(rowTexts);
    if (rows.join('\n') === expected.join('\n')) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.deepEqual(rows, expected);
}

const output = (page: Page, id: string, text: string): Promise<unknown> =>
  page.waitForFunction((name, wanted) => document.getElementById(name)?.textContent === wanted, {timeout: 20_000}, id, text);

async function drive(page: Page): Promise<void> {
  // From the source, each row drawn by the app's own function; the total by a typed event.
  await rowsAre(page, ['★ Ada (2)', '★ Ben (0)']);
  await output(page, 'total', '2');

  await page.locator('#unread').click();
  await rowsAre(page, ['★ Ada (2)']);
  await page.locator('#unread').click();
  await rowsAre(page, ['★ Ada (2)', '★ Ben (0)']);

  await page.evaluate(() => receive('Hello'));
  await rowsAre(page, ['★ Ben (1)', '★ Ada (2)']);
  await output(page, 'total', '3');

  await page.evaluate(() => {
    const root = document.querySelector('im-conversation-list')?.shadowRoot;
    const rows = [...(root?.querySelectorAll<HTMLElement>('[role="row"][aria-rowindex]') ?? [])];
    rows.find((row) => row.textContent?.includes('Ada'))?.setAttribute('data-driven', '');
  });
  await page.locator('im-conversation-list >>> [data-driven]').click();
  await output(page, 'opened', 'Ada');

  await page.locator('#from').click();
  await rowsAre(page, ['★ Cleo (1)']);
  await page.locator('#from').click();
  await rowsAre(page, ['★ Ben (1)', '★ Ada (2)']);

  assert.ok((await page.evaluate(() => listeners())) > 0, 'the list listens to the source');
  await page.locator('#close').click();
  await page.waitForFunction(() => document.querySelector('im-conversation-list') === null, {timeout: 20_000});
  await page.waitForFunction(() => listeners() === 0, {timeout: 20_000});
}

describe('examples', () => {
  let browser: Browser;

  before(async () => {
    // The same everywhere, where npm brings one.
    if (process.platform === 'linux' && process.arch === 'x64') process.env['NPM_CHROMIUM'] ??= '1';
    const {executablePath, env} = await findChromium();
    browser = await puppeteer.launch({executablePath, env, args: [...CHROMIUM_ARGS]});
  });
  after(() => browser.close());

  for (const app of APPS.filter((name) => chosen.includes(name))) {
    if (app !== 'plain') it(`${app}: the types fit`, () => npmRun(app, 'types'));

    it(`${app}: shows, follows, filters, opens and leaves nothing`, async (t) => {
      if (app !== 'plain') await npmRun(app, 'build');
      const {url, server} = await serve(app === 'plain' ? folderOf(app) : `${folderOf(app)}/dist`);
      t.after(() => server.close());
      const page = await browser.newPage();
      t.after(() => page.close());
      const said: string[] = [];
      page.on('console', (message) => said.push(message.text()));
      page.on('pageerror', (error) => said.push(String(error)));
      await page.goto(url);
      try {
        await drive(page);
      } catch (error) {
        throw new Error(`${app}: ${String(error)}\n${said.join('\n')}`, {cause: error});
      }
      assert.deepEqual(said, []);
    });
  }
});
