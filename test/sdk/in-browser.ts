import {readFile} from 'node:fs/promises';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {it} from 'node:test';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import puppeteer from 'puppeteer-core';
import {CHROMIUM_ARGS, findChromium} from '../../scripts/find-chromium.mjs';

/** What came of a check in the page: why it failed, or `null`. */
type Results = Readonly<Record<string, string | null>>;

/** Where the page of one SDK lies, and what it loads besides. */
export interface SdkPage {
  /** A module that sets `window.results`. */
  readonly entry: string;
  /** Files by the path at which the page finds them. */
  readonly files?: Readonly<Record<string, string>>;
  /** Scripts to be loaded first. */
  readonly scripts?: readonly string[];
}

const TYPES: Readonly<Record<string, string>> = {js: 'text/javascript', wasm: 'application/wasm'};

/** Runs a page's checks in Chromium, without a network, each as a test. */
export async function inBrowser({entry, files = {}, scripts = []}: SdkPage): Promise<void> {
  const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
  const bundle = await build({entryPoints: [here(entry)], bundle: true, format: 'esm', write: false, logLevel: 'error'});
  const tags = scripts.map((src) => `<script src="${src}"></script>`).join('');
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const file = files[path];
    const type = file ? TYPES[file.split('.').pop() ?? ''] : path === '/page.js' ? TYPES['js'] : 'text/html';
    const body = file ? readFile(here(file)) : path === '/page.js' ? bundle.outputFiles[0]?.text : `<!doctype html>${tags}<script type="module" src="/page.js"></script>`;
    Promise.resolve(body).then(
      (content) => response.writeHead(200, {'content-type': type ?? 'text/plain'}).end(content),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const {executablePath, env} = await findChromium();
  const browser = await puppeteer.launch({executablePath, env: {...process.env, ...env}, args: [...CHROMIUM_ARGS]});
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const results = await page.waitForFunction(() => (window as {results?: Results}).results, {timeout: 120_000});
    for (const [name, failure] of Object.entries((await results.jsonValue()) as Results)) {
      it(name, () => {
        if (failure !== null) throw new Error(failure);
      });
    }
  } finally {
    await browser.close();
    server.close();
  }
}
