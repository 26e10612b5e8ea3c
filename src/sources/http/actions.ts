import type {OpOptions, OpResult} from '../../model/source.js';
import {batches} from '../shared/results.js';
import {resultsOf} from '../shared/rows.js';
import type {Ask, HttpClient} from './client.js';
import {problemError, toHttpError} from './errors.js';

/** What `PATCH` changes; a field that is not there stays. */
export interface Changes {
  readonly pinned?: boolean;
  readonly notify?: string;
  readonly hidden?: boolean;
  readonly draft?: string | null;
  readonly customData?: string;
  readonly marks?: {readonly add?: readonly string[]; readonly remove?: readonly string[]};
}

/** The actions of a source, as requests. */
export class HttpActions {
  readonly #client: HttpClient;
  readonly #ready: () => Promise<void>;

  /** @param ready - resolves when the effect of an action will be heard */
  constructor(client: HttpClient, ready: () => Promise<void>) {
    this.#client = client;
    this.#ready = ready;
  }

  /** One request. */
  async ask<T>(path: string, ask: Ask, read: (value: unknown) => T): Promise<T> {
    if (ask.signal?.aborted !== true) await this.#ready();
    return this.#client.ask(path, ask, read);
  }

  /** On several conversations; each has its answer. */
  several(
    path: string,
    ids: Iterable<string>,
    body: object,
    {signal}: OpOptions = {},
    {method = 'POST', query = []}: {readonly method?: string; readonly query?: [string, string][]} = {},
  ): Promise<readonly OpResult[]> {
    return batches(
      ids,
      toHttpError,
      (batch) => this.ask(path, {method, query, body: {...body, ids: batch}, signal}, failures),
      (answer, id) => {
        const problem = (answer as ReadonlyMap<unknown, unknown>).get(id);
        return problem === undefined ? undefined : problemError(problem);
      },
    );
  }

  change(ids: Iterable<string>, changes: Changes, options?: OpOptions): Promise<readonly OpResult[]> {
    return this.several('', ids, {changes}, options, {method: 'PATCH'});
  }

  /** @throws SourceError what went wrong with the one. */
  async one(results: Promise<readonly OpResult[]>): Promise<void> {
    const [result] = await results;
    if (result?.error) throw result.error;
  }

  /** On all there are. */
  async all(path: string, {signal}: OpOptions = {}): Promise<readonly OpResult[]> {
    await this.ask(path, {method: 'POST', body: {ids: 'all'}, signal}, () => undefined);
    return resultsOf([]);
  }
}

/** By id, what went wrong; whom the answer does not name, it went well with. */
function failures(value: unknown): ReadonlyMap<unknown, unknown> {
  const {results} = Object(value) as {readonly results?: unknown};
  const list = (Array.isArray(results) ? results : []) as readonly unknown[];
  return new Map(
    list.flatMap((result): [unknown, unknown][] => {
      const {id, error} = Object(result) as {readonly id?: unknown; readonly error?: unknown};
      return error === undefined || error === null ? [] : [[id, error]];
    }),
  );
}
