import {SourceError} from '../../model/errors.js';
import type {OpResult} from '../../model/source.js';
import {readOrderKey} from '../../model/validate.js';

/** The fields of something, each of which may be missing. */
export type Loose<T> = {readonly [K in keyof T]?: T[K] | undefined};

/** What pinning adds to an order key that is made of a time. */
const PINNED = 1n << 62n;

/** An order key for a service that has none, from milliseconds since 1970; what is no time counts as 0. */
export function timeKey(pinned: boolean, ms: unknown): bigint {
  return (pinned ? PINNED : 0n) + BigInt(Number.isFinite(ms) ? Math.trunc(ms as number) : 0);
}

/**
 * The service's own order key.
 *
 * @throws SourceError `invalid-data` for a number past 2^53, which has lost its last digits, and for what is no number.
 */
export function serviceKey(value: unknown, id: unknown): bigint {
  const key = readOrderKey(value);
  if (key !== undefined) return key;
  throw new SourceError(
    'invalid-data',
    `The orderKey of ${String(id)} is ${String(value)}: a key past 2^53 has to come as a bigint or as a string of digits`,
  );
}

/** A frozen copy without the fields that are `undefined`. */
export function frozen<T extends object>(fields: Loose<T>): T {
  const copy: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) copy[name] = value;
  return Object.freeze(copy) as T;
}

/** A frozen list of the strings in anything. */
export function strings(value: unknown): readonly string[] {
  return Object.freeze(Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []);
}

/** A string that says something. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Milliseconds of seconds since 1970; services say 0 for none. */
export function seconds(value: unknown): number | undefined {
  const ms = Number(value) * 1000;
  return ms > 0 && ms <= 8.64e15 ? ms : undefined;
}

/** One answer for all ids. */
export function resultsOf(ids: Iterable<string>, error?: SourceError): readonly OpResult[] {
  return Array.from(new Set(ids), (id) => (error ? {id, error} : {id}));
}

/** Reads each of a list, which may be anything; what cannot be read is left out, and `problem` says why. */
export function readEach<T>(
  values: unknown,
  read: (value: unknown) => readonly T[],
): {readonly rows: readonly T[]; readonly problem?: unknown} {
  let problem: unknown;
  const rows = (Array.isArray(values) ? values : []).flatMap((value) => {
    try {
      return read(value);
    } catch (thrown) {
      problem = thrown;
      return [];
    }
  });
  return {rows: Object.freeze(rows), problem};
}
