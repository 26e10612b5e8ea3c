import {cleanText, NAME_LIMIT} from '../format/text.js';
import type {Conversation} from '../model/conversation.js';
import type {RowFacts} from './row-facts.js';

/** Says something of a conversation; '' for no. */
export type Value = (conversation: Conversation, facts: RowFacts, index: number) => string;

/** What a template shows at one place. */
export interface Binding {
  /** The name that stands there alone. */
  readonly only: string | undefined;
  /** It differs from row to row. */
  readonly bound: boolean;
  readonly value: Value;
}

const yes = (is: boolean): string => (is ? 'true' : '');

/** Every name that may stand between braces. A Map: a template may ask for `constructor`. */
const VALUES: ReadonlyMap<string, Value> = new Map<string, Value>(
  Object.entries<Value>({
    id: ({id}) => cleanText(id, NAME_LIMIT),
    position: (_, __, index) => String(index + 1),
    type: ({type}) => cleanText(type, NAME_LIMIT),
    title: (_, {title}) => title,
    initials: (_, {initials}) => initials,
    color: (_, {color}) => String(color),
    avatar: (_, {avatar}) => avatar ?? '',
    presence: (_, {presence}) => cleanText(presence, NAME_LIMIT),
    verified: (_, {verified}) => yes(verified),
    preview: (_, {preview: {prefix, text}}) => (prefix === '' ? text : `${prefix}: ${text}`),
    prefix: (_, {preview}) => preview.prefix,
    text: (_, {preview}) => preview.text,
    kind: (_, {preview}) => preview.kind,
    typing: (_, {preview}) => yes(preview.kind === 'typing'),
    draft: (_, {preview}) => yes(preview.kind === 'draft'),
    failed: (_, {preview}) => yes(preview.kind === 'failed'),
    thumbnail: (_, {thumbnail}) => thumbnail ?? '',
    delivery: (_, {delivery}) => delivery ?? '',
    time: (_, {time}) => time?.label ?? '',
    datetime: (_, {time}) => time?.iso ?? '',
    fullTime: (_, {time}) => time?.full ?? '',
    badge: (_, {badge}) => badge,
    unreadCount: ({unreadCount}) => (unreadCount > 0 ? String(unreadCount) : ''),
    unread: (_, {unread}) => yes(unread),
    mention: (_, {mention}) => mention ?? '',
    tags: (_, {tags}) => tags.join(', '),
    muted: (_, {muted}) => yes(muted),
    pinned: (_, {pinned}) => yes(pinned),
    selected: (_, {selected}) => yes(selected),
    gone: (_, {gone}) => yes(gone),
  }),
);

const BRACES = /\{\{\s*(!?)\s*(\w+)\s*\}\}/;
const STRAY = /\{\{|\}\}/;

/**
 * Reads `plain {{name}} and {{!name}}` as the pieces that it is made of.
 *
 * @throws if a name is not known, or braces stand open
 */
export function readPieces(source: string): readonly (string | Binding)[] {
  // Every third and second of three after a plain piece are the sign and the name.
  const parts = source.split(new RegExp(BRACES, 'g'));
  const pieces: (string | Binding)[] = [];
  for (let i = 0; i < parts.length; i += 3) {
    const [plain = '', sign, name] = parts.slice(i, i + 3);
    if (STRAY.test(plain)) throw new SyntaxError(`The row template has braces that are no binding: ${cut(plain)}`);
    if (plain !== '') pieces.push(plain);
    if (name !== undefined) pieces.push(bindingOf(name, sign === '!'));
  }
  return pieces;
}

/** An attribute's value as one binding. */
export function readAttribute(source: string): Binding {
  const pieces = readPieces(source);
  const [first] = pieces;
  if (pieces.length === 1 && typeof first === 'object') return first;
  const bound = pieces.some((piece) => typeof piece === 'object');
  return {
    only: undefined,
    bound,
    value: (...of) => pieces.map((piece) => (typeof piece === 'string' ? piece : piece.value(...of))).join(''),
  };
}

function bindingOf(name: string, not: boolean): Binding {
  const value = VALUES.get(name);
  if (value === undefined) throw new SyntaxError(`The row template asks for what there is not: {{${cut(name)}}}`);
  if (!not) return {only: name, bound: true, value};
  return {only: undefined, bound: true, value: (...of) => yes(value(...of) === '')};
}

function cut(text: string): string {
  return cleanText(text, 60);
}
