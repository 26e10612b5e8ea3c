import {playwrightLauncher} from '@web/test-runner-playwright';
import {CHROMIUM_ARGS, findChromium} from './scripts/find-chromium.mjs';
import {commonConfig} from './scripts/wtr-common.mjs';

const {executablePath, env, source} = await findChromium();
if (process.env['CI'] || process.env['NPM_CHROMIUM']) console.log(`Chromium (${source}): ${executablePath}`);

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  ...(await commonConfig()),
  concurrency: 2,
  browsers: [playwrightLauncher({product: 'chromium', launchOptions: {executablePath, env, args: CHROMIUM_ARGS}})],
  coverageConfig: {
    include: ['src/**/*.ts'],
    reporters: ['text-summary', 'lcovonly'],
    reportDir: 'coverage',
  },
};
