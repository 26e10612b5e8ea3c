/** A call of any signature: the SDK's own types differ by version and are wrong in places. */
type Call = (...args: never[]) => unknown;

/** Calls that give an action, if they are there. */
export type TencentCallName =
  | 'getLoginUser'
  | 'getTotalUnreadMessageCount'
  | 'pinConversation'
  | 'setMessageRemindType'
  | 'setMessageRead'
  | 'setAllMessageRead'
  | 'markConversation'
  | 'deleteConversation'
  | 'clearHistoryMessage'
  | 'setConversationDraft'
  | 'setConversationCustomData'
  | 'getConversationGroupList'
  | 'createConversationGroup'
  | 'renameConversationGroup'
  | 'deleteConversationGroup'
  | 'addConversationsToGroup'
  | 'deleteConversationsFromGroup';

/** What `TencentCloudChat.create()` gives, as far as it is used. */
export type TencentChat = {readonly [Name in TencentCallName]?: Call} & {
  getConversationList: Call;
  on: Call;
  off: Call;
};
