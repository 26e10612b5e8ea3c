import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {launch, type Browser, type Page} from 'puppeteer-core';
import {CHROMIUM_ARGS, findChromium} from '../../../scripts/find-chromium.mjs';
import {ChatServer} from './chat-server.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** A browser whose profile outlives it, and a chat service. */
export class CacheBrowser {
  readonly server: ChatServer;
  readonly #profile = mkdtempSync(join(tmpdir(), 'cache-browser-'));
  #browser: Browser | undefined;

  private constructor(script: string) {
    this.server = new ChatServer({'/page.js': script});
  }

  /** @param entry - the page's script, beside this file */
  static async start(entry = './page.ts'): Promise<CacheBrowser> {
    // By the package's word none of its files does anything by being imported; those of tests do.
    const options = {bundle: true, format: 'esm', write: false, logLevel: 'error', ignoreAnnotations: true} as const;
    const bundle = await build({...options, entryPoints: [here(entry)]});
    const started = new CacheBrowser(bundle.outputFiles[0]?.text ?? '');
    await started.server.start();
    await started.launch();
    return started;
  }

  async launch(): Promise<void> {
    const {executablePath, env} = await findChromium();
    const args = [...CHROMIUM_ARGS, '--disable-features=RendererCodeIntegrity'];
    this.#browser = await launch({executablePath, env, args, userDataDir: this.#profile});
  }

  /** A page with the script loaded. */
  async open(prepare?: (page: Page) => Promise<unknown>, url = this.server.url): Promise<Page> {
    const page = await (this.#browser as Browser).newPage();
    page.setDefaultTimeout(15_000);
    await prepare?.(page);
    await page.goto(url);
    await page.waitForFunction(() => 'cache' in window);
    return page;
  }

  /** Ends the process of a page, with whatever it was doing. */
  async crash(page: Page): Promise<void> {
    const session = await page.createCDPSession();
    const gone = new Promise((resolve) => page.once('error', resolve));
    session.send('Page.crash').catch(() => undefined);
    await gone;
    await page.close();
  }

  /** Ends the whole browser as a power switch would. */
  async kill(): Promise<void> {
    const process = this.#browser?.process();
    const gone = new Promise((resolve) => process?.once('exit', resolve));
    process?.kill('SIGKILL');
    await gone;
  }

  async close(): Promise<void> {
    await this.#browser?.close().catch(() => undefined);
    await this.server.close();
    rmSync(this.#profile, {recursive: true, force: true, maxRetries: 5});
  }
}

/** Waits until something holds, up to 15 s. */
export async function until(holds: () => Promise<boolean> | boolean, what: string | (() => Promise<string>)): Promise<void> {
  for (const end = performance.now() + 15_000; !(await holds()); ) {
    if (performance.now() > end) throw new Error(`in 15 s not: ${typeof what === 'string' ? what : await what()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
