import type {Conversation} from '../../model/conversation.js';
import {sameConversation} from '../../model/same.js';

/** Names of the fields in which two conversations differ, `native` left out. */
export function differences(a: Conversation, b: Conversation): (keyof Conversation)[] {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof Conversation>;
  names.delete('native');
  const base = {...a, native: undefined};
  return [...names].filter((name) => !sameConversation(base, {...base, [name]: b[name]}));
}

/** A copy all the way down, so that a later change of the value can be seen; `native` is the service's own. */
export function copy<T>(value: T): T {
  if (Array.isArray(value)) return value.map((part: unknown) => copy(part)) as T;
  if (value instanceof Set) return new Set(value) as T;
  if (typeof value !== 'object' || value === null || value instanceof Error) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, key === 'native' ? undefined : copy(part as unknown)]),
  ) as T;
}

/** Whether a value still is what its {@link copy} was. */
export function equal(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a instanceof Set && b instanceof Set) return a.size === b.size && [...a].every((value) => b.has(value));
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  keys.delete('native');
  return [...keys].every((key) => equal((a as Fields)[key], (b as Fields)[key]));
}

type Fields = Readonly<Record<string, unknown>>;

/** Ids that have broken chat apps: names of an object's own, blanks, broken UTF-16, controls, paths, length. */
const STRANGE_IDS: readonly string[] = [
  '',
  ' ',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '\0',
  '\ud800',
  '\u202e',
  '../../etc/passwd',
  "'; DROP TABLE conversations; --",
  '%',
  'undefined',
  '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}',
  'x'.repeat(10_000),
];

/** Strange ids that none of these has. */
export function strangeIds(conversations: readonly Conversation[]): readonly string[] {
  return STRANGE_IDS.filter((strange) => !conversations.some(({id}) => id === strange));
}
