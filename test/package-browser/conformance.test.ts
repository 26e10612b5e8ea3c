import {runSourceConformance} from '../../src/testing/source-conformance.js';
import {arraySubject, faultySubject, memorySubject} from '../testing/support/subjects.js';

// What these sources lack is known, and told of by the same tests in Node.
const run = Object.assign((name: string, body: () => Promise<void>) => it(name, body), {skip: () => undefined});
const options = {describe: (name: string, body: () => void) => describe(name, body), it: run};

await runSourceConformance(memorySubject, {...options, name: 'conformance of MemorySource'});
await runSourceConformance(arraySubject, {...options, name: 'conformance of ArraySource'});
await runSourceConformance(() => faultySubject({latency: [0, 4], duplicate: 0.3, partial: 0.4, reorder: 0.5}, 3), {
  ...options,
  name: 'conformance of a late source',
});
