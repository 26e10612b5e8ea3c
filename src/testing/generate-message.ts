import type {Conversation, MentionKind} from '../model/conversation.js';
import {FILES, PHRASES, type Phrases} from './phrases.js';
import type {Random} from './random.js';

/** What a message is about: its type and, where it has them, its text, its length and its file's name. */
export interface GeneratedContent {
  readonly type: string;
  readonly text?: string;
  readonly durationMs?: number;
  readonly fileName?: string;
}

/** A message of someone else, as a `MemorySource` receives it. */
export interface GeneratedMessage extends GeneratedContent {
  readonly conversationId: string;
  readonly senderId: string;
  readonly senderName: string;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
  readonly mention?: MentionKind;
}

const TYPES = [
  ['text', 70], ['image', 7], ['voice', 5], ['file', 4], ['sticker', 4], ['video', 3], ['location', 2], ['call', 2],
  ['contact', 1], ['merged', 1], ['poll', 1], ['custom', 1],
] as const;

/**
 * A message that comes in to a conversation, for live traffic.
 *
 * It is by the other side of a direct conversation, by a member of any other, in the script of its title.
 *
 * @param options.now - when it is sent, in milliseconds since 1970. Default: the clock's time.
 */
export function generateMessage(
  random: Random,
  conversation: Conversation,
  {now = Date.now()}: {readonly now?: number} = {},
): GeneratedMessage {
  const {id, type, title} = conversation;
  const phrases = phrasesOf(title);
  const isDirect = type === 'direct';
  const senderName = isDirect ? title : generateName(random, phrases);
  const mentions = !isDirect && random.chance(0.06);
  return {
    conversationId: id,
    ...generateContent(random, phrases),
    senderId: isDirect ? (conversation.targetId ?? id) : `user-${random.integer(1, 9999)}`,
    senderName,
    sentAt: now,
    ...(mentions && {mention: random.chance(0.8) ? ('me' as const) : ('all' as const)}),
  };
}

/** A name in the script of the phrases, put together at random. */
export function generateName(random: Random, phrases: Phrases): string {
  return phrases.join(random.pick(phrases.given), random.pick(phrases.family));
}

/** Mostly text, in the script of the phrases. */
export function generateContent(random: Random, phrases: Phrases): GeneratedContent {
  const type = random.weighted(TYPES);
  if (type === 'text') return {type, text: random.pick(phrases.texts)};
  if (type === 'file') {
    const fileName = random.pick(FILES);
    return {type, text: fileName, fileName};
  }
  return type === 'voice' || type === 'call' || type === 'video' ? {type, durationMs: random.integer(1, 400) * 900} : {type};
}

function phrasesOf(title: string): Phrases {
  const found = PHRASES.find(
    ({given, groups}) => groups.some((name) => title.startsWith(name)) || given.some((name) => title.includes(name)),
  );
  return found ?? (PHRASES[0] as Phrases);
}
