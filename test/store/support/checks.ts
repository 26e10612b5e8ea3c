import assert from 'node:assert/strict';
import {
  compareSortable,
  matches,
  sameConversation,
  sortKey,
  type Conversation,
  type ConversationOrder,
  type ConversationSnapshot,
  type Sortable,
  type StoreChange,
} from '../../../src/store/index.js';
import {hasWords, searchText, searchWords} from '../../../src/model/search.js';
import type {FakeServer} from './fake-server.js';

/** Rules 1, 2, 6, 7: each row once, in order, matching, a fact of this server, and no older than what was told of it. */
export function rowsAreRight({rows, filter, order}: ConversationSnapshot, server: FakeServer): void {
  const list = [...rows];
  assert.equal(list.length, rows.length, 'length');
  eachOnceInOrder(list, order);
  for (const row of list) {
    const {id} = row;
    if (!matches(filter, row)) assert.fail(`${row.title} does not match`);
    const version = versionOf(row);
    const fact = server.facts[version]?.conversation;
    if (fact === undefined || !sameConversation(fact, row)) assert.fail(`${row.title} is no fact of this server`);
    const told = server.told.get(id);
    if (told !== undefined && version < told.version + (told.conversation === undefined ? 1 : 0)) {
      assert.fail(`${row.title} is older than the event of version ${told.version}`);
    }
  }
  if (list.length > 0) isThere(rows, list, server.facts.length);
}

/** A search that has come to its end shows the rows that have its words, as the list shows them. */
export function searchIsRight({rows, search}: ConversationSnapshot): void {
  if (search?.status !== 'done') return;
  const words = searchWords(search.query);
  const should = [...rows].filter((row) => hasWords(searchText(row), words));
  const is = [...search.rows];
  assert.ok(is.length === should.length && is.every((row, i) => row === should[i]), `what is found for "${search.query}" is not what there is`);
  if (is.length > 0) isThere(search.rows, is, is.length);
}

/** What an event told, and what is so still, shows. */
export function everyEventShows({rows, filter}: ConversationSnapshot, server: FakeServer): void {
  for (const id of server.fresh) {
    const {version, conversation} = server.told.get(id) ?? {};
    if (conversation === undefined || !matches(filter, conversation) || rows.indexOf(id) >= 0) continue;
    if (server.truth.get(id)?.version === version) assert.fail(`${conversation.title} was told and does not show`);
  }
}

/** No row goes while the server holds it unchanged, unless older news of it is on its way. */
export function nothingVanished(
  before: ConversationSnapshot,
  now: ConversationSnapshot,
  {config, truth}: FakeServer,
  late: ReadonlySet<string>,
): void {
  if (before.rows === now.rows) return;
  // A page of positions can leave a row out, which the sweep behind it mends.
  if (config.paging === 'offset' || config.paging === 'window') return;
  for (const row of before.rows) {
    if (late.has(row.id) || truth.get(row.id)?.version !== versionOf(row)) continue;
    if (matches(before.filter, row) && now.rows.indexOf(row.id) < 0) assert.fail(`${row.title} vanished`);
  }
}

/** Rule 3: a snapshot holds what it held. */
export function isStill({rows}: ConversationSnapshot, held: readonly Conversation[], sample: number): void {
  const list = [...rows];
  assert.ok(list.length === held.length && list.every((row, i) => row === held[i]), 'an old snapshot changed');
  if (held.length > 0) isThere(rows, held, sample);
}

/** Rules 1 to 3 and 14: each row once and in order, new rows only with a change, and what live events did told rightly. */
export function noticeIsRight(before: ConversationSnapshot | undefined, {snapshot, live, pages}: StoreChange, arranged: boolean): void {
  const {rows} = snapshot;
  if (before !== undefined && before.rows !== rows) {
    const same = before.rows.length === rows.length && [...before.rows].every((row, i) => row === rows.at(i));
    // In one go with others, a filter, an order, or a page and an event may lead back to the same rows.
    const back = arranged || (pages.length > 0 && live !== undefined);
    assert.ok(!same || back, 'new rows without a change');
  }
  if (before?.rows !== rows) eachOnceInOrder([...rows], snapshot.order);
  if (live === undefined) return;
  const all = [...live.added, ...live.changed, ...live.removed];
  assert.equal(new Set(all).size, all.length, 'an id in two lists');
  for (const id of [...live.added, ...live.changed]) assert.ok(rows.indexOf(id) >= 0, `${id} is told and not there`);
  for (const id of live.removed) assert.equal(rows.indexOf(id), -1, `${id} is told as removed and there`);
}

/** Rule 4: the first rows are those of filter(server). */
export function firstRowsAre({rows, filter, order}: ConversationSnapshot, server: FakeServer, count: number): void {
  const expected = server.list(filter).sort((a, b) => compareSortable(place(a, order), place(b, order)));
  const [is, should] = [[...rows], expected].map((list) => list.slice(0, count).map(({title}) => title).join(', '));
  assert.ok(is === should, `the list is not what the server holds:\n  ${is}\n  ${should}`);
}

function eachOnceInOrder(list: readonly Conversation[], order: ConversationOrder): void {
  const seen = new Set<string>();
  let above: Sortable | undefined;
  for (const row of list) {
    if (seen.has(row.id)) assert.fail(`${row.id} is there twice`);
    seen.add(row.id);
    const here = place(row, order);
    if (above !== undefined && compareSortable(above, here) >= 0) assert.fail(`${above.id} stands above ${row.title}`);
    above = here;
  }
}

function isThere(rows: ConversationSnapshot['rows'], list: readonly Conversation[], sample: number): void {
  const i = (sample * 7) % list.length;
  const row = list[i] as Conversation;
  assert.equal(rows.indexOf(row.id), i, 'a row is not where its index says');
  assert.equal(rows.at(i), row);
  assert.equal(rows.get(row.id), row);
}

function place(conversation: Conversation, order: ConversationOrder): Sortable {
  return {id: conversation.id, key: sortKey(conversation, order)};
}

function versionOf({title}: Conversation): number {
  return Number(title.slice(title.indexOf(' v') + 2));
}
