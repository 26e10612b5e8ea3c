/** What kind of place a conversation is. */
export type ConversationType = 'direct' | 'group' | 'channel' | 'system' | 'unknown';

/** How loudly it may call: `off` means that the server does not deliver at all. */
export type NotifyLevel = 'all' | 'mentions' | 'silent' | 'off';

/** Where the last message stands in its life. */
export type MessageState = 'normal' | 'sending' | 'failed' | 'recalled' | 'deleted';

/** Whom a mention addresses. */
export type MentionKind = 'me' | 'all' | 'both';

/** Whether the other side of a direct conversation is there. */
export type Presence = 'online' | 'away' | 'busy' | 'offline';

/** How far one's own message has got. */
export type DeliveryState = 'sent' | 'delivered' | 'read';

/** The message a row previews. */
export interface LastMessage {
  readonly id?: string;
  readonly senderId?: string;
  readonly senderName?: string;
  /** Sent by the person whose list this is. */
  readonly isOwn?: boolean;
  /**
   * `text`, `image`, `video`, `voice`, `audio`, `file`, `location`, `contact`, `sticker`, `call`, `poll`, `merged`,
   * `encrypted` for what this device cannot read, `invite` for an invitation into the conversation, `system` for a
   * notice without a sender, or a service's own word.
   */
  readonly type: string;
  /** The text, or the source's own one-line description. */
  readonly text?: string;
  /** The name of what a `file` message carries. */
  readonly fileName?: string;
  /** How long a recording or a call is, in milliseconds. */
  readonly durationMs?: number;
  /** A small picture of an image or a video; asked of the avatar policy. */
  readonly thumbnailUrl?: string;
  /** Milliseconds since 1970. */
  readonly sentAt?: number;
  readonly state: MessageState;
  /** The other side has read it. */
  readonly peerRead?: boolean;
  /** How far an own message has got; see {@link deliveryOf} for what stands in for it. */
  readonly deliveryState?: DeliveryState;
}

/** A member of a group, for the group's avatar. */
export interface Member {
  readonly id?: string;
  readonly name?: string;
  readonly avatarUrl?: string;
}

/** A text begun and not sent. */
export interface Draft {
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly editedAt?: number;
}

/**
 * One row's facts: an immutable snapshot, never an SDK's live object.
 *
 * A change is a new object. The list compares by content, so an equal copy costs no repaint.
 */
export interface Conversation {
  /** Unique in its source; never empty. */
  readonly id: string;
  readonly type: ConversationType;
  /** The user, group or room behind it, where that is not `id`. */
  readonly targetId?: string;
  readonly title: string;
  readonly avatarUrl?: string;
  /**
   * Members of a group or channel. Without a picture of its own it is shown by the first two to four of them; a source
   * need name no more.
   */
  readonly members?: readonly Member[];
  /** The service vouches for who it is. */
  readonly verified?: boolean;
  /** The app's own short labels, such as a customer's status; a row shows the first two. */
  readonly tags?: readonly string[];
  /**
   * 64-bit and opaque; greater is higher in the list. Pinning is already folded in by the source.
   * Source of the rule: Tencent Cloud Chat's `orderKey`.
   */
  readonly orderKey: bigint;
  /** Milliseconds since 1970; for display only, never for order. */
  readonly activeAt?: number;
  readonly pinned: boolean;
  readonly hidden?: boolean;
  readonly unreadCount: number;
  /** There are at least `unreadCount` unread messages, perhaps more. */
  readonly unreadIsLowerBound?: boolean;
  readonly mention?: MentionKind;
  readonly presence?: Presence;
  /**
   * Names of those typing. A source repeats it while it lasts: the list takes it back 6 s after it was last said, and
   * when a new message comes with the names of before.
   */
  readonly typing?: readonly string[];
  readonly notify: NotifyLevel;
  /** `star`, `unread`, `fold`, `hide`, or a decimal string for a service's custom mark. */
  readonly marks: readonly string[];
  /** Names or ids of the conversation groups (folders) it is in. */
  readonly groups: readonly string[];
  readonly draft?: Draft;
  /** `undefined`: not known. `null`: known to be none, as after clearing the history. */
  readonly lastMessage?: LastMessage | null;
  /** Milliseconds since 1970 up to which the other side has read. */
  readonly readUpTo?: number;
  /** The app's own string on the conversation; opaque, never parsed or merged. */
  readonly customData?: string;
  /** The SDK's own object, handed back in events. */
  readonly native?: unknown;
}

/** A conversation group (folder). */
export interface ConversationGroup {
  readonly id: string;
  readonly name: string;
  readonly unread?: number;
}

/** Marked unread by hand, by the mark `unread`. */
export function isMarkedUnread(conversation: Conversation): boolean {
  return conversation.marks.includes('unread');
}

/** Has something unread: messages, or the mark. */
export function hasUnread(conversation: Conversation): boolean {
  return conversation.unreadCount > 0 || isMarkedUnread(conversation);
}

/** Hidden by its flag or by the mark `hide`. */
export function isHidden(conversation: Conversation): boolean {
  return conversation.hidden === true || conversation.marks.includes('hide');
}

/**
 * How far the last message has got, for the ticks of an own one; `undefined` where it is not one's own, is not out,
 * or nothing is known.
 *
 * The most that any field tells: `deliveryState`, `peerRead`, or `readUpTo` at or after `sentAt`.
 */
export function deliveryOf({lastMessage, readUpTo}: Conversation): DeliveryState | undefined {
  if (lastMessage?.isOwn !== true || lastMessage.state !== 'normal') return undefined;
  const {deliveryState, peerRead, sentAt} = lastMessage;
  if (peerRead === true || (readUpTo !== undefined && sentAt !== undefined && readUpTo >= sentAt)) return 'read';
  return deliveryState ?? (peerRead === undefined && readUpTo === undefined ? undefined : 'sent');
}

/** New messages make no noise. */
export function isMuted(conversation: Conversation): boolean {
  return conversation.notify !== 'all';
}

/** Its unread messages count in the unread total: those of conversations that are silent or switched off do not. */
export function countsInTotal({notify}: Pick<Conversation, 'notify'>): boolean {
  return notify !== 'off' && notify !== 'silent';
}
