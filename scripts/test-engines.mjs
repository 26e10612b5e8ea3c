/**
 * Runs the browser tests in the engines that `npm test` leaves out: Firefox and WebKit, on Linux.
 *
 *   npm run test:engines                     all tests in both
 *   npm run test:engines -- webkit keys      in WebKit, those whose path contains the word
 *   npm run test:engines -- --if-installed   leaves out an engine that is not installed, saying so (CI)
 *
 * The last line is as that of `npm test`. Each engine has a time limit, after which its processes are ended.
 */
import {ENGINES, PACKAGES} from './engines/engines.mjs';
import {BROWSER_FOLDERS, conclude, runBrowser, runFolders} from './run-tests.mjs';

/** ms; four times of what the slower one takes on two shared cores. */
const LIMIT = 15 * 60_000;

const args = process.argv.slice(2);
const named = ENGINES.filter(({name}) => args.includes(name));
const words = args.filter((arg) => !arg.startsWith('-') && !ENGINES.some(({name}) => name === arg));
const results = [];
const notes = [];

for (const {name, label, missing} of named.length > 0 ? named : ENGINES) {
  const lack = missing();
  if (lack) {
    notes.push(`${label} was left out: there is no ${lack}. On Debian: apt-get install ${PACKAGES.join(' ')}`);
    if (!args.includes('--if-installed')) results.push({passed: 0, failed: 1, skipped: 0, ok: false});
    continue;
  }
  const begin = performance.now();
  const flags = ['--config', 'web-test-runner.engines.config.mjs'];
  const env = {...process.env, ENGINE: name};
  const run = (files) => runBrowser(files, {flags, env, limit: LIMIT});
  const result = await runFolders(`${label}'s tests`, BROWSER_FOLDERS, words, run);
  const seconds = Math.round((performance.now() - begin) / 1000);
  notes.push(`${label}: ${result.passed} passed, ${result.failed} failed, ${result.skipped} skipped in ${seconds} s`);
  results.push(result);
}

console.log(`\n${notes.join('\n')}`);
conclude(results);
// To leave out what cannot be had is no failure.
if (results.length === 0) process.exitCode = 0;
