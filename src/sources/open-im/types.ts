/** A conversation as the SDK has it; any field may be missing in an object that is half filled. */
export interface OpenImConversation {
  readonly conversationID: string;
  /** 1 single, 2 and 3 group, 4 notification. */
  readonly conversationType: number;
  readonly userID: string;
  readonly groupID: string;
  readonly showName: string;
  readonly faceURL: string;
  /** 0 normal, 1 not received, 2 without a notification. */
  readonly recvMsgOpt: number;
  readonly unreadCount: number;
  /** 0 none, 1 me, 2 all, 3 both, 4 an announcement. */
  readonly groupAtType: number;
  /** JSON of an {@link OpenImMessage}; empty for none. */
  readonly latestMsg: string;
  /** Milliseconds; 0: the SDK leaves the conversation out of its lists. */
  readonly latestMsgSendTime: number;
  readonly draftText: string;
  readonly draftTextTime: number;
  readonly isPinned: boolean;
  /** Not in the core of 3.8.5. */
  readonly isMarked?: boolean;
  readonly ex?: string;
  readonly remark?: string;
}

/** The parts of a message that a row shows. */
export interface OpenImMessage {
  readonly clientMsgID?: string;
  readonly sendID?: string;
  readonly senderNickname?: string;
  readonly contentType?: number;
  readonly sendTime?: number;
  readonly createTime?: number;
  /** 1 sending, 2 sent, 3 failed, 4 deleted. */
  readonly status?: number;
  readonly isRead?: boolean;
}

/** What a message says; it has one for its kind, such as `textElem`, `fileElem` or `customElem`. */
export interface OpenImElement {
  readonly content?: unknown;
  readonly text?: unknown;
  readonly fileName?: unknown;
  readonly title?: unknown;
  readonly nickname?: unknown;
  readonly description?: unknown;
  readonly atUsersInfo?: readonly ({readonly atUserID?: unknown; readonly groupNickname?: unknown} | null)[];
}

/** What a call resolves to; `data` is JSON text where the app logged in with `tryParse: false`. */
export interface OpenImResponse<T> {
  readonly data: T;
}

/** What an event carries; `data` as in {@link OpenImResponse}. */
export interface OpenImEvent {
  readonly data?: unknown;
  readonly errCode?: number;
  readonly errMsg?: string;
}

type Call<In, Out> = (input: In) => Promise<OpenImResponse<Out>>;

/** What the source needs of what `getSDK()` of `@openim/wasm-client-sdk` gives. */
export interface OpenImSdk {
  on(event: string, listener: (event: OpenImEvent) => void): unknown;
  off(event: string, listener: (event: OpenImEvent) => void): unknown;
  getConversationListSplit: Call<{offset: number; count: number}, OpenImConversation[]>;
  getAllConversationList: () => Promise<OpenImResponse<OpenImConversation[]>>;
  getMultipleConversation: Call<string[], OpenImConversation[]>;
  getTotalUnreadMsgCount: () => Promise<OpenImResponse<number>>;
  setConversation: Call<OpenImChange, unknown>;
  setConversationDraft: Call<{conversationID: string; draftText: string}, unknown>;
  markConversationMessageAsRead: Call<string, unknown>;
  hideConversation: Call<string, unknown>;
  clearConversationAndDeleteAllMsg: Call<string, unknown>;
  deleteConversationAndDeleteAllMsg: Call<string, unknown>;
}

export interface OpenImChange {
  readonly conversationID: string;
  readonly isPinned?: boolean;
  readonly recvMsgOpt?: number;
  readonly groupAtType?: number;
  readonly ex?: string;
}
