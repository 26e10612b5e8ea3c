import {readFileSync, writeFileSync} from 'node:fs';
import {failureOf, kindOf, type Failure} from './cases.js';
import type {Case} from './ops.js';

const FILE = new URL('../corpus.json', import.meta.url);

interface Entry extends Case {
  readonly name: string;
}

/** The cases that once failed. */
export function readCorpus(): readonly Entry[] {
  return JSON.parse(readFileSync(FILE, 'utf8')) as Entry[];
}

/** What each of them that fails says. */
export async function replayCorpus(): Promise<readonly string[]> {
  const failures = [];
  for (const {name, ...one} of readCorpus()) {
    const failure = await failureOf(one);
    if (failure !== undefined) failures.push(`${name}: ${failure.message}`);
  }
  return failures;
}

/** Adds a case that failed, as one line. */
export function addToCorpus({kind, seed, why, smallest}: Failure): void {
  const entry = {name: `${kind}, seed ${seed}: ${kindOf(new Error(why))}`, ...smallest};
  const lines = [...readCorpus(), entry].map((one) => JSON.stringify(one));
  writeFileSync(FILE, `[\n${lines.join(',\n')}\n]\n`);
}
