import {readConversation} from '../model/validate.js';
import {ArraySource} from './array-source.js';
import {ConversationIndex} from './conversation-index.js';
import type {ConversationStore} from './conversation-store.js';
import {ConversationRows, type ConversationSnapshot} from './snapshot.js';

/**
 * What a store will show of an app's own array, at once and without being connected: for a server, which renders before
 * a page could land. Of any other source nothing is known yet. Costs a pass over the array.
 */
export function firstSnapshot(store: ConversationStore | undefined): ConversationSnapshot | undefined {
  if (store === undefined || store.source === null) return store?.snapshot;
  if (!(store.source instanceof ArraySource)) return undefined;
  const {filter, order, snapshot} = store;
  const {conversations, total} = store.source;
  const index = new ConversationIndex();
  index.arrange(filter, order);
  for (const value of Array.isArray(conversations) ? (conversations as readonly unknown[]) : []) {
    const {conversation} = readConversation(value);
    if (conversation !== undefined) index.upsert(conversation);
  }
  index.commit();
  const rows = ConversationRows.EMPTY.of(index);
  // An app may have given no more than a beginning; that there is nothing is all the same said at once.
  const status = rows.length > 0 ? 'idle' : 'done';
  return {...snapshot, rows, page: {status}, unreadTotal: total, filter, order, bound: true};
}
