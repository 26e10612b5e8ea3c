import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {runSourceConformance, type ConformanceFactory} from '../../src/testing/source-conformance.js';
import {override} from './support/break.js';
import {arraySubject, faultySubject, memorySubject} from './support/subjects.js';

const ALL_APPLIED = 'a field that serverFilters does not name';
const FIELDS = ['mark', 'group', 'hasUnread', 'hasMention', 'pinned', 'ids'];
const ACTIONS = ['pin', 'notify', 'markRead', 'markAllRead', 'markUnread', 'hide', 'delete', 'clearHistory'];
const NO_ACTIONS = [...ACTIONS, 'draft', 'mark', 'customData', 'groups'].map((op) => `the action \`${op}\``);
const SINGLE = 'pin, notify, markUnread, hide, clearHistory, draft';
const SEVERAL = 'markRead, mark, customData, delete';
const CONTROLS = ['fail', 'disconnect', 'disconnect`, `reconnect', 'disconnect`, `reconnect`, `change'];

/** Runs the kit. What it skips has to be what the source is known to lack, by the kit's reasons. */
async function conforms(name: string, factory: ConformanceFactory, lacks: readonly string[]): Promise<void> {
  const skipped = new Set<string>();
  const skip = (title: string): void => void skipped.add(/\(without (.*)\)$/.exec(title)?.[1] ?? title);
  const run = Object.assign((title: string, body: () => Promise<void>) => it(title, body), {skip});
  await runSourceConformance(factory, {describe, it: run, name});
  it(`${name}: what cannot be checked`, () => assert.deepEqual([...skipped].sort(), [...lacks].sort()));
}

const OF_KIND = {
  cursor: ['paging `all`'],
  offset: ['paging `all`', 'paging `cursor`'],
  window: ['paging `all`', 'paging `cursor`', 'paging `cursor`, `offset`', 'paging `cursor`, `offset`, `all`'],
  all: ['`maxPageSize`', 'paging `cursor`', 'paging `cursor`, `offset`', 'paging `cursor`, `offset`, `window`'],
} as const;

for (const paging of ['cursor', 'offset', 'window', 'all'] as const) {
  const lacks = [...OF_KIND[paging], ALL_APPLIED, '`getByIds()`', '`dispose()`'];
  await conforms(`MemorySource, paging ${paging}`, () => memorySubject({paging}), lacks);
}

await conforms(
  'MemorySource, small pages, few filters, a latency, conversations by id',
  () => {
    const subject = memorySubject({maxPageSize: 3, serverFilters: ['types', 'hidden'], latencyMs: 1});
    const {source} = subject;
    const getByIds = async (ids: readonly string[]): Promise<unknown> => ids.flatMap((id) => source.get(id) ?? []);
    return {...subject, source: override(source, {getByIds})};
  },
  [
    ...OF_KIND.cursor,
    '`dispose()`',
    ...FIELDS.map((field) => `\`${field}\` in serverFilters`),
  ],
);

await conforms('ArraySource', arraySubject, [
  ...OF_KIND.all,
  '`getByIds()`',
  '`dispose()`',
  'two fields in serverFilters',
  ...['types', 'hidden', ...FIELDS].map((field) => `\`${field}\` in serverFilters`),
  ...CONTROLS.map((name) => `the control \`${name}\``),
  'the control `sync`, `syncEvents`',
  'the control `logout`',
  'the control `held`',
  '`search()`',
  '`search()`, the control `logout`',
  '`search()`, `dispose()`',
  ...NO_ACTIONS,
  `one of the actions ${SINGLE}`,
  `one of the actions ${SEVERAL}`,
  `one of the actions ${SINGLE}, ${SEVERAL}`,
]);

for (const paging of ['cursor', 'offset', 'window', 'all'] as const) {
  await conforms(
    `faultySource, paging ${paging}: late, twice, in pieces, overtaken`,
    () => {
      const faults = {latency: [0, 4], duplicate: 0.3, partial: 0.4, reorder: 0.5} as const;
      return faultySubject(faults, 3, memorySubject({paging}));
    },
    [...OF_KIND[paging], ALL_APPLIED, '`getByIds()`'],
  );
}

await conforms('faultySource: errors', () => faultySubject({error: 0.15, partial: 0.2}, 5), [
  ...OF_KIND.cursor,
  ALL_APPLIED,
  '`getByIds()`',
]);
