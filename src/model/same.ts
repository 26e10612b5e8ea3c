import type {Conversation, Draft, LastMessage, Member} from './conversation.js';
import {sameList} from './filter.js';

/**
 * Whether two snapshots of a conversation say the same.
 *
 * `native` counts by identity: a custom row may read it.
 */
export function sameConversation(a: Conversation, b: Conversation): boolean {
  if (a === b) return true;
  return (
    a.id === b.id &&
    a.orderKey === b.orderKey &&
    a.type === b.type &&
    a.targetId === b.targetId &&
    a.title === b.title &&
    a.avatarUrl === b.avatarUrl &&
    a.verified === b.verified &&
    a.activeAt === b.activeAt &&
    a.pinned === b.pinned &&
    a.hidden === b.hidden &&
    a.unreadCount === b.unreadCount &&
    a.unreadIsLowerBound === b.unreadIsLowerBound &&
    a.mention === b.mention &&
    a.presence === b.presence &&
    a.notify === b.notify &&
    a.readUpTo === b.readUpTo &&
    a.customData === b.customData &&
    a.native === b.native &&
    sameList(a.marks, b.marks) &&
    sameList(a.groups, b.groups) &&
    sameList(a.typing, b.typing) &&
    sameList(a.tags, b.tags) &&
    sameMembers(a.members, b.members) &&
    sameDraft(a.draft, b.draft) &&
    sameMessage(a.lastMessage, b.lastMessage)
  );
}

function sameDraft(a: Draft | undefined, b: Draft | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.text === b.text && a.editedAt === b.editedAt);
}

function sameMembers(a: readonly Member[] | undefined, b: readonly Member[] | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || a.length !== b.length) return false;
  return a.every(({id, name, avatarUrl}, i) => {
    const other = b[i] as Member;
    return id === other.id && name === other.name && avatarUrl === other.avatarUrl;
  });
}

/** Whether two last messages say the same. */
export function sameMessage(a: LastMessage | null | undefined, b: LastMessage | null | undefined): boolean {
  if (a === b) return true;
  if (!a || !b) return false;
  return (
    a.id === b.id &&
    a.senderId === b.senderId &&
    a.senderName === b.senderName &&
    a.isOwn === b.isOwn &&
    a.type === b.type &&
    a.text === b.text &&
    a.sentAt === b.sentAt &&
    a.state === b.state &&
    a.fileName === b.fileName &&
    a.durationMs === b.durationMs &&
    a.thumbnailUrl === b.thumbnailUrl &&
    a.peerRead === b.peerRead &&
    a.deliveryState === b.deliveryState
  );
}
