import {SourceError, toSourceError, type SourceErrorCode} from '../../model/errors.js';

const CODES: ReadonlyMap<number, SourceErrorCode> = new Map([
  [401, 'auth'],
  [403, 'forbidden'],
  [404, 'not-found'],
  [405, 'unsupported'],
  [408, 'timeout'],
  [413, 'limit-exceeded'],
  [414, 'limit-exceeded'],
  [429, 'rate-limited'],
  [431, 'limit-exceeded'],
  [501, 'unsupported'],
  [504, 'timeout'],
]);

/** The codes that a server may name in the body of a failure. */
const NAMED: ReadonlySet<unknown> = new Set<SourceErrorCode>([
  'not-ready', 'auth', 'timeout', 'rate-limited', 'not-found', 'forbidden', 'limit-exceeded', 'unsupported',
  'invalid-argument', 'server', 'unknown',
]);

/** What an answer with a failing status means; `body` is what came with it, and may be anything. */
export function statusError(status: number, body: unknown, retryAfter: string | null): SourceError {
  const {code, message} = readProblem(body);
  return new SourceError(code ?? CODES.get(status) ?? (status >= 500 ? 'server' : 'invalid-argument'), message ?? `HTTP ${status}`, {
    nativeCode: status,
    retryAfterMs: readRetryAfter(retryAfter),
  });
}

/** A failure as it stands in JSON: `{code, message}`. */
export function problemError(problem: unknown): SourceError {
  const {code = 'unknown', message = code} = readProblem(problem);
  return new SourceError(code, message);
}

/** Milliseconds of a `Retry-After`: seconds or a date. */
export function readRetryAfter(value: string | null, now = Date.now()): number | undefined {
  if (value === null) return undefined;
  // By itself, `Date.parse` finds a year in almost anything.
  const date = /^[A-Z][a-z]{2}, /.test(value) ? Date.parse(value) - now : NaN;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : date;
  return ms >= 0 ? ms : undefined;
}

/** What `fetch` and the reading of its answer throw. */
export function toHttpError(thrown: unknown): SourceError {
  // Whatever keeps an answer from coming is a TypeError to `fetch`.
  return toSourceError(thrown, thrown instanceof TypeError ? 'network' : 'unknown');
}

function readProblem(body: unknown): {readonly code?: SourceErrorCode; readonly message?: string} {
  const {code, message} = Object(body) as {readonly code?: unknown; readonly message?: unknown};
  return {
    ...(NAMED.has(code) && {code: code as SourceErrorCode}),
    ...(typeof message === 'string' && message !== '' && {message: message.slice(0, 500)}),
  };
}
