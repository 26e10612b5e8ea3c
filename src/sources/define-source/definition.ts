import type {Conversation, LastMessage} from '../../model/conversation.js';
import type {
  ConversationSource,
  GroupOps,
  OpOptions,
  OpResult,
  PageRequest,
  SearchOptions,
  SourceCapabilities,
  SourceEvent,
} from '../../model/source.js';
import type {Loose} from '../shared/rows.js';
import type {ToError} from '../shared/settle.js';

/** A conversation as a back end of one's own hands it over: what is left out gets its neutral value. */
export interface ConversationInput extends Loose<Omit<Conversation, 'id' | 'orderKey' | 'lastMessage'>> {
  readonly id: string;
  /**
   * Greater is higher, pinning folded in. Digits in a string or a bigint; a number only up to 2^53. Left out, it is
   * made of `pinned` and the latest of `activeAt` (or `lastMessage.sentAt`) and `draft.editedAt`.
   */
  readonly orderKey?: bigint | number | string | null | undefined;
  /** `type` left out: `text`. `state` left out: `normal`. */
  readonly lastMessage?: Loose<LastMessage> | null | undefined;
}

/** An event with conversations as they come. */
export type EventInput =
  | Exclude<SourceEvent, {readonly type: 'upsert' | 'snapshot'}>
  | {readonly type: 'upsert'; readonly conversations: readonly ConversationInput[]; readonly isNew?: boolean}
  | {readonly type: 'snapshot'; readonly conversations: readonly ConversationInput[]; readonly complete: boolean};

/** A request for a page; the cursor is `firstCursor` or one of the answers'. */
export interface PageInputRequest<Cursor> extends Omit<PageRequest, 'cursor'> {
  readonly cursor: Cursor;
}

/** An answer to a {@link PageInputRequest}; an array alone is all there is. */
export type PageInput<Cursor> =
  | readonly ConversationInput[]
  | {
      readonly conversations: readonly ConversationInput[];
      readonly done: boolean;
      readonly cursor?: Cursor | undefined;
      readonly authoritative?: boolean | undefined;
    };

/** At once or later. */
export type Awaitable<T> = T | PromiseLike<T>;
/** Nothing: done for all. */
type Results = Awaitable<readonly OpResult[] | void>;

/** The actions on one conversation, as in `ConversationSource`. */
export type Single = Pick<ConversationSource, 'setPinned' | 'setNotify' | 'markUnread' | 'setHidden' | 'clearHistory' | 'setDraft'>;

/** What `defineSource` makes a source of. Only `getPage` has to be there. */
export interface SourceDefinition<Cursor = unknown> extends Single {
  readonly selfId?: string | undefined;
  /** What differs from the defaults: paging `cursor`, no filters, an order of the adapter's, what is defined here. */
  readonly capabilities?: Partial<SourceCapabilities>;
  /** What `cursor` is for the first page; gives the cursor its type. Default `undefined`. */
  readonly firstCursor?: Cursor;
  getPage(request: PageInputRequest<Cursor>): Awaitable<PageInput<Cursor>>;
  /** Listens to the back end while anybody listens here; returns what ends that. */
  subscribe?(emit: (event: EventInput) => void): Awaitable<(() => void) | void>;
  getByIds?(ids: readonly string[], options?: OpOptions): Awaitable<readonly ConversationInput[]>;
  search?(query: string, options?: SearchOptions): Awaitable<readonly ConversationInput[]>;
  getTotalUnread?: ConversationSource['getTotalUnread'];
  markRead?(ids: readonly string[], options?: OpOptions): Results;
  markAllRead?(options?: OpOptions): Results;
  delete?(ids: readonly string[], options?: OpOptions & {readonly clearHistory?: boolean}): Results;
  setMark?(ids: readonly string[], mark: string, on: boolean, options?: OpOptions): Results;
  setCustomData?(ids: readonly string[], data: string, options?: OpOptions): Results;
  readonly groups?: GroupOps;
  /** What a failure means; default: `unknown`, which is tried again. */
  readonly toError?: ToError;
  /** How long a call may take, in milliseconds. Default 20,000. */
  readonly timeoutMs?: number;
}
