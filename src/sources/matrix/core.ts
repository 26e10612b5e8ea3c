import {countsInTotal, type Conversation} from '../../model/conversation.js';
import {matches, type ConversationFilter} from '../../model/filter.js';
import {compareSortable} from '../../model/order.js';
import {sameConversation} from '../../model/same.js';
import type {SourceEvent} from '../../model/source.js';
import {Listeners} from '../shared/listeners.js';
import {timeKey} from '../shared/rows.js';
import {settle} from '../shared/settle.js';
import {toMatrixError} from './errors.js';
import {toConversation, type RoomFacts} from './rooms.js';

/** What counts toward the unread total, of a room that may not be listed yet. */
export type RoomCount = Pick<RoomFacts, 'id' | 'unread' | 'notify' | 'invited' | 'tags'>;

/** Where rooms come from: the SDK's client, or a homeserver. It tells the core by `touch` and `emit` what happens. */
export interface MatrixService {
  /** The user whose rooms they are, once it is known. */
  readonly self: string | undefined;
  /** Of the rooms whose stamp is at least this all are known; `-Infinity`: of all. */
  readonly frontier: number;
  /** The account data `m.push_rules`. */
  readonly pushRules: unknown;
  ids(): Iterable<string>;
  /** `undefined` for a room that is not known, or not to be listed. */
  read(id: string): RoomFacts | undefined;
  /** All rooms' counts, as far as they are known. */
  counts(): Iterable<RoomCount>;
  /** The newest event that a receipt can name. */
  newest(id: string): string | undefined;
  /** Gets more rooms; `anew` the first ones, unless they are here and kept up to date. */
  load(anew: boolean, limit: number, signal: AbortSignal): Promise<void>;
  /** Gets these rooms, as far as there are such. */
  find(ids: readonly string[], signal: AbortSignal): Promise<void>;
  /** Waits for the counts of all rooms. */
  counted(signal: AbortSignal): Promise<void>;
  /** `path` follows `/_matrix/client/v3`. */
  request(method: string, path: string, body: object | undefined, signal: AbortSignal): Promise<unknown>;
  /** The room has been left and is not wanted any more. */
  forget(id: string, signal: AbortSignal): Promise<unknown>;
  start(): void;
  stop(): void;
}

/** What an action has done stands for this long, in milliseconds, unless the sync brings it before. */
const ECHO_MS = 10_000;
/** A list takes typing back after 6 seconds. */
const TYPING_MS = 5000;

/** What the source and its parts share: the rooms as conversations, and those who listen. */
export class MatrixCore {
  readonly service: MatrixService;
  readonly listeners = new Listeners(
    () => {
      if (!this.#life.signal.aborted) this.service.start();
    },
    () => this.#end(),
  );
  /** As last read; kept up to date while somebody listens. */
  readonly #rows = new Map<string, Conversation>();
  readonly #echoes = new Map<string, {readonly fields: Partial<RoomFacts>; readonly until: number}>();
  readonly #touched = new Set<string>();
  readonly #gone = new Set<string>();
  readonly #life = new AbortController();
  #total: number | undefined;
  #typing: ReturnType<typeof setTimeout> | undefined;

  constructor(
    create: (core: MatrixCore) => MatrixService,
    readonly timeoutMs: number,
  ) {
    this.service = create(this);
  }

  /** Waits for what may never settle. What it is given to ends with the source, the caller's signal and the timeout. */
  async run<T>(call: (signal: AbortSignal) => Promise<T> | T, signal?: AbortSignal, timeoutMs = this.timeoutMs): Promise<T> {
    const controller = new AbortController();
    const abort = (): void => controller.abort();
    const signals = [this.#life.signal, signal];
    for (const one of signals) one?.addEventListener('abort', abort);
    if (signals.some((one) => one?.aborted)) abort();
    try {
      return await settle(() => call(controller.signal), controller, toMatrixError, timeoutMs);
    } finally {
      for (const one of signals) one?.removeEventListener('abort', abort);
      abort();
    }
  }

  emit(...events: SourceEvent[]): void {
    if (!this.#life.signal.aborted) this.listeners.emit(...events);
  }

  /** Something about these rooms is new. What an action did to a field is over once the service tells of that field. */
  touch(ids: Iterable<string>, ...fields: readonly (keyof RoomFacts)[]): void {
    for (const id of ids) {
      const echo = this.#echoes.get(id);
      if (echo) {
        const left = Object.entries(echo.fields).filter(([name]) => !fields.includes(name as keyof RoomFacts));
        this.#echoes.set(id, {...echo, fields: Object.fromEntries(left)});
      }
      if (this.#touched.add(id).size === 1) queueMicrotask(() => this.flush());
    }
  }

  /** The room has been left; to be touched too. */
  gone(id: string): void {
    this.#gone.add(id);
  }

  /** An action has done this. */
  echo(id: string, fields: Partial<RoomFacts>): void {
    const before = this.#echoes.get(id);
    this.#echoes.set(id, {fields: {...before?.fields, ...fields}, until: Date.now() + ECHO_MS});
    this.touch([id]);
  }

  /** Tells of what was touched, if it differs from what was told. */
  flush(): void {
    const ids = [...this.#touched];
    this.#touched.clear();
    if (this.listeners.size === 0) {
      this.#gone.clear();
      for (const id of ids) this.#rows.delete(id);
      return;
    }
    const removed: string[] = [];
    const changed = ids.flatMap((id) => {
      const before = this.#rows.get(id);
      const row = this.#read(id);
      if (!row && (before || this.#gone.has(id))) removed.push(id);
      return row && !(before && sameConversation(before, row)) ? row : [];
    });
    this.#gone.clear();
    if (removed.length > 0) this.emit({type: 'remove', ids: removed, reason: 'left'});
    this.#tell(changed);
    this.#count();
  }

  /** What is known is not to be relied on any more: the list is to page again. */
  gap(): void {
    this.#rows.clear();
    this.emit({type: 'reset', reason: 'gap'});
  }

  /** Those that can be given by now, in order: of the others some above them are missing. */
  rows(anew: boolean): readonly Conversation[] {
    if (anew && this.listeners.size === 0) this.#rows.clear();
    this.flush();
    const {frontier} = this.service;
    if (frontier === Infinity) return [];
    const least = frontier === -Infinity ? undefined : timeKey(false, frontier);
    return Array.from(this.service.ids(), (id) => this.#rows.get(id) ?? this.#read(id))
      .filter((row) => row !== undefined)
      .filter(({orderKey}) => least === undefined || orderKey >= least)
      .map((row) => ({row, key: row.orderKey, id: row.id}))
      .sort(compareSortable)
      .map(({row}) => row);
  }

  row(id: string): Conversation | undefined {
    this.flush();
    return this.#rows.get(id) ?? this.#read(id);
  }

  /** What is known of a room, with what actions have done to it. */
  facts(id: string): RoomFacts | undefined {
    const facts = this.service.read(id);
    return facts && {...facts, ...this.#echo(id)};
  }

  /** The unread messages of all rooms that are not silent; of a filter, of those that are known. */
  total(filter?: ConversationFilter): number {
    if (filter) {
      const rows = this.rows(true).filter((row) => countsInTotal(row) && matches(filter, row));
      return rows.reduce((sum, {unreadCount}) => sum + unreadCount, 0);
    }
    let total = 0;
    for (const count of this.service.counts()) {
      const {unread, notify, invited} = {...count, ...this.#echo(count.id)};
      if (countsInTotal({notify})) total += invited ? 1 : unread;
    }
    return (this.#total = total);
  }

  dispose(): void {
    this.#end();
    this.#life.abort();
  }

  #echo(id: string): Partial<RoomFacts> | undefined {
    const echo = this.#echoes.get(id);
    if (echo && echo.until > Date.now()) return echo.fields;
    this.#echoes.delete(id);
    return undefined;
  }

  #read(id: string): Conversation | undefined {
    let row: Conversation | undefined;
    try {
      const facts = this.facts(id);
      row = facts && toConversation(facts);
    } catch {
      // Half of a room: what was known of it stays, and the next event reads it again.
      return this.#rows.get(id);
    }
    if (row) this.#rows.set(id, row);
    else this.#rows.delete(id);
    return row;
  }

  #tell(conversations: readonly Conversation[]): void {
    if (conversations.length === 0) return;
    this.emit({type: 'upsert', conversations});
    if (conversations.some(({typing}) => typing)) this.#typing ??= setTimeout(() => {
      this.#typing = undefined;
      this.#tell([...this.#rows.values()].filter(({typing}) => typing));
    }, TYPING_MS);
  }

  #count(): void {
    const before = this.#total;
    if (before === undefined) return;
    const total = this.total();
    if (total !== before) this.emit({type: 'unread', total});
  }

  #end(): void {
    this.service.stop();
    clearTimeout(this.#typing);
    this.#typing = undefined;
    this.#total = undefined;
    this.#rows.clear();
    this.#touched.clear();
  }
}
