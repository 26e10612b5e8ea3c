import {SourceError} from '../../../src/store/index.js';
import type {
  Conversation,
  ConversationSource,
  Page,
  PageRequest,
  SourceCapabilities,
  SourceEvent,
} from '../../../src/store/index.js';

/** A source that answers at once from an array, by offset; counts what it is asked. */
export class PagesSource implements ConversationSource {
  readonly requests: PageRequest[] = [];
  readonly listeners = new Set<(event: SourceEvent) => void>();
  /** Fails the next so many requests. */
  failures = 0;
  readonly capabilities: SourceCapabilities;

  constructor(
    public conversations: readonly Conversation[],
    capabilities: Partial<SourceCapabilities> = {},
  ) {
    this.capabilities = {
      paging: 'cursor',
      serverFilters: [],
      nativeOrder: true,
      deleteEvents: true,
      syncEvents: false,
      unreadTotal: false,
      ops: new Set(),
      ...capabilities,
    };
  }

  async getPage(request: PageRequest): Promise<Page> {
    this.requests.push(request);
    if (this.failures > 0) {
      this.failures--;
      throw new SourceError('network', 'down');
    }
    const start = (request.cursor as number | undefined) ?? 0;
    const end = start + request.limit;
    const conversations = this.conversations.slice(start, end);
    return end < this.conversations.length ? {conversations, done: false, cursor: end} : {conversations, done: true};
  }

  subscribe(listener: (event: SourceEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  send(event: SourceEvent): void {
    for (const listener of this.listeners) listener(event);
  }
}
