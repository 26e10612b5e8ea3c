import type {
  Conversation,
  ConversationType,
  LastMessage,
  MentionKind,
  MessageState,
  NotifyLevel,
} from '../../model/conversation.js';
import {readCount} from '../../model/validate.js';
import {frozen, strings, text, timeKey, type Loose} from '../shared/rows.js';
import type {OpenImConversation, OpenImElement, OpenImMessage} from './types.js';

const TYPES: readonly ConversationType[] = ['unknown', 'direct', 'group', 'group', 'system'];
const LEVELS: readonly NotifyLevel[] = ['all', 'off', 'silent'];
const MENTIONS: readonly (MentionKind | undefined)[] = [undefined, 'me', 'all', 'both', 'all'];
const STATES: readonly MessageState[] = ['normal', 'sending', 'normal', 'failed', 'deleted'];
const RECALLED = 2101;
/** From 101 on; what is not here is text, if it carries any. */
const MESSAGES = ['text', 'image', 'voice', 'video', 'file', 'text', 'merged', 'contact', 'location', 'custom'];
const STICKER = 115;

/** Whether the SDK's lists have it: they leave out the hidden, and those that have never had a message. */
export function isListed(item: unknown): item is OpenImConversation {
  const {conversationID, latestMsgSendTime} = Object(item) as Partial<OpenImConversation>;
  return !!text(conversationID) && Number(latestMsgSendTime) > 0;
}

/** The SDK's own order: pinned first, then by the last message or the draft, whichever is later. */
export function keyOf({isPinned, latestMsgSendTime, draftTextTime}: OpenImConversation): bigint {
  return timeKey(isPinned, Math.max(latestMsgSendTime, Number(draftTextTime) || 0));
}

/** @param facts - what the SDK tells besides the conversation */
export function toConversation(
  item: OpenImConversation,
  selfId: string | undefined,
  facts: Loose<Pick<Conversation, 'presence' | 'typing'>>,
): Conversation {
  const type = TYPES[item.conversationType] ?? 'unknown';
  const targetId = text(item.groupID) ?? text(item.userID);
  const message = toMessage(item, selfId);
  const draft = text(item.draftText);
  return frozen<Conversation>({
    id: item.conversationID,
    type,
    targetId,
    title: text(item.remark) ?? text(item.showName) ?? targetId ?? item.conversationID,
    avatarUrl: text(item.faceURL),
    orderKey: keyOf(item),
    activeAt: item.latestMsgSendTime,
    pinned: item.isPinned === true,
    unreadCount: readCount(item.unreadCount),
    mention: MENTIONS[item.groupAtType],
    notify: LEVELS[item.recvMsgOpt] ?? 'all',
    marks: strings(item.isMarked ? ['star'] : []),
    groups: strings([]),
    draft: draft === undefined ? undefined : frozen({text: draft, editedAt: item.draftTextTime || undefined}),
    lastMessage: message,
    readUpTo: message?.peerRead ? message.sentAt : undefined,
    customData: text(item.ex),
    native: item,
    ...facts,
  });
}

/** Reads JSON text; what is no text, or no JSON, comes back as it is. */
export function parse(data: unknown): unknown {
  try {
    return JSON.parse(data as string);
  } catch {
    return data;
  }
}

function toMessage(item: OpenImConversation, selfId: string | undefined): LastMessage | null | undefined {
  const message = parse(item.latestMsg) as OpenImMessage | string | null;
  if (message === '') return null;
  if (typeof message !== 'object' || message === null) return undefined;
  const {contentType = 0, sendID, status = 0} = message;
  const direct = item.conversationType === 1;
  // In a direct conversation it is the one or the other.
  const isOwn = selfId === undefined ? direct && sendID !== item.userID : sendID === selfId;
  return frozen<LastMessage>({
    id: text(message.clientMsgID),
    senderId: text(sendID),
    senderName: text(message.senderNickname),
    isOwn,
    type: contentType === STICKER ? 'sticker' : contentType > 1000 ? 'system' : (MESSAGES[contentType - 101] ?? 'text'),
    text: toText(message),
    sentAt: message.sendTime || message.createTime || undefined,
    state: contentType === RECALLED ? 'recalled' : (STATES[status] ?? 'normal'),
    peerRead: isOwn && direct ? message.isRead === true : undefined,
  });
}

/** What the message's one element says, whichever it is. */
function toText(message: OpenImMessage): string | undefined {
  for (const [name, value] of Object.entries(message)) {
    if (!/^(?!notif|attached).*Elem$/.test(name)) continue;
    const {content, text: words, fileName, title, nickname, description, atUsersInfo} = Object(value) as OpenImElement;
    const found = [content, words, fileName, title, nickname, description].find((one): one is string => !!text(one));
    if (found === undefined) continue;
    // The text names people by id.
    const users: NonNullable<typeof atUsersInfo> = Array.isArray(atUsersInfo) ? atUsersInfo : [];
    return users.reduce((said, user) => {
      const {atUserID, groupNickname} = Object(user) as NonNullable<typeof user>;
      return text(groupNickname) ? said.replaceAll(`@${String(atUserID)}`, () => `@${String(groupNickname)}`) : said;
    }, found);
  }
  return undefined;
}
