import type {Conversation} from '../model/conversation.js';
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
import {matrixActions, OPS, type Actions} from './matrix/actions.js';
import {ClientService} from './matrix/client.js';
import {MatrixCore} from './matrix/core.js';
import {thumbnail} from './matrix/http.js';
import {SlidingService} from './matrix/sliding.js';
import {timeKey} from './shared/rows.js';
import type {MatrixMedia, MatrixSdkClient, MatrixServer} from './matrix/types.js';

export type {
  MatrixMedia,
  MatrixSdkClient,
  MatrixSdkEvent,
  MatrixSdkMember,
  MatrixSdkRoom,
  MatrixServer,
} from './matrix/types.js';

/** Options of a {@link MatrixSource}. */
export interface MatrixSourceOptions {
  /**
   * Makes a picture's address of an `mxc:` one. Default: a thumbnail of 96 pixels that is to be had without a sign-in.
   * Servers that ask for one (Matrix 1.11) need an address of the app's own, such as one that its service worker answers.
   */
  readonly avatarUrl?: MatrixMedia;
  /** Milliseconds after which a call counts as lost. Default 20,000. */
  readonly timeoutMs?: number;
}

const FILTERS: readonly FilterField[] = ['types', 'mark', 'group', 'hasUnread', 'hasMention', 'pinned', 'hidden', 'ids'];
const MAX_PAGE = 100;
/** Requests for more that one page makes, when a filter lets little through. */
const LOADS = 4;

/**
 * A person's Matrix rooms, from a `matrix-js-sdk` client, or without an SDK from a homeserver with simplified sliding
 * sync (MSC4186).
 *
 * Favourites are pinned, the order is the server's recency stamp. Rooms that the person is in or is invited to are
 * listed, spaces are not. With a client, requests reject with `not-ready` until it syncs; without one, the source
 * syncs while somebody listens, and nothing runs while nobody does.
 *
 * @example
 * const source = new MatrixSource(client);
 * const source = new MatrixSource({homeserver: 'https://matrix.example.org', accessToken});
 */
export class MatrixSource implements ConversationSource {
  readonly capabilities: SourceCapabilities = Object.freeze({
    paging: 'cursor',
    maxPageSize: MAX_PAGE,
    serverFilters: FILTERS,
    nativeOrder: true,
    deleteEvents: true,
    syncEvents: true,
    unreadTotal: true,
    ops: OPS,
  });
  readonly setPinned: Actions['setPinned'];
  readonly setNotify: Actions['setNotify'];
  readonly markRead: Actions['markRead'];
  readonly markUnread: Actions['markUnread'];
  readonly setMark: Actions['setMark'];
  readonly delete: Actions['delete'];
  /** The person's own tags, `u.…`. */
  readonly groups: Actions['groups'];
  /** Known at once with a client; without one since the first answer. */
  declare readonly selfId?: string;
  readonly #core: MatrixCore;

  constructor(from: MatrixSdkClient | MatrixServer, {avatarUrl, timeoutMs = 20_000}: MatrixSourceOptions = {}) {
    this.#core = new MatrixCore((core) => {
      if ('homeserver' in from) {
        return new SlidingService(from, core, avatarUrl ?? ((mxc) => thumbnail(from.homeserver, mxc)));
      }
      return new ClientService(from, core, avatarUrl ?? ((mxc) => from.mxcUrlToHttp(mxc, 96, 96, 'crop') ?? undefined));
    }, timeoutMs);
    Object.defineProperty(this, 'selfId', {get: () => this.#core.service.self, enumerable: true});
    const actions = matrixActions(this.#core);
    this.setPinned = actions.setPinned;
    this.setNotify = actions.setNotify;
    this.markRead = actions.markRead;
    this.markUnread = actions.markUnread;
    this.setMark = actions.setMark;
    this.delete = actions.delete;
    this.groups = actions.groups;
  }

  subscribe(listener: (event: SourceEvent) => void): () => void {
    return this.#core.listeners.subscribe(listener);
  }

  async getPage({limit, cursor, filter = {}, signal}: PageRequest): Promise<Page> {
    const core = this.#core;
    const [, key, below = ''] = cursor === undefined ? [] : (/^(-?\d+) ([^]+)$/.exec(String(cursor)) ?? []);
    if (cursor !== undefined && key === undefined) {
      throw new SourceError('invalid-argument', 'The cursor is not of this source');
    }
    const size = Math.max(1, Math.min(limit, MAX_PAGE));
    const load = (anew: boolean): Promise<void> => core.run((ends) => core.service.load(anew, size, ends), signal);
    if (cursor === undefined) await load(true);
    for (let loads = 0; ; loads++) {
      const rows = core
        .rows(cursor === undefined && loads === 0)
        .filter(({id, orderKey}) => key === undefined || compareSortable({key: BigInt(key), id: below}, {key: orderKey, id}) < 0)
        .filter((conversation) => matches(filter, conversation));
      const conversations = rows.slice(0, size);
      const last = conversations.at(-1);
      const {frontier} = core.service;
      if (frontier === -Infinity && rows.length <= size) return {conversations, done: true, authoritative: true};
      if (last && rows.length >= size) {
        return {conversations, done: false, authoritative: true, cursor: `${last.orderKey} ${last.id}`};
      }
      // Behind all that is known; ids are below that letter.
      if (loads >= LOADS && Number.isFinite(frontier)) {
        return {conversations, done: false, cursor: last ? `${last.orderKey} ${last.id}` : `${timeKey(false, frontier)} \uffff`};
      }
      await load(false);
    }
  }

  async getByIds(ids: readonly string[], {signal}: OpOptions = {}): Promise<readonly Conversation[]> {
    const core = this.#core;
    if (ids.length > 0) {
      await core.run(async (ends) => {
        if (core.listeners.size === 0) await core.service.load(true, ids.length, ends);
        await core.service.find(ids, ends);
      }, signal);
    }
    return [...new Set(ids)].flatMap((id) => core.row(id) ?? []);
  }

  /**
   * Of all rooms that are not silent; an invitation counts 1. Of a filter once all rooms are known.
   *
   * @throws SourceError `unsupported` for a filter before that.
   */
  async getTotalUnread(filter: ConversationFilter = {}, {signal}: OpOptions = {}): Promise<number> {
    const core = this.#core;
    await core.run((ends) => core.service.counted(ends), signal);
    if (Object.values(filter).every((value) => value === undefined)) return core.total();
    if (core.service.frontier !== -Infinity) throw new SourceError('unsupported', 'Not all rooms are known yet');
    return core.total(filter);
  }

  /** Ends what is under way with `aborted`; afterwards nothing is told. */
  dispose(): void {
    this.#core.dispose();
  }
}
