import {openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction} from 'idb';
import {fromRow, toRow, type StoredRow} from './record.js';
import type {StoredOp} from './actions.js';
import type {Tag} from './keys.js';

/** What one transaction changed, for other tabs: ids only, since the rows themselves are the truth. */
export interface LogEntry {
  readonly ids: readonly string[];
  /** Everything was emptied. */
  readonly emptied?: boolean;
}

export interface Schema extends DBSchema {
  rows: {key: string; value: StoredRow; indexes: {by: Tag}};
  /** Actions that the server has not taken yet, in order. */
  queue: {key: number; value: StoredOp};
  meta: {key: string; value: unknown};
  log: {key: number; value: LogEntry};
}

const STORES = ['rows', 'queue', 'meta', 'log'] as const;
export type Stores = typeof STORES;
export type Reading = IDBPTransaction<Schema, Stores, 'readonly'>;
export type Writing = IDBPTransaction<Schema, Stores, 'readwrite'>;

/** Version 1 had no log, and found rows by type, mark and group only. */
export const VERSION = 2;
/** Milliseconds after which the database counts as hung. */
export const PATIENCE = 2500;

/** Attempts to open it, and milliseconds between them, where the browser breaks one off. */
const TRIES = 4;
const PAUSE = 150;

/** Of an account's database: no two pairs share one. */
export function databaseName(name: string, account: string): string {
  return `im-conversation-list/${JSON.stringify([name, account])}`;
}

/** Rejects if it takes too long. */
export async function within<T>(
  promise: Promise<T>,
  ms = PATIENCE,
  error = (): Error => new Error(`The database did not answer in ${ms} ms.`),
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(error()), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** An open database, as far as it is used here. */
export interface Connection {
  transaction(stores: Stores, mode: IDBTransactionMode, options: IDBTransactionOptions): unknown;
  close(): void;
}

/** One account's database, opened when it is needed, and never waited for longer than {@link PATIENCE}. */
export class Database {
  #opening: Promise<Connection> | undefined;
  /** Why it is not used any more. */
  #dead: Error | undefined;
  readonly #name: string;
  readonly #lost: (reason: unknown) => void;
  readonly #closed: () => void;
  readonly #instead: ((reason: unknown) => Connection) | undefined;

  /**
   * @param lost - called when another version of the app needs the database for itself
   * @param closed - called when the browser has closed it, as when the person deletes what the page keeps
   * @param instead - what to use where there is no IndexedDB at all
   */
  constructor(
    name: string,
    lost: (reason: unknown) => void,
    closed: () => void,
    instead?: (reason: unknown) => Connection,
  ) {
    this.#name = name;
    this.#lost = lost;
    this.#closed = closed;
    this.#instead = instead;
  }

  /** Runs a transaction over all stores. Rejects, and has no effect, if anything in it fails. */
  run<T>(mode: 'readonly', work: (tx: Reading) => Promise<T>): Promise<T>;
  run<T>(mode: 'readwrite', work: (tx: Writing) => Promise<T>): Promise<T>;
  async run<T>(mode: IDBTransactionMode, work: (tx: never) => Promise<T>): Promise<T> {
    let tx: Writing | undefined;
    const running = async (): Promise<T> => {
      tx = await this.#begin(mode);
      // It is awaited below, and must not be left unhandled where that is not reached.
      tx.done.catch(() => undefined);
      const result = await work(tx as never);
      if (mode === 'readwrite') await tx.done;
      return result;
    };
    try {
      return await within(running());
    } catch (thrown) {
      try {
        tx?.abort();
      } catch {
        // It is over already.
      }
      throw thrown;
    }
  }

  /** Uses it no more; everything else rejects with the reason. */
  kill(reason: unknown): void {
    this.#dead = new Error('The database is not used any more.', {cause: reason});
    this.close();
  }

  /** Lets go of it until it is next needed. */
  close(): void {
    void this.#opening?.then(
      (db) => db.close(),
      () => undefined,
    );
    this.#opening = undefined;
  }

  async #begin(mode: IDBTransactionMode): Promise<Writing> {
    const options = {durability: 'relaxed'} as const;
    try {
      return (await this.#open()).transaction(STORES, mode, options) as Writing;
    } catch (thrown) {
      // Browsers drop connections without a word; a new one works as a rule.
      if ((thrown as Error | undefined)?.name !== 'InvalidStateError') throw thrown;
      this.#opening = undefined;
      return (await this.#open()).transaction(STORES, mode, options) as Writing;
    }
  }

  async #open(): Promise<Connection> {
    if (this.#dead !== undefined) throw this.#dead;
    const opening = (this.#opening ??= this.#connect());
    try {
      return await opening;
    } catch (thrown) {
      if (this.#opening === opening) this.#opening = undefined;
      throw thrown;
    }
  }

  #connect(): Promise<Connection> {
    return new Promise((resolve, reject) => {
      let late = false;
      let tries = TRIES;
      const fail = (reason: DOMException): void => {
        // As while the browser deletes what was there.
        if (reason.name === 'AbortError' && !late && --tries > 0) return void setTimeout(open, PAUSE);
        // A later version's data is there, and not to be passed over.
        if (!this.#instead || late || reason.name === 'VersionError') return reject(reason);
        resolve(this.#instead(reason));
      };
      if (this.#instead && typeof indexedDB === 'undefined') return fail(new DOMException('No IndexedDB'));
      const open = (): void => {
        const opened = openDB<Schema>(this.#name, VERSION, {
          upgrade,
          // A tab with an older version does not close: go without, and do not stand in its way later.
          blocked: () => {
            late = true;
            reject(new Error('Another tab keeps an older version of the database open.'));
          },
          blocking: () => this.#lost(new Error('A newer version of the database was opened in another tab.')),
          terminated: () => {
            this.#opening = undefined;
            this.#closed();
          },
        });
        opened.then((db) => (late ? db.close() : resolve(db)), fail);
      };
      open();
    });
  }
}

function upgrade(
  db: IDBPDatabase<Schema>,
  from: number,
  _to: number | null,
  tx: IDBPTransaction<Schema, Stores[number][], 'versionchange'>,
): void {
  // What fails is reported by the opening; here it would be an exception of the page's.
  tx.done.catch(() => undefined);
  try {
    migrate(db, from, tx);
  } catch {
    tx.abort();
  }
}

function migrate(
  db: IDBPDatabase<Schema>,
  from: number,
  tx: IDBPTransaction<Schema, Stores[number][], 'versionchange'>,
): void {
  if (from < 1) {
    db.createObjectStore('rows', {keyPath: 'id'}).createIndex('by', 'by', {multiEntry: true});
    db.createObjectStore('queue', {autoIncrement: true});
    db.createObjectStore('meta');
  }
  if (from < 2) db.createObjectStore('log', {autoIncrement: true});
  // A rejection aborts the upgrade, which the opening reports.
  if (from === 1) refile(tx).catch(() => undefined);
}

/** Gives each row the labels of today; what cannot be read goes. */
async function refile(tx: IDBPTransaction<Schema, Stores[number][], 'versionchange'>): Promise<void> {
  for (let cursor = await tx.objectStore('rows').openCursor(); cursor; cursor = await cursor.continue()) {
    const {value} = cursor;
    const c = fromRow(value, value.epoch, false);
    if (c) void cursor.update({...value, by: toRow(c, undefined, 0).by});
    else void cursor.delete();
  }
}
