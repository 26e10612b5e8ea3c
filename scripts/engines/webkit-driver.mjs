/**
 * Starts what WebKit's tests need, each on its own and known by its process: a display without a screen, and
 * the driver, which starts the browser. Nothing of it is to be reached from another machine.
 */
import {spawn} from 'node:child_process';
import {freePort} from '../free-port.mjs';

const START_LIMIT = 30_000;

/**
 * @typedef {object} Driver
 * @property {string} url
 * @property {() => void} stop ends the driver, with its browser, and the display
 */

/** @returns {Promise<Driver>} rejects if one of the two does not start in time */
export async function startWebKitDriver() {
  /** @type {import('node:child_process').ChildProcess[]} */
  const children = [];
  const stop = () => {
    process.off('exit', stop);
    for (const child of children.splice(0).reverse()) killGroup(child);
  };
  process.on('exit', stop);
  try {
    // It finds a free number by itself and tells it; two that were asked for the same one would fight for it.
    const xvfb = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x10000x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      detached: true,
    });
    children.push(xvfb);
    const display = `:${(await firstLine(xvfb, xvfb.stdio[3])).trim()}`;
    const port = await freePort();
    const env = {...process.env, DISPLAY: display, GDK_BACKEND: 'x11', NO_AT_BRIDGE: '1'};
    const driver = spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {stdio: 'ignore', env, detached: true});
    children.push(driver);
    const url = `http://127.0.0.1:${port}`;
    await answering(driver, `${url}/status`);
    return {url, stop};
  } catch (error) {
    stop();
    throw error;
  }
}

/** Each is started as a group of its own, to which the driver's browser belongs. */
function killGroup({pid}) {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // Ended by itself.
  }
}

function firstLine(child, stream) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('Xvfb names no display.')), START_LIMIT);
    const end = (settle, value) => {
      clearTimeout(late);
      settle(value);
    };
    let text = '';
    stream.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
      if (text.includes('\n')) end(resolve, text);
    });
    child.on('error', (error) => end(reject, error));
    child.on('exit', (code) => end(reject, new Error(`Xvfb ended with ${code}.`)));
  });
}

async function answering(child, url) {
  let failure;
  child.on('error', (error) => (failure = error));
  child.on('exit', (code) => (failure ??= new Error(`WebKitWebDriver ended with ${code}.`)));
  for (const end = Date.now() + START_LIMIT; Date.now() < end && !failure; ) {
    const response = await fetch(url, {signal: AbortSignal.timeout(5000)}).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw failure ?? new Error('WebKitWebDriver does not answer.');
}
