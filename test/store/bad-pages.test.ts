import assert from 'node:assert/strict';
import {mock, test} from 'node:test';
import {SourceError, type ConversationSource, type Page} from '../../src/store/index.js';
import {conversation, conversations, ids} from './support/conversations.js';
import {flush} from './support/flush.js';
import {HeldSource} from './support/held-source.js';
import {PagesSource} from './support/pages-source.js';
import {watch} from './support/store.js';

const GOOD = {conversations: [conversation('a', 1)], done: true};

const throwing = (field: string): object =>
  Object.defineProperty({...GOOD}, field, {
    get(): never {
      throw new Error(field);
    },
  });
const moody = new Proxy([conversation('a', 1)], {
  get(target, name): unknown {
    if (name === Symbol.iterator) throw new Error('no');
    return Reflect.get(target, name);
  },
});

const MALFORMED: readonly [string, unknown][] = [
  ['undefined', undefined],
  ['null', null],
  ['a number', 7],
  ['a string', 'page'],
  ['an array', [conversation('a')]],
  ['no conversations', {done: true}],
  ['null conversations', {conversations: null, done: true}],
  ['an array-like', {conversations: {length: 1, 0: conversation('a')}, done: true}],
  ['a set', {conversations: new Set([conversation('a')]), done: true}],
  ['conversations that throw', throwing('conversations')],
  ['done that throws', throwing('done')],
  ['a cursor that throws', throwing('cursor')],
  ['an array that throws when read', {conversations: moody, done: true}],
];

for (const [name, page] of MALFORMED) {
  test(`rule 17: a page that is ${name} is a failure, and the list goes on`, async () => {
    const source = new HeldSource();
    const {store, errors} = await watch(source);
    await source.last.answer(page);
    assert.equal(store.snapshot.page.status, 'failed');
    assert.equal(errors().length, 1);
    await source.upsert(conversation('b', 2));
    void store.loadMore();
    await flush();
    await source.last.answer(GOOD);
    assert.equal(ids(store.snapshot), 'b a');
    assert.equal(store.snapshot.page.status, 'done');
  });
}

test('rule 17: what is no conversation is left out of a page, the rest stays', async () => {
  const source = new HeldSource();
  const {store, errors} = await watch(source);
  const bad = [null, undefined, 5, 'x', [], {}, {id: ''}, {id: 7}, {...conversation('x'), id: null}];
  // eslint-disable-next-line no-sparse-arrays -- a hole is what is tested
  await source.last.answer({conversations: [...bad, conversation('a', 2), , conversation('b', 1)], done: true});
  assert.equal(ids(store.snapshot), 'a b');
  assert.deepEqual(new Set(errors()), new Set(['invalid-data data']));
  assert.ok(errors().length < 10);
});

/* eslint-disable @typescript-eslint/only-throw-error, @typescript-eslint/prefer-promise-reject-errors -- it may */
const FAILURES: readonly [string, () => Promise<Page>, string][] = [
  ['throws at once', () => { throw new Error('sync'); }, 'unknown'],
  ['throws a SourceError at once', () => { throw new SourceError('auth', 'who?'); }, 'auth'],
  ['throws undefined', () => { throw undefined; }, 'unknown'],
  ['rejects', () => Promise.reject(new Error('async')), 'unknown'],
  ['rejects with nothing', () => Promise.reject(), 'unknown'],
  ['rejects with an abort of its own', () => Promise.reject(new DOMException('stop', 'AbortError')), 'aborted'],
  ['has a then that throws', () => ({ get then(): never { throw new Error('then'); } }) as never, 'unknown'],
];

/* eslint-enable */

for (const [name, getPage, code] of FAILURES) {
  test(`rules 13 and 17: a source that ${name}`, async () => {
    const source = new HeldSource();
    const good = source.getPage.bind(source);
    source.getPage = getPage;
    const {store, errors} = await watch(source);
    assert.deepEqual(errors(), [`${code} page`]);
    assert.equal(store.snapshot.page.error?.code, code);
    source.getPage = good;
    void store.loadMore();
    await flush();
    await source.last.answer(GOOD);
    assert.equal(ids(store.snapshot), 'a');
  });
}

test('rule 17: a page that is no promise is taken as it is', async () => {
  const source = new PagesSource([]);
  source.getPage = (() => GOOD) as unknown as ConversationSource['getPage'];
  const {store} = await watch(source);
  assert.equal(ids(store.snapshot), 'a');
});

test('rule 9: a thenable that settles twice counts once', async () => {
  const source = new PagesSource([]);
  source.getPage = (() => ({
    then(resolve: (page: unknown) => void, reject: (error: unknown) => void) {
      resolve({conversations: [conversation('a', 1)], done: true});
      resolve({conversations: [conversation('b', 2)], done: true});
      reject(new Error('late'));
      throw new Error('later');
    },
  })) as unknown as ConversationSource['getPage'];
  const {store, errors, changes} = await watch(source);
  assert.equal(ids(store.snapshot), 'a');
  assert.deepEqual(errors(), []);
  assert.equal(changes.flatMap(({pages}) => pages).length, 1);
});

test('rule 17: a source without capabilities, or with ones that throw, is paged', async () => {
  for (const capabilities of [undefined, null, {}, 'none']) {
    const source = new PagesSource(conversations(3));
    Object.defineProperty(source, 'capabilities', {value: capabilities});
    const {store} = await watch(source);
    source.send({type: 'upsert', conversations: [conversation('c2', 0)]});
    source.send({type: 'remove', ids: ['c1']});
    await flush();
    assert.equal(ids(store.snapshot), 'c0 c2');
  }
  const source = new PagesSource(conversations(3));
  Object.defineProperty(source, 'capabilities', {
    get(): never {
      throw new Error('capabilities');
    },
  });
  const {store} = await watch(source);
  source.send({type: 'remove', ids: ['c1']});
  await flush();
  assert.equal(ids(store.snapshot), 'c0 c2');
});

test('rule 17: an object that is no source at all', async () => {
  const {store, errors} = await watch({} as ConversationSource);
  assert.deepEqual(errors().sort(), ['unknown page', 'unknown subscribe']);
  store.source = new PagesSource(conversations(1));
  await flush();
  assert.equal(ids(store.snapshot), 'c0');
});

test('timeout: a page that never comes fails, its answer comes too late, and a retry works', async () => {
  mock.timers.enable({apis: ['setTimeout']});
  try {
    const source = new HeldSource();
    const {store, errors} = await watch(source);
    assert.equal(store.pageTimeout, 30_000);
    mock.timers.tick(29_999);
    await flush();
    assert.equal(store.snapshot.page.status, 'loading');
    mock.timers.tick(1);
    await flush();
    assert.deepEqual(errors(), ['timeout page']);
    assert.equal(store.snapshot.page.error?.retryable, true);
    assert.equal(source.last.signal.aborted, true);
    await source.requests[0]?.answer(GOOD);
    assert.equal(ids(store.snapshot), '');
    store.pageTimeout = 500;
    void store.loadMore();
    await flush();
    mock.timers.tick(500);
    await flush();
    assert.deepEqual(errors(), ['timeout page', 'timeout page']);
    await source.send({type: 'connection', state: 'online'});
    mock.timers.tick(10_000);
    await flush();
    await source.last.answer(GOOD);
    assert.equal(ids(store.snapshot), 'a');
    mock.timers.tick(100_000);
    await flush();
    assert.equal(store.snapshot.page.status, 'done');
  } finally {
    mock.timers.reset();
  }
});

test('timeout: set to anything, it never fires at once', async () => {
  mock.timers.enable({apis: ['setTimeout']});
  try {
    for (const ms of [Infinity, NaN, 0, -1, 2 ** 40]) {
      const source = new HeldSource();
      const {store} = await watch(source, {want: 0});
      store.pageTimeout = ms;
      assert.ok(store.pageTimeout >= 30_000 && store.pageTimeout <= 2 ** 31 - 1);
      store.want(1);
      await flush();
      mock.timers.tick(29_000);
      await flush();
      assert.equal(store.snapshot.page.status, 'loading');
      store.disconnect();
    }
  } finally {
    mock.timers.reset();
  }
});
