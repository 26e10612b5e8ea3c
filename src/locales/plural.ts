/** The plural categories of CLDR that a language tells apart. */
export interface PluralCategories {
  readonly ar: 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';
  readonly de: 'one' | 'other';
  readonly en: 'one' | 'other';
  readonly es: 'one' | 'many' | 'other';
  readonly fr: 'one' | 'many' | 'other';
  readonly he: 'one' | 'two' | 'other';
  readonly hi: 'one' | 'other';
  readonly id: 'other';
  readonly ja: 'other';
  readonly ko: 'other';
  readonly pt: 'one' | 'many' | 'other';
  readonly ru: 'one' | 'few' | 'many' | 'other';
  readonly th: 'other';
  readonly vi: 'other';
  readonly 'zh-CN': 'other';
  readonly 'zh-TW': 'other';
}

/**
 * One form for each plural category of a language; `#` stands for the number.
 *
 * Complete by type for the languages that come with the package; of any other, only `other` is asked for.
 */
export type PluralForms<L extends string> = L extends keyof PluralCategories
  ? Readonly<Record<PluralCategories[L], string>>
  : {readonly other: string} & Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>;

const formats = new Map<string, Intl.NumberFormat>();
const rules = new Map<string, Intl.PluralRules>();

/** A number in the digits and groups that `Intl` gives the language; it decides on Arabic digits too. */
export function number(language: string, value: number): string {
  // Built in, and so the first to be asked for: the first format of `Intl` takes a browser two milliseconds.
  if (language === 'en' && Number.isSafeInteger(value)) return String(value).replace(/\B(?=(?:\d{3})+$)/g, ',');
  let format = formats.get(language);
  if (format === undefined) formats.set(language, (format = new Intl.NumberFormat(language)));
  return format.format(value);
}

/**
 * Makes the text for a count from one form for each plural category.
 *
 * @param language - BCP 47 tag. Nothing of `Intl` is made before the first call.
 */
export function plural<L extends string>(language: L, forms: PluralForms<L>): (count: number) => string {
  const all: {readonly other: string} & Partial<Record<string, string>> = forms;
  return (count) => {
    // Built in, and so the first to be asked for: spared the rules of `Intl`, which say the same.
    if (language === 'en') return (count === 1 ? (all['one'] ?? all.other) : all.other).replace('#', () => number(language, count));
    let rule = rules.get(language);
    if (rule === undefined) rules.set(language, (rule = new Intl.PluralRules(language)));
    // An older browser may know a category that the language has given up since.
    return (all[rule.select(count)] ?? all.other).replace('#', () => number(language, count));
  };
}
