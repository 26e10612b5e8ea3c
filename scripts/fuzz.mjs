/**
 * Runs the store against its model: first the cases that once failed, then random ones.
 *
 *   npm run fuzz -- --seeds 20000                 20,000 seeds, each over every kind of source in turn
 *   npm run fuzz -- --kind offset --seeds 500     keyset, offset, window, whole, or all (default)
 *   npm run fuzz -- --kind offset --seed 123      one seed again; with --seeds, that many from it on
 *   npm run fuzz -- --ops 300                     operations in each (default 1,000)
 *   npm run fuzz -- --save                        adds a case that fails to test/store/corpus.json
 *
 * A case that fails is printed with its seed and as small as can be, and the exit code is 1.
 */
import {parseArgs} from 'node:util';
import {register} from 'tsx/esm/api';

register();
const {KINDS} = await import('../test/store/support/cases.ts');
const {addToCorpus, readCorpus, replayCorpus} = await import('../test/store/support/corpus.ts');
const {fuzz} = await import('../test/store/support/fuzz.ts');

const {values} = parseArgs({
  options: {
    seeds: {type: 'string'},
    ops: {type: 'string', default: '1000'},
    seed: {type: 'string'},
    kind: {type: 'string', default: 'all'},
    save: {type: 'boolean', default: false},
  },
});
const first = positive('seed', values.seed ?? '1');
const seeds = positive('seeds', values.seeds ?? (values.seed === undefined ? '1000' : '1'));
const ops = positive('ops', values.ops);
const kinds = values.kind === 'all' ? KINDS : KINDS.filter((kind) => kind === values.kind);
if (kinds.length === 0) throw new Error(`--kind is one of ${KINDS.join(', ')}, all.`);

const old = await replayCorpus();
console.log(`Corpus: ${readCorpus().length - old.length} of ${readCorpus().length} cases pass.`);
for (const failure of old) console.log(failure);

let failed = old.length > 0;
const begun = performance.now();
for (const kind of failed ? [] : kinds) {
  let told = performance.now();
  const {ran, failures} = await fuzz({kind, first, seeds, ops}, (done) => {
    if (performance.now() - told < 5000) return;
    told = performance.now();
    console.log(`${kind}: ${done} of ${seeds} seeds`);
  });
  for (const failure of failures) {
    console.log(`\n${kind}, seed ${failure.seed}: ${failure.message}`);
    console.log(`Smallest: ${JSON.stringify(failure.smallest)}\n${failure.why}`);
    console.log(`Again: npm run fuzz -- --kind ${kind} --seed ${failure.seed} --ops ${ops}`);
    if (values.save) addToCorpus(failure);
  }
  failed = failures.length > 0;
  if (failed) break;
  console.log(`${kind}: ${ran} seeds of ${ops} operations, no divergence`);
}
console.log(`${((performance.now() - begun) / 1000).toFixed(1)} s`);
process.exitCode = failed ? 1 : 0;

function positive(name, text) {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new Error(`--${name} is a positive integer.`);
}
