import {matches, SourceError, type PageRequest, type SourceErrorCode} from '../../../src/model/index.js';
import type {MemorySource} from '../../../src/sources/memory.js';
import {pages, requests, type Broken} from './break.js';
import {byIndex} from './broken-pages.js';

const never = <T>(): Promise<T> => new Promise(() => undefined);
const ERRORS = 'a request that fails rejects with a SourceError';
const FIELDS = ['types', 'mark', 'group', 'hasUnread', 'hasMention', 'pinned', 'hidden', 'ids'] as const;

/** Pages as they were at first. */
function kept(good: MemorySource): object {
  const conversations = good.all();
  return {getPage: async () => ({conversations, done: true})};
}

/** Some fields of the filter left alone. */
function without(left: (name: string, value: unknown) => boolean): Broken['source'] {
  return requests(({filter = {}, ...request}) => {
    const kept = Object.entries(filter).filter(([name, value]) => !left(name, value));
    return {...request, filter: Object.fromEntries(kept)};
  });
}

const FILTERS: readonly Broken[] = [
  ...FIELDS.map((field) => ({
    how: `no heed of ${field}`,
    check: `the filter \`${field}\` is applied`,
    source: without((name) => name === field),
  })),
  {
    how: 'null in a filter taken for nothing',
    check: 'the filter `mark` is applied',
    source: without((_, value) => value === null),
  },
  {
    how: 'either instead of both',
    check: 'filters together hold back what either does',
    source: (good) => ({
      getPage: async ({filter = {}}: PageRequest) => ({
        conversations: good.all().filter((c) => Object.entries(filter).some(([name, value]) => matches({[name]: value as never}, c))),
        done: true,
      }),
    }),
  },
  {
    how: 'a filter that it does not name, turned round',
    check: 'a filter that serverFilters does not name leaves out nothing that it lets through',
    source: (good) => ({
      capabilities: {...good.capabilities, serverFilters: []},
      getPage: async ({filter = {}}: PageRequest) => ({conversations: good.all().filter((c) => !matches(filter, c)), done: true}),
    }),
  },
  {
    how: 'no end without a match',
    check: 'a filter that nothing passes comes to its end',
    source: pages((page) => (page.conversations.length > 0 ? page : {...page, done: false, cursor: {id: 'a', orderKey: 0n, count: Math.random()}})),
  },
  {
    how: 'an empty filter taken for one',
    check: 'an empty filter holds nothing back',
    source: requests((request) => ({...request, ...(request.filter && {filter: {hasUnread: true, ...request.filter}})})),
  },
  {
    how: 'the filter kept for the next request',
    check: 'the filter of one request has no effect on the next',
    source: (good) => {
      let kept: PageRequest['filter'];
      return {getPage: async (request: PageRequest) => good.getPage({...request, filter: (kept ??= request.filter) ?? {}})};
    },
  },
];

/** Fails as told, in its own way. */
const failing = (error: unknown): Pick<Broken, 'subject'> => ({subject: (good) => ({fail: () => good.failNextPage(error)})});

const FAILURES: readonly Broken[] = [
  {how: 'an object for an error', check: ERRORS, ...failing({code: 6014})},
  {how: 'an Error for an error', check: ERRORS, ...failing(new Error('Not logged in'))},
  {
    how: 'a code of the service',
    check: ERRORS,
    ...failing(new SourceError('E6014' as SourceErrorCode, 'Not logged in')),
  },
  {
    how: 'a time to wait in words',
    check: ERRORS,
    ...failing(new SourceError('network', 'Later', {retryAfterMs: 'soon' as unknown as number})),
  },
  {
    how: 'an empty page for a failure',
    check: ERRORS,
    source: (good) => ({getPage: (request: PageRequest) => good.getPage(request).catch(() => ({conversations: [], done: true}))}),
  },
  {
    how: 'a failure that stays',
    check: 'a request that failed succeeds when it is made again',
    subject: (good) => ({fail: () => good.failNextPage(new SourceError('auth', 'No'), 99)}),
  },
  {
    how: 'a strange cursor taken for the start',
    check: 'a cursor that it never gave is refused with a SourceError',
    source: requests(({cursor: _, ...request}) => request),
  },
  {
    how: 'a limit of 0 that crashes',
    check: 'a wrong limit is no crash',
    source: (good) => ({
      getPage: async (request: PageRequest) => {
        if (request.limit < 1) throw new RangeError('limit');
        return good.getPage(request);
      },
    }),
  },
  {
    how: 'the platform\'s own error of an abort',
    check: 'a request whose signal has fired before settles',
    source: (good) => ({
      getPage: async ({signal, ...request}: PageRequest) => {
        signal?.throwIfAborted();
        return good.getPage(request);
      },
    }),
  },
  {
    how: 'another code for an abort',
    check: 'a request whose signal has fired before settles',
    source: (good) => ({
      getPage: async (request: PageRequest) => {
        if (request.signal?.aborted) throw new SourceError('forbidden', 'x');
        return good.getPage(request);
      },
    }),
  },
  {
    how: 'no answer once it is aborted',
    check: 'a request whose signal fires meanwhile settles',
    source: (good) => ({
      getPage: async (request: PageRequest) => {
        const page = await good.getPage({limit: request.limit});
        await undefined;
        return request.signal?.aborted ? never() : page;
      },
    }),
  },
  {
    how: 'a rejection that nobody hears, at an abort',
    check: 'a signal that fires after the answer has no effect',
    source: (good) => ({
      getPage: ({signal, ...request}: PageRequest) => {
        signal?.addEventListener('abort', () => void Promise.reject(new Error('Nobody hears')));
        return good.getPage(request);
      },
    }),
  },
  {
    how: 'one request aborted with another',
    check: 'aborting one request leaves others alone',
    source: (good) => {
      let first: AbortSignal | undefined;
      return {
        getPage: (request: PageRequest) => {
          first ??= request.signal;
          return good.getPage({...request, ...(first && {signal: first})});
        },
      };
    },
  },
  {
    how: 'no answer about unread once it is aborted',
    check: 'an aborted question for the unread total settles',
    source: () => ({getTotalUnread: never}),
  },
];

const CHANGES: readonly Broken[] = [
  {how: 'pages kept for ever', check: 'a page asked for after a change was told shows the change', source: kept},
  {how: 'pages kept for ever', check: 'a page asked for after a removal lacks the row', source: kept},
  {how: 'pages kept for ever', check: 'a page asked for after an addition holds it', source: kept},
  {how: 'positions called cursors', check: 'a cursor loses no row when one above it goes', source: byIndex},
  {how: 'positions called cursors', check: 'a cursor repeats no row when one rises', source: byIndex},
  {
    how: 'the cursor\'s row looked up',
    check: 'a cursor leads on when its own row goes',
    source: (good) => ({
      getPage: async ({cursor, limit}: PageRequest) => {
        const all = good.all();
        const at = cursor === undefined ? 0 : all.findIndex(({id}) => id === cursor) + 1;
        if (at === 0 && cursor !== undefined) return {conversations: [], done: true};
        return {conversations: all.slice(at, at + limit), done: at + limit >= all.length, cursor: all[at + limit - 1]?.id};
      },
    }),
  },
  {
    how: 'an end that is known from the start',
    check: 'a cursor loses no row when one rises',
    source: (good) => ({
      getPage: async ({cursor = 0, limit}: PageRequest) => {
        // Counts from the bottom, and so goes over those that slid down.
        const start = good.size - (cursor as number);
        const rest = cursor === 0 ? good.all() : good.all().slice(start + 1);
        return {conversations: rest.slice(0, limit), done: rest.length <= limit, cursor: rest.length - limit};
      },
    }),
  },
  {
    how: 'live objects in pages',
    check: 'pages are snapshots',
    source: (good) => {
      const live = new Map<string, object>();
      const keep = (c: {id: string}): object => Object.assign(live.get(c.id) ?? {}, c);
      good.subscribe((event) => event.type === 'upsert' && event.conversations.forEach(keep));
      return pages((page) => ({...page, conversations: page.conversations.map((c) => (live.set(c.id, keep(c)), live.get(c.id)))}))(good);
    },
  },
];

export const BROKEN_REQUESTS: readonly Broken[] = [...FILTERS, ...FAILURES, ...CHANGES];
