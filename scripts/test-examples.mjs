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
import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {EXAMPLES} from './examples.mjs';
import {startTests} from './run-node-tests.mjs';
import {conclude} from './run-tests.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDER = join(ROOT, 'examples');
const words = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const chosen = EXAMPLES.filter((name) => words.length === 0 || words.some((word) => name.includes(word)));

if (!process.argv.includes('--built')) run('npm', ['run', 'build', '--silent']);
const packed = run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', FOLDER], {stdio: 'pipe'});
const [{filename}] = JSON.parse(packed.stdout);
const tarball = join(FOLDER, 'im-conversation-list.tgz');
renameSync(join(FOLDER, filename), tarball);

const {dependencies} = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const failed = [];
for (const name of chosen) {
  const start = performance.now();
  const problem = install(join(FOLDER, name));
  console.log(`${name}: ${problem ?? `installed in ${((performance.now() - start) / 1000).toFixed(1)} s`}`);
  if (problem) failed.push(name);
}

const env = {...process.env, EXAMPLES: chosen.filter((name) => !failed.includes(name)).join(' ')};
const files = ['apps', 'engines', 'bundlers'].map((name) => `test/examples/${name}.test.ts`);
const result = await startTests(files, {env, timeoutMs: 240_000});
conclude([result, {passed: 0, failed: failed.length, skipped: 0, ok: failed.length === 0}]);

/** Everything else as the lock file says; the package itself always as it was just packed. */
function install(app) {
  const {packages} = JSON.parse(readFileSync(join(app, 'package-lock.json'), 'utf8'));
  const locked = JSON.stringify(packages['node_modules/im-conversation-list']?.dependencies);
  if (locked !== JSON.stringify(dependencies)) return 'its package-lock.json has other dependencies than the package';
  const modules = join(app, 'node_modules');
  const stamp = join(modules, '.installed');
  const lock = createHash('sha256').update(readFileSync(join(app, 'package-lock.json'))).digest('hex');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
    const {status, stderr} = spawnSync('npm', args, {cwd: app, encoding: 'utf8', shell: process.platform === 'win32'});
    if (status !== 0) return stderr;
    writeFileSync(stamp, lock);
  }
  const own = join(modules, 'im-conversation-list');
  rmSync(own, {recursive: true, force: true});
  mkdirSync(own, {recursive: true});
  const {status, stderr} = spawnSync('tar', ['-xzf', tarball, '-C', own, '--strip-components', '1'], {encoding: 'utf8'});
  return status === 0 ? undefined : stderr;
}

function run(command, args, options) {
  const result = spawnSync(command, args, {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: 'inherit',
    shell: process.platform === 'win32',
    ...options,
  });
  if (result.status === 0) return result;
  console.log(`${result.stderr ?? ''}\n0 passed, 1 failed`);
  process.exit(1);
}
