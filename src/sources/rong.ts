import type {Conversation, ConversationType} from '../model/conversation.js';
import {SourceError} from '../model/errors.js';
import {matches, type ConversationFilter, type FilterField} from '../model/filter.js';
import {compareSortable} from '../model/order.js';
import type {
  ConversationSource,
  OpOptions,
  Page,
  PageRequest,
  SourceCapabilities,
  SourceEvent,
} from '../model/source.js';
import {BATCH, rongActions, type Actions} from './rong/actions.js';
import {MAX_PAGE, RongCore} from './rong/core.js';
import {sdkProfiles} from './rong/lookups.js';
import {keyOf, snapshot, targetOf, type Row} from './rong/rows.js';
import type {RongModule, RongProfiles} from './rong/types.js';

export type {RongModule, RongProfile, RongProfiles, RongTarget} from './rong/types.js';

/** Options of a {@link RongSource}. */
export interface RongSourceOptions {
  /** Names and pictures. Default: the service's hosted profiles, where they are enabled; `false` shows the ids. */
  readonly profiles?: RongProfiles | false;
  /** The SDK's types of conversations to list. Default: all that its loader gives. */
  readonly conversationTypes?: readonly number[];
  /** Milliseconds after which a call to the SDK counts as lost. Default 20,000. */
  readonly timeoutMs?: number;
}

const FILTERS: readonly FilterField[] = ['types', 'mark', 'group', 'hasUnread', 'hasMention', 'pinned', 'hidden', 'ids'];
const TYPES: Readonly<Partial<Record<ConversationType, readonly number[]>>> = {direct: [1, 5], group: [2, 3], system: [6]};

/**
 * The conversations of a RongCloud user, from the module `@rongcloud/imlib-next` (5.32 or newer).
 *
 * The SDK is one client for each page and never rejects; what is not ok rejects here with a `SourceError`. Before
 * `init()` and `connect()` requests reject with a retryable error, and at each connection the list loads anew. Its tags
 * are the list's groups.
 */
export class RongSource implements ConversationSource {
  readonly capabilities: SourceCapabilities;
  readonly setPinned?: Actions['setPinned'];
  readonly setNotify?: Actions['setNotify'];
  readonly markRead?: Actions['markRead'];
  readonly delete?: Actions['delete'];
  readonly clearHistory?: Actions['clearHistory'];
  readonly setDraft?: Actions['setDraft'];
  readonly groups?: Actions['groups'];
  readonly #core: RongCore;

  constructor(sdk: RongModule, options: RongSourceOptions = {}) {
    const {profiles = sdkProfiles(sdk), conversationTypes, timeoutMs = 20_000} = options;
    this.#core = new RongCore(sdk, profiles || (async () => []), conversationTypes, timeoutMs);
    const {ops, methods} = rongActions(this.#core);
    Object.assign(this, methods);
    this.capabilities = {
      paging: 'cursor',
      maxPageSize: MAX_PAGE,
      serverFilters: FILTERS,
      nativeOrder: false,
      deleteEvents: false,
      syncEvents: true,
      unreadTotal: true,
      ops,
      limits: {batch: BATCH, groups: 20},
    };
  }

  get selfId(): string {
    return this.#core.self;
  }

  subscribe(listener: (event: SourceEvent) => void): () => void {
    return this.#core.listeners.subscribe(listener);
  }

  /**
   * Pinned conversations first, then the others, each by the time of their last message. Without a cursor the service
   * is asked anew; it is asked for more only when a page needs it.
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
        .map(({row}) => this.#shown(row))
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

  async getByIds(ids: readonly string[], {signal}: OpOptions = {}): Promise<readonly Conversation[]> {
    const core = this.#core;
    core.pass(core.listeners.size === 0);
    // A call for one would make up those that are not there.
    if (ids.some((id) => targetOf(id) && !core.rows.has(id))) await core.loadAll(signal);
    return [...new Set(ids)].flatMap((id) => {
      const row = core.rows.get(id);
      return row ? this.#shown(row) : [];
    });
  }

  /**
   * The SDK's own total without those that are silent; of a filter only by `types`.
   *
   * @throws SourceError `unsupported` for another filter.
   */
  async getTotalUnread(filter: ConversationFilter = {}, {signal}: OpOptions = {}): Promise<number> {
    const core = this.#core;
    const {types, ...rest} = filter;
    if (Object.values(rest).some((value) => value !== undefined)) {
      throw new SourceError('unsupported', 'The SDK counts by type only');
    }
    const wanted = types?.flatMap((type) => TYPES[type] ?? []) ?? core.types;
    if (wanted?.length === 0) return 0;
    const total = await core.ask(() => core.sdk.getTotalUnreadCount(false, wanted && [...wanted]), signal);
    if (typeof total !== 'number') throw new SourceError('invalid-data', 'The SDK gave no total');
    if (types === undefined) core.total = total;
    return total;
  }

  /** Ends what is under way with `aborted`; afterwards nothing is told. */
  dispose(): void {
    this.#core.dispose();
  }

  #shown(row: Row): Conversation {
    return snapshot(row, this.#core.profiles);
  }
}
