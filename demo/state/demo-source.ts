import {SourceError} from '../../src/model/errors.js';
import type {Page, PageRequest} from '../../src/model/source.js';
import {MemorySource, type MemorySourceOptions} from '../../src/sources/memory.js';

/** What a slow page takes more, ms. */
const SLOW_MS = 3000;

/** A source whose pages can be made slow. */
export class DemoSource extends MemorySource {
  /** Pages take three seconds more. */
  readonly #slow: () => boolean;

  constructor(options: MemorySourceOptions, slow: () => boolean) {
    super(options);
    this.#slow = slow;
  }

  override async getPage(request: PageRequest): Promise<Page> {
    if (this.#slow()) await pause(SLOW_MS, request.signal);
    return super.getPage(request);
  }
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
  if (signal?.aborted === true) throw new SourceError('aborted', 'No longer wanted');
}
