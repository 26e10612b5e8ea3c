import {SourceError, toSourceError, type SourceErrorCode} from '../../model/errors.js';

/** Makes a `SourceError` of anything. */
export type ToError = (thrown: unknown) => SourceError;

/** How long a service may take, in milliseconds: less than the list waits for a page. */
const PATIENCE = 20_000;

/**
 * Calls a service that may throw at once, reject with anything, or never settle.
 *
 * What comes after the timeout or the signal has no effect, and no rejection is left unhandled. With a signal that has
 * fired the call is not made.
 *
 * @throws SourceError what `toError` makes of a failure; `timeout`; `aborted`.
 */
export async function settle<T>(
  call: () => T | PromiseLike<T>,
  {signal}: {readonly signal?: AbortSignal | undefined} = {},
  toError: ToError = toSourceError,
  timeoutMs = PATIENCE,
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let abort: (() => void) | undefined;
  try {
    return await new Promise<T>((resolve, reject) => {
      abort = () => reject(new SourceError('aborted', 'Aborted', {cause: signal?.reason}));
      if (signal?.aborted) return abort();
      signal?.addEventListener('abort', abort);
      timer = setTimeout(() => reject(new SourceError('timeout', `No answer in ${timeoutMs} ms`)), timeoutMs);
      // A promise that is resolved with another waits for that one alone.
      Promise.resolve(call()).then(resolve, reject);
    });
  } catch (thrown) {
    throw toError(thrown);
  } finally {
    clearTimeout(timer);
    if (abort) signal?.removeEventListener('abort', abort);
  }
}

/** For each code of an error the service's own codes that mean it. */
export type CodeTable = Readonly<Partial<Record<SourceErrorCode, readonly unknown[]>>>;

/** Reads failures by the service's own `code`; one that is in no row of the table is `unknown`. */
export function errorsByCode(table: CodeTable): ToError {
  return (thrown) => {
    if (thrown instanceof SourceError) return thrown;
    const {code: nativeCode, desc} = Object(thrown) as {readonly code?: string | number; readonly desc?: unknown};
    const known = (Object.keys(table) as SourceErrorCode[]).find((name) => table[name]?.includes(nativeCode));
    const {code, message} = toSourceError(thrown, known);
    const text = typeof desc === 'string' && desc !== '' ? desc : message;
    return new SourceError(code, text, {cause: thrown, nativeCode});
  };
}
