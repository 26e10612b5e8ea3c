import {toSourceError} from '../model/errors.js';
import type {SearchKeys} from '../model/search.js';
import {loadSearch} from './load-search.js';
import type * as Search from './search-engine.js';
import type {SearchEngine} from './search-engine.js';
import type {SearchHost} from './search-host.js';
import type {ConversationRows, SearchState} from './snapshot.js';

const NOTHING: SearchState['find'] = () => [];

/** What a store is searched for; what it takes to search is loaded when there is first something to look for. */
export class StoreSearch {
  readonly #host: SearchHost;
  #query = '';
  #keys: SearchKeys | undefined;
  #engine: SearchEngine | undefined;
  #loading = false;
  #waiting: SearchState | undefined;

  constructor(host: SearchHost) {
    this.#host = host;
  }

  get query(): string {
    return this.#query;
  }

  set query(query: string) {
    if (query === this.#query) return;
    this.#query = query;
    this.#look();
  }

  get keys(): SearchKeys | undefined {
    return this.#keys;
  }

  set keys(keys: SearchKeys | undefined) {
    if (keys === this.#keys) return;
    this.#keys = keys;
    if (this.#active) this.#look();
  }

  /** `undefined`: nothing is looked for. `rows`: those of the list. */
  state(rows: ConversationRows): SearchState | undefined {
    if (!this.#active) return undefined;
    if (this.#engine !== undefined) return this.#engine.state();
    const {query} = this;
    if (this.#waiting?.query === query && this.#waiting.rows === rows) return this.#waiting;
    return (this.#waiting = {query, rows, status: 'searching', everywhere: false, find: NOTHING});
  }

  /** See the engine's. */
  async retry(): Promise<boolean> {
    return this.#active && (await this.#engine?.retry()) === true;
  }

  resume(): void {
    if (this.#active) this.#engine?.resume();
  }

  stop(): void {
    this.#engine?.stop();
  }

  forget(ids?: readonly string[]): void {
    if (this.#active) this.#engine?.forget(ids);
  }

  get #active(): boolean {
    return this.#query.trim() !== '';
  }

  #look(): void {
    if (!this.#active) {
      this.#engine?.stop();
      this.#engine = undefined;
    } else if (this.#engine !== undefined) {
      this.#engine.look(this.#query, this.#keys);
    } else if (!this.#loading) {
      const search = loadSearch();
      if (search instanceof Promise) void this.#load(search);
      else this.#begin(search);
    }
    this.#host.changed();
  }

  #begin({SearchEngine}: typeof Search): void {
    this.#engine = new SearchEngine(this.#host);
    this.#engine.look(this.#query, this.#keys);
  }

  async #load(search: Promise<typeof Search>): Promise<void> {
    this.#loading = true;
    try {
      const module = await search;
      if (this.#active) this.#begin(module);
    } catch (thrown) {
      // Without it there is the whole list, as before.
      this.#query = '';
      this.#host.tell(toSourceError(thrown));
    } finally {
      this.#loading = false;
    }
    this.#host.changed();
  }
}
