import {SourceError, type Conversation, type ConversationSource, type Page, type PageRequest, type SourceCapabilities} from '../../src/model/index.js';
import {encodeKey} from '../../src/sources/cache/keys.js';
import {CachedSource} from '../../src/sources/cached.js';
import {MemorySource} from '../../src/sources/memory.js';
import {generateConversations} from '../../src/testing/generate-conversations.js';
import '../../src/define.js';
import {openDexie} from './dexie.js';
import type {Request} from './server.js';

/** What keeps the rows: this package, Dexie, IndexedDB by hand, nothing. */
export type Keeper = 'ours' | 'dexie' | 'raw' | 'network';

const NAME = {name: 'bench', account: 'me'};
const CAPABILITIES: SourceCapabilities = {
  paging: 'cursor', serverFilters: ['hidden'], nativeOrder: true, deleteEvents: true, syncEvents: false, unreadTotal: false, ops: new Set(),
};
/** Rows in one transaction while the store is filled. */
const BATCH = 1000;

export interface Row {
  readonly id: string;
  /** Sorts the greatest order key first. */
  readonly nk: string;
  readonly c: Conversation;
}
const rowOf = (c: Conversation): Row => ({id: c.id, nk: `${encodeKey(c.orderKey)}${c.id}`, c});

/** As little of a source as a list needs. */
function sourceOf(read: (after: string, limit: number) => Promise<readonly Row[]>): ConversationSource {
  return {
    capabilities: CAPABILITIES,
    async getPage({limit, cursor}: PageRequest): Promise<Page> {
      const rows = await read((cursor as string | undefined) ?? '', limit);
      return {conversations: rows.map(({c}) => c), done: rows.length < limit, cursor: rows.at(-1)?.nk};
    },
    subscribe: () => () => undefined,
  };
}

interface Store {
  readonly fill: (rows: readonly Row[]) => Promise<unknown>;
  readonly source: ConversationSource;
}

function dexie(): Store {
  const {fill, read} = openDexie();
  return {fill, source: sourceOf(read)};
}

function raw(): Store {
  const opening = new Promise<IDBDatabase>((resolve, reject) => {
    const open = indexedDB.open('bench-raw', 1);
    open.onupgradeneeded = () => open.result.createObjectStore('rows', {keyPath: 'id'}).createIndex('nk', 'nk');
    open.onsuccess = () => resolve(open.result);
    open.onerror = () => reject(new Error('No database', {cause: open.error}));
  });
  return {
    async fill(all) {
      const tx = (await opening).transaction('rows', 'readwrite', {durability: 'relaxed'});
      for (const row of all) tx.objectStore('rows').put(row);
      await new Promise((resolve) => (tx.oncomplete = resolve));
    },
    source: sourceOf(async (after, limit) => {
      const index = (await opening).transaction('rows').objectStore('rows').index('nk');
      const request = index.getAll(IDBKeyRange.lowerBound(after, true), limit) as IDBRequest<Row[]>;
      return new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
    }),
  };
}

/** The first page by the network, after `latency` ms. */
const network = (latency: number): ConversationSource => ({
  ...sourceOf(async () => []),
  async getPage() {
    await new Promise((resolve) => setTimeout(resolve, latency));
    const text = await (await fetch('/first-page')).text();
    const revive = (key: string, value: unknown): unknown => (key === 'orderKey' ? BigInt(value as string) : value);
    return {conversations: JSON.parse(text, revive) as Conversation[], done: true};
  },
});

const data = (count: number): Conversation[] => generateConversations(count, {now: 1_700_000_000_000});

/** A server with the same conversations, in a worker. */
function server(count: number): ConversationSource {
  const worker = new Worker('/server.js');
  const waiting = new Map<number, (page: Page) => void>();
  const say = (request: Request): void => worker.postMessage(request);
  worker.addEventListener('message', ({data: {n, page}}: MessageEvent<{n: number; page: Page}>) => {
    waiting.get(n)?.(page);
    waiting.delete(n);
  });
  say({count});
  let asked = 0;
  return {
    capabilities: {...CAPABILITIES, maxPageSize: 500},
    getPage: ({signal: _, ...request}) =>
      new Promise((resolve) => {
        waiting.set(++asked, resolve);
        say({n: asked, request});
      }),
    subscribe: () => () => undefined,
  };
}

function list(source: ConversationSource): Promise<number> {
  const element = document.createElement('im-conversation-list');
  element.style.height = '700px';
  element.source = source;
  document.body.append(element);
  return new Promise((resolve) => {
    const look = (): void => {
      const drawn = element.shadowRoot?.querySelectorAll('.row:not([hidden])').length ?? 0;
      // What is in the document by one frame is on the screen by the next.
      if (drawn > 5) requestAnimationFrame(() => resolve(performance.now()));
      else requestAnimationFrame(look);
    };
    look();
  });
}

/** Milliseconds between frames, while something goes on. */
class Frames {
  readonly #gaps: number[] = [];
  #last = performance.now();
  #on = true;
  /** Tasks of more than 50 ms: what is ours of a late frame, where the machine has other things to do. */
  readonly #tasks: number[] = [];
  readonly #observer = new PerformanceObserver((list) => this.#tasks.push(...list.getEntries().map(({duration}) => duration)));

  constructor() {
    this.#observer.observe({type: 'longtask'});
    const step = (): void => {
      const now = performance.now();
      this.#gaps.push(now - this.#last);
      this.#last = now;
      if (this.#on) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }

  end(): Record<'longest' | 'over50' | 'frames' | 'tasks' | 'longestTask', number> {
    this.#on = false;
    const [gaps, tasks] = [this.#gaps, this.#tasks];
    const over50 = gaps.filter((gap) => gap > 50).length;
    return {longest: Math.max(0, ...gaps), over50, frames: gaps.length, tasks: tasks.length, longestTask: Math.max(0, ...tasks)};
  }
}

/** A server that nobody reaches. */
function away(): ConversationSource {
  const remote = new MemorySource();
  remote.failNextPage(undefined, Infinity);
  remote.search = async () => Promise.reject(new SourceError('network', 'No connection'));
  return remote;
}

function synced(source: ConversationSource): Promise<void> {
  return new Promise((resolve) => {
    source.subscribe((event) => {
      if (event.type === 'sync' && event.phase === 'finish') resolve();
    });
  });
}

const sources: Readonly<Record<Keeper, (latency: number) => ConversationSource>> = {
  ours: () => new CachedSource(away(), NAME),
  raw: () => raw().source,
  dexie: () => dexie().source,
  network,
};

const bench = {
  /** Fills the store; for ours as it is filled in life, by a sync with the list in view. */
  async fill(keeper: Keeper, count: number): Promise<Record<string, number>> {
    if (keeper === 'ours') return this.sync(count);
    const all = data(count);
    const start = performance.now();
    const store = keeper === 'dexie' ? dexie() : raw();
    for (let i = 0; i < count; i += BATCH) await store.fill(all.slice(i, i + BATCH).map(rowOf));
    return {ms: performance.now() - start};
  },

  /** Walks through all that the server has, with the list in view. */
  async sync(count: number): Promise<Record<string, number>> {
    const source = new CachedSource(server(count), NAME);
    const done = synced(source);
    await list(source);
    const start = performance.now();
    const frames = new Frames();
    await done;
    return {ms: performance.now() - start, ...frames.end()};
  },

  /** Shows the first rows. `read`: how long the first page took; `painted`: since the page began to load. */
  async show(keeper: Keeper, latency: number): Promise<{read: number; painted: number}> {
    const source = sources[keeper](latency);
    const {getPage} = source;
    let read = NaN;
    source.getPage = async (request) => {
      const start = performance.now();
      const page = await getPage.call(source, request);
      if (Number.isNaN(read)) read = performance.now() - start;
      return page;
    };
    return {painted: await list(source), read};
  },

  /** Writes 1,000 changes. */
  async change(keeper: Keeper, count: number): Promise<number> {
    const all = data(count).slice(0, 1000);
    const changed = all.map((c, i) => ({...c, unreadCount: i + 1, orderKey: c.orderKey + 1n}));
    if (keeper === 'ours') {
      const remote = new MemorySource({conversations: all});
      const source = new CachedSource(remote, {...NAME, account: 'changes'});
      await synced(source);
      const start = performance.now();
      remote.upsert(changed);
      await source.getPage({limit: 1});
      return performance.now() - start;
    }
    const store = keeper === 'dexie' ? dexie() : raw();
    await store.source.getPage({limit: 1});
    const start = performance.now();
    await store.fill(changed.map(rowOf));
    return performance.now() - start;
  },

  /** Searches what is kept. */
  async search(query: string): Promise<Record<string, number>> {
    const source = new CachedSource(away(), NAME);
    // As a list that has been here for a while.
    source.subscribe(() => undefined);
    await source.getPage({limit: 50});
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const frames = new Frames();
    const start = performance.now();
    await source.search(query, {limit: 50});
    return {ms: performance.now() - start, ...frames.end()};
  },

  firstPage: (): string => JSON.stringify(data(50), (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
};

declare global {
  interface Window {
    cacheBench: typeof bench;
  }
}
window.cacheBench = bench;
