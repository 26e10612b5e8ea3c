/**
 * Tests against real servers, each of which starts and ends its own.
 *
 *   npm run e2e            all
 *   npm run e2e -- http    only the files whose path contains one of the words
 *
 * The reference server is installed into `demo/server` first. The last line is `N passed, N failed`, with `, N skipped`.
 */
import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {conclude, runFolders, start} from './run-tests.mjs';

const server = fileURLToPath(new URL('../demo/server', import.meta.url));
const words = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));

if (!existsSync(`${server}/node_modules`)) {
  const {status} = spawnSync('npm', ['ci', '--ignore-scripts'], {cwd: server, stdio: 'inherit'});
  if (status !== 0) process.exit(1);
}

conclude([await runFolders('End-to-end tests', ['e2e'], words, run)]);

async function run(files) {
  const totals = {};
  const args = ['--import', 'tsx', '--test', '--test-reporter=spec', '--test-concurrency=1', ...files];
  const ok = await start(args, {stdio: ['ignore', 'pipe', 'inherit'], limit: 900_000}, (child) => {
    let rest = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      process.stdout.write(chunk);
      const lines = (rest + chunk).split('\n');
      rest = lines.pop();
      for (const line of lines) {
        // eslint-disable-next-line no-control-regex -- the escape character starts a colour
        const [, name, count] = /^ℹ (\w+) (\d+)$/.exec(line.replace(/\u001b\[\d+m/g, '')) ?? [];
        if (name) totals[name] = Number(count);
      }
    });
  });
  const {pass = 0, fail = 0, cancelled = 0, skipped = 0} = totals;
  return {ok, passed: pass, failed: fail + cancelled, skipped};
}
