/** Compares the rows that a list shows with those that it must show. */

/** Differences that are described; the others are only counted. */
const DESCRIBED = 5;

/** @type {typeof import('./compare.mjs').compareRows} */
export function compareRows(expected, drawn, held) {
  const described = [];
  let mismatches = 0;
  for (let i = 0; i < Math.max(expected.length, drawn.length, held.length); i++) {
    const differences = differ(i, expected[i], drawn[i], held[i]);
    if (differences.length === 0) continue;
    if (mismatches++ < DESCRIBED) described.push(`row ${i}: ${differences.join('; ')}`);
  }
  return {mismatches, described};
}

/** @type {typeof import('./compare.mjs').countRepeated} */
export function countRepeated(rows) {
  const ids = rows.filter(Boolean).map(({id}) => id);
  return ids.length - new Set(ids).size;
}

function differ(index, expected, drawn, held) {
  if (!expected || !drawn || !held) {
    const missing = Object.entries({'in the file': expected, drawn, held}).filter(([, row]) => !row);
    return [`not ${missing.map(([name]) => name).join(', not ')}: ${(expected ?? held ?? drawn)?.id}`];
  }
  const time = new Date(expected.sentAt).toISOString();
  const pairs = [
    ['drawn index', drawn.index, index],
    // As much of it as the attribute keeps.
    ['drawn id', drawn.id, expected.id.slice(0, 256).toWellFormed()],
    ['drawn title', drawn.title, expected.title],
    ['drawn preview', drawn.preview, expected.preview],
    ['drawn time', drawn.time, time],
    ['id', held.id, expected.id],
    ['title', held.title, expected.rawTitle],
    ['text', held.text, expected.text],
    ['time', held.sentAt, expected.sentAt],
  ];
  return pairs
    .filter(([, found, wanted]) => found !== wanted)
    .map(([name, found, wanted]) => `${name} ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`);
}
