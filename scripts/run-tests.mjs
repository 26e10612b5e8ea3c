/** What the runs of tests share: which files, one process for them, and what it has counted. */
import {spawn} from 'node:child_process';
import {existsSync, readdirSync} from 'node:fs';
import {join, relative, sep} from 'node:path';
import {fileURLToPath} from 'node:url';
import {killTree} from './process-tree.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const WTR = fileURLToPath(new URL('dist/bin.js', import.meta.resolve('@web/test-runner')));

export const BROWSER_FOLDERS = ['elements', 'virtual', 'package-browser'];

/**
 * @typedef {object} Result
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {boolean} ok the process ended well, and there was a test if there was a file
 */

/**
 * Runs what is in these folders of `test`, of it only files whose path contains one of the words, if there are any.
 *
 * @param {(files: string[]) => Promise<Partial<Result>>} run
 * @returns {Promise<Result>}
 */
export async function runFolders(name, folders, words, run) {
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

/**
 * Runs browser tests; what was counted counts even if they do not come to their end.
 *
 * @param {string[]} files
 * @param {{flags?: string[], env?: Record<string, string | undefined>, limit?: number}} options limit in ms
 */
export async function runBrowser(files, {flags = [], env = process.env, limit} = {}) {
  let totals = {};
  const args = [WTR, ...flags, '--files', ...files];
  const ok = await start(args, {stdio: ['ignore', 'inherit', 'inherit', 'ipc'], env, limit}, (child) => {
    child.on('message', (message) => (totals = message));
  });
  return {...totals, ok};
}

/** Resolves to whether the process ended well, within its time limit if it has one. */
export function start(args, {limit, ...options}, attach) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {cwd: ROOT, ...options});
    const end = (signal) => {
      killTree(child.pid);
      if (signal) process.exit(1);
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.once(signal, end);
    const late = limit && setTimeout(() => {
      console.log(`Ended: not through after ${limit / 1000} s.`);
      end();
    }, limit);
    attach(child);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(late);
      for (const signal of signals) process.off(signal, end);
      resolve(code === 0);
    });
  });
}

/** Prints the last line, and sets the exit code. */
export function conclude(results) {
  const sum = (name) => results.reduce((total, result) => total + result[name], 0);
  const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')];
  const nothing = passed + failed + skipped === 0;
  if (nothing) console.log('No test was run.');
  console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exitCode = nothing || failed > 0 || results.some(({ok}) => !ok) ? 1 : 0;
}
