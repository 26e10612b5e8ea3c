import assert from 'node:assert/strict';
import {readFileSync, writeFileSync} from 'node:fs';
import {test} from 'node:test';
import {caseOf, failureOf, kindOf, shrink} from './support/cases.js';
import type {Case} from './support/ops.js';

/**
 * The store against a server with its truth, under random interleavings of everything that can happen.
 *
 *   SEEDS=20000 OPS=1000 npm test -- store/model     a longer run
 *   SEED=123 npm test -- store/model                 one seed again
 *
 * A failing case is made as small as can be and added to corpus.json, which is run first; CORPUS=off leaves it alone.
 */
const CORPUS = new URL('./corpus.json', import.meta.url);
const OPS = Number(process.env['OPS'] ?? 200);
const SEEDS = Number(process.env['SEEDS'] ?? 1000);
const FIRST = Number(process.env['SEED'] ?? 1);
const LAST = process.env['SEED'] === undefined ? SEEDS : FIRST;

interface Entry extends Case {
  readonly name: string;
}

const corpus = JSON.parse(readFileSync(CORPUS, 'utf8')) as Entry[];

test(`rules 1-13: the corpus of ${corpus.length} cases that once failed`, async () => {
  for (const {name, ...one} of corpus) {
    const failure = await failureOf(one);
    if (failure !== undefined) assert.fail(`${name}: ${failure.message}`);
  }
});

test(`rules 1-13: ${LAST - FIRST + 1} seeds of ${OPS} operations`, async () => {
  for (let seed = FIRST; seed <= LAST; seed++) {
    const one = caseOf(seed, OPS);
    const failure = await failureOf(one);
    if (failure === undefined) continue;
    if (process.env['CORPUS'] === 'off') assert.fail(`SEED=${seed}: ${failure.message}`);
    const small = await shrink(one);
    const lines = [...corpus, {name: `seed ${seed}: ${kindOf(failure)}`, ...small}].map((entry) => JSON.stringify(entry));
    writeFileSync(CORPUS, `[\n${lines.join(',\n')}\n]\n`);
    const why = (await failureOf(small))?.message;
    assert.fail(`SEED=${seed} OPS=${OPS}: ${failure.message}\nSmallest: ${JSON.stringify(small)}\n${why}`);
  }
});
