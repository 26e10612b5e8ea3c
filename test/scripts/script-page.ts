import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {chromium, type Browser} from 'playwright-core';
import {CHROMIUM_ARGS, findChromium} from '../../scripts/find-chromium.mjs';

/** A page with a script of a test's own, and a browser to open it in. */
export interface ScriptPage {
  readonly browser: Browser;
  readonly url: string;
  /** What the server was asked for, in turn; a test may empty it. */
  readonly requests: {readonly url: string; readonly referer: string | undefined}[];
  readonly close: () => Promise<void>;
}

/**
 * Bundles a script, which may import from `./src`, and serves a page with nothing else in it.
 *
 * @param options.scrollbars - show them, which a headless browser does not by itself
 * @param options.html - another page, by path; one that is to run the script asks for `/page.js`
 */
export async function openScript(
  script: string,
  {scrollbars = false, html = {}}: {scrollbars?: boolean; html?: Readonly<Record<string, string>>} = {},
): Promise<ScriptPage> {
  const bundle = await build({
    stdin: {contents: script, resolveDir: fileURLToPath(new URL('../..', import.meta.url)), loader: 'js'},
    bundle: true, format: 'esm', write: false, logLevel: 'error',
  });
  const text = bundle.outputFiles[0]?.text ?? '';
  const page = '<!doctype html><html lang="en"><title>Test</title><script type="module" src="/page.js"></script>';
  const requests: ScriptPage['requests'] = [];
  const server = createServer((request, response) => {
    requests.push({url: request.url ?? '', referer: request.headers.referer});
    const js = request.url === '/page.js';
    response.setHeader('content-type', js ? 'text/javascript' : 'text/html').end(js ? text : (html[request.url ?? ''] ?? page));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const {executablePath, env} = await findChromium();
    const hidden = scrollbars ? {ignoreDefaultArgs: ['--hide-scrollbars']} : {};
    const browser = await chromium.launch({executablePath, env, args: [...CHROMIUM_ARGS], ...hidden});
    const close = async (): Promise<void> => {
      await browser.close();
      server.close();
    };
    return {browser, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, requests, close};
  } catch (error) {
    server.close();
    throw error;
  }
}
