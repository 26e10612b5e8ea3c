/** What the words of a search find, slice by slice. Case, accents and width make no difference. */
import {setImmediate as turn} from 'node:timers/promises';
import {fromTable, rowsOf, toWire, whereOf} from './rows.mjs';

/** Rows that are looked through in one transaction, for whose end writers wait, */
const SLICE = 1000;
/** and how many of these are done for one answer. */
const SLICES = 10;
/** So much of a name or a text is looked through, in UTF-16 code units, */
const PART = 256;
/** and so many words of a query are looked for. */
const WORDS = 16;

/**
 * The newest of a person's conversations that have all words of a query. The last one that was looked at says where to go
 * on: however many there are and whatever is looked for, an answer costs no more than its slices.
 *
 * @param read runs one transaction
 */
export async function findRows(read, userId, {q, limit, after}) {
  const words = wordsOf(q);
  // One that moves between two slices may come twice.
  const found = new Map();
  let last;
  let done = words.length === 0;
  for (let slice = 0; slice < SLICES && !done && found.size < limit; slice++) {
    const from = last ? {key: last.order_key, id: last.id} : after;
    const rows = await read((all) => rowsOf(all, userId, whereOf({}), from, SLICE));
    // Whoever else asks has a turn: SQLite's transactions follow each other without one.
    await turn();
    done = rows.length < SLICE;
    for (const row of rows) {
      last = row;
      if (hasWords(row, words)) found.set(row.id, toWire(fromTable(row)));
      if (found.size === limit) break;
    }
  }
  return {conversations: [...found.values()], done: done && found.size < limit, last};
}

/** Upper case, which has one form of ß and of the Greek s where lower case has two. */
const fold = (text) => text.normalize('NFKD').replace(/\p{sc=Zinh}/gu, '').toUpperCase();

/** All of them must be there; none: nothing is looked for. */
function wordsOf(query) {
  const words = fold(query).split(/\s+/).filter((word) => word !== '');
  return [...new Set(words)].slice(0, WORDS);
}

/** Whether each of the words stands in what the person sees of a conversation: its name, draft or last message. */
function hasWords({title, draft, last_message}, words) {
  const message = last_message ? JSON.parse(last_message) : {};
  const told = message.state === 'recalled' || message.state === 'deleted' ? [] : [message.text, message.fileName];
  const parts = [title, draft ? JSON.parse(draft).text : undefined, ...told];
  const text = fold(parts.filter((part) => typeof part === 'string').map((part) => part.slice(0, PART)).join('\n'));
  return words.every((word) => text.includes(word));
}
