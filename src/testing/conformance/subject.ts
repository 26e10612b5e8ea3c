import type {Conversation} from '../../model/conversation.js';
import type {ConversationSource} from '../../model/source.js';

type Done = void | Promise<void>;

/**
 * A fresh source and the means to move the service behind it.
 *
 * Each control is optional. Checks that need one which is absent are reported as skipped. A control may return
 * before the source has noticed; the kit waits for that.
 */
export interface ConformanceSubject {
  readonly source: ConversationSource;
  /**
   * All that the source holds, in any order and as it should give it; `native` is not compared. At least 4, with ids
   * of their own. The more they differ (pinned, unread, muted, hidden, marks, groups, mentions, types), the more can
   * be checked.
   */
  readonly conversations: readonly Conversation[];
  /** The fewest rows in a page, where the service rounds a smaller limit up. Default 0. */
  readonly minPageSize?: number;

  /** In the service, something about this conversation becomes other than it was, as by a new message. */
  change?(id: string): Done;
  /** In the service, a conversation comes into being, as by a first message. Returns its id. */
  add?(): string | Promise<string>;
  /** In the service, this conversation goes, as by another device. */
  remove?(id: string): Done;
  /** The service answers the next request for a page with a failure, and the one after that as usual. */
  fail?(): Done;
  /** The connection to the service breaks; what happens from now on does not reach the source. */
  disconnect?(): Done;
  /** The connection is back. */
  reconnect?(): Done;
  /** The source catches up with its server. */
  sync?(): Done;
  /** The person is logged out of the service. */
  logout?(): Done;
  /** How many listeners, timers and requests the source has at its service; 0 once it is left alone. */
  held?(): number;
  /** Ends what the factory began, such as a server; called last. The kit itself calls `source.dispose()`. */
  dispose?(): Done;
}

/** The controls of a {@link ConformanceSubject}. */
export type ControlName =
  | 'change'
  | 'add'
  | 'remove'
  | 'fail'
  | 'disconnect'
  | 'reconnect'
  | 'sync'
  | 'logout'
  | 'held';
