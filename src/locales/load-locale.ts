import {en} from './en.js';
import {mergeStrings} from './merge-strings.js';
import type {Strings} from './strings.js';

/**
 * The languages that are loaded when they are wanted. Each import stands by itself with its address written out, as
 * bundlers want it, and they make one chunk of each.
 */
const FILES: ReadonlyMap<string, () => Promise<Strings>> = new Map(
  Object.entries({
    ar: async () => (await import('./ar.js')).ar,
    de: async () => (await import('./de.js')).de,
    es: async () => (await import('./es.js')).es,
    fr: async () => (await import('./fr.js')).fr,
    he: async () => (await import('./he.js')).he,
    hi: async () => (await import('./hi.js')).hi,
    id: async () => (await import('./id.js')).id,
    ja: async () => (await import('./ja.js')).ja,
    ko: async () => (await import('./ko.js')).ko,
    pt: async () => (await import('./pt.js')).pt,
    ru: async () => (await import('./ru.js')).ru,
    th: async () => (await import('./th.js')).th,
    vi: async () => (await import('./vi.js')).vi,
    'zh-hans': async () => (await import('./zh-cn.js')).zhCn,
    'zh-hant': async () => (await import('./zh-tw.js')).zhTw,
  }),
);

/** Those who speak Cantonese read Chinese. */
const SAME: Readonly<Record<string, string>> = {'yue-hans': 'zh-hans', 'yue-hant': 'zh-hant'};

const known = new Map<string, Strings>([['en', en]]);
const loading = new Map<string, Promise<Strings>>();
/** Languages that failed, with the address where the browser told it. */
const failed = new Map<string, string | undefined>();
let again = 0;
const watchers = new Set<() => void>();

/**
 * The name of the language to speak for a BCP 47 tag in any case: what an app registered, or one of the package's
 * files; the nearest by region and script, else `en`. '' stands for the browser's own language.
 */
export function localeName(lang: string): string {
  try {
    const tag = lang === '' ? new Intl.DateTimeFormat().resolvedOptions().locale : lang.replaceAll('_', '-');
    // "iw" becomes "he", and "zh-TW" tells its script.
    const {language, script, region} = new Intl.Locale(tag).maximize();
    for (const name of [`${language}-${script}-${region}`, `${language}-${region}`, `${language}-${script}`, language]) {
      const key = name.toLowerCase();
      if (known.has(key)) return key;
      const file = SAME[key] ?? key;
      if (FILES.has(file)) return file;
    }
  } catch {
    // No language tag at all.
  }
  return 'en';
}

/**
 * The words for a language tag: at once if they are here, else a promise that loads them.
 *
 * However many ask, a language is loaded once. The promise never rejects: a failure gives English, is told once for
 * each language with `reportError`, and the next to ask tries again.
 */
export function loadLocale(lang: string): Strings | Promise<Strings> {
  const name = localeName(lang);
  return known.get(name) ?? loading.get(name) ?? load(name);
}

async function read(name: string): Promise<Strings> {
  try {
    const words = await importWords(name);
    if (words === undefined) throw new TypeError('The module has no words.');
    // On English, lest a file of another version lack some.
    if (!known.has(name)) known.set(name, mergeStrings(en, words));
  } catch (cause) {
    const error = new Error(`im-conversation-list: could not load the words of "${name}".`, {cause});
    if (!failed.has(name)) (globalThis.reportError ?? console.error)(error);
    const [, address] = /dynamically imported module: (\S+)$/.exec(String(cause)) ?? [];
    failed.set(name, address ?? failed.get(name));
  }
  loading.delete(name);
  return (known.get(name) ?? known.get('en')) as Strings;
}

async function importWords(name: string): Promise<Strings | undefined> {
  const address = failed.get(name);
  if (address === undefined) return FILES.get(name)?.();
  // A browser keeps the failure of an import as long as the page lives, and only another address helps.
  const url = new URL(address);
  url.searchParams.set('again', String(++again));
  const module = (await import(/* @vite-ignore */ /* webpackIgnore: true */ url.href)) as Record<string, Partial<Strings>>;
  return Object.values(module).find(({label}) => label !== undefined) as Strings | undefined;
}

function load(name: string): Promise<Strings> {
  const words = read(name);
  loading.set(name, words);
  return words;
}

/**
 * Gives the elements the words of a language: one that the package has not, or in the place of the package's own,
 * which is then not loaded. Elements on the page take them at once. What is missing is English.
 *
 * @param lang - BCP 47 tag; a shorter one serves all its regions and scripts
 * @throws {RangeError} if `lang` is no tag
 */
export function registerLocale(lang: string, strings: Strings): void {
  known.set(new Intl.Locale(lang).baseName.toLowerCase(), mergeStrings(en, strings));
  for (const watch of [...watchers]) watch();
}

/** Calls when a language was registered, until the function that it returns is called. */
export function watchLocales(watch: () => void): () => void {
  watchers.add(watch);
  return () => watchers.delete(watch);
}
