/** Every order of a list, equal ones included. */
export function* permutations(list: readonly string[]): Generator<readonly string[]> {
  if (list.length < 2) yield list;
  else {
    for (const [i, first] of list.entries()) {
      for (const rest of permutations([...list.slice(0, i), ...list.slice(i + 1)])) yield [first, ...rest];
    }
  }
}
