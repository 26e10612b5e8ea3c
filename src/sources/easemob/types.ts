/**
 * What the source takes of `easemob-websdk` and `agora-chat`, by structure: a `Connection` of either fits, and
 * nothing of them is imported.
 */

/** A conversation as the SDK names it. */
export interface EasemobTarget {
  readonly conversationType: 'singleChat' | 'groupChat';
  readonly conversationId: string;
}

/** A message, in a list or by an event; any field may be missing. */
export interface EasemobMessage {
  id?: string;
  /** Of a receipt: the message that it is about. */
  mid?: string;
  type?: string;
  chatType?: string;
  from?: string;
  to?: string;
  time?: number;
  /** The text of a text message. */
  msg?: string;
  /** The name of a place. */
  addr?: string;
  /** The title of a bundle of messages. */
  title?: string;
  filename?: string;
  /** Seconds, of a recording. */
  length?: number;
  thumb?: string;
  /** Of a message an object of the app's, of a recall a string. */
  ext?: unknown;
  /** It is in a thread, not in the group. */
  chatThread?: object;
}

/** A name and a picture for a user or a group. */
export interface EasemobProfile {
  readonly title?: string | undefined;
  readonly avatarUrl?: string | undefined;
  /** A few users of a group without a picture. */
  readonly members?: readonly string[] | undefined;
}

/** Finds names and pictures; one result for each target, in their order. */
export type EasemobProfiles = (
  targets: readonly EasemobTarget[],
) => Promise<readonly (EasemobProfile | undefined)[]>;

/** An entry of the server's list; any field may be missing. */
export interface EasemobItem {
  conversationId?: string;
  conversationType?: string;
  isPinned?: boolean;
  pinnedTime?: number;
  lastMessage?: object | null;
  unReadCount?: number;
  marks?: number[];
}

/** An answer of the server. */
export interface EasemobResult<T> {
  data?: T;
}

/** A page of the server's list. */
export interface EasemobPage {
  conversations: EasemobItem[];
  cursor: string;
}

/** How loud a conversation is. */
export interface EasemobSilentMode {
  type?: string;
  /** Silent until then, in milliseconds since 1970. */
  ignoreDuration?: number;
}

/** Something done on another device of this person. */
export interface EasemobDeviceEvent {
  operation?: string;
  conversationId?: string;
  conversationType?: string;
  chatType?: string;
  type?: string;
  conversationMark?: number;
  timestamp?: number;
  data?: EasemobSilentMode | {ignoreInterval?: string};
}

export interface EasemobPresence {
  userId: string;
  statusDetails: {device: string; status: number}[];
}

export interface EasemobGroup {
  id: string;
  name: string;
  avatar?: string;
  affiliations?: readonly {readonly owner?: string; readonly member?: string}[];
}

/** The events that the source listens to. */
export interface EasemobHandlers {
  onConnected?: () => void;
  onReconnecting?: () => void;
  onOffline?: () => void;
  onDisconnected?: (reason?: {type?: number}) => void;
  onTokenExpired?: () => void;
  onOfflineMessageSyncStart?: () => void;
  onOfflineMessageSyncFinish?: () => void;
  onMessage?: (messages: EasemobMessage[]) => void;
  onModifiedMessage?: (message: EasemobMessage) => void;
  onRecallMessage?: (message: EasemobMessage) => void;
  onDeliveredMessage?: (receipt: EasemobMessage) => void;
  onReadMessage?: (receipt: EasemobMessage) => void;
  onChannelMessage?: (receipt: EasemobMessage) => void;
  onCmdMessage?: (message: EasemobMessage & {action?: string}) => void;
  onMultiDeviceEvent?: (event: EasemobDeviceEvent) => void;
  onGroupEvent?: (event: {operation?: string; id?: string}) => void;
  onPresenceStatusChange?: (presences: EasemobPresence[]) => void;
}

interface ListParams {
  pageSize?: number;
  cursor?: string;
  includeEmptyConversations?: boolean;
}

type Answer<T = unknown> = Promise<EasemobResult<T>>;
type Targets = {conversations: EasemobTarget[]; mark: number};

/** A connection of the SDK. An action whose method is missing, as in a build with few plugins, is not offered. */
export interface EasemobConnection {
  /** The user who is logged in. */
  user?: string | undefined;
  isOpened(): boolean;
  addEventHandler(id: string, handlers: EasemobHandlers): void;
  removeEventHandler(id: string): void;
  getServerConversations(params: ListParams): Answer<EasemobPage>;
  getServerPinnedConversations?(params: ListParams): Answer<EasemobPage>;
  getServerConversationsByFilter?(params: ListParams & {filter: {mark: number}}): Answer<EasemobPage>;
  getSilentModeForConversations?(params: {
    conversationList: {id: string; type: string}[];
  }): Answer<{user?: Record<string, EasemobSilentMode>; group?: Record<string, EasemobSilentMode>}>;
  fetchUserInfoById?(ids: string[]): Answer<Record<string, {nickname?: string; avatarurl?: string}>>;
  getGroupInfo?(params: {groupId: string[]}): Answer<EasemobGroup[]>;
  pinConversation?(params: EasemobTarget & {isPinned: boolean}): Answer<{pinnedTime: number}>;
  deleteConversation?(params: {
    channel: string;
    chatType: 'singleChat' | 'groupChat';
    deleteRoam: boolean;
  }): Promise<unknown>;
  addConversationMark?(params: Targets): Promise<unknown>;
  removeConversationMark?(params: Targets): Promise<unknown>;
  setSilentModeForConversation?(params: {
    conversationId: string;
    /** Enumerations of the SDK's, which are strings. */
    type: never;
    options: {paramType: 0; remindType: never};
  }): Answer<EasemobSilentMode>;
  removeHistoryMessages?(params: {
    targetId: string;
    chatType: 'singleChat' | 'groupChat';
    beforeTimeStamp: number;
  }): Promise<unknown>;
  send?(message: {
    id: string;
    type: 'channel';
    chatType: 'singleChat' | 'groupChat';
    to: string;
    time: number;
  }): Promise<unknown>;
}
