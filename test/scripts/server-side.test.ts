import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import type {Page} from 'playwright-core';
import type {ScriptPage} from './script-page.js';
import {openServed} from './served-page.js';

/** A row as a person sees it. */
interface Seen {
  readonly text: string;
  readonly label: string;
  readonly rect: readonly number[];
  /** The mark that the test has put on its node. */
  readonly mark: number | undefined;
}

let server: ScriptPage;

before(async () => {
  server = await openServed();
});
after(() => server.close());

const problems: string[] = [];

async function open(path: string, options = {}): Promise<Page> {
  problems.length = 0;
  const page = await server.browser.newPage({viewport: {width: 800, height: 700}, ...options});
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    const told = ['error', 'warning'].includes(message.type()) && !message.text().includes('Lit is in dev mode');
    if (told) problems.push(message.text());
  });
  await page.goto(new URL(path, server.url).href);
  return page;
}

const list = 'document.querySelector("im-conversation-list")';

/** The rows in view, and the parts of the first, with their marks. */
async function rows(page: Page): Promise<Seen[]> {
  return page.evaluate(`(() => {
    const root = ${list}.shadowRoot;
    const {top, bottom} = root.querySelector('.viewport').getBoundingClientRect();
    const rows = [...root.querySelectorAll('[part~=row]')].filter((row) => row.checkVisibility());
    return [...rows, ...rows.flatMap((row) => [...row.querySelectorAll('.avatar, .title, .time, .preview, .said, .badge')])]
      .map((node) => ({node, rect: node.getBoundingClientRect()}))
      .filter(({node, rect}) => node.checkVisibility() && rect.bottom > top && rect.top < bottom)
      .map(({node, rect: {x, y, width, height}}) => ({
        text: node.innerText.replace(/\\s+/g, ' '),
        label: node.getAttribute('aria-label') ?? node.className,
        rect: [x, y, width, height],
        mark: node.mark,
      }))
      .sort((a, b) => a.rect[1] - b.rect[1] || a.rect[0] - b.rect[0]);
  })()`);
}

async function mark(page: Page): Promise<void> {
  await page.evaluate(`(() => {
    let n = 0;
    for (const node of ${list}.shadowRoot.querySelectorAll('.row, .row *')) node.mark = ++n;
    window.shifts = [];
    new PerformanceObserver((entries) => window.shifts.push(...entries.getEntries().map(({value}) => value)))
      .observe({type: 'layout-shift', buffered: true});
  })()`);
}

const frames = (page: Page) =>
  page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))');

async function start(page: Page): Promise<void> {
  await page.addScriptTag({url: '/page.js', type: 'module'});
  await page.waitForFunction(`window.release !== undefined && ${list}.hasUpdated`);
  await frames(page);
}

async function goLive(page: Page): Promise<void> {
  await page.evaluate('window.release()');
  await page.waitForFunction(`${list}.snapshot?.rows.length >= 50`);
  await frames(page);
}

/** Badges and icons are made anew. */
const withoutBadges = (seen: readonly Seen[]): Seen[] => seen.filter(({label}) => !label.startsWith('badge'));

test("a server's rows stand right before any script, and stay in the same nodes until and after the list is live", async () => {
  const page = await open('/served');
  await mark(page);
  const served = await rows(page);
  assert.ok(served.length > 50);
  served.filter(({rect: [x, , width]}) => x === 0 && width === 360).forEach(({rect}, i) => {
    assert.deepEqual(rect, [0, i * 64, 360, 64]);
  });
  await start(page);
  assert.deepEqual(await rows(page), served, 'with a script and no data yet');
  await goLive(page);
  const live = await rows(page);
  assert.deepEqual(withoutBadges(live), withoutBadges(served), 'with data');
  const plain = (seen: readonly Seen[]): unknown => seen.map(({text, rect, label}) => [text, rect, label]);
  assert.deepEqual(plain(live), plain(served), 'with data, badges too');
  assert.equal(await page.evaluate(`${list}.shadowRoot.querySelectorAll('.served').length`), 0);
  assert.deepEqual(await page.evaluate('window.shifts'), []);
  assert.deepEqual(problems, []);
  await page.close();
});

test('what has become live follows its source and opens what is clicked', async () => {
  // Rows that glide would be clicked where they are seen.
  const page = await open('/live', {reducedMotion: 'reduce'});
  await page.waitForFunction('window.release !== undefined');
  await goLive(page);
  await page.evaluate(`(window.moved = window.source.all()[7]) && window.source.upsert([{...window.moved, title: 'Came to the top', orderKey: 1n << 63n}])`);
  await page.waitForFunction(`${list}.shadowRoot.querySelector('[aria-rowindex="1"]').innerText.includes('Came to the top')`);
  await page.mouse.move(100, 30);
  await page.mouse.down();
  await page.mouse.up();
  await page.waitForFunction(`${list}.selectedId !== undefined`);
  assert.equal(await page.evaluate(`${list}.selectedId === window.moved.id`), true);
  assert.deepEqual(problems, []);
  await page.close();
});

test('a list that was scrolled before its script came stays where it was', async () => {
  const page = await open('/served');
  await page.evaluate(`${list}.shadowRoot.querySelector('.viewport').scrollTop = 333`);
  await mark(page);
  const served = await rows(page);
  assert.deepEqual(served[0]?.rect, [0, 5 * 64 - 333, 360, 64]);
  await start(page);
  assert.deepEqual(await rows(page), served);
  await goLive(page);
  assert.deepEqual(withoutBadges(await rows(page)), withoutBadges(served));
  assert.equal(await page.evaluate(`${list}.shadowRoot.querySelector('.viewport').scrollTop`), 333);
  assert.deepEqual(problems, []);
  await page.close();
});

test('focus that came before the script stays on the grid, and its keys work', async () => {
  const page = await open('/served');
  await page.keyboard.press('Tab');
  const focused = `${list}.shadowRoot.activeElement?.className`;
  assert.equal(await page.evaluate(focused), 'viewport');
  await start(page);
  assert.equal(await page.evaluate(focused), 'viewport');
  await goLive(page);
  await page.keyboard.press('ArrowDown');
  await page.waitForFunction(`${list}.shadowRoot.activeElement?.getAttribute('aria-rowindex') === '1'`);
  assert.deepEqual(problems, []);
  await page.close();
});

test('without scripts there are links: in place of the rows, and where there is no shadow root', async () => {
  for (const path of ['/served', '/light']) {
    const page = await open(path, {javaScriptEnabled: false});
    assert.equal(await page.locator('a').count(), 3, path);
    assert.equal(await page.locator('a').first().isVisible(), true, path);
    assert.equal(await page.getByRole('row').count(), 0, path);
    await page.close();
  }
});

test('with scripts the links are not shown: before the script, and once the list is alive', async () => {
  const served = await open('/served');
  assert.equal(await served.locator('a').first().isVisible(), false);
  await served.close();
  const light = await open('/light');
  assert.equal(await light.locator('a').first().isVisible(), true);
  await start(light);
  assert.equal(await light.locator('a').first().isVisible(), false);
  assert.deepEqual(problems, []);
  await light.close();
});
