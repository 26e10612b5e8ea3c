/** Opens a page of the demo in a headless browser, for scripts and tests. */
import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {chromium} from 'playwright-core';
import {createServer} from 'vite';
import {CHROMIUM_ARGS, findChromium} from './find-chromium.mjs';

const CACHE = fileURLToPath(new URL('../node_modules/.cache', import.meta.url));
const DEMO = fileURLToPath(new URL('../demo', import.meta.url));

/**
 * @typedef {object} OpenDemo
 * @property {import('vite').ViteDevServer} server
 * @property {import('playwright-core').Browser} browser
 * @property {string} url of the demo, with a slash at its end
 * @property {() => Promise<void>} close ends the browser and the server; may be called twice
 */

/**
 * Serves the demo on a free port of 127.0.0.1, and starts a browser for it.
 *
 * @param {object} [options]
 * @param {Record<string, string>} [options.browserEnv] added to the browser's environment
 * @returns {Promise<OpenDemo>} rejects with nothing left running
 */
export async function openDemo({browserEnv = {}} = {}) {
  mkdirSync(CACHE, {recursive: true});
  // Its own, or two runs at the same time would write into one.
  const cacheDir = mkdtempSync(join(CACHE, 'demo-'));
  const server = await createServer({
    root: DEMO,
    cacheDir,
    logLevel: 'error',
    // A page that reloads because a file changed would spoil what is going on in it.
    server: {host: '127.0.0.1', port: 0, hmr: false, watch: null},
  });
  let browser;
  const close = async () => {
    await browser?.close();
    await server.close();
    rmSync(cacheDir, {recursive: true, force: true});
  };
  try {
    await server.listen();
    const {executablePath, env} = await findChromium();
    browser = await chromium.launch({executablePath, env: {...env, ...browserEnv}, args: CHROMIUM_ARGS});
    const {port} = server.httpServer.address();
    return {server, browser, url: `http://127.0.0.1:${port}/`, close};
  } catch (error) {
    await close();
    throw error;
  }
}
