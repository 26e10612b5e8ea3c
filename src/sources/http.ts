import type {Conversation, NotifyLevel} from '../model/conversation.js';
import {SourceError} from '../model/errors.js';
import type {ConversationFilter} from '../model/filter.js';
import type {
  ConversationSource,
  GroupOps,
  OpName,
  OpOptions,
  OpResult,
  Page,
  PageRequest,
  SearchOptions,
  SourceCapabilities,
  SourceEvent,
} from '../model/source.js';
import {HttpActions, type Changes} from './http/actions.js';
import {HttpClient} from './http/client.js';
import {connectStream} from './http/connect.js';
import {readSrc, type SrcOptions} from './http/from-src.js';
import {httpGroups} from './http/groups.js';
import {Live} from './http/live.js';
import type {HttpSourceOptions} from './http/options.js';
import {filterQuery, idBunches, type Query} from './http/query.js';
import {readPage, readTotal, type ReadPage} from './http/read.js';
import {searchServer} from './http/search.js';
import {Listeners} from './shared/listeners.js';

export type {HttpHeaders, HttpSourceOptions} from './http/options.js';
export type {SrcOptions} from './http/from-src.js';

const OPS: readonly OpName[] = [
  'pin', 'notify', 'markRead', 'markUnread', 'markAllRead', 'hide', 'delete', 'clearHistory', 'draft', 'mark',
  'customData', 'groups',
];
const FILTERS = ['types', 'mark', 'group', 'hasUnread', 'hasMention', 'pinned', 'hidden', 'ids'] as const;

/**
 * The conversations of a server that speaks the HTTP protocol in `docs/protocol`.
 *
 * Pages come by `GET`, changes by Server-Sent Events while anybody listens, actions by `PATCH`, `POST` and `DELETE`.
 * After a break the stream goes on where it stood; where the server cannot, the list loads its pages again. While the
 * server is away it is asked again after a wait by chance that doubles up to 30 s, and not before its `Retry-After`.
 *
 * @example
 * const source = new HttpSource('https://chat.example.org/conversations', {
 *   headers: async () => ({authorization: `Bearer ${await auth.token()}`}),
 * });
 */
export class HttpSource implements ConversationSource {
  readonly capabilities: SourceCapabilities;
  readonly selfId?: string;
  readonly groups?: GroupOps;

  readonly #client: HttpClient;
  readonly #actions: HttpActions;
  readonly #live: Live;
  readonly #listeners = new Listeners(
    () => this.#disposed || this.#live.start(),
    () => this.#live.stop(),
  );
  #disposed = false;

  /**
   * @param url - of the conversations; what it says in its query goes along with each request
   * @throws TypeError if it is no address
   */
  constructor(url: string | URL, options: HttpSourceOptions = {}) {
    const {selfId, ops = OPS, serverFilters = FILTERS, search = true, maxPageSize = 100, live = 'sse', pollMs = 30_000} = options;
    this.#client = new HttpClient(new URL(url, (globalThis as {readonly document?: Document}).document?.baseURI), options);
    this.#actions = new HttpActions(this.#client, () => this.#live.ready());
    this.#live = new Live({
      connect: live === 'poll' ? undefined : connectStream(this.#client),
      tell: (...events) => this.#tell(events),
      pollMs,
    });
    if (selfId !== undefined) this.selfId = selfId;
    const has = new Set(ops);
    if (has.has('groups')) this.groups = httpGroups(this.#actions);
    this.capabilities = Object.freeze({
      paging: 'cursor',
      maxPageSize,
      serverFilters: Object.freeze([...serverFilters]),
      nativeOrder: true,
      deleteEvents: true,
      syncEvents: false,
      unreadTotal: true,
      search,
      ops: has,
      limits: Object.freeze({batch: 100}),
    } satisfies SourceCapabilities);
  }

  async getPage({limit, cursor, filter, signal}: PageRequest): Promise<Page> {
    if (cursor !== undefined && typeof cursor !== 'string') {
      throw new SourceError('invalid-argument', 'The cursor is not of this source');
    }
    const query = filterQuery(this.#applied(filter));
    if (!query) return {conversations: [], done: true};
    const size = Math.max(1, Math.min(limit, this.capabilities.maxPageSize ?? limit));
    query.unshift(['limit', String(size)]);
    if (cursor !== undefined) query.push(['cursor', cursor]);
    const {position: _, ...page} = await this.#live.page(() => this.#page(query, signal));
    return page;
  }

  subscribe(listener: (event: SourceEvent) => void): () => void {
    return this.#listeners.subscribe(listener);
  }

  async getByIds(ids: readonly string[], {signal}: OpOptions = {}): Promise<readonly Conversation[]> {
    const pages = Array.from(idBunches(ids), (bunch) =>
      this.#page([['limit', '100'], ...bunch.map((id): [string, string] => ['id', id])], signal),
    );
    return (await Promise.all(pages)).flatMap(({conversations}) => conversations);
  }

  /**
   * What the server finds, in its order; without a limit all of it.
   *
   * @throws SourceError `unsupported` if the server has no search.
   */
  search(query: string, {limit = Infinity, signal}: SearchOptions = {}): Promise<readonly Conversation[]> {
    const size = Math.max(1, Math.min(limit, this.capabilities.maxPageSize ?? limit));
    return searchServer((part) => this.#client.ask('search', {query: [['limit', String(size)], ...part], signal}, readPage), query, limit);
  }

  /** As the server counts: without the conversations that are silent or switched off. */
  async getTotalUnread(filter?: ConversationFilter, {signal}: OpOptions = {}): Promise<number> {
    const query = filterQuery(filter);
    return query ? this.#client.ask('unread', {query, signal}, readTotal) : 0;
  }

  setPinned(id: string, pinned: boolean, options?: OpOptions): Promise<void> {
    return this.#set(id, {pinned}, options);
  }

  setNotify(id: string, notify: NotifyLevel, options?: OpOptions): Promise<void> {
    return this.#set(id, {notify}, options);
  }

  setHidden(id: string, hidden: boolean, options?: OpOptions): Promise<void> {
    return this.#set(id, {hidden}, options);
  }

  setDraft(id: string, draft: string | null, options?: OpOptions): Promise<void> {
    return this.#set(id, {draft}, options);
  }

  markUnread(id: string, unread: boolean, options?: OpOptions): Promise<void> {
    return this.#set(id, {marks: {[unread ? 'add' : 'remove']: ['unread']}}, options);
  }

  clearHistory(id: string, options?: OpOptions): Promise<void> {
    return this.#actions.one(this.#actions.several('clear', [id], {}, options));
  }

  markRead(ids: readonly string[] | 'all', options?: OpOptions): Promise<readonly OpResult[]> {
    return ids === 'all' ? this.#actions.all('read', options) : this.#actions.several('read', ids, {}, options);
  }

  delete(ids: readonly string[], options?: OpOptions & {readonly clearHistory?: boolean}): Promise<readonly OpResult[]> {
    return this.#actions.several('delete', ids, {clearHistory: options?.clearHistory === true}, options);
  }

  setMark(ids: readonly string[], mark: string, on: boolean, options?: OpOptions): Promise<readonly OpResult[]> {
    return this.#actions.change(ids, {marks: {[on ? 'add' : 'remove']: [mark]}}, options);
  }

  setCustomData(ids: readonly string[], customData: string, options?: OpOptions): Promise<readonly OpResult[]> {
    return this.#actions.change(ids, {customData}, options);
  }

  /** Ends the connection and the requests on their way; those to come are made. */
  dispose(): void {
    this.#disposed = true;
    this.#live.stop();
    this.#client.abort();
  }

  #set(id: string, changes: Changes, options?: OpOptions): Promise<void> {
    return this.#actions.one(this.#actions.change([id], changes, options));
  }

  /** What the server applies of a filter. */
  #applied(filter: ConversationFilter = {}): ConversationFilter {
    const {serverFilters} = this.capabilities;
    return Object.fromEntries(Object.entries(filter).filter(([name]) => (serverFilters as readonly string[]).includes(name)));
  }

  async #page(query: Query, signal: AbortSignal | undefined): Promise<ReadPage> {
    return this.#client.ask('', {query, signal}, readPage);
  }

  #tell(events: readonly SourceEvent[]): void {
    if (events.some((event) => event.type === 'reset' && event.reason !== 'gap')) this.#client.forget();
    if (!this.#disposed) this.#listeners.emit(...events);
  }
}

/**
 * The source that an element's `src` names.
 *
 * @throws SourceError `invalid-argument` for an address that is none, of another origin without leave, or not safe.
 */
export function httpSourceFor(src: string, options: SrcOptions): HttpSource {
  const {url, credentials} = readSrc(src, options);
  return new HttpSource(url, {credentials});
}
