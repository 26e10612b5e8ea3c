import type {Conversation} from '../../model/conversation.js';
import {matches, type ConversationFilter, type FilterField} from '../../model/filter.js';
import {ensure, show, type Check, type Need} from './check.js';
import {idsIn, lacking} from './harness.js';
import type {ConformanceSubject} from './subject.js';

const FIELDS: readonly FilterField[] = [
  'types', 'mark', 'group', 'hasUnread', 'hasMention', 'pinned', 'hidden', 'ids',
];

/** Filters on one field that let some of the content through and hold some back. */
function telling(field: FilterField, conversations: readonly Conversation[]): ConversationFilter[] {
  return candidates(field, conversations).filter((filter) => {
    const count = conversations.filter((c) => matches(filter, c)).length;
    return count > 0 && count < conversations.length;
  });
}

function candidates(field: FilterField, conversations: readonly Conversation[]): ConversationFilter[] {
  switch (field) {
    case 'types':
      return [...new Set(conversations.map(({type}) => type))].map((type) => ({types: [type]}));
    case 'mark':
      return [...new Set(conversations.flatMap(({marks}) => marks)), null].map((mark) => ({mark}));
    case 'group':
      return [...new Set(conversations.flatMap(({groups}) => groups)), null].map((group) => ({group}));
    case 'ids':
      return [{ids: idsIn(conversations.slice(0, 2))}, {ids: idsIn(conversations.slice(-1))}];
    default:
      return [{[field]: true}, {[field]: false}];
  }
}

const claimed = ({source}: ConformanceSubject, field: FilterField): boolean =>
  (source.capabilities?.serverFilters ?? []).includes(field);

function claims(field: FilterField): Need {
  return {label: `\`${field}\` in serverFilters`, met: (subject) => claimed(subject, field)};
}

function tells(field: FilterField): Need {
  return {
    label: 'conversations that it lets through and others in the content',
    met: ({conversations}) => telling(field, conversations).length > 0,
  };
}

function fieldCheck(field: FilterField): Check {
  return {
    name: `the filter \`${field}\` is applied`,
    why: 'serverFilters names it: the list counts on pages of what it shows, and on every such row to come',
    needs: [claims(field), tells(field)],
    async run(h) {
      for (const filter of telling(field, h.known)) {
        const {rows} = await h.walk({filter});
        const wrong = rows.filter((row) => !matches(filter, row));
        ensure(wrong.length === 0, `${show(filter)} gave ${show(idsIn(wrong))}, which it holds back`);
        const missing = lacking(h.matching(filter), idsIn(rows));
        ensure(missing.length === 0, `${show(filter)} did not give ${show(missing)}`);
      }
    },
  };
}

export const FILTER_CHECKS: readonly Check[] = [
  ...FIELDS.map(fieldCheck),
  {
    name: 'filters together hold back what either does',
    why: 'a filter lets through what all its fields let through',
    needs: [
      {
        label: 'two fields in serverFilters',
        met: (subject) => FIELDS.filter((field) => claimed(subject, field) && tells(field).met(subject)).length > 1,
      },
    ],
    async run(h) {
      const fields = FIELDS.filter((field) => claimed(h.subject, field));
      const filters = fields.flatMap((field) => telling(field, h.known).slice(0, 1));
      for (const [i, one] of filters.entries()) {
        const filter = {...filters[(i + 1) % filters.length], ...one};
        const ids = idsIn((await h.walk({filter})).rows);
        const matching = h.matching(filter);
        const [wrong, missing] = [lacking(ids, matching), lacking(matching, ids)];
        const all = wrong.length + missing.length === 0;
        ensure(all, `${show(filter)} gave ${show(wrong)} too many, ${show(missing)} too few`);
      }
    },
  },
  {
    name: 'a filter that serverFilters does not name leaves out nothing that it lets through',
    why: 'the list applies such a filter itself, to all that comes',
    needs: [
      {
        label: 'a field that serverFilters does not name',
        met: (subject) => FIELDS.some((field) => !claimed(subject, field)),
      },
    ],
    async run(h) {
      for (const field of FIELDS.filter((each) => !claimed(h.subject, each))) {
        for (const filter of candidates(field, h.known)) {
          const missing = lacking(h.matching(filter), idsIn((await h.walk({filter})).rows));
          ensure(missing.length === 0, `${show(filter)} did not give ${show(missing)}`);
        }
      }
    },
  },
  {
    name: 'a filter that nothing passes comes to its end',
    why: 'the list would load for ever, or say that it is still loading',
    async run(h) {
      const filter: ConversationFilter = {ids: ['no such conversation'], mark: 'no such mark', hasMention: true};
      const {rows} = await h.walk({filter});
      const {serverFilters} = h.source.capabilities;
      if (serverFilters.includes('ids')) ensure(rows.length === 0, `it gave ${show(idsIn(rows))}`);
    },
  },
  {
    name: 'an empty filter holds nothing back',
    why: 'it is what a list without filter attributes asks with',
    async run(h) {
      const missing = lacking(idsIn(h.known), idsIn((await h.walk({filter: {}})).rows));
      ensure(missing.length === 0, `{} did not give ${show(missing)}`);
    },
  },
  {
    name: 'the filter of one request has no effect on the next',
    why: 'lists with different filters share one source',
    async run(h) {
      const filter: ConversationFilter = {ids: idsIn(h.known.slice(0, 1)), hasMention: true};
      await Promise.all([h.walk({filter}), h.walk({filter})]);
      const missing = lacking(idsIn(h.known), idsIn((await h.walk()).rows));
      ensure(missing.length === 0, `after a request with a filter, one without did not give ${show(missing)}`);
    },
  },
];
