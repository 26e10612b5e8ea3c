/* eslint @typescript-eslint/only-throw-error: off -- as the SDK does */
import type {OpenImConversation, OpenImEvent, OpenImResponse, OpenImSdk} from '../../../src/sources/open-im.js';

type Listener = (event: OpenImEvent) => void;

/** An item as the SDK has it, with every field. */
export function item(conversationID: string, over: Partial<OpenImConversation> = {}): OpenImConversation {
  return {
    conversationID,
    conversationType: 1,
    userID: conversationID.split('_')[1] ?? '',
    groupID: '',
    showName: `Name of ${conversationID}`,
    faceURL: '',
    recvMsgOpt: 0,
    unreadCount: 0,
    groupAtType: 0,
    latestMsg: '',
    latestMsgSendTime: 1000,
    draftText: '',
    draftTextTime: 0,
    isPinned: false,
    ex: '',
    ...over,
  };
}

/** A failure as the SDK rejects with: no Error. */
export function failure(errCode?: number, errMsg?: string): object {
  return {operationID: 'op', event: 'Call', ...(errCode !== undefined && {errCode}), ...(errMsg !== undefined && {errMsg})};
}

/**
 * Behaves as `@openim/wasm-client-sdk` 3.8.5 does, traps included, over a table in the order of insertion.
 *
 * Its lists are what its SQL says: `latest_msg_send_time > 0`, pinned first, then by the later of message and draft,
 * equal ones as inserted, and no word of the end. Ids and drafts go into SQL as they are.
 */
export class FakeOpenIm implements OpenImSdk {
  rows: OpenImConversation[];
  /** What every call rejects with; `wait`: it never settles. */
  broken: object | 'wait' | undefined;
  /** Failures of the next calls. */
  failures: object[] = [];
  /** Whether answers and events carry JSON text, as after a login with `tryParse: false`. */
  text = false;
  /** Calls of each function. */
  readonly calls: string[] = [];
  /** The most rows that one call gives, whatever was asked for. */
  cap = Infinity;
  #events: Record<string, Listener[]> = {};
  #pending = 0;
  #missed: (() => void)[] | undefined;

  constructor(rows: readonly OpenImConversation[]) {
    this.rows = [...rows];
  }

  /** Listeners and calls under way. */
  get held(): number {
    return this.#pending + Object.values(this.#events).reduce((sum, {length}) => sum + length, 0);
  }

  on(event: string, listener: Listener): this {
    (this.#events[event] ??= []).push(listener);
    return this;
  }

  // The list that `emit` walks is the one that it takes from.
  off(event: string, listener: Listener): this {
    const at = this.#events[event]?.indexOf(listener) ?? -1;
    if (at >= 0) this.#events[event]?.splice(at, 1);
    return this;
  }

  emit(event: string, data?: unknown, over: OpenImEvent = {}): void {
    const payload = {event, errCode: 0, errMsg: '', ...(data !== undefined && {data: this.#wire(data)}), ...over};
    this.#events[event]?.forEach((listener) => listener(payload));
  }

  // What the service does

  /** Something changes by the service: told at once, or after the connection is back. */
  remote(change: () => void): void {
    if (this.#missed) this.#missed.push(change);
    else change();
  }

  patch(id: string, over: Partial<OpenImConversation>): void {
    this.rows = this.rows.map((row) => (row.conversationID === id ? {...row, ...over} : row));
  }

  /** As the core does: those that are not listed are left out, so that the list may be empty. */
  tellChanged(...ids: string[]): void {
    this.emit('OnConversationChanged', this.rows.filter((r) => ids.includes(r.conversationID) && r.latestMsgSendTime !== 0));
  }

  receive(id: string, text: string): void {
    this.remote(() => {
      const row = this.rows.find((each) => each.conversationID === id);
      const latestMsgSendTime = Math.max(...this.rows.map((each) => each.latestMsgSendTime)) + 1;
      const latestMsg = JSON.stringify({clientMsgID: text, sendID: 'bob', contentType: 101, textElem: {content: text}});
      const over = {latestMsg, latestMsgSendTime, unreadCount: (row?.unreadCount ?? 0) + 1};
      if (row) this.patch(id, over);
      else this.rows.push(item(id, over));
      if (row) this.tellChanged(id);
      else this.emit('OnNewConversation', [this.rows.at(-1)]);
      this.tellTotal();
    });
  }

  /** Another device deletes it: the row stays, unlisted, and no event names it. */
  vanish(id: string): void {
    this.remote(() => {
      this.#reset(id);
      this.tellChanged(id);
      this.tellTotal();
    });
  }

  tellTotal(): void {
    this.emit('OnTotalUnreadMessageCountChanged', this.#total());
  }

  sync(): void {
    this.emit('OnSyncServerStart', true);
    this.emit('OnSyncServerProgress', 40);
    this.emit('OnSyncServerFinish');
  }

  disconnect(): void {
    this.#missed ??= [];
    this.emit('OnConnectFailed', undefined, {errCode: 10000, errMsg: 'failed to WebSocket dial'});
  }

  reconnect(): void {
    const missed = this.#missed ?? [];
    this.#missed = undefined;
    this.emit('OnConnecting');
    this.emit('OnConnectSuccess');
    this.emit('OnSyncServerStart', false);
    for (const change of missed) change();
    this.emit('OnSyncServerFinish');
  }

  // What the app calls

  getConversationListSplit = ({offset, count}: {offset: number; count: number}) =>
    this.#call('getConversationListSplit', () => {
      // SQLite takes a negative limit for none.
      const end = count < 0 ? Infinity : offset + Math.min(count, this.cap);
      return this.#listed().slice(offset, end);
    });

  getAllConversationList = () => this.#call('getAllConversationList', () => this.#listed());

  getMultipleConversation = (ids: string[]) =>
    this.#call('getMultipleConversation', () => {
      for (const id of ids) this.#sql(id);
      return this.rows.filter(({conversationID}) => ids.includes(conversationID));
    });

  getTotalUnreadMsgCount = () => this.#call('getTotalUnreadMsgCount', () => this.#total());

  setConversation = ({conversationID, ...change}: {conversationID: string} & Partial<OpenImConversation>) =>
    this.#change('setConversation', conversationID, () => change);

  // An unknown id, an empty update: SQL minds neither.
  setConversationDraft = ({conversationID, draftText}: {conversationID: string; draftText: string}) =>
    this.#call('setConversationDraft', () => {
      const draft = this.#sql(draftText);
      const {latestMsgSendTime = 0} = this.rows.find((row) => row.conversationID === conversationID) ?? {};
      const now = Date.now();
      const time = draft === '' ? {draftTextTime: 0} : {draftTextTime: now, latestMsgSendTime: latestMsgSendTime || now};
      this.patch(conversationID, {draftText: draft, ...time});
      this.tellChanged(conversationID);
      return '';
    });

  markConversationMessageAsRead = (id: string) =>
    this.#change('markConversationMessageAsRead', id, () => ({unreadCount: 0}), true);

  // Tells nothing, and knows of no unknown id.
  hideConversation = (id: string) => this.#call('hideConversation', () => (this.#reset(id), ''));

  clearConversationAndDeleteAllMsg = (id: string) =>
    this.#change('clearConversationAndDeleteAllMsg', id, () => ({latestMsg: '', unreadCount: 0, draftText: '', draftTextTime: 0}), true);

  deleteConversationAndDeleteAllMsg = (id: string) =>
    this.#change('deleteConversationAndDeleteAllMsg', id, () => ({latestMsg: '', unreadCount: 0, latestMsgSendTime: 0}), true);

  #listed(): OpenImConversation[] {
    const time = (row: OpenImConversation): number => Math.max(row.latestMsgSendTime, row.draftTextTime);
    return this.rows
      .filter((row) => row.latestMsgSendTime > 0)
      .sort((a, b) => Number(b.isPinned) - Number(a.isPinned) || time(b) - time(a));
  }

  #total(): number {
    const counted = this.rows.filter((row) => row.recvMsgOpt < 2 && row.latestMsgSendTime > 0);
    return counted.reduce((sum, {unreadCount}) => sum + unreadCount, 0);
  }

  #reset(id: string): void {
    this.patch(id, {unreadCount: 0, latestMsg: '', latestMsgSendTime: 0, draftText: '', draftTextTime: 0});
  }

  /** What becomes of a text between single quotes. */
  #sql(text: string): string {
    if (/;/.test(text.replaceAll("''", '')) && /'/.test(text.replaceAll("''", ''))) this.rows = [];
    if (/'/.test(text.replaceAll("''", ''))) throw failure(10005, 'error *errors.errorString not implement CodeError: {}');
    return text.replaceAll("''", "'");
  }

  #change(
    name: string,
    id: string,
    change: () => Partial<OpenImConversation>,
    total = false,
  ): Promise<OpenImResponse<unknown>> {
    return this.#call(name, () => {
      if (!this.rows.some(({conversationID}) => conversationID === id)) throw failure(1004, '1004 RecordNotFoundError');
      this.patch(id, change());
      this.tellChanged(id);
      if (total) this.tellTotal();
      return '';
    });
  }

  async #call<T>(name: string, answer: () => T): Promise<OpenImResponse<T>> {
    this.calls.push(name);
    this.#pending++;
    try {
      await new Promise((resolve) => {
        setTimeout(resolve);
      });
      if (this.broken === 'wait') return await new Promise<never>(() => undefined);
      const failing = this.broken ?? this.failures.shift();
      if (failing) throw failing;
      return {data: this.#wire(answer())};
    } finally {
      this.#pending--;
    }
  }

  #wire<T>(data: T): T {
    const json = JSON.stringify(data);
    return (this.text ? json : JSON.parse(json)) as T;
  }
}
