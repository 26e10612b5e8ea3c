import type {MemoryMessage, MessageOptions} from '../../src/sources/memory.js';
import type {Archive} from '../archive/archive.js';
import {toMemoryMessage} from '../archive/to-conversations.js';
import type {AnySource} from './demo-source.js';
import type {MadeUp} from './made-up.js';
import {madeUpHistory, toPaneMessage, type PaneMessage} from './pane-message.js';

/** So many messages of a conversation are kept, and shown. */
const KEPT = 100;

/** One person's conversations while they are shown: where they come from, and what is said in them. */
export class ChatSession {
  readonly source: AnySource;
  readonly madeUp: MadeUp;
  readonly archive: Archive | undefined;
  /** So many of the archive's messages have come in. */
  position: number;
  readonly #log = new Map<string, readonly PaneMessage[]>();
  /** Where in the archive the history was cleared. */
  readonly #clearedAt = new Map<string, number>();

  constructor(source: AnySource, madeUp: MadeUp, archive?: Archive, position = 0) {
    this.source = source;
    this.madeUp = madeUp;
    this.archive = archive;
    this.position = position;
  }

  /** What has been said in a conversation, oldest first. */
  messagesOf(id: string): readonly PaneMessage[] {
    if (this.archive !== undefined) return [...this.#fromArchive(id, this.archive), ...(this.#log.get(id) ?? [])];
    return this.#logOf(id);
  }

  /** A message comes in. */
  async receive(message: MemoryMessage, options?: MessageOptions): Promise<void> {
    const {conversationId} = message;
    // Before it is the last one.
    this.#logOf(conversationId);
    this.#append(conversationId, toPaneMessage(await this.source.receiveMessage(message, options)));
  }

  /** The next messages of the archive come in. */
  replay(count: number): void {
    const messages = this.archive?.messages.slice(this.position, this.position + count) ?? [];
    this.position += messages.length;
    void this.source.receiveMessages(messages.map(toMemoryMessage));
  }

  /** Sends an own message; resolves to whether it went. */
  async send(id: string, text: string, fail: boolean): Promise<boolean> {
    this.#logOf(id);
    const message = {id: crypto.randomUUID(), type: 'text', text, sentAt: Date.now(), isOwn: true};
    this.#append(id, {...message, state: 'sending'});
    try {
      await this.source.sendMessage({conversationId: id, ...message}, {fail});
      this.#replace(id, {...message, state: 'normal'});
      return true;
    } catch {
      this.#replace(id, {...message, state: 'failed'});
      return false;
    }
  }

  /** A message is taken back. */
  recall(id: string, messageId: string): void {
    void this.source.recallMessage(id, messageId);
    const message = this.#log.get(id)?.find((m) => m.id === messageId);
    if (message !== undefined) this.#replace(id, {...message, state: 'recalled'});
  }

  /** What was said is gone. */
  clear(id: string): void {
    this.#log.set(id, []);
    this.#clearedAt.set(id, this.position);
  }

  #fromArchive(id: string, {messages}: Archive): PaneMessage[] {
    const found: PaneMessage[] = [];
    const end = this.#clearedAt.get(id) ?? 0;
    for (let i = this.position - 1; i >= end && found.length < KEPT; i--) {
      const message = messages[i];
      if (message?.conversation.id === id) found.push({...message, state: 'normal'});
    }
    return found.reverse();
  }

  /** What was said before it was first looked at is made up, unless it is an archive's. */
  #logOf(id: string): readonly PaneMessage[] {
    let log = this.#log.get(id);
    if (log === undefined) {
      const conversation = this.archive === undefined ? this.source.get(id) : undefined;
      log = conversation === undefined ? [] : madeUpHistory(conversation, this.madeUp);
      this.#log.set(id, log);
    }
    return log;
  }

  #append(id: string, message: PaneMessage): void {
    this.#log.set(id, [...(this.#log.get(id) ?? []), message].slice(-KEPT));
  }

  #replace(id: string, message: PaneMessage): void {
    this.#log.set(id, (this.#log.get(id) ?? []).map((other) => (other.id === message.id ? message : other)));
  }
}
