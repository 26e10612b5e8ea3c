import type {Conversation, LastMessage, MessageState} from '../../model/conversation.js';
import type {ConversationFilter} from '../../model/filter.js';
import {readCount} from '../../model/validate.js';
import {frozen, seconds, serviceKey, strings, text, timeKey} from '../shared/rows.js';
import {bitOf, LEVELS, marksOf, mentionOf} from '../shared/tim.js';

type Raw = Readonly<Partial<Record<string, unknown>>>;

/** By `elemType`. */
const TYPES = ['unknown', 'text', 'custom', 'image', 'voice', 'video', 'file', 'location', 'sticker', 'notice', 'merged'];
/** By `status`. */
const STATES: readonly MessageState[] = ['normal', 'sending', 'normal', 'failed', 'deleted', 'normal', 'recalled'];

/** Anything as an object whose fields can be read. */
const raw = (value: unknown): Raw => Object(value) as Raw;
const first = (...values: readonly unknown[]): string | undefined => values.map(text).find(Boolean);
const yesOrNo = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined);

/** The user or group behind a conversation; neither for an id that is none. */
export function targetOf(id: string): {readonly user?: string; readonly group?: string} {
  const [, kind, target] = /^(c2c|group)_([^]+)$/.exec(id) ?? [];
  return target === undefined ? {} : kind === 'c2c' ? {user: target} : {group: target};
}

/**
 * Reads a `V2TIMConversation`; one without an id is left out.
 *
 * @throws SourceError `invalid-data` for an order key that has lost its last digits.
 */
export function readRow(native: unknown, selfId: string | undefined): readonly Conversation[] {
  const c = raw(native);
  const id = text(c['conversationID']);
  if (id === undefined) return [];
  const {user, group} = targetOf(id);
  const lastMessage = readMessage(raw(c['lastMessage']), selfId);
  const pinned = c['isPinned'] === true;
  const key = c['orderKey'] ?? c['orderkey'] ?? '';
  const draft = text(c['draftText']);
  const mentions = c['groupAtInfolist'] ?? c['groupAtInfoList'];
  return [
    frozen<Conversation>({
      id,
      type: user ? 'direct' : group ? 'group' : 'unknown',
      targetId: first(c['userID'], c['groupID'], user, group),
      title: first(c['showName'], c['userID'], c['groupID'], user, group) ?? '',
      avatarUrl: first(c['faceUrl'], c['faceURL']),
      orderKey: key === '' ? timeKey(pinned, lastMessage?.sentAt) : serviceKey(key, id),
      activeAt: lastMessage?.sentAt,
      pinned,
      unreadCount: readCount(c['unreadCount']),
      mention: mentionOf((Array.isArray(mentions) ? mentions : []).map((one) => raw(one)['atType'])),
      notify: LEVELS[Number(c['recvOpt'])] ?? 'all',
      marks: marksOf(c['markList']),
      groups: strings(c['conversationGroupList']),
      draft: draft === undefined ? undefined : frozen({text: draft, editedAt: seconds(c['draftTimestamp'])}),
      lastMessage,
      readUpTo: seconds(c['c2cReadTimestamp']),
      customData: text(c['customData']),
      native,
    }),
  ];
}

/** Half of a message is one; nothing of it is none. */
function readMessage(m: Raw, selfId: string | undefined): LastMessage | null {
  const id = text(m['msgID']);
  const type = TYPES[Number(m['elemType'])];
  const sentAt = seconds(m['timestamp']);
  if (id === undefined && type === undefined && sentAt === undefined) return null;
  const senderId = text(m['sender']);
  return frozen<LastMessage>({
    id,
    senderId,
    senderName: first(m['nameCard'], m['friendRemark'], m['nickName']),
    isOwn: yesOrNo(m['isSelf']) ?? (senderId === undefined || selfId === undefined ? undefined : senderId === selfId),
    type: type ?? 'unknown',
    text: first(
      raw(m['textElem'])['text'],
      raw(m['customElem'])['desc'],
      raw(m['fileElem'])['fileName'],
      raw(m['locationElem'])['desc'],
      raw(m['mergerElem'])['title'],
    ),
    sentAt,
    state: STATES[Number(m['status'])] ?? 'normal',
    peerRead: yesOrNo(m['isPeerRead']),
  });
}

/** The part of a filter that the SDK can apply, in the words of all its generations; `undefined` for none. */
export function toNative({types, mark, group, hasMention}: ConversationFilter): Raw | undefined {
  const type = types?.length === 1 ? ['', 'direct', 'group'].indexOf(types[0] as string) : -1;
  // For the older generation 0 and '' do not filter, for the newer they ask for none; a bit that is no mark for all.
  const markType = mark && Number(bitOf(mark));
  const native = {
    ...(type > 0 && {type, conversationType: type}),
    ...((markType || mark === null) && {markType: markType ?? 0}),
    ...(group !== undefined && {conversationGroup: group ?? '', groupName: group ?? ''}),
    ...(hasMention && {hasGroupAtInfo: true}),
  };
  return Object.keys(native).length > 0 ? native : undefined;
}
