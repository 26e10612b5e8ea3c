import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {
  runSourceConformance,
  type ConformanceFactory,
  type ConformanceOptions,
} from '../../src/testing/source-conformance.js';

/** Runs the kit. What it skips has to be what the source is known to lack, if that is said: by the reasons, in any order. */
export async function conforms(
  name: string,
  factory: ConformanceFactory,
  lacks?: readonly string[],
  options: Partial<ConformanceOptions> = {},
): Promise<void> {
  const skipped = new Set<string>();
  const skip = (title: string): void => void skipped.add(/\((?:without )?([^()]*(?:\(\)[^()]*)*)\)$/.exec(title)?.[1] ?? title);
  const run = Object.assign((title: string, body: () => Promise<void>) => it(title, body), {skip});
  await runSourceConformance(factory, {describe, it: run, name, ...options});
  if (lacks) it(`${name}: what cannot be checked`, () => assert.deepEqual([...skipped].sort(), [...lacks].sort()));
}
