import 'fake-indexeddb/auto';
import type {ConversationSource, SourceEvent} from '../../../src/model/index.js';
import {CachedSource} from '../../../src/sources/cached.js';
import {MemorySource} from '../../../src/sources/memory.js';

let accounts = 0;

/** An account that no test has used. */
export function newAccount(): string {
  return `account ${++accounts}`;
}

/** Waits until a source has told something. */
export function told(source: ConversationSource, is: (event: SourceEvent) => boolean): Promise<SourceEvent> {
  return new Promise((resolve) => {
    const stop = source.subscribe((event) => {
      if (!is(event)) return;
      queueMicrotask(() => stop());
      resolve(event);
    });
  });
}

export const synced = (event: SourceEvent): boolean => event.type === 'sync' && event.phase === 'finish';

/** Has the account's cache filled from a source, by a life of its own that is over. */
export async function fill(remote: ConversationSource, account: string): Promise<void> {
  const source = new CachedSource(remote, {name: 'test', account});
  await told(source, synced);
  source.dispose();
}

/** A server that nobody reaches. */
export function deadRemote(): ConversationSource {
  const remote = new MemorySource();
  remote.failNextPage(undefined, Infinity);
  return remote;
}
