import type {Conversation, ConversationType, LastMessage, NotifyLevel, Presence} from '../../model/conversation.js';
import {readCount} from '../../model/validate.js';
import {frozen, seconds, strings, text, timeKey} from '../shared/rows.js';
import {LEVELS, marksOf, mentionOf} from '../shared/tim.js';

type Raw = Readonly<Partial<Record<string, unknown>>>;

const TYPES = new Map<unknown, ConversationType>([
  ['C2C', 'direct'],
  ['GROUP', 'group'],
  ['TOPIC', 'channel'],
  ['@TIM#SYSTEM', 'system'],
]);

/** `messageRemindType` in the order of {@link LEVELS}. */
const REMINDERS = ['AcceptAndNotify', 'Discard', 'AcceptNotNotify', 'AcceptNotNotifyExceptAt'];

/** Those whose name is not what stands between `TIM` and `Elem`. */
const MESSAGES = new Map([
  ['sound', 'voice'],
  ['face', 'sticker'],
  ['videofile', 'video'],
  ['grouptip', 'notice'],
  ['groupsystemnotice', 'notice'],
  ['relay', 'merged'],
]);

/** Types for which the list has no words of its own. */
const UNWORDED = ['notice', 'custom', 'unknown'];

const raw = (value: unknown): Raw => Object(value) as Raw;
const first = (...values: readonly unknown[]): string | undefined => values.map(text).find(Boolean);

/** The reminder type of a level. */
export function reminderOf(level: NotifyLevel): string | undefined {
  return REMINDERS[LEVELS.indexOf(level)];
}

/** The user or group behind a conversation; neither for an id that is none. */
export function targetOf(id: string): {readonly user?: string; readonly group?: string} {
  const [, kind, target] = /^(C2C|GROUP)([^]+)$/.exec(id) ?? [];
  return target === undefined ? {} : kind === 'C2C' ? {user: target} : {group: target};
}

/** Reads a conversation; one without an id is left out. */
export function readRow(native: unknown, selfId: string | undefined, presence?: Presence): readonly Conversation[] {
  const c = raw(native);
  const id = text(c['conversationID']);
  if (id === undefined) return [];
  const {user, group} = targetOf(id);
  const [profile, about] = [raw(c['userProfile']), raw(c['groupProfile'])];
  const lastMessage = readMessage(raw(c['lastMessage']), selfId);
  const pinned = c['isPinned'] === true;
  const draft = text(c['draftText']);
  const remind = c['messageRemindType'];
  const mentions: unknown[] = Array.isArray(c['groupAtInfoList']) ? c['groupAtInfoList'] : [];
  return [
    frozen<Conversation>({
      id,
      type: TYPES.get(c['type']) ?? (user ? 'direct' : group ? 'group' : 'unknown'),
      targetId: user ?? group,
      title: first(c['remark'], profile['nick'], about['name'], user, group) ?? '',
      avatarUrl: first(profile['avatar'], about['avatar']),
      orderKey: timeKey(pinned, lastMessage?.sentAt),
      activeAt: lastMessage?.sentAt,
      pinned,
      unreadCount: readCount(c['unreadCount']),
      mention: mentionOf(mentions.flatMap((one) => raw(one)['atTypeArray'])),
      presence,
      notify: remind === 'NotReceiveMsgExceptAt' ? 'mentions' : (LEVELS[REMINDERS.indexOf(remind as string)] ?? 'all'),
      marks: marksOf(c['markList']),
      groups: strings(c['conversationGroupList']),
      draft: draft === undefined ? undefined : frozen({text: draft}),
      lastMessage,
      readUpTo: seconds(c['peerReadTime']),
      customData: text(c['customData']),
      native,
    }),
  ];
}

/** A cleared conversation has an object without a type and a time. */
function readMessage(m: Raw, selfId: string | undefined): LastMessage | null {
  const sentAt = seconds(m['lastTime']);
  const elem = text(m['type']);
  if (sentAt === undefined && elem === undefined) return null;
  const name = (elem ?? 'unknown').replace(/^TIM|Elem$/g, '').toLowerCase();
  const type = MESSAGES.get(name) ?? name;
  const senderId = text(m['fromAccount']);
  const payload = raw(m['payload']);
  return frozen<LastMessage>({
    senderId,
    senderName: first(m['nameCard'], m['nick']),
    isOwn: senderId === undefined || selfId === undefined ? undefined : senderId === selfId,
    type,
    text: first(
      payload['text'],
      payload['fileName'],
      payload['description'],
      payload['title'],
      UNWORDED.includes(type) && m['messageForShow'],
    ),
    sentAt,
    state: m['isRevoked'] === true ? 'recalled' : 'normal',
    peerRead: typeof m['isPeerRead'] === 'boolean' ? m['isPeerRead'] : undefined,
  });
}
