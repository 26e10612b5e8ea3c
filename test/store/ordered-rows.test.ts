import assert from 'node:assert/strict';
import {test} from 'node:test';
import {compareSortable} from '../../src/model/order.js';
import {OrderedRows, type Entry} from '../../src/store/ordered-rows.js';
import {conversation} from './support/conversations.js';
import {Random} from './support/random.js';

function entry(id: string, key: number): Entry {
  return {id, key: BigInt(key), conversation: conversation(id, key)};
}

/** The same, the plain way. */
function plain(list: readonly Entry[], removed: readonly Entry[], added: readonly Entry[]): Entry[] {
  const gone = new Set(removed);
  return [...list.filter((one) => !gone.has(one)), ...added].sort(compareSortable);
}

function check(rows: OrderedRows, list: readonly Entry[], random: Random): void {
  assert.equal(rows.length, list.length);
  assert.ok([...rows].every((one, i) => one === list[i]));
  for (let i = 0; i < 20; i++) {
    const index = random.int(list.length + 4) - 2;
    assert.equal(rows.at(index), list[index]);
    const place = {id: `c${random.int(5000)}`, key: BigInt(random.int(400))};
    assert.equal(rows.rank(place), list.filter((one) => compareSortable(one, place) < 0).length);
  }
  for (let i = 0; i < list.length; i += 97) assert.equal(rows.rank(list[i] as Entry), i);
}

test('OrderedRows: empty', () => {
  const {EMPTY} = OrderedRows;
  assert.equal(EMPTY.length, 0);
  assert.equal(EMPTY.at(0), undefined);
  assert.equal(EMPTY.rank(entry('a', 1)), 0);
  assert.equal(EMPTY.apply([], []), EMPTY);
  assert.deepEqual([...EMPTY], []);
});

test('OrderedRows: at() outside and between', () => {
  const rows = OrderedRows.EMPTY.apply([], [entry('a', 1), entry('b', 2)]);
  assert.equal(rows.at(0)?.id, 'b');
  for (const index of [-1, 2, 0.5, NaN, Infinity]) assert.equal(rows.at(index), undefined);
});

for (const [name, most, batch] of [
  ['single rows', 50, 1],
  ['small batches', 3000, 40],
  ['batches that split and join chunks', 5000, 2500],
] as const) {
  test(`OrderedRows rules 2 and 3: ${name}, against a sorted array; earlier values stay`, () => {
    const random = new Random(batch);
    let rows = OrderedRows.EMPTY;
    let list: Entry[] = [];
    let next = 0;
    const old: [OrderedRows, Entry[]][] = [];
    for (let step = 0; step < 150; step++) {
      const shrinks = list.length > most || random.chance(0.3);
      const removed = shrinks ? random.shuffle(list).slice(0, random.int(batch + 1)) : [];
      const added = shrinks && random.chance(0.5) ? [] : Array.from({length: random.int(batch + 1)}, () => entry(`c${next++}`, random.int(400)));
      // A stretch, so that whole chunks go.
      if (random.chance(0.2)) removed.splice(0, removed.length, ...list.slice(list.length >> 2, list.length >> 1));
      const before = rows;
      list = plain(list, removed, added);
      rows = rows.apply(random.shuffle(removed), random.shuffle(added));
      if (removed.length + added.length === 0) assert.equal(rows, before);
      check(rows, list, random);
      if (random.chance(0.1)) old.push([rows, list]);
    }
    for (const [value, entries] of old) check(value, entries, random);
    rows = rows.apply(list, []);
    assert.equal(rows, OrderedRows.EMPTY);
  });
}

test('OrderedRows: one change copies one chunk, not the rows', () => {
  const list = Array.from({length: 20_000}, (_, i) => entry(`c${i}`, i));
  const rows = OrderedRows.EMPTY.apply([], list);
  const one = rows.at(9000) as Entry;
  const changed = rows.apply([one], [{...one}]);
  const kept = changed.chunks.filter((chunk) => rows.chunks.includes(chunk));
  assert.equal(kept.length, rows.chunks.length - 1);
});

test('OrderedRows: filter and equals', () => {
  const list = Array.from({length: 3000}, (_, i) => entry(`c${i}`, i % 10));
  const rows = OrderedRows.EMPTY.apply([], list);
  const even = rows.filter(({key}) => key % 2n === 0n);
  assert.deepEqual([...even], [...list].sort(compareSortable).filter(({key}) => key % 2n === 0n));
  assert.equal(rows.equals(rows.filter(() => true)), true);
  assert.equal(rows.equals(even), false);
  assert.equal(rows.equals(rows.apply([rows.at(5) as Entry], [{...(rows.at(5) as Entry)}])), false);
  assert.equal(rows.filter(() => false), OrderedRows.EMPTY);
});
