import type {Conversation, ConversationSource, Page, PageRequest, SourceEvent} from '../../../src/model/index.js';
import type {MemorySource, MemorySourceOptions} from '../../../src/sources/memory.js';
import type {ConformanceSubject} from '../../../src/testing/source-conformance.js';
import {memorySubject} from './subjects.js';

export type Listener = (event: SourceEvent) => void;
type GetPage = (request: PageRequest) => Promise<Page>;

/** A source broken by hand. */
export interface Broken {
  /** What is wrong with it. */
  readonly how: string;
  /** The check that has to find it. */
  readonly check: string;
  readonly options?: MemorySourceOptions;
  /** What the source has in place of what a good one has; wrong values too. */
  readonly source?: ((good: MemorySource) => object) | undefined;
  /** What the subject has in place of its own. */
  readonly subject?: (good: MemorySource) => object;
}

export function subjectOf({options, source, subject}: Broken): ConformanceSubject {
  const good = memorySubject(options);
  return {
    ...good,
    ...subject?.(good.source),
    source: source ? override(good.source, source(good.source)) : good.source,
  };
}

/** The source with some of its parts replaced. */
export function override(good: MemorySource, parts: object): ConversationSource {
  return new Proxy(good, {
    get(_, name) {
      if (Object.hasOwn(parts, name)) return (parts as Record<PropertyKey, unknown>)[name];
      const value: unknown = Reflect.get(good, name, good);
      return typeof value === 'function' ? (value.bind(good) as unknown) : value;
    },
  });
}

/** `getPage` with its answers changed. */
export function pages(change: (page: Page, request: PageRequest) => unknown) {
  return (good: MemorySource): {getPage: GetPage} => ({
    getPage: async (request) => (await change(await good.getPage(request), request)) as Page,
  });
}

/** `getPage` with its rows changed. */
export function rows(change: (c: Conversation) => unknown) {
  return pages((page) => ({...page, conversations: page.conversations.map(change)}));
}

/** `getPage` with its requests changed. */
export function requests(change: (request: PageRequest) => PageRequest) {
  return (good: MemorySource): {getPage: GetPage} => ({getPage: async (request) => good.getPage(change(request))});
}

/** Events changed, or held back by `undefined`. */
export function events(change: (event: SourceEvent) => unknown) {
  return (good: MemorySource): object => ({
    subscribe: (listener: Listener) =>
      good.subscribe((event) => {
        const told = change(event) as SourceEvent | undefined;
        if (told !== undefined) listener(told);
      }),
  });
}

/** Capabilities changed. */
export function capabilities(change: object) {
  return (good: MemorySource): object => ({capabilities: {...good.capabilities, ...change}});
}

/** Listeners kept in some wrong way. */
export function hub(wrong: {
  add(listener: Listener): () => void;
  tell(event: SourceEvent): void;
}) {
  return (good: MemorySource): object => {
    good.subscribe((event) => wrong.tell(event));
    return {subscribe: (listener: Listener) => wrong.add(listener)};
  };
}
