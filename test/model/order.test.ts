import assert from 'node:assert/strict';
import {test} from 'node:test';
import {compareSortable, sortKey, type Conversation, type ConversationOrder} from '../../src/model/index.js';
import {conversation} from '../store/support/conversations.js';
import {Random} from '../store/support/random.js';

function sorted(list: readonly Conversation[], order: ConversationOrder = 'order-key'): string[] {
  return list
    .map((c) => ({id: c.id, key: sortKey(c, order)}))
    .sort(compareSortable)
    .map(({id}) => id);
}

test('order: the greater key is higher, down to the last of 64 bits', () => {
  const top = 2n ** 63n - 1n;
  // As numbers, these three are one.
  const list = [conversation('a', top - 2n), conversation('b', top), conversation('c', top - 1n)];
  assert.deepEqual(sorted(list), ['b', 'c', 'a']);
  assert.deepEqual(sorted([conversation('n', -1n), conversation('z', 0n), conversation('m', -(2n ** 63n))]), ['z', 'n', 'm']);
});

test('order: ties go by id, by code units and not by locale', () => {
  const ids = ['b', 'a', 'B', 'ä', 'z', '10', '9', 'ab', '', '\u{1f600}', '\uffff'];
  assert.deepEqual(sorted(ids.map((id) => conversation(id, 5))), [...ids].sort());
});

test('order rule 2: 100 shufflings of rows with many ties give one order', () => {
  const random = new Random(7);
  const list = Array.from({length: 1000}, (_, i) => conversation(`c${i}`, random.int(50)));
  const first = sorted(list).join();
  for (let i = 0; i < 100; i++) assert.equal(sorted(random.shuffle(list)).join(), first);
});

test('order: compareSortable is a total order', () => {
  const random = new Random(8);
  const places = Array.from({length: 60}, () => ({id: `c${random.int(20)}`, key: BigInt(random.int(5))}));
  for (const a of places) {
    for (const b of places) {
      assert.equal(Math.sign(compareSortable(a, b)), -Math.sign(compareSortable(b, a)) + 0);
      assert.equal(compareSortable(a, b) === 0, a.id === b.id && a.key === b.key);
      for (const c of places) {
        if (compareSortable(a, b) < 0 && compareSortable(b, c) < 0) assert.ok(compareSortable(a, c) < 0);
      }
    }
  }
});

test('order by last message: newest first, order keys do not matter', () => {
  const at = (id: string, sentAt: number, key: number): Conversation =>
    conversation(id, key, {lastMessage: {type: 'text', state: 'normal', sentAt}});
  assert.deepEqual(sorted([at('a', 1, 9), at('b', 3, 1), at('c', 2, 5)], 'last-message'), ['b', 'c', 'a']);
  assert.deepEqual(sorted([at('a', 1.9, 0), at('b', 1.1, 0), at('c', -1, 0)], 'last-message'), ['a', 'b', 'c']);
});

test('order by last message: without one, or without its time, last and by id', () => {
  const list = [
    conversation('d', 9, {lastMessage: null}),
    conversation('b', 7),
    conversation('c', 8, {lastMessage: {type: 'text', state: 'normal'}}),
    conversation('z', 0, {lastMessage: {type: 'text', state: 'normal', sentAt: 0}}),
    conversation('y', 0, {lastMessage: {type: 'text', state: 'normal', sentAt: -8.64e15}}),
  ];
  assert.deepEqual(sorted(list, 'last-message'), ['z', 'y', 'b', 'c', 'd']);
  assert.deepEqual(sorted([...list].reverse(), 'last-message'), ['z', 'y', 'b', 'c', 'd']);
});
