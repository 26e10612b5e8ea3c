import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {after, before, describe, it, type TestContext} from 'node:test';
import type {FrameLocator, Locator, Page} from 'playwright-core';
import {faults, openSite, until, WCAG, type Site} from './site.js';

const ACCENT = '--im-conversation-list-accent-color';

describe('the theme editor', {concurrency: 2}, () => {
  let site: Site;
  before(async () => {
    site = await openSite();
  });
  after(() => site.close());

  /** The editor with its list drawn and measured, and what is in it. */
  async function open(t: TestContext, fragment = '', width = 1280): Promise<Editor> {
    const {page, problems} = await site.open(`theme-editor.html${fragment}`, {viewport: {width, height: 900}});
    t.after(() => page.context().close());
    const editor = new Editor(page);
    await editor.list.locator('.row:not([hidden])').first().waitFor();
    await until(() => editor.verdict(), (text) => !text.includes('Measuring'), 'the contrast is measured');
    editor.problems = problems;
    return editor;
  }

  it('shows a live list in its states, and finds its own look legible', async (t) => {
    const editor = await open(t);
    const shown = await editor.list.evaluate((list) => [...(list.shadowRoot?.querySelectorAll('.row:not([hidden]) [part]') ?? [])].map((one) => one.getAttribute('part')).join(' '));
    for (const part of ['badge', 'mention', 'presence', 'draft', 'typing', 'tag', 'pinned-icon', 'muted-icon', 'delivery']) assert.match(shown, new RegExp(part), part);
    assert.match(await editor.verdict(), /^All text has a contrast of at least 4\.5/);
    assert.deepEqual(editor.problems, []);
  });

  it('shows a change at once, keeps it in the address, prints it alone, and takes it back', async (t) => {
    const editor = await open(t);
    await editor.write('Accent color', 'rgb(1, 2, 3)');
    await until(() => editor.computed(ACCENT), (value) => value === 'rgb(1, 2, 3)', 'the list has the colour');
    assert.equal(await editor.css(), `im-conversation-list {\n  ${ACCENT}: rgb(1, 2, 3);\n}\n`);
    await until(async () => editor.page.url(), (url) => url.endsWith('#accent-color=rgb%281%2C+2%2C+3%29'), 'the address has it');
    await editor.page.getByRole('button', {name: 'Reset Accent color'}).click();
    await until(() => editor.computed(ACCENT), (value) => value === '', 'the list is as before');
    assert.deepEqual(editor.problems, []);
  });

  it('opens as the address says, with each of the themes under it', async (t) => {
    const editor = await open(t, '#theme=sky&density=compact&scheme=dark&dir=rtl&row-gap=20px');
    assert.match(await editor.css(), /^@import 'im-conversation-list\/themes\/sky\.css';/);
    const look = await editor.list.evaluate((list) => {
      const {colorScheme, direction} = getComputedStyle(list);
      return [colorScheme, direction, list.getAttribute('density'), getComputedStyle(list).getPropertyValue('--im-conversation-list-row-gap'), getComputedStyle(list).backgroundColor];
    });
    assert.deepEqual(look, ['dark', 'rtl', 'compact', '20px', 'rgb(23, 33, 43)']);
    for (const theme of ['neutral', 'ink', 'leaf', 'sky']) {
      await editor.page.getByLabel('Start from').selectOption(theme);
      await until(() => editor.css(), (css) => css.includes(`themes/${theme}.css`), 'the theme is chosen');
      // It is measured before the address says so.
      await until(async () => editor.page.url(), (url) => url.includes(`theme=${theme}`), 'it is measured');
      assert.match(await editor.verdict(), /^All text/, theme);
    }
    assert.deepEqual(editor.problems, []);
  });

  it('says which text falls short of AA', async (t) => {
    const editor = await open(t);
    await editor.write('Preview color', 'light-dark(#bbb, #fff)');
    await until(() => editor.verdict(), (text) => /fall short of 4\.5 : 1 \(AA\): .*preview/.test(text), 'the verdict names it');
  });

  it('sets one side of a colour by its swatch', async (t) => {
    const editor = await open(t);
    await editor.page.getByLabel('Accent color, dark').fill('#00ff00');
    await until(() => editor.css(), (css) => css.includes(`${ACCENT}: light-dark(#0b5cad, #00ff00);`), 'the light side stays');
  });

  it('takes over pasted CSS, and says what it leaves out', async (t) => {
    const editor = await open(t);
    await editor.page.getByLabel('Go on with CSS that there is').fill(`im-conversation-list { ${ACCENT}: teal; --own: 1px }`);
    await editor.page.getByRole('button', {name: 'Take it over'}).click();
    await until(() => editor.computed(ACCENT), (value) => value === 'teal', 'it is taken over');
    await editor.page.getByText(/^1 property taken over\. Left out: --own/).waitFor();
  });

  it('gives the CSS as a file', async (t) => {
    const editor = await open(t, '#accent-color=teal');
    const [download] = await Promise.all([editor.page.waitForEvent('download'), editor.page.getByRole('button', {name: 'Download it'}).click()]);
    assert.equal(await readFile(await download.path(), 'utf8'), await editor.css());
  });

  it('takes nothing from a link that loads something or ends the rule', async (t) => {
    const editor = await open(t, `#background=url(${encodeURIComponent('https://example.org/x')})&accent-color=red%7D*%7Bdisplay:none`);
    assert.equal(await editor.css(), '/* Nothing is changed. */');
    assert.deepEqual(editor.problems, []);
  });

  it('can be used by keyboard and screen reader, on a phone, unfolded', async (t) => {
    const editor = await open(t, '', 360);
    await editor.page.locator('.theme-editor details').evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')));
    await editor.page.waitForTimeout(200);
    assert.deepEqual(await faults(editor.page), []);
    assert.equal(await editor.page.evaluate(() => document.documentElement.scrollWidth), 360);
    const frame = await (await editor.page.locator('.theme-editor iframe').elementHandle())?.contentFrame();
    assert.ok(frame);
    assert.deepEqual(await faults(frame, WCAG), []);
    const inputs = editor.page.locator('.theme-editor :is(input, select, textarea)');
    const nameless = await inputs.evaluateAll((all) => all.filter((one) => ((one as HTMLInputElement).labels?.length ?? 0) === 0 && !one.hasAttribute('aria-label')).length);
    assert.ok((await inputs.count()) > 100);
    assert.equal(nameless, 0);
  });
});

/** What a person sees of the editor. */
class Editor {
  readonly page: Page;
  readonly frame: FrameLocator;
  readonly list: Locator;
  problems: readonly string[] = [];

  constructor(page: Page) {
    this.page = page;
    this.frame = page.frameLocator('.theme-editor iframe');
    this.list = this.frame.locator('im-conversation-list');
  }

  /** Of a text field by its label. */
  async write(label: string, value: string): Promise<void> {
    const field = this.page.getByLabel(label, {exact: true});
    await field.evaluate((input) => input.closest('details')?.setAttribute('open', ''));
    await field.fill(value);
    await field.press('Enter');
  }

  computed(name: string): Promise<string> {
    return this.list.evaluate((list, property) => getComputedStyle(list).getPropertyValue(property), name);
  }

  css(): Promise<string> {
    return this.page.getByLabel('The CSS of what is changed').inputValue();
  }

  verdict(): Promise<string> {
    return this.page.locator('.verdict').innerText();
  }
}
