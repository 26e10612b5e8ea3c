import {SourceError, type ConversationFilter} from '../../../src/store/index.js';
import type {ServerConfig} from './server-config.js';

/** One step; the numbers are indices, taken modulo what there is. `together`: with the next op, before all is done. */
export type Op = readonly [name: OpName, a?: number, b?: number, together?: 1];

export type OpName =
  | 'change' | 'move' | 'remove' | 'revive' | 'deliver' | 'batch' | 'snapshot' | 'unread' | 'answerUnread'
  | 'compute' | 'answer' | 'double' | 'fail' | 'throw' | 'lose' | 'late' | 'tick'
  | 'want' | 'loadMore' | 'refresh' | 'filter' | 'order' | 'source' | 'disconnect' | 'connect' | 'pageSize'
  | 'search' | 'gap' | 'login' | 'logout' | 'online' | 'offline' | 'sync'
  | 'inListener' | 'inPage' | 'inSubscribe' | 'throwListener';

/** Everything that a run depends on. */
export interface Case {
  readonly pageSize: number | 'all';
  readonly servers: readonly ServerConfig[];
  readonly ops: readonly Op[];
}

export const FILTERS: readonly ConversationFilter[] = [
  {},
  {hidden: false},
  {hasUnread: true},
  {types: ['group', 'channel'], pinned: false},
  {mark: 'star'},
  {mark: null, hasUnread: false},
  {pinned: true},
];

/** What is looked for; the titles are names and versions. */
export const QUERIES = ['', 'c1', 'c1 v', 'v1', 'v', 'c', ' ', 'nothing', '2'] as const;

/** What a source may reject with. */
export const PAGE_ERRORS = [
  new SourceError('network', 'down'),
  new SourceError('forbidden', 'no'),
  new Error('plain'),
  'a string',
];
/** What a source may answer instead of a page. */
export const MALFORMED = [undefined, null, 7, {}, {conversations: 'none', done: true}, {conversations: null, done: false}];

/** Ops that may ask for a page though the view wants none, */
export const ASKS: ReadonlySet<OpName> = new Set(['loadMore', 'refresh']);
/** What a page that failed may be tried again after, if its error may pass, */
export const NEWS: ReadonlySet<OpName> = new Set(['online', 'sync', 'tick']);
/** and what begins paging anew, with another cursor: `source` only where it is another. */
export const RESTARTS: ReadonlySet<OpName> = new Set([
  'refresh', 'filter', 'source', 'connect', 'gap', 'login', 'snapshot', 'logout',
]);
/** What a listener or a source may do while it is called, by index. */
export const REENTRANT: readonly OpName[] = [
  'loadMore', 'filter', 'disconnect', 'source', 'refresh', 'want', 'order', 'pageSize', 'connect', 'deliver', 'batch',
  'gap', 'online', 'move', 'sync',
];

export const PAGE_SIZES = [1, 2, 3, 5, 8, 100, 'all'] as const;

export const FILTERS_ANEW: ReadonlySet<OpName> = new Set(['filter']);

/** Ops after which pages, not earlier events, say what shows. */
export const PAGES_ANEW: ReadonlySet<OpName> = new Set(['refresh', 'filter', 'source', 'connect']);
