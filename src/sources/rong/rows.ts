import type {
  Conversation,
  ConversationType,
  DeliveryState,
  LastMessage,
  MentionKind,
  NotifyLevel,
  Presence,
} from '../../model/conversation.js';
import {readCount} from '../../model/validate.js';
import type {RongItem, RongMessage, RongProfile, RongTarget} from './types.js';

/** What is known of a conversation; snapshots are made of it. */
export interface Row {
  readonly id: string;
  readonly target: RongTarget;
  /** Never changed: replaced by a copy. */
  item: RongItem;
  /** The SDK's own. */
  native: object;
  /** Ids of its tags. */
  tags: readonly string[];
  draft?: string | undefined;
  presence?: Presence | undefined;
  readUpTo?: number | undefined;
  /** When an event or an action changed it last, by the source's own clock. */
  touched: number;
}

/** Above every time. */
export const PINNED = 1n << 62n;

const TYPES = new Map<number, ConversationType>([
  [1, 'direct'],
  [2, 'group'],
  [3, 'group'],
  [5, 'direct'],
  [6, 'system'],
  [7, 'channel'],
  [8, 'channel'],
  [10, 'channel'],
]);

/** The SDK's built-in messages; others keep their own names. */
const MESSAGES = new Map(
  Object.entries({
    TxtMsg: 'text',
    ReferenceMsg: 'text',
    ImgMsg: 'image',
    GIFMsg: 'image',
    VcMsg: 'voice',
    HQVCMsg: 'voice',
    SightMsg: 'video',
    FileMsg: 'file',
    LBSMsg: 'location',
    CombineMsg: 'merged',
    CombineV2Msg: 'merged',
    StkMsg: 'sticker',
    CardMsg: 'contact',
    VCSummary: 'call',
    InfoNtf: 'system',
    GrpNtf: 'system',
  }),
);
const RECALLED = 'RC:RcNtf';

const DELIVERY = new Map<unknown, DeliveryState>([[30, 'sent'], [40, 'delivered'], [50, 'read']]);

const isString = (value: unknown): value is string => typeof value === 'string' && value !== '';

export function readTime(value: unknown): number {
  const ms = Math.trunc(Number(value));
  return ms > 0 && ms <= 8.64e15 ? ms : 0;
}

export function idOf({conversationType, targetId, channelId}: Partial<RongTarget>): string {
  return `${conversationType}|${targetId}${channelId ? `|${channelId}` : ''}`;
}

/** The conversation that an id stands for. Ids of the service have no bar. */
export function targetOf(id: string): RongTarget | undefined {
  const [, type, targetId, channelId] = /^(\d+)\|([^|]+)(?:\|([^|]+))?$/.exec(id) ?? [];
  return targetId ? {conversationType: Number(type), targetId, ...(channelId && {channelId})} : undefined;
}

/** Reads what the SDK gives, over what was known; `undefined` for what has no id, and for chat rooms. */
export function readItem(item: RongItem | null | undefined, rows: ReadonlyMap<string, Row>): Row | undefined {
  const target = item && typeof item.targetId === 'string' ? targetOf(idOf(item)) : undefined;
  if (!item || !target || item.conversationType === 4) return undefined;
  const id = idOf(target);
  const before = rows.get(id);
  const told = Object.entries(item).filter(([, value]) => value !== undefined);
  const last = item.latestMessage;
  // What it hands over goes on living in the SDK.
  if (last) told.push(['latestMessage', {...last, content: {...contentOf(last)}}]);
  return {
    tags: [],
    ...before,
    id,
    target,
    item: {...before?.item, ...(Object.fromEntries(told) as RongItem)},
    native: item,
    ...(isString(item.draft) && {draft: item.draft}),
    touched: 0,
  };
}

export function keyOf({item}: Row): bigint {
  return (item.isTop === true ? PINNED : 0n) + BigInt(timeOf(item));
}

function timeOf({operationTime, latestMessage}: RongItem): number {
  return readTime(operationTime) || readTime(latestMessage?.sentTime);
}

export function notifyOf({notificationLevel: level, notificationStatus}: RongItem): NotifyLevel {
  if (level === 1 || level === 2 || level === 4) return 'mentions';
  return level === 5 || (level === undefined && notificationStatus === 1) ? 'silent' : 'all';
}

function mentionOf({hasMentioned, mentionedInfo, unreadMentionedMeCount}: RongItem): MentionKind | undefined {
  if (hasMentioned !== true) return undefined;
  const all = mentionedInfo?.type === 1;
  return all && readCount(unreadMentionedMeCount) > 0 ? 'both' : all ? 'all' : 'me';
}

/** An immutable snapshot of the row. */
export function snapshot(
  {id, target, item, native, tags, draft, presence, readUpTo}: Row,
  profiles: ReadonlyMap<string, RongProfile>,
): Conversation {
  const {latestMessage: last} = item;
  const sender = userIn(last);
  // Without a profile, who wrote last to this person gives the name.
  const peer = target.conversationType === 1 && last?.messageDirection !== 1 ? sender : undefined;
  const {title = peer?.title, avatarUrl = peer?.avatarUrl} = profiles.get(id) ?? {};
  const time = timeOf(item);
  const mention = mentionOf(item);
  return Object.freeze({
    id,
    type: TYPES.get(target.conversationType) ?? 'unknown',
    targetId: target.targetId,
    title: title || target.targetId,
    ...(avatarUrl && {avatarUrl}),
    orderKey: (item.isTop === true ? PINNED : 0n) + BigInt(time),
    ...(time && {activeAt: time}),
    pinned: item.isTop === true,
    unreadCount: readCount(item.unreadMessageCount),
    ...(mention && {mention}),
    ...(presence && {presence}),
    notify: notifyOf(item),
    marks: Object.freeze([]),
    groups: Object.freeze([...tags]),
    ...(draft && {draft: Object.freeze({text: draft})}),
    ...(last !== undefined && {lastMessage: last && messageOf(last, profiles, sender)}),
    ...(readUpTo && {readUpTo}),
    native,
  });
}

/** Messages may carry their sender. */
function userIn(message: RongMessage | null | undefined): RongProfile | undefined {
  const {name, portraitUri} = (contentOf(message)['user'] ?? {}) as Record<string, unknown>;
  return {title: isString(name) ? name : undefined, avatarUrl: isString(portraitUri) ? portraitUri : undefined};
}

function contentOf(message: RongMessage | null | undefined): Readonly<Record<string, unknown>> {
  const content = message?.content;
  return typeof content === 'object' && content !== null ? (content as Record<string, unknown>) : {};
}

function messageOf(
  message: RongMessage,
  profiles: ReadonlyMap<string, RongProfile>,
  sender: RongProfile | undefined,
): LastMessage {
  const {messageUId, senderUserId, messageType = 'unknown', messageDirection, sentStatus} = message;
  const content = contentOf(message);
  const type = MESSAGES.get(messageType.replace(/^RC:/, '')) ?? messageType;
  const recalled = messageType === RECALLED;
  // Pictures and recordings hold bytes there.
  const text = type === 'text' ? content['content'] : (content['message'] ?? content['poi'] ?? content['title']);
  const senderName = sender?.title ?? profiles.get(`1|${senderUserId}`)?.title;
  const own = messageDirection === 1;
  const time = readTime(message.sentTime);
  const seconds = readTime(content['duration']);
  const delivery = own && DELIVERY.get(sentStatus);
  return Object.freeze({
    ...(messageUId && {id: messageUId}),
    ...(senderUserId && {senderId: senderUserId}),
    ...(senderName && {senderName}),
    isOwn: own,
    type,
    ...(!recalled && {
      ...(isString(text) && {text}),
      ...(type === 'file' && isString(content['name']) && {fileName: content['name']}),
      ...((type === 'voice' || type === 'video') && seconds && {durationMs: seconds * 1000}),
    }),
    ...(time && {sentAt: time}),
    state: recalled ? 'recalled' : own && sentStatus === 10 ? 'sending' : own && sentStatus === 20 ? 'failed' : 'normal',
    ...(delivery && {deliveryState: delivery}),
  });
}
