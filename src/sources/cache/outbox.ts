import {SourceError, toSourceError, type SourceErrorCode} from '../../model/errors.js';
import type {ConversationSource, OpOptions, OpResult} from '../../model/source.js';
import {applied, type QueuedName, type StoredOp} from './actions.js';
import {within, type Reading, type Writing} from './database.js';
import {MENTION, UNREAD} from './keys.js';
import {baseOf} from './record.js';
import type {Message, Table} from './table.js';
import type {Known, Writer} from './writer.js';

/** Milliseconds for the server to take an action, before the next try. */
const SERVER_PATIENCE = 30_000;
/** Milliseconds that a call waits for the server's word; after that it counts as queued. */
const WAIT = 2000;
/** Failures that are not for want of a connection, before an action is given up. */
const TRIES = 5;
/** Failures for want of a connection: they cost an action nothing. */
const UNCONNECTED: ReadonlySet<SourceErrorCode> = new Set<SourceErrorCode>(['network', 'timeout', 'not-ready']);

/** What became of an action. */
interface Settled {
  /** The server's answer, where it is known here. */
  readonly value?: unknown;
  readonly error?: SourceError | undefined;
  /** The conversations for which it was refused. */
  readonly refused?: readonly string[];
}

/** What the outbox needs of its source. */
export interface OutboxHost {
  readonly table: Table;
  readonly remote: ConversationSource;
  /** Whether this tab sends. */
  readonly leading: boolean;
  /** A page asked for earlier knows nothing of what the server just took. */
  touch(ids: readonly string[]): void;
  /** An action was refused for which nobody waits any more. */
  refused(error: SourceError): void;
  /** The database failed. */
  failed(reason: unknown): void;
}

/** Actions shown at once, kept in the database until the server takes them, and sent in order by one tab. */
export class Outbox {
  readonly #host: OutboxHost;
  readonly #waiting = new Map<number, (settled: Settled) => void>();
  #sending = false;
  #again = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: OutboxHost) {
    this.#host = host;
  }

  /** Shows an action, keeps it, and waits a little for what the server says. */
  async add(name: QueuedName, args: readonly unknown[], {signal}: OpOptions = {}): Promise<unknown> {
    if (signal?.aborted) throw new SourceError('aborted', 'Aborted', {cause: signal.reason});
    const {table} = this.#host;
    const [target] = args as [string | readonly string[]];
    const several = name === 'markRead' || name === 'setMark';
    let ids = several && Array.isArray(target) ? (target as readonly string[]) : [target as string];
    const key = await table.write(async (writer) => {
      if (name === 'markRead' && target === 'all') ids = await writer.idsOf(UNREAD, MENTION);
      // Of drafts only the last counts.
      if (name === 'setDraft') await dropDrafts(writer, target as string);
      const added = await writer.tx.objectStore('queue').add({name, args, ids, at: Date.now(), tries: 0});
      await show(writer, ids);
      return added;
    });
    const answer = new Promise<Settled>((resolve) => this.#waiting.set(key, resolve));
    if (this.#host.leading) this.send();
    else table.post({type: 'work'});
    const {value, error, refused = []} = await within(answer, WAIT).catch((): Settled => ({}));
    this.#waiting.delete(key);
    if (error && !(several && refused.length < ids.length)) throw error;
    if (!several || value !== undefined) return value;
    return ids.map((id): OpResult => (error && refused.includes(id) ? {id, error} : {id}));
  }

  /** Sends what is kept, if this tab sends. */
  send(): void {
    this.#again = true;
    if (!this.#sending) void this.#run();
  }

  /** Another tab says what became of an action. */
  hear({op, error, refused}: Extract<Message, {type: 'settled'}>): void {
    this.#waiting.get(op)?.({refused, error: error && new SourceError(error.code as SourceErrorCode, error.message)});
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  async #run(): Promise<void> {
    this.#sending = true;
    try {
      while (this.#again && this.#host.leading) {
        this.#again = false;
        while (this.#host.leading && (await this.#sendNext()));
      }
    } catch (thrown) {
      this.#host.failed(thrown);
    } finally {
      this.#sending = false;
    }
  }

  /** Returns whether there may be another to send. */
  async #sendNext(): Promise<boolean> {
    const {table, remote} = this.#host;
    const next = await table.read(async (tx) => {
      const cursor = await tx.objectStore('queue').openCursor();
      return cursor && {key: cursor.key, op: cursor.value};
    });
    if (!next || !this.#host.leading) return false;
    const {key, op} = next;
    let settled: Settled;
    try {
      const sent = Promise.resolve(perform(remote, op));
      settled = {value: await within(sent, SERVER_PATIENCE, () => new SourceError('timeout', 'No answer to an action.'))};
    } catch (thrown) {
      const error = toSourceError(thrown);
      if (error.retryable && (UNCONNECTED.has(error.code) || op.tries < TRIES)) {
        const tries = UNCONNECTED.has(error.code) ? op.tries : op.tries + 1;
        await table.write(async ({tx}) => void (await tx.objectStore('queue').put({...op, tries}, key)));
        this.#later(error.retryAfterMs ?? 1000 * 2 ** Math.min(tries + 2, 6) * (0.5 + Math.random() / 2));
        this.#settle(key, {});
        return false;
      }
      settled = {error};
    }
    await this.#conclude(key, op, settled);
    return true;
  }

  async #conclude(key: number, op: StoredOp, settled: Settled): Promise<void> {
    const {table} = this.#host;
    const results = Array.isArray(settled.value) ? (settled.value as readonly OpResult[]) : [];
    const refused = settled.error ? op.ids : results.flatMap(({id, error}) => (error ? id : []));
    const taken = op.ids.filter((id) => !refused.includes(id));
    this.#host.touch(taken);
    const there = await table.write(async (writer) => {
      await writer.tx.objectStore('queue').delete(key);
      await show(writer, op.ids, {...op, ids: taken});
      return (await writer.get(op.ids)).some(Boolean);
    });
    const error = settled.error ?? results.find((result) => result.error)?.error;
    if (this.#settle(key, {...settled, error, refused})) return;
    // What has gone in the meantime needs no action.
    if (error && (there || error.code !== 'not-found')) this.#host.refused(error);
  }

  /** Returns whether somebody waits here; in another tab somebody may. */
  #settle(op: number, {value, error, refused = []}: Settled): boolean {
    const waiting = this.#waiting.get(op);
    // Who waits here gets the server's own answer.
    if (waiting) waiting(value === undefined ? {error, refused} : {value});
    else this.#host.table.post({type: 'settled', op, refused, ...(error && {error: {code: error.code, message: error.message}})});
    return waiting !== undefined;
  }

  #later(ms: number): void {
    clearTimeout(this.#timer);
    if (!this.#host.leading) return;
    this.#timer = setTimeout(() => this.send(), ms);
  }
}

function perform(remote: ConversationSource, {name, args}: StoredOp): unknown {
  if (!remote[name]) throw new SourceError('unsupported', `The source has no ${String(name)}().`);
  return (remote[name] as (...args: readonly unknown[]) => unknown).apply(remote, args as unknown[]);
}

/** What the server has not taken yet, in order. */
export async function pending(tx: Reading | Writing): Promise<readonly StoredOp[]> {
  return (tx as Reading).objectStore('queue').getAll();
}

/** Shows rows anew by the actions that are kept now. `taken`: the server has done this one, though it has not said how. */
async function show(writer: Writer, ids: readonly string[], taken?: StoredOp): Promise<void> {
  const ops = await pending(writer.tx);
  const known = await writer.get(ids);
  for (const before of known) if (before) showOne(writer, before, ops, taken);
  // What is read at once is no longer counted, until the server gives its own total.
  await writer.adjustTotal();
}

function showOne(writer: Writer, before: Known, ops: readonly StoredOp[], taken: StoredOp | undefined): void {
  const said = baseOf(before.row);
  if (!said) return;
  const base = taken ? applied([taken], said) : said;
  const more = ops.some((op) => op.ids.includes(base.id));
  writer.set(more ? applied(ops, base) : base, before, more ? base : undefined);
}

async function dropDrafts({tx}: Writer, id: string): Promise<void> {
  const queue = tx.objectStore('queue');
  const [keys, ops] = await Promise.all([queue.getAllKeys(), queue.getAll()]);
  await Promise.all(keys.map((key, i) => ops[i]?.name === 'setDraft' && ops[i].args[0] === id && queue.delete(key)));
}
