/** Letters that run from right to left: Hebrew, Arabic and their neighbours, and the scripts of the second plane. */
const RTL = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/** Keeps the direction of a name from reaching the words around it. */
function enclose(name: string): string {
  return `\u2068${name}\u2069`;
}

/** A name within words that run from left to right: enclosed only where it runs the other way somewhere. */
export function nameLtr(name: string): string {
  return RTL.test(name) ? enclose(name) : name;
}

/** A name within words that run from right to left: there even digits and brackets would move. */
export function nameRtl(name: string): string {
  return enclose(name);
}

/** What a language says of people who write. */
export interface TypingWords {
  /** When nobody has a name. */
  readonly none: string;
  readonly one: (name: string) => string;
  readonly two: (first: string, second: string) => string;
  readonly several: string;
}

/** Tells who writes: one or two by name. */
export function typing(
  {none, one, two, several}: TypingWords,
  name: (name: string) => string = nameLtr,
): (names: readonly string[]) => string {
  return ([first, second, third]) => {
    if (first === undefined) return none;
    if (second === undefined) return one(name(first));
    return third === undefined ? two(name(first), name(second)) : several;
  };
}
