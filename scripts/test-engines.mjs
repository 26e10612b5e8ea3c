/**
 * Runs the browser tests in the engines that `npm test` leaves out: Firefox and WebKit, on Linux.
 *
 *   npm run test:engines                     all tests in both
 *   npm run test:engines -- webkit keys      in WebKit, those whose path contains the word
 *   npm run test:engines -- --if-installed   leaves out an engine that is not installed, saying so (CI)
 *
 * On a busy machine the engines' drivers lose a key, a click or the focus now and then: of a few files that failed, each is
 * run once more by itself, which is said; what fails again is a failure.
 *
 * The last line is as that of `npm test`. Each engine has a time limit, after which its processes are ended.
 */
import {ENGINES, PACKAGES} from './engines/engines.mjs';
import {BROWSER_FOLDERS, conclude, runBrowser, runFolders} from './run-tests.mjs';
import {sum} from './wtr-totals.mjs';

/** ms; eight times of what the slower one takes on two shared cores. */
const LIMIT = 30 * 60_000;

/** More files than these do not fail by chance. */
const MOST = 3;

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
  const run = async (files) => {
    const first = await runBrowser(files, {flags, env, limit: LIMIT});
    const failing = Object.keys(first.files ?? {}).filter((file) => first.files[file].failed > 0);
    if (first.ok || failing.length === 0 || failing.length > MOST) return first;
    // Files that were not reached are no matter of chance either.
    if (Object.keys(first.files).length < files.length) return first;
    notes.push(`${label}: ${failing.join(', ')} failed, and was run once more.`);
    console.log(`\nOnce more: ${failing.join(', ')}`);
    const again = await runBrowser(failing, {flags, env, limit: LIMIT});
    return {...sum(Object.values({...first.files, ...again.files})), ok: again.ok};
  };
  const result = await runFolders(`${label}'s tests`, BROWSER_FOLDERS, words, run);
  const seconds = Math.round((performance.now() - begin) / 1000);
  notes.push(`${label}: ${result.passed} passed, ${result.failed} failed, ${result.skipped} skipped in ${seconds} s`);
  results.push(result);
}

console.log(`\n${notes.join('\n')}`);
conclude(results);
// To leave out what cannot be had is no failure.
if (results.length === 0) process.exitCode = 0;
