import {SourceError} from '../../src/model/errors.js';
import type {Page, PageRequest} from '../../src/model/source.js';
import {MemorySource, type MemorySourceOptions} from '../../src/sources/memory.js';
import type {Settings} from './settings.js';
import type {StoredSource} from './stored-source.js';

/** What a slow page takes more, ms. */
export const SLOW_MS = 3000;

export type SourceSettings = Pick<Settings, 'latency' | 'slowPages'>;

/** Where the demo's conversations come from. */
export type AnySource = DemoSource | StoredSource;

/** A source whose pages can be made slow. */
export class DemoSource extends MemorySource {
  readonly #settings: () => SourceSettings;

  constructor(options: MemorySourceOptions, settings: () => SourceSettings) {
    super({...options, latencyMs: () => settings().latency});
    this.#settings = settings;
  }

  override async getPage(request: PageRequest): Promise<Page> {
    if (this.#settings().slowPages) await pause(SLOW_MS, request.signal);
    return super.getPage(request);
  }
}

/** @throws SourceError `aborted` if the signal fires first. */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  if (ms === 0) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
  if (signal?.aborted === true) throw new SourceError('aborted', 'No longer wanted');
}
