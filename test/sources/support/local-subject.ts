import type {LocalSource} from '../../../src/sources/local.js';
import type {ConformanceSubject} from '../../../src/testing/source-conformance.js';
import {CONTENT} from '../../testing/support/subjects.js';

/** A source for the conformance kit, filled. */
export async function localSubject(source: LocalSource): Promise<ConformanceSubject> {
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
}
