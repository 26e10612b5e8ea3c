/** A custom property as a style sheet sets it. */
export interface Declaration {
  readonly name: string;
  readonly value: string;
  /** What stands before the braces around it, the outermost first; empty for a declaration without a rule. */
  readonly selectors: readonly string[];
}

/** What a style sheet says that the editor can take. */
export interface Sheet {
  readonly declarations: readonly Declaration[];
  /** What it imports. */
  readonly imports: readonly string[];
}

/** Comments, strings, escapes, what ends something, and the rest. */
const TOKENS = /\/\*[^]*?(?:\*\/|$)|"(?:\\[^]|[^"\\])*"?|'(?:\\[^]|[^'\\])*'?|\\[^]|[{};]|[^{};"'\\/]+|[^]/g;

/** Reads the custom properties out of a style sheet, or out of declarations alone. What it does not understand it leaves. */
export function readSheet(css: string): Sheet {
  const declarations: Declaration[] = [];
  const imports: string[] = [];
  const selectors: string[] = [];
  let text = '';
  const end = (): void => {
    const [, name, value = ''] = /^\s*(--[\w-]+)\s*:([^]*)$/.exec(text) ?? [];
    if (name !== undefined && value.trim() !== '') declarations.push({name, value: tidy(value), selectors: [...selectors]});
    const [, address] = /^\s*@import\s+(?:url\(\s*)?["']?([^"')\s]+)/.exec(text) ?? [];
    if (address !== undefined) imports.push(address);
    text = '';
  };
  for (const token of css.match(TOKENS) ?? []) {
    if (token.startsWith('/*')) continue;
    if (token === '{') {
      selectors.push(tidy(text));
      text = '';
    } else if (token === ';') {
      end();
    } else if (token === '}') {
      end();
      selectors.pop();
    } else {
      text += token;
    }
  }
  end();
  return {declarations, imports};
}

const tidy = (text: string): string => text.trim().replace(/\s+/g, ' ');

/** A declaration that holds for a whole element, in plain state: not for a part, a state or a width. */
export function isPlain({selectors}: Declaration): boolean {
  return selectors.every((selector) => !/^@|::|:(?!where\(|root\b|is\(|host\b)|\[/.test(selector));
}

/**
 * Whether a value can stand in a declaration by itself, and loads nothing: a theme may come in a link from somebody else.
 */
export function isValue(value: string): boolean {
  if (value.trim() === '' || /[{};\\]|\/\*|!important|\b(?:url|src|image|image-set|element|cross-fade|paint)\(/i.test(value)) return false;
  let depth = 0;
  for (const sign of value.replace(/"[^"]*"|'[^']*'/g, '')) {
    if (sign === '(') depth++;
    if (sign === ')') depth--;
    if (depth < 0 || sign === '"' || sign === "'") return false;
  }
  return depth === 0;
}

/** The two sides of a `light-dark()`; a value without one holds for both. */
export function splitScheme(value: string): {readonly light: string; readonly dark: string} {
  const [, inside] = /^\s*light-dark\(([^]*)\)\s*$/i.exec(value) ?? [];
  const parts = inside === undefined ? [] : splitTop(inside);
  const [light, dark] = parts;
  return parts.length === 2 && light !== undefined && dark !== undefined ? {light, dark} : {light: value, dark: value};
}

/** The other way round. */
export function joinScheme({light, dark}: {readonly light: string; readonly dark: string}): string {
  return light === dark ? light : `light-dark(${light}, ${dark})`;
}

/** Splits at commas that are in no parentheses. */
function splitTop(text: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const sign of text) {
    if (sign === '(') depth++;
    if (sign === ')') depth--;
    if (sign === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += sign;
  }
  return parts.map((part) => part.trim());
}
