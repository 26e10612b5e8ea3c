/** Every test that an engine leaves out, by name, and why. One that fits no test any more fails its file. */
import {ENGINE, type Engine} from './engine.js';

interface Skip {
  readonly engines: readonly Engine[];
  /** Path of the test file. */
  readonly file: string;
  /** Full title of a test, or of a group with all that is in it. */
  readonly title: string;
  readonly reason: string;
}

const SKIPS: readonly Skip[] = [
  {
    engines: ['firefox', 'webkit'],
    file: 'test/elements/accessible.test.ts',
    title: 'accessibility light, ltr, forced colours',
    reason: 'Neither driver can turn on forced colours for a page.',
  },
  {
    engines: ['firefox', 'webkit'],
    file: 'test/package-browser/two-versions.test.ts',
    title: 'two versions on one page works in a registry of its own',
    reason: 'Neither has scoped registries.',
  },
];

/** Marks what this engine leaves out, before any test runs. */
export function skipByName(root: Mocha.Suite, testFile: string): void {
  for (const {engines, file, title} of SKIPS) {
    if (!engines.includes(ENGINE) || !testFile.includes(file)) continue;
    const tests = testsOf(root).filter((test) => `${test.fullTitle()} `.startsWith(`${title} `));
    if (tests.length === 0) throw new Error(`${file} has no test "${title}" to skip.`);
    for (const test of tests) test.pending = true;
  }
}

function testsOf(suite: Mocha.Suite): Mocha.Test[] {
  return [...suite.tests, ...suite.suites.flatMap(testsOf)];
}
