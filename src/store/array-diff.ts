/** How far ahead the walk looks for the place where two arrays agree again. */
const REACH = 64;

/**
 * What two arrays of objects do not have at the same place of their common run.
 *
 * One walk over both, comparing identities: arrays that are mostly the same in the same order cost next to nothing. An
 * object that has only moved is in both results.
 */
export function diffArrays<T>(before: readonly T[], after: readonly T[]): {gone: T[]; come: T[]} {
  const gone: T[] = [];
  const come: T[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length && j < after.length) {
    if (before[i] === after[j]) {
      i++;
      j++;
      continue;
    }
    const [skipOld, skipNew] = nextAgreement(before, i, after, j);
    for (let k = 0; k < skipOld; k++) gone.push(before[i++] as T);
    for (let k = 0; k < skipNew; k++) come.push(after[j++] as T);
  }
  while (i < before.length) gone.push(before[i++] as T);
  while (j < after.length) come.push(after[j++] as T);
  return {gone, come};
}

/** How many to pass over on each side until the arrays agree again; one on each if that is not near. */
function nextAgreement<T>(before: readonly T[], i: number, after: readonly T[], j: number): readonly [number, number] {
  // Replaced in place, taken out, put in: the usual cases.
  if (before[i + 1] === after[j + 1]) return [1, 1];
  for (let ahead = 1; ahead <= REACH; ahead++) {
    if (i + ahead < before.length && before[i + ahead] === after[j]) return [ahead, 0];
    if (j + ahead < after.length && before[i] === after[j + ahead]) return [0, ahead];
  }
  return [1, 1];
}
