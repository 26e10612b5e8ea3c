/** Nothing to fold but the case. */
const ASCII = /^[\0-\x7f]*$/;
/**
 * What is written above, below or between letters and does not make other ones: accents, Hebrew points, Arabic vowels,
 * Japanese voicing, Thai tones, joiners, the stretching of Arabic. The vowel signs of Indic scripts and Thai are letters, and stay.
 */
const MARKS = /[\p{sc=Zinh}\p{Cf}\u0640]|(?=\p{M})[\p{sc=Hebr}\p{sc=Arab}]|[\u0e48-\u0e4b]/gu;
/** Letters that have no decomposition, and are looked for by the letters of a plain keyboard. */
const PLAIN: ReadonlyMap<string, string> = new Map([
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ø', 'o'],
  ['ł', 'l'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['þ', 'th'],
  ['ħ', 'h'],
  ['ı', 'i'],
  ['ς', 'σ'],
]);
const SPECIAL = /[ßæœøłđðþħıς]/g;
const KATAKANA = /[\u30a1-\u30f6]/g;

/**
 * What two texts have in common that a person would call the same: without case, accents, and width, katakana as
 * hiragana. The figure is Unicode's compatibility decomposition, which `Intl.Collator` looks at too; unlike it, this can
 * be searched in.
 */
export function foldText(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(MARKS, '')
    .replace(SPECIAL, (letter) => PLAIN.get(letter) as string)
    .replace(KATAKANA, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
}

/** A text folded, and for each of its code units, and for its end, where that came from in the text. */
export function foldWithOrigins(text: string): {readonly folded: string; readonly origins: readonly number[]} {
  const origins: number[] = [];
  let folded = '';
  let at = 0;
  for (const letter of text) {
    const part = foldText(letter);
    for (let i = 0; i < part.length; i++) origins.push(at);
    folded += part;
    at += letter.length;
  }
  origins.push(at);
  return {folded, origins};
}
