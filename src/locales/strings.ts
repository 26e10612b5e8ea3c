import type {Presence} from '../model/conversation.js';

/** The types of message that every language has a word for; services may have more of their own. */
export type NamedMessageType =
  | 'image'
  | 'video'
  | 'voice'
  | 'audio'
  | 'file'
  | 'location'
  | 'live-location'
  | 'contact'
  | 'sticker'
  | 'gif'
  | 'link'
  | 'call'
  | 'video-call'
  | 'poll'
  | 'reply'
  | 'forward'
  | 'merged'
  | 'encrypted'
  | 'invite'
  | 'system';

/**
 * Every text the elements show or speak. A language implements all of it; an app overrides any of it
 * through the `strings` property.
 *
 * Functions put numbers in the way of their language, and keep the direction of a name to the name. Names and queries
 * that they are given are clean and not blank.
 */
export interface Strings {
  /** The list's accessible name, unless the `label` attribute gives one. */
  readonly label: string;
  /** Stands for a name that cannot be seen. */
  readonly unnamed: string;
  /** In the place of a time. `Intl` has the word too, but not in the form that stands alone. */
  readonly yesterday: string;

  // What a row previews.
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
  /** What a message is, by its type; an app may add its service's types. */
  readonly messageTypes: Readonly<Record<NamedMessageType, string>> & Readonly<Record<string, string>>;
  /** A message of a type that has neither a word here nor a text. */
  readonly message: string;
  /** A word and what is to be told besides: a length, a number, a file's name. */
  readonly withDetail: (what: string, detail: string) => string;
  /** Someone writes, where it is plain who: in a direct conversation. */
  readonly typingOne: string;
  readonly typing: (names: readonly string[]) => string;

  // Paging.
  readonly loading: string;
  readonly loadMore: string;
  readonly retry: string;
  readonly end: string;
  readonly pageFailed: string;
  readonly firstPageFailed: string;

  // Nothing to show.
  readonly empty: string;
  readonly emptyFiltered: string;
  readonly resetFilter: string;

  // Sync and connection.
  readonly syncing: string;
  readonly syncFailed: string;
  readonly offline: string;
  readonly connecting: string;
  readonly kicked: string;
  readonly expired: string;

  // Controls over the rows.
  /** Applies the changes of order that wait while a person is about to act. */
  readonly updates: (count: number) => string;
  /** Unread conversations out of sight. */
  readonly unreadAbove: (count: number) => string;
  readonly unreadBelow: (count: number) => string;
  readonly nextUnread: string;
  readonly jumpToTop: string;
  readonly pullToRefresh: string;
  readonly releaseToRefresh: string;
  readonly refreshing: string;

  // Parts of a row's spoken label.
  /** A conversation that has left the list while the order is held. */
  readonly gone: string;
  readonly open: string;
  readonly unread: (count: number) => string;
  readonly markedUnread: string;
  readonly mentionedYou: string;
  readonly mentionedAll: string;
  readonly pinned: string;
  readonly muted: string;
  readonly verified: string;
  readonly presence: Readonly<Record<Presence, string>>;
  /** How far one's own last message has come. */
  readonly sent: string;
  readonly delivered: string;
  readonly read: string;
  /** Before the names of what a conversation is tagged with. */
  readonly tags: string;
  /** The place in the list, counted from 1. */
  readonly position: (index: number, total: number) => string;
  /** The same while more than `loaded` may follow. */
  readonly positionSoFar: (index: number, loaded: number) => string;

  // What can be done to a conversation.
  readonly pin: string;
  readonly unpin: string;
  readonly mute: string;
  readonly unmute: string;
  /** Behind it: how loudly a conversation may call. */
  readonly notifications: string;
  readonly notifyAll: string;
  readonly notifyMentions: string;
  readonly notifySilent: string;
  readonly notifyOff: string;
  readonly markRead: string;
  readonly markUnread: string;
  readonly star: string;
  readonly unstar: string;
  /** Into the place for conversations that are put away, */
  readonly fold: string;
  /** and out of it. */
  readonly unfold: string;
  readonly hide: string;
  readonly unhide: string;
  readonly addToGroup: string;
  readonly removeFromGroup: string;
  readonly delete: string;
  readonly clearHistory: string;
  /** The button that opens a row's actions. */
  readonly more: (title: string) => string;
  /** `action`: one of the words above. */
  readonly actionFailed: (action: string) => string;
  readonly undo: string;
  readonly cancel: string;
  /** The button that takes a message of the list away. */
  readonly dismiss: string;
  readonly confirmDelete: (count: number) => string;
  readonly confirmClearHistory: (count: number) => string;

  // Several at once.
  readonly select: string;
  readonly selectAll: string;
  readonly selected: (count: number) => string;
  readonly clearSelection: string;
  /** The button for all that can be done to them. */
  readonly moreActions: string;
  readonly bulkFailed: (failed: number, total: number) => string;

  // Filters.
  /** Name of the toolbar. */
  readonly filters: string;
  readonly all: string;
  readonly unreadFilter: string;
  readonly mentionsFilter: string;
  readonly direct: string;
  readonly groupsFilter: string;
  readonly channels: string;
  readonly pinnedFilter: string;
  /** Conversations with the mark `star`, */
  readonly starredFilter: string;
  /** `fold`, */
  readonly foldedFilter: string;
  /** and those that are hidden. */
  readonly hiddenFilter: string;
  readonly moreFilters: string;
  /** There may be more than what is counted: `what` is the count in words. */
  readonly atLeast: (what: string) => string;

  // Search.
  readonly searchLabel: string;
  readonly searchPlaceholder: string;
  readonly clearSearch: string;
  readonly results: (count: number) => string;
  readonly noResults: (query: string) => string;

  // What is announced.
  readonly updated: (count: number) => string;
  readonly newMessageFrom: (title: string) => string;

  /** The badge element's accessible name. */
  readonly totalUnread: (count: number) => string;
}

/** An app's own words; for all that is missing the language's stand. */
export type StringOverrides = {
  readonly [K in Exclude<keyof Strings, 'messageTypes' | 'presence'>]?: Strings[K] | undefined;
} & {
  /** Words for more types of message, or other ones. */
  readonly messageTypes?: Readonly<Record<string, string>> | undefined;
  readonly presence?: Partial<Strings['presence']> | undefined;
};
