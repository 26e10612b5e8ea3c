import type {Conversation, ConversationType, LastMessage, Member, NotifyLevel, Presence} from '../../model/conversation.js';
import {readCount} from '../../model/validate.js';
import {frozen, strings, text, timeKey} from '../shared/rows.js';
import type {Json} from './types.js';

/** What is known of a room that is listed: one that the person is in, or is invited to. */
export interface RoomFacts {
  readonly id: string;
  /** The recency stamp, or milliseconds where the service has none: of all rooms the one or the other. */
  readonly stamp: number;
  readonly name: string | undefined;
  readonly avatarUrl: string | undefined;
  readonly members: readonly Member[] | undefined;
  /** Whom a direct conversation is with. */
  readonly peer: string | undefined;
  readonly invited: boolean;
  /** The names of its tags. */
  readonly tags: readonly string[];
  readonly marked: boolean;
  readonly unread: number;
  readonly highlights: number;
  readonly notify: NotifyLevel;
  readonly last: LastMessage | undefined;
  readonly typing: readonly string[];
  readonly presence: Presence | undefined;
  /** When the other side of a direct conversation has read last. */
  readonly readUpTo: number | undefined;
  readonly native: unknown;
}

export const FAVOURITE = 'm.favourite';
export const LOW = 'm.lowpriority';
/** Matrix has no star but the favourite, which pins: a star is a tag of the person's own. */
export const STAR = 'u.star';
const NOTICES = 'm.server_notice';

/** The marks that are tags. */
export const MARK_TAGS: Readonly<Record<string, string>> = {star: STAR, fold: LOW};

const PRESENCES: Readonly<Record<string, Presence>> = {online: 'online', unavailable: 'away', offline: 'offline', busy: 'busy'};

export function presenceOf(word: unknown): Presence | undefined {
  return PRESENCES[String(word)] ?? (word === 'org.matrix.msc3026.busy' ? 'busy' : undefined);
}

/** The groups: tags of the person's own, by the names that they gave them. */
export function groupsOf(tags: readonly string[]): readonly string[] {
  return strings(tags.filter((tag) => tag.startsWith('u.') && tag !== STAR).map((tag) => tag.slice(2)));
}

/** By room, whom it is a direct conversation with: of the account data `m.direct`. */
export function directRooms(content: unknown): ReadonlyMap<string, string> {
  const pairs = Object.entries(Object(content) as Json).flatMap(([user, rooms]) =>
    strings(rooms).map((room): [string, string] => [room, user]),
  );
  return new Map(pairs);
}

export function toConversation(facts: RoomFacts): Conversation {
  const {id, peer, tags, invited, last, typing, notify, highlights} = facts;
  const type: ConversationType = peer !== undefined ? 'direct' : tags.includes(NOTICES) ? 'system' : 'group';
  const pinned = tags.includes(FAVOURITE);
  const marks = Object.entries(MARK_TAGS).flatMap(([mark, tag]) => (tags.includes(tag) ? [mark] : []));
  return frozen<Conversation>({
    id,
    type,
    targetId: peer,
    title: text(facts.name) ?? id,
    avatarUrl: facts.avatarUrl,
    members: facts.members && Object.freeze(facts.members),
    orderKey: timeKey(pinned, facts.stamp),
    activeAt: last?.sentAt,
    pinned,
    // Servers count no invitation.
    unreadCount: invited ? 1 : readCount(facts.unread),
    mention: highlights > 0 ? 'me' : undefined,
    notify,
    marks: strings([...marks, ...(facts.marked ? ['unread'] : []), ...(invited ? ['invite'] : [])]),
    groups: groupsOf(tags),
    lastMessage: last,
    typing: typing.length > 0 ? strings(typing) : undefined,
    presence: facts.presence,
    readUpTo: facts.readUpTo,
    native: facts.native,
  });
}
