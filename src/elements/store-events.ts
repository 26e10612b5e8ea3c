import {ImConversationsChangeEvent} from '../events/conversations-change-event.js';
import {ImErrorEvent} from '../events/error-event.js';
import {ImPageLoadEvent} from '../events/page-load-event.js';
import {ImSyncChangeEvent} from '../events/sync-change-event.js';
import {ImUnreadChangeEvent} from '../events/unread-change-event.js';
import type {StoreChange} from '../store/conversation-store.js';
import type {ConversationSnapshot} from '../store/snapshot.js';

const told = new WeakMap<EventTarget, ConversationSnapshot>();

/** Raises an element's status events for a change of its store, each after the store's state holds. */
export function relayChange(target: EventTarget, {snapshot, live, pages, errors}: StoreChange): void {
  const before = told.get(target);
  told.set(target, snapshot);
  const raise = (event: Event) => target.dispatchEvent(event);
  for (const page of pages) raise(new ImPageLoadEvent(page, snapshot.rows.length));
  if (live !== undefined && live.added.length + live.changed.length + live.removed.length > 0) {
    raise(new ImConversationsChangeEvent(live));
  }
  if (snapshot.sync !== before?.sync && (before !== undefined || snapshot.sync.status !== 'idle')) {
    raise(new ImSyncChangeEvent(snapshot.sync));
  }
  if (snapshot.unreadTotal !== before?.unreadTotal && snapshot.unreadTotal !== undefined) {
    raise(new ImUnreadChangeEvent(snapshot.unreadTotal));
  }
  for (const {error, origin} of errors) raise(new ImErrorEvent(error, origin));
}
