import {chromium} from 'playwright-core';
import {CHROMIUM_ARGS, findChromium} from '../../scripts/find-chromium.mjs';
import {Page, VIEWPORT} from './page.mjs';

const ARGS = [
  ...CHROMIUM_ARGS,
  '--js-flags=--expose-gc',
  // What a page asks of any other machine goes nowhere.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/** A browser of the run's own, started again when a page has broken it. */
export class Browser {
  #found;
  #browser;
  #context;

  static async start() {
    const browser = new Browser();
    browser.#found = await findChromium();
    await browser.#launch();
    return browser;
  }

  get version() {
    return this.#browser.version();
  }

  open(url, subject) {
    return Page.open(this.#context, url, subject);
  }

  async restart() {
    await this.close();
    await this.#launch();
  }

  async close() {
    await this.#browser?.close();
  }

  async #launch() {
    const {executablePath, env} = this.#found;
    this.#browser = await chromium.launch({executablePath, env, args: ARGS});
    this.#context = await this.#browser.newContext({viewport: VIEWPORT});
  }
}
