/** What a value of a property is, which decides what it is set by. */
export type Kind = 'color' | 'length' | 'radius' | 'font-size' | 'weight' | 'family';

/** A custom property that can be set. */
export interface ThemeProperty {
  readonly name: string;
  /** The element that reads it. */
  readonly tag: string;
  readonly label: string;
  readonly description: string;
  readonly kind: Kind;
  readonly group: string;
  /** What the element's own styles take where nothing is set, as they write it. */
  readonly fallback: string;
}

/** What the manifest says of an element and its properties. */
interface Element {
  readonly tagName: string;
  readonly cssProperties?: readonly {readonly name: string; readonly description?: string; readonly default?: string}[];
}

/** By what a property's name begins with, behind its element's; the first that fits. */
const GROUPS: readonly (readonly [title: string, start: RegExp])[] = [
  ['Rows', /^(?:row|hover|selected)-/],
  ['Text and colours of the list', /^(?:font|color|background|secondary|accent|error|border|focus)\b/],
  ['Avatars and presence', /^(?:avatar|online|away|busy)-/],
  ['Names and times', /^(?:(?:unread-)?(?:title|time)|verified|icon|tag|match)-/],
  ['Previews', /^(?:preview|prefix|draft|typing|delivery|read-delivery)-/],
  ['Badges and mentions', /^(?:badge|muted|mention)-/],
  ['Controls', /^(?:pill|button|menu|ghost|sync)-/],
];

/** The elements beside the list, which have few. */
const OTHERS = 'Search, filters, total';

/** Where nothing else fits; a test keeps it empty. */
export const NO_GROUP = 'Others';

/** The titles of the groups, in the order in which they stand. */
export const GROUP_TITLES: readonly string[] = [...GROUPS.map(([title]) => title), OTHERS];

/** How many colours there are behind initials; the manifest names the first. */
const AVATARS = 8;

/**
 * Every property of the elements, the list's first.
 *
 * @param styles - the text of the elements' styles, in which the fallbacks stand
 */
export function propertiesOf(elements: readonly Element[], styles: string): ThemeProperty[] {
  const list = 'im-conversation-list';
  const sorted = [...elements].sort((a, b) => Number(b.tagName === list) - Number(a.tagName === list));
  return sorted.flatMap(({tagName, cssProperties = []}) =>
    cssProperties.flatMap((one) => {
      const many = one.name.endsWith('-avatar-background-0');
      const names = many ? Array.from({length: AVATARS}, (_, i) => one.name.replace(/0$/, String(i))) : [one.name];
      return names.map((name): ThemeProperty => {
        const rest = name.slice(`--${tagName}-`.length);
        return {
          name,
          tag: tagName,
          label: rest.replaceAll('-', ' ').replace(/^./, (letter) => letter.toUpperCase()),
          description: many ? 'One of the eight colours behind initials.' : (one.description ?? ''),
          kind: kindOf(rest),
          group: tagName === list ? (GROUPS.find(([, start]) => start.test(rest))?.[0] ?? NO_GROUP) : OTHERS,
          fallback: fallbackOf(name, styles) ?? one.default ?? '',
        };
      });
    }),
  );
}

function kindOf(name: string): Kind {
  if (/font-family$/.test(name)) return 'family';
  if (/font-weight$/.test(name)) return 'weight';
  if (/font-size$/.test(name)) return 'font-size';
  if (/radius$/.test(name)) return 'radius';
  return /(?:color|background)(?:-\d)?$/.test(name) ? 'color' : 'length';
}

/** What stands behind the comma of its `var()`. */
function fallbackOf(name: string, styles: string): string | undefined {
  const start = styles.indexOf(`var(${name},`);
  if (start < 0) return undefined;
  const from = start + `var(${name},`.length;
  let depth = 1;
  let end = from;
  for (; depth > 0 && end < styles.length; end++) {
    if (styles[end] === '(') depth++;
    if (styles[end] === ')') depth--;
  }
  return styles.slice(from, end - 1).trim();
}
