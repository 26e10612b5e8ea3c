import type {Conversation, LastMessage} from '../model/conversation.js';
import {sameList} from '../model/filter.js';
import {sameMessage} from '../model/same.js';

/** How long "is typing" holds without being said again, ms. Telegram's figure. */
const LASTS = 6000;

/** What a source last said of those typing in one conversation. */
interface Said {
  readonly typing: readonly string[];
  readonly lastMessage: LastMessage | null | undefined;
  /** Milliseconds since 1970; `Infinity`: taken back already. */
  readonly until: number;
}

/**
 * Takes "is typing" back where a source does not say it again within six seconds.
 *
 * Hears every conversation that a source names, an equal one too: that is how it says that the typing goes on. One timer
 * serves all; none runs while nobody types.
 */
export class TypingExpiry {
  /** By id, the one to end first in front. */
  readonly #said = new Map<string, Said>();
  readonly #end: (id: string) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param end - takes the typing out of a conversation */
  constructor(end: (id: string) => void) {
    this.#end = end;
  }

  /** A source names a conversation. Returns what to take it for. */
  hear(conversation: Conversation): Conversation {
    const {id, typing, lastMessage} = conversation;
    const before = this.#said.get(id);
    if (before !== undefined) this.#said.delete(id);
    if (typing === undefined || typing.length === 0) return conversation;
    // The message that was being typed has come, and the source has not said since that there is another.
    const stale = before !== undefined && sameList(before.typing, typing) && !sameMessage(before.lastMessage, lastMessage ?? null);
    this.#said.set(id, {typing, lastMessage: lastMessage ?? null, until: stale ? Infinity : Date.now() + LASTS});
    if (stale) return withoutTyping(conversation);
    this.wind();
    return conversation;
  }

  /** Ends what is due, now and from now on. */
  wind(): void {
    if (this.#timer !== undefined) return;
    const now = Date.now();
    for (const [id, said] of this.#said) {
      const {until} = said;
      if (until === Infinity) continue;
      // A clock that was set back must not let anybody type for hours.
      if (until > now && until <= now + LASTS) {
        this.#timer = setTimeout(() => {
          this.stop();
          this.wind();
        }, until - now);
        return;
      }
      this.#said.set(id, {...said, until: Infinity});
      this.#end(id);
    }
  }

  /** Ends nothing until wound again. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Forgets everything. */
  clear(): void {
    this.stop();
    this.#said.clear();
  }
}

/** The same conversation with nobody typing. */
export function withoutTyping(conversation: Conversation): Conversation {
  const {typing: _, ...rest} = conversation;
  return rest;
}
