import {cleanText} from './text.js';

/** How many colours an avatar without a picture can take; the stylesheet defines as many. */
export const AVATAR_COLORS = 8;

/** Scripts that are written without spaces between words: the last characters tell people apart, or the first one. */
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const WORD = /\p{L}[\p{L}\p{N}\p{M}'’.-]*/gu;
const NUMBER = /\p{N}+/u;
const EMOJI =
  /\p{Regional_Indicator}{2}|\p{Extended_Pictographic}(?:\ufe0f|[\u{1f3fb}-\u{1f3ff}])?(?:\u200d\p{Extended_Pictographic}\ufe0f?){0,3}/u;
/** Hebrew, Arabic and their neighbours. */
const RTL = /^[\u0590-\u08ff\ufb1d-\ufefc]/;
/** Their letters join to a word that the name does not have, unless something stands between them. */
const JOINING = /^[\u0600-\u08ff\ufb50-\ufefc]/;

/**
 * Names that need no tables of Unicode: the first use of such a table costs a page about as much as drawing its rows.
 */
const LATIN = /^[ -~\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f’]*$/;
const LATIN_WORD = /[A-Za-z\u00c0-\u024f][0-9A-Za-z\u00c0-\u024f'’.-]*/g;

/**
 * One or two characters that stand for a name: the first letters of its first and last word, of a name in a script
 * without word spaces its first, else its digits or its emoji; '' if there is nothing of these.
 */
export function initials(name: string): string {
  if (LATIN.test(name)) return latinInitials(name);
  const words = name.match(WORD) ?? [];
  const first = words[0];
  if (first === undefined) return digits(NUMBER.exec(name)?.[0]) || (EMOJI.exec(name)?.[0] ?? '');
  const one = firstLetter(first);
  const two = words.length > 1 ? firstLetter(words.at(-1) as string) : '';
  // Two that are not written in one direction, or not in letters, would stand for a name that there is not.
  if (CJK.test(one) || CJK.test(two) || RTL.test(one) !== RTL.test(two)) return one.toLocaleUpperCase();
  return (one + (JOINING.test(one) ? '\u200c' : '') + two).toLocaleUpperCase();
}

function latinInitials(name: string): string {
  const words = name.match(LATIN_WORD);
  if (words === null) return digits(/\d+/.exec(name)?.[0]);
  return `${words[0].charAt(0)}${words.length > 1 ? (words.at(-1) as string).charAt(0) : ''}`.toLocaleUpperCase();
}

function digits(number = ''): string {
  return [...number].slice(0, 2).join('');
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

/** With a host, in which there is no blank: browsers differ on what one means. */
const HTTPS = /^https:\/\/[^/\\?#\s]+(?:[/\\?#]|$)/i;

/** The policy unless an app sets its own: absolute `https:` URLs without credentials. */
export const httpsOnly: AvatarPolicy = (url) => {
  if (url.length > URL_LIMIT || cleanText(url, URL_LIMIT) !== url || !HTTPS.test(url)) return undefined;
  try {
    const parsed = new URL(url);
    return parsed.protocol === 'https:' && parsed.username === '' && parsed.password === '' ? parsed.href : undefined;
  } catch {
    return undefined;
  }
};
