import type {Conversation} from '../../model/conversation.js';
import {hasWords, searchText, searchWords} from '../../model/search.js';
import type {SearchOptions} from '../../model/source.js';
import type {Reading} from './database.js';
import {readRows, type Rows, type Sieve} from './read-rows.js';

/** Rows of one read, which is one task: some milliseconds of the page's time, */
const BATCH = 200;
/** and of one transaction, for whose end writers wait. */
const LOOK = 1000;

/**
 * Finds the newest rows that have all words of a query, slice by slice. Only what has them is read with suspicion, which
 * costs ten times as much as to look.
 *
 * A row that moves meanwhile may be passed over: what listens is told of it. Once the signal has fired, it comes to its
 * end with what it has.
 *
 * @param read - runs one transaction
 */
export async function findRows(
  read: (work: (tx: Reading) => Promise<Rows>) => Promise<Rows>,
  epoch: number,
  query: string,
  {limit = Infinity, signal}: SearchOptions = {},
): Promise<Pick<Rows, 'conversations' | 'broken'>> {
  const words = searchWords(query);
  const sieve: Sieve = {
    has: ({c}) => typeof c === 'object' && c !== null && hasWords(searchText(c as unknown as Conversation), words),
    batch: BATCH,
    look: LOOK,
  };
  const found = new Map<string, Conversation>();
  let broken = 0;
  let at: Rows['next'];
  while (found.size < limit && !signal?.aborted) {
    const wanted = Math.max(1, Math.min(limit - found.size, LOOK));
    const rows = await read((tx) => readRows(tx, epoch, wanted, {}, at, sieve));
    for (const c of rows.conversations) found.set(c.id, c);
    broken += rows.broken;
    at = rows.next;
    if (!at) break;
  }
  return {conversations: [...found.values()], broken};
}
