import assert from 'node:assert/strict';
import {mock, test} from 'node:test';
import {conversation, ids} from './support/conversations.js';
import {flush} from './support/flush.js';
import {HeldSource} from './support/held-source.js';
import {PagesSource} from './support/pages-source.js';
import {watch} from './support/store.js';

const CURSORS: readonly [string, (page: number) => unknown][] = [
  ['strings', (page) => `x${page}`],
  ['"" and other short strings', (page) => '1'.repeat(page - 1)],
  ['numbers from 0', (page) => page - 1],
  ['bigints from 0n', (page) => BigInt(page - 1)],
  ['NaN, null, false, true', (page) => [NaN, null, false, true][page - 1] ?? page],
  ['"0", 0 and 0n as three', (page) => ['0', 0, 0n][page - 1] ?? `${page}`],
  ['objects', (page) => ({page})],
  ['objects with a bigint', (page) => ({key: BigInt(page), id: 'c'})],
  ['objects with NaN and holes', (page) => ({at: [NaN, undefined, page]})],
  ['arrays', (page) => [page, 'x']],
  ['objects that look alike', () => new (class { #secret = 1; get secret() { return this.#secret; } })()],
  ['functions', (page) => () => page],
  ['symbols', (page) => Symbol(String(page))],
  ['objects with functions', (page) => ({next: () => page})],
  ['objects that hold such objects', (page) => ({inner: new Map([[page, page]])})],
  ['objects in circles', (page) => { const one: Record<string, unknown> = {page}; one['self'] = one; return one; }],
  ['dates', (page) => new Date(page)],
  ['proxies that refuse', (page) => new Proxy({page}, {ownKeys() { throw new Error('no'); }})],
];

for (const [name, cursorOf] of CURSORS) {
  test(`rule 12: cursors may be ${name}`, async () => {
    const source = new HeldSource();
    const {store, errors} = await watch(source, {want: 100});
    assert.equal('cursor' in source.last, false, 'the first request carries none');
    const given = [];
    for (let page = 1; page <= 4; page++) {
      const cursor = cursorOf(page);
      given.push(cursor);
      await source.last.answer({conversations: [conversation(`c${page}`, -page)], done: false, cursor});
      assert.equal(source.requests.length, page + 1);
      assert.ok(Object.is(source.last.cursor, cursor));
    }
    await source.last.answer({conversations: [], done: true});
    assert.equal(ids(store.snapshot), 'c1 c2 c3 c4');
    assert.deepEqual(errors(), []);
  });
}

for (const length of [1, 2, 7, 100]) {
  for (const [kind, cursorOf] of [
    ['numbers', (at: number) => at],
    ['objects', (at: number) => ({at, key: BigInt(at)})],
  ] as const) {
    test(`rule 12: a circle of ${length} ${kind} is an error after ${length + 1} requests`, async () => {
      mock.timers.enable({apis: ['setTimeout']});
      try {
        let asked = 0;
        const source = new PagesSource([]);
        source.getPage = async () => {
          const at = asked++;
          if (at > 2 * length + 10) throw new Error('asked without end');
          return {conversations: [conversation(`c${at}`, -at)], done: false, cursor: cursorOf(at % length)};
        };
        const {store, errors} = await watch(source, {want: 1e6, pageSize: 1});
        assert.equal(asked, length + 1);
        assert.equal(store.snapshot.page.status, 'failed');
        assert.equal(store.snapshot.page.error?.code, 'cursor-cycle');
        assert.equal(store.snapshot.page.error?.retryable, false);
        assert.equal(store.snapshot.rows.length, length + 1);
        source.send({type: 'connection', state: 'online'});
        store.want(2e6);
        mock.timers.tick(60_000);
        await flush();
        assert.equal(asked, length + 1);
        assert.deepEqual(errors(), ['cursor-cycle page']);
      } finally {
        mock.timers.reset();
      }
    });
  }
}

test('rule 12: no cursor and not done is a circle as well', async () => {
  const source = new HeldSource();
  const {store} = await watch(source, {want: 10});
  await source.last.answer({conversations: [conversation('a')], done: false});
  assert.equal(store.snapshot.page.error?.code, 'cursor-cycle');
});

test('rule 12: a retry asks for the page that gave the cursor, and goes on if it gives another', async () => {
  const source = new HeldSource();
  const {store} = await watch(source, {want: 10});
  await source.last.answer({conversations: [conversation('a', 3)], done: false, cursor: 'x'});
  await source.last.answer({conversations: [conversation('b', 2)], done: false, cursor: 'x'});
  assert.equal(store.snapshot.page.status, 'failed');
  void store.loadMore();
  await flush();
  assert.equal(source.last.cursor, 'x');
  await source.last.answer({conversations: [conversation('b', 2)], done: false, cursor: 'y'});
  assert.equal(source.last.cursor, 'y');
  await source.last.answer({conversations: [conversation('c', 1)], done: true});
  assert.equal(ids(store.snapshot), 'a b c');
});

test('rule 12: an empty page may give back its own cursor three times', async () => {
  for (const cursor of [undefined, 'x']) {
    const source = new HeldSource();
    const {store} = await watch(source, {want: 10});
    if (cursor !== undefined) await source.last.answer({conversations: [conversation('a')], done: false, cursor});
    const before = source.requests.length;
    for (let i = 0; i < 4; i++) await source.last.answer({conversations: [], done: false, cursor});
    assert.equal(source.requests.length, before + 3);
    assert.equal(store.snapshot.page.error?.code, 'cursor-cycle');
  }
});

test('rule 12: an empty page may not give an older cursor', async () => {
  const source = new HeldSource();
  const {store} = await watch(source, {want: 10});
  await source.last.answer({conversations: [conversation('a')], done: false, cursor: 'x'});
  await source.last.answer({conversations: [conversation('b')], done: false, cursor: 'y'});
  await source.last.answer({conversations: [], done: false, cursor: 'x'});
  assert.equal(store.snapshot.page.error?.code, 'cursor-cycle');
});
