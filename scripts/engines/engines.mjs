/** The engines that `npm run test:engines` knows. */
import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {splitChord} from './chord.mjs';
import {findMiniBrowser, webkitLauncher, webkitViewport} from './webkit-launcher.mjs';

/** What Debian calls them. */
export const PACKAGES = ['firefox-esr', 'webkit2gtk-driver', 'xvfb'];

/** Firefox 140 does not know a command that the runner gives for every page. */
const OLDEST_FIREFOX = 153;

/**
 * @typedef {object} Engine
 * @property {string} name
 * @property {string} label
 * @property {() => string} missing what is not installed; empty for nothing
 * @property {() => Promise<import('@web/test-runner').BrowserLauncher>} launcher
 * @property {import('@web/test-runner').TestRunnerPlugin[]} plugins
 */

/** @type {Engine[]} */
export const ENGINES = [
  {
    name: 'firefox',
    label: 'Firefox',
    missing: () => (findFirefox() ? '' : `Firefox ${OLDEST_FIREFOX} or newer`),
    launcher: firefoxLauncher,
    plugins: [],
  },
  {
    name: 'webkit',
    label: 'WebKit',
    missing: () =>
      [
        findMiniBrowser() ? '' : 'MiniBrowser',
        output('WebKitWebDriver', '--help') === undefined ? 'WebKitWebDriver' : '',
        output('Xvfb', '-help') === undefined ? 'Xvfb' : '',
      ]
        .filter(Boolean)
        .join(', '),
    launcher: async () => webkitLauncher(),
    plugins: [webkitViewport()],
  },
];

/** `FIREFOX_PATH`, else an installed one. */
export function findFirefox() {
  const paths = [process.env['FIREFOX_PATH'], '/usr/bin/firefox-esr', '/usr/bin/firefox'];
  return paths.find((path) => {
    if (!path || !existsSync(path)) return false;
    const [, version = '0'] = /Firefox (\d+)/.exec(output(path, '--version') ?? '') ?? [];
    return Number(version) >= OLDEST_FIREFOX;
  });
}

async function firefoxLauncher() {
  const [{chromeLauncher}, {default: puppeteer}] = await Promise.all([
    import('@web/test-runner-chrome'),
    import('puppeteer-core'),
  ]);
  return chromeLauncher({
    puppeteer,
    launchOptions: {browser: 'firefox', executablePath: findFirefox()},
    createPage: async ({context}) => withChords(await context.newPage()),
  });
}

/** The tests write chords and the space bar the way Playwright does; Puppeteer knows single keys only, by what they write. */
function withChords(page) {
  const {keyboard} = page;
  const press = keyboard.press.bind(keyboard);
  keyboard.press = async (chord) => {
    const keys = splitChord(chord).map((key) => (key === 'Space' ? ' ' : key));
    const last = keys.pop();
    for (const key of keys) await keyboard.down(key);
    await press(last);
    for (const key of keys.reverse()) await keyboard.up(key);
  };
  return page;
}

/** What the program prints, whether or not it ends with success; `undefined` if there is no such program. */
function output(program, argument) {
  const {error, stdout} = spawnSync(program, [argument], {encoding: 'utf8', timeout: 30_000});
  return error ? undefined : stdout;
}
