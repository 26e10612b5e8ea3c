import {SourceError} from '../../model/errors.js';
import type {Xml} from './xml.js';

/** Most UTF-16 code units in a frame, elements inside each other, and elements in all. */
export const LIMITS = {size: 2 ** 20, depth: 48, elements: 20_000} as const;

const NAMED: Readonly<Record<string, string>> = {amp: '&', lt: '<', gt: '>', quot: '"', apos: "'"};

const NAME = /[\p{L}_][\p{L}\p{N}_.-]*(?::[\p{L}_][\p{L}\p{N}_.-]*)?/uy;
const BLANK = /[ \t\r\n]*/y;
const TEXT = /[^<]+/y;
const VALUE = /"([^"<]*)"|'([^'<]*)'/y;
const CDATA = /<!\[CDATA\[([^]*?)\]\]>/y;

const NO_SPACES: ReadonlyMap<string, string> = new Map();

/** An element that is not closed yet. */
interface Open extends Xml {
  readonly tag: string;
  readonly children: (Xml | string)[];
  readonly spaces: ReadonlyMap<string, string>;
}

/**
 * Reads one element, as RFC 6120 restricts XML: no document type, no comments, no processing instructions, no entities
 * but the five of XML, and so nothing that could grow or load anything.
 *
 * Not the browser's own parser: with `require-trusted-types-for 'script'` that is a sink for strings, and there is none
 * in a worker or in Node. Not recursive, so that depth is only a number.
 *
 * @throws SourceError `invalid-data` for what is no such element or goes beyond {@link LIMITS}.
 */
export function parseXml(source: string): Xml {
  if (source.length > LIMITS.size) throw wrong(`of ${source.length} characters`);
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(source) ?? undefined;
    if (found) at = pattern.lastIndex;
    return found;
  };
  const skip = (token: string): boolean => {
    const there = source.startsWith(token, at);
    if (there) at += token.length;
    return there;
  };
  const name = (): string => take(NAME)?.[0] ?? fail('a name is wrong', at);

  const stack: Open[] = [];
  let root: Xml | undefined;
  let count = 0;
  take(BLANK);
  while (at < source.length) {
    const parent = stack.at(-1);
    if (parent) {
      const text = take(TEXT)?.[0];
      if (text !== undefined) parent.children.push(decode(text, at));
      const data = take(CDATA)?.[1];
      if (data !== undefined) parent.children.push(data);
      if (text !== undefined || data !== undefined) continue;
    }
    if (skip('</')) {
      const tag = name();
      take(BLANK);
      if (parent?.tag !== tag || !skip('>')) fail(`</${tag}> closes nothing`, at);
      stack.pop();
    } else if (root === undefined || parent) {
      if (!skip('<')) fail('no element', at);
      if (++count > LIMITS.elements) throw wrong('of too many elements');
      if (stack.length === LIMITS.depth) throw wrong('too deep');
      const tag = name();
      const given = new Map<string, string>();
      for (take(BLANK); !source.startsWith('>', at) && !source.startsWith('/>', at); take(BLANK)) {
        const key = name();
        take(BLANK);
        if (!skip('=')) fail('an attribute has no value', at);
        take(BLANK);
        const value = take(VALUE) ?? fail('an attribute is not quoted', at);
        if (given.has(key)) fail('an attribute stands twice', at);
        given.set(key, decode(value[1] ?? value[2] ?? '', at));
      }
      const element = open(tag, given, parent);
      if (parent) parent.children.push(element);
      else root = element;
      if (!skip('/>')) {
        skip('>');
        stack.push(element);
      }
    } else fail('more than one element', at);
    if (stack.length === 0) take(BLANK);
  }
  if (root === undefined || stack.length > 0) throw wrong('that does not end');
  return root;
}

/** Finds out what the prefixes stand for. Attributes with a prefix, but for `xml:lang`, nobody reads. */
function open(tag: string, given: Map<string, string>, parent: Open | undefined): Open {
  const attrs = new Map<string, string>();
  let spaces = parent?.spaces ?? NO_SPACES;
  for (const [key, value] of given) {
    if (key !== 'xmlns' && !key.startsWith('xmlns:')) attrs.set(key, value);
    else spaces = new Map([...spaces, [key.slice(6), value]]);
  }
  const [local = '', prefix = ''] = tag.split(':').reverse();
  const ns = spaces.get(prefix);
  if (ns === undefined && prefix !== '') fail(`the prefix of <${tag}> means nothing`);
  return {tag, name: local, ns: ns ?? '', attrs, children: [], spaces};
}

function decode(text: string, at: number): string {
  if (!text.includes('&')) return text;
  return text.replace(/&([^;]*;?)/g, (_, entity: string) => {
    const [, hex, decimal] = /^#(?:x([\da-f]{1,6})|(\d{1,7}));$/i.exec(entity) ?? [];
    const code = hex === undefined ? Number(decimal) : parseInt(hex, 16);
    const char = Number.isNaN(code) ? NAMED[entity.replace(/;$/, '')] : code > 0x10ffff ? undefined : String.fromCodePoint(code);
    return (entity.endsWith(';') ? char : undefined) ?? fail(`no entity &${entity.slice(0, 12)}`, at);
  });
}

function fail(problem: string, at?: number): never {
  throw wrong(`in which ${problem}${at === undefined ? '' : ` before character ${at}`}`);
}

function wrong(what: string): SourceError {
  return new SourceError('invalid-data', `The server sent XML ${what}`);
}
