import type {Archive, ArchiveConversation, ArchiveFormat, ArchiveMessage, ArchiveProblem} from './archive.js';

/** So many problems are described; the others are only counted. */
const DESCRIBED = 5;
/** The largest time a `Date` can hold, in milliseconds. */
const MAX_TIME = 8.64e15;

/** Gathers what a reader finds, and puts it in order at the end. */
export class ArchiveCollector {
  /** Before the time order is made: in the order of the file. */
  readonly #messages: ArchiveMessage[] = [];
  readonly #conversations = new Map<string, ArchiveConversation>();
  readonly #problems: ArchiveProblem[] = [];
  #problemCount = 0;
  /** Each sender's name once, not once a message. */
  readonly #strings = new Map<string, string>();

  /** @param limit - more messages than this are not taken */
  constructor(readonly limit = Infinity) {}

  get messageCount(): number {
    return this.#messages.length;
  }

  get problemCount(): number {
    return this.#problemCount;
  }

  /** As many messages as were asked for are there. */
  get full(): boolean {
    return this.#messages.length >= this.limit;
  }

  conversation(id: string): ArchiveConversation | undefined {
    return this.#conversations.get(id);
  }

  addConversation(conversation: ArchiveConversation): ArchiveConversation {
    this.#conversations.set(conversation.id, conversation);
    return conversation;
  }

  add(message: ArchiveMessage): void {
    if (!this.full) this.#messages.push(message);
  }

  problem(where: string, reason: string): void {
    this.#problemCount++;
    if (this.#problems.length < DESCRIBED) this.#problems.push({where, reason});
  }

  /** The same string as one before, so that a name that is repeated takes its memory once. */
  intern(text: string): string {
    const known = this.#strings.get(text);
    if (known !== undefined) return known;
    this.#strings.set(text, text);
    return text;
  }

  finish(format: ArchiveFormat): Archive {
    return {
      format,
      conversations: [...this.#conversations.values()],
      // Stable, so that messages of one moment stay as they stand in the file.
      messages: this.#messages.sort((a, b) => a.sentAt - b.sentAt),
      problemCount: this.#problemCount,
      problems: this.#problems,
    };
  }
}

/** Milliseconds since 1970 of a time in seconds; `undefined` for what is none. */
export function fromSeconds(seconds: unknown): number | undefined {
  if (typeof seconds !== 'number') return undefined;
  const ms = Math.round(seconds * 1000);
  return ms >= 0 && ms <= MAX_TIME ? ms : undefined;
}
