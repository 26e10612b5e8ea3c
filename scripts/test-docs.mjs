/**
 * Builds the documentation site and looks at every page of it in a browser: errors, what it loads, links, axe in light, dark
 * and on a phone, search, and the live examples.
 *
 *   npm run test:docs              all
 *   npm run test:docs -- live      only the test files whose name contains one of the words
 *
 * `--built` takes the site as it stands in `docs/.vitepress/dist`. The last line is `N passed, N failed`.
 */
import {spawnSync} from 'node:child_process';
import {existsSync, readdirSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {startTests} from './run-node-tests.mjs';
import {conclude} from './run-tests.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TSC = fileURLToPath(import.meta.resolve('typescript/bin/tsc'));
const BLOCKS = new URL('docs-blocks.mjs', import.meta.url);
const words = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));

const results = [];
if (!process.argv.includes('--built')) results.push(step('the site builds', 'scripts/docs.mjs', '--build'));
results.push(step('the types of the site fit', TSC, '-p', 'docs/tsconfig.json'));

const names = readdirSync(new URL('../test/docs', import.meta.url)).filter((name) => name.endsWith('.test.ts'));
const files = names.filter((name) => words.length === 0 || words.some((word) => name.includes(word)));
if (results.every(({ok}) => ok) && files.length > 0) {
  results.push(await startTests(files.sort().map((name) => `test/docs/${name}`), {timeoutMs: 240_000}));
}
// The code blocks of the pages, compiled and run.
if (existsSync(BLOCKS) && (words.length === 0 || words.includes('blocks'))) {
  const {testBlocks} = await import(BLOCKS.href);
  const {passed, failed} = await testBlocks();
  results.push({passed, failed, skipped: 0, ok: failed === 0});
}
conclude(results);

/** @returns {import('./run-tests.mjs').Result} */
function step(what, ...args) {
  const {status} = spawnSync(process.execPath, args, {cwd: ROOT, stdio: 'inherit'});
  console.log(`${status === 0 ? '✔' : '✖'} ${what}`);
  return {passed: Number(status === 0), failed: Number(status !== 0), skipped: 0, ok: status === 0};
}
