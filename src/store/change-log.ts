import type {SourceError} from '../model/errors.js';
import type {IndexChange} from './conversation-index.js';
import type {ConversationSnapshot} from './snapshot.js';

/** Where an error came from. */
export type ErrorOrigin = 'page' | 'sync' | 'data' | 'subscribe' | 'unread' | 'action' | 'groups' | 'search';

/** What one notification is about. */
export interface StoreChange {
  readonly snapshot: ConversationSnapshot;
  /** Ids of rows, by what live events did to them; absent where only pages, the filter or states changed. */
  readonly live?: Pick<IndexChange, 'added' | 'changed' | 'removed'>;
  /** Ids of rows in which live events put another message, which is not the person's own; absent where there is none. */
  readonly news?: readonly string[];
  /** Pages that landed. */
  readonly pages: readonly {readonly received: number; readonly done: boolean}[];
  readonly errors: readonly {readonly error: SourceError; readonly origin: ErrorOrigin}[];
}

const KINDS = ['added', 'changed', 'removed'] as const;

/** Collects what has happened since the last notification. */
export class ChangeLog {
  #live = new Map<string, (typeof KINDS)[number]>();
  readonly #news = new Set<string>();
  #pages: {received: number; done: boolean}[] = [];
  #errors: {error: SourceError; origin: ErrorOrigin}[] = [];

  page(page: {received: number; done: boolean}): void {
    this.#pages.push(page);
  }

  error(error: SourceError, origin: ErrorOrigin): void {
    this.#errors.push({error, origin});
  }

  /** Adds what live events did; of several steps of one row the sum counts. */
  live(change: IndexChange): void {
    for (const id of change.news) this.#news.add(id);
    for (const kind of KINDS) {
      for (const id of change[kind]) {
        const before = this.#live.get(id);
        if (before === 'added' && kind === 'removed') this.#live.delete(id);
        else if (before === undefined || kind === 'removed') this.#live.set(id, kind);
        else if (before === 'removed') this.#live.set(id, 'changed');
      }
    }
  }

  /** Forgets what live events did, where the rows are others now. */
  clearLive(): void {
    this.#live.clear();
    this.#news.clear();
  }

  /** Hands over what was collected, and begins anew. */
  take(): Omit<StoreChange, 'snapshot'> {
    const change = {pages: this.#pages, errors: this.#errors};
    this.#pages = [];
    this.#errors = [];
    if (this.#live.size === 0) return change;
    const live: Record<(typeof KINDS)[number], string[]> = {added: [], changed: [], removed: []};
    for (const [id, kind] of this.#live) live[kind].push(id);
    const news = [...this.#news];
    this.clearLive();
    return {...change, live, ...(news.length > 0 && {news})};
  }
}
