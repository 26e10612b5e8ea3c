import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import {SourceError} from '../../src/model/errors.js';
import type {ConversationSource} from '../../src/model/source.js';
import {CachedSource} from '../../src/sources/cached.js';
import {LocalSource} from '../../src/sources/local.js';
import {MemorySource} from '../../src/sources/memory.js';
import type {Archive} from '../archive/archive.js';
import {toConversations, toMemoryMessage} from '../archive/to-conversations.js';
import {loadAll} from './feed.js';

/** Which source keeps the archive. */
export type Keeper = 'local' | 'cached';

const OPTIONS = {name: 'verify', account: 'archive'};
/** Messages that come in at once. */
const BATCH = 2000;

/** Has a source keep the archive, as it would come from a server or as messages that come in. */
export async function keep(keeper: Keeper, archive: Archive, progress: (share: number) => void): Promise<void> {
  const {messages} = archive;
  if (keeper === 'cached') {
    const conversations = toConversations(archive).filter(({lastMessage}) => lastMessage);
    const remote = new MemorySource({conversations});
    const before = new CachedSource(remote, OPTIONS);
    await before.clear();
    before.dispose();
    const source = new CachedSource(remote, OPTIONS);
    await synced(source);
    source.dispose();
    return;
  }
  const source = new LocalSource(OPTIONS);
  await source.clear();
  const half = Math.floor(messages.length / 2);
  await source.upsert(toConversations(archive, half));
  for (let next = half; next < messages.length; next += BATCH) {
    await source.receiveMessages(messages.slice(next, next + BATCH).map(toMemoryMessage));
    progress((next - half) / (messages.length - half));
  }
  source.dispose();
}

function synced(source: ConversationSource): Promise<void> {
  return new Promise((resolve, reject) => {
    source.subscribe((event) => {
      if (event.type !== 'sync' || event.phase === 'start') return;
      if (event.phase === 'finish') resolve();
      else if (event.phase === 'fail') reject(event.error ?? new Error('Not synced'));
    });
  });
}

/** Shows what is kept, to its end, with nothing else to take it from. */
export async function showKept(keeper: Keeper, list: ImConversationList): Promise<void> {
  const remote = new MemorySource();
  remote.failNextPage(new SourceError('network', 'There is no server.'), Infinity);
  list.source = keeper === 'local' ? new LocalSource(OPTIONS) : new CachedSource(remote, OPTIONS);
  await loadAll(list);
}
