import {SourceError, toSourceError} from '../model/errors.js';
import type {ConversationSource, Page, PageRequest, SourceCapabilities} from '../model/source.js';

/** What an element says besides its `src`. */
export interface SourceFactoryOptions {
  /** The attribute `crossorigin`; `null`: there is none. */
  readonly crossOrigin: string | null;
  /** What a relative address is relative to. */
  readonly base: string;
}

/** Makes the source that a `src` names; what it throws is shown as the list's error, and "try again" calls it again. */
export type SourceFactory = (
  src: string,
  options: SourceFactoryOptions,
) => ConversationSource | PromiseLike<ConversationSource>;

let factory: SourceFactory | undefined;

/**
 * Says what the attribute `src` stands for. `define.js` has set it to an `HttpSource`; an app with a protocol of its own,
 * or with tokens, sets another. Counts for each `src` that is set from then on.
 */
export function setSourceFactory(make: SourceFactory): void {
  factory = make;
}

const CAPABILITIES: SourceCapabilities = {
  paging: 'cursor',
  serverFilters: [],
  nativeOrder: true,
  deleteEvents: true,
  syncEvents: false,
  unreadTotal: false,
  ops: new Set(),
};

/** Stands in for the source that a `src` names until that is made: its first page is what makes it. */
export class SrcSource implements ConversationSource {
  readonly capabilities = CAPABILITIES;

  readonly #make: () => ReturnType<SourceFactory>;
  readonly #ready: (source: ConversationSource) => void;
  #made: Promise<ConversationSource> | undefined;

  /** @param ready - given the source when it is made; to be used in the place of this one */
  constructor(src: string, options: SourceFactoryOptions, ready: (source: ConversationSource) => void) {
    const make = factory;
    this.#ready = ready;
    this.#make = () => {
      if (make) return make(src, options);
      throw new SourceError('unsupported', 'src needs define.js, or setSourceFactory()');
    };
  }

  async getPage(request: PageRequest): Promise<Page> {
    const made = (this.#made ??= (async () => this.#make())());
    try {
      const source = await made;
      if (request.signal?.aborted !== true) this.#ready(source);
      // Whoever took that over does not wait for this any more.
      return await source.getPage(request);
    } catch (thrown) {
      this.#made = undefined;
      throw toSourceError(thrown, 'invalid-argument');
    }
  }

  subscribe(): () => void {
    return () => undefined;
  }
}
