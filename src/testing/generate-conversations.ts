import type {
  Conversation,
  ConversationType,
  LastMessage,
  MessageState,
  NotifyLevel,
  Presence,
} from '../model/conversation.js';
import {addExtras} from './generate-extras.js';
import {generateContent, generateName} from './generate-message.js';
import {CHANNELS, PHRASES, SYSTEMS, type Phrases} from './phrases.js';
import {Random, subSeed, type Mutable} from './random.js';

export {generateMessage, type GeneratedMessage} from './generate-message.js';
export {Random} from './random.js';

/** What {@link generateConversations} makes. */
export interface GenerateOptions {
  /** The same seed, count and `now` make the same conversations. Default 1. */
  readonly seed?: number;
  /** The newest are a little older than this; milliseconds since 1970. Default: the clock's time. */
  readonly now?: number;
  /** The avatar of the conversation with this index. Default: none has one. */
  readonly avatarUrl?: (index: number) => string;
  /** The small picture of this conversation's last message, if that is an image or a video. Default: none has one. */
  readonly thumbnailUrl?: (index: number) => string;
}

const DAY = 86_400_000;
/** How far back the oldest go: into the year before, whatever the day. */
const SPAN = 400 * DAY;
const PINNED_BIT = 1n << 62n;
/** A few, as people pin a few, however many conversations there are. */
const PINNED: ReadonlySet<number> = new Set([3, 17, 42, 99]);

const TYPES = [
  ['direct', 64], ['group', 26], ['channel', 7], ['system', 3],
] as const satisfies Weights<ConversationType>;
const LEVELS = [['all', 80], ['silent', 11], ['mentions', 6], ['off', 3]] as const satisfies Weights<NotifyLevel>;
const PRESENCES = [
  ['online', 30], ['away', 15], ['busy', 10], ['offline', 45],
] as const satisfies Weights<Presence>;
const STATES = [['normal', 95], ['recalled', 4], ['deleted', 1]] as const satisfies Weights<MessageState>;
const OWN_STATES = [
  ['normal', 91], ['failed', 4], ['sending', 2], ['recalled', 3],
] as const satisfies Weights<MessageState>;
const SCRIPTS: Weights<Phrases> = PHRASES.map((phrases, i) => [phrases, i === 0 ? 7 : 1] as const);
/** Unread counts of every size. */
const UNREAD = [[0, 68], [9, 22], [99, 7], [999, 2], [20_000, 1]] as const satisfies Weights<number>;

type Weights<T> = readonly (readonly [T, number])[];

const NONE: readonly string[] = Object.freeze([]);
const STAR: readonly string[] = Object.freeze(['star']);
const UNREAD_MARK: readonly string[] = Object.freeze(['unread']);
const CUSTOM_MARKS: readonly string[] = Object.freeze(['star', '4294967296']);
const FOLDERS: readonly (readonly string[])[] = [['family'], ['work'], ['projects'], ['work', 'projects']];
for (const folders of FOLDERS) Object.freeze(folders);

/**
 * Made-up conversations as varied as real ones, for tests and demos; the people are nobody.
 *
 * Names and texts in eight scripts, a few names in two or in none; every type, state, notify level, presence and state of
 * delivery; drafts, mentions, typing, marks, tags, members, verified ones, folders (`family`, `work`, `projects`), unread
 * counts from 0 to 20,000, missing last messages, times of the last thirteen months. They are frozen, have ids of
 * their own and come in no particular order; the `index`-th does not depend on how many there are. Most have an
 * `orderKey` of their own, some share one. A million take a few seconds.
 */
export function generateConversations(count: number, options: GenerateOptions = {}): Conversation[] {
  const {now = Date.now()} = options;
  return Array.from({length: count}, (_, index) => generateConversation(index, {...options, now}));
}

/** The conversation with this index among those of {@link generateConversations}. */
export function generateConversation(index: number, options: GenerateOptions = {}): Conversation {
  const {seed = 1, now = Date.now(), avatarUrl, thumbnailUrl} = options;
  const random = new Random(subSeed(seed, index));
  const phrases = random.weighted(SCRIPTS);
  const type = random.weighted(TYPES);
  const activeAt = generateTime(random, now);
  const lastMessage = generateLast(random, phrases, type, index, activeAt, thumbnailUrl);
  const pinned = PINNED.has(index);
  const c: Mutable<Conversation> = {
    id: `${type}-${index}`,
    type,
    title: generateTitle(random, phrases, type),
    orderKey: BigInt(activeAt),
    activeAt,
    pinned,
    unreadCount: lastMessage?.isOwn === true ? 0 : generateUnread(random),
    notify: type === 'system' ? 'all' : random.weighted(LEVELS),
    marks: generateMarks(random),
    groups: random.chance(0.2) ? random.pick(FOLDERS) : NONE,
    lastMessage,
  };
  if (type === 'direct') {
    c.targetId = `user-${index}`;
    c.presence = random.weighted(PRESENCES);
  }
  if (type === 'group' && c.unreadCount > 0 && random.chance(0.15)) {
    c.mention = random.weighted([['me', 6], ['all', 3], ['both', 1]]);
  }
  if (random.chance(0.04)) {
    // A draft is newer than the last message and raises the conversation, as messages do.
    const editedAt = Math.min(now, activeAt + random.integer(1_000, DAY));
    c.draft = Object.freeze({text: random.pick(phrases.texts), editedAt});
    c.orderKey = BigInt(editedAt);
  }
  if (pinned) c.orderKey += PINNED_BIT;
  if (avatarUrl) c.avatarUrl = avatarUrl(index);
  addExtras(c, new Random(subSeed(~seed, index)), phrases);
  return Object.freeze(c);
}

/**
 * One in twenty of the last day, one in seven of the last week, two in three of the last half year; some at the very same
 * moment, as after a broadcast.
 */
function generateTime(random: Random, now: number): number {
  if (random.chance(0.02)) return now - random.integer(1, 30) * DAY;
  return now - Math.floor(random.next() ** 2 * SPAN);
}

function generateTitle(random: Random, phrases: Phrases, type: ConversationType): string {
  if (type === 'direct') return generateName(random, phrases);
  if (type === 'group') return random.pick(phrases.groups) + (random.chance(0.6) ? ` ${random.integer(2, 99)}` : '');
  return random.pick(type === 'channel' ? CHANNELS : SYSTEMS);
}

/** 0 mostly, else any number of up to five digits. */
function generateUnread(random: Random): number {
  const most = random.weighted(UNREAD);
  return most === 0 ? 0 : random.integer(1, most);
}

function generateMarks(random: Random): readonly string[] {
  if (random.chance(0.9)) return NONE;
  return random.weighted([[STAR, 6], [UNREAD_MARK, 3], [CUSTOM_MARKS, 1]]);
}

/** The last message; `null` for the few whose history was cleared. */
function generateLast(
  random: Random,
  phrases: Phrases,
  type: ConversationType,
  index: number,
  sentAt: number,
  thumbnailUrl: ((index: number) => string) | undefined,
): LastMessage | null {
  if (random.chance(0.01)) return null;
  const content = generateContent(random, phrases);
  const base = {id: `message-${index}`, sentAt, state: 'normal'} as const;
  const message: Mutable<LastMessage> = {...base, ...content};
  if (thumbnailUrl && /image|video/.test(content.type)) message.thumbnailUrl = thumbnailUrl(index);
  message.isOwn = (type === 'direct' || type === 'group') && random.chance(0.35);
  message.state = random.weighted(message.isOwn ? OWN_STATES : STATES);
  if (message.isOwn) {
    message.peerRead = message.state === 'normal' && random.chance(0.6);
    if (message.state === 'normal' && !message.peerRead) message.deliveryState = index % 3 === 0 ? 'sent' : 'delivered';
  } else if (type === 'group' && random.chance(0.04)) {
    return Object.freeze({...base, type: 'system', text: phrases.joined(generateName(random, phrases)), isOwn: false});
  } else if (type === 'group') {
    message.senderId = `user-${random.integer(1, 9999)}`;
    message.senderName = generateName(random, phrases);
  }
  return Object.freeze(message);
}
