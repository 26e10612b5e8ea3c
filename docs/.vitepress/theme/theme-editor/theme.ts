import {isPlain, isValue, readSheet} from './css';
import type {ThemeProperty} from './properties';

/** How close the rows are. */
export const DENSITIES = ['default', 'comfortable', 'compact'] as const;

/** A theme in the making: what is set on top of one of the themes that come with the package. */
export interface Theme {
  /** The name of that theme; '' for none. */
  readonly base: string;
  readonly density: (typeof DENSITIES)[number];
  /** By the property's name; only what differs from `base`. */
  readonly values: Readonly<Record<string, string>>;
}

export const EMPTY: Theme = {base: '', density: 'default', values: {}};

/** How a theme is looked at, which is no part of it. */
export interface View {
  /** '' for what the page itself has. */
  readonly scheme: '' | 'light' | 'dark';
  readonly dir: 'ltr' | 'rtl';
}

const LIST = '--im-conversation-list-';

/** The theme as CSS: what is set, no more. */
export function printTheme({base, density, values}: Theme, properties: readonly ThemeProperty[]): string {
  const lines = base === '' ? [] : [`@import 'im-conversation-list/themes/${base}.css';`, ''];
  if (density !== 'default') lines.push(`/* For <im-conversation-list density="${density}"> */`, '');
  for (const tag of new Set(properties.map((property) => property.tag))) {
    const own = properties.filter(({name, tag: of}) => of === tag && values[name] !== undefined);
    if (own.length === 0) continue;
    lines.push(`${tag} {`, ...own.map(({name}) => `  ${name}: ${values[name]};`), '}', '');
  }
  return lines.join('\n');
}

/** What CSS says of a theme, and what it says besides, which is left out. */
export interface ReadTheme {
  readonly theme: Theme;
  readonly leftOut: readonly string[];
}

/**
 * Reads what {@link printTheme} has written, or other CSS that sets the properties.
 *
 * @param themes - the names of the themes that there are
 */
export function readTheme(css: string, properties: readonly ThemeProperty[], themes: readonly string[]): ReadTheme {
  const {declarations, imports} = readSheet(css);
  const [, density] = /<im-conversation-list density="(\w+)">/.exec(css) ?? [];
  const known = new Set(properties.map(({name}) => name));
  const values: Record<string, string> = {};
  const leftOut: string[] = [];
  for (const declaration of declarations) {
    const {name, value, selectors} = declaration;
    if (!known.has(name)) leftOut.push(`${name}: no property of the elements`);
    else if (!isPlain(declaration)) leftOut.push(`${name} in ${selectors.join(' ')}: for a part, a state or a width alone`);
    else if (!isValue(value)) leftOut.push(`${name}: not a value by itself, or one that loads something`);
    else values[name] = value;
  }
  const named = imports.map((address) => /themes\/([\w-]+)\.css$/.exec(address)?.[1] ?? address);
  const base = named.find((name) => themes.includes(name)) ?? '';
  leftOut.push(...named.filter((name) => name !== base).map((name) => `@import ${name}: no theme of the package`));
  return {theme: {base, density: DENSITIES.find((one) => one === density) ?? 'default', values}, leftOut};
}

/** The theme and the view for the end of an address, without `#`; '' for a theme that sets nothing. */
export function toFragment({base, density, values}: Theme, {scheme, dir}: View): string {
  const query = new URLSearchParams();
  if (base !== '') query.set('theme', base);
  if (density !== 'default') query.set('density', density);
  if (scheme !== '') query.set('scheme', scheme);
  if (dir !== 'ltr') query.set('dir', dir);
  for (const [name, value] of Object.entries(values)) query.set(name.startsWith(LIST) ? name.slice(LIST.length) : name.slice(2), value);
  return query.toString();
}

/** The other way round; what makes no sense is left out. */
export function fromFragment(fragment: string, properties: readonly ThemeProperty[], themes: readonly string[]): {theme: Theme; view: View} {
  const query = new URLSearchParams(fragment.replace(/^#/, ''));
  const values: Record<string, string> = {};
  for (const {name} of properties) {
    const value = query.get(name.startsWith(LIST) ? name.slice(LIST.length) : name.slice(2));
    if (value !== null && isValue(value)) values[name] = value;
  }
  const base = query.get('theme') ?? '';
  const scheme = query.get('scheme');
  return {
    theme: {base: themes.includes(base) ? base : '', density: DENSITIES.find((one) => one === query.get('density')) ?? 'default', values},
    view: {scheme: scheme === 'light' || scheme === 'dark' ? scheme : '', dir: query.get('dir') === 'rtl' ? 'rtl' : 'ltr'},
  };
}
