/** Conversations between the tables and the wire. */

const PIN = 1n << 62n;

/** The order key: pinned ones above all. */
export const keyOf = (raised, pinned) => BigInt(raised) + (pinned ? PIN : 0n);

/** A conversation as it stands in its table, with values of one kind in both databases. */
export function fromTable(row) {
  return {
    ...row,
    version: Number(row.version),
    order_key: BigInt(row.order_key),
    raised_key: BigInt(row.raised_key),
    unread: Number(row.unread),
    marks: JSON.parse(row.marks),
    groups: JSON.parse(row.groups),
    read_up_to: row.read_up_to === null ? null : Number(row.read_up_to),
  };
}

/** One that a list does not have yet, to be put there; `of` says of whom and what. */
export const fresh = (of) => ({
  ...of, deleted: 1, order_key: 0n, raised_key: 0n, pinned: 0, hidden: 0, unread: 0, mention: null, notify: 'all', marks: [], groups: [],
  draft: null, last_message: null, custom_data: null, read_up_to: null,
});

/** As the protocol has it. */
export function toWire(row) {
  const {id, type, title, avatar_url, order_key, pinned, hidden, unread, mention, notify, marks, groups} = row;
  return {
    id, type, title, orderKey: String(order_key), pinned: pinned === 1, unreadCount: unread, notify, marks, groups,
    ...(avatar_url !== null && {avatarUrl: avatar_url}),
    ...(hidden === 1 && {hidden: true}),
    ...(mention !== null && {mention}),
    ...(row.draft !== null && {draft: JSON.parse(row.draft)}),
    ...(row.last_message !== '' && {lastMessage: row.last_message === null ? null : JSON.parse(row.last_message)}),
    ...(row.custom_data !== null && {customData: row.custom_data}),
    ...(row.read_up_to !== null && {readUpTo: row.read_up_to}),
  };
}

/** What a conversation adds to the unread total. */
export const counted = ({deleted, notify, unread}) => (deleted === 1 || notify === 'silent' || notify === 'off' ? 0 : unread);

/** The conditions of a filter, and what stands in their places. */
export function whereOf(query) {
  const [parts, params] = [[], []];
  const add = (sql, ...values) => {
    parts.push(sql);
    params.push(...values);
  };
  const list = (column, values) => add(`${column} IN (${values.map(() => '?').join(', ')})`, ...values);
  // Lists are JSON of strings: one is in it if it is, quotes and all.
  const within = (column, value) =>
    value === '' ? add(`${column} = '[]'`) : add(`${column} LIKE ? ESCAPE '\\'`, `%${JSON.stringify(value).replace(/[\\%_]/g, '\\$&')}%`);
  const flag = (value, sql) => add(value ? sql : `NOT ${sql}`);
  if (query.type) list('type', query.type);
  if (query.id) list('id', query.id);
  if (query.mark !== undefined) within('marks', query.mark);
  if (query.group !== undefined) within('groups', query.group);
  if (query.unread !== undefined) flag(query.unread, `(unread > 0 OR marks LIKE '%"unread"%')`);
  if (query.mention !== undefined) flag(query.mention, '(mention IS NOT NULL)');
  if (query.pinned !== undefined) flag(query.pinned, '(pinned = 1)');
  if (query.hidden !== undefined) flag(query.hidden, `(hidden = 1 OR marks LIKE '%"hide"%')`);
  return {sql: parts.map((part) => ` AND ${part}`).join(''), params};
}

/** Of a person's conversations those that a filter lets through, behind a place in the list, in its order. */
export async function rowsOf(all, userId, {sql, params}, after, limit) {
  const from = after ? ' AND (order_key < ? OR (order_key = ? AND id > ?))' : '';
  return all(`SELECT * FROM conversations WHERE user_id = ? AND deleted = 0${sql}${from} ORDER BY order_key DESC, id LIMIT ?`, [
    userId, ...params, ...(after ? [after.key, after.key, after.id] : []), limit,
  ]);
}
