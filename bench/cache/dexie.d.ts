import type {Row} from './page.js';

/** Rows in Dexie. In JavaScript, since its types are there only where the benchmarks are installed. */
export function openDexie(): {
  fill(rows: readonly Row[]): Promise<unknown>;
  read(after: string, limit: number): Promise<readonly Row[]>;
};
