import type {PageRequest} from '../../src/model/index.js';
import {MemorySource} from '../../src/sources/memory.js';
import {generateConversations} from '../../src/testing/generate-conversations.js';

/** What the page says: how many conversations there are, then which page it wants. */
export type Request = {readonly count: number} | {readonly n: number; readonly request: PageRequest};

let source: MemorySource | undefined;

// In a worker, as a real server is not in the page: neither its work nor its memory counts as the list's.
self.addEventListener('message', async ({data: asked}: MessageEvent<Request>) => {
  if ('count' in asked) source = new MemorySource({conversations: generateConversations(asked.count, {now: 1_700_000_000_000}), maxPageSize: 500});
  else (self as unknown as Worker).postMessage({n: asked.n, page: await source?.getPage(asked.request)});
});
