import assert from 'node:assert/strict';
import {test} from 'node:test';
import {KINDS, type Kind} from './support/cases.js';
import {readCorpus, replayCorpus} from './support/corpus.js';
import {fuzz} from './support/fuzz.js';

/**
 * The store against a server with its truth, under random interleavings of everything that can happen.
 *
 *   npm run fuzz -- --seeds 20000                    a longer run
 *   npm run fuzz -- --kind offset --seed 123         one seed again
 */
const OPS = Number(process.env['OPS'] ?? 1000);
const SEEDS = Number(process.env['SEEDS'] ?? 1000);

/** Hundredths of all seeds. */
const SHARES: Readonly<Record<Kind, number>> = {keyset: 40, offset: 25, window: 25, whole: 10};

test(`rules 1-16: the corpus of ${readCorpus().length} cases that once failed`, async () => {
  assert.deepEqual(await replayCorpus(), []);
});

for (const kind of KINDS) {
  const seeds = Math.ceil((SEEDS * SHARES[kind]) / 100);
  test(`rules 1-16: ${kind}, ${seeds} seeds of ${OPS} operations`, async () => {
    const {ran, failures} = await fuzz({kind, first: 1, seeds, ops: OPS});
    for (const {seed, message, smallest, why} of failures) {
      const again = `npm run fuzz -- --kind ${kind} --seed ${seed} --ops ${OPS} --save`;
      assert.fail(`${again}\n${message}\nSmallest: ${JSON.stringify(smallest)}\n${why}`);
    }
    assert.equal(ran, seeds);
  });
}
