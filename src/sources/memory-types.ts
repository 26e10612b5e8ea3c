import type {Conversation, LastMessage, MentionKind} from '../model/conversation.js';
import type {SourceError} from '../model/errors.js';
import type {FilterField} from '../model/filter.js';
import type {OpOptions, SourceCapabilities} from '../model/source.js';

/** How a `MemorySource` behaves. Constant for its life. */
export interface MemorySourceOptions {
  /** What it holds at first, in any order; of two with one id the later stays. */
  readonly conversations?: Iterable<Conversation>;
  /**
   * Default `cursor`.
   *
   * - `cursor`: continues after the last row of the page before; nothing is lost or repeated for want of a place.
   * - `offset`: counts rows, so a change between two pages repeats or skips some, as on real servers.
   * - `window`: the next range of a growing window; after any change the whole window comes again.
   * - `all`: everything in the first page, whatever the limit.
   */
  readonly paging?: SourceCapabilities['paging'];
  /** The most rows in a page. Default 100; without effect if `paging` is `all`. */
  readonly maxPageSize?: number;
  /** The filter fields that `getPage` applies itself; it ignores the others. Default: all. */
  readonly serverFilters?: readonly FilterField[];
  /**
   * Milliseconds before an answer comes or an action takes effect; a function is asked at every call. Default 0:
   * in a microtask.
   */
  readonly latencyMs?: number | (() => number);
  /** The id of the person whose list it is; the sender of own messages. */
  readonly selfId?: string;
  /** The clock, in milliseconds since 1970. Default: `Date.now`. */
  readonly now?: () => number;
}

/** A message that comes in or goes out. */
export interface MemoryMessage extends Pick<LastMessage, 'fileName' | 'durationMs' | 'thumbnailUrl'> {
  readonly conversationId: string;
  /** Default: one that the source has not given yet. */
  readonly id?: string;
  /** Default `text`. */
  readonly type?: string;
  readonly text?: string;
  readonly senderId?: string;
  readonly senderName?: string;
  /** Milliseconds since 1970. Default: now. */
  readonly sentAt?: number;
  /** Sent by the person whose list it is, as from another device: does not count as unread. */
  readonly isOwn?: boolean;
  /** Whom it mentions; without effect on an own message. */
  readonly mention?: MentionKind;
  /** Facts for a conversation that is not there yet; without effect on one that is. */
  readonly conversation?: Partial<Conversation>;
}

/** How a message counts. */
export interface MessageOptions {
  /**
   * The message is not shown as the conversation's last one: `lastMessage` and `orderKey` stay as they are. It
   * still counts as unread. A conversation that it creates gets an `orderKey` all the same.
   */
  readonly excludedFromLastMessage?: boolean;
}

/** How a message goes out. */
export interface SendOptions extends MessageOptions, OpOptions {
  /** Sending fails after the latency, with this error or with `network`. */
  readonly fail?: boolean | SourceError;
}
