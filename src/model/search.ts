import type {Conversation} from './conversation.js';
import {foldText, foldWithOrigins} from './fold.js';

/** More of a conversation to find it by, in an app's own words: pinyin, a nickname, a customer's number. */
export type SearchKeys = (conversation: Conversation) => readonly string[];

/** Longest part of a name, a preview or a key that is looked through, in UTF-16 code units. */
const PART_LIMIT = 256;
/** Longest query, in UTF-16 code units, */
const QUERY_LIMIT = 256;
/** and most words of one. */
const WORD_LIMIT = 16;
const SPACES = /\s+/;
/** The first letter of each word, a syllable of Hangul too. */
const INITIAL = /(?<![\p{L}\p{N}\p{M}])[\p{L}\p{N}]/gu;

/** The words of a query, folded; all of them must be found. Empty: nothing is looked for. */
export function searchWords(query: unknown): readonly string[] {
  if (typeof query !== 'string') return [];
  const words = foldText(query.slice(0, QUERY_LIMIT)).split(SPACES);
  return [...new Set(words)].filter((word) => word !== '').slice(0, WORD_LIMIT);
}

/** Everything that has all of `after` has all of `before`: what was found for the one is all there is for the other. */
export function narrows(before: readonly string[], after: readonly string[]): boolean {
  return before.every((word) => after.some((longer) => longer.startsWith(word)));
}

/**
 * What a conversation is found by, folded, a part a line: its name and the initials of that, the id of who is behind it,
 * its draft, its last message, and an app's keys.
 */
export function searchText(conversation: Conversation, keys: readonly string[] = []): string {
  const {title, targetId, draft, lastMessage} = conversation;
  const parts = [title, initialsOf(title), targetId, draft?.text];
  if (lastMessage && lastMessage.state !== 'recalled' && lastMessage.state !== 'deleted') {
    parts.push(lastMessage.text, lastMessage.fileName);
  }
  let text = '';
  for (const part of parts) if (typeof part === 'string' && part !== '') text += `${part.slice(0, PART_LIMIT)}\n`;
  for (const key of keys) if (typeof key === 'string') text += `${key.slice(0, PART_LIMIT)}\n`;
  return foldText(text);
}

/** Whether each of the words stands somewhere in a text made by {@link searchText}. */
export function hasWords(text: string, words: readonly string[]): boolean {
  for (const word of words) if (!text.includes(word)) return false;
  return true;
}

/**
 * The stretches of a text in which words of a query stand, in order and apart from each other: `[start, end)` in UTF-16
 * code units. A word that stands nowhere in it and is its initials marks these.
 */
export function findWords(text: string, words: readonly string[]): readonly (readonly [number, number])[] {
  const {folded, origins} = foldWithOrigins(text);
  const found: [number, number][] = [];
  const add = (start: number, end: number) => {
    // To the end of the letter that the last unit came from, accents behind it included.
    const last = origins[end - 1] as number;
    let next = end;
    while (next < folded.length && origins[next] === last) next++;
    found.push([origins[start] as number, origins[next] as number]);
  };
  for (const word of words) {
    let at = folded.indexOf(word);
    if (at < 0) for (const index of initialPlaces(folded, word)) add(index, index + 1);
    for (; at >= 0; at = folded.indexOf(word, at + word.length)) add(at, at + word.length);
  }
  found.sort(([a], [b]) => a - b);
  const merged: [number, number][] = [];
  for (const [start, end] of found) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

/** The first letters of a name's words, where it has several. */
function initialsOf(title: unknown): string {
  if (typeof title !== 'string' || !/\s|-/.test(title)) return '';
  const letters = title.slice(0, PART_LIMIT).match(INITIAL);
  return letters === null || letters.length < 2 ? '' : letters.join('');
}

/** Where the initials stand that a word is made of; nowhere if it is no run of initials. */
function initialPlaces(folded: string, word: string): number[] {
  const matches = [...folded.matchAll(INITIAL)];
  const at = matches.length < 2 ? -1 : matches.map(([letter]) => letter).join('').indexOf(word);
  if (at < 0) return [];
  return matches.slice(at, at + word.length).map(({index}) => index);
}
