import {CachedSource} from '../../../src/sources/cached.js';
import {LocalSource} from '../../../src/sources/local.js';
import {databaseName} from '../../../src/sources/cache/database.js';
import {ConversationStore, type Conversation, type ConversationSource, type SourceEvent} from '../../../src/store/index.js';
import {DeadSource, plain, WireSource} from './wire-source.js';

/** One account as a tab shows it. */
interface Shown {
  readonly source: CachedSource | LocalSource;
  readonly store: ConversationStore;
  readonly events: SourceEvent[];
}

const OPTIONS = {name: 'test'};
const shown = new Map<string, Shown>();
const warnings: string[] = [];
const errors: string[] = [];
const {warn} = console;
console.warn = (...values: unknown[]) => {
  warnings.push(values.map(String).join(' '));
  warn(...values);
};
addEventListener('error', ({message}) => errors.push(message));
addEventListener('unhandledrejection', ({reason}) => errors.push(String(reason)));

function show(account: string, source: Shown['source'], want = Infinity): Shown {
  const events: SourceEvent[] = [];
  const store = new ConversationStore();
  store.pageSize = 50;
  store.want(want);
  source.subscribe((event) => events.push(event));
  store.source = source;
  store.connect();
  const one = {source, store, events};
  shown.set(account, one);
  return one;
}

function one(account: string): Shown {
  const found = shown.get(account);
  if (!found) throw new Error(`Not opened: ${account}`);
  return found;
}

/** What tests have a page do, by `page.evaluate`. */
const api = {
  warnings,
  errors,

  /** Shows accounts of the server by way of the cache. */
  open(...accounts: readonly string[]): void {
    for (const account of accounts) show(account, new CachedSource(new WireSource(account), {...OPTIONS, account}));
  },

  /** Shows accounts that have no server. */
  openLocal(...accounts: readonly string[]): void {
    for (const account of accounts) show(account, new LocalSource({...OPTIONS, account}));
  },

  rows(account: string): string[] {
    return one(account).store.snapshot.rows.slice(0, Infinity).map(plain);
  },

  row(account: string, id: string): Conversation | undefined {
    return one(account).store.snapshot.rows.get(id);
  },

  status(account: string): {page: string; sync: string; rows: number; unread: number | undefined} {
    const {page, sync, rows, unreadTotal: unread} = one(account).store.snapshot;
    return {page: page.status, sync: sync.status, rows: rows.length, unread};
  },

  /** Whether an account has been synced and shown to its end. */
  settled(account: string): boolean {
    const {page, sync} = one(account).store.snapshot;
    return page.status === 'done' && sync.status === 'idle' && api.told(account, 'sync', 'finish') > 0;
  },

  /** How often an account has told of something. */
  told(account: string, type: SourceEvent['type'], phase?: string): number {
    return one(account).events.filter((e) => e.type === type && (!phase || (e.type === 'sync' && e.phase === phase))).length;
  },

  /** Whether no conversation was told with something older than what had been told before. */
  goneBack(account: string): string[] {
    const last = new Map<string, number>();
    return one(account).events.flatMap((event) => {
      if (event.type !== 'upsert') return [];
      return event.conversations.flatMap(({id, lastMessage}) => {
        const [now, before] = [lastMessage?.sentAt ?? 0, last.get(id) ?? 0];
        last.set(id, now);
        return now < before ? [`${id}: ${now} after ${before}`] : [];
      });
    });
  },

  /** What an account's cache holds, page by page and without its server; the last one says whether that is all. */
  async kept(account: string): Promise<{rows: string[]; complete: boolean}> {
    const source: ConversationSource = new CachedSource(new DeadSource(account), {...OPTIONS, account});
    const rows: string[] = [];
    for (let cursor: unknown; ; ) {
      const page = await source.getPage({limit: 50, ...(cursor !== undefined && {cursor})}).catch(() => undefined);
      if (!page) return {rows, complete: false};
      rows.push(...page.conversations.map(plain));
      if (page.done) return {rows, complete: true};
      ({cursor} = page);
    }
  },

  cached: (account: string): CachedSource => one(account).source as CachedSource,
  local: (account: string): LocalSource => one(account).source as LocalSource,
  store: (account: string): ConversationStore => one(account).store,
  close(account: string): void {
    one(account).store.disconnect();
    one(account).source.dispose();
    shown.delete(account);
  },
  databaseName: (account: string): string => databaseName(OPTIONS.name, account),
};

declare global {
  interface Window {
    cache: typeof api;
  }
}
window.cache = api;
