import type {FilterField} from '../../model/filter.js';
import type {OpName} from '../../model/source.js';

/** Names and values of request headers. */
export type HttpHeaders = Readonly<Record<string, string>>;

/** What can be said to an `HttpSource` besides its address. */
export interface HttpSourceOptions {
  /** Sent with each request; a function is asked anew for each, so that a token can be renewed. */
  readonly headers?: HttpHeaders | (() => HttpHeaders | PromiseLike<HttpHeaders>);
  /** Whether cookies go along, as in `fetch`. Default `same-origin`. */
  readonly credentials?: 'omit' | 'same-origin' | 'include';
  /** The id of the person whose list it is. */
  readonly selfId?: string;
  /** How live changes come: as Server-Sent Events, or by asking for the pages again. Default `sse`. */
  readonly live?: 'sse' | 'poll';
  /** Milliseconds between two looks when the server has no live changes; 0: never. Default 30,000. */
  readonly pollMs?: number;
  /** The actions that the server has. Default: all. */
  readonly ops?: Iterable<OpName>;
  /** The filters that the server applies. Default: all. */
  readonly serverFilters?: readonly FilterField[];
  /** Whether the server has a search. Default: yes; one that has none says so when it is asked. */
  readonly search?: boolean;
  /** The most that the server gives in a page. Default 100. */
  readonly maxPageSize?: number;
  /** How long an answer may take, in milliseconds. Default 20,000. */
  readonly timeoutMs?: number;
  /** How large an answer or an event may be, in bytes. Default 8 MiB. */
  readonly maxBytes?: number;
  /** Makes the requests in the place of the global `fetch`. */
  readonly fetch?: typeof fetch;
}
