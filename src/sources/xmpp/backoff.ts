/** The longest wait before the first try, and before any, in milliseconds. */
const FIRST = 1000;
const MOST = 30_000;

/** How long to wait after so many failures: anything up to a limit that doubles, so that not all come back at once. */
export function backoff(failures: number, random: () => number = Math.random): number {
  return random() * Math.min(MOST, FIRST * 2 ** Math.min(failures - 1, 20));
}
