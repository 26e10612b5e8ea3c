import type {Conversation, Member} from '../model/conversation.js';
import {generateName} from './generate-message.js';
import {PHRASES, TAGS, type Phrases} from './phrases.js';
import type {Mutable, Random} from './random.js';

/** Names without a letter, as some people have. */
const SIGNS: readonly string[] = ['🎉🎉', '👩🏽‍🚀', '☕ ☕', '007', '...'];

/** Adds to a conversation what few of them have. */
export function addExtras(c: Mutable<Conversation>, random: Random, phrases: Phrases): void {
  if (c.type === 'direct') {
    // A person with a name in two scripts, as many who work abroad have.
    if (random.chance(0.02)) c.title += ` (${generateName(random, random.pick(PHRASES))})`;
    else if (random.chance(0.01)) c.title = random.pick(SIGNS);
  } else if (c.type === 'group' && random.chance(0.6)) {
    c.members = Object.freeze(Array.from({length: random.integer(2, 6)}, () => generateMember(random, phrases)));
  }
  const known = c.type === 'channel' || c.type === 'system';
  if (random.chance(known ? 0.6 : 0.02)) c.verified = true;
  if (random.chance(0.06)) {
    c.tags = Object.freeze(Array.from({length: random.integer(1, 3)}, () => random.pick(TAGS)));
  }
  if (c.unreadCount > 0 && random.chance(0.05)) c.unreadIsLowerBound = true;
  if (!known && random.chance(0.01)) {
    const count = c.type === 'direct' ? 1 : random.integer(1, 4);
    c.typing = Object.freeze(Array.from({length: count}, () => generateName(random, phrases)));
  }
}

function generateMember(random: Random, phrases: Phrases): Member {
  return Object.freeze({id: `user-${random.integer(1, 9999)}`, name: generateName(random, phrases)});
}
