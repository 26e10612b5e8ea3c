import type {Conversation, LastMessage} from '../src/model/conversation.js';
import {Random} from '../src/testing/random.js';

const DAY = 86_400_000;
/** How far back the oldest go. */
const SPAN = 2 * 365 * DAY;
const NONE: readonly string[] = Object.freeze([]);

const GIVEN = [
  'Ana', 'Ben', 'Chloé', 'Diego', 'Elif', 'Femi', 'Grace', 'Hồng', 'Ines', 'Jonas', 'Kofi', 'Lucía', 'Mia', 'Nils',
  'Olu', 'Paul', 'Rosa', 'Søren', 'Tomás', 'Uma', 'Vera', 'Will', 'Zoë', 'Анна', 'Дмитрий', 'Мария', 'Νίκος', 'Ελένη',
];
const FAMILY = [
  'Alves', 'Berg', 'Çelik', 'Dubois', 'Eze', 'Ferrari', 'Garcia', 'Hansen', 'Ito', 'Jones', 'Kowalska', 'Larsen',
  'Müller', 'Nguyễn', 'Okafor', 'Petit', 'Rossi', 'Smith', 'Török', 'Weber', 'Young', 'Zhang', 'Sokolova', 'Papadaki',
];
const GROUPS = ['Climbing on Sundays', 'Flat four', 'Launch crew', 'Book club', 'Design review', 'Choir', 'Neighbours'];
const TEXTS = [
  'See you at eight', 'Thanks, that helped a lot!', 'Can you send me the file again?', 'On my way 🚲', 'ok',
  'The meeting moved to Thursday, half past ten, in the small room on the second floor',
  'Did you get the tickets?', 'Haha', 'Let me check and come back to you', 'До встречи завтра', 'Do we still need it?',
];

/**
 * Made-up conversations, the newest first, the same for the same `now` and `count`; the people are nobody.
 *
 * Plain on purpose, so that a million are made in about a second: text messages in direct conversations and groups,
 * some unread, some muted, some pinned. `pinned` is only shown here, not folded into `orderKey`, so that there are
 * pins wherever one scrolls.
 *
 * @param now - milliseconds since 1970
 */
export function makeConversations(count: number, now: number): Conversation[] {
  const random = new Random(7);
  return Array.from({length: count}, (_, index) => makeConversation(random, index, count, now));
}

function makeConversation(random: Random, index: number, count: number, now: number): Conversation {
  // Many of them recent, few of them old.
  const activeAt = now - Math.floor((index / count) ** 2 * SPAN) - 1000;
  const group = random.chance(0.3);
  const title = group ? `${random.pick(GROUPS)} ${random.integer(2, 99)}` : makeName(random);
  return Object.freeze({
    // An odd factor makes every id different, and their order unlike that of the rows.
    id: `c${Math.imul(index + 1, 0x9e3779b1) >>> 0}`,
    type: group ? 'group' : 'direct',
    title,
    orderKey: orderKey(activeAt, count - index),
    activeAt,
    pinned: random.chance(0.06),
    unreadCount: random.chance(0.3) ? random.integer(1, 120) : 0,
    notify: random.chance(0.15) ? 'silent' : 'all',
    marks: NONE,
    groups: NONE,
    lastMessage: makeMessage(random, `m${index}`, group ? makeName(random) : title, activeAt),
  });
}

/**
 * Live traffic: each change is a new message in one of the conversations, which raises it to the top.
 *
 * @param pick - the index of the next conversation, in the order in which they were made
 * @param first - how many changes were made before
 */
export function makeChanges(
  conversations: readonly Conversation[],
  pick: (random: Random) => number,
  count: number,
  first: number,
  now: number,
): Conversation[] {
  const random = new Random(first + 1);
  return Array.from({length: count}, (_, i) => {
    const before = conversations[pick(random)] as Conversation;
    const name = before.type === 'group' ? makeName(random) : before.title;
    return Object.freeze({
      ...before,
      orderKey: orderKey(now, conversations.length + 1 + first + i),
      activeAt: now,
      unreadCount: random.integer(1, 120),
      lastMessage: makeMessage(random, `n${first + i}`, name, now),
    });
  });
}

function makeName(random: Random): string {
  return `${random.pick(GIVEN)} ${random.pick(FAMILY)}`;
}

function makeMessage(random: Random, id: string, senderName: string, sentAt: number): LastMessage {
  const text = random.pick(TEXTS);
  const message = {id, senderId: senderName, senderName, type: 'text', text, sentAt, state: 'normal'} as const;
  return Object.freeze(random.chance(0.25) ? {...message, isOwn: true} : message);
}

/** 64 bits, as services have them; no two are equal. */
function orderKey(at: number, place: number): bigint {
  return BigInt(at) * 1_000_000n + BigInt(place);
}
