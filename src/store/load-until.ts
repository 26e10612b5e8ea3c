import type {ConversationStore} from './conversation-store.js';
import {viewOf} from './search-view.js';

/**
 * Loads pages until a conversation is in the list.
 *
 * @param goesOn - asked before each page: is it still wanted?
 * @returns whether it is there; `false` too if a page failed on the way
 */
export async function loadUntil(store: ConversationStore, id: string, goesOn: () => boolean): Promise<boolean> {
  while (goesOn()) {
    if (viewOf(store.snapshot).rows.indexOf(id) >= 0) return true;
    if (store.snapshot.page.status === 'done') return false;
    await store.loadMore();
    if (store.snapshot.page.status === 'failed') return false;
  }
  return false;
}
