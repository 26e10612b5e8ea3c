import {SourceError} from '../../model/errors.js';
import {settle} from '../shared/settle.js';
import {statusError, toHttpError} from './errors.js';
import type {HttpSourceOptions} from './options.js';
import type {Query} from './query.js';
import {parseJson} from './read.js';

/** What a request says besides its path. */
export interface Ask {
  readonly method?: string;
  readonly query?: Query;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/** How many answers are kept to be asked for by their tag. */
const KEPT = 32;

/** Makes the requests of a source, each with the headers of the moment. */
export class HttpClient {
  readonly maxBytes: number;

  readonly #url: URL;
  readonly #options: HttpSourceOptions;
  /** By address: the tag of the last answer, and what it held. */
  readonly #kept = new Map<string, {readonly tag: string; readonly value: unknown}>();
  readonly #ends = new Set<AbortController>();

  constructor(url: URL, options: HttpSourceOptions) {
    this.#url = url;
    this.#options = options;
    this.maxBytes = options.maxBytes ?? 8 * 2 ** 20;
  }

  /** The address of a part of the source, with what its own query says. */
  address(path: string, query: Query = []): URL {
    const url = new URL(this.#url);
    if (path !== '') url.pathname = `${url.pathname.replace(/\/$/, '')}/${path}`;
    for (const [name, value] of query) url.searchParams.append(name, value);
    return url;
  }

  /**
   * Asks, and reads the JSON of the answer by `read`; an answer that the server says has not changed comes from
   * before.
   *
   * @throws SourceError by the status, the body, or what kept the answer from coming.
   */
  async ask<T>(path: string, {method = 'GET', query, body, signal}: Ask, read: (value: unknown) => T): Promise<T> {
    const url = this.address(path, query).href;
    const end = new AbortController();
    this.#ends.add(end);
    try {
      return await settle(
        async () => {
          const kept = method === 'GET' ? this.#kept.get(url) : undefined;
          const response = await this.fetch(url, end.signal, {
            method,
            headers: {
              accept: 'application/json',
              ...(body !== undefined && {'content-type': 'application/json'}),
              ...(kept && {'if-none-match': kept.tag}),
            },
            ...(body !== undefined && {body: JSON.stringify(body)}),
          });
          if (response.status === 304 && kept) return kept.value as T;
          const text = await this.#text(response);
          const value = read(text === '' ? {} : parseJson(text));
          const tag = response.headers.get('etag');
          if (method === 'GET' && tag !== null) this.#keep(url, {tag, value});
          return value;
        },
        {signal},
        toHttpError,
        this.#options.timeoutMs,
      );
    } finally {
      this.#ends.delete(end);
      // If the answer is not wanted any more, nor is the connection.
      end.abort();
    }
  }

  /**
   * One request, whose answer is a good one or a 304.
   *
   * Redirections are not followed: a token goes to the address it was meant for, and nowhere else.
   */
  async fetch(url: string, signal: AbortSignal, init: RequestInit & {readonly headers: Readonly<Record<string, string>>}): Promise<Response> {
    const {fetch = globalThis.fetch, headers = {}, credentials = 'same-origin'} = this.#options;
    const own = typeof headers === 'function' ? await headers() : headers;
    signal.throwIfAborted();
    const response = await fetch(url, {
      ...init, headers: {...own, ...init.headers}, credentials, signal, redirect: 'error', referrerPolicy: 'no-referrer',
    });
    if (response.ok || response.status === 304) return response;
    const body: unknown = await this.#text(response, 2 ** 16).then(parseJson).catch(() => undefined);
    throw statusError(response.status, body, response.headers.get('retry-after'));
  }

  /** Another person may be behind the next request. */
  forget(): void {
    this.#kept.clear();
  }

  /** Ends the requests that are on their way. */
  abort(): void {
    for (const end of this.#ends) end.abort(new SourceError('aborted', 'The source was disposed of'));
  }

  #keep(url: string, entry: {readonly tag: string; readonly value: unknown}): void {
    this.#kept.delete(url);
    this.#kept.set(url, entry);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }

  async #text(response: Response, most = this.maxBytes): Promise<string> {
    const reader = response.body?.getReader();
    const decoder = new TextDecoder();
    let [text, bytes] = ['', 0];
    for (;;) {
      const {value} = (await reader?.read()) ?? {};
      if (value === undefined) return text + decoder.decode();
      bytes += value.byteLength;
      if (bytes > most) {
        void reader?.cancel().catch(() => undefined);
        throw new SourceError('invalid-data', `The answer is larger than ${most} bytes`);
      }
      text += decoder.decode(value, {stream: true});
    }
  }
}
