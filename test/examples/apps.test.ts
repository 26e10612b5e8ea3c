import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import puppeteer, {type Browser} from 'puppeteer-core';
import {APPS} from '../../scripts/examples.mjs';
import {CHROMIUM_ARGS, findChromium} from '../../scripts/find-chromium.mjs';
import {drive, drivenBy} from './drive.js';
import {chosen, folderOf, npmRun} from './npm-run.js';
import {serve} from './serve.js';

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
        await drive(drivenBy(page));
      } catch (error) {
        throw new Error(`${app}: ${String(error)}\n${said.join('\n')}`, {cause: error});
      }
      assert.deepEqual(said, []);
    });
  }
});
