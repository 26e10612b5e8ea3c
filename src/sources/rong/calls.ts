import {SourceError} from '../../model/errors.js';

/**
 * Calls to an SDK that settle in any case: by its answer, by the caller's signal, after a time, or when the source
 * is disposed of. What it throws or rejects with becomes a {@link SourceError}.
 */
export class Calls {
  readonly #end = new AbortController();
  readonly #timeoutMs: number;
  readonly #toError: (thrown: unknown) => SourceError;

  constructor(timeoutMs: number, toError: (thrown: unknown) => SourceError) {
    this.#timeoutMs = timeoutMs;
    this.#toError = toError;
  }

  run<T>(call: () => Promise<T> | T, signal?: AbortSignal, timeoutMs = this.#timeoutMs): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const signals = [this.#end.signal, ...(signal ? [signal] : [])];
      const abort = (): void => fail(new SourceError('aborted', 'Aborted'));
      const settle = (): void => {
        clearTimeout(timer);
        for (const one of signals) one.removeEventListener('abort', abort);
      };
      const fail = (thrown: unknown): void => {
        settle();
        reject(this.#toError(thrown));
      };
      const timer = setTimeout(() => fail(new SourceError('timeout', 'The SDK did not answer')), timeoutMs);
      if (signals.some(({aborted}) => aborted)) return abort();
      for (const one of signals) one.addEventListener('abort', abort);
      // A call that throws at once is a call that fails.
      new Promise<T>((answer) => answer(call())).then((value) => {
        settle();
        resolve(value);
      }, fail);
    });
  }

  /** Aborts what is under way and what comes. */
  end(): void {
    this.#end.abort();
  }
}
