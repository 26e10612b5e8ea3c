import assert from 'node:assert/strict';
import {test} from 'node:test';
import {fuzz} from './support/fuzz.js';

const LEAST = 50;

test('rule 4: without the sweep, a source of positions loses rows in at least 50 of 500 seeds, so the model bites', async (t) => {
  const {ran, failures} = await fuzz({kind: 'offset', first: 1, seeds: 500, ops: 300, sweepless: true});
  assert.equal(ran, 500);
  const lost = failures.filter(({message}) => message.startsWith('the list is not what the server holds'));
  t.diagnostic(`${lost.length} of ${ran} seeds`);
  assert.ok(lost.length >= LEAST, `only ${lost.length} seeds`);
});
