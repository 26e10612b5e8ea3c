import type {IDBPIndex} from 'idb';
import type {Conversation} from '../../model/conversation.js';
import {matches, type ConversationFilter} from '../../model/filter.js';
import {compareSortable} from '../../model/order.js';
import type {Reading, Schema, Stores} from './database.js';
import {below, decodeKey, labelOf, placeOf, type Place} from './keys.js';
import {fromRow, type StoredRow} from './record.js';

type RowIndex = IDBPIndex<Schema, Stores, 'rows', 'by', 'readonly'>;

/** Rows in order, and where to go on. */
export interface Rows {
  readonly conversations: readonly Conversation[];
  /** Absent at the end. */
  readonly next?: Place | undefined;
  /** Rows that could not be read. */
  readonly broken: number;
}

/** Most rows in one read. */
const BATCH = 1000;
/** Most rows looked at for one page: a filter that lets little through gives short pages, and nobody waits long. */
const LOOK = 5000;

/** Which rows of a page are wanted beyond its filter, and how many are looked at for it. */
export interface Sieve {
  /** Asked before anything else is read of a row, which may be anything. */
  readonly has: (row: StoredRow) => boolean;
  readonly batch: number;
  readonly look: number;
}
const NO_SIEVE: Sieve = {has: () => true, batch: BATCH, look: LOOK};

/** Reads a page of the rows that the filter lets through, from below a place. Rows that cannot be read are left out. */
export async function readRows(
  tx: Reading,
  epoch: number,
  limit: number,
  filter: ConversationFilter = {},
  after?: Place,
  {has, batch, look} = NO_SIEVE,
): Promise<Rows> {
  const found: Conversation[] = [];
  let broken = 0;
  const take = (row: StoredRow): void => {
    if (!has(row)) return;
    const c = fromRow(row, epoch);
    if (!c) broken++;
    else if (matches(filter, c) && (!filter.ids || !after || isBelow(placeOf(c), after))) found.push(c);
  };
  if (filter.ids) {
    const {ids} = filter;
    const rows = await Promise.all(Array.from(new Set(ids), (id) => tx.objectStore('rows').get(id)));
    for (const row of rows) if (row) take(row);
    found.sort((a, b) => compareSortable({id: a.id, key: a.orderKey}, {id: b.id, key: b.orderKey}));
    return {...page(found, limit), broken};
  }
  const label = labelOf(filter);
  const index = tx.objectStore('rows').index('by');
  let at = after;
  let looked = 0;
  while (looked < look || limit > look || !isPlace(at)) {
    // As many as are missing, and all the more the less the filter lets through.
    const wanted = Math.min(batch, Math.max(limit - found.length + 1, looked));
    const range = below(label, at);
    const rows = await index.getAll(range, wanted);
    for (const row of rows) take(row);
    if (found.length > limit || rows.length < wanted) return {...page(found, limit), broken};
    looked += rows.length;
    const last = fromRow(rows.at(-1), epoch);
    at = last ? placeOf(last) : await placeAt(index, range, rows.length - 1);
    if (!at) break;
  }
  return {conversations: found, next: at, broken};
}

/** Where the index has an entry whose row cannot be read: that may say anything of its place, or stand at several. */
async function placeAt(index: RowIndex, range: IDBKeyRange, offset: number): Promise<Place | undefined> {
  const first = await index.openKeyCursor(range);
  const cursor = offset > 0 ? await first?.advance(offset) : first;
  return cursor?.key.slice(1) as unknown as Place | undefined;
}

function isPlace(at: Place | undefined): boolean {
  return at === undefined || (at.length === 2 && decodeKey(at[0]) !== undefined && typeof at[1] === 'string');
}

function page(found: readonly Conversation[], limit: number): Omit<Rows, 'broken'> {
  if (found.length <= limit) return {conversations: found};
  const conversations = found.slice(0, limit);
  return {conversations, next: placeOf(conversations.at(-1) as Conversation)};
}

function isBelow(a: Place, b: Place): boolean {
  return a[0] === b[0] ? a[1] > b[1] : a[0] > b[0];
}
