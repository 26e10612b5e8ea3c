import {SourceError} from '../../model/errors.js';
import type {Page} from '../../model/source.js';
import {decodeKey, type Place} from './keys.js';
import type {Rows} from './read-rows.js';

/** Where a page ended: in the database, or in the pages of the source behind. */
export type Cursor = {readonly at: Place} | {readonly at?: never; readonly remote: unknown};

/** @throws SourceError `invalid-argument` for what is no {@link Cursor}. */
export function readCursor(cursor: unknown): Cursor | undefined {
  if (cursor === undefined) return undefined;
  if (typeof cursor === 'object' && cursor !== null) {
    if ('remote' in cursor) return {remote: cursor.remote};
    const {at} = cursor as {at?: unknown};
    if (Array.isArray(at) && at.length === 2 && decodeKey(at[0]) !== undefined && typeof at[1] === 'string') {
      return {at: at as unknown as Place};
    }
  }
  throw new SourceError('invalid-argument', 'The cursor is not of this source');
}

/** @param more - where to go on at the end; absent: nowhere */
export function pageOf({conversations, next}: Pick<Rows, 'conversations' | 'next'>, more?: Cursor): Page {
  const cursor = next ? {at: next} : more;
  return cursor ? {conversations, done: false, cursor} : {conversations, done: true};
}
