import {hasUnread} from '../../model/conversation.js';
import type {ConversationFilter} from '../../model/filter.js';
import {content, control, ensure, method, show, type Check} from './check.js';
import type {Harness} from './harness.js';
import {ensureConversation, ensureSourceError, isCount, isList} from './shapes.js';
import {differences, strangeIds} from './values.js';

const TOTAL = method('getTotalUnread');
const BY_IDS = method('getByIds');

async function total(h: Harness): Promise<number> {
  const value = await h.value(async () => h.source.getTotalUnread?.(), 'getTotalUnread()');
  ensure(isCount(value), `getTotalUnread() resolved to ${show(value)}`);
  return value;
}

export const UNREAD_CHECKS: readonly Check[] = [
  {
    name: 'the unread total is a count',
    why: 'a badge shows it as it is: no negative, broken or missing number',
    needs: [TOTAL],
    async run(h) {
      await total(h);
    },
  },
  {
    name: 'the unread total of a filter is a count, and no more than the whole',
    why: 'a badge on a folder counts what the folder holds; refuse a filter with the code `unsupported`',
    needs: [TOTAL],
    async run(h) {
      const whole = await total(h);
      const filters: ConversationFilter[] = [
        {types: ['direct']}, {types: ['group']}, {hasUnread: true}, {pinned: true}, {ids: ['none']},
      ];
      for (const filter of filters) {
        const outcome = await h.outcome(async () => h.source.getTotalUnread?.(filter), 'getTotalUnread()');
        if ('error' in outcome) {
          ensureSourceError(outcome.error, `the rejection of getTotalUnread(${show(filter)})`);
          continue;
        }
        const {value} = outcome;
        ensure(isCount(value), `getTotalUnread(${show(filter)}) resolved to ${show(value)}`);
        ensure(value <= whole, `getTotalUnread(${show(filter)}) resolved to ${value}, of ${whole} in all`);
      }
    },
  },
  {
    name: 'what has nothing unread adds nothing to the unread total',
    why: 'a badge that never comes back to 0 is one that people learn not to see',
    needs: [TOTAL, content('something read', (c) => !hasUnread(c))],
    async run(h) {
      const filter: ConversationFilter = {hasUnread: false};
      const outcome = await h.outcome(async () => h.source.getTotalUnread?.(filter), 'getTotalUnread()');
      if ('error' in outcome) return ensureSourceError(outcome.error, 'the rejection');
      ensure(outcome.value === 0, `getTotalUnread(${show(filter)}) resolved to ${show(outcome.value)}`);
    },
  },
  {
    name: 'a change of the unread total is told',
    why: 'the badge asks for the total once, and then goes by events',
    needs: [TOTAL, control('change')],
    async run(h) {
      const heard = h.listen();
      const before = await total(h);
      await h.change(h.last.id, heard);
      await h.change(h.first.id, heard);
      await h.quiet();
      const now = await total(h);
      const told = heard.of('unread').findLast(({filter}) => Object.keys(filter ?? {}).length === 0);
      ensure(told !== undefined || now === before, `it was ${before} and is ${now}, but no \`unread\` event said so`);
      ensure((told?.total ?? now) === now, `it is ${now}, but the last \`unread\` event said ${told?.total}`);
    },
  },
  {
    name: 'getByIds gives those that exist and leaves out the others',
    why: 'it is asked for rows that paging has not reached, of which some may have gone',
    needs: [BY_IDS],
    async run(h) {
      const wanted = [h.last, h.first];
      const ids = ['no such conversation', ...wanted.map(({id}) => id)];
      const given = await h.value(async () => h.source.getByIds?.(ids), 'getByIds()');
      ensure(given && isList(given), `getByIds() resolved to ${show(given)} instead of an array`);
      for (const row of given) ensureConversation(row, `conversation ${show(row?.id)}`);
      ensure(given.length === wanted.length, `getByIds() of 2 that exist and 1 that does not gave ${given.length}`);
      for (const one of wanted) {
        const row = given.find(({id}) => id === one.id);
        ensure(row, `getByIds() lacks ${show(one.id)}`);
        const wrong = differences(row, one);
        ensure(wrong.length === 0, `getByIds() gave another ${wrong.join(', ')} of ${show(one.id)} than there is`);
      }
    },
  },
  {
    name: 'getByIds of no ids, or of strange ones, gives nothing',
    why: 'ids come from links and from storage, and may be anything',
    needs: [BY_IDS],
    async run(h) {
      for (const ids of [[], ...strangeIds(h.known).map((id) => [id])]) {
        const outcome = await h.outcome(async () => h.source.getByIds?.(ids), `getByIds(${show(ids)})`);
        if ('error' in outcome) ensureSourceError(outcome.error, `the rejection of getByIds(${show(ids)})`);
        else ensure(outcome.value?.length === 0, `getByIds(${show(ids)}) resolved to ${show(outcome.value)}`);
      }
    },
  },
];
