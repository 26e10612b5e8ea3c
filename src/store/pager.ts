import type {Conversation} from '../model/conversation.js';
import {SourceError, toSourceError} from '../model/errors.js';
import type {Sortable} from '../model/order.js';
import type {Page} from '../model/source.js';
import {Pass} from './pass.js';

/** Where paging stands. */
export interface PageState {
  /**
   * - `idle`: more can be loaded.
   * - `loading`: a page is on its way.
   * - `failed`: the last page failed; `error` says why, and a retry asks for the same one.
   * - `paused`: pages keep coming nearly empty through the filter, so loading waits to be asked.
   * - `done`: the source said that there is no more.
   */
  readonly status: 'idle' | 'loading' | 'failed' | 'paused' | 'done';
  readonly error?: SourceError;
}

/** What the pager needs of the store. */
export interface PagerHost {
  /** Asks the source, with the host's page size and filter; may throw. A cursor of `undefined` asks for the first page. */
  fetch(cursor: unknown, signal: AbortSignal): Promise<Page>;
  /** Begins a request: returns the clock, and lets old deletions go. */
  ask(): number;
  /** Takes a page in. Returns the places of its rows, and how many of them are new rows of the list. */
  land(conversations: readonly Conversation[], asked: number, pass: number): {places: readonly Sortable[]; fresh: number};
  prune(pass: Pass, from?: Sortable, to?: Sortable): void;
  /** How many rows the list has. */
  rowCount(): number;
  /** The state changed, or a page landed. */
  changed(page?: {received: number; done: boolean}, error?: SourceError): void;
}

/** Thin pages (fewer new rows than the page held) in a row before automatic loading pauses. */
const THIN_PAGES = 5;
/** Wait between background passes over a source whose pages drift, ms. */
const DRIFT_DELAY = 5000;

const IDLE: PageState = {status: 'idle'};

/**
 * Walks a source's pages: one request at a time, only while rows are wanted, and never past an error.
 *
 * Every answer belongs to an epoch; {@link restart} and {@link stop} begin another, and what comes late has no effect.
 */
export class Pager {
  /** Milliseconds after which a page counts as lost. */
  timeoutMs = 30_000;

  #state: PageState = IDLE;
  #pass = new Pass(0, 0, false, 0);
  #wanted = 0;
  #thin = 0;
  #flight: {readonly settled: Promise<void>; readonly controller: AbortController} | undefined;
  #active = false;
  #behind: ReturnType<typeof setTimeout> | undefined;
  readonly #host: PagerHost;

  constructor(host: PagerHost) {
    this.#host = host;
  }

  get state(): PageState {
    return this.#state;
  }

  /**
   * Begins again at the first page.
   *
   * @param since - the index's clock
   * @param prunes - the pages are the truth about the rows held: what they leave out goes
   * @param target - how many conversations to fetch at once, wanted or not
   */
  restart(since: number, prunes = false, target = 0): void {
    this.stop();
    this.#active = true;
    this.#begin(since, prunes, target);
    this.#state = IDLE;
    this.#host.changed();
  }

  /** Ends everything in flight; nothing happens until {@link restart}. */
  stop(): void {
    this.#flight?.controller.abort();
    this.#flight = undefined;
    this.#active = false;
    this.#thin = 0;
    if (this.#state.status === 'loading') this.#state = IDLE;
    clearTimeout(this.#behind);
  }

  /** There is nothing more to page: the whole list came another way. */
  finish(): void {
    this.stop();
    this.#state = {status: 'done'};
    this.#host.changed();
  }

  /** The view can show so many rows; 0 while it is not visible. More than before renews the budget. */
  want(rows: number): void {
    if (rows > this.#wanted) this.#renew();
    this.#wanted = rows;
    this.pump();
  }

  /** Loads the next page, or the failed one again. Resolves when it has landed or failed; at once when there is none. */
  async loadMore(): Promise<void> {
    if (!this.#active || this.#state.status === 'done') return;
    this.#renew();
    await (this.#flight ?? this.#load()).settled;
  }

  /** Loads if rows are wanted and nothing stands against it. */
  pump(): void {
    if (!this.#active || this.#state.status !== 'idle' || this.#flight !== undefined) return;
    if (this.#pass.received >= this.#pass.target && this.#host.rowCount() >= this.#wanted) return;
    if (this.#thin >= THIN_PAGES && this.#wanted !== Infinity) this.#set({status: 'paused'});
    else this.#load();
  }

  /** Tries a page that failed again, if its error may have passed. */
  recover(): void {
    if (this.#state.status === 'failed' && this.#state.error?.retryable === true) this.#set(IDLE);
  }

  /** The order changed under a source that counts positions. */
  drift(): void {
    if (this.#pass.started || this.#flight !== undefined) this.#pass.drifted = true;
  }

  #begin(since: number, prunes: boolean, target: number): void {
    this.#pass = new Pass(this.#pass.id + 1, since, prunes, target);
  }

  #renew(): void {
    this.#thin = 0;
    if (this.#state.status === 'paused') this.#set(IDLE);
  }

  #set(state: PageState, page?: {received: number; done: boolean}): void {
    this.#state = state;
    this.#host.changed(page, state.error);
  }

  #load(): {readonly settled: Promise<void>} {
    const controller = new AbortController();
    const flight = {controller, settled: this.#request(controller)};
    this.#flight = flight;
    if (this.#state.status !== 'done') this.#set({status: 'loading'});
    return flight;
  }

  async #request(controller: AbortController): Promise<void> {
    // After #load has noted the flight, so that a source which calls back at once finds it in place.
    await undefined;
    const {signal} = controller;
    if (signal.aborted) return;
    const asked = this.#host.ask();
    let page: Page;
    try {
      page = readPage(await this.#inTime(controller));
    } catch (thrown) {
      if (this.#flight?.controller === controller) this.#fail(toSourceError(thrown));
      return;
    }
    if (this.#flight?.controller !== controller) return;
    this.#flight = undefined;
    this.#land(page, asked);
  }

  async #inTime(controller: AbortController): Promise<Page> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      return await Promise.race([
        this.#host.fetch(this.#pass.cursor, controller.signal),
        new Promise<never>((_, reject) => {
          timer = setTimeout(
            () => reject(new SourceError('timeout', `No page within ${this.timeoutMs} ms.`)),
            this.timeoutMs,
          );
          controller.signal.addEventListener('abort', () => reject(new SourceError('aborted', 'aborted')));
        }),
      ]);
    } finally {
      clearTimeout(timer);
    }
  }

  #land({conversations, done, cursor, authoritative}: Page, asked: number): void {
    const pass = this.#pass;
    const {places, fresh} = this.#host.land(conversations, asked, pass.id);
    const received = conversations.length;
    pass.received += received;
    this.#thin = received > 0 && fresh >= received ? 0 : this.#thin + 1;
    const covered = pass.cover(places);
    const landed = {received, done: done === true};
    if (done === true) {
      if ((pass.prunes && !pass.drifted) || authoritative === true) this.#host.prune(pass);
      this.#set({status: 'done'}, landed);
      if (pass.drifted) this.#sweep(asked);
      return;
    }
    if (pass.prunes && !pass.drifted && covered) this.#host.prune(pass, covered.from, covered.to);
    const error = pass.advance(cursor, received);
    if (this.#state.status === 'done') this.#continueBehind(error);
    else this.#set(error ? {status: 'failed', error} : IDLE, landed);
  }

  #fail(error: SourceError): void {
    this.#flight?.controller.abort();
    this.#flight = undefined;
    if (this.#state.status === 'done') this.#continueBehind(error);
    else this.#set({status: 'failed', error});
  }

  /** Walks all pages once more, behind a list that is complete as far as one can see. */
  #sweep(since: number): void {
    const again = this.#pass.target === Infinity;
    this.#begin(since, false, Infinity);
    this.#later(again ? DRIFT_DELAY : 0);
  }

  #continueBehind(error: SourceError | undefined): void {
    if (error?.code !== 'cursor-cycle') this.#later(error ? DRIFT_DELAY : 0);
    this.#host.changed();
  }

  #later(ms: number): void {
    clearTimeout(this.#behind);
    this.#behind = setTimeout(() => {
      if (this.#active && this.#flight === undefined) this.#load();
    }, ms);
  }
}

/** Checks the shape of an answer; its conversations are checked one by one later. */
function readPage(value: unknown): Page {
  const page = value as Partial<Page> | null | undefined;
  if (typeof page !== 'object' || page === null || !Array.isArray(page.conversations)) {
    throw new SourceError('invalid-data', 'A page must be an object with an array of conversations.');
  }
  return page as Page;
}
