import type {Conversation} from '../../src/model/conversation.js';
import type {ConversationSource, Page, PageRequest, SourceCapabilities, SourceEvent} from '../../src/model/source.js';
import {anotherTask} from './tasks.js';

/** A service that has the conversations in order and serves them page by page; it keeps nothing but the array. */
export class ArrayPages implements ConversationSource {
  readonly capabilities: SourceCapabilities = {
    paging: 'cursor',
    serverFilters: [],
    nativeOrder: true,
    deleteEvents: true,
    syncEvents: false,
    unreadTotal: false,
    ops: new Set(),
  };

  readonly #conversations: readonly Conversation[];
  readonly #listeners = new Set<(event: SourceEvent) => void>();

  /** @param conversations - newest first */
  constructor(conversations: readonly Conversation[]) {
    this.#conversations = conversations;
  }

  async getPage({cursor, limit}: PageRequest): Promise<Page> {
    await anotherTask();
    const from = typeof cursor === 'number' ? cursor : 0;
    const to = from + limit;
    const done = to >= this.#conversations.length;
    return {conversations: this.#conversations.slice(from, to), done, ...(!done && {cursor: to})};
  }

  subscribe(listener: (event: SourceEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(event: SourceEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
