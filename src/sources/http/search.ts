import type {Conversation} from '../../model/conversation.js';
import {SourceError} from '../../model/errors.js';
import type {Query} from './query.js';
import type {ReadPage} from './read.js';

/** Longest query that the protocol allows, in UTF-16 code units. */
const LONGEST = 256;
/** So many answers to one search are enough: a server that goes on has no end. */
const ANSWERS = 100;

/**
 * Asks a server for what a query finds, until that is enough or all.
 *
 * An answer may hold less than there is, even nothing: the server looks no further at once than it wants to, and its
 * cursor says where it goes on.
 */
export async function searchServer(
  ask: (query: Query) => Promise<ReadPage>,
  text: string,
  limit: number,
): Promise<readonly Conversation[]> {
  // A letter that the cut would halve goes: halves do not travel.
  const q = text.length > LONGEST ? text.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, '') : text;
  // One that moves meanwhile may come twice.
  const found = new Map<string, Conversation>();
  const cursors = new Set<string>();
  const query: Query = [['q', q]];
  for (;;) {
    const {conversations, done, cursor} = await ask(query).catch(explain);
    for (const conversation of conversations) found.set(conversation.id, conversation);
    if (done || found.size >= limit || cursor === undefined) return [...found.values()];
    if (cursors.has(cursor) || cursors.size === ANSWERS) throw new SourceError('cursor-cycle', 'The search comes to no end');
    cursors.add(cursor);
    query[1] = ['cursor', cursor];
  }
}

/** What a server says that has no search, whatever it calls it. */
const NONE: readonly unknown[] = [404, 405, 501];

function explain(error: unknown): never {
  const none = error instanceof SourceError && NONE.includes(error.nativeCode);
  throw none ? new SourceError('unsupported', 'The server has no search', {cause: error}) : error;
}
