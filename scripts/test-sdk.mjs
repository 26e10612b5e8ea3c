/**
 * Checks the sources against the real SDKs, which are installed into `test/sdk` and nowhere else: their types, then
 * their objects as far as they work without a network. No install script of theirs runs.
 *
 *   npm run test:sdk                all
 *   npm run test:sdk -- tencent     only the tests whose file name contains one of the words
 *
 * The last line is `N passed, N failed`. `--installed` skips the installation. Where a package cannot be reached, the run
 * says that it was skipped; any other failure to install is one.
 */
import {spawnSync} from 'node:child_process';
import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {startTests} from './run-node-tests.mjs';
import {conclude} from './run-tests.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDER = join(ROOT, 'test', 'sdk');
const words = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));

if (!process.argv.includes('--installed')) install();
run(process.execPath, [fileURLToPath(import.meta.resolve('typescript/bin/tsc')), '-p', join(FOLDER, 'tsconfig.json')], ROOT);

const files = readdirSync(FOLDER)
  .filter((name) => /\.(?:test|contract)\.ts$/.test(name) && (words.length === 0 || words.some((word) => name.includes(word))))
  .map((name) => `test/sdk/${name}`);
conclude([await startTests(files, {timeoutMs: 240_000})]);

function install() {
  const options = {cwd: FOLDER, encoding: 'utf8', shell: process.platform === 'win32'};
  const {status, stdout, stderr} = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], options);
  console.log(`${stdout}${stderr}`.trim());
  if (status === 0) return;
  const [code] = /\b(?:E404|E5\d\d|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH)\b/.exec(stderr) ?? [];
  if (code) console.log(`\nSDKs: skipped, a package cannot be reached (${code})`);
  console.log(code ? '\n0 passed, 0 failed, 1 skipped' : '\n0 passed, 1 failed');
  process.exit(code ? 0 : 1);
}

function run(command, commandArgs, cwd) {
  const {status} = spawnSync(command, commandArgs, {cwd, stdio: 'inherit', shell: process.platform === 'win32'});
  if (status === 0) return;
  console.log('\n0 passed, 1 failed');
  process.exit(1);
}
