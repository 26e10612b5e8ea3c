import type {Conversation} from '../../model/conversation.js';
import {SourceError} from '../../model/errors.js';
import {readConversation} from '../../model/validate.js';
import type {ConversationSource, Page} from '../../model/source.js';
import {within} from './database.js';

/** Rows asked for at once, where the server gives as many. */
const LIMIT = 100;
const MOST = 500;
/** Milliseconds for a page. */
const SERVER_PATIENCE = 30_000;
/** Pages in a row that name nothing new, before the cursor counts as going in circles. */
const IDLE_PAGES = 10;

/** One pass over all pages of the server, which can be taken up again where it failed. */
export class Walk {
  /** Ids that are there: by the pages, or by an event that overtook them. */
  readonly seen = new Set<string>();
  /** Ids of which there is a row in the database, */
  readonly kept = new Set<string>();
  /** once all have been read; those that are written meanwhile are added. */
  ready = false;
  #cursor: unknown;
  #idle = 0;
  /** Passes to come: pages of positions can slip past each other. */
  #left: number;
  readonly #remote: ConversationSource;

  constructor(remote: ConversationSource) {
    this.#remote = remote;
    const {paging} = remote.capabilities;
    this.#left = paging === 'offset' || paging === 'window' ? 2 : 1;
  }

  /** Whether a failed walk goes on with the page that failed. */
  get resumes(): boolean {
    return this.#remote.capabilities.paging === 'cursor';
  }

  /**
   * Hands the next page over.
   *
   * @param take - waited for before the next page
   * @returns whether that was all
   */
  async step(signal: AbortSignal, take: (conversations: readonly Conversation[]) => Promise<void>): Promise<boolean> {
    const page = await this.#page(signal);
    if (signal.aborted) return true;
    const known = this.seen.size;
    const conversations = page.conversations.flatMap((value) => readConversation(value).conversation ?? []);
    for (const {id} of conversations) this.seen.add(id);
    await take(conversations);
    if (page.done === true) {
      this.#cursor = undefined;
      return --this.#left <= 0;
    }
    this.#idle = this.seen.size > known ? 0 : this.#idle + 1;
    const again = page.cursor === undefined || (this.#idle > IDLE_PAGES && this.#left < 2);
    if (again) throw new SourceError('cursor-cycle', 'The source gave a cursor that leads in circles.');
    this.#cursor = page.cursor;
    return false;
  }

  async #page(signal: AbortSignal): Promise<Page> {
    const limit = Math.min(this.#remote.capabilities.maxPageSize ?? LIMIT, MOST);
    const cursor = this.#cursor === undefined ? {} : {cursor: this.#cursor};
    const asked = new AbortController();
    const abort = (): void => asked.abort();
    signal.addEventListener('abort', abort);
    try {
      const pending = this.#remote.getPage({limit, signal: asked.signal, ...cursor});
      const page = await within(pending, SERVER_PATIENCE, () => new SourceError('timeout', 'No page came.'));
      if (Array.isArray((page as Partial<Page> | undefined)?.conversations)) return page;
      throw new SourceError('invalid-data', 'A page must have an array of conversations.');
    } finally {
      signal.removeEventListener('abort', abort);
      asked.abort();
    }
  }
}
