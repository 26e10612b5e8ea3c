import type {Conversation, NotifyLevel} from '../model/conversation.js';
import {SourceError} from '../model/errors.js';
import type {ConversationFilter} from '../model/filter.js';
import type {
  ConnectionState,
  ConversationSource,
  OpOptions,
  OpResult,
  Page,
  PageRequest,
  SourceCapabilities,
  SourceEvent,
} from '../model/source.js';
import {readCount} from '../model/validate.js';
import {isListed, keyOf} from './open-im/convert.js';
import {toOpenImError} from './open-im/errors.js';
import {OpenImFacts} from './open-im/facts.js';
import {listen, type OpenImHandlers} from './open-im/listen.js';
import {OpenImReader} from './open-im/reader.js';
import type {OpenImConversation, OpenImSdk} from './open-im/types.js';
import {Listeners} from './shared/listeners.js';

export type * from './open-im/types.js';

export interface OpenImSourceOptions {
  /** Whom the app has logged in. Without it, own messages in groups are not known as such, nor who is online. */
  readonly selfId?: string;
  /** How long a call may take, in milliseconds. Default 20,000. */
  readonly timeoutMs?: number;
}

const LEVELS: readonly NotifyLevel[] = ['all', 'off', 'silent'];

const STATES: Readonly<Record<string, ConnectionState>> = {
  OnConnecting: 'connecting',
  OnConnectSuccess: 'online',
  OnConnectFailed: 'offline',
  OnKickedOffline: 'kicked',
  OnUserTokenExpired: 'expired',
  OnUserTokenInvalid: 'expired',
};

/** Where a page ends: behind so many of the rows that share a key and follow `offset`. */
interface Cursor {
  readonly offset: number;
  readonly skip: number;
}

/**
 * The conversations of OpenIM, by the SDK `@openim/wasm-client-sdk` (3.8). Its local database answers, also offline.
 *
 * The SDK does not tell of a logout: call {@link loggedOut}, and make another source for another person. Nor does it
 * say which conversations were hidden or deleted elsewhere: when it hints at it, a `reset` has the list page again.
 * Before the login, requests reject with `not-ready`.
 *
 * @example
 * const source = new OpenImSource(getSDK(), {selfId: userID});
 */
export class OpenImSource implements ConversationSource {
  readonly capabilities: SourceCapabilities = {
    paging: 'offset',
    maxPageSize: 100,
    serverFilters: [],
    nativeOrder: false,
    deleteEvents: false,
    syncEvents: true,
    unreadTotal: true,
    ops: new Set(['pin', 'notify', 'markRead', 'markAllRead', 'hide', 'delete', 'clearHistory', 'draft', 'customData']),
  };
  readonly selfId?: string;

  readonly #sdk: OpenImSdk;
  readonly #reader: OpenImReader;
  readonly #listeners = new Listeners(
    () => (this.#end = this.#begin()),
    () => {
      this.#end();
      this.#settled();
    },
  );
  #end: () => void = () => undefined;
  /** While the SDK catches up: resolves when it has, or has failed. */
  #syncing: Promise<void> | undefined;
  #synced: () => void = () => undefined;
  readonly #facts: OpenImFacts;

  constructor(sdk: OpenImSdk, {selfId, timeoutMs}: OpenImSourceOptions = {}) {
    this.#sdk = sdk;
    this.#reader = new OpenImReader(sdk, timeoutMs);
    this.#facts = new OpenImFacts(selfId);
    if (selfId !== undefined) this.selfId = selfId;
  }

  async getPage({limit, cursor = {offset: 0, skip: 0}, signal}: PageRequest): Promise<Page> {
    const {offset, skip} = Object(cursor) as Cursor;
    if (!Number.isInteger(offset) || !Number.isInteger(skip)) {
      throw new SourceError('invalid-argument', 'The cursor is not of this source');
    }
    const options = signal && {signal};
    const end = skip + Math.max(1, Math.min(limit, 100));
    for (let count = end + 1; ; count *= 2) {
      const {items, ended} = await this.#reader.take(offset, count, options);
      if (items.length + offset === 0 && this.#syncing) {
        // Nothing yet, on a new device.
        await this.#reader.run(() => this.#syncing, options);
        continue;
      }
      // The SDK leaves the order of equal times open: those that share one are given when all of them are known.
      const keys = items.map(keyOf);
      const last = keys[end - 1];
      if (!ended && (last === undefined || last === keys.at(-1))) continue;
      const conversations = items.slice(skip, end).map((item) => this.#facts.convert(item));
      if (items.length <= end) return {conversations, done: true};
      const start = keys[end] === last ? keys.indexOf(last as bigint) : end;
      return {conversations, done: false, cursor: {offset: offset + start, skip: end - start}};
    }
  }

  subscribe(listener: (event: SourceEvent) => void): () => void {
    return this.#listeners.subscribe(listener);
  }

  async getByIds(ids: readonly string[], options?: OpOptions): Promise<readonly Conversation[]> {
    return (await this.#reader.items(ids, options)).filter(isListed).map((item) => this.#facts.convert(item));
  }

  /** The SDK's own total, which leaves out the silent; it has none for a filter: `unsupported`. */
  async getTotalUnread(filter?: ConversationFilter, options?: OpOptions): Promise<number> {
    if (Object.keys(filter ?? {}).length > 0) throw unsupported('total of a filter');
    return readCount(await this.#reader.ask(() => this.#sdk.getTotalUnreadMsgCount(), options));
  }

  setPinned(id: string, isPinned: boolean, options?: OpOptions): Promise<void> {
    return this.#act(id, () => this.#sdk.setConversation({conversationID: id, isPinned}), options);
  }

  /** The SDK has no `mentions`. */
  async setNotify(id: string, level: NotifyLevel, options?: OpOptions): Promise<void> {
    const recvMsgOpt = LEVELS.indexOf(level);
    if (recvMsgOpt < 0) throw unsupported(level);
    return this.#act(id, () => this.#sdk.setConversation({conversationID: id, recvMsgOpt}), options);
  }

  /** Takes back the mention, too. `all`: each that has something unread, as the SDK has no call for it. */
  async markRead(ids: readonly string[] | 'all', options?: OpOptions): Promise<readonly OpResult[]> {
    let which = ids;
    if (which === 'all') {
      const items = await this.#reader.ask(() => this.#sdk.getAllConversationList(), options);
      which = items.flatMap((item) => (item.unreadCount > 0 || item.groupAtType > 0 ? item.conversationID : []));
    }
    return this.#each(
      which,
      async (id, {groupAtType}) => {
        await this.#sdk.markConversationMessageAsRead(id);
        if (groupAtType > 0) await this.#sdk.setConversation({conversationID: id, groupAtType: 0});
      },
      options,
    );
  }

  /** A hidden conversation leaves the SDK's lists until its next message: it cannot be shown by hand. */
  async setHidden(id: string, hidden: boolean, options?: OpOptions): Promise<void> {
    if (!hidden) throw unsupported('way to show it');
    return this.#act(id, () => this.#sdk.hideConversation(id), options);
  }

  /** Without `clearHistory` the messages stay, and it is the same as hiding. */
  delete(
    ids: readonly string[],
    options?: OpOptions & {readonly clearHistory?: boolean},
  ): Promise<readonly OpResult[]> {
    return this.#each(
      ids,
      (id) =>
        options?.clearHistory ? this.#sdk.deleteConversationAndDeleteAllMsg(id) : this.#sdk.hideConversation(id),
      options,
    );
  }

  clearHistory(id: string, options?: OpOptions): Promise<void> {
    return this.#act(id, () => this.#sdk.clearConversationAndDeleteAllMsg(id), options);
  }

  setDraft(conversationID: string, text: string | null, options?: OpOptions): Promise<void> {
    return this.#act(
      conversationID,
      async () => {
        const draftText = text ?? '';
        // The SDK writes it into its SQL as it is. Should a later one not, it keeps what it was given.
        const quoted = draftText.replaceAll("'", "''");
        await this.#sdk.setConversationDraft({conversationID, draftText: quoted});
        if (quoted === draftText || (await this.#reader.items([conversationID]))[0]?.draftText !== quoted) return;
        await this.#sdk.setConversationDraft({conversationID, draftText});
      },
      options,
    );
  }

  setCustomData(ids: readonly string[], ex: string, options?: OpOptions): Promise<readonly OpResult[]> {
    return this.#each(ids, (conversationID) => this.#sdk.setConversation({conversationID, ex}), options);
  }

  /** Says that the person has logged out, which the SDK does not: the list forgets what it shows. */
  loggedOut(): void {
    this.#facts.clear();
    this.#settled();
    this.#listeners.emit({type: 'reset', reason: 'logout'});
  }

  async #act(id: string, act: () => unknown, options?: OpOptions): Promise<void> {
    const [result] = await this.#each([id], act, options);
    if (result?.error) throw result.error;
  }

  /** Does something with each, one after another, and tells what has become of it: the SDK does not always. */
  async #each(
    ids: readonly string[],
    act: (id: string, item: OpenImConversation) => unknown,
    options?: OpOptions,
  ): Promise<readonly OpResult[]> {
    const results: OpResult[] = [];
    for (const id of new Set(ids)) {
      try {
        const [item] = await this.#reader.items([id], options);
        if (!item) throw new SourceError('not-found', `No conversation ${id}`);
        await this.#reader.run(() => act(id, item), options);
        await this.#refresh(id);
        results.push({id});
      } catch (thrown) {
        results.push({id, error: toOpenImError(thrown)});
      }
    }
    return results;
  }

  /** Tells how it stands now; if the SDK does not list it any more, it has gone. */
  async #refresh(id: string): Promise<void> {
    try {
      const conversations = await this.getByIds([id]);
      const gone: SourceEvent = {type: 'remove', ids: [id], reason: 'hidden'};
      this.#listeners.emit(conversations.length > 0 ? {type: 'upsert', conversations} : gone);
    } catch {
      this.#listeners.emit(GAP);
    }
  }

  #begin(): () => void {
    const tell = (...events: SourceEvent[]): void => this.#listeners.emit(...events);
    const end = (...events: SourceEvent[]): void => {
      this.#settled();
      tell(...events);
    };
    const changed = (data: unknown, isNew = false): void => {
      const items: readonly unknown[] = Array.isArray(data) ? data : [];
      const conversations = items.filter(isListed).map((item) => this.#facts.convert(item));
      if (conversations.length > 0) tell({type: 'upsert', conversations, isNew});
      // The SDK leaves out those that it lists no more, and does not say which.
      else if (!isNew) tell(GAP);
    };
    const handlers: OpenImHandlers = {
      OnSyncServerStart: () => {
        this.#settled();
        this.#syncing = new Promise((resolve) => (this.#synced = resolve));
        tell({type: 'sync', phase: 'start'});
      },
      OnSyncServerProgress: (percent) =>
        tell({type: 'sync', phase: 'progress', progress: Math.min(1, readCount(percent) / 100)}),
      OnSyncServerFinish: () => end({type: 'sync', phase: 'finish'}, GAP),
      OnSyncServerFailed: (_, event) => end({type: 'sync', phase: 'fail', error: toOpenImError(event)}),
      OnNewConversation: (data) => changed(data, true),
      OnConversationChanged: (data) => changed(data),
      OnTotalUnreadMessageCountChanged: (total) => tell({type: 'unread', total: readCount(total)}),
      OnConversationUserInputStatusChanged: (data) =>
        void this.#refresh(this.#facts.typed(Object(data) as Readonly<Record<string, string>>)),
      OnUserStatusChanged: (data) =>
        void this.#refresh(this.#facts.seen(Object(data) as Readonly<Record<string, unknown>>)),
    };
    for (const [name, state] of Object.entries(STATES)) {
      handlers[name] = () => {
        // A sync that it breaks off does not end by itself.
        if (state !== 'online' && this.#syncing) end({type: 'sync', phase: 'fail', error: toOpenImError({errCode: 10000})});
        tell({type: 'connection', state});
      };
    }
    return listen(this.#reader.sdk, handlers);
  }

  /** The SDK has caught up, or has given up. */
  #settled(): void {
    this.#syncing = undefined;
    this.#synced();
  }
}

const GAP: SourceEvent = {type: 'reset', reason: 'gap'};

function unsupported(what: string): SourceError {
  return new SourceError('unsupported', `OpenIM has no ${what}`);
}
