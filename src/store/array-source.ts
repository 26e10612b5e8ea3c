import {countsInTotal, type Conversation} from '../model/conversation.js';
import type {ConversationSource, Page, SourceCapabilities, SourceEvent} from '../model/source.js';
import {readConversation} from '../model/validate.js';

/**
 * An app's own array as a source, behind the `conversations` property.
 *
 * Set anew at every render it costs one pass over the array: only objects that are not the same as before are
 * told as changes. Of several with one id, the last counts. An array changed in place is not noticed; hand over
 * a new one.
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
  /** What counts of the array, by id; what has no id, by `undefined`. */
  #byId: ReadonlyMap<string | undefined, Conversation>;
  #listeners = new Set<(event: SourceEvent) => void>();

  constructor(conversations: readonly Conversation[]) {
    this.#conversations = conversations;
    this.#byId = byId(conversations);
  }

  /** Takes the app's newest array and tells what differs from the one before. */
  set(conversations: readonly Conversation[]): void {
    if (conversations === this.#conversations) return;
    const before = this.#byId;
    const after = (this.#byId = byId(conversations));
    this.#conversations = conversations;
    const changed = [...after].filter(([id, c]) => before.get(id) !== c).map(([, c]) => c);
    const ids = [...before.keys()].filter((id) => id !== undefined && !after.has(id)) as string[];
    if (ids.length > 0) this.#emit({type: 'remove', ids});
    if (changed.length > 0) this.#emit({type: 'upsert', conversations: changed});
    if (ids.length + changed.length > 0) this.#emit({type: 'unread', total: this.#total()});
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

  /** The array is the whole list, so its sum is the total of what counts. */
  #total(): number {
    let total = 0;
    for (const value of this.#byId.values()) {
      const {conversation} = readConversation(value);
      if (conversation !== undefined && countsInTotal(conversation)) total += conversation.unreadCount;
    }
    return total;
  }

  #emit(event: SourceEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

/** By id, of values that an app may have got wrong, as it may the array. */
function byId(values: readonly Conversation[]): Map<string | undefined, Conversation> {
  const map = new Map<string | undefined, Conversation>();
  if (Array.isArray(values)) for (const value of values as readonly Conversation[]) map.set(readId(value), value);
  return map;
}

function readId(value: Partial<Conversation> | null | undefined): string | undefined {
  try {
    return typeof value?.id === 'string' && value.id !== '' ? value.id : undefined;
  } catch {
    return undefined;
  }
}
