import {countsInTotal, type Conversation} from '../model/conversation.js';
import {matches, type ConversationFilter} from '../model/filter.js';
import type {ConversationSource, Page, SourceCapabilities, SourceEvent} from '../model/source.js';
import {readConversation} from '../model/validate.js';
import {diffArrays} from './array-diff.js';
import {contain} from './contain.js';

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
  #byId: Map<string | undefined, Conversation>;
  #total = 0;
  #listeners = new Set<(event: SourceEvent) => void>();

  constructor(conversations: readonly Conversation[]) {
    this.#conversations = conversations;
    this.#byId = byId(conversations);
    for (const value of this.#byId.values()) this.#total += counted(value);
  }

  /** The app's newest array. */
  get conversations(): readonly Conversation[] {
    return this.#conversations;
  }

  /** The unread total of it. */
  get total(): number {
    return this.#total;
  }

  /** Takes the app's newest array and tells what differs from the one before. */
  set(conversations: readonly Conversation[]): void {
    if (conversations === this.#conversations) return;
    const {ids, changed} = this.#diff(conversations);
    this.#conversations = conversations;
    for (const id of ids) {
      this.#total -= counted(this.#byId.get(id));
      this.#byId.delete(id);
    }
    for (const value of changed) {
      const id = readId(value);
      this.#total += counted(value) - counted(this.#byId.get(id));
      this.#byId.set(id, value);
    }
    if (ids.length > 0) this.#emit({type: 'remove', ids});
    if (changed.length > 0) this.#emit({type: 'upsert', conversations: changed});
    if (ids.length + changed.length > 0) this.#emit({type: 'unread', total: this.#total});
  }

  async getPage(): Promise<Page> {
    return {conversations: this.#conversations, done: true};
  }

  async getTotalUnread(filter?: ConversationFilter): Promise<number> {
    let total = filter ? 0 : this.#total;
    if (filter) for (const value of this.#byId.values()) total += counted(value, filter);
    return total;
  }

  subscribe(listener: (event: SourceEvent) => void): () => void {
    // The same function may listen twice.
    const own = (event: SourceEvent): void => contain(() => listener(event));
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  /** Ids that have left, and objects that are new or other than before. */
  #diff(after: readonly Conversation[]): {ids: string[]; changed: Conversation[]} {
    // Every value with an id of its own: then the few that are not where they were tell everything.
    const before = this.#conversations;
    const good = Array.isArray(before) && this.#byId.size === before.length && !this.#byId.has(undefined);
    if (good && Array.isArray(after)) {
      const {gone, come} = diffArrays(before, after);
      const old = byId(gone);
      const fresh = byId(come);
      const own = fresh.size === come.length && !fresh.has(undefined);
      if (own && [...fresh.keys()].every((id) => old.has(id) || !this.#byId.has(id))) return compare(old, fresh);
    }
    return compare(this.#byId, byId(after));
  }

  #emit(event: SourceEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

function compare(
  before: ReadonlyMap<string | undefined, Conversation>,
  after: ReadonlyMap<string | undefined, Conversation>,
): {ids: string[]; changed: Conversation[]} {
  const changed: Conversation[] = [];
  const ids: string[] = [];
  for (const [id, value] of after) if (before.get(id) !== value) changed.push(value);
  for (const id of before.keys()) if (id !== undefined && !after.has(id)) ids.push(id);
  return {ids, changed};
}

/** What a value adds to the total: the array is the whole list, so its sum is the total of what counts. */
function counted(value: Conversation | undefined, filter: ConversationFilter = {}): number {
  const {conversation: c} = readConversation(value);
  return c !== undefined && countsInTotal(c) && matches(filter, c) ? c.unreadCount : 0;
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
