import {SourceError, type Page, type PageRequest} from '../../../src/model/index.js';
import {capabilities, pages, requests, rows, type Broken} from './break.js';
import {CONTENT} from './subjects.js';

const never = <T>(): Promise<T> => new Promise(() => undefined);
const PAGES = 'getPage answers with conversations and done';

/** Paging by the index of a row, falsely called stable. */
export const byIndex: Broken['source'] = (good) => ({
  getPage: async ({cursor = 0, limit}: PageRequest): Promise<Page> => {
    const end = (cursor as number) + limit;
    return {conversations: good.all().slice(cursor as number, end), done: end >= good.size, cursor: end};
  },
});

const CAPABILITIES: readonly Broken[] = [
  {
    how: 'an unknown kind of paging',
    check: 'capabilities has every field, each of its type',
    source: capabilities({paging: 'pages'}),
  },
  {
    how: 'an array of ops',
    check: 'capabilities has every field, each of its type',
    source: capabilities({ops: ['pin']}),
  },
  {
    how: 'no boolean',
    check: 'capabilities has every field, each of its type',
    source: capabilities({deleteEvents: undefined}),
  },
  {
    how: 'an unknown filter',
    check: 'capabilities has every field, each of its type',
    source: capabilities({serverFilters: ['type']}),
  },
  {
    how: 'pages of 0',
    check: 'maxPageSize and limits are whole numbers above 0',
    source: capabilities({maxPageSize: 0}),
  },
  {
    how: 'capabilities that come with time',
    check: 'capabilities stay the same for life',
    source: (good) => {
      let asked = 0;
      return {
        get capabilities() {
          return {...good.capabilities, unreadTotal: asked > 0};
        },
        getPage: (request: PageRequest) => (asked++, good.getPage(request)),
      };
    },
  },
  {
    how: 'an action named that is not there',
    check: 'each action in capabilities.ops has its method',
    source: () => ({setPinned: undefined}),
  },
  {
    how: 'half the group actions',
    check: 'each action in capabilities.ops has its method',
    source: () => ({groups: {list: async () => []}}),
  },
  {
    how: 'an action that is not named',
    check: 'each action that is there is named in capabilities.ops',
    source: capabilities({ops: new Set(['pin'])}),
  },
  {
    how: 'a total that it denies',
    check: 'unreadTotal is true if there is getTotalUnread',
    source: capabilities({unreadTotal: false}),
  },
  {how: 'a number for an id', check: 'selfId is a string if it is given', source: () => ({selfId: 7})},
];

const SHAPES: readonly Broken[] = [
  {how: 'no array', check: PAGES, source: pages((page) => ({...page, conversations: undefined}))},
  {how: 'done by its absence', check: PAGES, source: pages(({conversations, cursor}) => ({conversations, cursor}))},
  {how: 'no promise', check: PAGES, source: () => ({getPage: () => ({conversations: [], done: true})})},
  {
    how: 'throws at once',
    check: PAGES,
    source: () => ({
      getPage: () => {
        throw new Error('At once');
      },
    }),
  },
  {how: 'no answer', check: PAGES, source: () => ({getPage: never})},
  {how: 'null for a name', check: 'every conversation is valid', source: rows((c) => ({...c, title: null}))},
  {how: 'an empty id', check: 'every conversation is valid', source: rows((c) => ({...c, id: ''}))},
  {how: 'a time in place of marks', check: 'every conversation is valid', source: rows((c) => ({...c, marks: 12}))},
  {
    how: 'keys that are numbers',
    check: 'orderKey is a bigint',
    source: rows((c) => ({...c, orderKey: Number(c.orderKey)})),
  },
  {
    how: 'keys that were numbers',
    check: 'each conversation is as the service has it',
    source: rows((c) => ({...c, orderKey: BigInt(Number(c.orderKey))})),
  },
  {how: 'a draft left out', check: 'each conversation is as the service has it', source: rows(({draft: _, ...c}) => c)},
  {
    how: 'a row twice',
    check: 'a page names no id twice',
    source: pages((page) => ({...page, conversations: [...page.conversations, ...page.conversations.slice(-1)]})),
  },
];

const PAGING: readonly Broken[] = [
  {
    how: 'done at a short page',
    check: 'paging reaches every conversation, whatever the limit',
    source: pages((page, {limit}) => ({...page, conversations: page.conversations.slice(1), done: page.done || limit > 1})),
  },
  {
    how: 'no cursor before the end',
    check: 'paging reaches every conversation, whatever the limit',
    source: pages(({conversations, done}) => ({conversations, done})),
  },
  {
    how: 'never done',
    check: 'paging reaches every conversation, whatever the limit',
    source: pages((page) => ({...page, done: false, cursor: page.cursor ?? {count: 1e9, id: '', orderKey: -1n}})),
  },
  {
    how: 'a row of nobody',
    check: 'paging gives nothing that is not there',
    source: pages((page) => ({...page, conversations: [...page.conversations, {...CONTENT[0], id: 'nobody'}]})),
  },
  {
    how: 'pages that overlap by a row',
    check: 'a pass names each conversation once',
    source: (good) => {
      const {getPage} = byIndex(good) as {getPage: (request: PageRequest) => Promise<Page>};
      return {getPage: (request: PageRequest) => getPage({...request, limit: request.limit + 1}).then((page) => ({...page, ...(!page.done && {cursor: (page.cursor as number) - 1})}))};
    },
  },
  {
    how: 'the oldest first',
    check: 'pages are in order: orderKey descending, then id ascending',
    source: pages((page) => ({...page, conversations: [...page.conversations].reverse()})),
  },
  {
    how: 'equal keys in any order',
    check: 'pages are in order: orderKey descending, then id ascending',
    source: pages((page) => ({...page, conversations: [...page.conversations].sort((a, b) => (a.orderKey === b.orderKey ? (a.id < b.id ? 1 : -1) : 0))})),
  },
  {
    how: 'pinning that is only a flag',
    check: 'a pinned conversation stands above those that are not',
    source: rows((c) => ({...c, orderKey: c.pinned ? 1n : c.orderKey})),
  },
  {
    how: 'no heed of the limit',
    check: 'a page holds no more than the limit',
    source: requests((request) => ({...request, limit: 100})),
  },
  {
    how: 'more than it says',
    check: 'a page holds no more than maxPageSize',
    options: {maxPageSize: 3},
    source: (good) => ({getPage: async () => ({conversations: good.all(), done: true})}),
  },
  {
    how: 'a limit above 1000 refused',
    check: 'the largest request that a list makes is answered',
    source: (good) => ({
      capabilities: {...good.capabilities, maxPageSize: undefined},
      getPage: async (request: PageRequest) => {
        if (request.limit > 1000) throw new SourceError('invalid-argument', 'Too many');
        return good.getPage(request);
      },
    }),
  },
  {
    how: 'all, in two pages',
    check: 'with paging all, the first page holds everything',
    source: capabilities({paging: 'all'}),
  },
  {
    how: 'undefined taken for a cursor',
    check: 'no cursor and cursor undefined both ask for the first page',
    source: (good) => ({
      getPage: async (request: PageRequest) => {
        if ('cursor' in request && request.cursor === undefined) return {conversations: [], done: true};
        return good.getPage(request);
      },
    }),
  },
  {
    how: 'its own falsy cursor taken for the start',
    check: 'every cursor that it gives leads on, falsy ones too',
    source: (good) => ({
      getPage: async ({cursor, limit}: PageRequest) => {
        // Counts down to 0 at the last row but one.
        const last = good.size - 1;
        const start = cursor ? last - (cursor as number) : 0;
        const end = start + limit;
        return {conversations: good.all().slice(start, end), done: end > last, cursor: last - end};
      },
    }),
  },
  {
    how: 'a cursor that is always the same',
    check: 'a pass gives no cursor twice',
    source: (good) => {
      let at = 0;
      return {
        getPage: async ({cursor, limit}: PageRequest) => {
          at = cursor === undefined ? limit : at + limit;
          return {conversations: good.all().slice(at - limit, at), done: at >= good.size, cursor: 'next'};
        },
      };
    },
  },
  {
    how: 'a position of its own instead of the cursor',
    check: 'the same request again gets the same answer',
    source: (good) => {
      let at = 0;
      return {
        getPage: async ({cursor, limit}: PageRequest) => {
          at = cursor === undefined ? limit : at + limit;
          return {conversations: good.all().slice(at - limit, at), done: at >= good.size, cursor: at};
        },
      };
    },
  },
  {
    how: 'one request at a time',
    check: 'requests at the same time do not disturb each other',
    source: (good) => {
      let busy = false;
      return {
        getPage: async (request: PageRequest) => {
          if (busy) return {conversations: [], done: true};
          busy = true;
          await undefined;
          busy = false;
          return good.getPage(request);
        },
      };
    },
  },
];

export const BROKEN_PAGES: readonly Broken[] = [...CAPABILITIES, ...SHAPES, ...PAGING];
