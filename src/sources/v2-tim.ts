import type {Conversation} from '../model/conversation.js';
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
import {actionsOf} from './v2-tim/actions.js';
import {Bridge, toError, unwrap} from './v2-tim/bridge.js';
import type {V2TimClient, V2TimOptions} from './v2-tim/client.js';
import {readRow, toNative} from './v2-tim/rows.js';

export {parseLossless} from './v2-tim/bridge.js';
export type {V2TimCallName, V2TimCalls, V2TimClient, V2TimOptions} from './v2-tim/client.js';

type Method<Name extends keyof ConversationSource> = NonNullable<ConversationSource[Name]>;

const CONNECTIONS = {
  onConnecting: 'connecting',
  onConnectSuccess: 'online',
  onConnectFailed: 'offline',
  onKickedOffline: 'kicked',
  onUserSigExpired: 'expired',
} as const satisfies Record<string, ConnectionState>;

/**
 * A source over any client with the conversation API of Tencent's native SDKs (V2TIM): native bridges, Electron, React
 * Native, uni-app.
 *
 * Pages come from the SDK's local database, so they come while disconnected too. The order is the SDK's `orderKey`, which
 * has to arrive as a bigint or as digits: a number past 2^53 is refused with `invalid-data`. The SDK gets what it can
 * apply of a filter as a hint. The actions are those for which the client has the calls; what they do comes back as the
 * SDK's own events.
 *
 * @example
 * const source = new V2TimSource(conversationManager, {also: [messageManager, v2TIMManager]});
 */
export class V2TimSource implements ConversationSource {
  readonly capabilities: SourceCapabilities;
  /** As the options say, or the client's `getLoginUser()` at the time of a sync. */
  declare readonly selfId?: string;
  declare readonly getByIds?: Method<'getByIds'>;
  declare readonly getTotalUnread?: Method<'getTotalUnread'>;
  declare readonly setPinned?: Method<'setPinned'>;
  declare readonly setNotify?: Method<'setNotify'>;
  declare readonly markRead?: Method<'markRead'>;
  declare readonly markUnread?: Method<'markUnread'>;
  declare readonly setHidden?: Method<'setHidden'>;
  declare readonly delete?: Method<'delete'>;
  declare readonly clearHistory?: Method<'clearHistory'>;
  declare readonly setDraft?: Method<'setDraft'>;
  declare readonly setMark?: Method<'setMark'>;
  declare readonly setCustomData?: Method<'setCustomData'>;
  declare readonly groups?: GroupOps;

  /**
   * For `addIMSDKListener()` or `initSDK()`: tells the list how the connection stands. It is added by itself where the
   * client has `addIMSDKListener`.
   */
  readonly sdkListener = Object.fromEntries(
    Object.entries(CONNECTIONS).map(([name, state]) => [name, () => this.#listeners.emit({type: 'connection', state})]),
  ) as Readonly<Record<keyof typeof CONNECTIONS, () => void>>;

  readonly #bridge: Bridge;
  readonly #listeners = new Listeners(
    () => {
      this.#listen('add');
      void this.#identify();
    },
    () => this.#listen('remove'),
  );
  /** Ids of conversations that were last seen with the mark `unread`. */
  readonly #marked = new Set<string>();

  constructor(client: V2TimClient, options: V2TimOptions = {}) {
    const bridge = (this.#bridge = new Bridge(client, options));
    if (options.selfId !== undefined) this.selfId = options.selfId;
    const unreadTotal = bridge.has('getTotalUnreadMessageCount');
    const {methods, ops} = actionsOf({
      bridge,
      marked: this.#marked,
      read: (native) => this.#read(native),
      removed: (ids) => this.#remove(ids),
    });
    Object.assign(this, methods, unreadTotal && {getTotalUnread: this.#total});
    this.capabilities = Object.freeze({
      // No version says that a cursor is stable under change.
      paging: 'offset',
      maxPageSize: options.maxPageSize ?? 100,
      // What is applied depends on the generation of the SDK.
      serverFilters: [],
      nativeOrder: true,
      deleteEvents: true,
      syncEvents: true,
      unreadTotal,
      ops,
      limits: {pinned: 50, groups: 20, batch: 100, groupNameBytes: 32, customDataBytes: 256},
    } satisfies SourceCapabilities);
  }

  async getPage({limit, cursor = 0, filter = {}, signal}: PageRequest): Promise<Page> {
    const bridge = this.#bridge;
    const {reactNative, pageArguments} = bridge.options;
    if (typeof cursor === 'object') throw new SourceError('invalid-argument', 'The cursor is not of this source');
    const nextSeq = reactNative ? String(cursor) : cursor;
    const count = Math.max(1, Math.min(limit, this.capabilities.maxPageSize ?? limit));
    const page = [nextSeq, count];
    const native = toNative(filter);
    const answer = await (native && bridge.has('getConversationListByFilter')
      ? bridge.ask('getConversationListByFilter', [{...native, nextSeq, count}, ...(pageArguments ? page : [])], signal)
      : bridge.ask('getConversationList', reactNative ? page.reverse() : page, signal));
    const {conversationList, nextSeq: next, isFinished, isFinish} = Object(answer) as Readonly<Record<string, unknown>>;
    const lost = typeof next === 'number' && next > Number.MAX_SAFE_INTEGER;
    if (lost || !Array.isArray(conversationList)) {
      throw new SourceError('invalid-data', lost ? `nextSeq ${next} has lost its last digits` : 'No conversationList');
    }
    const conversations = Object.freeze(conversationList.flatMap((row) => this.#read(row)));
    return (isFinished ?? isFinish) === true ? {conversations, done: true} : {conversations, done: false, cursor: next};
  }

  subscribe(listener: (event: SourceEvent) => void): () => void {
    return this.#listeners.subscribe(listener);
  }

  readonly #total = async (filter?: ConversationFilter, options?: OpOptions): Promise<number> => {
    if (filter && Object.keys(filter).length > 0) throw new SourceError('unsupported', 'No total of a filter');
    return readCount(Number(await this.#bridge.ask('getTotalUnreadMessageCount', [], options?.signal)));
  };

  #read(native: unknown): readonly Conversation[] {
    const rows = readRow(native, this.selfId);
    for (const {id, marks} of rows) this.#marked[marks.includes('unread') ? 'add' : 'delete'](id);
    return rows;
  }

  // Events

  #listen(verb: 'add' | 'remove'): void {
    const bridge = this.#bridge;
    try {
      bridge.call(`${verb}ConversationListener`, this.#native);
      if (bridge.has(`${verb}IMSDKListener`)) bridge.call(`${verb}IMSDKListener`, this.sdkListener);
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  #fail(thrown: unknown): void {
    this.#listeners.emit({type: 'sync', phase: 'fail', error: toError(thrown)});
  }

  /** Tells the rows that can be read, and why not all. */
  #upsert(list: unknown, isNew?: boolean, change = (row: Conversation): Conversation => row): void {
    const {rows, problem} = readEach(unwrap(list), (native) => this.#read(native).map(change));
    if (rows.length > 0) this.#listeners.emit({type: 'upsert', conversations: rows, isNew: isNew === true});
    if (problem !== undefined) this.#fail(problem);
  }

  #remove(ids: readonly string[]): void {
    for (const id of ids) this.#marked.delete(id);
    this.#listeners.emit({type: 'remove', ids});
  }

  /** Groups have changed, in conversations that no event names. */
  async #regroup(reset = true): Promise<void> {
    if (reset) this.#listeners.emit({type: 'reset', reason: 'gap'});
    try {
      const names = strings(await this.#bridge.ask('getConversationGroupList', []));
      this.#listeners.emit({type: 'groups', groups: names.map((name) => ({id: name, name}))});
    } catch {
      // The next change tells them anew.
    }
  }

  /** Conversations came into a group or left it, and perhaps do not say so themselves yet. */
  #member(on: boolean, name: unknown, list: unknown): void {
    this.#upsert(list, false, (row) => {
      const groups = row.groups.filter((group) => group !== name);
      return Object.freeze({...row, groups: Object.freeze(on ? [...groups, String(name)] : groups)});
    });
    void this.#regroup(false);
  }

  /** Notes whose list it is. Another person's is another list. */
  async #identify(): Promise<void> {
    if (this.#bridge.options.selfId !== undefined) return;
    try {
      const user = text(await this.#bridge.call('getLoginUser'));
      const {selfId = user} = this;
      Object.assign(this, user !== undefined && {selfId: user});
      if (user !== undefined && user !== selfId) this.#listeners.emit({type: 'reset', reason: 'login'});
    } catch {
      // Nobody says; the next sync asks again.
    }
  }

  readonly #native = {
    onSyncServerStart: (): void => {
      void this.#identify();
      this.#listeners.emit({type: 'sync', phase: 'start'});
    },
    // What another device deleted meanwhile is told by no event before 7.2.
    onSyncServerFinish: (): void => this.#listeners.emit({type: 'sync', phase: 'finish'}, {type: 'reset', reason: 'gap'}),
    onSyncServerFailed: (): void => this.#fail(new SourceError('network', 'The SDK could not sync')),
    onNewConversation: (list: unknown): void => this.#upsert(list, true),
    onConversationChanged: (list: unknown): void => this.#upsert(list),
    onConversationDeleted: (ids: unknown): void => this.#remove(strings(unwrap(ids))),
    onTotalUnreadMessageCountChanged: (total: unknown): void =>
      this.#listeners.emit({type: 'unread', total: readCount(Number(total))}),
    onConversationGroupCreated: (name: unknown, list: unknown): void => this.#member(true, name, list),
    onConversationGroupDeleted: (): void => void this.#regroup(),
    onConversationGroupNameChanged: (): void => void this.#regroup(),
    onConversationsAddedToGroup: (name: unknown, list: unknown): void => this.#member(true, name, list),
    onConversationsDeletedFromGroup: (name: unknown, list: unknown): void => this.#member(false, name, list),
  };
}
