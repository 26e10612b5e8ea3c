import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {describe} from 'node:test';
import type Axe from 'axe-core';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import {demoTests, type DemoPage} from './demo-page.js';

const onPage = demoTests();
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds on the whole page. */
async function violations({page}: DemoPage): Promise<readonly string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const {axe} = window as unknown as {axe: typeof Axe};
    const found = await axe.run(document);
    return found.violations.flatMap(({id, nodes}) => nodes.map(({target}) => `${id}: ${JSON.stringify(target)}`));
  });
}

/** What has the focus: the innermost, in any shadow root. */
function focus({page}: DemoPage): Promise<{readonly says: string; readonly id: string; readonly seen: boolean}> {
  return page.evaluate(() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    const box = at?.getBoundingClientRect();
    const seen = box !== undefined && box.top < innerHeight && box.bottom > 0 && box.left < innerWidth && box.right > 0;
    const says = [at?.getAttribute('aria-label'), (at as HTMLElement | null)?.innerText, at?.getAttribute('placeholder')];
    return {says: says.filter(Boolean).join(' ').trim(), id: (at as HTMLElement | null)?.dataset['id'] ?? '', seen};
  });
}

/** Presses a key until the focus is where it is to be, which it is to be somewhere to be seen all the way. */
async function go(d: DemoPage, key: string, to: (at: Awaited<ReturnType<typeof focus>>) => boolean, what: string): Promise<void> {
  for (let i = 0; i < 60; i++) {
    const at = await focus(d);
    if (to(at)) return;
    await d.page.keyboard.press(key);
    const next = await focus(d);
    assert.ok(next.seen || next.says === '', `out of sight: ${next.says}`);
  }
  assert.fail(`not reached by ${key}: ${what}`);
}

const listOf = (d: DemoPage) => d.list.evaluate((list) => {
  const {selectedIds, search, unread, snapshot, selecting} = list as ImConversationList;
  return {selected: selectedIds.length, search, unread, selecting, rows: snapshot?.rows.length ?? 0};
});

const toRows = (d: DemoPage) => go(d, 'Tab', ({id}) => id !== '', 'a row');

/** All of it: opens, acts by the menu, filters, searches, selects several, deletes one. */
async function walk(d: DemoPage): Promise<void> {
  const {keyboard} = d.page;
  const row = (id: string) => d.list.locator(`.row:not([hidden])[data-id="${id}"]`);

  await toRows(d);
  await keyboard.press('Home');
  await keyboard.press('ArrowDown');
  const {id} = await focus(d);
  await keyboard.press('Enter');
  await d.pane.getByLabel('Message', {exact: true}).waitFor();
  await d.page.waitForFunction(() => document.querySelector('conversation-pane .composer') !== null);
  await go(d, 'Tab', ({says}) => says.includes('Write a message') || says.startsWith('Message'), 'the composer');
  await keyboard.press('Escape');
  await d.until(async () => (await focus(d)).id === id, 'back at the row');

  await keyboard.press('Shift+F10');
  await d.until(async () => /^(Unpin|Pin)$/.test((await focus(d)).says), 'the menu');
  const pins = (await focus(d)).says === 'Pin';
  await keyboard.press('Enter');
  await d.until(async () => (await row(id).getAttribute('class'))?.includes('is-pinned') === pins, 'it is done');

  await go(d, 'Shift+Tab', ({says}) => /^All\b/.test(says), 'the filters');
  await keyboard.press('ArrowRight');
  await keyboard.press('Enter');
  await d.until(async () => (await listOf(d)).unread, 'filtered');
  await keyboard.press('ArrowLeft');
  await keyboard.press('Enter');
  await d.until(async () => !(await listOf(d)).unread, 'not filtered');

  await go(d, 'Shift+Tab', ({says}) => says.includes('Search'), 'the search');
  await keyboard.type('kow');
  await d.until(async () => (await listOf(d)).search === 'kow' && (await d.list.locator('.row:not([hidden]) mark').count()) > 0, 'found');
  await keyboard.press('ArrowDown');
  await d.until(async () => (await focus(d)).id !== '', 'in what was found');
  await keyboard.press('Escape');
  await keyboard.press('Escape');
  await d.until(async () => (await listOf(d)).search === '', 'all again');

  await toRows(d);
  await keyboard.press('Home');
  await keyboard.press('Shift+ArrowDown');
  await keyboard.press('Shift+ArrowDown');
  await d.until(async () => (await listOf(d)).selected === 3, 'three are selected');
  await keyboard.press('Escape');
  assert.equal((await listOf(d)).selected, 0);

  const gone = (await focus(d)).id;
  await keyboard.press('Delete');
  await d.until(async () => (await focus(d)).says === 'Cancel', 'the question');
  await keyboard.press('Tab');
  await keyboard.press('Enter');
  await d.until(async () => (await row(gone).count()) === 0, 'deleted');
  await d.until(async () => (await focus(d)).id !== '', 'the focus is on another row');

  await go(d, 'Shift+Tab', ({says}) => says === 'Controls', 'the controls');
}

describe('the demo, whole', () => {
  onPage('is used by the keyboard alone', 'names=latin&size=200', walk);

  onPage('is used by the keyboard alone at 400 %', 'names=latin&size=200', walk, {width: 320, height: 256});

  onPage('has nothing that axe finds: the list, a menu, several selected, an open conversation', 'names=latin&size=200', async (d) => {
    assert.deepEqual(await violations(d), []);
    await d.row(2).click({button: 'right'});
    await d.list.getByRole('menuitem').first().waitFor();
    assert.deepEqual(await violations(d), []);
    await d.page.keyboard.press('Escape');
    await d.page.getByLabel('selecting: checkboxes').check();
    await d.row(1).click();
    await d.until(async () => (await listOf(d)).selected === 1, 'selected');
    assert.deepEqual(await violations(d), []);
    await d.page.getByLabel('selecting: checkboxes').uncheck();
    await d.page.keyboard.press('Escape');
    await d.row(2).click();
    await d.pane.getByLabel('Message', {exact: true}).waitFor();
    assert.deepEqual(await violations(d), []);
  });

  onPage(
    'has nothing that axe finds, and scrolls to no side, at 400 %',
    'names=latin&size=200',
    async (d) => {
      const wide = () => d.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.deepEqual([await violations(d), await wide()], [[], false]);
      await d.page.locator('#open-controls').press('Enter');
      await d.page.getByLabel('Messages come in').scrollIntoViewIfNeeded();
      assert.equal(await d.page.getByLabel('Messages come in').isVisible(), true);
      assert.deepEqual([await violations(d), await wide()], [[], false]);
      await d.page.keyboard.press('Escape');
      await d.row(0).click();
      await d.pane.getByLabel('Message', {exact: true}).waitFor();
      assert.deepEqual([await violations(d), await wide()], [[], false]);
    },
    {width: 320, height: 256},
  );

  onPage('takes a theme, a language and the way of selecting', 'names=latin&size=60', async (d) => {
    const accent = () => d.list.evaluate((list) => getComputedStyle(list).getPropertyValue('--im-conversation-list-accent-color'));
    const own = await accent();
    for (const theme of ['neutral', 'sky', 'ink', 'leaf']) {
      await d.choose('Theme', theme);
      await d.until(async () => (await accent()) !== own, theme);
    }
    await d.choose('Theme', 'own');
    await d.until(async () => (await accent()) === own, 'its own again');
    await d.choose('Language', 'de');
    await d.until(async () => (await d.page.locator('im-conversation-search').getByPlaceholder('Suchen').count()) === 1, 'German');
    await d.choose('Language', 'en');
    await d.page.getByLabel('selecting: checkboxes').check();
    await d.row(0).click();
    await d.row(1).click();
    await d.until(async () => (await listOf(d)).selected === 2, 'taps select');
    await d.list.getByRole('button', {name: 'Clear selection'}).click();
    await d.until(async () => !(await d.page.getByLabel('selecting: checkboxes').isChecked()), 'the control follows');
    await d.choose('selection', 'single');
    await d.row(0).click({modifiers: ['Control']});
    assert.equal((await listOf(d)).selected, 0);
  });
});
