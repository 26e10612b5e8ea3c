import {CHOICES as GALLERY} from '../gallery/gallery-settings.js';

/** The languages that the list speaks: tag and name. */
export const LANGUAGES = GALLERY.lang;

/** What the demo's controls set. The address may give each at the start, as in `?size=10&theme=dark`. */
export interface Settings {
  /** How many conversations are made up. */
  readonly size: number;
  readonly seed: number;
  /** In which scripts names and texts are made up. */
  readonly names: 'all' | 'latin' | 'rtl';
  /** The list gets a source that keeps its state, one that does not, or the app's own array. */
  readonly feed: 'local' | 'source' | 'array';
  /** Milliseconds before the source answers. */
  readonly latency: number;
  /** Pages take three seconds more. */
  readonly slowPages: boolean;
  readonly sendingFails: boolean;

  readonly live: boolean;
  /** Messages a second. */
  readonly rate: number;

  readonly type: string;
  readonly mark: string;
  readonly group: string;
  readonly unread: boolean;
  readonly mentions: boolean;
  readonly pinned: boolean;
  readonly order: 'order-key' | 'last-message';
  readonly pageSize: '20' | '50' | '100' | 'all';
  readonly density: 'default' | 'comfortable' | 'compact';
  /** Of the list, px. */
  readonly width: number;

  readonly selection: 'none' | 'single' | 'multiple';
  /** Checkboxes show, and a tap selects. */
  readonly selecting: boolean;

  readonly theme: 'auto' | 'light' | 'dark';
  /** One of the ready themes, or the demo's own colours. */
  readonly look: 'own' | 'neutral' | 'sky' | 'ink' | 'leaf';
  /** Of the list's own words; BCP 47. */
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
}

/** What is set when the address says nothing. */
export const DEFAULTS: Settings = {
  size: 1000,
  seed: 1,
  names: 'all',
  feed: 'local',
  latency: 80,
  slowPages: false,
  sendingFails: false,
  live: false,
  rate: 5,
  type: '',
  mark: '',
  group: '',
  unread: false,
  mentions: false,
  pinned: false,
  order: 'order-key',
  pageSize: '50',
  density: 'default',
  width: 380,
  selection: 'multiple',
  selecting: false,
  theme: 'auto',
  look: 'own',
  lang: 'en',
  dir: 'ltr',
};

/** The values of those settings that have a few. */
export const CHOICES = {
  names: ['all', 'latin', 'rtl'],
  feed: ['local', 'source', 'array'],
  order: ['order-key', 'last-message'],
  pageSize: ['20', '50', '100', 'all'],
  density: ['default', 'comfortable', 'compact'],
  selection: ['none', 'single', 'multiple'],
  theme: ['auto', 'light', 'dark'],
  look: ['own', 'neutral', 'sky', 'ink', 'leaf'],
  lang: LANGUAGES.map(([tag]) => tag),
  dir: ['ltr', 'rtl'],
} as const satisfies {readonly [K in keyof Settings]?: readonly Settings[K][]};

/** The widths that the list can have, px; the least shows avatars only. */
export const WIDTH = {min: 72, max: 640} as const;
/** The most conversations that are made up. */
export const MAX_SIZE = 100_000;
/** The most messages a second. */
export const MAX_RATE = 500;

/** The settings that an address asks for; what makes no sense is left at its default. */
export function readSettings(query: string): Settings {
  const settings: Record<string, unknown> = {...DEFAULTS};
  for (const [key, value] of new URLSearchParams(query)) {
    if (Object.hasOwn(DEFAULTS, key)) settings[key] = readSetting(key as keyof Settings, value) ?? settings[key];
  }
  return settings as unknown as Settings;
}

function readSetting(key: keyof Settings, value: string): string | number | boolean | undefined {
  const choices: Partial<Record<keyof Settings, readonly string[]>> = CHOICES;
  if (choices[key] !== undefined) return choices[key].includes(value) ? value : undefined;
  switch (typeof DEFAULTS[key]) {
    case 'boolean':
      return value !== 'false' && value !== '0';
    case 'number':
      return readNumber(key, Number(value));
    default:
      return value;
  }
}

function readNumber(key: keyof Settings, value: number): number | undefined {
  if (!(value >= 0)) return undefined;
  if (key === 'width') return Math.min(WIDTH.max, Math.max(WIDTH.min, value));
  if (key === 'rate') return Math.min(MAX_RATE, value);
  return key === 'size' ? Math.min(MAX_SIZE, Math.trunc(value)) : value;
}
