import {cleanText} from './text.js';

/** How many colours an avatar without a picture can take; the stylesheet defines as many. */
export const AVATAR_COLORS = 8;

/** Scripts that are written without spaces between words: the last characters tell people apart, or the first one. */
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const WORD = /\p{L}[\p{L}\p{N}\p{M}'’.-]*/gu;
const NUMBER = /\p{N}+/u;

/** One or two characters that stand for a name; '' if it has no letter or digit. */
export function initials(name: string): string {
  const words = name.match(WORD) ?? [];
  const first = words[0];
  if (first === undefined) return [...(NUMBER.exec(name)?.[0] ?? '')].slice(0, 2).join('');
  if (CJK.test(first)) return firstLetter(first);
  const last = words.length > 1 ? (words.at(-1) as string) : '';
  return (firstLetter(first) + (CJK.test(last) ? '' : firstLetter(last))).toLocaleUpperCase();
}

/** A letter with the marks that belong to it. */
function firstLetter(word: string): string {
  return /^.\p{M}{0,4}/u.exec(word)?.[0] ?? '';
}

/** The colour of a conversation's avatar, 0 to {@link AVATAR_COLORS} - 1: the same for an id everywhere and always. */
export function avatarColor(id: string): number {
  let hash = 0;
  const end = Math.min(id.length, 256);
  for (let i = 0; i < end; i++) hash = (Math.imul(hash, 31) + id.charCodeAt(i)) | 0;
  return (hash >>> 0) % AVATAR_COLORS;
}

/**
 * Decides what an avatar's URL may be: gives the URL to load, or `undefined` for initials instead.
 *
 * An app's own policy may let other schemes through, or send everything through its image proxy.
 */
export type AvatarPolicy = (url: string) => string | undefined;

/** Longest URL that is looked at, in UTF-16 code units. */
const URL_LIMIT = 2048;

/** The policy unless an app sets its own: absolute `https:` URLs without credentials. */
export const httpsOnly: AvatarPolicy = (url) => {
  if (url.length > URL_LIMIT || cleanText(url, URL_LIMIT) !== url || !/^https:\/\/[^/\\]/i.test(url)) return undefined;
  try {
    const parsed = new URL(url);
    return parsed.protocol === 'https:' && parsed.username === '' && parsed.password === '' ? parsed.href : undefined;
  } catch {
    return undefined;
  }
};
