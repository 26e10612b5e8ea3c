import type {MemorySource} from '../../src/sources/memory.js';
import type {Conversation, ConversationFilter, Page, SourceEvent} from '../../src/model/index.js';

/** What pinning adds to an order key. */
export const PIN = 1n << 62n;

/** A conversation with neutral fields. */
export function make(id: string, fields: Partial<Conversation> = {}): Conversation {
  return {
    id,
    type: 'direct',
    title: id.toUpperCase(),
    orderKey: 0n,
    pinned: false,
    unreadCount: 0,
    notify: 'all',
    marks: [],
    groups: [],
    ...fields,
  };
}

/** `count` conversations `c0`, `c1`, … from the highest key down. */
export function makeMany(count: number): Conversation[] {
  return Array.from({length: count}, (_, i) => make(`c${i}`, {orderKey: BigInt((count - i) * 10)}));
}

export function ids(conversations: readonly Conversation[]): string[] {
  return conversations.map(({id}) => id);
}

/** Everything the source tells from now on. */
export function record(source: MemorySource): SourceEvent[] {
  const events: SourceEvent[] = [];
  source.subscribe((event) => events.push(event));
  return events;
}

export function types(events: readonly SourceEvent[]): string[] {
  return events.map(({type}) => type);
}

/** Pages to the end; `between` runs after each page but the last. */
export async function pageAll(
  source: MemorySource,
  {limit = 10, filter, between}: {limit?: number; filter?: ConversationFilter; between?: (page: number) => void} = {},
): Promise<{pages: Page[]; ids: string[]}> {
  const pages: Page[] = [];
  let cursor: unknown;
  for (;;) {
    const page = await source.getPage({limit, ...(cursor !== undefined && {cursor}), ...(filter && {filter})});
    pages.push(page);
    if (page.done) return {pages, ids: pages.flatMap(({conversations}) => ids(conversations))};
    if (pages.length > 10_000) throw new Error('paging does not end');
    cursor = page.cursor;
    between?.(pages.length);
  }
}

/** Settled: what happens in a microtask has happened. */
export function tick(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
