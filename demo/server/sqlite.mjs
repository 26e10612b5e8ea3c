/**
 * SQLite in a file, for one server process.
 *
 * By `node-sqlite3-wasm`: it comes whole from npm. `better-sqlite3` has to fetch a binary from elsewhere or to be compiled,
 * which a machine with only Node cannot, and `node:sqlite` is not in Node 20.
 */
import sqlite from 'node-sqlite3-wasm';

/** How many transactions go into one commit, which is what takes time. */
const TOGETHER = 200;

export class SqliteDatabase {
  #db;
  #queue = [];
  #busy = false;

  /** @param {string} file `:memory:` for none */
  constructor(file) {
    this.#db = new sqlite.Database(file);
    this.#db.exec('PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536');
  }

  async init(statements) {
    for (const statement of statements) this.#db.exec(statement);
  }

  /**
   * Runs `work` in a transaction, one after the other; resolves when it is on the disk.
   *
   * @template T
   * @param {(all: (sql: string, params?: unknown[]) => Promise<Record<string, unknown>[]>) => Promise<T>} work
   * @returns {Promise<T>}
   */
  transaction(work) {
    return new Promise((resolve, reject) => {
      this.#queue.push({work, resolve, reject});
      if (!this.#busy) void this.#drain();
    });
  }

  async close() {
    while (this.#busy) await new Promise((resolve) => setTimeout(resolve, 5));
    for (const statement of this.#statements.values()) statement.finalize();
    this.#db.close();
  }

  async #drain() {
    this.#busy = true;
    // What comes in the same turn goes into the same commit.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#queue.length > 0) await this.#commit(this.#queue.splice(0, TOGETHER));
    this.#busy = false;
  }

  async #commit(jobs) {
    const done = [];
    try {
      this.#db.exec('BEGIN IMMEDIATE');
      for (const {work, resolve, reject} of jobs) {
        this.#db.exec('SAVEPOINT job');
        try {
          const value = await work(this.#all);
          this.#db.exec('RELEASE job');
          done.push({settle: () => resolve(value), reject});
        } catch (error) {
          this.#db.exec('ROLLBACK TO job; RELEASE job');
          done.push({settle: () => reject(error), reject});
        }
      }
      this.#db.exec('COMMIT');
    } catch (error) {
      try {
        this.#db.exec('ROLLBACK');
      } catch {
        // There is no transaction any more.
      }
      for (const {reject} of jobs) reject(error);
      return;
    }
    for (const {settle} of done) settle();
  }

  #statements = new Map();

  #all = async (sql, params = []) => {
    let statement = this.#statements.get(sql);
    if (!statement) this.#statements.set(sql, (statement = this.#db.prepare(sql)));
    return statement.all(params);
  };
}
