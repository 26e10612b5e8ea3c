import type {Conversation} from '../model/conversation.js';
import {SourceError, toSourceError} from '../model/errors.js';
import type {Sortable} from '../model/order.js';
import type {Page} from '../model/source.js';
import {Pass, readPage} from './pass.js';
import {retryDelay} from './retry-delay.js';

/** Where paging stands. */
export interface PageState {
  /**
   * - `idle`: more can be loaded.
   * - `loading`: a page is on its way.
   * - `failed`: the last page failed; `error` says why. A retry, which comes by itself after a while if the error
   *   is `retryable`, asks for the same one.
   * - `paused`: pages keep coming nearly empty through the filter, so loading waits to be asked.
   * - `done`: the source said that there is no more.
   */
  readonly status: 'idle' | 'loading' | 'failed' | 'paused' | 'done';
  readonly error?: SourceError;
}

/** What a page brought. */
export interface Landed {
  /** The places of its conversations in the source's order. */
  readonly places: readonly Sortable[];
  /** How many of them this pass had not named before. */
  readonly unseen: number;
  /** How many of those the filter lets through. */
  readonly fresh: number;
}

/** What the pager needs of the store. */
export interface PagerHost {
  /** Asks the source, with the host's page size and filter. A cursor of `undefined` asks for the first page. */
  fetch(cursor: unknown, signal: AbortSignal): Promise<Page>;
  /** Begins a request: returns the clock, and lets old deletions go. */
  ask(): number;
  /** Takes a page in. */
  land(conversations: readonly Conversation[], asked: number, pass: number): Landed;
  /** The pages named all there is, in a stretch or everywhere. `pass`: what it did not name is gone, doubtful or not. */
  prune(from?: Sortable, to?: Sortable, pass?: Pass): void;
  /** How many rows the list has that the pass has come to: between them none is missing. */
  covered(pass: Pass): number;
  /** The state changed, a page landed, or one failed. */
  changed(page?: {received: number; done: boolean}, error?: SourceError): void;
}

interface Flight {
  readonly controller: AbortController;
  /** Never rejects. */
  readonly settled: Promise<void>;
}

/** Poor pages in a row, held back by the filter or with nothing new, before automatic loading pauses. */
const POOR_PAGES = 5;
/** Wait before a pass behind a complete list, ms. */
const SWEEP_DELAY = 5000;
/** The least wait before news tries a page again that failed repeatedly, ms: a flapping connection is no storm. */
const NEWS_DELAY = 6000;
const DEFAULT_TIMEOUT = 30_000;
/** A timer set for longer fires at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

const IDLE: PageState = {status: 'idle'};
const LOADING: PageState = {status: 'loading'};
const PAUSED: PageState = {status: 'paused'};
const DONE: PageState = {status: 'done'};

/**
 * Walks a source's pages: one request at a time, only while rows are wanted, and never past an error.
 *
 * Every answer belongs to a flight; {@link restart} and {@link stop} end it, and what comes late has no effect.
 */
export class Pager {
  #timeoutMs = DEFAULT_TIMEOUT;
  #state = IDLE;
  #pass = new Pass(0, 0, 0);
  #wanted = 0;
  #poor = 0;
  /** Since the last page that landed, */
  #failures = 0;
  /** and whether news has shortened the wait after the latest. */
  #hastened = false;
  #flight: Flight | undefined;
  #active = false;
  /** Before a pass behind a complete list, or before a failed page is asked for again. */
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #host: PagerHost;

  constructor(host: PagerHost) {
    this.#host = host;
  }

  /** Milliseconds after which a page counts as lost. */
  get timeoutMs(): number {
    return this.#timeoutMs;
  }

  set timeoutMs(ms: number) {
    this.#timeoutMs = ms > 0 ? Math.min(ms, LONGEST_TIMER) : DEFAULT_TIMEOUT;
  }

  get state(): PageState {
    return this.#state;
  }

  /** How many conversations the pass has named or has to. */
  get depth(): number {
    return Math.max(this.#pass.received, this.#pass.target);
  }

  /**
   * Begins again at the first page.
   *
   * @param since - the index's clock
   * @param target - how many conversations to fetch at once, even if there are rows enough
   */
  restart(since: number, target: number): void {
    this.clear();
    this.#active = true;
    this.#begin(since, target);
    this.#host.changed();
  }

  /** Ends everything in flight; nothing happens until {@link restart}. */
  stop(): void {
    this.#flight?.controller.abort();
    this.#flight = undefined;
    this.#active = false;
    this.#poor = 0;
    if (this.#state === LOADING) this.#state = IDLE;
    this.#endWait();
  }

  /** As {@link stop}, and forgets how far paging had come. */
  clear(): void {
    this.stop();
    this.#begin(0, 0);
    this.#state = IDLE;
  }

  /** There is nothing more to page: the whole list came another way. */
  finish(): void {
    this.clear();
    this.#set(DONE);
  }

  /** The view can show so many rows; 0 while it is not visible. More than before renews the budget. */
  want(rows: number): void {
    const wanted = rows > 0 ? rows : 0;
    if (wanted > this.#wanted) this.#renew();
    this.#wanted = wanted;
    this.#host.changed();
  }

  /** Loads the next page, or the failed one again. Resolves when it has landed or failed; at once when there is none. */
  async loadMore(): Promise<void> {
    if (!this.#active || this.#state === DONE) return;
    this.#renew();
    await (this.#flight ?? this.#load()).settled;
  }

  /** Loads if rows are wanted and nothing stands against it. The host calls it after every change. */
  pump(): void {
    if (!this.#active || this.#flight !== undefined || this.#wanted === 0) return;
    const {done, received, target} = this.#pass;
    const sweeping = this.#state === DONE && !done && this.#timer === undefined;
    if (!sweeping && this.#state !== IDLE) return;
    if (received >= target && this.#host.covered(this.#pass) >= this.#wanted) this.#poor = 0;
    else if (this.#poor < POOR_PAGES) this.#load();
    else this.#set(PAUSED);
  }

  /** Tries a page again whose error may have passed: at once after a first failure, after more in a few seconds. */
  recover(): void {
    const {error} = this.#state;
    // Not sooner than the source said.
    if (this.#hastened || error?.retryable !== true || error.retryAfterMs !== undefined) return;
    this.#hastened = true;
    if (this.#failures > 1) this.#wait(retryDelay(0, NEWS_DELAY));
    else this.#again();
  }

  /** A row fell in a source that counts positions. */
  drift(): void {
    const {pages, done} = this.#pass;
    if (pages > 0 || this.#flight !== undefined) this.#pass.drifted = true;
    // What came in one page came at one moment. News of a change may come after the last page.
    if (done && pages > 1 && this.#active) this.#sweep(SWEEP_DELAY);
  }

  #begin(since: number, target: number): void {
    this.#pass = new Pass(this.#pass.id + 1, since, target);
  }

  #renew(): void {
    this.#poor = 0;
    if (this.#state === PAUSED) this.#set(IDLE);
  }

  #set(state: PageState, page?: {received: number; done: boolean}): void {
    this.#state = state;
    this.#host.changed(page, state.error);
  }

  #load(): Flight {
    this.#endWait();
    const controller = new AbortController();
    const flight = {controller, settled: this.#request(controller)};
    this.#flight = flight;
    if (this.#state !== DONE) this.#set(LOADING);
    return flight;
  }

  async #request(controller: AbortController): Promise<void> {
    // After #load has noted the flight, so that a source which calls back at once finds it in place.
    await undefined;
    if (controller.signal.aborted) return;
    const asked = this.#host.ask();
    try {
      const page = readPage(await this.#inTime(controller));
      if (this.#flight?.controller === controller) this.#land(page, asked);
    } catch (thrown) {
      if (this.#flight?.controller === controller) this.#fail(toSourceError(thrown));
    }
  }

  async #inTime({signal}: AbortController): Promise<Page> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    // Made before the source is asked: it may end this very request while it is.
    const lost = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new SourceError('timeout', `No page in ${this.#timeoutMs} ms.`)), this.#timeoutMs);
      signal.addEventListener('abort', reject);
    });
    try {
      return await Promise.race([this.#host.fetch(this.#pass.cursor, signal), lost]);
    } finally {
      clearTimeout(timer);
    }
  }

  #land({conversations, done, cursor, authoritative}: Page, asked: number): void {
    const pass = this.#pass;
    const {places, unseen, fresh} = this.#host.land(conversations, asked, pass.id);
    this.#flight = undefined;
    this.#failures = 0;
    pass.pages++;
    pass.received += unseen;
    pass.matched += fresh;
    const thinned = fresh < unseen && this.#wanted !== Infinity && pass.received > pass.target;
    this.#poor = thinned || unseen === 0 ? this.#poor + 1 : 0;
    const covered = pass.cover(places);
    const landed = {received: conversations.length, done: done === true};

    if (done === true) {
      const slipped = pass.drifted && pass.pages > 1;
      if (authoritative === true) this.#host.prune(undefined, undefined, pass);
      else if (!slipped) this.#host.prune();
      pass.done = true;
      if (slipped) this.#sweep(pass.target === Infinity ? SWEEP_DELAY : 0);
      return this.#set(DONE, landed);
    }
    if (!pass.drifted && covered) this.#host.prune(covered.from, covered.to);
    const error = pass.advance(cursor, conversations.length);
    this.#set(error ? {status: 'failed', error} : this.#state === DONE ? DONE : IDLE, landed);
  }

  #fail(error: SourceError): void {
    this.#flight?.controller.abort();
    this.#flight = undefined;
    this.#hastened = false;
    if (error.retryable) this.#wait(retryDelay(this.#failures++, error.retryAfterMs));
    this.#set({status: 'failed', error});
  }

  /** The wait is over. */
  #again(): void {
    this.#endWait();
    if (this.#state.error === undefined) this.pump();
    else this.#set(IDLE);
  }

  #wait(ms: number): void {
    this.#endWait();
    this.#timer = setTimeout(() => this.#again(), ms);
  }

  #endWait(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Walks all pages once more, behind a list that is complete as far as one can see. */
  #sweep(wait: number): void {
    this.#begin(this.#pass.since, Infinity);
    if (wait > 0) this.#wait(wait);
  }
}
