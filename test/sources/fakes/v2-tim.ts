import type {V2TimClient, V2TimOptions} from '../../../src/sources/v2-tim.js';
import {V2TimSource} from '../../../src/sources/v2-tim.js';
import type {ConformanceSubject} from '../../../src/testing/source-conformance.js';
import {content, type FakeConversation} from './v2-tim-content.js';

type Listener = Partial<Record<string, (...args: unknown[]) => void>>;
type Filter = Partial<Record<string, unknown>>;

/** Which of the bridges' conventions the fake keeps to. */
export type Style = 'promise' | 'envelope' | 'object' | 'functions';

const PIN = 1n << 62n;
const keyOf = (c: FakeConversation): bigint => BigInt(c.orderKey ?? c.orderkey ?? 0);

/** What the SDK rejects with: no Error, as over a bridge. */
function failure(code: number, desc: string): unknown {
  return {code, desc};
}

/** The native SDK as a bridge shows it: live objects, callbacks, codes, numbers as cursors. */
export class FakeV2Tim {
  readonly rows = new Map(content().map(([native]) => [native.conversationID, native]));
  readonly listeners = new Set<Listener>();
  readonly sdkListeners = new Set<Listener>();
  readonly groups = new Set(['work', 'home']);
  readonly calls: string[] = [];
  user = 'me';
  connected = true;
  failures: unknown[] = [];
  hangs = false;
  /** As SDKs before 7.2 do not tell deletions. */
  tellsDeletions = true;

  constructor(readonly style: Style = 'promise') {}

  /** The client with the native argument orders, or those of React Native. */
  client(reactNative = false): V2TimClient {
    const give = (name: string, run: (...args: never[]) => unknown, arity: number) => (...args: unknown[]) =>
      this.#answer(name, () => run(...(args.slice(0, arity) as never[])), args.slice(arity));
    const batch = (edit: (row: FakeConversation) => void) => (ids: string[]) => this.batch(ids, edit);
    const mark = (ids: string[], bit: number, on: boolean): unknown =>
      batch((row) => {
        row.markList = row.markList.filter((one) => BigInt(one) !== BigInt(bit));
        if (on) row.markList.push(bit);
      })(ids);
    const custom = (ids: string[], data: string): unknown => batch((row) => void (row.customData = data))(ids);
    const member = (on: boolean) => (name: string, ids: string[]) => {
      if (!this.groups.has(name)) throw failure(51009, 'no such group');
      const results = this.batch(ids, (row) => this.#join(row, name, on), false);
      const list = ids.flatMap((id) => this.rows.get(id) ?? []);
      this.tell(on ? 'onConversationsAddedToGroup' : 'onConversationsDeletedFromGroup', name, list, 0);
      return results;
    };
    const swap = (run: (a: never, b: never) => unknown) => (reactNative ? (a: never, b: never) => run(b, a) : run);
    return {
      getConversationList: give('getConversationList', swap((nextSeq: string | number, count: number) => this.page({}, nextSeq, count)), 2),
      getConversationListByFilter: give('getConversationListByFilter', (filter: Filter) => this.page(filter, filter['nextSeq'] as number, filter['count'] as number), 1),
      getConversation: give('getConversation', (id: string) => this.find(id), 1),
      addConversationListener: (listener: Listener) => void this.listeners.add(listener),
      removeConversationListener: (listener: Listener) => void this.listeners.delete(listener),
      addIMSDKListener: (listener: Listener) => void this.sdkListeners.add(listener),
      removeIMSDKListener: (listener: Listener) => void this.sdkListeners.delete(listener),
      getLoginUser: () => this.user,
      getTotalUnreadMessageCount: give('getTotalUnreadMessageCount', () => this.unread(), 0),
      pinConversation: give('pinConversation', (id: string, on: boolean) => this.edit(id, (row) => {
        row.isPinned = on;
        row.orderKey = String(on ? (keyOf(row) % PIN) + PIN : keyOf(row) % PIN);
      }), 2),
      setC2CReceiveMessageOpt: give('setC2CReceiveMessageOpt', (users: string[], opt: number) => {
        for (const user of users) this.edit(`c2c_${user}`, (row) => void (row.recvOpt = opt));
      }, 2),
      setGroupReceiveMessageOpt: give('setGroupReceiveMessageOpt', (group: string, opt: number) =>
        this.edit(`group_${group}`, (row) => void (row.recvOpt = opt)), 2),
      cleanConversationUnreadMessageCount: give('cleanConversationUnreadMessageCount', (id: string) => {
        const read = (row: FakeConversation): void => {
          row.unreadCount = 0;
          row.groupAtInfolist = [];
        };
        if (id !== '') return this.edit(id, read);
        this.batch([...this.rows.keys()], read);
      }, 3),
      setConversationDraft: give('setConversationDraft', (id: string, text: string | null) =>
        this.edit(id, (row) => void (row.draftText = text)), 2),
      clearC2CHistoryMessage: give('clearC2CHistoryMessage', (user: string) =>
        this.edit(`c2c_${user}`, (row) => void (row.lastMessage = null)), 1),
      clearGroupHistoryMessage: give('clearGroupHistoryMessage', (group: string) =>
        this.edit(`group_${group}`, (row) => void (row.lastMessage = null)), 1),
      deleteConversationList: give('deleteConversationList', (ids: string[], clear: boolean) => {
        this.calls.push(`clear ${clear}`);
        const results = this.batch(ids, () => undefined, false);
        this.remove(ids);
        return results;
      }, 2),
      markConversation: give('markConversation', reactNative
        ? (bit: number, on: boolean, ids: string[]) => mark(ids, bit, on)
        : mark, 3),
      setConversationCustomData: give('setConversationCustomData', swap(custom), 2),
      getConversationGroupList: give('getConversationGroupList', () => [...this.groups], 0),
      createConversationGroup: give('createConversationGroup', (name: string, ids: string[]) => {
        this.groups.add(name);
        const results = this.batch(ids, (row) => this.#join(row, name, true), false);
        this.tell('onConversationGroupCreated', name, ids.flatMap((id) => this.rows.get(id) ?? []));
        return results;
      }, 2),
      renameConversationGroup: give('renameConversationGroup', (old: string, name: string) => {
        if (!this.groups.delete(old)) throw failure(51009, 'no such group');
        this.groups.add(name);
        for (const row of this.rows.values()) {
          if (row.conversationGroupList.includes(old)) row.conversationGroupList = row.conversationGroupList.map((one) => (one === old ? name : one));
        }
        this.tell('onConversationGroupNameChanged', old, name);
      }, 2),
      deleteConversationGroup: give('deleteConversationGroup', (name: string) => {
        if (!this.groups.delete(name)) throw failure(51009, 'no such group');
        for (const row of this.rows.values()) this.#join(row, name, false);
        this.tell('onConversationGroupDeleted', name);
      }, 1),
      addConversationsToGroup: give('addConversationsToGroup', member(true), 2),
      deleteConversationsFromGroup: give('deleteConversationsFromGroup', member(false), 2),
    };
  }

  /** 0 and '' do not filter, as in the older generation. */
  page(filter: Filter, nextSeq: number | string | bigint, count: number): unknown {
    const {conversationGroup, markType} = filter;
    const rows = [...this.rows.values()]
      .filter((row) => !filter['type'] || row.type === filter['type'])
      .filter((row) => !conversationGroup || row.conversationGroupList.includes(conversationGroup as string))
      .filter((row) => !markType || row.markList.some((one) => BigInt(one) === BigInt(markType as number)))
      .sort((a, b) => (keyOf(a) === keyOf(b) ? (a.conversationID < b.conversationID ? -1 : 1) : keyOf(a) > keyOf(b) ? -1 : 1));
    const end = Number(nextSeq) + count;
    return {conversationList: rows.slice(Number(nextSeq), end), nextSeq: end >= rows.length ? 0 : end, isFinished: end >= rows.length};
  }

  find(id: string): FakeConversation {
    const row = this.rows.get(id);
    if (!row) throw failure(6004, 'conversation is invalid');
    return row;
  }

  edit(id: string, change: (row: FakeConversation) => void): void {
    change(this.find(id));
    this.tell('onConversationChanged', [this.rows.get(id)]);
    this.tell('onTotalUnreadMessageCountChanged', this.unread());
  }

  batch(ids: readonly string[], change: (row: FakeConversation) => void, tell = true): unknown {
    return ids.map((conversationID) => {
      const row = this.rows.get(conversationID);
      if (!row) return {conversationID, resultCode: 6004, resultInfo: 'conversation is invalid'};
      change(row);
      if (tell) this.edit(conversationID, () => undefined);
      return {conversationID, resultCode: 0, resultInfo: ''};
    });
  }

  remove(ids: readonly string[]): void {
    const gone = ids.filter((id) => this.rows.delete(id));
    if (this.tellsDeletions) this.tell('onConversationDeleted', gone);
    this.tell('onTotalUnreadMessageCountChanged', this.unread());
  }

  unread(): number {
    return [...this.rows.values()].reduce((sum, row) => sum + (row.recvOpt === 1 || row.recvOpt === 2 ? 0 : row.unreadCount), 0);
  }

  message(id: string): void {
    const highest = [...this.rows.values()].reduce((key, row) => (keyOf(row) % PIN > key ? keyOf(row) % PIN : key), 0n);
    this.edit(id, (row) => {
      row.unreadCount++;
      row.orderKey = String((row.isPinned ? PIN : 0n) + highest + 1n);
      row.lastMessage = {msgID: 'news', timestamp: 1_800_000_000, sender: 'bo', elemType: 1, textElem: {text: 'News'}, status: 2, isSelf: false};
    });
  }

  tell(name: string, ...args: unknown[]): void {
    if (this.connected) for (const listener of [...this.listeners]) listener[name]?.(...args);
  }

  tellSdk(name: string): void {
    for (const listener of [...this.sdkListeners]) listener[name]?.();
  }

  #join(row: FakeConversation, name: string, on: boolean): void {
    row.conversationGroupList = row.conversationGroupList.filter((one) => one !== name).concat(on ? [name] : []);
  }

  #answer(name: string, run: () => unknown, callbacks: readonly unknown[]): unknown {
    this.calls.push(name);
    const compute = (): unknown => {
      if (this.failures.length > 0) throw this.failures.shift();
      return run();
    };
    if (this.hangs) return new Promise(() => undefined);
    if (this.style === 'promise') return Promise.resolve().then(compute);
    if (this.style === 'envelope') {
      return Promise.resolve().then(() => {
        try {
          return {code: 0, desc: '', data: compute()};
        } catch (thrown) {
          return {...(thrown as object), data: null};
        }
      });
    }
    const [success, error] = callbacks as [Listener & ((...args: unknown[]) => void), (code: number, desc: string) => void];
    void Promise.resolve()
      .then(compute)
      .then(
        (value) => {
          const page = value as {conversationList?: unknown; nextSeq?: unknown; isFinished?: unknown};
          if (this.style === 'object') success['onSuccess']?.(value);
          else if (name.startsWith('getConversationList')) success(page.conversationList, page.nextSeq, page.isFinished);
          else success(value);
        },
        (thrown: {code: number; desc: string}) => {
          if (this.style === 'object') success['onError']?.(thrown.code, thrown.desc);
          else error(thrown.code, thrown.desc);
        },
      );
    return undefined;
  }
}

/** A source over the fake, and the means to move it. */
export function v2TimSubject(style: Style = 'promise', options: V2TimOptions = {}): ConformanceSubject & {readonly fake: FakeV2Tim} {
  const fake = new FakeV2Tim(style);
  const callbacks = style === 'object' || style === 'functions';
  return {
    fake,
    source: new V2TimSource(fake.client(options.reactNative), {callbacks, ...options}),
    conversations: content().map(([, conversation]) => conversation),
    change: (id) => fake.message(id),
    add() {
      const row: FakeConversation = {
        conversationID: 'c2c_new', type: 1, userID: 'new', showName: 'New', unreadCount: 1, recvOpt: 0, isPinned: false,
        orderKey: 91, markList: [], conversationGroupList: [], lastMessage: null,
      };
      fake.rows.set(row.conversationID, row);
      fake.tell('onNewConversation', [row]);
      return row.conversationID;
    },
    remove: (id) => fake.remove([id]),
    fail: () => void fake.failures.push({code: 6200, desc: 'no network'}),
    disconnect() {
      fake.tellSdk('onConnectFailed');
      fake.connected = false;
    },
    reconnect() {
      fake.connected = true;
      fake.tellSdk('onConnectSuccess');
      fake.tell('onSyncServerStart');
      fake.tell('onSyncServerFinish');
    },
    sync() {
      fake.tell('onSyncServerStart');
      fake.tell('onSyncServerFinish');
    },
    held: () => fake.listeners.size + fake.sdkListeners.size,
  };
}
