import type {Conversation} from '../../model/conversation.js';
import {toSourceError, type SourceError} from '../../model/errors.js';
import type {ConnectionState, ConversationSource, OpResult, SourceEvent, SyncEvent} from '../../model/source.js';
import {readConversation} from '../../model/validate.js';
import {applied, type StoredOp} from './actions.js';
import {pending} from './outbox.js';
import {eachId, readKnown} from './sync-reads.js';
import {SLICE, type Table} from './table.js';
import {Walk} from './walk.js';
import type {Writer} from './writer.js';

/** Rows in one transaction: pages of the list wait for it. */
const BATCH = 200;
/** The wait before a failed sync is taken up again, ms; it doubles. */
const RETRY = 5000;
const LONGEST_RETRY = 60_000;

/** What the leader needs of its source. */
export interface LeaderHost {
  readonly table: Table;
  readonly remote: ConversationSource;
  /** Runs what needs the database; resolves to `undefined` if that failed, and the leader is at its end. */
  use<T>(work: () => Promise<T>): Promise<T | undefined>;
  tell(...events: SourceEvent[]): void;
  /** The connection may be back. */
  connected(): void;
  /** Nothing is kept any more. */
  renewed(): void;
  clear(): Promise<void>;
}

/** The one tab that listens to the server and writes down what it says. */
export class Leader {
  /** SDK objects by id: they cannot be stored, and are handed on as long as the tab lives. */
  readonly natives = new Map<string, unknown>();
  readonly #host: LeaderHost;
  readonly #signal: AbortSignal;
  /** Of this leader; once another has begun, nothing of this one is written. */
  #epoch: number | undefined;
  #clock = 0;
  #asking = 0;
  /** When an event touched a row, while pages are on their way that do not know of it. */
  readonly #touched = new Map<string, number>();
  #walk: Walk | undefined;
  #walking = false;
  #again = false;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** A row could not be stored, so what is kept is never all. */
  #left = false;
  #sync: SyncEvent | undefined;
  #connection: ConnectionState | undefined;

  constructor(host: LeaderHost, signal: AbortSignal) {
    this.#host = host;
    this.#signal = signal;
    signal.addEventListener('abort', () => clearTimeout(this.#timer));
  }

  /** Whether what the server says is written down. */
  get active(): boolean {
    return this.#epoch !== undefined && !this.#signal.aborted;
  }

  /** Takes over. Nothing is written before. */
  async begin(): Promise<void> {
    const epoch = await this.#host.use(() =>
      this.#host.table.write(async (writer) => {
        const next = (Number(await writer.meta('epoch')) || 0) + 1;
        writer.setMeta('epoch', next);
        return next;
      }),
    );
    if (epoch === undefined || this.#signal.aborted) return;
    this.#epoch = this.#host.table.epoch = epoch;
  }

  /** Writes nothing until the person is logged in again. */
  rest(): void {
    this.#epoch = undefined;
    this.#walk = undefined;
    this.end();
    this.natives.clear();
    clearTimeout(this.#timer);
  }

  /** How things stand, for a tab that has just been opened. */
  status(): readonly SourceEvent[] {
    const events: SourceEvent[] = this.#connection ? [{type: 'connection', state: this.#connection}] : [];
    return this.#sync ? [...events, this.#sync] : events;
  }

  /** Asks the server for rows: events that come meanwhile are newer than its answer. */
  async ask<T>(request: (asked: number) => Promise<T>): Promise<T> {
    if (this.#asking++ === 0) this.#touched.clear();
    try {
      return await request(this.#clock);
    } finally {
      this.#asking--;
    }
  }

  /**
   * Deletes by the server, whose answer may come before its event: what it has deleted is gone here too, unless it has told
   * more of it since.
   */
  delete(ids: readonly string[], request: () => Promise<readonly OpResult[]>): Promise<readonly OpResult[]> {
    return this.ask(async (asked) => {
      const results = await request();
      const refused = new Set(Array.isArray(results) ? results.flatMap((one: OpResult | undefined) => (one?.error ? one.id : [])) : []);
      const gone = ids.filter((id) => !refused.has(id) && (this.#touched.get(id) ?? 0) <= asked);
      if (this.active && gone.length > 0) this.receive({type: 'remove', ids: gone});
      return results;
    });
  }

  /** Pages that were asked for before know nothing of what is now known of these. */
  touch(ids: readonly string[]): void {
    this.#clock++;
    for (const id of ids) {
      this.#touched.set(id, this.#clock);
      this.#walk?.seen.add(id);
    }
  }

  receive(event: SourceEvent): void {
    const {table} = this.#host;
    if (event.type === 'reset' && event.reason === 'login' && !this.active) void this.begin().then(() => this.sync());
    if (!this.active) return this.#host.tell(event);
    switch (event.type) {
      case 'upsert':
        this.touch(event.conversations.map(({id}) => id));
        return void this.store(event.conversations);
      case 'remove':
        this.touch(event.ids);
        return void this.#write((writer) => this.#remove(writer, event.ids));
      case 'snapshot':
        this.touch(event.conversations.map(({id}) => id));
        void this.store(event.conversations);
        if (event.complete) void this.#keepOnly(new Set(event.conversations.map(({id}) => id)));
        return;
      case 'unread':
        if (Object.keys(event.filter ?? {}).length === 0) this.keep('unread', event.total);
        return table.announce(event);
      case 'groups':
        this.keep('groups', event.groups);
        return table.announce(event);
      case 'connection':
        this.#connection = event.state;
        table.announce(event);
        if (event.state !== 'online') return;
        this.#host.connected();
        return this.#sync?.phase === 'fail' ? this.sync() : undefined;
      case 'sync':
        if (event.phase === 'finish') this.sync();
        else if (event.phase !== 'start' || !this.#walking) this.#say(event);
        return;
      case 'reset':
        if (event.reason === 'logout') return void this.#host.clear();
        if (event.reason === 'login') table.announce(event);
        this.#walk = undefined;
        return this.sync();
    }
  }

  /** Writes rows of the server. `asked`: when they were asked for; absent for what it tells by itself. */
  async store(values: readonly unknown[], asked = Infinity): Promise<void> {
    const conversations = values.flatMap((value) => readConversation(value).conversation ?? []);
    for (let i = 0; i < conversations.length; i += BATCH) {
      const batch = conversations.slice(i, i + BATCH);
      await this.#write(async (writer) => {
        const ops = await pending(writer.tx);
        for (let at = 0; at < batch.length; at += SLICE) await this.#put(writer, batch.slice(at, at + SLICE), asked, ops);
        this.#left ||= writer.left;
      });
    }
  }

  async #put(writer: Writer, slice: readonly Conversation[], asked: number, ops: readonly StoredOp[]): Promise<void> {
    const walk = this.#walk;
    const known = await readKnown(writer, slice, (id) => walk?.ready === true && !walk.kept.has(id));
    slice.forEach((c, at) => {
      if ((this.#touched.get(c.id) ?? 0) > asked) return;
      const waiting = ops.some(({ids}) => ids.includes(c.id));
      const first = c.native !== undefined && !this.natives.has(c.id);
      if (c.native !== undefined) this.natives.set(c.id, c.native);
      this.#walk?.kept.add(c.id);
      // News is told even if the cache knew: a list may have older pages from the source behind.
      writer.set(waiting ? applied(ops, c) : c, known[at], waiting ? c : undefined, first || asked === Infinity);
    });
  }

  keep(key: 'unread' | 'groups', value: unknown): void {
    void this.#write(async (writer) => writer.setMeta(key, value));
  }

  /** Walks all pages of the server, and drops what they did not name. */
  sync(): void {
    if (!this.active) return;
    this.#again = true;
    clearTimeout(this.#timer);
    if (!this.#walking) void this.#run();
  }

  /** Says that a sync ends, where it cannot go on. */
  end(): void {
    const open = this.#sync && this.#sync.phase !== 'finish';
    this.#sync = undefined;
    if (open) this.#host.tell({type: 'sync', phase: 'finish'});
  }

  async #run(): Promise<void> {
    this.#walking = true;
    this.#say({type: 'sync', phase: 'start'});
    try {
      while (this.#again && this.active) {
        this.#again = false;
        await this.#pass((this.#walk ??= new Walk(this.#host.remote)));
      }
      if (this.active) this.#say({type: 'sync', phase: 'finish'});
      this.#failures = 0;
    } catch (thrown) {
      if (this.active) this.#fail(toSourceError(thrown));
    } finally {
      this.#walking = false;
    }
  }

  async #pass(walk: Walk): Promise<void> {
    const step = (): Promise<boolean> =>
      this.ask((asked) =>
        walk.step(this.#signal, async (conversations) => {
          if (!walk.ready) await this.#host.use(() => eachId(this.#host.table, (id) => walk.kept.add(id)));
          walk.ready = true;
          await this.store(conversations, asked);
        }),
      );
    while (!(await step())) if (!this.active || this.#walk !== walk) return;
    if (!this.active || this.#walk !== walk) return;
    // Until then, events go on to say what is there.
    await this.#keepOnly(walk.seen, walk.kept);
    if (this.#walk === walk) this.#walk = undefined;
  }

  #fail(error: SourceError): void {
    if (this.#walk?.resumes !== true || !error.retryable) this.#walk = undefined;
    this.#say({type: 'sync', phase: 'fail', error});
    if (!error.retryable) return;
    const wait = Math.min(RETRY * 2 ** this.#failures++, LONGEST_RETRY) * (0.5 + Math.random() / 2);
    this.#timer = setTimeout(() => this.sync(), Math.max(wait, error.retryAfterMs ?? 0));
  }

  #say(event: SyncEvent): void {
    this.#sync = event;
    this.#host.table.announce(event);
  }

  /** Drops all rows but these, and those of which is told meanwhile; not at once, since pages of the list wait for it. */
  #keepOnly(seen: ReadonlySet<string>, kept?: ReadonlySet<string>): Promise<void> {
    return this.ask(async (asked) => {
      const {table} = this.#host;
      await table.settled();
      const gone: string[] = [];
      const take = (id: string): unknown => seen.has(id) || gone.push(id);
      if (kept) kept.forEach(take);
      else await this.#host.use(() => eachId(table, take));
      for (let i = 0; i < gone.length; i += BATCH) {
        const stillGone = (id: string): boolean => !seen.has(id) && (this.#touched.get(id) ?? 0) <= asked;
        await this.#write((writer) => this.#remove(writer, gone.slice(i, i + BATCH).filter(stillGone)));
      }
      await this.#write(async (writer) => writer.setMeta('complete', !this.#left));
    });
  }

  async #remove(writer: Writer, ids: readonly string[]): Promise<void> {
    const known = await writer.get(ids);
    ids.forEach((id, i) => {
      this.natives.delete(id);
      this.#walk?.kept.delete(id);
      writer.remove(id, known[i]);
    });
  }

  /** Writes, unless another has taken over or everything was cleared. */
  async #write(work: (writer: Writer) => Promise<void>): Promise<void> {
    const epoch = this.#epoch;
    await this.#host.use(() =>
      this.#host.table.write(async (writer) => {
        if (epoch === undefined || epoch !== this.#epoch) return;
        const now = await writer.meta('epoch');
        if (now === epoch) return work(writer);
        // No number at all: the database was deleted.
        if (now === undefined) this.#host.renewed();
        else this.rest();
      }),
    );
  }
}
