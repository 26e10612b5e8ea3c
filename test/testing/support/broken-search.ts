import type {Conversation, SearchOptions} from '../../../src/model/index.js';
import {SourceError} from '../../../src/model/index.js';
import type {MemorySource} from '../../../src/sources/memory.js';
import {capabilities, type Broken} from './break.js';

type Search = (query: string, options?: SearchOptions) => unknown;

const never = <T>(): Promise<T> => new Promise(() => undefined);
const by = (make: (good: MemorySource) => Search): Broken['source'] => (good) => ({search: make(good)});

/** The answer changed. */
const answers = (change: (rows: readonly Conversation[]) => unknown): Broken['source'] =>
  by((good) => async (query, options) => change(await good.search(query, options)));

const VALID = 'a search gives valid conversations, each once';
const AS_IT_IS = 'what a search finds is as the service has it';
const ALL = 'a search looks through all conversations, however few are wanted';
const LIMITS = 'a search without a limit, or with a wrong one, is no crash';
const BLANK = 'a blank query is no crash';
const STRANGE = 'strange queries harm nothing';
const FIRED = 'a search whose signal has fired before settles';
const FIRES = 'a search whose signal fires meanwhile settles';
const APART = 'searches at the same time do not mix';

export const BROKEN_SEARCH: readonly Broken[] = [
  {
    how: 'search in the capabilities alone',
    check: 'search is true or false if it is given, and true only if there is search()',
    source: () => ({search: undefined}),
  },
  {
    how: 'a word for whether it searches',
    check: 'search is true or false if it is given, and true only if there is search()',
    source: capabilities({search: 'yes'}),
  },
  {
    how: 'ids looked through instead of titles',
    check: 'a search finds a conversation by a word of its title',
    source: by((good) => async (query) => good.all().filter(({id}) => id === `id of ${query}`)),
  },
  {
    how: 'everything for what is nowhere',
    check: 'a search for what is nowhere finds nothing',
    source: by((good) => async (query) => {
      const found = await good.search(query);
      return found.length > 0 ? found : good.all();
    }),
  },
  {how: 'hits with their scores', check: VALID, source: answers((rows) => rows.map((conversation) => ({conversation, score: 1})))},
  {how: 'a page for an answer', check: VALID, source: answers((conversations) => ({conversations, done: true}))},
  {how: 'one row for each place that has the word', check: VALID, source: answers((rows) => [...rows, ...rows])},
  {how: 'a throw instead of a rejection', check: VALID, source: by(() => () => assertOnline())},
  {how: 'an index of long ago', check: AS_IT_IS, source: answers((rows) => rows.map((row) => ({...row, unreadCount: row.unreadCount + 1})))},
  {how: 'what the service does not have', check: AS_IT_IS, source: answers((rows) => rows.map((row) => ({...row, id: `hit ${row.id}`})))},
  {
    how: 'as many looked through as are wanted',
    check: ALL,
    source: by((good) => async (query, {limit = 50} = {}) => {
      const first = new Set(good.all().slice(0, limit));
      return (await good.search(query)).filter((row) => first.has(row));
    }),
  },
  {
    how: 'the service’s own error for a wrong limit',
    check: LIMITS,
    source: by((good) => async (query, options = {}) => {
      if (!((options.limit ?? 0) > 0)) throw new RangeError('limit');
      return good.search(query, options);
    }),
  },
  {
    how: 'the first of no words',
    check: BLANK,
    source: by((good) => async (query, options) => (query.split(/\s+/).find(Boolean) as string).toLowerCase() && good.search(query, options)),
  },
  {
    how: 'a query as a pattern',
    check: STRANGE,
    source: by((good) => async (query) => good.all().filter(({title}) => new RegExp(query, 'i').test(title))),
  },
  {
    how: 'a query put into an address',
    check: STRANGE,
    source: by((good) => async (query, options) => good.search(decodeURIComponent(encodeURIComponent(query)), options)),
  },
  {
    how: 'as it was left by a strange query',
    check: STRANGE,
    source: by((good) => {
      let broken = false;
      return async (query, options) => {
        broken ||= query.includes('%');
        return broken ? [] : good.search(query, options);
      };
    }),
  },
  {
    how: 'no end once aborted',
    check: FIRED,
    source: by((good) => (query, options) => (options?.signal?.aborted ? never() : good.search(query, options))),
  },
  {
    how: 'the reason of the signal for an error',
    check: FIRED,
    source: by((good) => async (query, options) => {
      options?.signal?.throwIfAborted();
      return good.search(query);
    }),
  },
  {
    how: 'no end of what is aborted',
    check: FIRES,
    source: by((good) => async (query, options) => {
      await null;
      return options?.signal?.aborted ? never() : good.search(query);
    }),
  },
  {
    how: 'the newest question answered for all',
    check: APART,
    source: by((good) => {
      let newest = '';
      return async (query, options) => {
        newest = query;
        await null;
        return good.search(newest, options);
      };
    }),
  },
  {
    how: 'every search ended by one that is',
    check: APART,
    source: by((good) => {
      const running = new Set<() => void>();
      return (query, options) =>
        new Promise((resolve, reject) => {
          const end = (): void => reject(new SourceError('aborted', 'Aborted'));
          running.add(end);
          options?.signal?.addEventListener('abort', () => running.forEach((each) => each()));
          setTimeout(() => (running.delete(end), resolve(good.search(query))), 1);
        });
    }),
  },
  {
    how: 'the rows of the list looked up anew',
    check: 'a search leaves the pages as they are',
    source: by((good) => async (query, options) => {
      const found = await good.search(query, options);
      good.replaceAll(found);
      return found;
    }),
  },
  {
    how: 'an index of one who left',
    check: 'after a logout a search finds nothing of what was there',
    source: (good) => {
      const rows = good.all();
      return {search: async (query: string) => rows.filter(({title}) => title.includes(query))};
    },
  },
  {
    how: 'no answer after dispose',
    check: 'after dispose a search still settles',
    source: (good) => {
      let open = true;
      return {
        dispose: () => (open = false),
        search: (query: string) => (open ? good.search(query) : never()),
      };
    },
  },
];

function assertOnline(): never {
  throw new SourceError('network', 'Offline');
}
