import {SourceError, type SourceErrorCode} from '../../model/errors.js';
import type {ConnectionState, SourceEvent} from '../../model/source.js';
import type {Connect} from './connect.js';
import {toHttpError} from './errors.js';
import type {StreamEvent} from './event-stream.js';
import {EVENTS, parseJson, readEvent} from './read.js';

/** Milliseconds. The limit of the first wait, */
const FIRST = 1000;
/** of any, */
const HIGHEST = 30_000;
/** the longest that a server can ask for, */
const LONGEST_ASKED = 3_600_000;
/** how long a connection may be silent: three signs of life that the protocol asks for, */
const SILENCE = 45_000;
/** and how long what is asked for waits for a first connection. */
const PATIENCE = 1000;

/** There is nothing to connect to. */
const ABSENT: ReadonlySet<SourceErrorCode> = new Set<SourceErrorCode>(['not-found', 'unsupported']);

/** What a stream needs of its source. */
export interface LiveOptions {
  readonly connect: Connect | undefined;
  readonly tell: (...events: SourceEvent[]) => void;
  /** Milliseconds between two looks where there is nothing to connect to; 0: none. */
  readonly pollMs: number;
}

/**
 * Keeps up with the changes while somebody listens: connects, goes on from where it stood after a break, and tells a gap
 * where it cannot.
 *
 * It begins where the pages that are on their way were read, so that nothing falls between a page and the first event.
 */
export class Live {
  readonly #options: LiveOptions;
  #end: AbortController | undefined;
  /** Where the list stands: after the last event, or at the reading of the last page. */
  #position: string | undefined;
  #state: ConnectionState | undefined;
  #retryMs = FIRST;
  #failures = 0;
  /** Pages on their way. */
  readonly #pages = new Set<Promise<unknown>>();
  /** A connection that goes on from nowhere is on its way: what changes before it stands, it does not tell. */
  #fresh = false;
  /** Something was asked for all the same. */
  #early = false;
  /** Closed while the connection is worth waiting for. */
  readonly #door = new Door();

  constructor(options: LiveOptions) {
    this.#options = options;
  }

  start(): void {
    const end = (this.#end = new AbortController());
    this.#state = undefined;
    this.#failures = 0;
    this.#door.close(PATIENCE);
    const online = (): void => this.#wake?.();
    globalThis.addEventListener?.('online', online);
    end.signal.addEventListener('abort', () => globalThis.removeEventListener?.('online', online));
    void this.#run(end.signal);
  }

  stop(): void {
    this.#end?.abort();
    this.#end = undefined;
    this.#position = undefined;
    this.#state = undefined;
    this.#fresh = this.#early = false;
    this.#door.open();
  }

  /** Before something is done whose effect is to be heard: resolves when a first connection stands, or takes its time. */
  async ready(): Promise<void> {
    await this.#door.opened;
    if (this.#fresh) this.#early = true;
  }

  /** A page is asked for by `ask`, which says where it was read. */
  async page<T extends {readonly position?: string}>(ask: () => Promise<T>): Promise<T> {
    if (this.#fresh) await this.ready();
    const asked = ask();
    this.#pages.add(asked);
    try {
      const page = await asked;
      // While nobody listens, the latest counts; else the first to which changes may be missing.
      if (!this.#end) this.#position = page.position;
      else if (this.#state !== 'online') this.#position ??= page.position;
      return page;
    } finally {
      this.#pages.delete(asked);
    }
  }

  async #run(signal: AbortSignal): Promise<void> {
    // Who listens asks for a page in the same breath.
    await this.#sleep(0, signal);
    while (!signal.aborted) {
      while (this.#pages.size > 0) await Promise.allSettled(this.#pages);
      if (signal.aborted) return;
      this.#fresh = this.#position === undefined;
      const error = await this.#once(signal);
      if (!signal.aborted) this.#fresh = false;
      this.#door.open();
      if (signal.aborted) return;
      if (error && ABSENT.has(error.code)) return this.#poll(signal);
      if (error?.nativeCode === 410) {
        this.#lose();
      } else if (error) {
        this.#setState(error.code === 'auth' ? 'expired' : 'offline');
        if (!error.retryable) this.#options.tell({type: 'sync', phase: 'fail', error});
      } else {
        this.#setState('connecting');
      }
      const asked = Math.min(error?.retryAfterMs ?? 0, LONGEST_ASKED);
      // By chance over the whole range, so that clients that were cut off together do not come back together.
      await this.#sleep(asked + Math.random() * Math.min(HIGHEST, this.#retryMs * 2 ** this.#failures++), signal);
    }
  }

  /** One connection; gives what ended it, if that was not the server in order. */
  async #once(signal: AbortSignal): Promise<SourceError | undefined> {
    const {connect} = this.#options;
    if (!connect) return new SourceError('unsupported', 'Live changes are not wanted');
    const own = new AbortController();
    const end = (): void => own.abort();
    signal.addEventListener('abort', end);
    let silent = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const alive = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        silent = true;
        end();
      }, SILENCE);
    };
    alive();
    const after = this.#position;
    let first = true;
    try {
      await connect(after, own.signal, {
        alive,
        retry: (ms) => (this.#retryMs = Math.min(Math.max(ms, 1), HIGHEST)),
        event: (event) => {
          if (first) this.#greeted(event, after !== undefined);
          first = false;
          this.#hear(event);
        },
      });
      return silent ? new SourceError('timeout', 'The stream of changes fell silent') : undefined;
    } catch (thrown) {
      return silent ? new SourceError('timeout', 'The stream of changes fell silent') : toHttpError(thrown);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      own.abort();
    }
  }

  /** The first event says whether the stream goes on where it was asked to. */
  #greeted({name, data}: StreamEvent, asked: boolean): void {
    this.#failures = 0;
    const {resumed} = (name === 'hello' ? Object(quietly(data)) : {}) as {readonly resumed?: unknown};
    this.#setState('online');
    if (asked ? resumed !== true : this.#early) this.#lose();
    this.#fresh = this.#early = false;
    this.#door.open();
  }

  #hear({name, id, data}: StreamEvent): void {
    try {
      const event = EVENTS.has(name) ? readEvent(name, parseJson(data)) : undefined;
      if (event) this.#options.tell(event);
    } catch (thrown) {
      this.#options.tell({type: 'sync', phase: 'fail', error: toHttpError(thrown)});
    }
    if (id !== undefined && this.#end) this.#position = id;
  }

  /** What came in between is not to be had any more. */
  #lose(): void {
    this.#position = undefined;
    this.#options.tell({type: 'reset', reason: 'gap'});
  }

  async #poll(signal: AbortSignal): Promise<void> {
    const {pollMs} = this.#options;
    while (pollMs > 0 && !signal.aborted) {
      await this.#sleep(pollMs, signal);
      if (!signal.aborted) this.#lose();
    }
  }

  #setState(state: ConnectionState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.tell({type: 'connection', state});
  }

  #wake: (() => void) | undefined;

  /** Ends early when the browser is online again, or nobody listens any more. */
  #sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      signal.addEventListener('abort', wake);
      this.#wake = wake;
    });
  }
}

/** Something to wait for, but not for long. */
class Door {
  opened = Promise.resolve();
  #open = (): void => undefined;

  close(ms: number): void {
    this.opened = new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#open = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  open(): void {
    this.#open();
  }
}

/** JSON, or nothing. */
function quietly(data: string): unknown {
  try {
    return parseJson(data);
  } catch {
    return undefined;
  }
}
