import type {
  Conversation,
  DeliveryState,
  LastMessage,
  Member,
  MentionKind,
  NotifyLevel,
  Presence,
} from '../../model/conversation.js';
import {readCount} from '../../model/validate.js';
import type {EasemobItem, EasemobMessage, EasemobProfile, EasemobSilentMode, EasemobTarget} from './types.js';

/** What is known of a conversation; snapshots are made of it. */
export interface Row extends EasemobTarget {
  readonly id: string;
  /** When it was pinned; 0: it is not. */
  pinned: number;
  unread: number;
  last: EasemobMessage | null;
  recalled?: boolean | undefined;
  delivery?: DeliveryState | undefined;
  marks: readonly number[];
  notify: NotifyLevel;
  mention?: MentionKind | undefined;
  presence?: Presence | undefined;
  readUpTo?: number | undefined;
  /** The SDK's own entry; `null` for one that began with a message. */
  native?: object | null;
  /** When an event or an action changed it last, by the source's own clock. */
  touched: number;
}

/** What a snapshot needs besides the row. */
export interface Names {
  /** The user whose list it is. */
  readonly self: string | undefined;
  /** The model's names for the app's marks. */
  readonly marks: ReadonlyMap<number, string>;
  /** By the ids of conversations. */
  readonly profiles: ReadonlyMap<string, EasemobProfile>;
}

/** Above every time. */
export const PINNED = 1n << 62n;

const TYPES = new Map([['txt', 'text'], ['img', 'image'], ['audio', 'voice'], ['loc', 'location'], ['combine', 'merged']]);
/** Times come as numbers, as decimal strings, or not at all. */
export function readTime(value: unknown): number {
  const ms = Math.trunc(Number(value));
  return ms > 0 && ms <= 8.64e15 ? ms : 0;
}

/** The conversation that an id stands for. */
export function targetOf(id: string): EasemobTarget | undefined {
  const [, type, conversationId] = /^(singleChat|groupChat)\|([^]+)$/.exec(id) ?? [];
  return conversationId ? {conversationType: type as EasemobTarget['conversationType'], conversationId} : undefined;
}

export function notifyOf(mode: EasemobSilentMode | undefined): NotifyLevel {
  if (mode?.type === 'NONE' || readTime(mode?.ignoreDuration) > Date.now()) return 'silent';
  return mode?.type === 'AT' ? 'mentions' : 'all';
}

export function newRow(id: string): Row | undefined {
  const target = targetOf(id);
  return target && {...target, id, pinned: 0, unread: 0, last: null, marks: [], notify: 'all', touched: 0};
}

/** Reads an entry of the server's list, keeping what only events have told; `undefined` for one without an id. */
export function readItem(item: EasemobItem | null, self: string | undefined, rows: ReadonlyMap<string, Row>): Row | undefined {
  if (typeof item?.conversationId !== 'string') return undefined;
  const id = `${item.conversationType}|${item.conversationId}`;
  const row = newRow(id);
  if (!row) return undefined;
  const before = rows.get(id);
  // Without a last message the SDK says null or {}.
  const last = (item.lastMessage && Object.keys(item.lastMessage)[0] ? item.lastMessage : null) as Row['last'];
  const unread = readCount(item.unReadCount);
  return {
    ...row,
    ...(last?.id !== undefined && last.id === before?.last?.id && {recalled: before.recalled, delivery: before.delivery}),
    pinned: item.isPinned === true ? readTime(item.pinnedTime) || 1 : 0,
    unread,
    last,
    marks: Array.isArray(item.marks) ? item.marks.filter(Number.isInteger) : [],
    notify: before?.notify ?? 'all',
    mention: unread > 0 ? mentionIn(last, self, before?.mention) : undefined,
    presence: before?.presence,
    readUpTo: before?.readUpTo,
    native: item,
  };
}

/** By the convention of the vendor's UI kits: `ext.em_at_list` is `ALL` or a list of users. */
export function mentionIn(
  message: EasemobMessage | null,
  self: string | undefined,
  before: MentionKind | undefined,
): MentionKind | undefined {
  const list = (message?.ext as {em_at_list?: unknown} | null | undefined)?.em_at_list;
  const kind = list === 'ALL' ? 'all' : Array.isArray(list) && list.includes(self) ? 'me' : undefined;
  return before && kind && before !== kind ? 'both' : (kind ?? before);
}

export function keyOf({pinned, last}: Row): bigint {
  return pinned ? PINNED + BigInt(pinned) : BigInt(readTime(last?.time));
}

/** An immutable snapshot of the row. */
export function snapshot(row: Row, names: Names): Conversation {
  const {id, conversationId, last, mention, presence, readUpTo, native} = row;
  const {title, avatarUrl, members} = names.profiles.get(id) ?? {};
  const time = readTime(last?.time);
  return Object.freeze({
    id,
    type: row.conversationType === 'groupChat' ? 'group' : 'direct',
    targetId: conversationId,
    title: title || conversationId,
    ...(avatarUrl ? {avatarUrl} : members && {members: Object.freeze(members.map((user) => memberOf(user, names)))}),
    orderKey: keyOf(row),
    ...(time && {activeAt: time}),
    pinned: row.pinned > 0,
    unreadCount: row.unread,
    ...(mention && {mention}),
    ...(presence && {presence}),
    notify: row.notify,
    marks: Object.freeze(row.marks.map((mark) => names.marks.get(mark) ?? `${mark}`)),
    groups: Object.freeze([]),
    lastMessage: last && messageOf(row, last, names),
    ...(readUpTo && {readUpTo}),
    ...(native && {native}),
  });
}

function memberOf(id: string, {profiles}: Names): Member {
  const {title, avatarUrl} = profiles.get(`singleChat|${id}`) ?? {};
  return Object.freeze({id, ...(title && {name: title}), ...(avatarUrl && {avatarUrl})});
}

function messageOf({recalled, delivery}: Row, message: EasemobMessage, {self, profiles}: Names): LastMessage {
  const {id, type = 'unknown', from, filename, length, thumb} = message;
  // One line: of a text, of a place, of a bundle of messages.
  const text = message.msg ?? message.addr ?? message.title;
  const time = readTime(message.time);
  const sender = profiles.get(`singleChat|${from}`)?.title;
  return Object.freeze({
    ...(id && {id}),
    ...(from && {senderId: from}),
    ...(sender && {senderName: sender}),
    ...(self && {isOwn: !from || from === self}),
    type: TYPES.get(type) ?? type,
    ...(!recalled && {
      ...(typeof text === 'string' && {text}),
      ...(filename && type === 'file' && {fileName: filename}),
      // Seconds.
      ...(readTime(length) && type !== 'file' && {durationMs: readTime(length) * 1000}),
      ...(thumb && {thumbnailUrl: thumb}),
    }),
    ...(time && {sentAt: time}),
    state: recalled ? 'recalled' : 'normal',
    ...(delivery && {deliveryState: delivery}),
  });
}
