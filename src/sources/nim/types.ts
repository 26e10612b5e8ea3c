/** A conversation as the SDK has it, of the cloud service or the local one. */
export interface NimConversation {
  /** Of the form `me|type|target`. */
  readonly conversationId: string;
  /** 0 unknown, 1 with a person, 2 team, 3 super team. */
  readonly type: number;
  readonly name?: string | undefined;
  readonly avatar?: string | undefined;
  readonly mute?: boolean | undefined;
  readonly stickTop: boolean;
  readonly groupIds?: readonly string[] | undefined;
  readonly localExtension?: string;
  readonly serverExtension?: string;
  readonly lastMessage?: NimLastMessage | null | undefined;
  readonly unreadCount: number;
  /** Milliseconds, and 1e15 more for a conversation that is stuck on top. */
  readonly sortOrder: number;
  readonly updateTime: number;
}

export interface NimLastMessage {
  /** 0 normal, 1 revoked, 2 found again after the last one was deleted. */
  readonly lastMessageState: number;
  readonly messageRefer: {readonly senderId: string; readonly messageClientId: string; readonly createTime: number};
  readonly messageType?: number | undefined;
  /** 2 failed, 3 sending. */
  readonly sendingState?: number | undefined;
  readonly text?: string | undefined;
  readonly attachment?: object | undefined;
  /** Absent for an own message. */
  readonly senderName?: string | undefined;
}

export interface NimFailure {
  readonly conversationId: string;
  readonly error?: unknown;
}

export interface NimOption {
  conversationTypes?: number[];
  onlyUnread?: boolean;
  /** Empty: conversations in no group. */
  conversationGroupIds?: string[];
}

export interface NimUnreadFilter {
  conversationTypes?: number[];
  conversationGroupId?: string;
  ignoreMuted?: boolean;
}

/** What all services have of an emitter. */
export interface NimEmitter {
  on(eventName: string, listener: (...args: unknown[]) => void): void;
  off(eventName: string, listener: (...args: unknown[]) => void): void;
}

/** What the source needs of `V2NIMConversationService` or `V2NIMLocalConversationService`. */
export interface NimConversationService extends NimEmitter {
  getConversationListByOption(
    offset: number,
    limit: number,
    option: NimOption,
  ): Promise<{readonly offset: number; readonly finished: boolean; readonly conversationList: readonly NimConversation[]}>;
  getConversationListByIds(conversationIds: string[]): Promise<readonly NimConversation[]>;
  getUnreadCountByFilter(filter: NimUnreadFilter): Promise<number>;
  stickTopConversation(conversationId: string, stickTop: boolean): Promise<void>;
  deleteConversationListByIds(conversationIds: string[], clearMessage?: boolean): Promise<readonly NimFailure[]>;
  clearUnreadCountByIds(conversationIds: string[]): Promise<readonly NimFailure[]>;
  clearTotalUnreadCount(): Promise<void>;
  updateConversationLocalExtension(conversationId: string, localExtension: string): Promise<void>;
  /** Of the cloud service only. */
  updateConversation?(conversationId: string, info: {serverExtension?: string}): Promise<void>;
}

export interface NimLoginService extends NimEmitter {
  getLoginUser(): string;
  /** 0 logged out, 1 logged in, 2 logging in, 3 waiting to try again. */
  getLoginStatus(): number;
}

export interface NimSettingService {
  setP2PMessageMuteMode(accountId: string, muteMode: number): Promise<void>;
  setTeamMessageMuteMode(teamId: string, teamType: number, muteMode: number): Promise<void>;
}

export interface NimMessageService extends NimEmitter {
  clearHistoryMessage(option: {conversationId: string; deleteRoam?: boolean; onlineSync?: boolean}): Promise<void>;
}

export interface NimGroup {
  readonly groupId: string;
  readonly name: string;
}

export interface NimGroupService extends NimEmitter {
  getConversationGroupList(): Promise<readonly NimGroup[]>;
  createConversationGroup(
    name: string,
    serverExtension?: string,
    conversationIds?: string[],
  ): Promise<{readonly group: NimGroup; readonly failedList: readonly NimFailure[]}>;
  updateConversationGroup(groupId: string, name?: string): Promise<void>;
  deleteConversationGroup(groupId: string): Promise<void>;
  addConversationsToGroup(groupId: string, conversationIds: string[]): Promise<readonly NimFailure[]>;
  removeConversationsFromGroup(groupId: string, conversationIds: string[]): Promise<readonly NimFailure[]>;
}

/** What `NIM.getInstance()` of `nim-web-sdk-ng` gives. A service that is not registered is missing, or without methods. */
export interface NimSdk {
  readonly V2NIMLoginService: NimLoginService;
  readonly V2NIMConversationService?: NimConversationService;
  readonly V2NIMLocalConversationService?: NimConversationService;
  readonly V2NIMConversationGroupService?: NimGroupService;
  readonly V2NIMSettingService?: NimSettingService;
  readonly V2NIMMessageService?: NimMessageService;
}
