import type {Conversation} from '../../model/conversation.js';
import {ALL, placeOf} from './keys.js';
import type {Table} from './table.js';
import type {Known, Writer} from './writer.js';

/** Ids read in one task. */
const KEYS = 2000;

/** Hands over the ids of all rows, slice by slice: 100,000 at once hold the page up for some 200 ms. */
export async function eachId(table: Table, take: (id: string) => void): Promise<void> {
  let range: IDBKeyRange | undefined;
  for (let ids: readonly string[] | undefined; !ids || ids.length === KEYS; ) {
    ids = await table.read((tx) => tx.objectStore('rows').getAllKeys(range, KEYS));
    ids.forEach(take);
    if (ids.length > 0) range = IDBKeyRange.lowerBound(ids.at(-1), true);
  }
}

/**
 * What is kept of the rows of a page. What stands where the server says, as most do after the first sync, is read at once;
 * the others by id.
 *
 * @param page - not empty
 * @param missing - whether there is none of an id, where that is known
 */
export async function readKnown(
  writer: Writer,
  page: readonly Conversation[],
  missing: (id: string) => boolean,
): Promise<(Known | undefined)[]> {
  const places = page.map((c) => [ALL, ...placeOf(c)]).sort((a, b) => indexedDB.cmp(a, b));
  const rows = writer.tx.objectStore('rows');
  const there = await rows.index('by').getAll(IDBKeyRange.bound(places[0], places.at(-1)), page.length);
  const inPlace = new Map(there.map((row) => [row.id, row]));
  return Promise.all(page.map(async ({id}) => writer.known(inPlace.get(id) ?? (missing(id) ? undefined : await rows.get(id)))));
}
