import {relative} from 'node:path';

/**
 * A reporter for the browser tests: a line for each file, and the totals for the
 * process that started them.
 *
 * @returns {import('@web/test-runner').Reporter}
 */
export function totalsReporter() {
  /** @type {Map<string, ReturnType<typeof count>>} by file, of files that are through */
  const files = new Map();
  return {
    reportTestFileResults({logger, sessionsForTestFile, testFile}) {
      const totals = count(sessionsForTestFile);
      const {passed, failed, skipped} = totals;
      const skips = skipped > 0 ? `, ${skipped} skipped` : '';
      const file = relative(process.cwd(), testFile);
      logger.log(`${failed > 0 ? '✖' : '✔'} ${file}: ${passed} passed, ${failed} failed${skips}`);
      // A run that is ended before its end still has these.
      files.set(testFile, totals);
      process.send?.({...sum(files.values()), files: byPath(files)});
    },
    onTestRunFinished({sessions}) {
      process.send?.({...count(sessions), files: byPath(files)});
    },
  };
}

/** @param {Iterable<{passed: number, failed: number, skipped: number}>} counts */
export function sum(counts) {
  const all = [...counts];
  const total = (name) => all.reduce((sum, totals) => sum + totals[name], 0);
  return {passed: total('passed'), failed: total('failed'), skipped: total('skipped')};
}

function byPath(files) {
  return Object.fromEntries([...files].map(([file, totals]) => [relative(process.cwd(), file), totals]));
}

function count(sessions) {
  const totals = {passed: 0, failed: 0, skipped: 0};
  for (const session of sessions) {
    const before = totals.failed;
    if (session.testResults) addSuite(totals, session.testResults);
    // A page that broke outside its tests: a module that does not load, a failed hook, a lost browser.
    if (!session.passed && totals.failed === before) totals.failed += Math.max(1, session.errors.length);
  }
  return totals;
}

function addSuite(totals, suite) {
  for (const test of suite.tests) totals[test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed'] += 1;
  for (const child of suite.suites) addSuite(totals, child);
}
