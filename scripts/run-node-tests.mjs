import {start} from './run-tests.mjs';

/**
 * Runs files of tests with Node's runner, and counts what it says at its end.
 *
 * @param {string[]} files
 * @param {{env?: Record<string, string | undefined>, timeoutMs: number}} options how long one test may take
 * @returns {Promise<import('./run-tests.mjs').Result>}
 */
export async function startTests(files, {env = process.env, timeoutMs}) {
  const totals = new Map();
  // SDKs leave timers behind, which would keep the process alive.
  const args = ['--import', 'tsx', '--test', '--test-force-exit', `--test-timeout=${timeoutMs}`, '--test-reporter=spec', ...files];
  const ok = await start(args, {env, stdio: ['ignore', 'pipe', 'inherit']}, (child) => {
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
  return {ok, passed: total('pass'), failed, skipped: total('skipped') + total('todo')};
}
