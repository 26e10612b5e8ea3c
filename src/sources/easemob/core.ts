import {SourceError, toSourceError} from '../../model/errors.js';
import type {SourceEvent} from '../../model/source.js';
import {Listeners} from '../shared/listeners.js';
import {Calls, NO_TIMEOUT} from '../shared/calls.js';
import {toEasemobError} from './errors.js';
import {listen} from './events.js';
import {look, namesIn} from './lookups.js';
import {keyOf, PINNED, mentionIn, newRow, readItem, readTime, snapshot, targetOf, type Names, type Row} from './rows.js';
import type {EasemobConnection, EasemobMessage, EasemobProfile, EasemobProfiles} from './types.js';

/** Most entries in an answer. */
export const MAX_PAGE = 50;
/** The first wait before conversations that are not known are looked for again, and the longest. */
const RETRY_MS = [2000, 60_000] as const;

/** A walk over the server's lists: first those that are pinned, which have a list of their own, then all. */
export interface Pass {
  pinned: boolean;
  cursor: string;
  /** Rows with a greater key are here. */
  frontier: bigint;
  done: boolean;
  readonly began: number;
  readonly named: Set<string>;
  /** One request at a time. */
  loading?: Promise<void> | undefined;
}

let handlers = 0;

/** What the source and its parts share: the connection, what is known of its conversations, and those who listen. */
export class EasemobCore implements Names {
  /** Kept up to date by events while somebody listens. */
  readonly rows = new Map<string, Row>();
  readonly profiles = new Map<string, EasemobProfile>();
  readonly listeners = new Listeners(
    () => this.sdk.addEventHandler(this.#handler, listen(this)),
    () => {
      this.sdk.removeEventHandler(this.#handler);
      this.forget();
    },
  );
  readonly calls: Calls;
  /** Greater at every event and action. */
  clock = 0;
  disposed = false;

  readonly #handler = `im-conversation-list-${++handlers}`;
  #pass: Pass | undefined;
  #epoch = 0;
  /** What is to be done to conversations that are not known yet. */
  readonly #waiting: (readonly [string, (row: Row) => void, boolean])[] = [];
  #retry: ReturnType<typeof setTimeout> | undefined;
  #seeking = false;
  #failures = 0;

  constructor(
    readonly sdk: EasemobConnection,
    readonly marks: ReadonlyMap<number, string>,
    readonly find: EasemobProfiles,
    readonly silentModes: boolean,
    readonly includeEmpty: boolean,
    timeoutMs: number,
  ) {
    this.calls = new Calls(timeoutMs, toEasemobError);
  }

  get self(): string | undefined {
    return this.sdk.user || undefined;
  }

  emit(...events: SourceEvent[]): void {
    if (!this.disposed) this.listeners.emit(...events);
  }

  /** What is known is not to be relied on any more. */
  forget(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.#failures = 0;
    this.#waiting.length = 0;
    this.rows.clear();
    this.#epoch++;
    this.#pass = undefined;
  }

  /** The walk under way, or a new one. */
  pass(anew: boolean): Pass {
    if (anew && this.listeners.size === 0) this.rows.clear();
    if (anew || !this.#pass) {
      this.#pass = {
        pinned: typeof this.sdk.getServerPinnedConversations === 'function',
        cursor: '',
        frontier: 2n * PINNED,
        done: false,
        began: this.clock,
        named: new Set(),
      };
    }
    return this.#pass;
  }

  /** Walks on by one request, which those share who ask at the same time; a signal ends only the waiting. */
  load(pass: Pass, signal?: AbortSignal): Promise<void> {
    return this.calls.run(
      () => (pass.loading ??= this.#load(pass).finally(() => (pass.loading = undefined))),
      signal,
      NO_TIMEOUT,
    );
  }

  async #load(pass: Pass): Promise<void> {
    const {frontier} = pass;
    const fetched = await this.#fetch(pass.pinned, pass.cursor);
    if (!fetched) return;
    const {rows, next} = fetched;
    const late = rows.filter((row) => !pass.named.has(row.id) && keyOf(row) > frontier);
    for (const row of rows) {
      pass.named.add(row.id);
      const key = keyOf(row);
      // Where a conversation without a message stands in the server's order is not told: such come last.
      if (key > 0n && key < pass.frontier) pass.frontier = key;
    }
    // Pages have gone past their place.
    this.tell(late.map(({id}) => id));
    pass.cursor = next;
    if (next !== '') return;
    if (!pass.pinned) {
      pass.done = true;
      for (const [id, {touched}] of this.rows) if (touched <= pass.began && !pass.named.has(id)) this.rows.delete(id);
    }
    pass.pinned = false;
    if (pass.frontier > PINNED) pass.frontier = PINNED;
  }

  /**
   * Takes in a part of one of the lists: what an event has changed since it was asked for stays as the event left it.
   * `undefined` if what is known was forgotten meanwhile: the answer is of a time before.
   */
  async #fetch(pinned: boolean, cursor: string): Promise<{rows: readonly Row[]; next: string} | undefined> {
    const [epoch, asked] = [this.#epoch, this.clock];
    const params = {pageSize: MAX_PAGE, cursor, ...(this.includeEmpty && {includeEmptyConversations: true})};
    const answer = await this.calls.run(() =>
      pinned ? this.sdk.getServerPinnedConversations?.(params) : this.sdk.getServerConversations(params),
    );
    const {conversations, cursor: next} = answer?.data ?? {};
    if (!Array.isArray(conversations)) throw new SourceError('invalid-data', 'The SDK gave no list of conversations');
    const rows = conversations.flatMap((item) => readItem(item, this.self, this.rows) ?? []);
    await look(this, rows);
    if (epoch !== this.#epoch) return undefined;
    const landed = rows.map((row) => {
      const known = this.rows.get(row.id);
      if (known && known.touched > asked) return known;
      this.rows.set(row.id, row);
      return row;
    });
    // Documented is the word 'undefined', which other versions and lists spell in other ways.
    const end = typeof next !== 'string' || next === 'undefined' || next === cursor;
    return {rows: landed, next: end ? '' : next};
  }

  /** Walks to the end of the server's lists. */
  async loadAll(signal?: AbortSignal): Promise<void> {
    for (;;) {
      const pass = this.pass(false);
      if (pass.done) return;
      await this.load(pass, signal);
    }
  }

  /** Tells of those that are known as they stand now, and again when the names in them are. */
  tell(ids: Iterable<string>): void {
    const rows = [...new Set(ids)].flatMap((id) => this.rows.get(id) ?? []);
    if (rows.length === 0) return;
    this.emit({type: 'upsert', conversations: rows.map((row) => snapshot(row, this))});
    const fresh = rows.filter((row) => row.native === undefined);
    for (const row of fresh) row.native = null;
    if (fresh.length === 0 && rows.every((row) => namesIn(row).every((id) => this.profiles.has(id)))) return;
    const {size} = this.profiles;
    void look(this, rows).then(() => {
      if (fresh.length > 0 || this.profiles.size > size) this.tell(rows.map(({id}) => id));
    });
  }

  /**
   * Changes conversations and tells of it; those that are not known are looked for first.
   *
   * @param begin - one that the server does not list either begins with it
   */
  change(ids: readonly string[], change: (row: Row) => void, begin = false): void {
    if (this.listeners.size === 0) return;
    for (const id of ids) {
      if (this.rows.has(id) || this.#pass?.done) this.#apply(id, change, begin);
      else this.#waiting.push([id, change, begin]);
    }
    this.tell(ids);
    if (this.#waiting.length > 0 && !this.#seeking && this.#retry === undefined) void this.#seek();
  }

  #apply(id: string, change: (row: Row) => void, begin: boolean): void {
    const row = this.rows.get(id) ?? (begin ? newRow(id) : undefined);
    if (!row) return;
    this.rows.set(id, row);
    row.touched = ++this.clock;
    change(row);
  }

  remove(ids: readonly string[]): void {
    for (const id of ids) this.rows.delete(id);
    this.emit({type: 'remove', ids, reason: 'deleted'});
  }

  async #seek(): Promise<void> {
    this.#seeking = true;
    this.#retry = undefined;
    try {
      // Where something has just happened is the top, which the walk under way has behind it.
      await this.#fetch(false, '');
      if (this.#waiting.some(([id]) => !this.rows.has(id))) await this.loadAll();
      this.#failures = 0;
      const waiting = this.#waiting.splice(0);
      for (const [id, change, begin] of waiting) this.#apply(id, change, begin);
      this.tell(waiting.map(([id]) => id));
    } catch (thrown) {
      const [first, most] = RETRY_MS;
      if (toSourceError(thrown).retryable && this.#waiting.length > 0) {
        this.#retry = setTimeout(() => void this.#seek(), Math.min(most, first * 2 ** this.#failures++));
      }
    }
    this.#seeking = false;
  }

  /** Takes a message in, which may begin a conversation. */
  receive(message: EasemobMessage): void {
    const {chatType, from, to} = message;
    const own = !from || from === this.self;
    const id = `${chatType}|${chatType === 'singleChat' && !own ? from : to}`;
    if (!to || !targetOf(id) || message.chatThread) return;
    // The SDK's own goes on living.
    const copy = {...message, time: readTime(message.time) || Date.now()};
    const take = (row: Row): void => {
      const {last} = row;
      // After a login the SDK delivers messages that the server's list has counted already.
      if (last && (copy.time < readTime(last.time) || (copy.id !== undefined && copy.id === last.id))) return;
      row.last = copy;
      row.recalled = row.delivery = undefined;
      if (own) return;
      row.unread++;
      row.mention = mentionIn(copy, this.self, row.mention);
    };
    this.change([id], take, true);
  }

  dispose(): void {
    this.disposed = true;
    this.sdk.removeEventHandler(this.#handler);
    this.forget();
    this.calls.end();
  }
}
