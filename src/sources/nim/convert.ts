import type {Conversation, ConversationType, LastMessage} from '../../model/conversation.js';
import {readCount, readOrderKey} from '../../model/validate.js';
import {frozen, strings, text} from '../shared/rows.js';
import type {NimConversation, NimLastMessage} from './types.js';

/** By the SDK's number; a super team is a group, too. */
export const TYPES: readonly ConversationType[] = ['unknown', 'direct', 'group', 'group'];
const MESSAGES: Readonly<Record<number, string>> = {
  0: 'text',
  1: 'image',
  2: 'voice',
  3: 'video',
  4: 'location',
  5: 'system',
  6: 'file',
  7: 'call',
  10: 'system',
  11: 'bot',
  12: 'call',
};

/** A conversation with its place in the order. */
export interface NimRow {
  readonly id: string;
  readonly key: bigint;
  readonly item: NimConversation;
}

/** Those of a list that are conversations, whatever it is. */
export function toRows(list: unknown): NimRow[] {
  return (Array.isArray(list) ? (list as readonly (NimConversation | null)[]) : []).flatMap((item) => {
    const id = text(item?.conversationId);
    return item && id ? {id, key: readOrderKey(item.sortOrder) ?? 0n, item} : [];
  });
}

/** The kind and the other side, which the id of a conversation names after the person. */
export function partsOf(id: string): {readonly type: number; readonly target: string} {
  const [, type, ...rest] = id.split('|');
  return {type: Number(type), target: rest.join('|')};
}

/**
 * @param self - whose list it is
 * @param readUpTo - up to when the other side has read
 */
export function toConversation({id, key, item}: NimRow, self: string, readUpTo: number | undefined): Conversation {
  const type = TYPES[item.type] ?? 'unknown';
  const targetId = text(partsOf(id).target);
  const message = item.lastMessage ? toMessage(item.lastMessage, self, type === 'direct' ? readUpTo : undefined) : null;
  return frozen<Conversation>({
    id,
    type,
    targetId,
    title: text(item.name) ?? targetId ?? id,
    avatarUrl: text(item.avatar),
    orderKey: key,
    activeAt: message?.sentAt ?? (item.updateTime || undefined),
    pinned: item.stickTop === true,
    unreadCount: readCount(item.unreadCount),
    notify: item.mute ? 'silent' : 'all',
    marks: strings([]),
    groups: strings(item.groupIds),
    lastMessage: message,
    readUpTo,
    customData: text(item.serverExtension) ?? text(item.localExtension),
    native: item,
  });
}

function toMessage(message: NimLastMessage, self: string, readUpTo: number | undefined): LastMessage {
  const {messageRefer, messageType = 0, sendingState, lastMessageState} = message;
  const {senderId, messageClientId, createTime} = Object(messageRefer) as Partial<NimLastMessage['messageRefer']>;
  const {name, address, text: words} = Object(message.attachment) as Readonly<Record<string, unknown>>;
  const isOwn = senderId === self;
  return frozen<LastMessage>({
    id: text(messageClientId),
    senderId: text(senderId),
    senderName: text(message.senderName),
    isOwn,
    type: MESSAGES[messageType] ?? 'custom',
    text: text(message.text) ?? (messageType === FILE ? text(name) : (text(address) ?? text(words))),
    sentAt: createTime || undefined,
    state: lastMessageState === 1 ? 'recalled' : sendingState === 2 ? 'failed' : sendingState === 3 ? 'sending' : 'normal',
    peerRead: isOwn && createTime && readUpTo ? readUpTo >= createTime : undefined,
  });
}

const FILE = 6;
