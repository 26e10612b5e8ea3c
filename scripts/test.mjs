/**
 * Runs the tests: first those that need only Node, then those that need a browser.
 *
 *   npm test                     all
 *   npm test -- store paging     those whose path contains one of the words
 *   npm test -- --coverage       with coverage of all of src by both; below 95 % of the lines is a failure
 *
 * The last line is `N passed, N failed`, with `, N skipped` if there are any. The exit code is not 0 if a test
 * failed, if a runner was given files and found no test in them, or if there was no file for either.
 */
import {NODE_V8_COVERAGE, prepareCoverage, reportCoverage} from './coverage.mjs';
import {BROWSER_FOLDERS, conclude, runBrowser, runFolders, start} from './run-tests.mjs';

/** ms for all Node tests; several times of what they take: a process that does not end is ended. */
const LIMIT = 30 * 60_000;

const NODE_FOLDERS = ['model', 'store', 'sources', 'format', 'scripts', 'package', 'locales', 'testing'];

const words = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const flags = process.argv.slice(2).filter((argument) => argument.startsWith('-'));

const covers = flags.includes('--coverage');
if (covers) prepareCoverage();

conclude([
  await runFolders('Node tests', NODE_FOLDERS, words, runNode),
  await runFolders('Browser tests', BROWSER_FOLDERS, words, (files) => runBrowser(files, {flags})),
  ...(covers ? [await reportCoverage()] : []),
]);

async function runNode(files) {
  const totals = new Map();
  const args = ['--import', 'tsx', '--test', '--test-reporter=spec', ...files];
  const env = covers ? {...process.env, NODE_V8_COVERAGE} : process.env;
  const ok = await start(args, {stdio: ['ignore', 'pipe', 'inherit'], env, limit: LIMIT}, (child) => {
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
  return {
    ok,
    passed: total('pass'),
    failed: total('fail') + total('cancelled'),
    skipped: total('skipped') + total('todo'),
  };
}
