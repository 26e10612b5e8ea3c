import {describe, it} from 'node:test';
import {runSourceConformance} from '../../src/testing/source-conformance.js';
import {arraySubject, faultySubject, memorySubject} from './support/subjects.js';

for (const paging of ['cursor', 'offset', 'window', 'all'] as const) {
  await runSourceConformance(() => memorySubject({paging}), {describe, it, name: `MemorySource, paging ${paging}`});
}

await runSourceConformance(() => memorySubject({maxPageSize: 3, serverFilters: ['types', 'hidden'], latencyMs: 1}), {
  describe,
  it,
  name: 'MemorySource, small pages, few filters, a latency',
});

await runSourceConformance(arraySubject, {describe, it, name: 'ArraySource'});

await runSourceConformance(() => faultySubject({latency: [0, 4], duplicate: 0.3, partial: 0.4, reorder: 0.5}, 3), {
  describe,
  it,
  name: 'faultySource: late, twice, in pieces, overtaken',
});

await runSourceConformance(() => faultySubject({error: 0.15, partial: 0.2}, 5), {
  describe,
  it,
  name: 'faultySource: errors',
});
