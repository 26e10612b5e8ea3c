/** What the gallery's controls set; the address may give each, as in `?scheme=dark&dir=rtl`. */
export interface GallerySettings {
  readonly scheme: string;
  readonly dir: string;
  readonly lang: string;
  readonly density: string;
  readonly theme: string;
  /** Of the lists, px. */
  readonly width: string;
}

/** The choices of each: values and words; the first is the default. */
export const CHOICES: Readonly<Record<keyof GallerySettings, readonly (readonly [value: string, words: string])[]>> = {
  scheme: [['auto', 'as the system'], ['light', 'light'], ['dark', 'dark']],
  dir: [['ltr', 'left to right'], ['rtl', 'right to left']],
  lang: [
    ...([['en', 'English'], ['zh-CN', '简体中文'], ['zh-TW', '繁體中文'], ['ja', '日本語'], ['ko', '한국어']] as const),
    ...([['es', 'Español'], ['pt', 'Português'], ['fr', 'Français'], ['de', 'Deutsch'], ['ru', 'Русский']] as const),
    ...([['ar', 'العربية'], ['he', 'עברית'], ['hi', 'हिन्दी'], ['th', 'ไทย'], ['vi', 'Tiếng Việt'], ['id', 'Indonesia']] as const),
  ],
  density: [['default', 'default'], ['comfortable', 'comfortable'], ['compact', 'compact']],
  theme: [['none', 'none'], ['neutral', 'neutral'], ['sky', 'sky'], ['ink', 'ink'], ['leaf', 'leaf']],
  width: [['360', 'list'], ['240', 'narrow'], ['80', 'rail']],
};

export const NAMES: Readonly<Record<keyof GallerySettings, string>> = {
  scheme: 'Colours',
  dir: 'Direction',
  lang: 'Language',
  density: 'Density',
  theme: 'Theme',
  width: 'Width',
};

const KEYS = Object.keys(CHOICES) as (keyof GallerySettings)[];

/** The settings that an address asks for; what makes no sense is left at its default. */
export function readSettings(query: string): GallerySettings {
  const asked = new URLSearchParams(query);
  const read = (key: keyof GallerySettings): string => {
    const values = CHOICES[key].map(([value]) => value);
    return values.find((value) => value === asked.get(key)) ?? (values[0] as string);
  };
  return Object.fromEntries(KEYS.map((key) => [key, read(key)])) as unknown as GallerySettings;
}

/** The address of the settings, those that are as by default left out. */
export function writeSettings(settings: GallerySettings): string {
  const query = new URLSearchParams();
  for (const key of KEYS) if (settings[key] !== CHOICES[key][0]?.[0]) query.set(key, settings[key]);
  return query.toString();
}
