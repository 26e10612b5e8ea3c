/**
 * What the source takes of `@rongcloud/imlib-next`, by structure: the module's namespace fits, and nothing of it is
 * imported.
 */

/** A conversation as the SDK names it. */
export interface RongTarget {
  conversationType: number;
  targetId: string;
  channelId?: string;
}

/** A message; any field may be missing. */
export interface RongMessage {
  conversationType?: number;
  targetId?: string;
  channelId?: string;
  messageUId?: string;
  messageType?: string;
  senderUserId?: string;
  /** 1: sent by this user. */
  messageDirection?: number;
  sentTime?: number;
  sentStatus?: number;
  content?: unknown;
}

/** A conversation of the SDK; any field may be missing. */
export interface RongItem extends Partial<RongTarget> {
  latestMessage?: RongMessage | null;
  unreadMessageCount?: number;
  hasMentioned?: boolean;
  mentionedInfo?: {type?: number};
  unreadMentionedMeCount?: number;
  notificationLevel?: number;
  notificationStatus?: number;
  isTop?: boolean;
  operationTime?: number;
  draft?: string;
}

/** What every call resolves to: the SDK never rejects. */
export interface RongResult<T = unknown> {
  readonly isOk: boolean;
  readonly code: number;
  readonly msg?: string;
  readonly data?: T;
}

export interface RongLoader {
  readonly hasMore: boolean;
  load(count: number): Promise<RongResult<RongItem[]>>;
}

export interface RongTag {
  tagId: string;
  tagName?: string;
}

/** A name and a picture for a user or a group. */
export interface RongProfile {
  readonly title?: string | undefined;
  readonly avatarUrl?: string | undefined;
}

/** Finds names and pictures; one result for each target, in their order. */
export type RongProfiles = (targets: readonly RongTarget[]) => Promise<readonly (RongProfile | undefined)[]>;

type Answer<T = unknown> = Promise<RongResult<T>>;

interface Named {
  name?: string;
  groupName?: string;
  userId?: string;
  groupId?: string;
  portraitUri?: string;
}

/** The module's functions. An action whose function is missing, as in an older version, is not offered. */
export interface RongModule {
  /** Of one of the SDK's events by its name, with what it brings. */
  addEventListener(type: never, listener: never): void;
  removeEventListener(type: never, listener: never): void;
  /** Throws before `init()`. */
  getCurrentUserId(): string;
  createConversationListLoader(options?: {conversationTypes?: number[]}): Answer<RongLoader>;
  getTopConversationList(conversationTypes?: number[]): Answer<RongItem[]>;
  getConversation(target: RongTarget): Answer<RongItem>;
  getTotalUnreadCount(includeMuted?: boolean, conversationTypes?: number[]): Answer<number>;
  getTagsFromConversation?(target: RongTarget): Answer<RongTag[]>;
  getTextMessageDraft?(target: RongTarget): Answer<string>;
  getUserProfiles?(ids: string[]): Answer<Named[]>;
  getGroupsInfo?(ids: string[]): Answer<Named[]>;
  setConversationToTop?(target: RongTarget, top?: boolean): Answer;
  setConversationNotificationLevel?(target: RongTarget, level: number): Answer;
  clearMessagesUnreadStatus?(target: RongTarget): Answer;
  clearAllMessagesUnreadStatus?(): Answer;
  removeConversation?(target: RongTarget): Answer;
  clearHistoryMessages?(target: RongTarget, timestamp: number): Answer;
  saveTextMessageDraft?(target: RongTarget, draft: string): Answer;
  clearTextMessageDraft?(target: RongTarget): Answer;
  getTags?(): Answer<RongTag[]>;
  addTag?(tag: {tagId: string; tagName: string}): Answer;
  updateTag?(tag: {tagId: string; tagName: string}): Answer;
  removeTag?(tagId: string): Answer;
  addConversationsToTag?(tagId: string, targets: RongTarget[]): Answer;
  removeConversationsFromTag?(tagId: string, targets: RongTarget[]): Answer;
}
