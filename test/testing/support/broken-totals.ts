import type {ConversationFilter, PageRequest} from '../../../src/model/index.js';
import {events, type Broken, type Listener} from './break.js';

const never = <T>(): Promise<T> => new Promise(() => undefined);

const TOTALS: readonly Broken[] = [
  {how: 'NaN unread', check: 'the unread total is a count', source: () => ({getTotalUnread: async () => NaN})},
  {
    how: 'a total less than nothing',
    check: 'the unread total is a count',
    source: () => ({getTotalUnread: async () => -1}),
  },
  {
    how: 'more of some than of all',
    check: 'the unread total of a filter is a count, and no more than the whole',
    source: () => ({getTotalUnread: async (filter?: ConversationFilter) => (filter ? 9 : 3)}),
  },
  {
    how: 'no heed of the filter',
    check: 'what has nothing unread adds nothing to the unread total',
    source: (good) => ({getTotalUnread: () => good.getTotalUnread()}),
  },
  {
    how: 'no news of the total',
    check: 'a change of the unread total is told',
    source: events((event) => (event.type === 'unread' ? undefined : event)),
  },
  {
    how: 'old news of the total',
    check: 'a change of the unread total is told',
    source: events((event) => (event.type === 'unread' ? {...event, total: event.total - 1} : event)),
  },
  {
    how: 'all or none by id',
    check: 'getByIds gives those that exist and leaves out the others',
    source: (good) => ({getByIds: async (ids: readonly string[]) => (ids.every((id) => good.get(id)) ? ids.map((id) => good.get(id)) : [])}),
  },
  {
    how: 'holes by id',
    check: 'getByIds gives those that exist and leaves out the others',
    source: (good) => ({getByIds: async (ids: readonly string[]) => ids.map((id) => good.get(id))}),
  },
  {
    how: 'a plain object for a map',
    check: 'getByIds of no ids, or of strange ones, gives nothing',
    source: (good) => {
      const byId: Record<string, unknown> = Object.fromEntries(good.all().map((c) => [c.id, c]));
      return {getByIds: async (ids: readonly string[]) => ids.flatMap((id) => byId[id] ?? [])};
    },
  },
];

const LIFE: readonly Broken[] = [
  {
    how: 'rows of one who left',
    check: 'after a logout no page holds what was there',
    subject: (good) => ({logout: () => good.emit({type: 'reset', reason: 'logout'})}),
  },
  {
    how: 'a logout that nobody is told of',
    check: 'after a logout no page holds what was there',
    subject: (good) => ({logout: () => good.replaceAll([])}),
  },
  {
    how: 'a listener left behind',
    check: 'once unsubscribed and disposed of, it holds nothing',
    source: (good) => ({subscribe: (listener: Listener) => (good.subscribe(listener), () => undefined)}),
  },
  {
    how: 'disposed of once',
    check: 'dispose may be called twice',
    source: () => {
      let open: Set<string> | undefined = new Set();
      return {
        dispose: () => {
          (open as Set<string>).clear();
          open = undefined;
        },
      };
    },
  },
  {
    how: 'a dispose that does nothing',
    check: 'after dispose no event comes',
    source: () => ({dispose: () => undefined}),
  },
  {
    how: 'no answer after dispose',
    check: 'after dispose a request still settles',
    source: (good) => {
      let open = true;
      return {dispose: () => (open = false), getPage: (request: PageRequest) => (open ? good.getPage(request) : never())};
    },
  },
];

export const BROKEN_TOTALS: readonly Broken[] = [...TOTALS, ...LIFE];
