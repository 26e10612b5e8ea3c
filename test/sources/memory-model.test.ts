import assert from 'node:assert/strict';
import {test} from 'node:test';
import {matches, type Conversation, type ConversationFilter, type SourceEvent} from '../../src/model/index.js';
import {MemorySource} from '../../src/sources/memory.js';
import {Random} from '../../src/testing/random.js';
import {ids, make, pageAll} from './memory-fixtures.js';

const FILTERS: readonly (ConversationFilter | undefined)[] = [
  undefined,
  {hasUnread: true},
  {mark: 'star'},
  {pinned: false},
];

/** What the order must be, the simple way. */
function inOrder(conversations: Iterable<Conversation>): Conversation[] {
  return [...conversations].sort((a, b) =>
    a.orderKey === b.orderKey ? (a.id < b.id ? -1 : 1) : a.orderKey > b.orderKey ? -1 : 1);
}

function total(conversations: Iterable<Conversation>): number {
  let sum = 0;
  for (const c of conversations) if (c.notify === 'all' || c.notify === 'mentions') sum += c.unreadCount;
  return sum;
}

/** A listener that keeps a copy of the list from the events alone, and the totals it was told. */
class Follower {
  readonly list = new Map<string, Conversation>();
  readonly totals: number[] = [];

  readonly hear = (event: SourceEvent): void => {
    if (event.type === 'snapshot') this.list.clear();
    if (event.type === 'snapshot' || event.type === 'upsert') {
      assert.equal(new Set(ids(event.conversations)).size, event.conversations.length, 'each once');
      for (const c of event.conversations) {
        if (event.type === 'upsert' && event.isNew) assert.ok(!this.list.has(c.id), 'new ones are new');
        assert.ok(Object.isFrozen(c));
        this.list.set(c.id, c);
      }
    }
    if (event.type === 'remove') for (const id of event.ids) assert.ok(this.list.delete(id), 'removed ones were there');
    if (event.type === 'unread') this.totals.push(event.total);
  };
}

async function act(source: MemorySource, random: Random, time: number): Promise<void> {
  // Some of them are not there.
  const id = `c${random.integer(0, 70)}`;
  const some = Array.from({length: random.integer(0, 9)}, () => `c${random.integer(0, 70)}`);
  const one = async (action: Promise<void>): Promise<void> => action.catch(() => undefined);
  switch (random.integer(0, 15)) {
    case 0:
      source.upsert([...new Set(some)].map((each) => make(each, {
        // Few keys, so that many are equal.
        orderKey: BigInt(random.integer(0, 9)), unreadCount: random.integer(0, 3),
        notify: random.pick(['all', 'mentions', 'silent', 'off']), marks: random.chance(0.3) ? ['star'] : [],
      })));
      break;
    case 1: return source.remove(some);
    case 2: return void (await source.delete(some));
    case 3: return one(source.setPinned(id, random.chance(0.5)));
    case 4: return one(source.setNotify(id, random.pick(['all', 'silent', 'off'])));
    case 5: return void (await source.markRead(random.chance(0.1) ? 'all' : some));
    case 6: return void (await source.setMark(some, 'star', random.chance(0.5)));
    case 7: return one(source.setDraft(id, random.pick([null, 'x', 'y'])));
    case 8: return one(source.clearHistory(id));
    case 9:
      await source.sendMessage({conversationId: id}, {fail: random.chance(0.3)}).catch(() => undefined);
      break;
    case 10: return void source.receiveMessages(some.map((conversationId) => ({conversationId, sentAt: time})));
    case 11:
      // More at once than the rest, so that the order is merged from many changes.
      if (random.chance(0.1)) source.replaceAll(source.all().filter(() => random.chance(0.9)));
      break;
    default:
      source.receiveMessage(
        {conversationId: id, sentAt: random.integer(0, 40), isOwn: random.chance(0.2)},
        {excludedFromLastMessage: random.chance(0.2)},
      );
  }
}

test('after any actions, in any order: order, unread total, pages and events agree', async () => {
  for (let seed = 1; seed <= 150; seed++) {
    const random = new Random(seed);
    const source = new MemorySource({
      paging: random.pick(['cursor', 'offset', 'window', 'all']),
      conversations: Array.from({length: 40}, (_, i) => make(`c${i}`, {orderKey: BigInt(i % 6), unreadCount: i % 3})),
      now: () => random.integer(0, 50),
    });
    const follower = new Follower();
    for (const c of source.all()) follower.list.set(c.id, c);
    source.subscribe(follower.hear);
    let known = await source.getTotalUnread();
    for (let step = 0; step < 60; step++) {
      await act(source, random, step);
      const where = `seed ${seed}, step ${step}`;
      for (const each of follower.totals.splice(0)) {
        assert.notEqual(each, known, `${where}: a total that did not change was told`);
        known = each;
      }
      assert.equal(known, total(follower.list.values()), where);
      assert.equal(await source.getTotalUnread(), known, where);
      if (!random.chance(0.4)) continue;
      assert.deepEqual(source.all(), inOrder(follower.list.values()), where);
      const filter = random.pick(FILTERS);
      const {ids: paged} = await pageAll(source, {limit: random.integer(1, 12), ...(filter && {filter})});
      assert.deepEqual(paged, ids(source.all().filter((c) => !filter || matches(filter, c))), where);
    }
  }
});

test('while the list changes, paging by cursor gives every conversation that keeps its place, once', async () => {
  for (let seed = 1; seed <= 100; seed++) {
    const random = new Random(seed);
    const source = new MemorySource({
      conversations: Array.from({length: 60}, (_, i) => make(`c${i}`, {orderKey: BigInt(random.integer(0, 20))})),
    });
    const touched = new Set<string>();
    source.subscribe((event) => {
      if (event.type === 'upsert') for (const {id} of event.conversations) touched.add(id);
      if (event.type === 'remove') for (const id of event.ids) touched.add(id);
    });
    const before = ids(source.all());
    const {ids: paged} = await pageAll(source, {
      limit: random.integer(1, 9),
      between: () => {
        const id = `c${random.integer(0, 65)}`;
        if (random.chance(0.3)) source.remove([id]);
        else source.upsert([make(id, {orderKey: BigInt(random.integer(0, 40))})]);
      },
    });
    const untouched = (id: string): boolean => !touched.has(id);
    assert.deepEqual(paged.filter(untouched), before.filter(untouched), `seed ${seed}`);
  }
});

test('while the list changes, paging by window gives everything that is there at the end', async () => {
  for (let seed = 1; seed <= 100; seed++) {
    const random = new Random(seed);
    const source = new MemorySource({
      paging: 'window',
      conversations: Array.from({length: 60}, (_, i) => make(`c${i}`, {orderKey: BigInt(i)})),
    });
    const {ids: paged} = await pageAll(source, {
      limit: random.integer(3, 9),
      between: () => random.chance(0.5) && source.receiveMessage({conversationId: `c${random.integer(0, 65)}`}),
    });
    const seen = new Set(paged);
    assert.deepEqual(ids(source.all()).filter((id) => !seen.has(id)), [], `seed ${seed}`);
  }
});
