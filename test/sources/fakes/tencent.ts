import {TencentSource} from '../../../src/sources/tencent.js';
import type {ConformanceSubject} from '../../../src/testing/source-conformance.js';
import {content, conversation, noMessage, type FakeConversation} from './tencent-content.js';

interface Handler {
  readonly name: string;
  readonly run: (event: object) => void;
  readonly context: unknown;
}

const failure = (code: number, message = `code ${code}`): Error => Object.assign(new Error(message), {code});
const isId = (id: string): boolean => /^(C2C|GROUP)./.test(id);

/** The web SDK: live objects in memory, whole-list events that come late, failures as errors with a code. */
export class FakeChat {
  readonly rows = new Map(content().map(([row]) => [row.conversationID, row]));
  readonly handlers: Handler[] = [];
  readonly groups = new Set(['work', 'home']);
  readonly calls: [string, unknown][] = [];
  user = 'me';
  synced = true;
  connected = true;
  /** As created with `partialUpdatedConversations`: an event names what changed, a deletion makes none. */
  partial = false;
  failures: unknown[] = [];
  hangs = false;
  /** Events wait so long for more, in milliseconds. */
  throttle = 3;
  #changed = new Set<FakeConversation>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  on(name: string, run: (event: object) => void, context?: unknown): void {
    this.handlers.push({name, run, context});
  }

  off(name: string, run: (event: object) => void, context?: unknown): void {
    const index = this.handlers.findIndex((one) => one.name === name && one.run === run && one.context === context);
    if (index >= 0) this.handlers.splice(index, 1);
  }

  getLoginUser(): string {
    return this.user;
  }

  getConversationList(): Promise<unknown> {
    return this.#answer('getConversationList', undefined, () => ({conversationList: this.list(), isSyncCompleted: this.synced}));
  }

  getTotalUnreadMessageCount(): number | Promise<number> {
    return this.user === '' ? Promise.reject(failure(2024)) : this.unread();
  }

  pinConversation(options: {conversationID: string; isPinned: boolean}): Promise<unknown> {
    return this.#edit('pinConversation', options, (row) => void (row.isPinned = options.isPinned), 2503);
  }

  setMessageRemindType(options: {groupID?: string; userIDList?: string[]; messageRemindType: string}): Promise<unknown> {
    const ids = options.groupID === undefined ? (options.userIDList ?? []).map((id) => `C2C${id}`) : [`GROUP${options.groupID}`];
    return this.#answer('setMessageRemindType', options, () => {
      const failureUserList = ids.flatMap((id) => (this.rows.has(id) ? [] : {userID: id, code: 2501}));
      for (const id of ids) this.change(id, (row) => void (row.messageRemindType = options.messageRemindType));
      return {failureUserList};
    });
  }

  setMessageRead(options: {conversationID: string}): Promise<unknown> {
    return this.#edit('setMessageRead', options, (row) => {
      row.unreadCount = 0;
      row.groupAtInfoList.length = 0;
    });
  }

  setAllMessageRead(options: {scope: string}): Promise<unknown> {
    return this.#answer('setAllMessageRead', options, () => {
      if (options.scope !== 'readAllMessage') throw failure(2900);
      for (const id of this.rows.keys()) this.change(id, (row) => void (row.unreadCount = 0));
    });
  }

  /** Sends the lowest bit and notes the whole number. */
  markConversation(options: {conversationIDList: string[]; markType: number; enableMark: boolean}): Promise<unknown> {
    return this.#batch('markConversation', options, (row) => {
      row.markList = row.markList.filter((mark) => mark !== options.markType).concat(options.enableMark ? [options.markType] : []);
    });
  }

  deleteConversation(options: {conversationIDList: string[]; clearHistoryMessage: boolean}): Promise<unknown> {
    if (!options.conversationIDList.every((id) => isId(id) || id === '@TIM#SYSTEM')) throw new Error('Params validate failed.');
    return this.#answer('deleteConversation', options, () => {
      const conversationIDList = options.conversationIDList.slice(0, 100).filter((id) => this.remove(id));
      if (conversationIDList.length === 0) throw failure(2500);
      return {conversationIDList};
    });
  }

  clearHistoryMessage(id: string): Promise<unknown> {
    return this.#edit('clearHistoryMessage', {conversationID: id}, (row) => void (row.lastMessage = noMessage()));
  }

  setConversationDraft(options: {conversationID: string; draftText: string}): Promise<unknown> {
    return this.#edit('setConversationDraft', options, (row) => void (row.draftText = options.draftText));
  }

  setConversationCustomData(options: {conversationIDList: string[]; customData: string}): Promise<unknown> {
    return this.#batch('setConversationCustomData', options, (row) => void (row.customData = options.customData));
  }

  getConversationGroupList(): Promise<unknown> {
    return this.#answer('getConversationGroupList', undefined, () => [...this.groups]);
  }

  createConversationGroup(options: {conversationIDList: string[]; groupName: string}): Promise<unknown> {
    this.groups.add(options.groupName);
    this.emit('onConversationGroupListUpdated', {data: [...this.groups]});
    return this.#batch('createConversationGroup', options, (row) => row.conversationGroupList.push(options.groupName));
  }

  renameConversationGroup({oldName, newName}: {oldName: string; newName: string}): Promise<unknown> {
    return this.#answer('renameConversationGroup', oldName, () => {
      if (!this.groups.delete(oldName)) throw failure(51009);
      this.groups.add(newName);
    });
  }

  deleteConversationGroup(name: string): Promise<unknown> {
    return this.#answer('deleteConversationGroup', name, () => {
      if (!this.groups.delete(name)) throw failure(51009);
    });
  }

  addConversationsToGroup(options: {conversationIDList: string[]; groupName: string}): Promise<unknown> {
    if (!this.groups.has(options.groupName)) return Promise.reject(failure(51009));
    return this.#batch('addConversationsToGroup', options, (row) => row.conversationGroupList.push(options.groupName));
  }

  deleteConversationsFromGroup(options: {conversationIDList: string[]; groupName: string}): Promise<unknown> {
    return this.#batch('deleteConversationsFromGroup', options, (row) => {
      row.conversationGroupList = row.conversationGroupList.filter((name) => name !== options.groupName);
    });
  }

  // The service

  list(): FakeConversation[] {
    return [...this.rows.values()];
  }

  unread(): number {
    const counted = this.list().filter(({type, messageRemindType}) => type !== '@TIM#SYSTEM' && /^$|^AcceptAndNotify$/.test(messageRemindType));
    return counted.reduce((sum, {unreadCount}) => sum + unreadCount, 0);
  }

  find(id: string): FakeConversation {
    const row = this.rows.get(id);
    if (!row) throw failure(2500);
    return row;
  }

  change(id: string, change: (row: FakeConversation) => unknown): void {
    const row = this.rows.get(id);
    if (!row) return;
    change(row);
    this.#changed.add(row);
    this.update();
  }

  remove(id: string): boolean {
    const gone = this.rows.delete(id);
    if (gone && !this.partial) this.update();
    return gone;
  }

  add(id: string, fields: Partial<FakeConversation> = {}): FakeConversation {
    const row = conversation(id, fields);
    this.rows.set(id, row);
    this.change(id, () => undefined);
    return row;
  }

  /** Tells the list, in a while. */
  update(): void {
    if (!this.connected || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => this.flush(), this.throttle);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const data = this.partial ? [...this.#changed] : this.list();
    this.#changed.clear();
    this.emit('onConversationListUpdated', {data, isSyncCompleted: this.synced});
    this.emit('onTotalUnreadMessageCountUpdated', {data: this.unread()});
  }

  /** The SDK swallows what handlers throw. */
  emit(name: string, event: object = {}): void {
    for (const handler of [...this.handlers]) {
      if (handler.name !== name) continue;
      try {
        handler.run.call(handler.context, {name, ...event});
      } catch (thrown) {
        this.thrown.push(thrown);
      }
    }
  }

  readonly thrown: unknown[] = [];

  #answer(name: string, argument: unknown, run: () => unknown): Promise<unknown> {
    this.calls.push([name, argument]);
    if (this.hangs) return new Promise(() => undefined);
    return Promise.resolve().then(() => {
      if (this.user === '') {
        this.emit('error', {data: {code: 2024}});
        throw failure(2024, 'not logged in');
      }
      if (this.failures.length > 0) throw this.failures.shift();
      return {code: 0, data: run()};
    });
  }

  #edit(name: string, options: {conversationID: string}, change: (row: FakeConversation) => unknown, code = 2500): Promise<unknown> {
    return this.#answer(name, options, () => {
      if (!this.rows.has(options.conversationID)) throw failure(code);
      this.change(options.conversationID, change);
      return {conversationID: options.conversationID};
    });
  }

  #batch(name: string, options: {conversationIDList: string[]}, change: (row: FakeConversation) => unknown): Promise<unknown> {
    return this.#answer(name, options, () => {
      const failureConversationIDList = options.conversationIDList.flatMap((conversationID) =>
        this.rows.has(conversationID) ? [] : {conversationID, code: isId(conversationID) ? 2500 : 2503, message: 'no'},
      );
      for (const id of options.conversationIDList) this.change(id, change);
      return {failureConversationIDList, successConversationIDList: []};
    });
  }
}

/** A source over the fake, and the means to move it. */
export function tencentSubject(partial = false): ConformanceSubject & {readonly fake: FakeChat; readonly source: TencentSource} {
  const fake = new FakeChat();
  fake.partial = partial;
  let time = 100;
  return {
    fake,
    source: new TencentSource(fake),
    conversations: content().map(([, expected]) => expected),
    change: (id) =>
      fake.change(id, (row) => {
        row.unreadCount++;
        row.lastMessage = {...noMessage(), lastTime: ++time, fromAccount: 'bo', type: 'TIMTextElem', payload: {text: 'News'}};
      }),
    add: () => fake.add('C2Cnew', {unreadCount: 1}).conversationID,
    remove: (id) => void fake.remove(id),
    fail: () => void fake.failures.push(failure(2800)),
    disconnect() {
      fake.emit('netStateChange', {data: {state: 'disconnected'}});
      fake.connected = false;
    },
    reconnect() {
      fake.connected = true;
      fake.emit('netStateChange', {data: {state: 'connected'}});
    },
    sync() {
      fake.synced = false;
      fake.flush();
      fake.synced = true;
      fake.update();
    },
    logout() {
      fake.user = '';
      fake.rows.clear();
      fake.emit('sdkStateNotReady');
    },
    held: () => fake.handlers.length,
    dispose: () => void (fake.connected = false),
  };
}
