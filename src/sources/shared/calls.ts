import {SourceError} from '../../model/errors.js';

/** For what settles by itself: the longest that a timer can wait. */
export const NO_TIMEOUT = 2 ** 31 - 1;

/**
 * Calls to an SDK that settle in any case: by its answer, by the caller's signal, after a time, or when the source
 * is disposed of. What it throws or rejects with becomes a {@link SourceError}.
 */
export class Calls {
  readonly #pending = new Set<() => void>();
  readonly #timeoutMs: number;
  readonly #toError: (thrown: unknown) => SourceError;
  #ended = false;

  constructor(timeoutMs: number, toError: (thrown: unknown) => SourceError) {
    this.#timeoutMs = timeoutMs;
    this.#toError = toError;
  }

  run<T>(call: () => Promise<T> | T, signal?: AbortSignal, timeoutMs = this.#timeoutMs): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const settle = (): void => {
        clearTimeout(timer);
        this.#pending.delete(abort);
        signal?.removeEventListener('abort', abort);
      };
      const fail = (thrown: unknown): void => {
        settle();
        reject(this.#toError(thrown));
      };
      const abort = (): void => fail(new SourceError('aborted', 'Aborted'));
      const timer = setTimeout(() => fail(new SourceError('timeout', 'The SDK did not answer')), timeoutMs);
      if (this.#ended || signal?.aborted) return abort();
      this.#pending.add(abort);
      signal?.addEventListener('abort', abort);
      // A call that throws at once is a call that fails.
      new Promise<T>((answer) => answer(call())).then((value) => {
        settle();
        resolve(value);
      }, fail);
    });
  }

  /** Aborts what is under way and what comes. */
  end(): void {
    this.#ended = true;
    for (const abort of this.#pending) abort();
  }
}
