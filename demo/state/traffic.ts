import type {Conversation} from '../../src/model/conversation.js';
import {Random} from '../../src/testing/random.js';
import type {ChatSession} from './chat-session.js';

/** Made-up live traffic: mostly messages, most of them in a few lively conversations. */
export class Traffic {
  readonly #session: ChatSession;
  readonly #random: Random;
  /** Where messages come in; the liveliest first. */
  readonly #ids: string[] = [];

  constructor(session: ChatSession, seed: number) {
    this.#session = session;
    this.#random = new Random(seed);
  }

  /** So many things happen. */
  run(count: number): void {
    for (let i = 0; i < count; i++) this.#happen();
  }

  #happen(): void {
    const random = this.#random;
    if (this.#ids.length === 0) this.#ids.push(...this.#session.source.all().map(({id}) => id));
    if (this.#ids.length === 0 || random.chance(0.005)) return this.#open();
    const id = this.#ids[Math.floor(random.next() ** 4 * this.#ids.length)] as string;
    const conversation = this.#session.source.get(id);
    // It was deleted.
    if (conversation === undefined) return this.#open();
    if (random.chance(0.02)) this.#recall(conversation);
    else if (random.chance(0.05) && conversation.type !== 'channel') this.#sendFromElsewhere(conversation);
    else void this.#session.receive(this.#session.madeUp.message(conversation, random));
  }

  /** A conversation that was not there before. */
  #open(): void {
    const {session, random} = {session: this.#session, random: this.#random};
    const made = session.madeUp.conversation();
    const {title, type, notify, targetId} = made;
    const conversation = {title, type, notify, ...(targetId !== undefined && {targetId})};
    this.#ids.splice(random.integer(0, Math.min(20, this.#ids.length)), 0, made.id);
    void session.receive({...session.madeUp.message(made, random), conversation});
  }

  /** The person writes on another device. */
  #sendFromElsewhere(conversation: Conversation): void {
    const {conversationId, type, text, sentAt} = this.#session.madeUp.message(conversation, this.#random);
    void this.#session.receive({conversationId, type, sentAt, isOwn: true, ...(text !== undefined && {text})});
  }

  #recall({id, lastMessage}: Conversation): void {
    if (lastMessage?.id !== undefined) this.#session.recall(id, lastMessage.id);
  }
}
