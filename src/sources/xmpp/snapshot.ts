import type {Conversation, LastMessage, Presence} from '../../model/conversation.js';
import {frozen, timeKey} from '../shared/rows.js';
import {parseJid} from './jid.js';
import type {Message} from './messages.js';
import {DEFAULTS, type Bookmark, type Settings} from './settings.js';
import type {Tally} from './tally.js';

/** What is known of somebody on the person's contact list. */
export interface Contact {
  readonly name: string;
  readonly groups: readonly string[];
}

/** Everything that a row is made of. */
export interface Facts {
  readonly id: string;
  readonly tally: Tally;
  readonly contact: Contact | undefined;
  readonly bookmark: Bookmark | undefined;
  readonly settings: Settings | undefined;
  readonly presence: Presence | undefined;
  readonly avatarUrl: string | undefined;
  /** Names of those on the contact list, for senders in direct conversations. */
  readonly nameOf: (id: string) => string;
}

/** Its place in the list: pinned first, then by the last message or the draft, whichever is later. */
export function keyOf(tally: Tally, settings: Settings = DEFAULTS, bookmark?: Bookmark): bigint {
  const pinned = bookmark?.pinned ?? settings.pinned;
  return timeKey(pinned, Math.max(tally.at, settings.draft?.editedAt ?? 0));
}

/** An immutable snapshot of a conversation. */
export function snapshot(facts: Facts): Conversation {
  const {id, tally, contact, bookmark, settings = DEFAULTS, presence, avatarUrl, nameOf} = facts;
  const {last, unread, mention, readUpTo} = tally;
  return frozen<Conversation>({
    id,
    type: bookmark ? 'group' : 'direct',
    title: bookmark?.name || contact?.name || parseJid(id)?.local || id,
    avatarUrl,
    orderKey: keyOf(tally, settings, bookmark),
    activeAt: last ? last.at : undefined,
    pinned: bookmark?.pinned ?? settings.pinned,
    hidden: settings.hidden || undefined,
    unreadCount: unread,
    unreadIsLowerBound: tally.isLowerBound || undefined,
    mention,
    presence,
    notify: bookmark?.notify ?? settings.notify,
    marks: settings.marks,
    groups: contact?.groups ?? NONE,
    draft: settings.draft,
    lastMessage: last ? toLastMessage(last, nameOf) : last,
    readUpTo,
    customData: settings.customData,
    native: last?.native,
  });
}

const NONE: readonly string[] = Object.freeze([]);

function toLastMessage(message: Message, nameOf: (id: string) => string): LastMessage {
  const {ids, archiveId, sender, senderName, own, type, text, fileName, at, state, delivery} = message;
  return frozen<LastMessage>({
    id: ids[0] ?? archiveId,
    senderId: sender,
    senderName: senderName ?? nameOf(sender),
    isOwn: own,
    type,
    text,
    fileName,
    sentAt: at > 0 ? at : undefined,
    state,
    deliveryState: delivery,
  });
}
