import type {Conversation} from '../../../src/model/conversation.js';
import {SourceError} from '../../../src/model/errors.js';
import type {
  ConversationSource,
  Page,
  PageRequest,
  SourceCapabilities,
  SourceEvent,
} from '../../../src/model/source.js';

/** A request that waits for the test to answer it. */
export interface HeldRequest extends PageRequest {
  /** Answers with these conversations; more follow unless `done`. */
  give(conversations: readonly Conversation[], done?: boolean, cursor?: unknown): void;
  /** Answers with anything at all. */
  giveRaw(page: unknown): void;
  fail(error: unknown): void;
}

/** An error after which the list asks for no page by itself: after others it does, in a second at the earliest. */
export const lasting = (message: string): SourceError => new SourceError('network', message, {retryable: false});

/** A source whose pages come when the test says so, and whose events are told by hand. */
export class ManualSource implements ConversationSource {
  readonly capabilities: SourceCapabilities;
  /** Every request so far, answered or not. */
  readonly requests: HeldRequest[] = [];
  readonly #listeners = new Set<(event: SourceEvent) => void>();
  #pages = 0;

  constructor(capabilities: Partial<SourceCapabilities> = {}) {
    this.capabilities = {
      paging: 'cursor',
      serverFilters: [],
      nativeOrder: true,
      deleteEvents: true,
      syncEvents: true,
      unreadTotal: false,
      ops: new Set(),
      ...capabilities,
    };
  }

  get listenerCount(): number {
    return this.#listeners.size;
  }

  /** The newest request. */
  get last(): HeldRequest {
    const last = this.requests.at(-1);
    if (last === undefined) throw new Error('No page was asked for.');
    return last;
  }

  async getPage(request: PageRequest): Promise<Page> {
    return new Promise<Page>((resolve, reject) => {
      this.requests.push({
        ...request,
        give: (conversations, done = false, cursor = `page ${++this.#pages}`) =>
          resolve({conversations, done, ...(!done && {cursor})}),
        giveRaw: (page) => resolve(page as Page),
        fail: reject,
      });
    });
  }

  subscribe(listener: (event: SourceEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(event: SourceEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  upsert(...conversations: readonly Conversation[]): void {
    this.emit({type: 'upsert', conversations});
  }

  remove(...ids: readonly string[]): void {
    this.emit({type: 'remove', ids});
  }
}

/** A source that answers at once from an array, `limit` at a time or as many as `sizes` says. */
export class ArrayPages extends ManualSource {
  readonly #all: readonly Conversation[];

  constructor(all: readonly Conversation[], capabilities: Partial<SourceCapabilities> = {}) {
    super(capabilities);
    this.#all = all;
  }

  override async getPage(request: PageRequest): Promise<Page> {
    const page = super.getPage(request);
    const start = (request.cursor as number | undefined) ?? 0;
    const end = start + request.limit;
    this.last.give(this.#all.slice(start, end), end >= this.#all.length, end);
    return page;
  }
}
