import 'fake-indexeddb/auto';
import {describe, it} from 'node:test';
import {LocalSource} from '../../src/sources/local.js';
import {runSourceConformance} from '../../src/testing/source-conformance.js';
import {newAccount} from './support/cached.js';
import {localSubject} from './support/local-subject.js';

await runSourceConformance(() => localSubject(new LocalSource({name: 'test', account: newAccount()})), {
  describe,
  it,
  name: 'LocalSource',
});
