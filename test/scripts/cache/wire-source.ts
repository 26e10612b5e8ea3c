import {
  SourceError,
  type Conversation,
  type ConversationSource,
  type NotifyLevel,
  type OpResult,
  type Page,
  type PageRequest,
  type SourceCapabilities,
  type SourceErrorCode,
  type SourceEvent,
} from '../../../src/model/index.js';
import {pack, PAGE_SIZE, unpack} from './wire.js';

type Listener = (account: string, event: SourceEvent) => void;

/** One stream for all accounts: browsers allow six connections. */
const listeners = new Set<Listener>();
let stream: EventSource | undefined;
/** Of the events so far, how many are known; `undefined` while the stream is not open. */
let known: number | undefined;
const waiting: (() => void)[] = [];

function heard(count: number | undefined): void {
  known = count;
  for (const go of waiting.splice(0)) go();
}

/** An answer counts after the events that are older than it, which come on a connection of their own. */
async function caughtUp(count: number): Promise<void> {
  while (stream && known !== undefined && known < count) await new Promise<void>((go) => waiting.push(go));
}

/** Until then, what happens is told to nobody. It may also not open at all. */
async function opened(): Promise<void> {
  if (stream?.readyState === EventSource.CONNECTING && known === undefined) await new Promise<void>((go) => waiting.push(go));
}

function listen(listener: Listener): () => void {
  listeners.add(listener);
  if (!stream) {
    let lost = false;
    stream = new EventSource('/api/events');
    stream.addEventListener('message', ({data}: MessageEvent<string>) => {
      const {account, event, count} = unpack<{account: string; event?: SourceEvent; count: number}>(data);
      if (event) for (const one of listeners) one(account, event);
      heard(count);
    });
    const all = (event: SourceEvent): void => listeners.forEach((one) => one('', event));
    stream.addEventListener('open', () => {
      all({type: 'connection', state: 'online'});
      if (lost) all({type: 'reset', reason: 'gap'});
      lost = false;
    });
    stream.addEventListener('error', () => {
      if (!lost) all({type: 'connection', state: 'offline'});
      lost = true;
      heard(undefined);
    });
  }
  return () => {
    if (listeners.delete(listener) && listeners.size === 0) {
      stream?.close();
      stream = undefined;
      heard(undefined);
    }
  };
}

/** An app's own source for the server of these tests. */
export class WireSource implements ConversationSource {
  readonly capabilities: SourceCapabilities = {
    paging: 'cursor',
    maxPageSize: PAGE_SIZE,
    serverFilters: ['types', 'mark', 'group', 'hasUnread', 'hasMention', 'pinned', 'hidden', 'ids'],
    nativeOrder: true,
    deleteEvents: true,
    syncEvents: false,
    unreadTotal: true,
    ops: new Set(['pin', 'notify', 'markRead', 'markUnread', 'hide', 'delete', 'draft', 'mark']),
  };
  readonly #account: string;

  constructor(account: string) {
    this.#account = account;
  }

  async getPage({signal: _, ...request}: PageRequest): Promise<Page> {
    await opened();
    return this.#call('getPage', request);
  }

  subscribe(listener: (event: SourceEvent) => void): () => void {
    return listen((account, event) => {
      if (account === '' || account === this.#account) listener(event);
    });
  }

  getTotalUnread(): Promise<number> {
    return this.#call('getTotalUnread');
  }

  setPinned(id: string, pinned: boolean): Promise<void> {
    return this.#call('setPinned', id, pinned);
  }

  setNotify(id: string, notify: NotifyLevel): Promise<void> {
    return this.#call('setNotify', id, notify);
  }

  markRead(ids: readonly string[] | 'all'): Promise<readonly OpResult[]> {
    return this.#call('markRead', ids);
  }

  setDraft(id: string, text: string | null): Promise<void> {
    return this.#call('setDraft', id, text);
  }

  setMark(ids: readonly string[], mark: string, on: boolean): Promise<readonly OpResult[]> {
    return this.#call('setMark', ids, mark, on);
  }

  delete(ids: readonly string[]): Promise<readonly OpResult[]> {
    return this.#call('delete', ids);
  }

  async #call<T>(name: string, ...args: readonly unknown[]): Promise<T> {
    let text: string;
    try {
      const body = pack({account: this.#account, name, args});
      text = await (await fetch('/api', {method: 'POST', body})).text();
    } catch (cause) {
      throw new SourceError('network', 'No connection', {cause});
    }
    const {value, error, count = 0} = unpack<{value: T; error?: {code: SourceErrorCode; message: string; retryable: boolean}; count?: number}>(text);
    await caughtUp(count);
    if (error) throw new SourceError(error.code, error.message, {retryable: error.retryable});
    return value;
  }
}

/** Nobody answers. */
export class DeadSource extends WireSource {
  override async getPage(): Promise<Page> {
    throw new SourceError('network', 'No connection');
  }
}

/** What is compared of a conversation, in one order: not what passes quickly. */
export function plain({native: _, presence: __, typing: ___, ...c}: Conversation): string {
  return pack(sorted(c));
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const fields = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(fields.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => [name, sorted(one)]));
}
