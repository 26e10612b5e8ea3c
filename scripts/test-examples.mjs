/**
 * Installs the packed package into the apps of `examples`, type-checks and builds each, and drives it in a browser; the
 * plain one in Firefox and WebKit too, where they are installed.
 *
 *   npm run test:examples              all
 *   npm run test:examples -- react     only those whose folder contains one of the words
 *
 * `--built` packs what stands in `dist`. An app whose lock file has not changed is not installed again. The last line is
 * `N passed, N failed`.
 */
import {spawnSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {EXAMPLES} from './examples.mjs';
import {installExample, packPackage} from './install-examples.mjs';
import {startTests} from './run-node-tests.mjs';
import {conclude} from './run-tests.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const words = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const chosen = EXAMPLES.filter((name) => words.length === 0 || words.some((word) => name.includes(word)));

if (!process.argv.includes('--built')) build();
const tarball = packPackage();

const failed = [];
for (const name of chosen) {
  const start = performance.now();
  const problem = installExample(name, tarball);
  console.log(`${name}: ${problem ?? `installed in ${((performance.now() - start) / 1000).toFixed(1)} s`}`);
  if (problem) failed.push(name);
}

const env = {...process.env, EXAMPLES: chosen.filter((name) => !failed.includes(name)).join(' ')};
const files = ['apps', 'engines', 'bundlers'].map((name) => `test/examples/${name}.test.ts`);
const result = await startTests(files, {env, timeoutMs: 600_000});
conclude([result, {passed: 0, failed: failed.length, skipped: 0, ok: failed.length === 0}]);

function build() {
  const {status} = spawnSync('npm', ['run', 'build', '--silent'], {cwd: ROOT, stdio: 'inherit', shell: process.platform === 'win32'});
  if (status === 0) return;
  console.log('\n0 passed, 1 failed');
  process.exit(1);
}
