import type {Conversation} from '../model/conversation.js';
import {SourceError} from '../model/errors.js';
import {matches, type FilterField} from '../model/filter.js';
import {compareSortable} from '../model/order.js';
import type {
  ConversationSource,
  OpOptions,
  Page,
  PageRequest,
  SourceCapabilities,
  SourceEvent,
} from '../model/source.js';
import {easemobActions, type Actions} from './easemob/actions.js';
import {EasemobCore, MAX_PAGE} from './easemob/core.js';
import {sdkProfiles} from './easemob/lookups.js';
import {keyOf, snapshot} from './easemob/rows.js';
import type {EasemobConnection, EasemobMessage, EasemobProfiles} from './easemob/types.js';

export type {
  EasemobConnection,
  EasemobMessage,
  EasemobProfile,
  EasemobProfiles,
  EasemobTarget,
} from './easemob/types.js';

/** Options of an {@link EasemobSource}. */
export interface EasemobSourceOptions {
  /** Names and pictures. Default: the SDK's user attributes and group details; `false` shows the ids. */
  readonly profiles?: EasemobProfiles | false;
  /**
   * Which of the service's marks, 0 to 19, stand for the list's own: their meaning is the app's. Others are decimal
   * strings. Without `unread` or `hide` those actions are not offered.
   */
  readonly marks?: Readonly<Partial<Record<'star' | 'unread' | 'fold' | 'hide', number>>>;
  /** Lists conversations without a message too, whose place the service does not tell. Default `false`. */
  readonly includeEmpty?: boolean;
  /** Asks for each page how loud its conversations are. Default `true`; without the push feature save the requests. */
  readonly silentModes?: boolean;
  /** Milliseconds after which a call to the SDK counts as lost. Default 20,000. */
  readonly timeoutMs?: number;
}

/**
 * The conversations of an Easemob or Agora Chat user, from the connection of `easemob-websdk` or `agora-chat`.
 *
 * The SDK has no events for conversations: they are made of those for messages and other devices. What this device
 * sends raises none; hand it to {@link sent}. While the SDK is not logged in, requests reject with `not-ready`, and at
 * each login the list loads anew.
 */
export class EasemobSource implements ConversationSource {
  readonly capabilities: SourceCapabilities;
  readonly setPinned?: Actions['setPinned'];
  readonly setNotify?: Actions['setNotify'];
  readonly markRead?: Actions['markRead'];
  readonly markUnread?: Actions['markUnread'];
  readonly setHidden?: Actions['setHidden'];
  readonly setMark?: Actions['setMark'];
  readonly delete?: Actions['delete'];
  readonly clearHistory?: Actions['clearHistory'];
  readonly #core: EasemobCore;

  constructor(connection: EasemobConnection, options: EasemobSourceOptions = {}) {
    const {profiles = sdkProfiles(connection), includeEmpty = false, silentModes = true, timeoutMs = 20_000} = options;
    const entries = Object.entries(options.marks ?? {});
    const names = new Map(entries.map(([name, mark]) => [mark, name]));
    const marks = new Map(entries);
    this.#core = new EasemobCore(
      connection,
      names,
      profiles || (async () => []),
      silentModes,
      includeEmpty,
      timeoutMs,
    );
    const {ops, methods} = easemobActions(this.#core, (name) => {
      const number = /^1?\d$/.test(name) ? Number(name) : -1;
      // A mark that has a name goes by it alone.
      return marks.get(name) ?? (names.has(number) ? -1 : number);
    });
    Object.assign(this, methods);
    this.capabilities = {
      paging: 'cursor',
      maxPageSize: MAX_PAGE,
      serverFilters: FILTERS,
      nativeOrder: false,
      deleteEvents: true,
      syncEvents: true,
      unreadTotal: false,
      ops,
      limits: {pinned: 50},
    };
  }

  get selfId(): string {
    return this.#core.self ?? '';
  }

  subscribe(listener: (event: SourceEvent) => void): () => void {
    return this.#core.listeners.subscribe(listener);
  }

  /**
   * Pinned conversations by the time of pinning, then the others by their last message. Without a cursor the server is
   * asked anew; it is asked for more only when a page needs it.
   */
  async getPage({limit, cursor, filter = {}, signal}: PageRequest): Promise<Page> {
    const core = this.#core;
    const [, key, below = ''] = cursor === undefined ? [] : (/^(\d+) ([^]+)$/.exec(String(cursor)) ?? []);
    if (cursor !== undefined && key === undefined) {
      throw new SourceError('invalid-argument', 'The cursor is not of this source');
    }
    const size = Math.max(1, Math.min(limit, MAX_PAGE));
    for (let pass = core.pass(cursor === undefined); ; pass = core.pass(false)) {
      const {done, frontier, named, began} = pass;
      const rows = [...core.rows.values()]
        .filter(({id, touched}) => named.has(id) || touched > began)
        .map((row) => ({row, key: keyOf(row), id: row.id}))
        .filter((one) => done || one.key > frontier)
        .filter((one) => key === undefined || compareSortable({key: BigInt(key), id: below}, one) < 0)
        .sort(compareSortable)
        .map(({row}) => snapshot(row, core))
        .filter((conversation) => matches(filter, conversation));
      const conversations = rows.slice(0, size);
      const last = conversations.at(-1);
      if (last && rows.length > size) {
        return {conversations, done: false, authoritative: true, cursor: `${last.orderKey} ${last.id}`};
      }
      if (done) return {conversations, done, authoritative: true};
      await core.load(pass, signal);
    }
  }

  /** Looked for in the server's lists to their end. */
  async getByIds(ids: readonly string[], {signal}: OpOptions = {}): Promise<readonly Conversation[]> {
    const core = this.#core;
    core.pass(core.listeners.size === 0);
    await core.loadAll(signal);
    return [...new Set(ids)].flatMap((id) => {
      const row = core.rows.get(id);
      return row ? snapshot(row, core) : [];
    });
  }

  /** Tells the list of a message that this device has sent; `connection.send()` resolves to it. */
  sent(message: EasemobMessage): void {
    this.#core.receive(message);
  }

  /** Ends what is under way with `aborted`; afterwards nothing is told. */
  dispose(): void {
    this.#core.dispose();
  }
}

const FILTERS: readonly FilterField[] = ['types', 'mark', 'group', 'hasUnread', 'hasMention', 'pinned', 'hidden', 'ids'];
