import type {Conversation, NotifyLevel} from '../model/conversation.js';
import {SourceError, toSourceError} from '../model/errors.js';
import type {ConversationFilter} from '../model/filter.js';
import {compareSortable, type Sortable} from '../model/order.js';
import type {
  ConversationSource,
  GroupOps,
  OpName,
  OpOptions,
  OpResult,
  Page,
  PageRequest,
  SourceCapabilities,
  SourceEvent,
} from '../model/source.js';
import {readCount} from '../model/validate.js';
import {partsOf, toConversation, toRows, type NimRow} from './nim/convert.js';
import {toNimError, toResults} from './nim/errors.js';
import {nimGroups} from './nim/groups.js';
import {GAP, NimLink} from './nim/link.js';
import {listen} from './nim/listen.js';
import {toOption, toTypes} from './nim/options.js';
import type {NimConversationService, NimFailure, NimSdk} from './nim/types.js';
import {Listeners} from './shared/listeners.js';
import {strings} from './shared/rows.js';
import {settle} from './shared/settle.js';

export type * from './nim/types.js';

export interface NimSourceOptions {
  /** Use the local conversation service (SDK 10.8) instead of the cloud's. Default `false`. */
  readonly local?: boolean;
  /** How long a call may take, in milliseconds. Default 20,000. */
  readonly timeoutMs?: number;
}

/**
 * The conversations of NIM (NetEase Yunxin), by the V2 services of the SDK `nim-web-sdk-ng` (10.8).
 *
 * Actions are offered for the services that the app has registered when the source is made. While the person is not
 * logged in, requests reject with `not-ready`; after they were kicked out or their token was refused, with `auth`. The
 * rows stay until a logout or another person's login. The unread total leaves out muted conversations.
 *
 * @example
 * const source = new NimSource(NIM.getInstance({appkey, apiVersion: 'v2'}));
 */
export class NimSource implements ConversationSource {
  readonly capabilities: SourceCapabilities;
  readonly groups?: GroupOps;

  readonly #nim: NimSdk;
  readonly #local: boolean;
  readonly #link: NimLink;
  readonly #timeoutMs: number | undefined;
  readonly #listeners = new Listeners(
    () => (this.#end = this.#begin()),
    () => this.#end(),
  );
  #end: () => void = () => undefined;
  #counting = false;
  /** By conversation, up to when the other side has read. */
  readonly #receipts = new Map<string, number>();

  constructor(nim: NimSdk, {local = false, timeoutMs}: NimSourceOptions = {}) {
    this.#nim = nim;
    this.#local = local;
    this.#timeoutMs = timeoutMs;
    this.#link = new NimLink(nim.V2NIMLoginService, (...events) => this.#listeners.emit(...events));
    const ops = new Set<OpName>(['pin', 'markRead', 'markAllRead', 'delete', 'customData']);
    // In place of a service that is not registered there may be an empty object.
    if (nim.V2NIMSettingService?.setP2PMessageMuteMode) ops.add('notify');
    if (nim.V2NIMMessageService?.clearHistoryMessage) ops.add('clearHistory');
    const groups = nim.V2NIMConversationGroupService;
    if (!local && groups?.getConversationGroupList) {
      ops.add('groups');
      this.groups = nimGroups(groups, (call, options) => this.#run(call, options));
    }
    this.capabilities = {
      paging: 'cursor',
      maxPageSize: 100,
      serverFilters: local ? ['types'] : ['types', 'group'],
      nativeOrder: true,
      deleteEvents: true,
      syncEvents: true,
      unreadTotal: true,
      ops,
    };
  }

  async getPage({limit, cursor, filter = {}, signal}: PageRequest): Promise<Page> {
    const after = cursor as Sortable | undefined;
    if (cursor !== undefined && typeof after?.key !== 'bigint') {
      throw new SourceError('invalid-argument', 'The cursor is not of this source');
    }
    const option = toOption(filter, this.#local);
    // None is all to the SDK.
    if (option.conversationTypes?.length === 0) return {conversations: [], done: true};
    const options = signal && {signal};
    // The SDK goes on below this, and leaves out the first of those that have it.
    const offset = after ? Number(after.key) + 1 : 0;
    const want = Math.max(1, Math.min(limit, 100));
    for (let count = want + 2; ; count *= 2) {
      const {conversationList, finished} = await this.#run(() => {
        if (this.#link.status === 0) throw this.#link.refusal();
        return this.#service.getConversationListByOption(offset, count, option);
      }, options);
      const all = toRows(conversationList).sort(compareSortable);
      if (all.length === 0 && !after) {
        if (this.#link.syncing) {
          await this.#run(() => this.#link.syncing, options);
          continue;
        }
        if (this.#link.status !== 1) throw this.#link.refusal();
      }
      const rows = after ? all.filter((row) => compareSortable(after, row) < 0) : all;
      const last = rows[want - 1];
      // Those that share a key are given, in the order of ids, when all of them are known.
      if (!finished && all.length >= count && (!last || last.key === all.at(-1)?.key)) continue;
      const page = rows.slice(0, want);
      const conversations = page.map((row) => this.#convert(row));
      if (finished && rows.length <= want) return {conversations, done: true};
      const {id, key} = page.at(-1) ?? (after as Sortable);
      return {conversations, done: false, cursor: {id, key}};
    }
  }

  subscribe(listener: (event: SourceEvent) => void): () => void {
    return this.#listeners.subscribe(listener);
  }

  async getByIds(ids: readonly string[], options?: OpOptions): Promise<readonly Conversation[]> {
    if (ids.length === 0) return [];
    const items = await this.#run(() => this.#service.getConversationListByIds([...ids]), options);
    return toRows(items).map((row) => this.#convert(row));
  }

  /** Without muted conversations. By `types` and by `group` as well; for another filter `unsupported`. */
  getTotalUnread({types, group, ...rest}: ConversationFilter = {}, options?: OpOptions): Promise<number> {
    return this.#run(async () => {
      const conversationTypes = toTypes(types);
      if (Object.keys(rest).length > 0 || group === null || conversationTypes?.length === 0) throw unsupported('total');
      const filter = {ignoreMuted: true, ...(conversationTypes && {conversationTypes})};
      const all = group === undefined ? filter : {...filter, conversationGroupId: group};
      return readCount(await this.#service.getUnreadCountByFilter(all));
    }, options);
  }

  setPinned(id: string, pinned: boolean, options?: OpOptions): Promise<void> {
    return this.#run(() => this.#service.stickTopConversation(id, pinned), options);
  }

  /** The SDK mutes or does not: `all` or `silent`. */
  async setNotify(id: string, level: NotifyLevel, options?: OpOptions): Promise<void> {
    const mode = ['all', 'silent'].indexOf(level);
    const {type, target} = partsOf(id);
    await this.#run(() => {
      const settings = this.#nim.V2NIMSettingService;
      if (mode < 0) throw unsupported(level);
      return type === 1
        ? settings?.setP2PMessageMuteMode(target, mode)
        : settings?.setTeamMessageMuteMode(target, type - 1, mode);
    }, options);
    void this.#refresh([id]);
  }

  async markRead(ids: readonly string[] | 'all', options?: OpOptions): Promise<readonly OpResult[]> {
    if (ids !== 'all') return this.#each(ids, (some) => this.#service.clearUnreadCountByIds(some), options);
    await this.#run(() => this.#service.clearTotalUnreadCount(), options);
    return [];
  }

  delete(
    ids: readonly string[],
    options?: OpOptions & {readonly clearHistory?: boolean},
  ): Promise<readonly OpResult[]> {
    const clear = options?.clearHistory === true;
    return this.#each(ids, (some) => this.#service.deleteConversationListByIds(some, clear), options);
  }

  async clearHistory(conversationId: string, options?: OpOptions): Promise<void> {
    const option = {conversationId, deleteRoam: true, onlineSync: true};
    await this.#run(() => this.#nim.V2NIMMessageService?.clearHistoryMessage(option), options);
    void this.#refresh([conversationId]);
  }

  /** The server's extension; of a local conversation the local one, which the SDK forgets at the logout. */
  setCustomData(ids: readonly string[], data: string, options?: OpOptions): Promise<readonly OpResult[]> {
    const service = this.#service;
    const set = (id: string): Promise<void> | undefined =>
      this.#local
        ? service.updateConversationLocalExtension(id, data)
        : service.updateConversation?.(id, {serverExtension: data});
    return Promise.all(
      Array.from(new Set(ids), (id) =>
        this.#run(() => set(id), options).then(
          () => ({id}),
          (thrown) => ({id, error: toSourceError(thrown)}),
        ),
      ),
    );
  }
  get #service(): NimConversationService {
    const {V2NIMLocalConversationService: local, V2NIMConversationService: cloud} = this.#nim;
    const service = this.#local ? local : cloud;
    if (service?.getConversationListByIds) return service;
    throw unsupported('conversation service: register it');
  }

  #run<T>(call: () => T | PromiseLike<T>, options?: OpOptions): Promise<T> {
    return settle(call, options, toNimError, this.#timeoutMs);
  }

  #convert(row: NimRow): Conversation {
    return toConversation(row, this.#nim.V2NIMLoginService.getLoginUser(), this.#receipts.get(row.id));
  }

  async #each(
    ids: readonly string[],
    act: (ids: string[]) => Promise<readonly NimFailure[]>,
    options?: OpOptions,
  ): Promise<readonly OpResult[]> {
    const all = [...new Set(ids)];
    return toResults(all, all.length > 0 ? await this.#run(() => act(all), options) : []);
  }

  /** Tells how these stand: some events name them only, or carry them half. */
  async #refresh(ids: readonly string[]): Promise<void> {
    try {
      const conversations = await this.getByIds(ids);
      if (conversations.length > 0) this.#listeners.emit({type: 'upsert', conversations});
    } catch {
      this.#listeners.emit(GAP);
    }
  }

  /** Tells the unread total. The SDK tells one that counts the muted. */
  async #count(): Promise<void> {
    if (this.#counting) return;
    this.#counting = true;
    await undefined;
    this.#counting = false;
    try {
      this.#listeners.emit({type: 'unread', total: await this.getTotalUnread()});
    } catch {
      // The next change counts anew.
    }
  }

  #begin(): () => void {
    const tell = (...events: SourceEvent[]): void => this.#listeners.emit(...events);
    const upsert = (list: unknown, isNew: boolean): void => {
      const conversations = toRows(list).map((row) => this.#convert(row));
      if (conversations.length === 0) return;
      tell({type: 'upsert', conversations, isNew});
      void this.#count();
    };
    // If it fails, the next change tells them.
    const groups = (): void => void this.groups?.list().then((list) => tell({type: 'groups', groups: list}), () => undefined);
    const ends = [
      this.#link.listen(this.#service),
      listen(this.#service, {
        // The sync has told no change of it.
        onSyncFinished: () => void this.#count(),
        onConversationCreated: (one) => upsert([one], true),
        onConversationChanged: (list) => upsert(list, false),
        onConversationDeleted: (list) => {
          const ids = strings(list);
          if (ids.length > 0) tell({type: 'remove', ids, reason: 'deleted'});
          void this.#count();
        },
        onTotalUnreadCountChanged: () => void this.#count(),
        onConversationReadTimeUpdated: (id) => void this.#refresh(strings([id])),
      }),
      listen(this.groups && this.#nim.V2NIMConversationGroupService, {
        onConversationGroupCreated: groups,
        onConversationGroupDeleted: groups,
        onConversationGroupChanged: groups,
        // Without their names and pictures.
        onConversationsAddedToGroup: (_, list) => void this.#refresh(toRows(list).map(({id}) => id)),
        onConversationsRemovedFromGroup: (_, list) => void this.#refresh(strings(list)),
      }),
      listen(this.#nim.V2NIMMessageService, {
        onReceiveP2PMessageReadReceipts: (list) => {
          const ids = toRows(list).map(({id, item}) => {
            this.#receipts.set(id, Number((item as {readonly timestamp?: unknown}).timestamp) || 0);
            return id;
          });
          void this.#refresh(ids);
        },
      }),
    ];
    return () => ends.forEach((end) => end());
  }
}

function unsupported(what: string): SourceError {
  return new SourceError('unsupported', `NIM has no ${what}`);
}
