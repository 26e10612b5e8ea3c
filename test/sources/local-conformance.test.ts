import 'fake-indexeddb/auto';
import {describe, it} from 'node:test';
import {LocalSource} from '../../src/sources/local.js';
import {runSourceConformance} from '../../src/testing/source-conformance.js';
import {CONTENT} from '../testing/support/subjects.js';
import {newAccount} from './support/cached.js';

await runSourceConformance(
  async () => {
    const source = new LocalSource({name: 'test', account: newAccount()});
    await source.upsert(CONTENT);
    return {
      source,
      conversations: CONTENT,
      change: async (id) => void (await source.receiveMessage({conversationId: id, text: 'News', sentAt: 100})),
      add: async () => {
        await source.receiveMessage({conversationId: 'new', text: 'Hello'});
        return 'new';
      },
      remove: async (id) => void (await source.delete([id])),
    };
  },
  {describe, it, name: 'LocalSource'},
);
