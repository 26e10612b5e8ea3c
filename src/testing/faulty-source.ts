import {SourceError} from '../model/errors.js';
import type {ConversationSource, GroupOps, Page, PageRequest, SourceEvent} from '../model/source.js';
import {idsOf} from './conformance/recorder.js';
import {Random, subSeed} from './random.js';

/** What goes wrong, and how often: probabilities from 0 to 1, all 0 by default. */
export interface Faults {
  /**
   * Milliseconds that an answer, an action or an event takes, or the least and the most of it. Default 0. Events
   * stay in order. A request spends some of it on its way to the source and the rest on its way back.
   */
  readonly latency?: number | readonly [least: number, most: number];
  /** A request or an action fails with a retryable `network` error, before it reaches the source. */
  readonly error?: number;
  /** A page is asked for with a smaller limit, down to 1; not where paging is `all`. */
  readonly partial?: number;
  /** An event is told twice. */
  readonly duplicate?: number;
  /** An event overtakes the one before, if that is still on its way and both are about different conversations. */
  readonly reorder?: number;
  /** An event about conversations, or about the unread total, is lost. */
  readonly drop?: number;
  /** In the place of an event that is lost comes a `reset` with reason `gap`. Default true. */
  readonly gap?: boolean;
  /** A request or an action never settles, unless its signal fires or the source is disposed of. */
  readonly hang?: number;
}

/** Those of the {@link Faults} that are counted. */
export type FaultName = 'error' | 'partial' | 'duplicate' | 'reorder' | 'drop' | 'hang';

/** The faults at first, and the seed. */
export interface FaultySourceOptions extends Faults {
  /** With the same seed the n-th request and the n-th event meet the same faults. Default 1. */
  readonly seed?: number;
}

/** See {@link faultySource}. */
export interface FaultySource extends ConversationSource {
  /** What goes wrong from now on. `{}` for nothing; what is on its way arrives as it was to. */
  faults: Faults;
  /** How often each fault has happened. */
  readonly injected: Readonly<Record<FaultName, number>>;
  /** How many timers run: answers and events that are on their way. */
  readonly pending: number;
  /** Ends what is on its way, which rejects with `aborted`, and disposes of the source inside. */
  dispose(): void;
}

type Listener = (event: SourceEvent) => void;
type Method = (...args: unknown[]) => Promise<unknown>;

const METHODS = [
  ...(['getByIds', 'search', 'getTotalUnread', 'setPinned', 'setNotify', 'markRead', 'markUnread', 'setHidden'] as const),
  ...(['delete', 'clearHistory', 'setDraft', 'setMark', 'setCustomData'] as const),
];
const GROUP_METHODS = ['list', 'create', 'rename', 'delete', 'add', 'remove'] as const;
const DROPPABLE: readonly unknown[] = ['upsert', 'remove', 'snapshot', 'unread'];

/**
 * Puts a bad network between an app and a source, for tests: the same each time for the same seed.
 *
 * It has the capabilities of the source inside, and those of its actions that are there when it is made. It listens
 * to the source while it is listened to. Its timers end with the signal, the last listener or `dispose()`.
 *
 * `latency`, `error`, `partial`, `duplicate` and `reorder` are within what a source may do, so is `drop` with `gap`:
 * a list comes out right in spite of them. `drop` without `gap` is not, as nobody can know what was lost, nor is
 * `hang`: the list gives such a page up after its own time limit.
 *
 * @example
 * const source = faultySource(new MemorySource({conversations}), {seed: 7, latency: [0, 300], error: 0.1});
 * list.source = source;
 * source.faults = {drop: 1, gap: false};
 */
export function faultySource(inner: ConversationSource, options: FaultySourceOptions = {}): FaultySource {
  const line = new FaultyLine(inner, options);
  const source: Record<string, unknown> = {
    getPage: (request: PageRequest) => line.getPage(request),
    subscribe: (listener: Listener) => line.subscribe(listener),
    dispose: () => line.dispose(),
    injected: line.injected,
  };
  Object.defineProperties(source, {
    capabilities: {get: () => inner.capabilities, enumerable: true},
    faults: {get: () => line.faults, set: (faults: Faults) => (line.faults = faults), enumerable: true},
    pending: {get: () => line.pending, enumerable: true},
  });
  if (inner.selfId !== undefined) source['selfId'] = inner.selfId;
  for (const name of METHODS) {
    if (typeof inner[name] === 'function') source[name] = wrapped(line, (inner[name] as Method).bind(inner));
  }
  const {groups} = inner;
  if (groups) {
    const group = (name: keyof GroupOps): Method => wrapped(line, (groups[name] as Method).bind(groups));
    source['groups'] = Object.fromEntries(GROUP_METHODS.map((name) => [name, group(name)]));
  }
  return source as unknown as FaultySource;
}

function wrapped(line: FaultyLine, method: Method): Method {
  return (...args) => {
    const last = args.at(-1) as {readonly signal?: AbortSignal} | null | undefined;
    return line.ask(() => method(...args), last?.signal);
  };
}

/** The way between a source and those who use it. */
class FaultyLine {
  faults: Faults;
  readonly injected: Record<FaultName, number> = {error: 0, partial: 0, duplicate: 0, reorder: 0, drop: 0, hang: 0};

  readonly #inner: ConversationSource;
  readonly #seed: number;
  readonly #life = new AbortController();
  readonly #listeners = new Map<object, Listener>();
  /** Events that have not arrived, and timers for when they do. */
  #coming: SourceEvent[] = [];
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  #waits = 0;
  #telling: SourceEvent[] = [];
  #unsubscribe: (() => void) | undefined;
  #requests = 0;
  #events = 0;

  constructor(inner: ConversationSource, {seed = 1, ...faults}: FaultySourceOptions) {
    this.#inner = inner;
    this.#seed = seed;
    this.faults = faults;
  }

  get pending(): number {
    return this.#timers.size + this.#waits;
  }

  getPage(request: PageRequest): Promise<Page> {
    const {paging, maxPageSize = 100} = this.#inner.capabilities;
    return this.ask((random) => {
      const most = Math.min(request.limit, maxPageSize);
      if (paging === 'all' || !(most > 1) || !this.#hits('partial', random)) return this.#inner.getPage(request);
      return this.#inner.getPage({...request, limit: random.integer(1, most - 1)});
    }, request.signal);
  }

  async ask<T>(call: (random: Random) => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    const random = this.#random(2 * this.#requests++);
    const ms = this.#latency(random);
    const there = ms > 0 ? random.integer(0, ms) : 0;
    const [fails, hangs] = [this.#hits('error', random), this.#hits('hang', random)];
    await this.#wait(hangs ? Infinity : there, signal);
    if (fails) throw new SourceError('network', 'An injected fault');
    const answer = await call(random);
    await this.#wait(ms - there, signal);
    return answer;
  }

  subscribe(listener: Listener): () => void {
    const key = {};
    this.#listeners.set(key, listener);
    if (!this.#life.signal.aborted) this.#unsubscribe ??= this.#inner.subscribe((event) => this.#receive(event));
    return () => {
      this.#listeners.delete(key);
      if (this.#listeners.size === 0) this.#leave();
    };
  }

  dispose(): void {
    if (this.#life.signal.aborted) return;
    this.#life.abort();
    this.#listeners.clear();
    this.#leave();
    this.#inner.dispose?.();
  }

  #leave(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#timers.forEach(clearTimeout);
    this.#timers.clear();
    this.#coming = [];
  }

  #receive(event: SourceEvent): void {
    const random = this.#random(2 * this.#events++ + 1);
    const ms = this.#latency(random);
    const {gap = true} = this.faults;
    const lost = DROPPABLE.includes(event.type) && this.#hits('drop', random);
    if (lost && !gap) return;
    const told: SourceEvent = lost ? {type: 'reset', reason: 'gap'} : event;
    const before = this.#coming.at(-1);
    const overtakes = before !== undefined && apart(before, told) && this.#hits('reorder', random);
    this.#coming.splice(overtakes ? -1 : this.#coming.length, 0, told);
    if (this.#hits('duplicate', random)) this.#coming.splice(this.#coming.indexOf(told), 0, told);
    if (!(ms > 0)) return this.#arrive(told);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#arrive(told);
    }, ms);
    this.#timers.add(timer);
  }

  /** Tells an event and those before it, unless a later one has brought them along. */
  #arrive(event: SourceEvent): void {
    const telling = this.#coming.splice(0, this.#coming.lastIndexOf(event) + 1);
    this.#telling.push(...telling);
    // What a listener sets off waits until the others have heard the event.
    if (this.#telling.length > telling.length) return;
    for (const each of this.#telling) {
      for (const key of [...this.#listeners.keys()]) {
        try {
          this.#listeners.get(key)?.(each);
        } catch (thrown) {
          // Node has no reportError.
          (globalThis.reportError ?? console.error)(thrown);
        }
      }
    }
    this.#telling = [];
  }

  #random(index: number): Random {
    return new Random(subSeed(this.#seed, index));
  }

  #latency(random: Random): number {
    const {latency = 0} = this.faults;
    const [least, most] = typeof latency === 'number' ? [latency, latency] : latency;
    return random.integer(least, most);
  }

  #hits(name: FaultName, random: Random): boolean {
    // Drawn always, so that one fault does not change when another happens.
    const hit = random.chance(this.faults[name] ?? 0);
    if (hit) this.injected[name]++;
    return hit;
  }

  async #wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
    const signals = [signal, this.#life.signal];
    const stop = (): void => {
      const aborted = signals.find((each) => each?.aborted);
      if (aborted) throw new SourceError('aborted', 'Aborted', {cause: aborted.reason});
    };
    stop();
    if (!(ms > 0)) return;
    this.#waits++;
    await new Promise<void>((resolve) => {
      const timer = ms === Infinity ? undefined : setTimeout(() => end(), ms);
      const end = (): void => {
        clearTimeout(timer);
        for (const each of signals) each?.removeEventListener('abort', end);
        resolve();
      };
      for (const each of signals) each?.addEventListener('abort', end);
    });
    this.#waits--;
    stop();
  }
}

/** Both are about conversations, and none about the same. */
function apart(one: SourceEvent, other: SourceEvent): boolean {
  const [ids, others] = [idsOf(one), idsOf(other)];
  const partial = [one, other].every(({type}) => type === 'upsert' || type === 'remove');
  return partial && !ids.some((id) => others.includes(id));
}
