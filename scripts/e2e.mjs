/**
 * Runs the tests against real servers, which they start on this machine and end: the reference server of the HTTP
 * protocol, which is installed into `demo/server`, and Prosody, from the system's packages, with and without an inbox.
 *
 *   npm run e2e                     all, and what was measured
 *   npm run e2e -- http             only the test files whose name contains one of the words
 *   npm run e2e -- --if-possible    says so and skips those of Prosody where it is missing and cannot be installed
 *
 * The last line is `N passed, N failed`.
 */
import {spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {stripVTControlCharacters} from 'node:util';
import {installProsody} from './e2e/install.mjs';
import {conclude, start} from './run-tests.mjs';

/** ms for each of the two: several times of what they take. */
const LIMIT = 30 * 60_000;

const SERVER = fileURLToPath(new URL('../demo/server', import.meta.url));

const words = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const all = readdirSync(fileURLToPath(new URL('../test/e2e', import.meta.url))).filter((name) => name.endsWith('.test.ts'));
const files = all.filter((name) => words.length === 0 || words.some((word) => name.includes(word)));
const [http, xmpp] = [true, false].map((wanted) => files.filter((name) => name.startsWith('http-') === wanted));
const results = [];
if (http.length > 0) results.push(await runHttp());
if (xmpp.length > 0) results.push(await runXmpp());
conclude(results);

async function runHttp() {
  if (!existsSync(join(SERVER, 'node_modules'))) {
    const {status} = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {cwd: SERVER, stdio: 'inherit'});
    if (status !== 0) return {ok: false, passed: 0, failed: 1, skipped: 0};
  }
  return runTests(http, process.env);
}

async function runXmpp() {
  const missing = installProsody();
  if (missing !== undefined) {
    console.log(`\nNo Prosody: ${missing}.`);
    const skips = process.argv.includes('--if-possible');
    return {ok: skips, passed: 0, failed: skips ? 0 : 1, skipped: skips ? 1 : 0};
  }
  const folder = mkdtempSync(join(tmpdir(), 'im-conversation-list-figures-'));
  const figures = join(folder, 'figures.jsonl');
  try {
    const result = await runTests(xmpp, {...process.env, E2E_FIGURES: figures});
    printFigures(figures);
    return result;
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

async function runTests(files, env) {
  const totals = new Map();
  // Node 20 has WebSockets behind a flag.
  const flags = globalThis.WebSocket === undefined ? ['--experimental-websocket'] : [];
  // One file after the other: each has a server and browsers of its own.
  const args = [...flags, '--no-warnings', '--import', 'tsx', '--test', '--test-concurrency=1'];
  args.push('--test-reporter=spec', ...files.map((name) => `test/e2e/${name}`));
  const ok = await start(args, {stdio: ['ignore', 'pipe', 'inherit'], env, limit: LIMIT}, (child) => {
    let rest = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      process.stdout.write(chunk);
      const lines = (rest + chunk).split('\n');
      rest = lines.pop();
      for (const line of lines) {
        const [, name, count] = /^ℹ (\w+) (\d+)$/.exec(stripVTControlCharacters(line)) ?? [];
        if (name) totals.set(name, Number(count));
      }
    });
  });
  const total = (name) => totals.get(name) ?? 0;
  // A crash that no test owns still is a failure in the last line.
  const failed = total('fail') + total('cancelled') || Number(!ok);
  return {ok, passed: total('pass'), failed, skipped: total('skipped') + total('todo')};
}

/** As the table in docs/performance.md. */
function printFigures(file) {
  if (!existsSync(file)) return;
  const notes = readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  const value = (name, inbox) => notes.findLast((note) => note.name === name && note.inbox === inbox)?.value ?? '–';
  console.log('\n| 1,000 conversations, 20,000 messages | with an inbox | as it comes |\n| --- | --: | --: |');
  for (const name of new Set(notes.map((note) => note.name))) {
    console.log(`| ${name} | ${value(name, true)} | ${value(name, false)} |`);
  }
}
