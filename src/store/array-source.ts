import {isMuted, type Conversation} from '../model/conversation.js';
import type {ConversationSource, Page, SourceCapabilities, SourceEvent} from '../model/source.js';
import {readCount} from '../model/validate.js';

/**
 * An app's own array as a source, behind the `conversations` property.
 *
 * Set anew at every render it costs one pass over the array: only objects that are not the same as before are
 * told as changes. An array changed in place is not noticed; hand over a new one.
 */
export class ArraySource implements ConversationSource {
  readonly capabilities: SourceCapabilities = {
    paging: 'all',
    serverFilters: [],
    nativeOrder: true,
    deleteEvents: true,
    syncEvents: false,
    unreadTotal: true,
    ops: new Set(),
  };

  #conversations: readonly Conversation[];
  #listeners = new Set<(event: SourceEvent) => void>();

  constructor(conversations: readonly Conversation[]) {
    this.#conversations = conversations;
  }

  /** Takes the app's newest array and tells what differs from the one before. */
  set(conversations: readonly Conversation[]): void {
    const before = this.#conversations;
    if (conversations === before) return;
    this.#conversations = conversations;
    if (before.length === conversations.length && conversations.every((c, i) => c === before[i])) return;
    const old = new Map(before.map((c) => [idOf(c), c]));
    const changed = conversations.filter((c) => old.get(idOf(c)) !== c);
    for (const c of conversations) old.delete(idOf(c));
    old.delete(undefined);
    const ids = [...(old.keys() as Iterable<string>)];
    if (ids.length > 0) this.#emit({type: 'remove', ids});
    if (changed.length > 0) this.#emit({type: 'upsert', conversations: changed});
    this.#emit({type: 'unread', total: this.#total()});
  }

  async getPage(): Promise<Page> {
    return {conversations: this.#conversations, done: true};
  }

  async getTotalUnread(): Promise<number> {
    return this.#total();
  }

  subscribe(listener: (event: SourceEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The array is the whole list, so its sum is the total; muted conversations do not count. */
  #total(): number {
    let total = 0;
    for (const c of this.#conversations) {
      if (typeof c === 'object' && c !== null && !isMuted(c)) total += readCount(c.unreadCount);
    }
    return total;
  }

  #emit(event: SourceEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

/** The id, of values that an app may have got wrong too. */
function idOf(conversation: Conversation | null | undefined): string | undefined {
  return conversation?.id;
}
