import {readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {chromium, type Browser, type BrowserContextOptions, type Frame, type Page} from 'playwright-core';
import {CHROMIUM_ARGS, findChromium} from '../../scripts/find-chromium.mjs';
import {serve} from '../examples/serve.js';

const DIST = fileURLToPath(new URL('../../docs/.vitepress/dist', import.meta.url));
const AXE = readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** The files of the built site, from its root. */
export const FILES = readdirSync(DIST, {recursive: true, encoding: 'utf8'}).map((name) => name.replaceAll('\\', '/')).sort();
export const PAGES = FILES.filter((name) => name.endsWith('.html') && name !== '404.html');

/** What went wrong on a page; tests that cause an error on purpose empty it. */
export type Problems = string[];

export interface Site {
  readonly browser: Browser;
  readonly url: string;
  /** A page of the site, once it is alive. */
  open(path: string, options?: BrowserContextOptions): Promise<{readonly page: Page; readonly problems: Problems}>;
  close(): Promise<void>;
}

/** The built site, served on this machine, and a browser that reaches no other. */
export async function openSite(): Promise<Site> {
  // The same everywhere, where npm brings one.
  if (process.platform === 'linux' && process.arch === 'x64') process.env['NPM_CHROMIUM'] ??= '1';
  const {executablePath, env} = await findChromium();
  const {url, server} = await serve(DIST);
  const args = [...CHROMIUM_ARGS, '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'];
  const browser = await chromium.launch({executablePath, env, args});
  return {
    browser,
    url,
    async open(path, options = {}) {
      const context = await browser.newContext({viewport: {width: 1280, height: 800}, reducedMotion: 'reduce', ...options});
      const page = await context.newPage();
      page.setDefaultTimeout(30_000);
      const problems = watch(page, url);
      await page.goto(url + path, {waitUntil: 'load'});
      // Vue notes the app on its element once that is mounted. One page is none of Vue's.
      if (options.javaScriptEnabled !== false) await page.waitForFunction(() => '__vue_app__' in (document.getElementById('app') ?? {__vue_app__: true}));
      await page.waitForTimeout(300);
      return {page, problems};
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}

function watch(page: Page, url: string): Problems {
  const problems: Problems = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
  page.on('request', (request) => {
    if (!/^(?:data|blob|about):/.test(request.url()) && !request.url().startsWith(url)) problems.push(`asked of another host: ${request.url()}`);
  });
  page.on('requestfailed', (request) => {
    // A page that is left ends what is on its way.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') problems.push(`failed: ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`);
  });
  return problems;
}

/** What axe finds, each with the place; of a frame only what stands in WCAG, as the page around it has the rest. */
export async function faults(where: Page | Frame, options: Readonly<Record<string, unknown>> = {}): Promise<string[]> {
  await where.evaluate(AXE);
  const run = `axe.run(document, ${JSON.stringify({iframes: false, resultTypes: ['violations'], ...options})})`;
  return where.evaluate<string[]>(`${run}.then(({violations}) =>
    violations.flatMap(({id, help, nodes}) =>
      nodes.slice(0, 3).map(({target, failureSummary}) => id + ' (' + help + '): ' + target.join(' ') + ' ' + failureSummary)))`);
}

export const WCAG = {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']};

/** Asks until it is so; it throws what was so last. */
export async function until<T>(read: () => Promise<T>, is: (value: T) => boolean, what: string, ms = 30_000): Promise<T> {
  const end = performance.now() + ms;
  for (;;) {
    const value = await read();
    if (is(value)) return value;
    if (performance.now() > end) throw new Error(`${what}; it was ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
