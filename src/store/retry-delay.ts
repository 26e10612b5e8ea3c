/** Milliseconds. The shortest wait, */
const LOWEST = 1000;
/** the longest of a first wait, */
const FIRST = 5000;
/** and the longest of any. */
const HIGHEST = 60_000;
/** The longest time that a source can ask for: beyond it a timer would fire at once. */
const LONGEST_ASKED = 86_400_000;

/**
 * Milliseconds to wait before a page that failed is asked for again: by chance between a second and a limit that
 * doubles with each failure up to a minute, so that clients that failed together do not come back together.
 *
 * @param failures - how many came before this one since the last success
 * @param asked - what the source asked to wait at least; the chance comes on top of it
 * @param random - from 0 up to, not including, 1
 */
export function retryDelay(failures: number, asked = 0, random = Math.random): number {
  const least = asked > LOWEST ? Math.min(asked, LONGEST_ASKED) : LOWEST;
  return least + random() * (Math.min(HIGHEST, FIRST * 2 ** failures) - LOWEST);
}
