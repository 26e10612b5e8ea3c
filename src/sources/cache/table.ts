import type {Conversation} from '../../model/conversation.js';
import type {SourceError} from '../../model/errors.js';
import type {SourceEvent} from '../../model/source.js';
import {Database, type Connection, type Reading} from './database.js';
import {upTo} from './keys.js';
import {fromRow} from './record.js';
import {Writer} from './writer.js';

/** Entries that the log keeps: a tab that has slept through more reads everything anew. */
const LOG = 500;
/** Entries that a tab catches up with one by one. */
const CATCH_UP = 200;
/** Rows read or written in one task: the page's frames wait for it. */
export const SLICE = 50;

/** What tabs tell each other. `log`: there is something new in the database, which alone says what. */
export type Message =
  | {readonly type: 'log' | 'hello' | 'work'}
  | {readonly type: 'events'; readonly events: readonly SourceEvent[]}
  | {
      readonly type: 'settled';
      readonly op: number;
      readonly error?: {readonly code: string; readonly message: string};
      /** The conversations for which it was refused. */
      readonly refused: readonly string[];
    };

/** An error loses its class on the way to another tab. */
function portable(event: SourceEvent): SourceEvent {
  if (event.type !== 'sync' || !event.error) return event;
  const {code, message} = event.error;
  return {...event, error: {code, message} as SourceError};
}

/** What a table tells its source. */
export interface TableHost {
  tell(...events: SourceEvent[]): void;
  /** Everything was emptied, here or in another tab. */
  emptied(): void;
  /** Somebody has deleted the database; what there is now began anew. */
  renewed(): void;
  hear(message: Message): void;
  /** The database is not to be used any more. */
  lost(reason: unknown): void;
}

/**
 * One account's conversations in the database, the same in every tab.
 *
 * All changes, its own and those of other tabs, are told in the order in which they were written.
 */
export class Table {
  /** Of whoever writes what the server says: who is typing and who is there passes with it. -1: nobody, so far. */
  epoch = -1;

  readonly #database: Database;
  readonly #name: string;
  readonly #host: TableHost;
  #channel: BroadcastChannel | undefined;
  #chain: Promise<unknown> = Promise.resolve();
  /** The last entry of the log that was told. */
  #last = 0;
  #uses = 0;
  #complained = false;
  /** The catching up that has not begun. */
  #next: Promise<void> | undefined;

  /** @param instead - what to use where there is no IndexedDB at all */
  constructor(name: string, host: TableHost, instead?: (reason: unknown) => Connection) {
    this.#name = name;
    this.#host = host;
    // What is open elsewhere was closed too, so that nobody else would say what has become of it.
    this.#database = new Database(name, (reason) => host.lost(reason), () => this.#uses > 0 && this.#wake(), instead);
  }

  /** Begins to follow the other tabs. */
  async listen(): Promise<void> {
    this.#uses++;
    if (typeof BroadcastChannel === 'function') {
      this.#channel = new BroadcastChannel(this.#name);
      this.#channel.addEventListener('message', ({data}: MessageEvent<Message>) => {
        if (data.type === 'log') void this.follow().catch(() => undefined);
        else this.#host.hear(data);
        // Somebody leads: what passes quickly counts.
        if (this.epoch < 0) this.#wake();
      });
    }
    globalThis.addEventListener?.('pageshow', this.#wake);
    await this.#queued(async () => {
      await this.#database.run('readonly', async (tx) => {
        this.#last = await newest(tx);
      });
    });
  }

  unlisten(): void {
    globalThis.removeEventListener?.('pageshow', this.#wake);
    this.#channel?.close();
    this.#channel = undefined;
    this.#release();
  }

  post(message: Message): void {
    this.#channel?.postMessage(message);
  }

  /** Tells something that is not in the database, in every tab. */
  announce(...events: SourceEvent[]): void {
    this.#host.tell(...events);
    this.post({type: 'events', events: events.map(portable)});
  }

  kill(reason: unknown): void {
    this.#database.kill(reason);
  }

  /** When everything has been written that is on its way now, or has failed. */
  settled(): Promise<unknown> {
    return this.#chain;
  }

  async read<T>(work: (tx: Reading) => Promise<T>): Promise<T> {
    this.#uses++;
    try {
      return await this.#database.run('readonly', work);
    } finally {
      this.#release();
    }
  }

  /** Says once that rows could not be read. */
  complain(broken: number): void {
    if (broken === 0 || this.#complained) return;
    this.#complained = true;
    console.warn(`im-conversation-list: ${broken} kept conversations could not be read, and are left out.`);
  }

  /** Makes changes in one transaction; when it has come through they are told, and to the other tabs. */
  write<T>(work: (writer: Writer) => Promise<T>): Promise<T> {
    return this.#queued(async () => {
      let writer: Writer | undefined;
      let entry = 0;
      const result = await this.#database.run('readwrite', async (tx) => {
        writer = new Writer(tx, this.epoch);
        const value = await work(writer);
        const {changed, gone, emptied} = writer;
        if (changed.size + gone.size > 0 || emptied) {
          const ids = [...changed.keys(), ...gone];
          const log = tx.objectStore('log');
          entry = await log.add(emptied ? {ids, emptied} : {ids});
          if (entry > LOG) await log.delete(upTo(entry - LOG));
        }
        return value;
      });
      const {changed, gone, isNew, emptied, total, groups} = writer as unknown as Writer;
      if (entry > 0) {
        this.post({type: 'log'});
        // What another tab wrote in between comes first; an entry that is none is of another log.
        if (entry !== this.#last + 1 && this.#channel) await this.#catchUp();
        else {
          this.#last = entry;
          this.#tell([...changed.values()], [...gone], isNew, emptied);
        }
      }
      if (groups) this.announce({type: 'groups', groups});
      if (total !== undefined) this.announce({type: 'unread', total});
      return result;
    });
  }

  /** Tells which of these the server does not have, once what is kept is all that it has. Resolves to whether it is. */
  async tellMissing(ids: readonly string[]): Promise<boolean> {
    return this.#queued(async () => {
      const gone: string[] = [];
      const complete = await this.#database.run('readonly', async (tx) => {
        for (let i = 0; i < ids.length; i += SLICE) {
          const slice = ids.slice(i, i + SLICE);
          const keys = await Promise.all(slice.map((id) => tx.objectStore('rows').getKey(id)));
          gone.push(...slice.filter((_, at) => keys[at] === undefined));
        }
        return (await tx.objectStore('meta').get('complete')) === true;
      });
      if (complete) this.#tell([], gone, false, false);
      return complete;
    });
  }

  /** Tells what other tabs have written. */
  follow(): Promise<void> {
    // One that has not begun will find whatever there is by then.
    return (this.#next ??= this.#queued(() => {
      this.#next = undefined;
      return this.#catchUp();
    }));
  }

  readonly #wake = (): void => void this.follow().catch(() => undefined);

  async #catchUp(): Promise<void> {
    const seen = this.#last;
    await this.#database.run('readonly', async (tx) => {
      const log = tx.objectStore('log');
      const range = IDBKeyRange.lowerBound(seen, true);
      const [keys, entries] = await Promise.all([log.getAllKeys(range), log.getAll(range)]);
      const [first, last] = [keys[0], keys.at(-1)];
      this.epoch = Number(await tx.objectStore('meta').get('epoch')) || 0;
      if (first === undefined || last === undefined) return this.#checkAge(await newest(tx));
      const emptied = entries.some((entry) => entry.emptied);
      const ids = new Set(entries.flatMap((entry) => entry.ids));
      const changed: Conversation[] = [];
      const gone: string[] = [];
      const slept = first > seen + 1 || entries.length > CATCH_UP;
      const read = async (id: string): Promise<void> => {
        const row = await tx.objectStore('rows').get(id);
        const c = row && fromRow(row, this.epoch);
        if (c) changed.push(c);
        else gone.push(id);
      };
      const wanted = slept ? [] : [...ids];
      for (let i = 0; i < wanted.length; i += SLICE) await Promise.all(wanted.slice(i, i + SLICE).map(read));
      this.#last = last;
      this.#tell(changed, gone, false, emptied);
      if (slept) this.#host.tell({type: 'reset', reason: 'gap'});
    });
  }

  /** A log that ends before what was read of it is another one. */
  #checkAge(entry: number): void {
    if (entry >= this.#last) return;
    this.#last = entry;
    this.#host.renewed();
  }

  #tell(conversations: readonly Conversation[], ids: readonly string[], isNew: boolean, emptied: boolean): void {
    if (emptied) this.#host.emptied();
    if (conversations.length > 0) this.#host.tell({type: 'upsert', conversations, isNew});
    if (ids.length > 0) this.#host.tell({type: 'remove', ids, reason: 'deleted'});
  }

  /** One after another, so that what is told keeps its order. */
  #queued<T>(step: () => Promise<T>): Promise<T> {
    this.#uses++;
    const done = this.#chain.then(step).finally(() => this.#release());
    this.#chain = done.catch(() => undefined);
    return done;
  }

  #release(): void {
    if (--this.#uses === 0) this.#database.close();
  }
}

/** The last entry of the log. */
async function newest(tx: Reading): Promise<number> {
  return (await tx.objectStore('log').openKeyCursor(null, 'prev'))?.key ?? 0;
}
