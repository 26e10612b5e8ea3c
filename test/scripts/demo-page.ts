import assert from 'node:assert/strict';
import {after, before, it} from 'node:test';
import type {Locator, Page} from 'playwright-core';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import {openDemo, type OpenDemo} from '../../scripts/open-demo.mjs';

/** What a person sees and does on the demo's page, for its tests. */
export class DemoPage {
  readonly page: Page;
  readonly list: Locator;
  /** The rows that are drawn. */
  readonly rows: Locator;
  readonly pane: Locator;
  /** Errors, violations of the policy, requests to other servers. */
  readonly problems: string[] = [];

  private constructor(page: Page, host: string) {
    this.page = page;
    this.list = page.locator('im-conversation-list');
    this.rows = this.list.locator('.row:not([hidden])');
    this.pane = page.locator('conversation-pane');
    page.setDefaultTimeout(10_000);
    page.on('pageerror', (error) => this.problems.push(String(error.stack)));
    page.on('console', (message) => {
      const text = message.text();
      const harmless = text.startsWith('Lit is in dev mode') || text.startsWith('[vite]');
      if (!harmless && (message.type() === 'error' || message.type() === 'warning')) this.problems.push(text);
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(host) && !request.url().startsWith('data:')) this.problems.push(request.url());
    });
  }

  /** Opens the demo at an address, with all controls unfolded, and waits for rows. */
  static async open(demo: OpenDemo, query = '', size = {width: 1500, height: 1200}): Promise<DemoPage> {
    const page = await demo.browser.newPage({viewport: size, locale: 'en-US', reducedMotion: 'reduce'});
    const opened = new DemoPage(page, demo.url);
    await page.goto(`${demo.url}?latency=0&${query}`);
    await opened.#unfold();
    return opened;
  }

  /** As a person does who comes back. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.#unfold();
  }

  async #unfold(): Promise<void> {
    await this.rows.first().waitFor();
    await this.page.locator('details.section').evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')));
  }

  row(index: number): Locator {
    return this.list.locator(`.row:not([hidden])[aria-rowindex="${index + 1}"]`);
  }

  /** The text of a part of each row, from the first row down. */
  texts(selector: string): Promise<string[]> {
    return this.rows.evaluateAll((rows, part) => {
      const ordered = rows.sort((a, b) => Number(a.ariaRowIndex) - Number(b.ariaRowIndex));
      return ordered.map((row) => (row.querySelector(part) as HTMLElement).innerText.replace(/\s+/g, ' '));
    }, selector);
  }

  titles(): Promise<string[]> {
    return this.texts('.title');
  }

  /** Chooses in a field of the controls. */
  async choose(label: string, value: string): Promise<void> {
    const field = this.page.locator('label.field').filter({has: this.page.getByText(label, {exact: true})});
    await field.locator('select').selectOption(value);
  }

  button(name: string): Locator {
    return this.page.locator('control-panel').getByRole('button', {name, exact: true});
  }

  /** A custom state of the list. */
  hasState(state: string): Promise<boolean> {
    return this.list.evaluate((list, name) => list.matches(`:state(${name})`), state);
  }

  async waitForState(state: string): Promise<void> {
    await this.until(() => this.hasState(state), `:state(${state})`);
  }

  /** Something the list's snapshot says. */
  snapshot(): Promise<{readonly rows: number; readonly status: string | undefined}> {
    return this.list.evaluate((list) => {
      const {snapshot} = list as ImConversationList;
      return {rows: snapshot?.rows.length ?? 0, status: snapshot?.page.status};
    });
  }

  /** Waits until something holds, up to 10 s. */
  async until(holds: () => Promise<boolean>, what: string): Promise<void> {
    const end = performance.now() + 10_000;
    while (!(await holds())) {
      assert.ok(performance.now() < end, `in 10 s not: ${what}`);
      await this.page.waitForTimeout(30);
    }
  }

  /** Moves a slider, as the arrow keys would. */
  async slide(label: string, value: number): Promise<void> {
    await this.page.getByRole('slider', {name: label}).last().evaluate((input, to) => {
      (input as HTMLInputElement).value = String(to);
      input.dispatchEvent(new Event('input', {bubbles: true}));
    }, value);
  }

  /** Imports a file by the file picker. */
  async import(name: string, content: string | Uint8Array): Promise<void> {
    const file = {name, mimeType: 'application/octet-stream', buffer: Buffer.from(content)};
    await this.page.setInputFiles('#archive', file);
  }
}

/** What a test is given: the demo's page, opened for it alone. */
export type PageTest = (
  name: string,
  query: string,
  run: (demo: DemoPage) => Promise<void>,
  size?: {readonly width: number; readonly height: number},
) => void;

/** Opens the demo for the tests of a file. Each has a page of its own, on which nothing may go wrong. */
export function demoTests(): PageTest {
  let demo: OpenDemo | undefined;
  before(async () => {
    demo = await openDemo();
  });
  after(async () => {
    await demo?.close();
  });
  return (name, query, run, size) => {
    it(name, async () => {
      const opened = await DemoPage.open(demo as OpenDemo, query, size);
      try {
        await run(opened);
        assert.deepEqual(opened.problems, []);
      } finally {
        await opened.page.close();
      }
    });
  };
}
