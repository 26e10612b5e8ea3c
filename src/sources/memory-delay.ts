import {SourceError} from '../model/errors.js';

/**
 * Resolves after `ms` milliseconds, in a microtask if that is not above 0.
 *
 * @throws SourceError `aborted`, as soon as the signal fires.
 */
export async function delay(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resolve) => {
    if (!(ms > 0) || signal?.aborted) {
      resolve();
      return;
    }
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end);
  });
  if (signal?.aborted) throw new SourceError('aborted', 'Aborted', {cause: signal.reason});
}
