import {SourceError} from '../model/errors.js';
import {matches, type ConversationFilter} from '../model/filter.js';
import type {Page, PageRequest, SourceCapabilities} from '../model/source.js';
import {findPlace, type MemoryTable, type Place} from './memory-table.js';

/** Where a page ended: each kind of paging goes by its own part of it. */
interface Cursor extends Place {
  readonly count: number;
  /** Of the table. */
  readonly version: number;
}

/**
 * Answers a request for a page from the table as it stands. A limit below 1 counts as 1.
 *
 * @throws SourceError `invalid-argument` for a cursor that is none of ours.
 */
export function readPage(
  table: MemoryTable,
  {paging, maxPageSize = Infinity, serverFilters}: SourceCapabilities,
  request: PageRequest,
): Page {
  const limit = paging === 'all' ? maxPageSize : Math.max(1, Math.min(request.limit, maxPageSize));
  const json = JSON.stringify(request.filter ?? {}, [...serverFilters]);
  const filter = JSON.parse(json) as ConversationFilter;
  const sorted = table.sorted();
  const rows = json === '{}' ? sorted : sorted.filter((c) => matches(filter, c));

  const {version} = table;
  const at = readCursor(request.cursor);
  let start = at?.count ?? 0;
  // What follows a place follows it also when its row has gone or moved away.
  if (at && paging === 'cursor') start = findPlace(rows, at, 1);
  const end = start + limit;
  // After a change the window's old part may hold rows that it has not given yet.
  if (at && paging === 'window' && at.version !== version) start = 0;

  const page = {conversations: rows.slice(start, end), authoritative: paging !== 'offset'};
  if (end >= rows.length) return {...page, done: true};
  const {id, orderKey} = rows[end - 1] as Place;
  return {...page, done: false, cursor: {id, orderKey, count: end, version}};
}

function readCursor(cursor: unknown): Cursor | undefined {
  const {count} = (cursor ?? {}) as Partial<Cursor>;
  if (cursor === undefined || typeof count === 'number') return cursor as Cursor | undefined;
  throw new SourceError('invalid-argument', 'The cursor is not of this source');
}
