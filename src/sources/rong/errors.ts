import {SourceError, toSourceError, type SourceErrorCode} from '../../model/errors.js';

/** By the SDK's own codes (`ErrorCode`). */
const CODES: readonly (readonly [SourceErrorCode, readonly number[]])[] = [
  // Before init().
  ['not-ready', [33001]],
  // Before connect() too.
  ['network', [30002, 30010, 30011, 30019, 30021, 31011]],
  ['timeout', [-1, 30003, 31000, 34006]],
  // 33103: a loader that loads already.
  ['rate-limited', [20604, 20607, 25416, 30015, 33103]],
  ['server', [31003, 35008]],
  ['auth', [31002, 31004, 31005, 31010, 31020, 31023]],
  ['forbidden', [20605, 31008, 31009]],
  ['not-found', [25410, 33100, 33102]],
  ['limit-exceeded', [26004, 34013]],
  ['invalid-argument', [33003, 33101]],
  ['unsupported', [24369, 34201, 35004]],
];

/** A result that is not ok, or what was thrown, in terms an app can act on. */
export function toRongError(thrown: unknown): SourceError {
  const {code, msg} = (thrown ?? {}) as {code?: unknown; msg?: unknown};
  if (thrown instanceof Error || typeof code !== 'number') return toSourceError(thrown);
  const named = CODES.find(([, codes]) => codes.includes(code))?.[0];
  // 342xx: this or that parameter is wrong.
  const known = named ?? (code > 34200 && code < 34300 ? 'invalid-argument' : 'unknown');
  return new SourceError(known, typeof msg === 'string' && msg !== '' ? msg : known, {nativeCode: code, cause: thrown});
}
