import {describe, it} from 'node:test';
import {CachedSource} from '../../src/sources/cached.js';
import {runSourceConformance} from '../../src/testing/source-conformance.js';
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
