import {describe, it} from 'node:test';
import {SourceError} from '../../src/model/index.js';
import {CachedSource} from '../../src/sources/cached.js';
import {runSourceConformance} from '../../src/testing/source-conformance.js';
import {override} from '../testing/support/break.js';
import {memorySubject} from '../testing/support/subjects.js';
import {fill, newAccount} from './support/cached.js';

for (const paging of ['cursor', 'offset', 'window', 'all'] as const) {
  await runSourceConformance(
    () => {
      const subject = memorySubject({paging});
      return {...subject, source: new CachedSource(subject.source, {name: 'test', account: newAccount()})};
    },
    {describe, it, name: `CachedSource with an empty cache, paging ${paging}`},
  );

  await runSourceConformance(
    async () => {
      const {fail: _, ...subject} = memorySubject({paging});
      const account = newAccount();
      await fill(subject.source, account);
      return {...subject, source: new CachedSource(subject.source, {name: 'test', account})};
    },
    {describe, it, name: `CachedSource with a filled cache, paging ${paging}`},
  );
}

// What is kept is searched where the source behind does not.
const SEARCHES = {
  'cannot search': undefined,
  'is not reached by a search': async () => Promise.reject(new SourceError('network', 'No connection')),
};
for (const [what, search] of Object.entries(SEARCHES)) {
  await runSourceConformance(
    async () => {
      const {fail: _, ...subject} = memorySubject();
      const account = newAccount();
      await fill(subject.source, account);
      const remote = override(subject.source, {search});
      return {...subject, source: new CachedSource(remote, {name: 'test', account})};
    },
    {describe, it, name: `CachedSource over a source that ${what}`},
  );
}
