/** The browser tests in the engine that `ENGINE` names; `npm run test:engines` runs them in each. */
import {ENGINES} from './scripts/engines/engines.mjs';
import {commonConfig} from './scripts/wtr-common.mjs';

const engine = ENGINES.find(({name}) => name === process.env['ENGINE']);
if (!engine) throw new Error(`ENGINE must be one of: ${ENGINES.map(({name}) => name).join(', ')}`);

const config = await commonConfig();

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  ...config,
  // With more than one page at a time, keys and mouse go to one that does not listen.
  concurrency: 1,
  browsers: [await engine.launcher()],
  plugins: [...config.plugins, ...engine.plugins],
};
