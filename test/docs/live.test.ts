import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {after, before, describe, it} from 'node:test';
import type {Frame, Locator, Page} from 'playwright-core';
import {faults, openSite, until, WCAG, type Site} from './site.js';

const DOCS = new URL('../../docs/', import.meta.url);
const pages = readdirSync(DOCS, {recursive: true, encoding: 'utf8'})
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.md') && !/(?:^|\/)(?:node_modules|\.|code\/)/.test(name));

/** How many examples each page has. */
const examples = new Map<string, number>();
for (const page of pages) {
  const count = readFileSync(new URL(page, DOCS), 'utf8').match(/^```html live\b/gm)?.length ?? 0;
  if (count > 0) examples.set(page.replace(/README\.md$/, 'index.md').replace(/md$/, 'html'), count);
}

/** The frame of an example, near enough to run. Other code comes in another frame, and for a moment there is none. */
async function frameOf(example: Locator): Promise<Frame> {
  await example.scrollIntoViewIfNeeded();
  const read = async (): Promise<Frame | undefined> => (await (await example.locator('iframe').elementHandle())?.contentFrame()) ?? undefined;
  return (await until(read, (frame) => frame !== undefined, 'the example has a frame')) as Frame;
}

/** How many of something are in the frame that the example has now. */
async function countIn(example: Locator, of: (frame: Frame) => Locator): Promise<number> {
  const frame = await frameOf(example);
  // It may give way to another in this moment.
  return of(frame).count().catch(() => 0);
}

const rows = (frame: Frame): Locator => frame.locator('[role="row"][aria-rowindex]:visible');

async function showsRows(example: Locator): Promise<Frame> {
  await until(() => countIn(example, rows), (count) => count > 0, 'rows show');
  return frameOf(example);
}

/** Puts other code into an example, as a reader would. */
async function type(page: Page, example: Locator, code: string): Promise<void> {
  await example.locator('.cm-content').click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(code);
}

describe('live examples', () => {
  let site: Site;

  before(async () => {
    site = await openSite();
  });
  after(() => site.close());

  it('are at least twelve', () => assert.ok((examples.get('live.html') ?? 0) >= 12));

  for (const [path, count] of examples) {
    for (let index = 0; index < count; index++) {
      it(`${path}, ${index + 1} of ${count}: shows rows, and nothing is wrong`, async (t) => {
        const {page, problems} = await site.open(path);
        t.after(() => page.context().close());
        assert.equal(await page.locator('.live-example').count(), count);
        const example = page.locator('.live-example').nth(index);
        const frame = await showsRows(example);
        await example.locator('.cm-content').waitFor();
        assert.deepEqual(await faults(frame, WCAG), []);
        // Dark by the site's switch, without a new start.
        await frame.evaluate(() => Object.assign(window, {same: true}));
        await page.evaluate(() => document.querySelector<HTMLElement>('.VPSwitchAppearance')?.click());
        await until(() => frame.evaluate(() => getComputedStyle(document.documentElement).colorScheme), (s) => s === 'dark', 'it is dark');
        assert.equal(await frame.evaluate(() => 'same' in window), true);
        assert.deepEqual(await faults(frame, WCAG), []);
        assert.deepEqual(await faults(page), []);
        assert.deepEqual(await example.locator('.live-errors').allInnerTexts(), []);
        assert.deepEqual(problems, []);
      });
    }
  }

  it('run what is typed, tell what goes wrong in it, and go back', async (t) => {
    const {page, problems} = await site.open('live.html');
    t.after(() => page.context().close());
    const example = page.locator('.live-example').first();
    await showsRows(example);
    const button = example.getByRole('button', {name: /Reset|Run again/});
    assert.equal(await button.innerText(), 'Run again');

    await type(page, example, '<p id="typed">Hello</p>');
    await until(() => countIn(example, (frame) => frame.locator('#typed')), (n) => n === 1, 'what was typed shows');
    assert.deepEqual(problems, []);

    for (const code of ['<script>throw new Error("on purpose")</script>', '<script type="module">import "im-conversation-list/no.js"</script>']) {
      await type(page, example, code);
      const told = example.getByRole('alert');
      await until(() => told.allInnerTexts(), ([text = '']) => /on purpose|no\.js|Not loaded/.test(text), 'it is told');
    }

    await button.click();
    await showsRows(example);
    assert.equal(await button.innerText(), 'Run again');
    assert.equal(await example.getByRole('alert').count(), 0);
  });

  it('let the keyboard go on by Tab, and name their fields', async (t) => {
    const {page} = await site.open('live.html');
    t.after(() => page.context().close());
    const example = page.locator('.live-example').first();
    await showsRows(example);
    await page.getByRole('textbox', {name: 'Code of the example: An array'}).focus();
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement?.closest('.cm-editor') === null), true);
    assert.equal(await page.locator('iframe[title="What the code makes: An array"]').count(), 1);
  });

  it('wait until they are near', async (t) => {
    const {page} = await site.open('live.html');
    t.after(() => page.context().close());
    await showsRows(page.locator('.live-example').first());
    assert.equal(await page.locator('.live-example').last().locator('iframe').count(), 0);
  });

  it('stand side by side where there is room, and on a phone below what they make', async (t) => {
    const {page} = await site.open('live.html');
    t.after(() => page.context().close());
    const example = page.locator('.live-example').first();
    await showsRows(example);
    const box = async (selector: string) => (await example.locator(selector).boundingBox()) ?? {x: 0, y: 0, width: 0, height: 0};
    assert.equal((await box('.live-code')).y, (await box('.live-result')).y);
    await page.setViewportSize({width: 360, height: 740});
    const end = async (): Promise<number> => box('.live-result').then(({y, height}) => y + height);
    await until(async () => [await end(), (await box('.live-code')).y], ([result = 0, code = 0]) => result <= code, 'the code stands below');
    assert.deepEqual(await faults(page), []);
    await until(() => page.evaluate(() => document.documentElement.scrollWidth), (width) => width === 360, 'nothing scrolls to the side');
  });

  it('copy their code', async (t) => {
    const {page} = await site.open('live.html', {permissions: ['clipboard-read', 'clipboard-write']});
    t.after(() => page.context().close());
    const example = page.locator('.live-example').first();
    await showsRows(example);
    await example.getByRole('button', {name: 'Copy', exact: true}).click();
    await example.getByRole('button', {name: 'Copied'}).waitFor();
    const [, code] = /^```html live\n([^]*?)^```$/m.exec(readFileSync(new URL('live.md', DOCS), 'utf8')) ?? [];
    assert.equal((await page.evaluate(() => navigator.clipboard.readText())).trim(), code?.trim());
  });
});
