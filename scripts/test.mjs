/**
 * Runs the tests: first those that need only Node, then those that need a browser.
 *
 *   npm test                     all
 *   npm test -- store paging     those whose path contains one of the words
 *   npm test -- --coverage       the browser tests with coverage
 *
 * The last line is `N passed, N failed`, with `, N skipped` if there are any. The exit code is not 0 if a test
 * failed, if a runner was given files and found no test in them, or if there was no file for either.
 */
import {spawn} from 'node:child_process';
import {existsSync, readdirSync} from 'node:fs';
import {join, relative, sep} from 'node:path';
import {fileURLToPath} from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NODE_FOLDERS = ['model', 'store', 'sources', 'format', 'scripts', 'package', 'locales', 'testing'];
const BROWSER_FOLDERS = ['elements', 'virtual', 'package-browser'];
const WTR = fileURLToPath(new URL('dist/bin.js', import.meta.resolve('@web/test-runner')));

const words = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const flags = process.argv.slice(2).filter((argument) => argument.startsWith('-'));

const results = [
  await runner('Node tests', NODE_FOLDERS, runNode),
  await runner('Browser tests', BROWSER_FOLDERS, runBrowser),
];

const sum = (name) => results.reduce((total, result) => total + result[name], 0);
const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')];
const nothing = passed + failed + skipped === 0;
if (nothing) console.log('No test was run.');
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = nothing || failed > 0 || results.some(({ok}) => !ok) ? 1 : 0;

async function runner(name, folders, run) {
  const files = folders.flatMap((folder) => testFiles(join(ROOT, 'test', folder)));
  const chosen = files.filter((file) => words.length === 0 || words.some((word) => file.includes(word)));
  console.log(`\n${name}: ${chosen.length} of ${files.length} files`);
  const result = {passed: 0, failed: 0, skipped: 0, ok: true};
  if (chosen.length === 0) return result;
  Object.assign(result, await run(chosen));
  // A crash that no test owns still is a failure in the last line.
  if (!result.ok && result.failed === 0) result.failed = 1;
  if (result.passed + result.failed + result.skipped === 0) {
    console.log(`${name}: the files hold no test.`);
    result.ok = false;
  }
  return result;
}

/** Node's own `--test` takes no glob before version 21. */
function testFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, {recursive: true, encoding: 'utf8'})
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => relative(ROOT, join(folder, name)).split(sep).join('/'))
    .sort();
}

async function runNode(files) {
  const totals = new Map();
  const args = ['--import', 'tsx', '--test', '--test-reporter=spec', ...files];
  const ok = await start(args, {stdio: ['ignore', 'pipe', 'inherit']}, (child) => {
    let rest = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      process.stdout.write(chunk);
      const lines = (rest + chunk).split('\n');
      rest = lines.pop();
      for (const line of lines) {
        // eslint-disable-next-line no-control-regex -- the escape character starts a colour
        const [, name, count] = /^ℹ (\w+) (\d+)$/.exec(line.replace(/\u001b\[\d+m/g, '')) ?? [];
        if (name) totals.set(name, Number(count));
      }
    });
  });
  const total = (name) => totals.get(name) ?? 0;
  return {
    ok,
    passed: total('pass'),
    failed: total('fail') + total('cancelled'),
    skipped: total('skipped') + total('todo'),
  };
}

async function runBrowser(files) {
  let totals = {};
  const args = [WTR, ...flags, '--files', ...files];
  const ok = await start(args, {stdio: ['ignore', 'inherit', 'inherit', 'ipc']}, (child) => {
    child.on('message', (message) => (totals = message));
  });
  return {...totals, ok};
}

/** Resolves to whether the process ended well. */
function start(args, options, attach) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {cwd: ROOT, ...options});
    attach(child);
    child.on('error', reject);
    child.on('close', (code) => resolve(code === 0));
  });
}
