import type {Conversation} from '../model/conversation.js';
import {SourceError, toSourceError} from '../model/errors.js';
import type {ConversationSource} from '../model/source.js';
import {Intake} from './intake.js';

/** So long after the last keystroke a source is asked, ms. */
const DEBOUNCE = 300;
/** How many conversations it is asked for. */
const LIMIT = 50;
/** A timer set for longer fires at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** What is told of a source's search. */
export interface SourceSearchHost {
  /** The newest question is answered. */
  found(conversations: readonly Conversation[]): void;
  /** {@link SourceSearch.asking} or {@link SourceSearch.error} is another. */
  changed(): void;
  tell(error: SourceError): void;
}

/** Asks a source for conversations by a query, where it can search: only for the newest, and only once the person pauses. */
export class SourceSearch {
  /** Why the newest question was not answered. */
  error: SourceError | undefined;
  readonly #host: SourceSearchHost;
  readonly #intake: Intake;
  #source: ConversationSource | undefined;
  #query = '';
  #exhaustive = false;
  #timeout = LONGEST_TIMER;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Of the question that waits for its answer, and what has gone since it was asked. */
  #request: AbortController | undefined;
  readonly #gone = new Set<string>();

  constructor(host: SourceSearchHost) {
    this.#host = host;
    this.#intake = new Intake((error) => host.tell(error));
  }

  /** The source looks through what is not loaded as well. */
  get able(): boolean {
    try {
      return typeof this.#source?.search === 'function' && this.#source.capabilities?.search !== false;
    } catch {
      return false;
    }
  }

  /** The newest answer names all there is; one that is as long as was asked for may have left some out. */
  get exhaustive(): boolean {
    return this.#exhaustive;
  }

  /** An answer is to come. */
  get asking(): boolean {
    return this.#timer !== undefined || this.#request !== undefined;
  }

  /** Asks in a while, unless there is another question until then. */
  ask(source: ConversationSource | undefined, query: string, timeoutMs: number): void {
    this.stop();
    this.#exhaustive = false;
    this.#source = source;
    this.#query = query;
    this.#timeout = Math.min(timeoutMs, LONGEST_TIMER);
    this.error = undefined;
    if (this.able) this.#timer = setTimeout(() => void this.askNow(), DEBOUNCE);
  }

  /** Asks now, the last question again. Resolves when it is answered, or is asked no more. */
  async askNow(): Promise<void> {
    this.stop();
    const source = this.#source;
    if (source === undefined || !this.able) return;
    const request = (this.#request = new AbortController());
    this.error = undefined;
    this.#gone.clear();
    this.#host.changed();
    try {
      const answer = await this.#inTime(source, request);
      if (this.#request !== request) return;
      if (!Array.isArray(answer)) throw new SourceError('invalid-data', 'search() must give an array of conversations.');
      const found: Conversation[] = [];
      this.#intake.each(answer, (conversation) => {
        if (!this.#gone.has(conversation.id)) found.push(conversation);
      });
      this.#request = undefined;
      this.#exhaustive = answer.length < LIMIT;
      this.#host.found(found);
    } catch (thrown) {
      if (this.#request !== request) return;
      request.abort();
      this.#request = undefined;
      const error = toSourceError(thrown);
      // Else it cannot search after all, as one without `search`.
      if (error.code !== 'unsupported') this.#host.tell((this.error = error));
      this.#host.changed();
    }
  }

  /** These are gone: an answer that was asked for before does not bring them back. */
  forget(ids: readonly string[]): void {
    for (const id of ids) this.#gone.add(id);
  }

  /** Asks nothing more; what was asked has no effect. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#request?.abort();
    this.#request = undefined;
  }

  async #inTime(source: ConversationSource, {signal}: AbortController): Promise<unknown> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const lost = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new SourceError('timeout', `No answer in ${this.#timeout} ms.`)), this.#timeout);
      signal.addEventListener('abort', reject);
    });
    try {
      // In a promise of its own: one that throws at once does so here too.
      const answer = (async () => source.search?.(this.#query, {limit: LIMIT, signal}))();
      return await Promise.race([answer, lost]);
    } finally {
      clearTimeout(timer);
    }
  }
}
