import assert from 'node:assert/strict';
import {mock, test} from 'node:test';
import {matches, sameFilter, type Conversation, type ConversationFilter, type PageRequest, type Page} from '../../src/store/index.js';
import {conversation, conversations, ids} from './support/conversations.js';
import {flush} from './support/flush.js';
import {HeldSource} from './support/held-source.js';
import {PagesSource} from './support/pages-source.js';
import {permutations} from './support/permutations.js';
import {Random} from './support/random.js';
import {watch} from './support/store.js';

// Ways in which lists of conversations have been seen to break; docs/guarantees.md names those that other files test.

test('A4: in all 720 orders of three pages and three events no older word replaces a newer one', async () => {
  const pages = [['a', 'b'], ['c', 'd'], ['e', 'f']];
  const events = {b: 'changed', d: 'removed', f: 'changed'} as const;
  const keys = new Map([...'abcdef'].map((id, i) => [id, 10 - i]));
  let orders = 0;
  // One page is asked for at a time, so the three land in their order in each.
  for (const order of permutations(['page', 'page', 'page', 'b', 'd', 'f'])) {
    orders++;
    const source = new HeldSource();
    const {store} = await watch(source);
    // When each page was asked for: the first at the start, each other when the one before landed.
    const asked = [-1];
    for (const [at, step] of order.entries()) {
      if (step === 'page') {
        const page = asked.length - 1;
        asked.push(at);
        const named = (pages[page] as string[]).map((id) => conversation(id, keys.get(id)));
        await source.last.answer({conversations: named, done: page === 2, cursor: page});
      } else if (step === 'd') await source.remove('d');
      else await source.upsert(conversation(step, step === 'b' ? 1 : 20));
    }
    const expected = pages.flat().flatMap((id, i): Conversation[] => {
      const told = order.indexOf(id);
      const stands = id in events && told > (asked[i >> 1] as number);
      if (stands && id === 'd') return [];
      return [conversation(id, stands ? (id === 'b' ? 1 : 20) : keys.get(id))];
    });
    const sorted = expected.sort((x, y) => Number(y.orderKey - x.orderKey)).map(({id}) => id);
    assert.equal(ids(store.snapshot), sorted.join(' '), order.join(', '));
  }
  assert.equal(orders, 720);
});

test('A11: each of 50 pages fails once to five times, in four ways: the same cursor in 250 of 250', async () => {
  mock.timers.enable({apis: ['setTimeout']});
  try {
    let same = 0;
    for (let fails = 1; fails <= 5; fails++) {
      const source = new HeldSource();
      const all = conversations(50);
      const {store, errors} = await watch(source, {want: 1000});
      const getPage = source.getPage.bind(source);
      for (let page = 0; page < 50; page++) {
        const {cursor} = source.last;
        let asked = true;
        for (let i = 0; i < fails; i++) {
          const way = (page + i) % 4;
          if (way === 0) await source.last.fail();
          else if (way === 1) await source.last.answer({conversations: 'none'});
          else mock.timers.tick(30_000);
          await flush();
          assert.equal(store.snapshot.page.status, 'failed');
          assert.equal(store.snapshot.rows.length, page);
          const {length} = source.requests;
          await flush();
          assert.equal(source.requests.length, length, 'no request while it stands failed');
          if (way === 3) {
            source.getPage = (request) => {
              asked &&= Object.is(request.cursor, cursor);
              source.getPage = getPage;
              throw new Error('at once');
            };
            void store.loadMore();
            await flush();
            assert.equal(store.snapshot.page.status, 'failed');
          }
          void store.loadMore();
          await flush();
          asked &&= Object.is(source.last.cursor, cursor);
        }
        if (asked) same++;
        await source.last.answer({conversations: [all[page]], done: page === 49, cursor: page + 1});
      }
      assert.equal(ids(store.snapshot), all.map(({id}) => id).join(' '));
      assert.ok(errors().length >= 50 * fails);
    }
    assert.equal(same, 250);
  } finally {
    mock.timers.reset();
  }
});

test('A13: 10,000 answers that come twice, or when their request is given up or later, have no effect', async () => {
  const random = new Random(13);
  const evil = {conversations: [conversation('evil', 999)], done: true};
  const [source, other] = [new HeldSource(), new HeldSource()];
  const {store, changes, errors} = await watch(source, {want: 1});
  for (let i = 0; i < 10_000; i++) {
    if (source.requests.at(-1)?.open !== true) {
      void store.refresh();
      await flush();
    }
    const late = source.last;
    assert.ok(late.open);
    const answer = (): Promise<void> => (random.chance(0.5) ? late.answer(evil) : late.fail());
    // Answered, but not taken in, when it is given up.
    const early = i % 4 !== 0 && random.chance(0.5);
    if (early) void answer();
    switch (i % 4) {
      case 0:
        await late.answer({conversations: [conversation('c')], done: false, cursor: i});
        break;
      case 1:
        void store.refresh();
        break;
      case 2:
        store.source = other;
        break;
      default:
        store.disconnect();
    }
    await flush();
    assert.equal(late.open, false);
    const told = changes.length;
    if (!early) await answer();
    assert.equal(changes.length, told);
    assert.equal(store.snapshot.rows.indexOf('evil'), -1);
    if (i % 4 > 1) {
      store.source = source;
      store.connect();
      await flush();
    }
    source.requests.splice(0, source.requests.length - 1);
    other.requests.length = 0;
  }
  assert.deepEqual(errors(), []);
});

test('A16: a row told of shows at once in its place, below what pages have come to as well; what is wanted has no gap', async () => {
  const random = new Random(16);
  for (let round = 0; round < 200; round++) {
    const source = new PagesSource(conversations(200));
    const {store} = await watch(source, {want: 20, pageSize: 1 + random.int(30)});
    const told = random.shuffle(source.conversations).slice(0, 50);
    source.send({type: 'upsert', conversations: told});
    await flush();
    for (const {id} of told) assert.ok(store.snapshot.rows.indexOf(id) >= 0);
    const loaded = source.requests.reduce((sum, {limit}) => sum + limit, 0);
    assert.ok(loaded >= 20);
    const first = store.snapshot.rows.slice(0, loaded).map(({id}) => id);
    assert.deepEqual(first, source.conversations.slice(0, loaded).map(({id}) => id));
  }
});

test('B1: 10,000 filter switches, answers after up to 5 s: the rows are the filter’s, and what is given up is aborted', async () => {
  const random = new Random(1);
  const all = conversations(60).map((c, i) => ({...c, pinned: i % 2 === 0, unreadCount: i % 3}));
  const filters: readonly ConversationFilter[] = [{}, {pinned: true}, {hasUnread: true}, {pinned: false, hasUnread: false}];
  mock.timers.enable({apis: ['setTimeout']});
  try {
    const source = new PagesSource(all, {serverFilters: ['pinned', 'hasUnread']});
    const open = new Set<PageRequest>();
    let asked = 0;
    let answered = 0;
    source.getPage = (request) => {
      asked++;
      open.add(request);
      return new Promise<Page>((resolve) => {
        setTimeout(() => {
          if (open.delete(request) && request.signal?.aborted !== true) answered++;
          resolve({conversations: all.filter((c) => matches(request.filter ?? {}, c)), done: true});
        }, random.int(5000));
      });
    };
    const {store} = await watch(source, {want: 60, pageSize: 100});
    let switches = 0;
    while (switches < 10_000) {
      const next = random.pick(filters);
      if (!sameFilter(next, store.filter)) switches++;
      store.filter = next;
      for (const {signal, filter} of open) if (!sameFilter(next, filter ?? {})) assert.equal(signal?.aborted, true);
      await flush();
      mock.timers.tick(random.int(2000));
      await flush();
      for (const row of store.snapshot.rows) assert.ok(matches(next, row));
      if (store.snapshot.page.status !== 'done') continue;
      assert.equal(store.snapshot.rows.length, all.filter((c) => matches(next, c)).length);
    }
    mock.timers.tick(5000);
    await flush();
    assert.equal(ids(store.snapshot), all.filter((c) => matches(store.filter, c)).map(({id}) => id).join(' '));
    assert.ok(asked === 10_001 && answered > 1000, `${asked} asked, ${answered} answered`);
  } finally {
    mock.timers.reset();
  }
});
