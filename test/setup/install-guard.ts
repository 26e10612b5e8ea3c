/** Hands the guard's hooks to the test framework, which reads its options from the test runner's. */
import {rootHooks} from './csp-guard.js';

declare global {
  interface Window {
    __WTR_CONFIG__?: {testFrameworkConfig?: object};
  }
}

const config = window.__WTR_CONFIG__;
if (!config) throw new Error('The guard must be installed after the test runner wrote its options.');
config.testFrameworkConfig = {...config.testFrameworkConfig, rootHooks};
