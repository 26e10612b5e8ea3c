import type {Conversation} from '../../src/model/conversation.js';
import {
  generateConversation,
  generateMessage,
  Random,
  type GeneratedMessage,
} from '../../src/testing/generate-conversations.js';
import {Breather} from '../archive/text-stream.js';
import type {Settings} from './settings.js';

/** Attempts at a message in the wanted script. */
const TRIES = 40;

const RTL = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;
const OTHER_THAN_LATIN = /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]|\p{Extended_Pictographic}/u;

/** Makes up conversations and messages in the scripts that are wanted. */
export class MadeUp {
  readonly #settings: Pick<Settings, 'seed' | 'names'>;
  readonly #random: Random;
  #next = 0;

  constructor(settings: Pick<Settings, 'seed' | 'names'>) {
    this.#settings = settings;
    this.#random = new Random(settings.seed);
  }

  /** Conversations that were not made before. The page goes on drawing meanwhile. */
  async conversations(count: number, signal: AbortSignal): Promise<Conversation[]> {
    const made: Conversation[] = [];
    const now = Date.now();
    const breather = new Breather();
    while (made.length < count) {
      made.push(this.conversation(now));
      if (made.length % 100 === 0 && (await breather.rest())) signal.throwIfAborted();
    }
    return made;
  }

  /** A conversation that was not made before. */
  conversation(now: number = Date.now()): Conversation {
    for (;;) {
      const made = generateConversation(this.#next++, {seed: this.#settings.seed, now});
      const {text = '', senderName = ''} = made.lastMessage ?? {};
      const {typing = [], tags = [], members = []} = made;
      const names = members.map(({name = ''}) => name);
      if (this.#fits(made.title, senderName, text, made.draft?.text ?? '', ...typing, ...tags, ...names)) return made;
    }
  }

  /** A message to a conversation. */
  message(conversation: Conversation, random: Random = this.#random, now?: number): GeneratedMessage {
    for (let tries = TRIES; ; tries--) {
      const made = generateMessage(random, conversation, now === undefined ? {} : {now});
      if (tries === 0 || this.#fits(made.senderName, made.text ?? '')) return made;
    }
  }

  /** Latin letters are for machines that have no fonts for more. */
  #fits(...texts: readonly string[]): boolean {
    const {names} = this.#settings;
    if (names === 'all') return true;
    if (names === 'latin') return !texts.some((text) => OTHER_THAN_LATIN.test(text));
    return texts.every((text) => text === '' || RTL.test(text));
  }
}
