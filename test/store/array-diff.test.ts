import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Conversation} from '../../src/model/conversation.js';
import type {SourceEvent} from '../../src/model/source.js';
import {diffArrays} from '../../src/store/array-diff.js';
import {ArraySource} from '../../src/store/array-source.js';
import {conversation} from './support/conversations.js';
import {Random} from './support/random.js';

test('diffArrays: what is left on each side makes one array from the other', () => {
  for (let seed = 1; seed <= 300; seed++) {
    const random = new Random(seed);
    const before = Array.from({length: random.int(200)}, (_, id) => ({id}));
    const after = change(random, before, () => ({id: -1}));
    const {gone, come} = diffArrays(before, after);
    const kept = new Set(before.filter((x) => !gone.includes(x)));
    assert.deepEqual(before.filter((x) => kept.has(x)), after.filter((x) => kept.has(x) && !come.includes(x)), `seed ${seed}`);
    assert.equal(after.filter((x) => kept.has(x)).length + come.length, after.length, `seed ${seed}`);
  }
});

test('diffArrays: a few changes among many are told as few', () => {
  const before = Array.from({length: 10_000}, (_, id) => ({id}));
  const moved = [9000, 5000, 70].map((i) => before[i] as {id: number});
  const after = [{id: -1}, ...moved, ...before.filter((x) => !moved.includes(x) && x.id !== 42)];
  const {gone, come} = diffArrays(before, after);
  assert.deepEqual([gone.length, come.length], [4, 4]);
});

test('ArraySource: any array after any other is told exactly, with the right total', async () => {
  for (let seed = 1; seed <= 200; seed++) {
    const random = new Random(seed);
    const facts = () => ({unreadCount: random.int(5), notify: random.pick(['all', 'silent'] as const)});
    let array: Conversation[] = Array.from({length: random.int(120)}, (_, i) => conversation(`c${i}`, i, facts()));
    const source = new ArraySource(array);
    const known = new Map(array.map((c) => [c.id, c]));
    let total = -1;
    source.subscribe((event: SourceEvent) => {
      if (event.type === 'upsert') for (const c of event.conversations) known.set(c.id, c);
      if (event.type === 'remove') for (const id of event.ids) assert.ok(known.delete(id), `seed ${seed}: ${id} was not there`);
      if (event.type === 'unread') total = event.total;
    });
    for (let step = 0; step < 20; step++) {
      array = change(random, array, (c) => conversation(c?.id ?? `n${step}-${random.int(1e6)}`, random.int(1e6), facts()));
      if (random.chance(0.1) && array.length > 0) array.push(conversation(random.pick(array).id, 7, facts()));
      source.set(array);
      const expected = new Map(array.map((c) => [c.id, c]));
      assert.deepEqual([...known.keys()].sort(), [...expected.keys()].sort(), `seed ${seed}, step ${step}`);
      for (const [id, c] of expected) assert.equal(known.get(id), c, `seed ${seed}, step ${step}: ${id}`);
      const sum = [...expected.values()].reduce((n, c) => n + (c.notify === 'all' ? c.unreadCount : 0), 0);
      assert.equal(await source.getTotalUnread(), sum, `seed ${seed}, step ${step}`);
      if (total >= 0) assert.equal(total, sum, `seed ${seed}, step ${step}`);
    }
  }
});

/** Takes some out, puts some in, replaces some, moves some; sometimes all at once. */
function change<T extends object>(random: Random, before: readonly T[], make: (old?: T) => T): T[] {
  let after = [...before];
  for (let n = random.int(5); n > 0; n--) {
    const i = random.int(after.length + 1);
    const kind = random.int(5);
    if (kind === 0) after.splice(i, 1 + random.int(3));
    else if (kind === 1) after.splice(i, 0, make());
    else if (kind === 2 && after[i] !== undefined) after[i] = make(after[i]);
    else if (kind === 3) after.unshift(...after.splice(i, 1 + random.int(80)));
    else if (random.chance(0.1)) after = random.shuffle(after);
  }
  return after;
}
