/**
 * Feeds a chat archive to the element in a headless browser, and compares every row with a plain sort of the file.
 *
 *   npm run verify:archive -- FILE              JSON Lines, plain or gzip, or Telegram Desktop's result.json
 *   npm run verify:archive -- FILE --limit N    only its first N messages
 *   npm run verify:cache -- FILE                from the browser's database instead, after a reload, without a server
 *
 * The first half of the messages is the initial list, the second half comes in live while pages are pulled. The last
 * line is JSON: `{conversations, messages, mismatches, duplicates, wallMs, longestTaskMs, heapMB}`; `longestTaskMs`
 * is of the time in which messages came in, `heapMB` of the list with everything in it. The exit code is not 0 if
 * anything differs. From the database there is a line for `LocalSource` and one for `CachedSource`, with `keepMs`, for
 * storing it all, and `pagedMs`, for paging to the end; and where there is no file, nothing is done, and that is said.
 */
/* global window -- of the page */
import {existsSync} from 'node:fs';
import {resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {openDemo} from './open-demo.mjs';
import {compareRows, countRepeated} from './verify/compare.mjs';
import {expectedRows} from './verify/expected.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Rows fetched from the page at once. */
const CHUNK = 2000;
/** Milliseconds after which something must have gone wrong. */
const DEADLINE = 10 * 60_000;

const start = performance.now();
const seconds = () => ((performance.now() - start) / 1000).toFixed(1).padStart(6);
const say = (text) => process.stderr.write(`${seconds()} s  ${text}\n`);

const {file, limit, cache} = readArguments();
if (cache && file === null) {
  console.log('There is no such file: nothing was verified.');
} else if (file === undefined) {
  console.error('Usage: npm run verify:archive -- FILE [--limit N], or npm run verify:cache -- FILE [--limit N]');
  process.exitCode = 2;
} else {
  await run();
}

async function run() {
  let demo;
  const deadline = setTimeout(() => {
    say(`not done after ${DEADLINE / 60_000} minutes`);
    process.exitCode = 1;
    void demo?.close();
  }, DEADLINE);
  try {
    demo = await openDemo();
    for (const how of cache ? ['local', 'cached'] : ['fed']) {
      const result = await verify(demo, how);
      console.log(JSON.stringify(result));
      if (result.mismatches > 0 || result.duplicates > 0) process.exitCode = 1;
    }
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  } finally {
    clearTimeout(deadline);
    await demo?.close();
  }
}

async function verify({server, browser, url}, how) {
  const expected = await expectedRows(file, limit, (path) => server.ssrLoadModule(resolve(ROOT, path)));
  say(`${expected.rows.length} conversations, ${expected.messages} messages expected`);

  const page = await browser.newPage({viewport: {width: 800, height: 1600}, locale: 'en-US'});
  const errors = [];
  page.on('console', (message) => {
    if (message.type() === 'info') say(message.text());
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${url}verify.html`);
  await page.waitForFunction(() => window.verification !== undefined);
  await page.setInputFiles('#file', file);

  const read = await page.evaluate((n) => window.verification.read(n), limit ?? null);
  for (const {where, reason} of read.problems) say(`left out: ${where}: ${reason}`);
  if (read.problemCount > 0) say(`${read.problemCount} broken lines or messages left out`);
  const feeding = how === 'fed' ? await feed(page) : await keep(page, how);

  const length = await page.evaluate(() => window.verification.collect());
  const fetchAll = async (name) => {
    const rows = [];
    for (let from = 0; from < Math.max(length, expected.rows.length); from += CHUNK) {
      rows.push(...(await page.evaluate(([n, a, b]) => window.verification[n](a, b), [name, from, from + CHUNK])));
    }
    return rows;
  };
  const [drawn, held] = [await fetchAll('drawn'), await fetchAll('held')];
  const {mismatches, described} = compareRows(expected.rows, drawn, held);
  for (const difference of described) say(difference);
  for (const error of errors) say(`error on the page: ${error}`);
  if (read.messages !== expected.messages) throw new Error(`${read.messages} messages read, not ${expected.messages}`);

  const {duplicates, ...figures} = feeding;
  const result = {
    ...(how !== 'fed' && {source: how}),
    conversations: length,
    messages: read.messages,
    mismatches: mismatches + errors.length,
    duplicates: duplicates + countRepeated(drawn) + countRepeated(held),
    wallMs: Math.round(performance.now() - start),
    ...figures,
    heapMB: await heap(page),
  };
  await page.close();
  return result;
}

async function feed(page) {
  const {frames, pages, duplicates, longestTaskMs} = await page.evaluate(() => window.verification.feed());
  say(`fed in ${frames} frames, while ${pages} pages landed`);
  return {duplicates, longestTaskMs};
}

/** Has the archive kept, loads the page anew, and shows what was kept. */
async function keep(page, how) {
  const times = [performance.now()];
  await page.evaluate((keeper) => window.verification.keep(keeper), how);
  times.push(performance.now());
  await page.reload();
  await page.waitForFunction(() => window.verification !== undefined);
  times.push(performance.now());
  await page.evaluate((keeper) => window.verification.showKept(keeper), how);
  const [keepMs, , pagedMs] = times.map((time, i) => Math.round((times[i + 1] ?? performance.now()) - time));
  say(`kept in ${keepMs} ms, and paged to the end in ${pagedMs} ms after a reload`);
  return {duplicates: 0, keepMs, pagedMs};
}

/** Megabytes in use after a garbage collection. */
async function heap(page) {
  await page.evaluate(() => window.verification.forget());
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const {usedSize} = await session.send('Runtime.getHeapUsage');
  return Math.round(usedSize / 1e5) / 10;
}

function readArguments() {
  try {
    const {values, positionals} = parseArgs({options: {limit: {type: 'string'}, cache: {type: 'boolean', default: false}}, allowPositionals: true});
    const [path] = positionals;
    if (values.cache && path !== undefined && !existsSync(path)) return {file: null, cache: true};
    if (path !== undefined && !existsSync(path)) throw new Error(`There is no file ${path}.`);
    const number = values.limit === undefined ? undefined : Number(values.limit);
    const good = number === undefined || (Number.isInteger(number) && number > 0);
    if (!good) throw new Error('--limit takes a whole number from 1.');
    return {file: positionals.length === 1 ? path : undefined, limit: number, cache: values.cache};
  } catch (error) {
    console.error(error.message);
    return {};
  }
}
