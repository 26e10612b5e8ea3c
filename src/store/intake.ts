import type {Conversation} from '../model/conversation.js';
import {SourceError} from '../model/errors.js';
import {readConversation} from '../model/validate.js';

/** Reads what a source hands over, and tells once about each kind of fault, so that a bad source is no flood. */
export class Intake {
  #told = new Set<string>();
  readonly #tell: (error: SourceError) => void;

  constructor(tell: (error: SourceError) => void) {
    this.#tell = tell;
  }

  /** Begins anew, for another source. */
  clear(): void {
    this.#told.clear();
  }

  /** Hands on each value that is a conversation, repaired where needed. */
  each(values: readonly unknown[], take: (conversation: Conversation) => void): void {
    for (const value of values) {
      const {conversation, problems} = readConversation(value);
      if (conversation === undefined) {
        this.refuse('What is no conversation, or has no id, was left out.');
        continue;
      }
      take(conversation);
      for (const problem of problems) {
        this.refuse(`A conversation has a bad ${problem} and shows without it.`, conversation.id);
      }
    }
  }

  /** Tells about a fault, unless it was told before. */
  refuse(message: string, id?: string): void {
    if (this.#told.has(message)) return;
    this.#told.add(message);
    const where = id === undefined ? '' : ` The first: ${JSON.stringify(id.slice(0, 64))}.`;
    this.#tell(new SourceError('invalid-data', message + where));
  }
}
