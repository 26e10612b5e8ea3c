import type {Conversation} from '../../model/conversation.js';
import {matches, type ConversationFilter} from '../../model/filter.js';
import {compareSortable} from '../../model/order.js';
import type {Reading} from './database.js';
import {below, labelOf, placeOf, type Place} from './keys.js';
import {fromRow} from './record.js';

/** Rows in order, and where to go on. */
export interface Rows {
  readonly conversations: readonly Conversation[];
  /** Absent at the end. */
  readonly next?: Place | undefined;
}

/** Most rows in one read. */
const BATCH = 1000;
/** Most rows looked at for one page: a filter that lets little through gives short pages, and nobody waits long. */
const LOOK = 5000;

/** Reads a page of the rows that the filter lets through, from below a place. Rows that cannot be read are left out. */
export async function readRows(
  tx: Reading,
  epoch: number,
  limit: number,
  filter: ConversationFilter = {},
  after?: Place,
): Promise<Rows> {
  const found: Conversation[] = [];
  if (filter.ids) {
    const {ids} = filter;
    const rows = await Promise.all(Array.from(new Set(ids), (id) => tx.objectStore('rows').get(id)));
    for (const row of rows) {
      const c = row && fromRow(row, epoch);
      if (c && matches(filter, c) && (!after || isBelow(placeOf(c), after))) found.push(c);
    }
    found.sort((a, b) => compareSortable({id: a.id, key: a.orderKey}, {id: b.id, key: b.orderKey}));
    return page(found, limit);
  }
  const label = labelOf(filter);
  const index = tx.objectStore('rows').index('by');
  let at = after;
  let looked = 0;
  while (looked < LOOK || limit > LOOK) {
    // As many as are missing, and all the more the less the filter lets through.
    const wanted = Math.min(BATCH, Math.max(limit - found.length + 1, looked));
    const rows = await index.getAll(below(label, at), wanted);
    for (const row of rows) {
      const c = fromRow(row, epoch);
      if (c && matches(filter, c)) found.push(c);
    }
    if (found.length > limit || rows.length < wanted) return page(found, limit);
    looked += rows.length;
    at = lastPlace(rows.at(-1), label, at);
    if (!at) return page(found, limit);
  }
  return {conversations: found, next: at};
}

function page(found: readonly Conversation[], limit: number): Rows {
  if (found.length <= limit) return {conversations: found};
  const conversations = found.slice(0, limit);
  return {conversations, next: placeOf(conversations.at(-1) as Conversation)};
}

/** Where a record stands in the index, whatever it holds; `undefined` if that leads no further. */
function lastPlace(row: unknown, label: string, before: Place | undefined): Place | undefined {
  const tags = (row as {by?: readonly (readonly unknown[])[]} | undefined)?.by ?? [];
  let last = before;
  for (const tag of tags) {
    if (tag[0] !== label) continue;
    const place = [tag[1], tag[2]] as unknown as Place;
    if (typeof tag[1] === 'string' && typeof tag[2] === 'string' && (!last || isBelow(place, last))) last = place;
  }
  return last === before ? undefined : last;
}

function isBelow(a: Place, b: Place): boolean {
  return a[0] === b[0] ? a[1] > b[1] : a[0] > b[0];
}
