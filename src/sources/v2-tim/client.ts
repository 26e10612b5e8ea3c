/** A call of any signature: the adapter knows how to make it, whatever types a bridge gives it. */
type Call = (...args: never[]) => unknown;

/** Calls of the conversation manager, the message manager and `V2TIMManager` that give an action, if they are there. */
export type V2TimCallName =
  | 'getConversationListByFilter'
  | 'getConversation'
  | 'getTotalUnreadMessageCount'
  | 'pinConversation'
  | 'deleteConversation'
  | 'deleteConversationList'
  | 'setConversationDraft'
  | 'setConversationCustomData'
  | 'markConversation'
  | 'cleanConversationUnreadMessageCount'
  | 'markC2CMessageAsRead'
  | 'markGroupMessageAsRead'
  | 'markAllMessageAsRead'
  | 'setC2CReceiveMessageOpt'
  | 'setGroupReceiveMessageOpt'
  | 'clearC2CHistoryMessage'
  | 'clearGroupHistoryMessage'
  | 'getConversationGroupList'
  | 'createConversationGroup'
  | 'renameConversationGroup'
  | 'deleteConversationGroup'
  | 'addConversationsToGroup'
  | 'deleteConversationsFromGroup'
  | 'addIMSDKListener'
  | 'removeIMSDKListener'
  | 'getLoginUser';

/** The calls of one manager, each optional. */
export type V2TimCalls = {readonly [Name in V2TimCallName]?: Call};

/** A client with the API of V2TIM's conversation manager, from whatever bridge. */
export interface V2TimClient extends V2TimCalls {
  getConversationList: Call;
  addConversationListener: Call;
  removeConversationListener: Call;
}

/** How a bridge differs from the native API with promises. */
export interface V2TimOptions {
  /** Further objects with calls: the message manager, `V2TIMManager`. */
  readonly also?: readonly V2TimCalls[];
  /** The person's id; without it the client's `getLoginUser()` tells. */
  readonly selfId?: string;
  /** Calls end with `{onSuccess, onError}`, or with two functions, instead of returning a promise. Default false. */
  readonly callbacks?: boolean;
  /** The filter's call takes `nextSeq` and `count` as arguments and not only in the filter. Default false. */
  readonly pageArguments?: boolean;
  /** The argument orders of React Native's module. Default false. */
  readonly reactNative?: boolean;
  /** Default 100, the most that is advised. */
  readonly maxPageSize?: number;
  /** How long a call may take, in milliseconds. Default 20,000. */
  readonly timeoutMs?: number;
}
