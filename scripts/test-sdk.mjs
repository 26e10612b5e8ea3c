/**
 * Checks the sources against the real SDKs, which are installed into `test/sdk` and nowhere else: their types, then
 * their objects as far as they work without a network. No install script of theirs runs.
 *
 *   npm run test:sdk                all
 *   npm run test:sdk -- tencent     only the tests whose file name contains one of the words
 *
 * The last line is `N passed, N failed`. `--installed` skips the installation.
 */
import {spawnSync} from 'node:child_process';
import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {conclude, start} from './run-tests.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDER = join(ROOT, 'test', 'sdk');
const words = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));

if (!process.argv.includes('--installed')) run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], FOLDER);
run(process.execPath, [fileURLToPath(import.meta.resolve('typescript/bin/tsc')), '-p', join(FOLDER, 'tsconfig.json')], ROOT);

const files = readdirSync(FOLDER)
  .filter((name) => /\.(?:test|contract)\.ts$/.test(name) && (words.length === 0 || words.some((word) => name.includes(word))))
  .map((name) => `test/sdk/${name}`);
const totals = new Map();
// The SDKs leave timers behind, which would keep the process alive.
const args = ['--import', 'tsx', '--test', '--test-force-exit', '--test-timeout=60000', '--test-reporter=spec', ...files];
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
// A crash that no test owns still is a failure in the last line.
const failed = total('fail') + total('cancelled') || Number(!ok);
conclude([{ok, passed: total('pass'), failed, skipped: total('skipped') + total('todo')}]);

function run(command, commandArgs, cwd) {
  const {status} = spawnSync(command, commandArgs, {cwd, stdio: 'inherit', shell: process.platform === 'win32'});
  if (status === 0) return;
  console.log('\n0 passed, 1 failed');
  process.exit(1);
}
