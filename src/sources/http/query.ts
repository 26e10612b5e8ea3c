import type {ConversationFilter} from '../../model/filter.js';

/** Names and values of a query, in order; a name may come several times. */
export type Query = (readonly [name: string, value: string])[];

const FLAGS = {hasUnread: 'unread', hasMention: 'mention', pinned: 'pinned', hidden: 'hidden'} as const;

/**
 * A filter as a query, `undefined` for one that lets nothing through: a list without values cannot be said.
 *
 * An empty `mark` or `group` stands for none; neither is ever empty.
 */
export function filterQuery(filter: ConversationFilter = {}): Query | undefined {
  const {types, mark, group, ids} = filter;
  if (types?.length === 0 || ids?.length === 0 || mark === '' || group === '') return undefined;
  const query: Query = [];
  for (const type of types ?? []) query.push(['type', type]);
  if (mark !== undefined) query.push(['mark', mark ?? '']);
  if (group !== undefined) query.push(['group', group ?? '']);
  for (const [field, name] of Object.entries(FLAGS) as [keyof typeof FLAGS, string][]) {
    if (filter[field] !== undefined) query.push([name, String(filter[field])]);
  }
  for (const id of ids ?? []) query.push(['id', id]);
  return query;
}

/** Ids in bunches that fit into an address. */
export function* idBunches(ids: Iterable<string>): Generator<readonly string[]> {
  let bunch: string[] = [];
  let length = 0;
  for (const id of new Set(ids)) {
    // No letter is longer than its three bytes, each written as `%XX`.
    const size = id.length * 9 + 4;
    if (bunch.length > 0 && (length + size > 6000 || bunch.length === 100)) {
      yield bunch;
      [bunch, length] = [[], 0];
    }
    bunch.push(id);
    length += size;
  }
  if (bunch.length > 0) yield bunch;
}
