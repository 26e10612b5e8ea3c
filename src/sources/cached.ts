import {deleteDB} from 'idb';
import type {Conversation} from '../model/conversation.js';
import {SourceError, toSourceError} from '../model/errors.js';
import type {ConversationFilter} from '../model/filter.js';
import type {
  ConversationSource,
  GroupOps,
  OpOptions,
  OpResult,
  Page,
  PageRequest,
  SearchOptions,
  SourceCapabilities,
  SourceEvent,
} from '../model/source.js';
import {readCount} from '../model/validate.js';
import {applied, QUEUED, type QueuedName} from './cache/actions.js';
import {databaseName, within} from './cache/database.js';
import {findRows} from './cache/find-rows.js';
import {aborted} from './cache/local-changes.js';
import {pending} from './cache/outbox.js';
import {pageOf, readCursor} from './cache/pages.js';
import {readRows, type Rows} from './cache/read-rows.js';
import {searchBehind} from './cache/search-behind.js';
import {Session} from './cache/session.js';

/** Whose cache it is. */
export interface CachedSourceOptions {
  /** Of the app or the service; databases of different names have nothing in common. */
  readonly name: string;
  /** The person's id in the service. Each account has a database of its own. */
  readonly account: string;
}

/** Milliseconds that a first page waits for the server, while the cache holds only a part. */
const HEAD_START = 1000;

/** The actions that need the server. */
const DIRECT = ['clearHistory', 'setCustomData'] as const;
const GROUP_OPS = ['list', 'create', 'rename', 'delete', 'add', 'remove'] as const;

/**
 * A source in front of another: its conversations are kept in IndexedDB, so that they are there at once and offline.
 *
 * Once a sync has come through, pages come from the cache; before that, from the source behind, or from what there is
 * if that does not answer. While somebody listens, one tab listens to the source behind, walks all its pages when it
 * begins, after a gap and after a lost connection, and tells what differs; the walk is told as `sync`. Rows that the
 * server no longer has go when a walk has come through, never when it failed. Other tabs follow.
 *
 * Pinning, muting, marking, hiding, drafts and reading show at once, are kept until the server takes them, and are sent
 * in order by one tab, again after a crash. Such a call resolves when the server has answered, or after 2 s, when it
 * goes on without; if the server refuses, the row goes back, and the call rejects or, if that is over, a failed `sync`
 * tells why. Other actions need the server. While nobody listens, all do.
 *
 * What is kept is searched where the source behind cannot search or be reached.
 *
 * If the database fails, is blocked, full or hung, the source says so once on the console and goes on without it, like
 * the source behind. What is kept is not encrypted: call {@link clear} when the person logs out.
 *
 * @example
 * list.source = new CachedSource(new MyServerSource(), {name: 'my-app', account: user.id});
 */
export class CachedSource implements ConversationSource {
  readonly capabilities: SourceCapabilities;
  readonly selfId?: string;
  readonly groups?: GroupOps;
  getByIds?: NonNullable<ConversationSource['getByIds']>;
  getTotalUnread?: NonNullable<ConversationSource['getTotalUnread']>;
  setPinned?: NonNullable<ConversationSource['setPinned']>;
  setNotify?: NonNullable<ConversationSource['setNotify']>;
  markRead?: NonNullable<ConversationSource['markRead']>;
  markUnread?: NonNullable<ConversationSource['markUnread']>;
  setHidden?: NonNullable<ConversationSource['setHidden']>;
  setDraft?: NonNullable<ConversationSource['setDraft']>;
  setMark?: NonNullable<ConversationSource['setMark']>;
  delete?: NonNullable<ConversationSource['delete']>;
  clearHistory?: NonNullable<ConversationSource['clearHistory']>;
  setCustomData?: NonNullable<ConversationSource['setCustomData']>;

  readonly #remote: ConversationSource;
  readonly #name: string;
  readonly #session: Session;

  constructor(remote: ConversationSource, {name, account}: CachedSourceOptions) {
    this.#remote = remote;
    this.#name = databaseName(name, account);
    this.#session = new Session(this.#name, remote);
    this.capabilities = {...remote.capabilities, syncEvents: true, search: true};
    if (remote.selfId !== undefined) this.selfId = remote.selfId;
    const own = this as Record<string, unknown>;
    for (const op of Object.keys(QUEUED) as QueuedName[]) {
      if (remote[op]) own[op] = (...args: unknown[]) => this.#act(op, args);
    }
    for (const op of DIRECT) if (remote[op]) own[op] = this.#through(remote, op);
    if (remote.delete) this.delete = (ids, options) => this.#delete(ids, options);
    if (remote.groups) {
      const {groups} = remote;
      this.groups = Object.fromEntries(GROUP_OPS.map((op) => [op, this.#through(groups, op)])) as unknown as GroupOps;
    }
    if (remote.getByIds) this.getByIds = (ids, options) => this.#byIds(ids, options);
    if (remote.getTotalUnread) this.getTotalUnread = (filter, options) => this.#total(filter, options);
  }

  /** @throws SourceError `invalid-argument` for a cursor that is none of ours; else as the source behind. */
  async getPage(request: PageRequest): Promise<Page> {
    const {signal, filter, cursor} = request;
    aborted(signal);
    const at = readCursor(cursor);
    if (at && 'remote' in at) return this.#ask(request, at.remote);
    const limit = this.capabilities.paging === 'all' ? Infinity : Math.max(1, request.limit);
    const kept = await this.#session.use(async () => {
      // A page that is asked for after something was told shows it.
      await this.#session.table.settled();
      return this.#session.table.read(async (tx) => {
        const complete = (await tx.objectStore('meta').get('complete')) === true;
        const rows = await readRows(tx, this.#session.table.epoch, limit, filter, at?.at);
        return {...rows, complete};
      });
    });
    // A pass that the database cannot go on with begins anew: what comes twice does no harm.
    if (!kept) return this.#ask(request, undefined);
    this.#session.table.complain(kept.broken);
    const page = (): Page => this.#page(kept, kept.complete);
    // While nobody listens, nothing keeps the cache up to date.
    if ((kept.complete && this.#session.following) || at) return page();
    const asked = this.#ask(request, undefined);
    if (kept.conversations.length === 0) return asked;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => resolve(page()), HEAD_START);
      asked
        .then(resolve, (thrown: unknown) => (toSourceError(thrown).retryable ? resolve(page()) : reject(toSourceError(thrown))))
        .finally(() => clearTimeout(timer));
    });
  }

  subscribe(listener: (event: SourceEvent) => void): () => void {
    return this.#session.listeners.subscribe(listener);
  }

  /**
   * What the source behind finds. Where that cannot search, fails for now or does not answer in 5 s: those kept that have
   * all words of the query in what a list looks through, in the list's order.
   *
   * @throws SourceError as the source behind; `unsupported` if that cannot search, and nothing can be kept.
   */
  search(query: string, options: SearchOptions = {}): Promise<readonly Conversation[]> {
    return searchBehind(this.#remote, query, options, {
      shown: (conversations) => this.#asShown(conversations),
      kept: () => this.#find(query, options),
    });
  }

  /**
   * Removes everything that is kept, actions that were not sent too, and empties the lists of every tab, as at a logout.
   * Nothing is kept from then on until the source behind tells of a login, or another source is made.
   *
   * @throws SourceError if the database cannot be emptied.
   */
  async clear(): Promise<void> {
    try {
      await this.#session.clear();
    } catch (thrown) {
      this.#session.emptied();
      this.#session.giveUp(thrown);
      try {
        await within(deleteDB(this.#name));
      } catch (last) {
        throw toSourceError(last);
      }
    }
  }

  /** Which conversation the list was scrolled to, as {@link saveScroll} kept it; a list asks for it by itself. */
  async savedScroll(): Promise<string | undefined> {
    const id = await this.#session.use(() => this.#session.table.read((tx) => tx.objectStore('meta').get('scroll')));
    return typeof id === 'string' ? id : undefined;
  }

  /** Keeps which conversation the list is scrolled to, as a list does by itself; `null`: its top. */
  async saveScroll(id: string | null): Promise<void> {
    await this.#session.use(() => this.#session.table.write(async (writer) => writer.setMeta('scroll', id)));
  }

  /** Ends everything here, and disposes of the source behind. What is kept stays. */
  dispose(): void {
    this.#session.dispose();
    this.#remote.dispose?.();
  }

  #page({conversations, next}: Pick<Rows, 'conversations' | 'next'>, complete: boolean): Page {
    // What is kept may not be all there is: the source behind says.
    return pageOf({conversations: this.#withNatives(conversations), next}, complete ? undefined : {remote: undefined});
  }

  /** Kept rows with the SDK's objects, as far as these are here. */
  #withNatives(conversations: readonly Conversation[]): readonly Conversation[] {
    const natives = this.#session.leader?.natives;
    return natives?.size ? conversations.map((c) => (natives.has(c.id) ? {...c, native: natives.get(c.id)} : c)) : conversations;
  }

  /** Rows of the source behind with what it has not been told yet. */
  async #asShown(conversations: readonly Conversation[]): Promise<readonly Conversation[]> {
    const ops = this.#session.following ? await this.#session.use(() => this.#session.table.read(pending)) : undefined;
    return ops?.length ? conversations.map((c) => applied(ops, c)) : conversations;
  }

  /** Searches what is kept; resolves to `undefined` if that cannot be read. */
  async #find(query: string, options: SearchOptions): Promise<readonly Conversation[] | undefined> {
    const {table} = this.#session;
    const kept = await this.#session.use(async () => {
      await table.settled();
      return findRows((work) => table.read(work), table.epoch, query, options);
    });
    table.complain(kept?.broken ?? 0);
    return kept && this.#withNatives(kept.conversations);
  }

  /** A page of the source behind. */
  async #ask({cursor: _, ...request}: PageRequest, cursor: unknown): Promise<Page> {
    const fetch = (): Promise<Page> => this.#remote.getPage({...request, ...(cursor !== undefined && {cursor})});
    const leader = this.#session.leader;
    const page = !leader
      ? await fetch()
      : await new Promise<Page>((resolve, reject) => {
          const asking = leader.ask(async (asked) => {
            const answer = await fetch();
            resolve(answer);
            if (Array.isArray(answer?.conversations)) await leader.store(answer.conversations, asked);
          });
          asking.catch(reject);
        });
    if (!Array.isArray((page as Page | undefined)?.conversations)) return page;
    if (!leader) for (const one of page.conversations) if (typeof one?.id === 'string') this.#session.unkept.add(one.id);
    const conversations = await this.#asShown(page.conversations);
    const {cursor: next, ...rest} = page;
    return {...rest, conversations, ...(page.done !== true && {cursor: {remote: next}})};
  }

  async #byIds(ids: readonly string[], options?: OpOptions): Promise<readonly Conversation[]> {
    try {
      return (await this.#remote.getByIds?.(ids, options)) ?? [];
    } catch (thrown) {
      if (!toSourceError(thrown).retryable) throw thrown;
      const kept = await this.#session.use(() => this.#session.table.read((tx) => readRows(tx, this.#session.table.epoch, Infinity, {ids})));
      if (!kept) throw thrown;
      return kept.conversations;
    }
  }

  async #total(filter?: ConversationFilter, options?: OpOptions): Promise<number> {
    const clock = this.#session.unreadClock;
    const ask = async (): Promise<number> => (await this.#remote.getTotalUnread?.(filter, options)) ?? 0;
    if (Object.keys(filter ?? {}).length > 0 || !this.#session.following) return ask();
    const kept = this.#session.unread ?? (await this.#session.use(() => this.#session.table.read((tx) => tx.objectStore('meta').get('unread'))));
    const asked = ask().then((total) => {
      // Later news of it stands.
      const {leader, table} = this.#session;
      if (clock !== this.#session.unreadClock) return total;
      // Whoever leads later keeps it.
      if (!leader) return (this.#session.unread = total);
      leader.keep('unread', total);
      if (total !== this.#session.unread) table.announce({type: 'unread', total});
      return total;
    });
    if (typeof kept !== 'number') return asked;
    asked.catch(() => undefined);
    return readCount(kept);
  }

  /** An action of the source behind; what it told meanwhile is in the pages when it is done. */
  #through<T extends object>(target: T, op: keyof T): unknown {
    return async (...args: unknown[]): Promise<unknown> => {
      const value: unknown = await (target[op] as (...args: unknown[]) => unknown).apply(target, args);
      if (this.#session.following) await this.#session.table.settled();
      return value;
    };
  }

  async #delete(ids: readonly string[], options?: OpOptions & {readonly clearHistory?: boolean}): Promise<readonly OpResult[]> {
    const request = async (): Promise<readonly OpResult[]> => (await this.#remote.delete?.(ids, options)) ?? [];
    const {leader, following, table} = this.#session;
    const results = await (leader ? leader.delete(ids, request) : request());
    if (following) await table.settled();
    return results;
  }

  async #act(name: QueuedName, args: readonly unknown[]): Promise<unknown> {
    const direct = (): unknown => (this.#remote[name] as (...args: readonly unknown[]) => unknown).apply(this.#remote, args as unknown[]);
    if (!this.#session.following) return direct();
    const count = QUEUED[name];
    try {
      return await this.#session.outbox.add(name, args.slice(0, count), args[count] as OpOptions | undefined);
    } catch (thrown) {
      if (thrown instanceof SourceError) throw thrown;
      // What cannot be stored may be sent all the same.
      if ((thrown as Error | undefined)?.name !== 'DataCloneError') this.#session.giveUp(thrown);
      return direct();
    }
  }
}
