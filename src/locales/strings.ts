/**
 * Every text the elements show or speak. A language implements all of it; an app overrides any of it
 * through the `strings` property.
 */
export interface Strings {
  /** The list's accessible name, unless the `label` attribute gives one. */
  readonly label: string;
  /** Stands for a name that cannot be seen. */
  readonly unnamed: string;
  readonly yesterday: string;

  /** Before one's own message. */
  readonly you: string;
  /** Before a draft. */
  readonly draft: string;
  readonly recalled: string;
  readonly deleted: string;
  /** Before a message that did not go out, */
  readonly sendFailed: string;
  /** and before one on its way. */
  readonly sending: string;
  /** The conversation is known to have no message, as after clearing its history. */
  readonly noMessage: string;
  /** What a message is, by its type. */
  readonly messageTypes: Readonly<Record<string, string>>;
  /** A message of a type that has neither a word here nor a text. */
  readonly message: string;

  readonly loading: string;
  readonly loadMore: string;
  readonly retry: string;
  readonly end: string;
  readonly pageFailed: string;
  readonly firstPageFailed: string;

  readonly empty: string;
  readonly emptyFiltered: string;
  readonly resetFilter: string;

  readonly syncing: string;
  readonly syncFailed: string;
  readonly offline: string;
  readonly connecting: string;
  readonly kicked: string;
  readonly expired: string;

  /** Applies the changes of order that wait while a person is about to act. */
  readonly updates: (count: number) => string;
  /** Unread conversations out of sight. */
  readonly unreadAbove: (count: number) => string;
  readonly unreadBelow: (count: number) => string;
  /** A conversation that has left the list while the order is held. */
  readonly gone: string;

  /** Parts of a row's spoken label. */
  readonly open: string;
  readonly unread: (count: number) => string;
  readonly markedUnread: string;
  readonly mentionedYou: string;
  readonly mentionedAll: string;
  readonly pinned: string;
  readonly muted: string;
  /** The badge element's accessible name. */
  readonly totalUnread: (count: number) => string;
}
