/** PostgreSQL, for several server processes. */
import pg from 'pg';
import {badRequest} from './failure.mjs';

/** What two transactions at once may end with, and a second try puts right. */
const AGAIN = new Set(['40001', '40P01']);
/** What a try ends with while the database is away or comes up. */
const AWAY = new Set(['57P01', '57P02', '57P03', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE']);

export class PostgresDatabase {
  #pool;

  constructor(url) {
    this.#pool = new pg.Pool({connectionString: url, max: 10, connectionTimeoutMillis: 10_000});
    // A connection that breaks while nothing is asked by it is none any more; the next query finds that, or opens another.
    this.#pool.on('error', () => undefined);
    this.#pool.on('connect', (client) => client.on('error', () => undefined));
  }

  /** Several processes may start at once: one makes the tables. */
  async init(statements) {
    await this.transaction(async (all) => {
      await all('SELECT pg_advisory_xact_lock(827364)');
      for (const statement of statements) await all(statement);
    });
  }

  /** Runs `work` in a transaction, perhaps more than once; resolves when it is on the disk. */
  async transaction(work, {reads = false} = {}) {
    for (let tries = 1; ; tries++) {
      let client;
      try {
        client = await this.#pool.connect();
        await client.query(reads ? 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY' : 'BEGIN');
        const value = await work(async (sql, params = []) => (await client.query(numbered(sql), params)).rows);
        await client.query('COMMIT');
        client.release();
        return value;
      } catch (error) {
        // Of a commit whose answer was lost nobody knows: it is not tried again, and the asker hears of it.
        await client?.query('ROLLBACK').catch(() => undefined);
        client?.release(AWAY.has(error.code));
        // Of all characters only NUL cannot be kept here, and nothing that is kept has one.
        if (error.code === '22021') throw badRequest('A text holds what the database cannot keep');
        if (tries > 20 || !(AGAIN.has(error.code) || (!client && AWAY.has(error.code)))) throw error;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(500, 20 * 2 ** tries)));
      }
    }
  }

  close() {
    return this.#pool.end();
  }
}

const known = new Map();

/** `?` is `$1`, `$2`, … here; no text of ours holds another. */
function numbered(sql) {
  let text = known.get(sql);
  if (text === undefined) {
    let place = 0;
    text = sql.replace(/\?/g, () => `$${++place}`);
    if (known.size < 1000) known.set(sql, text);
  }
  return text;
}
