import type {StringOverrides, Strings} from './strings.js';

/**
 * Lays words on others, key by key; `messageTypes` and `presence` word by word.
 *
 * Takes only what is of the right kind, so that a wrong value leaves the word that was there. A function that throws,
 * or gives no string, is told once with `reportError`, and what lies under it answers.
 *
 * @param told - keys that were told; given again, they stay so
 */
export function mergeStrings(under: Strings, over: StringOverrides | null | undefined, told = new Set<string>()): Strings {
  if (typeof over !== 'object' || over === null) return under;
  const tell = (key: string, thrown: unknown): void => {
    // Node has no reportError before 24.
    if (!told.has(key)) (globalThis.reportError ?? console.error)(thrown);
    told.add(key);
  };
  const merged: Record<string, unknown> = {...under};
  for (const [key, before] of Object.entries(under) as [keyof Strings, Strings[keyof Strings]][]) {
    try {
      const given: unknown = over[key];
      if (typeof given !== typeof before || given === null) continue;
      if (typeof before === 'string') merged[key] = given;
      else if (typeof before === 'function') merged[key] = contained(key, given as Speaks, before as Speaks, tell);
      else merged[key] = {...before, ...wordsOf(given as object)};
    } catch (thrown) {
      // A getter.
      tell(key, thrown);
    }
  }
  return merged as unknown as Strings;
}

type Speaks = (...parameters: unknown[]) => string;

function contained(key: string, over: Speaks, under: Speaks, tell: (key: string, thrown: unknown) => void): Speaks {
  return (...parameters) => {
    try {
      const text: unknown = over(...parameters);
      if (typeof text === 'string') return text;
      throw new TypeError(`strings.${key} gave no string`);
    } catch (thrown) {
      tell(key, thrown);
      return under(...parameters);
    }
  };
}

function wordsOf(given: object): object {
  return Object.fromEntries(Object.entries(given).filter(([, word]) => typeof word === 'string'));
}
