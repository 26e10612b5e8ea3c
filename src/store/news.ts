import type {Conversation} from '../model/conversation.js';

/** Whether a live change of a conversation is something a person would want to be told of: another message of others. */
export function isNews(before: Conversation | undefined, after: Conversation): boolean {
  const last = after.lastMessage;
  if (last?.isOwn === true) return false;
  if (before === undefined || after.unreadCount > before.unreadCount) return true;
  const was = before.lastMessage;
  if (last === was || !last) return false;
  return last.id !== was?.id || last.sentAt !== was?.sentAt || last.text !== was?.text || last.state !== was?.state;
}
