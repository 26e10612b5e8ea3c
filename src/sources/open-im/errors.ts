import {SourceError, type SourceErrorCode} from '../../model/errors.js';

/** By the SDK's `errCode`; below 10000 it is the server's. */
const CODES: Readonly<Record<number, SourceErrorCode>> = {
  // A crash in the core, as of every call before the login.
  100: 'not-ready',
  429: 'rate-limited',
  500: 'server',
  1001: 'invalid-argument',
  1002: 'forbidden',
  1004: 'not-found',
  10000: 'network',
  10001: 'timeout',
  10002: 'invalid-argument',
  10003: 'timeout',
  10004: 'not-ready',
  10006: 'server',
  10100: 'not-found',
  10101: 'not-ready',
  10301: 'unsupported',
  10400: 'not-found',
};

/** Its word for an error that has none: the text may name the code underneath. */
const UNKNOWN = 10005;

/**
 * What the SDK rejects with: a plain object, and without code and text when its core is not loaded, has ended, or lacks
 * the function. 1501 to 1507 say what is wrong with the token.
 */
export function toOpenImError(thrown: unknown): SourceError {
  if (thrown instanceof SourceError) return thrown;
  const {errCode = UNKNOWN, errMsg = ''} = Object(thrown) as {readonly errCode?: unknown; readonly errMsg?: unknown};
  const text = String(errMsg);
  const code = Number(errCode === UNKNOWN ? (/Error: (\d+)/.exec(text)?.[1] ?? UNKNOWN) : errCode);
  const kind = CODES[code] ?? (code > 1500 && code < 1508 ? 'auth' : text ? 'unknown' : 'not-ready');
  return new SourceError(kind, text || kind, {cause: thrown, nativeCode: code});
}
