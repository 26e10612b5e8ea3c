import type {Conversation, Presence} from '../model/conversation.js';
import {SourceError} from '../model/errors.js';
import type {ConversationFilter} from '../model/filter.js';
import type {
  ConnectionState,
  ConversationSource,
  GroupOps,
  OpOptions,
  Page,
  PageRequest,
  SourceCapabilities,
  SourceEvent,
} from '../model/source.js';
import {readCount} from '../model/validate.js';
import {Listeners} from './shared/listeners.js';
import {readEach, strings, text} from './shared/rows.js';
import {settle} from './shared/settle.js';
import {actionsOf, toError} from './tencent/actions.js';
import type {TencentCallName, TencentChat} from './tencent/client.js';
import {readRow} from './tencent/rows.js';

export type {TencentCallName, TencentChat} from './tencent/client.js';

type Method<Name extends keyof ConversationSource> = NonNullable<ConversationSource[Name]>;
type Raw = Readonly<Partial<Record<string, unknown>>>;

const NET = new Map<unknown, ConnectionState>([
  ['connecting', 'connecting'],
  ['connected', 'online'],
  ['disconnected', 'offline'],
]);
/** By `statusType`. */
const PRESENCES: readonly (Presence | undefined)[] = [undefined, 'online', 'offline', 'offline'];

/**
 * A source over `@tencentcloud/chat` and `@tencentcloud/lite-chat`.
 *
 * The SDK holds the whole list in memory and pages its server by itself: all of it is one page, or two while it still
 * syncs, the second when it has. It has no order key: the order is made of pinning and the last message's time, in
 * whole seconds. After an action the list is read again, since the SDK tells of changes once a second at most and of
 * some not at all.
 *
 * @example
 * const source = new TencentSource(TencentCloudChat.create({SDKAppID}));
 */
export class TencentSource implements ConversationSource {
  readonly capabilities: SourceCapabilities;
  /** Who is logged in. */
  declare readonly selfId?: string;
  declare readonly getTotalUnread?: Method<'getTotalUnread'>;
  declare readonly setPinned?: Method<'setPinned'>;
  declare readonly setNotify?: Method<'setNotify'>;
  declare readonly markRead?: Method<'markRead'>;
  declare readonly markUnread?: Method<'markUnread'>;
  declare readonly setHidden?: Method<'setHidden'>;
  declare readonly delete?: Method<'delete'>;
  declare readonly clearHistory?: Method<'clearHistory'>;
  /** In memory only, as the SDK keeps it. */
  declare readonly setDraft?: Method<'setDraft'>;
  declare readonly setMark?: Method<'setMark'>;
  declare readonly setCustomData?: Method<'setCustomData'>;
  declare readonly groups?: GroupOps;

  readonly #chat: TencentChat;
  readonly #rows = new Map<string, Conversation>();
  readonly #presences = new Map<string, Presence | undefined>();
  readonly #listeners = new Listeners(
    () => this.#listen('on'),
    () => this.#listen('off'),
  );
  /** Whether the rows are all there are. */
  #complete = false;
  #syncing = false;
  /** What waits for the sync to end. */
  #waiting: (() => void)[] = [];
  /** The connection was lost, or the person kicked out. */
  #lost: ConnectionState | undefined;
  /** Counts logins and logouts: what was asked before one is no answer after it. */
  #epoch = 0;

  constructor(chat: TencentChat) {
    this.#chat = chat;
    const has = (name: TencentCallName): boolean => typeof chat[name] === 'function';
    const {methods, ops} = actionsOf({
      has,
      ask: (name, argument, options) => this.#ask(name, argument, options),
      rows: this.#rows,
      done: () => void this.#reread(),
    });
    const unreadTotal = has('getTotalUnreadMessageCount');
    Object.assign(this, methods, unreadTotal && {getTotalUnread: this.#total});
    this.capabilities = Object.freeze({
      paging: 'all',
      serverFilters: [],
      nativeOrder: false,
      deleteEvents: true,
      syncEvents: true,
      unreadTotal,
      ops,
      limits: {pinned: 50, groups: 20, batch: 100, groupNameBytes: 32, customDataBytes: 256},
    } satisfies SourceCapabilities);
  }

  async getPage({cursor, signal}: PageRequest): Promise<Page> {
    const options = signal ? {signal} : {};
    let conversations = await this.#readAll(options);
    if (this.#complete) return {conversations, done: true};
    if (cursor === undefined) return {conversations, done: false, cursor: 'synced'};
    await settle(() => new Promise<void>((resolve) => this.#waiting.push(resolve)), options);
    conversations = await this.#readAll(options);
    return {conversations, done: true};
  }

  subscribe(listener: (event: SourceEvent) => void): () => void {
    return this.#listeners.subscribe(listener);
  }

  readonly #total = async (filter?: ConversationFilter, options?: OpOptions): Promise<number> => {
    if (filter && Object.keys(filter).length > 0) throw new SourceError('unsupported', 'No total of a filter');
    // A number, or before login a promise that rejects.
    return readCount(await this.#call('getTotalUnreadMessageCount', undefined, options));
  };

  #call(name: TencentCallName | keyof TencentChat, argument: unknown, options?: OpOptions): Promise<unknown> {
    const call = this.#chat[name] as (argument?: unknown) => unknown;
    return settle(() => call.call(this.#chat, argument), options, toError);
  }

  async #ask(name: TencentCallName | keyof TencentChat, argument?: unknown, options?: OpOptions): Promise<unknown> {
    return (Object(await this.#call(name, argument, options)) as {data?: unknown}).data;
  }

  /** Reads what the SDK holds. */
  async #readAll(options?: OpOptions): Promise<readonly Conversation[]> {
    this.#identify();
    const epoch = this.#epoch;
    let data: Raw;
    try {
      data = Object(await this.#ask('getConversationList', undefined, options)) as Raw;
    } catch (thrown) {
      if (this.#syncing) this.#sync(undefined, toError(thrown));
      throw thrown;
    }
    const {conversationList, isSyncCompleted} = data;
    if (!Array.isArray(conversationList)) throw new SourceError('invalid-data', 'The SDK gave no conversationList');
    if (epoch !== this.#epoch) throw new SourceError('not-ready', 'Somebody else has logged in');
    this.#rows.clear();
    const rows = this.#take(conversationList);
    this.#complete = isSyncCompleted !== false;
    this.#sync(isSyncCompleted);
    return rows;
  }

  #take(list: unknown): readonly Conversation[] {
    const {rows} = readEach(list, (native) => {
      const {conversationID} = Object(native) as {conversationID?: unknown};
      return readRow(native, this.selfId, this.#presences.get(String(conversationID)));
    });
    for (const row of rows) this.#rows.set(row.id, row);
    return rows;
  }

  /** Tells the whole list as the SDK holds it now. */
  async #reread(): Promise<void> {
    if (this.#listeners.size === 0) return;
    try {
      const conversations = await this.#readAll();
      this.#listeners.emit({type: 'snapshot', conversations, complete: this.#complete});
    } catch {
      // What there is stays; the SDK's next event reads again.
      this.#complete = false;
    }
  }

  #identify(): string | undefined {
    const user = text((this.#chat.getLoginUser as (() => unknown) | undefined)?.());
    if (user !== undefined) Object.assign(this, {selfId: user});
    return user;
  }

  // Events

  #listen(verb: 'on' | 'off'): void {
    this.#identify();
    for (const [name, handler] of Object.entries(this.#handlers)) {
      (this.#chat[verb] as (name: string, handler: unknown, context: unknown) => void)(name, handler, this);
    }
  }

  #sync(completed: unknown, error?: SourceError): void {
    const syncing = completed === false;
    if (completed === true) {
      for (const resolve of this.#waiting.splice(0)) resolve();
    }
    if (syncing === this.#syncing) return;
    this.#syncing = syncing;
    const phase = syncing ? 'start' : error ? 'fail' : 'finish';
    this.#listeners.emit({type: 'sync', phase, ...(error && {error})});
  }

  #connection(state: ConnectionState): void {
    this.#lost = state === 'online' ? undefined : state;
    this.#listeners.emit({type: 'connection', state});
  }

  /** Forgets what was another person's, or is nobody's. */
  #forget(reason: 'login' | 'logout'): void {
    this.#rows.clear();
    this.#presences.clear();
    this.#complete = false;
    this.#epoch++;
    this.#listeners.emit({type: 'reset', reason});
  }

  #upsert(list: unknown): readonly Conversation[] {
    const conversations = this.#take(list);
    if (conversations.length > 0) this.#listeners.emit({type: 'upsert', conversations});
    return conversations;
  }

  readonly #handlers: Readonly<Record<string, (event: {readonly data?: unknown; readonly isSyncCompleted?: unknown}) => void>> = {
    onConversationListUpdated: ({data, isSyncCompleted}) => {
      const known = new Set(this.#rows.keys());
      for (const {id} of this.#upsert(data)) known.delete(id);
      this.#sync(isSyncCompleted);
      // Some are gone, or the SDK was told to name only what changed; or there may be more than was ever read.
      if (known.size > 0 || !this.#complete) void this.#reread();
    },
    onConversationInGroupUpdated: ({data}) => void this.#upsert((Object(data) as Raw)['conversationList']),
    onTotalUnreadMessageCountUpdated: ({data}) => this.#listeners.emit({type: 'unread', total: readCount(data)}),
    onConversationGroupListUpdated: ({data}) =>
      this.#listeners.emit({type: 'groups', groups: strings(data).map((name) => ({id: name, name}))}),
    sdkStateReady: () => {
      const before = this.selfId;
      const user = this.#identify();
      this.#connection('online');
      if (before !== undefined && user !== undefined && user !== before) this.#forget('login');
      else this.#listeners.emit({type: 'reset', reason: 'gap'});
    },
    // Also comes after a kick, where the rows stay.
    sdkStateNotReady: () => {
      if (this.#lost === 'kicked' || this.#lost === 'expired') return;
      if (this.#identify() === undefined) this.#forget('logout');
      else this.#connection('offline');
    },
    netStateChange: ({data}) => {
      const state = NET.get((Object(data) as Raw)['state']);
      const back = state === 'online' && this.#lost !== undefined;
      if (state) this.#connection(state);
      if (back) this.#listeners.emit({type: 'reset', reason: 'gap'});
    },
    kickedOut: ({data}) => this.#connection((Object(data) as Raw)['type'] === 'userSigExpired' ? 'expired' : 'kicked'),
    onUserStatusUpdated: ({data}) => {
      const users = (Array.isArray(data) ? data : []) as readonly {userID?: unknown; statusType?: unknown}[];
      const ids = users.map(({userID, statusType}) => {
        const id = `C2C${String(userID)}`;
        this.#presences.set(id, PRESENCES[Number(statusType)]);
        return id;
      });
      this.#upsert(ids.map((id) => this.#rows.get(id)?.native));
    },
  };
}
