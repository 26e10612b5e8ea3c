import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import sqlite from 'node-sqlite3-wasm';
import {ROOT} from './blocks.mjs';

/**
 * A statement of SQL: SQLite can run it on the tables that the page speaks of.
 *
 * @param {import('./blocks.mjs').Block} block
 */
export function checkSql(block) {
  const tables = join(ROOT, 'test/docs/names', block.page.replace(/\.md$/, '.sql'));
  const database = new sqlite.Database();
  try {
    if (existsSync(tables)) database.exec(readFileSync(tables, 'utf8'));
    // Compiled, which looks up its tables and columns; there are no rows for it.
    database.prepare(block.code).finalize();
  } catch (error) {
    block.problems.push({line: block.line + 1, message: error.message});
  } finally {
    database.close();
  }
}
