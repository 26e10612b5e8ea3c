import type {Conversation, ConversationGroup, NotifyLevel} from './conversation.js';
import type {SourceError} from './errors.js';
import type {ConversationFilter, FilterField} from './filter.js';

/** One request for a page of conversations, newest first. */
export interface PageRequest {
  /** How many are wanted; a source may give fewer or more. */
  readonly limit: number;
  /** From the page before; absent for the first. Opaque: any value, falsy ones too. */
  readonly cursor?: unknown;
  /** What the list shows; a source applies the fields it names in `capabilities.serverFilters`. */
  readonly filter?: ConversationFilter;
  /** Fires when the answer is no longer wanted; a source may ignore it. */
  readonly signal?: AbortSignal;
}

/** An answer to a {@link PageRequest}. */
export interface Page {
  /** May be shorter than `limit`, even empty, while `done` is false. */
  readonly conversations: readonly Conversation[];
  /** The only sign of the end: never inferred from a short page or a missing cursor. */
  readonly done: boolean;
  /** For the next request; valid only with the same filter. */
  readonly cursor?: unknown;
  /** This page and those before it are the whole truth: with `done`, drop what they did not name. */
  readonly authoritative?: boolean;
}

/** Where the service stands in catching up with its server. */
export type SyncPhase = 'start' | 'progress' | 'finish' | 'fail';

/** How the service's connection stands. */
export type ConnectionState = 'connecting' | 'online' | 'offline' | 'kicked' | 'expired';

/** Catching up with the server started, moves on, finished or failed. */
export interface SyncEvent {
  readonly type: 'sync';
  readonly phase: SyncPhase;
  /** 0 to 1. */
  readonly progress?: number;
  readonly error?: SourceError;
}

/** What a source tells its listener. Events are whole facts, may repeat, and may come before the first page. */
export type SourceEvent =
  | SyncEvent
  | {readonly type: 'connection'; readonly state: ConnectionState}
  | {readonly type: 'upsert'; readonly conversations: readonly Conversation[]; readonly isNew?: boolean}
  | {
      readonly type: 'remove';
      readonly ids: readonly string[];
      readonly reason?: 'deleted' | 'left' | 'hidden' | 'filtered';
    }
  | {readonly type: 'snapshot'; readonly conversations: readonly Conversation[]; readonly complete: boolean}
  | {readonly type: 'unread'; readonly total: number; readonly filter?: ConversationFilter}
  | {readonly type: 'groups'; readonly groups: readonly ConversationGroup[]}
  | {readonly type: 'reset'; readonly reason: 'login' | 'logout' | 'gap'};

/** The optional actions, as capabilities name them. */
export type OpName =
  | 'pin'
  | 'notify'
  | 'markRead'
  | 'markUnread'
  | 'markAllRead'
  | 'hide'
  | 'delete'
  | 'clearHistory'
  | 'draft'
  | 'mark'
  | 'customData'
  | 'groups';

/** What a source can do. Constant for the life of the source. */
export interface SourceCapabilities {
  /**
   * `cursor`: stable under change. `offset`: counts rows, so pages shift when the order changes, and the
   * store sweeps once more. `window`: a growing window. `all`: everything in the first page.
   */
  readonly paging: 'cursor' | 'offset' | 'all' | 'window';
  /** The most it gives in a page; the list never asks for more. */
  readonly maxPageSize?: number;
  /** The filter fields it applies itself; the list applies the rest, and all of them to live changes. */
  readonly serverFilters: readonly FilterField[];
  /** `orderKey` comes from the service, not from the adapter. */
  readonly nativeOrder: boolean;
  /** Deletions are told as events. */
  readonly deleteEvents: boolean;
  /** Syncing is told as events. */
  readonly syncEvents: boolean;
  /** It knows the unread total. */
  readonly unreadTotal: boolean;
  /** Its `search` works. Default: where it has one. */
  readonly search?: boolean;
  readonly ops: ReadonlySet<OpName>;
  readonly limits?: {
    readonly pinned?: number;
    readonly groups?: number;
    /** Most ids in one call. */
    readonly batch?: number;
    readonly groupNameBytes?: number;
    readonly customDataBytes?: number;
  };
}

/** What became of one id in a call about several. */
export interface OpResult {
  readonly id: string;
  readonly error?: SourceError;
}

/** Options of every action. */
export interface OpOptions {
  readonly signal?: AbortSignal;
}

/** Options of a search. */
export interface SearchOptions extends OpOptions {
  /** How many are wanted; a source may give fewer or more. */
  readonly limit?: number;
}

/** The group (folder) actions. */
export interface GroupOps {
  list(options?: OpOptions): Promise<readonly ConversationGroup[]>;
  create(name: string, ids: readonly string[], options?: OpOptions): Promise<ConversationGroup>;
  rename(groupId: string, name: string, options?: OpOptions): Promise<void>;
  delete(groupId: string, options?: OpOptions): Promise<void>;
  add(groupId: string, ids: readonly string[], options?: OpOptions): Promise<readonly OpResult[]>;
  remove(groupId: string, ids: readonly string[], options?: OpOptions): Promise<readonly OpResult[]>;
}

/**
 * A person's conversations, from anywhere.
 *
 * `getPage`, `subscribe` and `capabilities` are all a list needs; each action is optional and is offered
 * only when `capabilities.ops` names it. Failures reject with a `SourceError`; anything else is wrapped.
 */
export interface ConversationSource {
  readonly capabilities: SourceCapabilities;
  /** The id of the person whose list it is. */
  readonly selfId?: string;
  getPage(request: PageRequest): Promise<Page>;
  /** Calls `listener` on every change until the returned function is called, which may be called twice. */
  subscribe(listener: (event: SourceEvent) => void): () => void;
  /** Conversations by id, those that exist; for rows that paging has not reached. */
  getByIds?(ids: readonly string[], options?: OpOptions): Promise<readonly Conversation[]>;
  /**
   * Conversations that a person may mean by a query, the best `limit` of them: for those that paging has not reached. The
   * query is what was typed, not blank; the source decides what fits it. The list shows the answer in its own order.
   *
   * Fewer than `limit` count as all there are, unless the source tells at the time that it syncs or that this failed. A
   * rejection with `unsupported` counts as no search at all, and not as a failure.
   */
  search?(query: string, options?: SearchOptions): Promise<readonly Conversation[]>;
  /** The service's own total, never a sum of loaded rows. */
  getTotalUnread?(filter?: ConversationFilter, options?: OpOptions): Promise<number>;

  setPinned?(id: string, pinned: boolean, options?: OpOptions): Promise<void>;
  setNotify?(id: string, level: NotifyLevel, options?: OpOptions): Promise<void>;
  markRead?(ids: readonly string[] | 'all', options?: OpOptions): Promise<readonly OpResult[]>;
  markUnread?(id: string, unread: boolean, options?: OpOptions): Promise<void>;
  setHidden?(id: string, hidden: boolean, options?: OpOptions): Promise<void>;
  delete?(
    ids: readonly string[],
    options?: OpOptions & {readonly clearHistory?: boolean},
  ): Promise<readonly OpResult[]>;
  clearHistory?(id: string, options?: OpOptions): Promise<void>;
  /** `null` removes the draft. */
  setDraft?(id: string, text: string | null, options?: OpOptions): Promise<void>;
  setMark?(ids: readonly string[], mark: string, on: boolean, options?: OpOptions): Promise<readonly OpResult[]>;
  setCustomData?(ids: readonly string[], data: string, options?: OpOptions): Promise<readonly OpResult[]>;
  readonly groups?: GroupOps;
  /** Keeps which conversation stands at the top of what is in view, for the next time; `null`: the list is at its top. */
  saveScroll?(id: string | null): Promise<void>;
  /** What was kept last. A list begins there. */
  savedScroll?(): Promise<string | undefined>;
  /** Frees what the source holds; the app calls it, never the list. */
  dispose?(): void;
}
