import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {CONFORMANCE_RULES, type ConformanceSubject} from '../../src/testing/source-conformance.js';
import {override, subjectOf} from './support/break.js';
import {BROKEN_ACTIONS} from './support/broken-actions.js';
import {BROKEN_EVENTS} from './support/broken-events.js';
import {BROKEN_PAGES} from './support/broken-pages.js';
import {BROKEN_REQUESTS} from './support/broken-requests.js';
import {BROKEN_SEARCH} from './support/broken-search.js';
import {BROKEN_TOTALS} from './support/broken-totals.js';
import {failureOf, register} from './support/run-kit.js';
import {memorySubject} from './support/subjects.js';

const BROKEN = [
  ...[...BROKEN_PAGES, ...BROKEN_REQUESTS, ...BROKEN_EVENTS, ...BROKEN_TOTALS, ...BROKEN_ACTIONS],
  ...BROKEN_SEARCH,
];

describe(`${BROKEN.length} sources broken by hand`, () => {
  for (const broken of BROKEN) {
    it(`${broken.how}: "${broken.check}" fails`, async () => {
      const failure = await failureOf(await register(() => subjectOf(broken)), broken.check);
      assert.ok(failure, 'it passed');
      const {why} = CONFORMANCE_RULES.find(({name}) => name === broken.check) ?? assert.fail();
      const [seen, ...rest] = failure.message.split('\n');
      assert.ok(seen !== undefined && seen.length > 10, failure.message);
      assert.deepEqual(rest, [`Rule: ${broken.check}.`, `The reason: ${why}.`]);
    });
  }

  it('what rises while a listener walks through the pages may be missing from them', async () => {
    const slow = (): ConformanceSubject => {
      const {source, ...subject} = memorySubject({maxPageSize: 2, latencyMs: 1});
      const subscribe: typeof source.subscribe = (listener) => {
        listener({type: 'connection', state: 'online'});
        return source.subscribe(listener);
      };
      return {...subject, source: override(source, {subscribe})};
    };
    assert.equal(await failureOf(await register(slow), 'a listener may ask the source for a page'), undefined);
  });

  it('every check has one that it finds', () => {
    const found = new Set(BROKEN.map(({check}) => check));
    assert.deepEqual(CONFORMANCE_RULES.filter(({name}) => !found.has(name)).map(({name}) => name), []);
  });
});
