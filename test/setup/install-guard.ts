/** Hands the hooks of this folder to the test framework, which reads its options from the test runner's. */
import {rootHooks} from './csp-guard.js';
import {skipByName} from './engine-skips.js';

declare global {
  interface Window {
    __WTR_CONFIG__?: {testFile?: string; testFrameworkConfig?: object};
  }
}

const config = window.__WTR_CONFIG__;
if (!config) throw new Error('The guard must be installed after the test runner wrote its options.');

const {testFile = ''} = config;

function skip(this: Mocha.Context): void {
  const root = this.test?.parent;
  if (root) skipByName(root, testFile);
}

const hooks = {...rootHooks, beforeAll: [skip, rootHooks.beforeAll]};
config.testFrameworkConfig = {...config.testFrameworkConfig, rootHooks: hooks};
