import type {
  Conversation,
  ConversationSource,
  Page,
  PageRequest,
  SourceCapabilities,
  SourceEvent,
} from '../../../src/store/index.js';
import {flush} from './flush.js';

/** A request for a page, held until the test answers it. */
export interface HeldRequest extends PageRequest {
  readonly signal: AbortSignal;
  /** Neither answered nor given up. */
  readonly open: boolean;
  /** Answers and lets the store take it in. Accepts wrong things too. */
  answer(page: unknown): Promise<void>;
  fail(error?: unknown): Promise<void>;
}

/** A source that does nothing by itself: the test holds its requests and sends its events. */
export class HeldSource implements ConversationSource {
  readonly capabilities: SourceCapabilities;
  readonly requests: HeldRequest[] = [];
  readonly unreadRequests: {
    readonly signal: AbortSignal | undefined;
    answer(total: unknown): Promise<void>;
    fail(error: unknown): Promise<void>;
  }[] = [];
  readonly listeners = new Set<(event: SourceEvent) => void>();
  /** How often it was subscribed to. */
  subscribed = 0;
  getTotalUnread?: NonNullable<ConversationSource['getTotalUnread']>;

  constructor(capabilities: Partial<SourceCapabilities> = {}, options: {readonly unread?: boolean} = {}) {
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
    if (options.unread === true) {
      this.getTotalUnread = (_filter, callOptions) =>
        new Promise((resolve, reject) => {
          this.unreadRequests.push({
            signal: callOptions?.signal,
            answer: (total) => (resolve(total as number), flush()),
            // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- a source may reject with anything
            fail: (error) => (reject(error), flush()),
          });
        });
    }
  }

  getPage(request: PageRequest): Promise<Page> {
    return new Promise((resolve, reject) => {
      const signal = request.signal as AbortSignal;
      let answered = false;
      const settle = (act: () => void): Promise<void> => {
        answered = true;
        act();
        return flush();
      };
      this.requests.push({
        ...request,
        signal,
        get open() {
          return !answered && !signal.aborted;
        },
        answer: (page) => settle(() => resolve(page as Page)),
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- a source may reject with anything
        fail: (error = new Error('down')) => settle(() => reject(error)),
      });
    });
  }

  subscribe(listener: (event: SourceEvent) => void): () => void {
    this.subscribed++;
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The newest request. */
  get last(): HeldRequest {
    return this.requests.at(-1) as HeldRequest;
  }

  /** Sends events, wrong ones too, in one go, and lets the store notify. */
  send(...events: unknown[]): Promise<void> {
    for (const event of events) for (const listener of this.listeners) listener(event as SourceEvent);
    return flush();
  }

  upsert(...conversations: Conversation[]): Promise<void> {
    return this.send({type: 'upsert', conversations});
  }

  remove(...ids: string[]): Promise<void> {
    return this.send({type: 'remove', ids});
  }
}
