import {SourceError} from '../../model/errors.js';
import type {ConnectionState} from '../../model/source.js';
import {RoomBook, type Change} from './book.js';
import type {MatrixCore, MatrixService, RoomCount} from './core.js';
import {sessionState, toMatrixError, UNKNOWN_POS} from './errors.js';
import {ask, V3} from './http.js';
import {ROOM, slidingBody, SYNC_FILTER} from './requests.js';
import type {RoomFacts} from './rooms.js';
import type {Json, MatrixMedia, MatrixServer} from './types.js';
import {pause, within} from './waits.js';

const SLIDING = '/_matrix/client/unstable/org.matrix.simplified_msc3575/sync';
/** How long the server may wait for something to happen, in milliseconds. */
const POLL_MS = 30_000;
/** How long the classic sync may take at first: on a large account a server thinks for long. */
const FIRST_SYNC_MS = 120_000;
/** How long the first page waits for the counts. */
const COUNTS_MS = 2000;
/** The first wait after a failure, and the longest. */
const RETRY_MS = [1000, 60_000] as const;
/** Classic syncs that follow the first one at once, at most. */
const CATCH_UP = 10;
/** Rooms by which the window grows at most. */
const GROWTH = 200;

/**
 * The rooms of a homeserver by simplified sliding sync: a window that grows, by recency, and beside it those that are
 * pinned. It says 0 for what is unread, so a classic sync, stripped to its counts, runs next to it.
 */
export class SlidingService implements MatrixService {
  frontier = Infinity;
  readonly #server: MatrixServer;
  readonly #core: MatrixCore;
  readonly #book: RoomBook;
  readonly #connection = `im-conversation-list-${Math.random().toString(36).slice(2)}`;
  #epoch = 0;
  #pos: string | undefined;
  #since: string | undefined;
  /** How many rooms are wanted, and how many of them are here. */
  #window = 0;
  #covered = 0;
  /** Rooms that are asked for by id. */
  #wanted: Record<string, typeof ROOM> = {};
  /** One request at a time: a position is good for one. */
  #queue: Promise<unknown> = Promise.resolve();
  /** How many ask for something at once: waiting would hold them up. */
  #urgent = 0;
  #syncing: Promise<void> | undefined;
  #running: AbortController | undefined;
  /** The request that waits for something to happen. */
  #poll: AbortController | undefined;
  #state: ConnectionState | undefined;
  /** The sync that began with listening has ended, well or not. */
  #tried = false;

  constructor(server: MatrixServer, core: MatrixCore, media: MatrixMedia) {
    this.#server = server;
    this.#core = core;
    this.#book = new RoomBook(media);
  }

  get self(): string | undefined {
    return this.#book.self;
  }

  get pushRules(): unknown {
    return this.#book.pushRules;
  }

  ids(): Iterable<string> {
    return this.#book.rooms.keys();
  }

  read(id: string): RoomFacts | undefined {
    return this.#book.read(id);
  }

  counts(): Iterable<RoomCount> {
    return this.#book.counts();
  }

  newest(id: string): string | undefined {
    return this.#book.rooms.get(id)?.newest;
  }

  async load(anew: boolean, limit: number, signal: AbortSignal): Promise<void> {
    if (anew) {
      if (!this.#running) this.#forget();
      if (this.#pos !== undefined) return;
      this.#window = Math.max(this.#window, limit);
      const counted = this.counted(signal).catch(() => undefined);
      await this.#now(signal, () => this.#covered < this.#window);
      return within(Math.min(COUNTS_MS, this.#core.timeoutMs / 2), counted);
    }
    const before = this.#covered;
    this.#window = Math.max(this.#window, before + Math.min(GROWTH, Math.max(before, limit)));
    await this.#now(signal, () => this.#covered <= before && this.frontier !== -Infinity);
  }

  async find(ids: readonly string[], signal: AbortSignal): Promise<void> {
    const missing = (): string[] => ids.filter((id) => id.startsWith('!') && !this.#book.rooms.has(id));
    for (const id of missing()) this.#wanted = {...this.#wanted, [id]: ROOM};
    if (missing().length > 0) await this.#now(signal, () => missing().length > 0);
  }

  async counted(signal: AbortSignal): Promise<void> {
    if (this.#since === undefined || !this.#running) await this.#core.run(() => this.#sync(0), signal);
  }

  request(method: string, path: string, body: object | undefined, signal: AbortSignal): Promise<unknown> {
    return ask(this.#server, {method, path: V3 + path, body, signal});
  }

  async forget(id: string, signal: AbortSignal): Promise<void> {
    this.#book.leave(id);
    this.#take([[id]]);
    await this.request('POST', `/rooms/${encodeURIComponent(id)}/forget`, {}, signal);
  }

  start(): void {
    const running = new AbortController();
    this.#running = running;
    this.#state = undefined;
    this.#tried = false;
    const {signal} = running;
    queueMicrotask(() => {
      if (!signal.aborted) this.#core.emit({type: 'sync', phase: 'start'});
    });
    void this.#repeat(signal, () => this.#wait(signal), true);
    void this.#repeat(signal, () => this.#sync(this.#since === undefined ? 0 : POLL_MS), false);
  }

  stop(): void {
    this.#running?.abort();
    this.#running = undefined;
    this.#forget();
  }

  #forget(): void {
    this.#epoch++;
    this.#since = this.#syncing = undefined;
    this.#book.clear();
    this.#forgetLists();
  }

  #forgetLists(): void {
    this.#pos = undefined;
    this.#window = this.#covered = 0;
    this.#wanted = {};
    this.frontier = Infinity;
    this.#book.rooms.clear();
  }

  /** Does it again and again; after a failure later and later. */
  async #repeat(signal: AbortSignal, step: () => Promise<void>, tells: boolean): Promise<void> {
    for (let failures = 0; !signal.aborted; ) {
      try {
        await step();
        failures = 0;
        if (tells) this.#online();
      } catch (thrown) {
        if (signal.aborted) return;
        const error = toMatrixError(thrown);
        if (error.code === 'aborted') continue;
        if (tells) this.#failed(error);
        // A token that is no good will not become so, nor does a server learn.
        if (error.code === 'unsupported') return;
        if (error.code === 'auth' && typeof this.#server.accessToken === 'string') return;
        const [first, most] = RETRY_MS;
        const wait = Math.min(most, first * 2 ** failures++) * (0.5 + Math.random() / 2);
        await pause(Math.max(wait, error.retryAfterMs ?? 0), signal);
      }
    }
  }

  #online(): void {
    if (this.#state === 'online') return;
    if (this.#tried) this.#core.emit({type: 'sync', phase: 'start'});
    this.#tried = true;
    this.#state = 'online';
    this.#core.emit({type: 'connection', state: 'online'}, {type: 'sync', phase: 'finish'});
  }

  #failed(error: SourceError): void {
    const {code, cause} = error;
    const state = code === 'auth' ? sessionState(cause) : code === 'rate-limited' ? 'connecting' : 'offline';
    if (state === this.#state) return;
    this.#state = state;
    this.#tried = true;
    this.#core.emit({type: 'connection', state}, {type: 'sync', phase: 'fail', error});
  }

  /** Waits for something to happen, until something is to be asked at once. */
  #wait(signal: AbortSignal): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#urgent > 0) throw new SourceError('aborted', 'Others come first');
      this.#poll = new AbortController();
      if (this.#window === 0) this.#window = 20;
      const end = (): void => this.#poll?.abort();
      signal.addEventListener('abort', end);
      try {
        // A connection that is back is told at once.
        await this.#step(this.#state === 'online' ? POLL_MS : 0, this.#poll.signal);
      } finally {
        signal.removeEventListener('abort', end);
      }
    });
  }

  /** Asks at once, in place of waiting, unless the request before it has brought what is needed. */
  #now(signal: AbortSignal, needed: () => boolean): Promise<void> {
    this.#urgent++;
    const done = this.#inTurn(async () => {
      this.#urgent--;
      if (!signal.aborted && needed()) await this.#step(0, signal);
    });
    if (this.#pos !== undefined) this.#poll?.abort();
    return this.#core.run(() => done, signal);
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#queue.then(work);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  async #step(timeout: number, signal: AbortSignal): Promise<void> {
    const [window, epoch] = [Math.max(1, this.#window), this.#epoch];
    try {
      const query = {pos: this.#pos, timeout: String(timeout)};
      const body = {conn_id: this.#connection, room_subscriptions: this.#wanted, ...slidingBody(window)};
      const lists = this.#core.run(
        (ends) => ask(this.#server, {method: 'POST', path: SLIDING, query, body, signal: ends}),
        signal,
        timeout + this.#core.timeoutMs,
      );
      const [answer] = await Promise.all([lists, this.#identify(signal)]);
      if (epoch !== this.#epoch) return;
      const {pos} = answer;
      const count = (Object((Object(answer['lists']) as Json)['all']) as Json)['count'];
      if (typeof pos !== 'string' || typeof count !== 'number') {
        throw new SourceError('invalid-data', 'The homeserver gave no sliding sync');
      }
      this.#take(this.#book.takeLists(answer));
      this.#pos = pos;
      this.#covered = window;
      this.frontier = window >= count ? -Infinity : this.#book.stampAt(window - 1);
    } catch (thrown) {
      if (toMatrixError(thrown).nativeCode !== UNKNOWN_POS || epoch !== this.#epoch) throw thrown;
      // The list pages again, by a new connection.
      this.#forgetLists();
      this.#core.gap();
    }
  }

  /** The classic sync, which those share who wait for it. */
  #sync(timeout: number): Promise<void> {
    const epoch = this.#epoch;
    const sync = async (more: number): Promise<void> => {
      const since = this.#since;
      const patience = since === undefined ? FIRST_SYNC_MS : timeout + this.#core.timeoutMs;
      const answer = await this.#core.run(
        (ends) => ask(this.#server, {
          method: 'GET',
          path: `${V3}/sync`,
          query: {since, timeout: String(timeout), filter: SYNC_FILTER, set_presence: 'offline'},
          signal: ends,
        }),
        this.#running?.signal,
        patience,
      );
      if (epoch !== this.#epoch) return;
      if (typeof answer['next_batch'] === 'string') this.#since = answer['next_batch'];
      this.#take(this.#book.takeSync(answer));
      // Synapse keeps its answers for minutes and gives them again, but for one that leads no further.
      if (more > 0 && this.#since !== since) await sync(more - 1);
    };
    this.#syncing ??= sync(this.#since === undefined ? CATCH_UP : 0).finally(() => {
      if (epoch === this.#epoch) this.#syncing = undefined;
    });
    return this.#syncing;
  }

  #take(changes: readonly Change[]): void {
    for (const [id, ...fields] of changes) {
      if (this.#book.isGone(id)) this.#core.gone(id);
      this.#core.touch([id], ...fields);
    }
  }

  async #identify(signal: AbortSignal): Promise<void> {
    if (this.#book.self !== undefined) return;
    const whoami = {method: 'GET', path: `${V3}/account/whoami`};
    const {user_id: user} = await this.#core.run((ends) => ask(this.#server, {...whoami, signal: ends}), signal);
    if (typeof user === 'string') this.#book.self = user;
  }
}
