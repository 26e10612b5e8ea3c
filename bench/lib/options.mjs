import {parseArgs} from 'node:util';
import {EMPTY, SUBJECTS} from './build.mjs';
import {MEASURES} from './measures.mjs';

export const USAGE = `npm run bench -- [options]
  --quick                   fewer lists, measures and samples, under a minute
  --subjects ours,raw       only these lists
  --measures mount,change   only these measures
  --sizes 10000,100000      only these numbers of conversations
  --samples 5               samples of each figure
  --profile ours:change:100000
                            writes a CPU profile of one sample, and prints where the time went
lists: ${SUBJECTS.map(({name}) => name).join(', ')}
measures: ${MEASURES.map(({name}) => name).join(', ')}`;

const QUICK_SUBJECTS = ['ours', 'raw', 'react-virtuoso'];

/** @throws {Error} on what it does not know */
export function readOptions(args) {
  const {values} = parseArgs({
    args,
    options: {
      quick: {type: 'boolean', default: false},
      subjects: {type: 'string'},
      measures: {type: 'string'},
      sizes: {type: 'string'},
      samples: {type: 'string'},
      profile: {type: 'string'},
      help: {type: 'boolean', default: false},
    },
  });
  const {quick, help} = values;
  const measures = choose(MEASURES, values.measures?.split(','));
  const subjects = choose(SUBJECTS, values.subjects?.split(',') ?? (quick ? QUICK_SUBJECTS : undefined));
  const sizes = values.sizes?.split(',').map(Number);
  const samples = Number(values.samples ?? (quick ? 3 : 5));
  if (!(samples >= 1)) throw new Error('--samples must be a number from 1.');
  return {
    help,
    quick,
    samples,
    subjects,
    plan: measures
      .map((measure) => ({measure, sizes: quick ? measure.quick : measure.sizes}))
      .map(({measure, sizes: all}) => ({measure, sizes: all.filter((n) => sizes?.includes(n) ?? true)}))
      .filter(({sizes}) => sizes.length > 0),
    profile: values.profile === undefined ? undefined : readProfile(values.profile),
    /** Everything is measured, as the docs show it. */
    complete: !quick && values.subjects === undefined && values.measures === undefined && sizes === undefined,
  };
}

function readProfile(value) {
  const [subject, measure, n] = value.split(':');
  return {
    subject: choose([...SUBJECTS, EMPTY], [subject])[0],
    measure: choose(MEASURES, [measure])[0],
    n: Number(n) || 100_000,
  };
}

function choose(all, names) {
  if (names === undefined) return all;
  return names.map((name) => {
    const found = all.find((one) => one.name === name);
    if (found === undefined) throw new Error(`Nothing is called ${name}.\n\n${USAGE}`);
    return found;
  });
}
