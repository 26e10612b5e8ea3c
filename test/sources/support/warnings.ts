import {afterEach, beforeEach} from 'node:test';

/** Takes what is warned of on the console, from nothing in each test of the file. */
export function takeWarnings(): unknown[][] {
  const warnings: unknown[][] = [];
  const {warn} = console;
  beforeEach(() => {
    warnings.length = 0;
    console.warn = (...values: unknown[]) => void warnings.push(values);
  });
  afterEach(() => {
    console.warn = warn;
  });
  return warnings;
}
