import {SourceError, toSourceError, type SourceErrorCode} from '../../model/errors.js';

/** By the SDK's own codes (`statusCode`). */
const CODES: readonly (readonly [SourceErrorCode, readonly number[]])[] = [
  ['timeout', [-1]],
  ['network', [-2, -4, 16, 510]],
  ['invalid-argument', [-3, 205]],
  // Before login: 700; with an app id instead of an app key 39 or 28.
  ['not-ready', [28, 32, 39, 404, 405, 700]],
  ['auth', [1, 2, 27, 40, 56, 206, 207, 214, 216, 217, 220]],
  ['forbidden', [52, 54, 57, 219, 221, 603]],
  ['unsupported', [53, 505]],
  ['not-found', [51, 204, 602, 605, 1400]],
  ['limit-exceeded', [50]],
  ['rate-limited', [500]],
  ['server', [503, 604]],
];

const STATUSES: Readonly<Record<number, SourceErrorCode>> = {
  401: 'auth',
  403: 'forbidden',
  404: 'not-found',
  429: 'rate-limited',
  503: 'rate-limited',
};

/** What the SDK rejects with, `{type, message, extraInfo}` and no `Error`, in terms an app can act on. */
export function toEasemobError(thrown: unknown): SourceError {
  // The SDK throws plain errors for parameters it does not take.
  if (thrown instanceof Error) return toSourceError(thrown, 'invalid-argument');
  const {type, message, extraInfo} = (thrown ?? {}) as {type?: number; message?: unknown; extraInfo?: unknown};
  const {httpCode = 0} = (extraInfo ?? {}) as {httpCode?: number};
  if (typeof type !== 'number') return toSourceError(thrown);
  const named = CODES.find(([, types]) => types.includes(type))?.[0];
  // 50 stands for a limit of numbers and for one of calls, 17 for any failed request: its status tells.
  const code =
    (named === undefined || named === 'limit-exceeded' ? STATUSES[httpCode] : undefined) ??
    named ??
    (httpCode >= 500 ? 'server' : type === 17 ? 'network' : 'unknown');
  return new SourceError(code, typeof message === 'string' && message !== '' ? message : code, {
    nativeCode: type,
    cause: thrown,
  });
}
