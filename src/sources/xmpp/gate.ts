import {SourceError} from '../../model/errors.js';

/** Lets through while it is open, refuses while it is shut, and else keeps waiting. */
export class Gate {
  #state: 'wait' | 'open' | SourceError = 'wait';
  readonly #waiting = new Set<() => void>();

  open(): void {
    this.#turn('open');
  }

  shut(error: SourceError): void {
    this.#turn(error);
  }

  wait(): void {
    this.#turn('wait');
  }

  /** @throws SourceError why it is shut; `aborted`. */
  async pass(signal?: AbortSignal): Promise<void> {
    while (this.#state === 'wait' && !signal?.aborted) {
      await new Promise<void>((resolve) => {
        const go = (): void => {
          signal?.removeEventListener('abort', go);
          this.#waiting.delete(go);
          resolve();
        };
        signal?.addEventListener('abort', go);
        this.#waiting.add(go);
      });
    }
    if (signal?.aborted) throw new SourceError('aborted', 'Aborted', {cause: signal.reason});
    if (this.#state instanceof SourceError) throw this.#state;
  }

  #turn(state: 'wait' | 'open' | SourceError): void {
    this.#state = state;
    for (const go of [...this.#waiting]) go();
  }
}
