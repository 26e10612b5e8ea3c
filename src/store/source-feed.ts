import type {Conversation} from '../model/conversation.js';
import {SourceError, toSourceError} from '../model/errors.js';
import {matches} from '../model/filter.js';
import {compareSortable, type Sortable} from '../model/order.js';
import type {ConversationSource, Page, SourceCapabilities, SourceEvent} from '../model/source.js';
import {readCount} from '../model/validate.js';
import type {ChangeLog, ErrorOrigin} from './change-log.js';
import {contain} from './contain.js';
import {ConversationIndex} from './conversation-index.js';
import type {FeedSettings} from './feed-settings.js';
import {Intake} from './intake.js';
import {Pager, type Landed} from './pager.js';
import type {Pass} from './pass.js';
import {SourceFacts} from './source-facts.js';
import {TypingExpiry, withoutTyping} from './typing-expiry.js';

/** The page size that asks for everything: the largest a 32-bit API can take, as the seed's `INT_MAX`. */
const ALL = 2 ** 31 - 1;

/** Brings one source's pages and events together in an index, while it is bound. */
export class SourceFeed {
  readonly facts = new SourceFacts(
    (error, origin) => this.#tell(error, origin),
    () => this.#changed(),
  );
  readonly pager = new Pager({
    fetch: (cursor, signal) => this.#fetch(cursor, signal),
    ask: () => this.index.ask(),
    land: (conversations, asked, pass) => this.#land(conversations, asked, pass),
    prune: (from, to, pass) => {
      // A stretch of the source's order is one of ours only while both go by the key.
      if (to !== undefined && this.#settings.order !== 'order-key') return;
      this.index.prune(from, to, pass);
      this.commit(false);
    },
    covered: (pass) => this.#covered(pass),
    changed: (page, error) => {
      if (page !== undefined) this.#log.page(page);
      if (error !== undefined) this.#log.error(error, 'page');
      this.#changed();
    },
  });

  #index = new ConversationIndex();
  #source: ConversationSource | undefined;
  /** While the source is listened to; ends everything asked of it. */
  #binding: AbortController | undefined;
  readonly #intake = new Intake((error) => this.#tell(error, 'data'));
  readonly #typing = new TypingExpiry((id) => {
    this.#index.amend(id, withoutTyping);
    this.#changed();
  });
  readonly #settings: FeedSettings;
  readonly #log: ChangeLog;
  readonly #changed: () => void;
  readonly #gone: (ids?: readonly string[]) => void;

  /**
   * @param changed - called at every change, which may be nothing in the end
   * @param gone - told of deletions; without ids, that anything else that was heard of the source may be so no more
   */
  constructor(settings: FeedSettings, log: ChangeLog, changed: () => void, gone: (ids?: readonly string[]) => void) {
    this.#settings = settings;
    this.#log = log;
    this.#changed = changed;
    this.#gone = gone;
  }

  get index(): ConversationIndex {
    return this.#index;
  }

  /**
   * Begins to listen and to load.
   *
   * The rows of another source are dropped; of the same they are brought up to date, since events were missed.
   */
  bind(source: ConversationSource): void {
    const again = source === this.#source;
    this.#source = source;
    const {signal} = (this.#binding = new AbortController());
    let unsubscribe: unknown;
    const end = (): void => {
      if (typeof unsubscribe === 'function') contain(unsubscribe as () => void);
    };
    signal.addEventListener('abort', end);
    try {
      unsubscribe = source.subscribe((event) => {
        if (!signal.aborted) this.#receive(event, source, signal);
      });
      if (typeof unsubscribe !== 'function') throw new SourceError('invalid-data', 'subscribe() must return a function.');
    } catch (thrown) {
      this.#tell(toSourceError(thrown), 'subscribe');
    }
    // The source's own code may have led to another source, or to a disconnection.
    if (signal.aborted) return end();
    if (again) this.#reload();
    else this.pager.restart(this.#index.clock, 0);
    this.#typing.wind();
    void this.facts.askUnread(source, signal);
    this.facts.groups.bind(source, signal);
  }

  /** Ends listening and loading; the rows stay. */
  unbind(): void {
    this.#binding?.abort();
    this.#binding = undefined;
    this.#typing.stop();
    this.pager.stop();
  }

  /** Forgets the source and all it told. */
  clear(): void {
    this.#source = undefined;
    this.#intake.clear();
    this.#empty();
  }

  /** The filter has changed: pages begin anew. */
  refilter(): void {
    this.resort();
    // Told by the filter before, and perhaps not there by this one.
    this.#log.clearLive();
    if (this.#binding === undefined) this.pager.clear();
    else this.pager.restart(this.#index.clock, 0);
  }

  /** The order has changed, or the filter. */
  resort(): void {
    this.commit();
    this.#index.arrange(this.#settings.filter, this.#settings.order);
    this.#changed();
  }

  /** The open conversation: see the index. */
  keep(id: string | undefined): void {
    if (id === this.#index.keptId) return;
    this.commit();
    this.#index.keep(id);
    this.#changed();
  }

  /** Pages again from the start. Resolves when the first page has landed or failed. */
  async refresh(): Promise<void> {
    if (this.#binding === undefined) return;
    this.#reload();
    await this.pager.loadMore();
  }

  /** Makes staged changes visible; `live` ones are told by id. */
  commit(live = true): void {
    const change = this.#index.commit();
    if (change !== undefined && live) this.#log.live(change);
  }

  /** The source has done what it was asked to: as good as an event that says so. `undefined`: it is gone. */
  confirm(id: string, change: (conversation: Conversation) => Conversation | undefined): void {
    const entry = this.#index.get(id);
    if (entry === undefined) return;
    this.#index.clock++;
    const next = change(entry.conversation);
    if (next === undefined) this.#index.remove(id);
    else this.#index.upsert(next);
    this.#drift();
    this.#changed();
  }

  #empty(): void {
    this.pager.clear();
    const {keptId} = this.#index;
    this.#index = new ConversationIndex();
    this.#index.keep(keptId);
    this.#gone();
    this.#index.arrange(this.#settings.filter, this.#settings.order);
    this.facts.clear();
    this.#typing.clear();
    this.#log.clearLive();
  }

  /** Brings what is held up to date after events were lost, page by page. */
  #reload(): void {
    this.commit();
    this.#gone();
    this.#index.doubt();
    this.pager.restart(this.#index.clock, Math.max(this.pager.depth, this.#index.rows.length));
  }

  #tell(error: SourceError, origin: ErrorOrigin): void {
    this.#log.error(error, origin);
    this.#changed();
  }

  /** A source from plain JavaScript may lack what the types promise. */
  get #capabilities(): Partial<SourceCapabilities> {
    try {
      return this.#source?.capabilities ?? {};
    } catch {
      return {};
    }
  }

  // Pages

  async #fetch(cursor: unknown, signal: AbortSignal): Promise<Page> {
    const {filter, pageSize} = this.#settings;
    return (this.#source as ConversationSource).getPage({
      limit: Math.min(pageSize === 'all' ? ALL : pageSize, readCount(this.#capabilities.maxPageSize) || ALL),
      filter,
      signal,
      ...(cursor !== undefined && {cursor}),
    });
  }

  #land(values: readonly unknown[], asked: number, pass: number): Landed {
    this.commit();
    const places: Sortable[] = [];
    let unseen = 0;
    let fresh = 0;
    this.#intake.each(values, (conversation) => {
      places.push({id: conversation.id, key: conversation.orderKey});
      if (!this.#index.land(this.#typing.hear(conversation), asked, pass)) return;
      unseen++;
      if (matches(this.#settings.filter, conversation)) fresh++;
    });
    this.#drift();
    this.commit(false);
    return {places, unseen, fresh};
  }

  #covered({frontier, matched}: Pass): number {
    const {rows} = this.#index;
    if (frontier === undefined || this.#settings.order !== 'order-key') return Math.min(matched, rows.length);
    const above = rows.rank(frontier);
    const next = rows.at(above);
    return next !== undefined && compareSortable(next, frontier) === 0 ? above + 1 : above;
  }

  // Events

  #receive(event: SourceEvent, source: ConversationSource, signal: AbortSignal): void {
    this.#index.clock++;
    try {
      if (this.#apply(event)) {
        void this.facts.askUnread(source, signal);
        void this.facts.groups.ask();
      }
    } catch (thrown) {
      // Something in the event that is not what its type says.
      this.#intake.refuse(toSourceError(thrown).message);
    }
    this.#drift();
    this.#changed();
  }

  /** Returns whether the unread total has to be asked for. */
  #apply(event: SourceEvent): boolean {
    const index = this.#index;
    switch (event.type) {
      case 'upsert':
        this.#intake.each(event.conversations, (conversation) => index.upsert(this.#typing.hear(conversation)));
        break;
      case 'remove':
        for (const id of event.ids) index.remove(id);
        this.#gone(event.ids);
        break;
      case 'snapshot': {
        const named = new Set<string>();
        this.#intake.each(event.conversations, (conversation) => {
          index.upsert(this.#typing.hear(conversation));
          named.add(conversation.id);
        });
        if (event.complete) {
          index.retain(({id}) => named.has(id));
          this.pager.finish();
          this.#gone();
        }
        break;
      }
      case 'reset':
        if (event.reason !== 'gap') this.#empty();
        if (event.reason === 'logout') this.pager.finish();
        else this.#reload();
        return event.reason !== 'logout';
      default:
        if (this.facts.apply(event)) this.pager.recover();
    }
    return false;
  }

  /** Positions count from the top in these sources, so what falls or leaves moves others from one page to another. */
  #drift(): void {
    if (!this.#index.slipped) return;
    this.#index.slipped = false;
    const {paging} = this.#capabilities;
    if (paging === 'offset' || paging === 'window') this.pager.drift();
  }
}
