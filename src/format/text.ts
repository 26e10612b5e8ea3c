/** Longest name shown or spoken, in UTF-16 code units. */
export const NAME_LIMIT = 256;
/** Longest preview. */
export const PREVIEW_LIMIT = 512;

/** Marks kept in a run; longer runs are an attack on layout (20,000 of them froze a tab for seconds), not a script. */
const MARK_RUN = /(\p{M}{4})\p{M}+/gu;
const LONE_SURROGATE = /\p{Cs}/gu;
/** Controls and line breaks: one line is shown. */
const CONTROL = /[\p{Cc}\u2028\u2029]+/gu;
/** Embeddings, overrides and isolates: they reach past their own text in attributes. LRM, RLM and ALM do not. */
const BIDI_CONTROL = /[\u202A-\u202E\u2066-\u2069]/g;
/**
 * Text with nothing to clean: Latin, Greek, Cyrillic, Armenian, kana, Han and Hangul without marks, controls or
 * surrogates. Most text is such, and the first use of a table of Unicode costs as much as a page of rows.
 */
const PLAIN =
  /^[ -~\u00a0-\u02ff\u0370-\u0482\u048a-\u058f\u2010-\u2027\u3000-\u3029\u3040-\u3096\u30a0-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff00-\uff9f]*$/;
const PLAINLY_VISIBLE = /[!-~]/;
/** What has a shape of its own: not spaces, controls, marks, or letters that are blank by design. */
const VISIBLE = /[^\p{Z}\p{C}\p{M}\u115F\u1160\u2800\u3164\uFFA0\u{1D159}]/u;

/**
 * Makes a string from outside fit to be shown in one line, or to stand in an attribute.
 *
 * Cuts first, so that the cost does not grow with the input; then replaces lone surrogates, drops bidi controls,
 * turns control characters into spaces and shortens runs of combining marks. Anything but a string gives ''.
 * Never throws, and cleaning twice changes nothing more.
 */
export function cleanText(value: unknown, limit: number = PREVIEW_LIMIT): string {
  if (typeof value !== 'string' || value === '') return '';
  if (value.length <= limit && PLAIN.test(value)) return value.trim();
  const text = value
    .slice(0, limit * 2)
    .replace(LONE_SURROGATE, '\uFFFD')
    .replace(BIDI_CONTROL, '')
    .replace(CONTROL, ' ')
    .replace(MARK_RUN, '$1')
    .trim();
  return text.length <= limit ? text : cut(text, limit);
}

/** A name: cleaned, and `fallback` where nothing of it can be seen. */
export function cleanName(value: unknown, fallback: string): string {
  const name = cleanText(value, NAME_LIMIT);
  return PLAINLY_VISIBLE.test(name) || (name !== '' && VISIBLE.test(name)) ? name : fallback;
}

/** Cuts without halving a surrogate pair, and says so with an ellipsis. */
function cut(text: string, limit: number): string {
  const end = limit - 1;
  const halves = (text.charCodeAt(end - 1) & 0xfc00) === 0xd800;
  return `${text.slice(0, halves ? end - 1 : end).trimEnd()}…`;
}
