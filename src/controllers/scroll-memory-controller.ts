import type {ReactiveController} from 'lit';
import type {ConversationFilter} from '../model/filter.js';
import type {ConversationSource} from '../model/source.js';
import type {ConversationStore} from '../store/conversation-store.js';
import type {RowsController} from './rows-controller.js';

/** So long after a movement the place is kept, ms. */
const DELAY = 300;
/** Pages that are loaded to find a conversation again; one that is further down is not worth the wait. */
const PAGES = 20;
/** Rows that are loaded below it, or there may be nowhere to scroll to. */
const BELOW = 40;

/** What is asked of the list. */
export interface ScrollMemoryHost {
  addController(controller: ReactiveController): void;
  scrollToConversation(id: string, align: 'start'): Promise<boolean>;
}

/** Has a source that can do so keep where the list is scrolled to, and goes back there when the list is shown anew. */
export class ScrollMemoryController implements ReactiveController {
  readonly #host: ScrollMemoryHost;
  readonly #rows: Pick<RowsController, 'topId'>;
  readonly #store: () => ConversationStore | undefined;
  /** Where it is kept, once it is known what was. */
  #source: ConversationSource | undefined;
  #binding: ConversationSource | null | undefined;
  #kept: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ScrollMemoryHost, rows: Pick<RowsController, 'topId'>, store: () => ConversationStore | undefined) {
    this.#host = host;
    this.#rows = rows;
    this.#store = store;
    host.addController(this);
  }

  hostDisconnected(): void {
    if (this.#timer !== undefined) this.#keep();
  }

  /** The list shows another source, from its top. */
  async bind(source: ConversationSource | null | undefined): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = this.#source = this.#kept = undefined;
    this.#binding = source;
    try {
      if (!source?.saveScroll || !source.savedScroll) return;
      const id: unknown = await source.savedScroll();
      if (typeof id === 'string' && (await this.#find(id))) await this.#host.scrollToConversation(id, 'start');
    } catch {
      // The list begins at its top, as without.
    }
    if (source === this.#binding) this.#source = source ?? undefined;
  }

  /** The viewport or the rows have moved. */
  moved(): void {
    if (this.#source !== undefined) this.#timer ??= setTimeout(() => this.#keep(), DELAY);
  }

  /** Whether the conversation is there, and the person has not begun to read elsewhere. */
  async #find(id: string): Promise<boolean> {
    const [source, store] = [this.#binding, this.#store()];
    for (let pages = PAGES; ; pages--) {
      if (store === undefined || store.source !== source || this.#binding !== source) return false;
      if (this.#rows.topId !== undefined) return false;
      const {rows, page} = store.snapshot;
      const index = rows.indexOf(id);
      const last = pages === 0 || page.status === 'done' || page.status === 'failed';
      if (last || (index >= 0 && index < rows.length - BELOW)) return index >= 0;
      await store.loadMore();
    }
  }

  #keep(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const store = this.#store();
    if (this.#source === undefined || store?.source !== this.#source || isFiltered(store.filter)) return;
    const id = this.#rows.topId;
    if (id === this.#kept) return;
    this.#kept = id;
    // What cannot be kept is no loss that anybody has to hear of.
    void (async () => this.#source?.saveScroll?.(id ?? null))().catch(() => undefined);
  }
}

/** Through a filter it is another list; leaving out the hidden ones is the rule. */
function isFiltered({hidden, ...others}: ConversationFilter): boolean {
  return hidden === true || Object.keys(others).length > 0;
}
