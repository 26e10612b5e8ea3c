/** Formatters kept; a page shows few languages and fewer shapes of a date. */
const LIMIT = 32;

const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * A date formatter, made once per language, zone and name of a shape: making one costs more than a whole row.
 *
 * A language tag that `Intl` refuses falls back to the browser's own. A formatter keeps the time zone in which it was
 * made, so `zone` names the machine's at this moment.
 */
export function dateFormat(
  lang: string,
  zone: string,
  shape: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${shape} ${lang} ${zone}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = make(lang, options);
    if (formats.size >= LIMIT) formats.clear();
    formats.set(key, format);
  }
  return format;
}

function make(lang: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(lang || undefined, options);
  } catch {
    return new Intl.DateTimeFormat(undefined, options);
  }
}
