import {describe, it, type TestContext} from 'node:test';
import puppeteer from 'puppeteer-core';
import {ENGINES, findFirefox} from '../../scripts/engines/engines.mjs';
import {webkitLauncher} from '../../scripts/engines/webkit-launcher.mjs';
import {drive, drivenBy, type Driven} from './drive.js';
import {chosen, folderOf} from './npm-run.js';
import {serve} from './serve.js';

const OPEN: Readonly<Record<string, (url: string, t: TestContext) => Promise<Driven>>> = {
  async firefox(url, t) {
    const browser = await puppeteer.launch({browser: 'firefox', executablePath: findFirefox() ?? ''});
    t.after(() => browser.close());
    const page = await browser.newPage();
    await page.goto(url);
    return drivenBy(page);
  },
  async webkit(url, t) {
    const webkit = webkitLauncher();
    t.after(() => webkit.stop());
    await webkit.startSession('plain', url);
    // A script that is asked for while one page gives way to another is refused.
    const isThere = async (): Promise<boolean> =>
      webkit.run<boolean>(`return document.readyState === 'complete' && location.href === ${JSON.stringify(url)}`).catch(() => false);
    for (const end = performance.now() + 20_000; !(await isThere()) && performance.now() < end; );
    return {
      run: async (body, ...args) => webkit.run(`return (${String(body)})(...arguments)`, args),
      click: (x, y) => webkit.sendMouseClick('plain', x, y),
    };
  },
};

describe('the app without a framework', {skip: !chosen.includes('plain')}, () => {
  for (const {name, label, missing} of ENGINES) {
    const lack = missing();
    const skip = lack === '' ? false : `there is no ${lack}`;
    it(`shows, follows, filters, opens and leaves nothing in ${label}`, {skip}, async (t) => {
      const {url, server} = await serve(folderOf('plain'));
      t.after(() => server.close());
      const page = await OPEN[name]?.(url, t);
      if (page) await drive(page);
    });
  }
});
