import assert from 'node:assert/strict';
import {test} from 'node:test';
import {diffRows, HeldOrder, type EntryChange} from '../../src/store/held-order.js';
import {OrderedRows, type Entry} from '../../src/store/ordered-rows.js';
import {countUnread, nearestUnread} from '../../src/store/unread-counts.js';
import {conversation} from './support/conversations.js';
import {Random} from './support/random.js';

const entry = (id: string, key: number, over = {}): Entry => ({id, key: BigInt(key), conversation: conversation(id, key, over)});
const rowsOf = (entries: readonly Entry[]): OrderedRows => OrderedRows.EMPTY.apply([], [...entries]);
const idsOf = (rows: OrderedRows): string => [...rows].map(({id}) => id).join(' ');
const changed = (before: Entry, after: Entry): EntryChange => ({before, after});

test('diffRows: tells exactly what differs, of values that share most of their chunks', () => {
  const random = new Random(7);
  let rows = rowsOf(Array.from({length: 3000}, (_, i) => entry(`c${i}`, random.int(900))));
  for (let round = 0; round < 60; round++) {
    const all = [...rows];
    const gone = new Set(Array.from({length: random.int(8)}, () => random.pick(all)));
    const moved = new Set(Array.from({length: random.int(8)}, () => random.pick(all)).filter((e) => !gone.has(e)));
    const news = Array.from({length: random.int(4)}, (_, i) => entry(`n${round}-${i}`, random.int(900)));
    const after = [...moved].map(({id}) => entry(id, random.int(900)));
    const next = rows.apply([...gone, ...moved], [...news, ...after]);
    const changes = diffRows(rows, next);
    const told = changes.map(({before, after: now}) => `${before?.id ?? '-'}>${now?.id ?? '-'}`).sort();
    const expected = [
      ...[...gone].map(({id}) => `${id}>-`),
      ...news.map(({id}) => `->${id}`),
      ...after.map(({id}) => `${id}>${id}`),
    ].sort();
    assert.deepEqual(told, expected);
    rows = next;
  }
});

test('held order: a row that would move stays, with its new content', () => {
  const [a, b, c] = [entry('a', 30), entry('b', 20), entry('c', 10)] as const;
  const held = new HeldOrder(rowsOf([a, b, c]));
  const now = entry('c', 40, {title: 'new'});
  held.apply([changed(c, now)]);
  assert.equal(idsOf(held.rows), 'a b c');
  assert.equal(held.rows.at(2)?.conversation.title, 'new');
  assert.equal(held.waiting, 1);
  held.apply([changed(now, entry('c', 5))]);
  assert.equal(held.waiting, 0, 'it stands where it belongs again');
});

test('held order: a new content in the same place waits for nothing', () => {
  const a = entry('a', 30);
  const held = new HeldOrder(rowsOf([a, entry('b', 20)]));
  held.apply([changed(a, entry('a', 99, {title: 'still on top'}))]);
  assert.equal(held.waiting, 0);
  assert.equal(held.rows.at(0)?.conversation.title, 'still on top');
});

test('held order: a removed row shows as gone in its place, and revives there', () => {
  const [a, b, c] = [entry('a', 30), entry('b', 20), entry('c', 10)] as const;
  const held = new HeldOrder(rowsOf([a, b, c]));
  held.apply([{before: b, after: undefined}]);
  assert.equal(idsOf(held.rows), 'a b c');
  assert.ok(held.isGone('b'));
  assert.notEqual(held.rows.at(1)?.conversation, b.conversation, 'another object, so that it is drawn again');
  held.apply([{before: undefined, after: entry('b', 50)}]);
  assert.ok(!held.isGone('b'));
  assert.equal(idsOf(held.rows), 'a b c');
});

test('held order: what is new waits, but below the last row it is added', () => {
  const held = new HeldOrder(rowsOf([entry('a', 30), entry('b', 20)]));
  const top = entry('top', 99);
  held.apply([{before: undefined, after: top}, {before: undefined, after: entry('page', 5)}]);
  assert.equal(idsOf(held.rows), 'a b page');
  assert.equal(held.waiting, 1);
  held.apply([{before: top, after: undefined}]);
  assert.equal(held.waiting, 0);
});

test('held order: no row of the beginning ever moves, whatever happens', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const random = new Random(seed);
    let rows = rowsOf(Array.from({length: 40}, (_, i) => entry(`c${i}`, 1000 - random.int(100))));
    const first = [...rows].map(({id}) => id);
    const held = new HeldOrder(rows);
    for (let step = 0; step < 60; step++) {
      const all = [...rows];
      const target = random.pick(all);
      const key = random.int(1200);
      const kind = random.int(4);
      const next =
        kind === 0
          ? rows.apply([], [entry(`n${step}`, key)])
          : target === undefined
            ? rows
            : rows.apply([target], kind === 1 ? [] : [entry(target.id, key)]);
      held.apply(diffRows(rows, next));
      rows = next;
      const shown = [...held.rows].map(({id}) => id);
      assert.deepEqual(shown.slice(0, first.length), first, `seed ${seed}`);
      assert.equal(new Set(shown).size, shown.length, `seed ${seed}`);
      for (const {id, conversation: facts} of rows) {
        const place = held.placeOf(id);
        if (place !== undefined) assert.equal(place.conversation, facts, `seed ${seed}: ${id} is not up to date`);
      }
    }
  }
});

test('unread counts: as a plain count, after any change and in any range; muted ones do not call', () => {
  const random = new Random(3);
  const facts = () => ({unreadCount: random.chance(0.3) ? 1 : 0, notify: random.chance(0.2) ? ('silent' as const) : ('all' as const)});
  let rows = rowsOf(Array.from({length: 5000}, (_, i) => entry(`c${i}`, random.int(9000), facts())));
  for (let round = 0; round < 40; round++) {
    const target = random.pick([...rows]);
    rows = rows.apply([target], [entry(target.id, random.int(9000), facts())]);
    const start = random.int(rows.length);
    const end = start + random.int(rows.length - start);
    const calls = [...rows].map(({conversation: c}) => c.unreadCount > 0 && c.notify === 'all');
    assert.equal(countUnread(rows, start, end), calls.slice(start, end).filter(Boolean).length);
    assert.equal(nearestUnread(rows, start, 1), calls.indexOf(true, start));
    assert.equal(nearestUnread(rows, start, -1), calls.lastIndexOf(true, start));
  }
});
