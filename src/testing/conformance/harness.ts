import type {Conversation} from '../../model/conversation.js';
import {matches, type ConversationFilter} from '../../model/filter.js';
import type {ConversationSource, Page, PageRequest, SourceEvent} from '../../model/source.js';
import {Broken, ensure, show} from './check.js';
import {Recorder} from './recorder.js';
import {ensurePage, ensureSourceError} from './shapes.js';
import type {ConformanceSubject} from './subject.js';

/** The page size that asks for everything. */
const ALL = 2 ** 31 - 1;

/** How often a call is tried that fails for now. */
const TRIES = 8;

/** What became of a call: its value, or its error. */
export type Outcome<T> =
  | {readonly value: T; readonly error?: never}
  | {readonly error: unknown; readonly value?: never};

/** What a walk over the pages found. */
export interface Walk {
  readonly pages: readonly Page[];
  /** In the order of the pages, repeats included. */
  readonly rows: readonly Conversation[];
}

/** How long a check waits, in milliseconds. */
export interface Patience {
  readonly timeoutMs: number;
  readonly quietMs: number;
}

/** A subject under a check, and what checks have in common. */
export class Harness {
  readonly source: ConversationSource;
  /** What the source is known to hold, in order. */
  readonly known: readonly Conversation[];
  readonly #patience: Patience;
  readonly #recorders: Recorder[] = [];

  constructor(
    readonly subject: ConformanceSubject,
    patience: Patience,
  ) {
    this.source = subject.source;
    this.known = inOrder(subject.conversations);
    this.#patience = patience;
  }

  /** The highest and the lowest conversation. */
  get first(): Conversation {
    return this.known[0] as Conversation;
  }

  get last(): Conversation {
    return this.known.at(-1) as Conversation;
  }

  /** The most that a list asks this source for. */
  get largest(): number {
    return this.source.capabilities.maxPageSize ?? ALL;
  }

  /** A page size that takes about three pages. */
  get third(): number {
    return Math.min(this.largest, Math.ceil(this.known.length / 3));
  }

  /** The most rows that a page may hold. */
  most(limit: number): number {
    const {paging, maxPageSize = Infinity} = this.source.capabilities;
    if (paging === 'all' || paging === 'window') return maxPageSize;
    return Math.min(Math.max(limit, this.subject.minPageSize ?? 0), maxPageSize);
  }

  /** Listens until the check is over. */
  listen(recorder = new Recorder()): Recorder {
    const stop: unknown = this.source.subscribe(recorder.listen);
    ensure(typeof stop === 'function', `subscribe() returned ${show(stop)} instead of a function`);
    recorder.stop = stop as () => void;
    this.#recorders.push(recorder);
    return recorder;
  }

  /** Listens with any function until the check is over. */
  listenWith(listener: (event: SourceEvent) => void): () => void {
    const recorder = new Recorder();
    recorder.stop = this.source.subscribe(listener);
    this.#recorders.push(recorder);
    return recorder.stop;
  }

  /** Waits for a call, which has to return a promise that settles in time. */
  async outcome<T>(call: () => Promise<T>, name = 'getPage()'): Promise<Outcome<T>> {
    let promise: Promise<T>;
    try {
      promise = call();
    } catch (thrown) {
      throw new Broken(`${name} threw at once instead of rejecting: ${show(thrown)}`);
    }
    const isPromise = typeof (promise as Promise<T> | undefined)?.then === 'function';
    ensure(isPromise, `${name} returned ${show(promise)} instead of a promise`);
    const settled: Promise<Outcome<T>> = promise.then(
      (value) => ({value}),
      (error: unknown) => ({error}),
    );
    const {timeoutMs} = this.#patience;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), timeoutMs);
    });
    const first = await Promise.race([settled, late]);
    clearTimeout(timer);
    ensure(first !== undefined, `${name} did not settle within ${timeoutMs} ms`);
    return first;
  }

  /** As {@link outcome}; what fails for now is tried again, as over a bad network. */
  async settled<T>(call: () => Promise<T>, name?: string): Promise<Outcome<T>> {
    for (let tries = 1; ; tries++) {
      const outcome = await this.outcome(call, name);
      if (tries === TRIES || !('error' in outcome) || !isRetryable(outcome.error)) return outcome;
    }
  }

  /** What a call resolves to. */
  async value<T>(call: () => Promise<T>, name?: string): Promise<T> {
    const outcome = await this.settled(call, name);
    if ('error' in outcome) throw new Broken(`${name ?? 'getPage()'} rejected with ${show(outcome.error)}`);
    return outcome.value;
  }

  async page(request: Partial<PageRequest> = {}): Promise<Page> {
    const page = await this.value(() => this.source.getPage({limit: this.third, ...request}));
    ensurePage(page, 'the page');
    return page;
  }

  /** Walks from the start, or from a page on, to the end. */
  async walk(request: Omit<Partial<PageRequest>, 'cursor'> = {}, begin?: Page): Promise<Walk> {
    const pages = [begin ?? (await this.page(request))];
    const most = 4 * this.known.length + 20;
    for (let [page] = pages as [Page]; page.done !== true; pages.push(page)) {
      ensure(pages.length < most, `after ${most} pages of ${this.known.length} conversations done was not true`);
      ensure(page.cursor !== undefined, 'a page that is not done has no cursor, and none is the first page again');
      page = await this.page({...request, cursor: page.cursor});
    }
    return {pages, rows: pages.flatMap(({conversations}) => conversations)};
  }

  /** What the source gives of one conversation now. */
  async row(id: string): Promise<Conversation | undefined> {
    const {rows} = await this.walk({limit: Math.min(this.largest, 100)});
    return rows.findLast((row) => row.id === id);
  }

  /** Those of the content that a filter lets through. */
  matching(filter: ConversationFilter): readonly string[] {
    return this.known.filter((c) => matches(filter, c)).map(({id}) => id);
  }

  /** Waits until something is so. */
  async until(condition: () => boolean, seen: string): Promise<void> {
    const end = Date.now() + this.#patience.timeoutMs;
    while (!condition()) {
      ensure(Date.now() < end, `${seen} within ${this.#patience.timeoutMs} ms`);
      await pause(2);
    }
  }

  /** Waits long enough for something that must not happen to happen. */
  quiet(): Promise<void> {
    return pause(this.#patience.quietMs);
  }

  /** Changes a conversation in the service, and waits until the listener has heard of it once more. */
  async change(id: string, heard: Recorder): Promise<void> {
    const before = heard.times(id);
    await this.subject.change?.(id);
    await this.until(() => heard.times(id) > before, `no upsert told of ${show(id)}, which was changed,`);
  }

  /** Removes a conversation in the service, and waits until a listener has heard of it if it is to. */
  async remove(id: string, heard: Recorder): Promise<void> {
    await this.subject.remove?.(id);
    if (!this.source.capabilities.deleteEvents) return this.quiet();
    await this.until(() => heard.newest(id) === null, `no remove told of ${show(id)}, which was removed,`);
  }

  /** Ends what the check began. */
  async end(): Promise<void> {
    try {
      for (const {stop} of this.#recorders) stop();
      this.source.dispose?.();
    } finally {
      await this.subject.dispose?.();
    }
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** Above: the greater key, then the smaller id. Not the model's, so that the kit does not rest on what it checks. */
export function isAbove(a: Conversation, b: Conversation): boolean {
  return a.orderKey === b.orderKey ? a.id < b.id : a.orderKey > b.orderKey;
}

export function inOrder(conversations: readonly Conversation[]): Conversation[] {
  return [...conversations].sort((a, b) => (isAbove(a, b) ? -1 : 1));
}

/** What one list of ids has and another lacks, for a message. */
export function lacking(wanted: readonly string[], given: Iterable<string>): string[] {
  const there = new Set(given);
  return wanted.filter((id) => !there.has(id));
}

/** Whether two answers to one request say the same: either may be shorter. */
export function agree(a: Page, b: Page): boolean {
  const [short, long] = a.conversations.length <= b.conversations.length ? [a, b] : [b, a];
  const same = short.conversations.every(({id}, i) => id === long.conversations[i]?.id);
  return same && (short.conversations.length === long.conversations.length ? a.done === b.done : !short.done);
}

/** A failure that may pass, as the source says. */
export function isRetryable(error: unknown): boolean {
  return error instanceof Error && error.name === 'SourceError' && 'retryable' in error && error.retryable === true;
}

/** A request that was aborted may be answered all the same, or rejected the right way. */
export function ensureAborted(
  outcome: Outcome<unknown>,
  where: string,
  ensureAnswer: (value: unknown, where: string) => void,
): void {
  if (!('error' in outcome)) return ensureAnswer(outcome.value, `the answer to ${where}`);
  ensureSourceError(outcome.error, `the rejection of ${where}`);
  const {code} = outcome.error as {readonly code: unknown};
  ensure(code === 'aborted' || isRetryable(outcome.error), `${where} was rejected with the code ${show(code)} instead of "aborted"`);
}

export const idsIn = (rows: readonly Conversation[]): string[] => rows.map(({id}) => id);
