/* eslint @typescript-eslint/only-throw-error: off -- as the SDK does */
import type {
  NimConversation,
  NimConversationService,
  NimEmitter,
  NimFailure,
  NimGroup,
  NimGroupService,
  NimLoginService,
  NimMessageService,
  NimOption,
  NimSdk,
  NimSettingService,
  NimUnreadFilter,
} from '../../../src/sources/nim.js';

/** What pinning adds to a `sortOrder`. */
export const TOP = 1e15;

type Mutable<T> = {-readonly [K in keyof T]: T[K]};
type Row = Mutable<NimConversation>;

/** A conversation as the SDK's model has it: `name`, `avatar` and `mute` come in when it is asked for. */
export function item(conversationId: string, over: Partial<NimConversation> = {}): NimConversation {
  return {
    conversationId,
    type: Number(conversationId.split('|')[1]),
    stickTop: false,
    groupIds: [],
    localExtension: '',
    serverExtension: '',
    unreadCount: 0,
    sortOrder: 5000,
    updateTime: 5000,
    ...over,
  };
}

export class NimError extends Error {
  readonly detail = {};
  constructor(
    readonly code: number,
    readonly desc: string = `error ${code}`,
  ) {
    super(desc);
  }
}

class Emitter implements NimEmitter {
  #listeners: [string, (...args: unknown[]) => void][] = [];

  get size(): number {
    return this.#listeners.length;
  }

  on(name: string, listener: (...args: unknown[]) => void): void {
    this.#listeners.push([name, listener]);
  }

  off(name: string, listener: (...args: unknown[]) => void): void {
    this.#listeners = this.#listeners.filter(([n, l]) => n !== name || l !== listener);
  }

  emit(name: string, ...args: unknown[]): void {
    for (const [n, listener] of this.#listeners) if (n === name) listener(...args);
  }
}

class Login extends Emitter implements NimLoginService {
  user = 'me';
  status = 1;
  getLoginUser = (): string => this.user;
  getLoginStatus = (): number => this.status;

  set(status: number): void {
    this.status = status;
    this.emit('onLoginStatus', status);
  }
}

/**
 * Behaves as the V2 services of `nim-web-sdk-ng` 10.8.1 do, traps included.
 *
 * Pages come from memory, by a cursor that is a `sortOrder`, and hold the live objects of the model. Calls that are not
 * allowed throw at once. A sync tells no changes. An event on groups carries objects without name and picture.
 */
export class FakeNim implements NimSdk {
  readonly login = new Login();
  readonly V2NIMLoginService = this.login;
  readonly service: FakeConversations;
  readonly V2NIMConversationService: FakeConversations;
  readonly V2NIMLocalConversationService: FakeConversations;
  readonly groupService = new FakeGroups(this);
  readonly V2NIMConversationGroupService: NimGroupService = this.groupService;
  readonly messages = new FakeMessages(this);
  readonly V2NIMMessageService: NimMessageService = this.messages;
  readonly V2NIMSettingService: NimSettingService;
  readonly names = new Map<string, string>();
  readonly muted = new Set<string>();
  broken: object | 'wait' | undefined;
  failures: object[] = [];
  pending = 0;
  #missed: (() => void)[] | undefined;

  constructor(rows: readonly NimConversation[], readonly local = false) {
    this.service = new FakeConversations(this);
    this.service.model = new Map(rows.map((row) => [row.conversationId, {...row}]));
    this.V2NIMConversationService = this.service;
    this.V2NIMLocalConversationService = this.service;
    const mute = async (id: string, mode: number): Promise<void> => {
      await this.server();
      if (mode) this.muted.add(id);
      else this.muted.delete(id);
      this.service.changed([this.service.get(id)]);
    };
    this.V2NIMSettingService = {
      setP2PMessageMuteMode: (account, mode) => mute(`me|1|${account}`, mode),
      setTeamMessageMuteMode: (team, type, mode) => mute(`me|${type + 1}|${team}`, mode),
    };
  }

  get held(): number {
    const emitters = [this.login, this.service, this.groupService, this.messages];
    return this.pending + emitters.reduce((sum, {size}) => sum + size, 0);
  }

  /** A request to the server, which takes its time. */
  async server(): Promise<void> {
    this.pending++;
    try {
      await new Promise((resolve) => {
        setTimeout(resolve);
      });
      if (this.broken === 'wait') await new Promise<never>(() => undefined);
      const failing = this.broken ?? this.failures.shift();
      if (failing) throw failing;
    } finally {
      this.pending--;
    }
  }

  /** What every call does first; it throws, and does not reject. */
  check(): void {
    if (this.login.user === '') throw new NimError(190002, 'illegal state');
  }

  /** Something happens at the server: told at once, or taken in by the next sync, which tells nothing of it. */
  remote(change: () => readonly [string, ...unknown[]]): void {
    if (this.#missed) {
      this.#missed.push(() => void change());
      return;
    }
    this.service.emit(...change());
    this.service.emit('onTotalUnreadCountChanged', this.service.total({}));
  }

  receive(id: string, text: string): void {
    this.remote(() => {
      const before = this.service.model.get(id);
      const at = Math.max(...[...this.service.model.values()].map(({sortOrder}) => sortOrder % TOP)) + 1;
      const after = {
        ...(before ?? item(id)),
        unreadCount: (before?.unreadCount ?? 0) + 1,
        sortOrder: at + (before?.stickTop ? TOP : 0),
        lastMessage: {
          lastMessageState: 0,
          messageType: 0,
          text,
          messageRefer: {senderId: 'bob', messageClientId: text, createTime: at},
        },
      };
      this.service.model.set(id, after);
      const told = structuredClone(this.service.compute(after));
      return before ? ['onConversationChanged', [told]] : ['onConversationCreated', told];
    });
  }

  remove(id: string): void {
    this.remote(() => {
      this.service.model.delete(id);
      return ['onConversationDeleted', [id]];
    });
  }

  sync(): void {
    this.service.emit('onSyncStarted');
    for (const change of this.#missed ?? []) change();
    this.#missed = undefined;
    this.service.emit('onSyncFinished');
  }

  disconnect(): void {
    this.#missed ??= [];
    this.login.set(3);
    this.login.emit('onConnectStatus', 0);
    this.login.emit('onDisconnected', new NimError(192003));
  }

  reconnect(): void {
    this.login.set(2);
    this.login.emit('onConnectStatus', 1);
    this.login.set(1);
    this.sync();
  }

  logout(): void {
    this.service.model.clear();
    this.login.user = '';
    this.login.set(0);
    this.login.emit('onConnectStatus', 0);
  }

  /** The status changes before the reason is told. */
  kick(): void {
    this.service.model.clear();
    this.login.user = '';
    this.login.set(0);
    this.login.emit('onConnectStatus', 0);
    this.login.emit('onKickedOffline', {reason: 1, reasonDesc: 'kicked', clientType: 16, customClientType: 0});
  }
}

export class FakeConversations extends Emitter implements NimConversationService {
  model = new Map<string, Row>();

  constructor(readonly nim: FakeNim) {
    super();
  }

  get(id: string): Row {
    const row = this.model.get(id);
    if (!row) throw new NimError(this.nim.local ? 191006 : 110404);
    return row;
  }

  /** The live object, with what other services know. */
  compute(row: Row): Row {
    row.name = this.nim.names.get(row.conversationId) ?? `Name of ${row.conversationId}`;
    row.mute = this.nim.muted.has(row.conversationId);
    return row;
  }

  changed(rows: readonly Row[]): void {
    this.emit('onConversationChanged', structuredClone(rows.map((row) => this.compute(row))));
    this.emit('onTotalUnreadCountChanged', this.total({}));
  }

  total({ignoreMuted, conversationTypes, conversationGroupId}: NimUnreadFilter): number {
    return [...this.model.values()].reduce((sum, {conversationId, unreadCount, type, groupIds}) => {
      if (ignoreMuted && this.nim.muted.has(conversationId)) return sum;
      if (conversationTypes?.length && !conversationTypes.includes(type)) return sum;
      return conversationGroupId && !groupIds?.includes(conversationGroupId) ? sum : sum + unreadCount;
    }, 0);
  }

  getConversationListByOption(offset: number, limit: number, option: NimOption) {
    if (!(offset >= 0) || !(limit >= 1)) throw new NimError(191004, 'invalid parameter');
    this.nim.check();
    const {conversationTypes: types, onlyUnread, conversationGroupIds: groups} = option;
    const all = [...this.model.values()]
      .filter(({type}) => !types?.length || types.includes(type))
      .filter(({unreadCount}) => !onlyUnread || unreadCount > 0)
      .filter(({groupIds = []}) => !groups || (groups.length === 0 ? groupIds.length === 0 : groups.some((g) => groupIds.includes(g))))
      .sort((a, b) => b.sortOrder - a.sortOrder);
    // Only the first of those that share the cursor's key is left out.
    let start = 0;
    if (offset > 0) {
      start = all.findIndex(({sortOrder}) => sortOrder <= offset);
      if (start < 0) start = all.length;
      if (all[start]?.sortOrder === offset) start++;
    }
    const page = all.slice(start, start + limit);
    const finished = all.length - start <= limit;
    const answer = {
      offset: finished ? 0 : (page.at(-1)?.sortOrder ?? 0),
      finished,
      conversationList: page.map((row) => this.compute(row)),
    };
    // In memory, yet it may be made to wait or to fail.
    if (this.nim.broken !== undefined || this.nim.failures.length > 0) return this.nim.server().then(() => answer);
    return Promise.resolve(answer);
  }

  async getConversationListByIds(ids: string[]): Promise<readonly NimConversation[]> {
    if (ids.length === 0) throw new NimError(191004, 'invalid parameter');
    this.nim.check();
    return ids.flatMap((id) => this.model.get(id) ?? []).map((row) => this.compute(row));
  }

  async getUnreadCountByFilter(filter: NimUnreadFilter): Promise<number> {
    if (Object.keys(filter).length === 0) throw new NimError(191004, 'Filter cannot be empty');
    return this.total(filter);
  }

  async stickTopConversation(id: string, stickTop: boolean): Promise<void> {
    this.#validate(id);
    await this.nim.server();
    const row = this.get(id);
    this.model.set(id, {...row, stickTop, sortOrder: (row.sortOrder % TOP) + (stickTop ? TOP : 0)});
    this.changed([this.get(id)]);
  }

  async deleteConversationListByIds(ids: string[]): Promise<readonly NimFailure[]> {
    const failed = await this.#failures(ids);
    const gone = ids.filter((id) => this.model.delete(id));
    this.emit('onConversationDeleted', gone);
    this.emit('onTotalUnreadCountChanged', this.total({}));
    return failed;
  }

  async clearUnreadCountByIds(ids: string[]): Promise<readonly NimFailure[]> {
    const failed = await this.#failures(ids);
    this.#clear(ids.flatMap((id) => this.model.get(id) ?? []));
    return failed;
  }

  async clearTotalUnreadCount(): Promise<void> {
    await this.nim.server();
    this.#clear([...this.model.values()].filter(({unreadCount}) => unreadCount > 0));
  }

  async updateConversation(id: string, {serverExtension = ''}: {serverExtension?: string}): Promise<void> {
    this.#validate(id);
    await this.nim.server();
    this.model.set(id, {...this.get(id), serverExtension});
    this.changed([this.get(id)]);
  }

  async updateConversationLocalExtension(id: string, localExtension: string): Promise<void> {
    this.#validate(id);
    this.model.set(id, {...this.get(id), localExtension});
    this.changed([this.get(id)]);
  }

  #clear(rows: readonly Row[]): void {
    for (const row of rows) this.model.set(row.conversationId, {...row, unreadCount: 0});
    if (rows.length > 0) this.changed(rows.map(({conversationId}) => this.get(conversationId)));
  }

  /** By id, those that failed. */
  async #failures(ids: string[]): Promise<readonly NimFailure[]> {
    if (ids.length === 0) throw new NimError(191004, 'invalid parameter');
    await this.nim.server();
    return ids
      .filter((id) => !this.model.has(id))
      .map((conversationId) => ({conversationId, error: new NimError(110404, 'conversation not exist')}));
  }

  #validate(id: string): void {
    if (!/^me\|[123]\|./.test(id)) throw new NimError(191004, 'invalid parameter');
  }
}

class FakeGroups extends Emitter implements NimGroupService {
  groups: NimGroup[] = [{groupId: '1', name: 'Work'}];

  constructor(readonly nim: FakeNim) {
    super();
  }

  async getConversationGroupList(): Promise<readonly NimGroup[]> {
    await this.nim.server();
    return this.groups;
  }

  async createConversationGroup(name: string, _: string, ids: string[] = []) {
    await this.nim.server();
    const group = {groupId: String(this.groups.length + 1), name};
    this.groups = [...this.groups, group];
    this.emit('onConversationGroupCreated', group);
    return {group, failedList: ids.length > 0 ? this.#members(group.groupId, ids, true) : []};
  }

  async updateConversationGroup(groupId: string, name = ''): Promise<void> {
    await this.nim.server();
    this.#there(groupId);
    this.groups = this.groups.map((group) => (group.groupId === groupId ? {groupId, name} : group));
    this.emit('onConversationGroupChanged', {groupId, name});
  }

  async deleteConversationGroup(groupId: string): Promise<void> {
    await this.nim.server();
    this.#there(groupId);
    this.groups = this.groups.filter((group) => group.groupId !== groupId);
    this.emit('onConversationGroupDeleted', groupId);
  }

  async addConversationsToGroup(groupId: string, ids: string[]): Promise<readonly NimFailure[]> {
    await this.nim.server();
    this.#there(groupId);
    return this.#members(groupId, ids, true);
  }

  async removeConversationsFromGroup(groupId: string, ids: string[]): Promise<readonly NimFailure[]> {
    await this.nim.server();
    this.#there(groupId);
    return this.#members(groupId, ids, false);
  }

  #there(id: string): void {
    if (!this.groups.some(({groupId}) => groupId === id)) throw new NimError(404, 'not found');
  }

  #members(groupId: string, ids: string[], isIn: boolean): readonly NimFailure[] {
    const {model} = this.nim.service;
    const rows = ids.flatMap((id) => {
      const row = model.get(id);
      if (!row) return [];
      const others = (row.groupIds ?? []).filter((each) => each !== groupId);
      // Objects of the model without what is computed.
      const {name: _n, avatar: _a, mute: _m, ...after} = {...row, groupIds: isIn ? [...others, groupId] : others};
      model.set(id, after);
      return after;
    });
    if (isIn) this.emit('onConversationsAddedToGroup', groupId, rows);
    else this.emit('onConversationsRemovedFromGroup', groupId, rows.map(({conversationId}) => conversationId));
    return ids
      .filter((id) => !model.has(id))
      .map((conversationId) => ({conversationId, error: new NimError(110404, 'conversation not exist')}));
  }
}

class FakeMessages extends Emitter implements NimMessageService {
  constructor(readonly nim: FakeNim) {
    super();
  }

  async clearHistoryMessage({conversationId}: {conversationId: string}): Promise<void> {
    await this.nim.server();
    const {service} = this.nim;
    service.model.set(conversationId, {...service.get(conversationId), lastMessage: undefined, unreadCount: 0});
    service.changed([service.get(conversationId)]);
  }
}
