import {appendFileSync} from 'node:fs';

/** Notes what a run has measured; `npm run e2e` prints it at the end. */
export function note(name: string, inbox: boolean, value: string): void {
  const file = process.env['E2E_FIGURES'];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify({name, inbox, value})}\n`);
}

/** The values below which so much of them lies. */
export function percentiles(values: readonly number[], ...shares: readonly number[]): readonly number[] {
  const sorted = [...values].sort((a, b) => a - b);
  return shares.map((share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN);
}
