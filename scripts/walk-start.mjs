/**
 * Follows `docs/start.md` to the letter, as somebody does who comes to it with nothing but Node: for each of its sections, in an
 * empty folder and with an empty npm cache, runs the commands, writes the files, starts the server, opens the address that this
 * prints, and waits until the list shows rows and one of them changes. More than five minutes are a failure.
 *
 *   npm run walk                 all
 *   npm run walk -- react vue    only sections whose heading contains one of the words
 *
 * What is installed is this checkout, packed, where the page says `im-conversation-list`; all else comes from the npm
 * registry. `--built` packs what stands in `dist`. The last line is `N passed, N failed`.
 */
import {spawn, spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {stripVTControlCharacters} from 'node:util';
import {chromium} from 'playwright-core';
import {blocksOf, ROOT} from './docs/blocks.mjs';
import {commandsIn} from './docs/shell.mjs';
import {CHROMIUM_ARGS, findChromium} from './find-chromium.mjs';
import {packPackage} from './install-examples.mjs';
import {killTree} from './process-tree.mjs';

const PAGE = 'docs/start.md';
const PACKAGE = 'im-conversation-list';
/** Seconds for all of a section. */
const LIMIT = 300;
const shell = process.platform === 'win32';

const words = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const blocks = blocksOf({path: PAGE, text: readFileSync(join(ROOT, PAGE), 'utf8')});
const headings = [...new Set(blocks.map((block) => block.headings[1]))];
const chosen = headings.filter((heading) => words.length === 0 || words.some((word) => heading.toLowerCase().includes(word)));

if (!process.argv.includes('--built')) {
  const {status} = spawnSync('npm', ['run', 'build', '--silent'], {cwd: ROOT, stdio: 'inherit', shell});
  if (status !== 0) process.exit(1);
}
const tarball = packPackage();
console.log(`In place of ${PACKAGE} from the registry: ${tarball}, packed from this checkout.`);

const {executablePath, env: browserEnv} = await findChromium();
const browser = await chromium.launch({executablePath, env: browserEnv, args: CHROMIUM_ARGS});
let failed = 0;
try {
  for (const heading of chosen) {
    const started = new Set();
    const folder = mkdtempSync(join(tmpdir(), 'walk-'));
    try {
      const took = await walk(blocks.filter((block) => block.headings[1] === heading), folder, started);
      const total = Object.values(took).reduce((sum, seconds) => sum + seconds, 0);
      const parts = Object.entries(took).map(([part, seconds]) => `${part} ${seconds.toFixed(1)} s`);
      console.log(`${heading}: ${total.toFixed(1)} s (${parts.join(', ')})`);
      if (total > LIMIT) throw new Error(`more than ${LIMIT} s`);
    } catch (error) {
      failed += 1;
      console.log(`${heading}: ${error.message}`);
    } finally {
      started.forEach(killTree);
      rmSync(folder, {recursive: true, force: true, maxRetries: 3});
    }
  }
} finally {
  await browser.close();
}
console.log(`\n${chosen.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 || chosen.length === 0 ? 1 : 0;

/**
 * @param {import('./docs/blocks.mjs').Block[]} section
 * @param {string} folder where the person is at first
 * @param {Set<number>} started the ids of the processes that run
 * @returns {Promise<Record<string, number>>} what took how many seconds; rejects with what went wrong
 */
async function walk(section, folder, started) {
  const env = {...process.env, npm_config_cache: join(folder, '.npm'), BROWSER: 'none'};
  const took = {create: 0, install: 0, start: 0, rows: 0, live: 0};
  const timed = async (part, work) => {
    const begin = performance.now();
    const left = LIMIT - Object.values(took).reduce((sum, seconds) => sum + seconds, 0);
    const end = new AbortController();
    const late = wait(left * 1000, undefined, {signal: end.signal}).then(() => {
      throw new Error(`${part}: not through after ${LIMIT} s in all`);
    });
    late.catch(() => undefined);
    const result = await Promise.race([work, late]).finally(() => end.abort());
    took[part] += (performance.now() - begin) / 1000;
    return result;
  };

  let place = folder;
  const last = section.findLast(({lang}) => lang === 'sh');
  for (const block of section.filter(({file, lang}) => file || lang === 'sh')) {
    if (block.lang !== 'sh') {
      const path = join(place, block.file);
      mkdirSync(dirname(path), {recursive: true});
      writeFileSync(path, block.code);
      continue;
    }
    for (const {words: command} of commandsIn(block.code)) {
      const begun = () => begin(command.map((word) => (word === PACKAGE ? tarball : word)), {cwd: place, env}, started);
      if (command[0] === 'cd') place = join(place, command[1]);
      else if (block !== last) await timed(/^npm (?:i|ci|install)\b/.test(command.join(' ')) ? 'install' : 'create', begun().ended);
      else await look(await timed('start', begun().address), timed);
    }
  }
  return took;
}

/** Opens the address, and waits for rows, and for a row that changes. */
async function look(address, timed) {
  const page = await browser.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(error));
  try {
    const previews = page.locator(`${PACKAGE} [role="row"][aria-rowindex] [part~="preview"]`);
    const shown = async () => (await previews.allTextContents()).join('\n');
    await timed('rows', page.goto(address).then(() => previews.first().waitFor({timeout: 60_000})));
    const first = await shown();
    const changes = async () => {
      for (let tries = 0; (await shown()) === first; tries++) {
        if (tries > 300) throw new Error('no row has changed for 30 s');
        await wait(100);
      }
    };
    await timed('live', changes());
    if (errors.length > 0) throw errors[0];
  } finally {
    await page.close();
  }
}

/**
 * Starts a command.
 *
 * @returns {{ended: Promise<void>, address: Promise<string>}} settle when it has ended, and when it has printed where it serves;
 *   reject with all it says if it fails before
 */
function begin([program, ...args], options, started) {
  const child = spawn(program, args, {...options, shell, stdio: ['ignore', 'pipe', 'pipe']});
  if (child.pid !== undefined) started.add(child.pid);
  let said = '';
  let found;
  const printed = new Promise((resolve) => (found = resolve));
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      said += stripVTControlCharacters(text);
      const [url] = /https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\]):\d+\/?(?=\s)/.exec(said) ?? [];
      if (url) found(url);
    });
  }
  const ended = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      started.delete(child.pid);
      if (code === 0) resolve();
      else reject(new Error(`${[program, ...args].join(' ')} ended with ${code}\n${said}`));
    });
  });
  const nowhere = ended.then(() => {
    throw new Error(`${program} has ended, and served nothing\n${said}`);
  });
  const address = Promise.race([printed, nowhere]);
  // One of them nobody waits for, and its failure is not to end the process.
  for (const promise of [ended, address]) promise.catch(() => undefined);
  return {ended, address};
}
