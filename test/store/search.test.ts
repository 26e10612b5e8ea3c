import assert from 'node:assert/strict';
import {test} from 'node:test';
import {SourceError, type Conversation, type ConversationSource} from '../../src/store/index.js';
import {loadSearch} from '../../src/store/load-search.js';
import {conversation} from './support/conversations.js';
import {flush} from './support/flush.js';
import {HeldSource} from './support/held-source.js';
import {watch, type Watched} from './support/store.js';

await loadSearch();

interface Question {
  readonly query: string;
  readonly limit: number | undefined;
  readonly signal: AbortSignal | undefined;
  answer(value: unknown): Promise<void>;
  fail(error: unknown): Promise<void>;
}

/** A source whose search answers when the test says so. */
class Searching extends HeldSource {
  readonly questions: Question[] = [];

  search: NonNullable<ConversationSource['search']> = (query, {limit, signal} = {}) =>
    new Promise((resolve, reject) => {
      this.questions.push({
        query,
        limit,
        signal,
        answer: (value) => (resolve(value as Conversation[]), flush()),
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- a source may reject with anything
        fail: (error) => (reject(error), flush()),
      });
    });
}

const NAMES = ['Ana', 'Ben', 'Anton', 'José', 'Bea'];
const named = (): Conversation[] => NAMES.map((title, i) => conversation(`c${i}`, 100 - i, {title}));

/** A store with five names, all loaded. */
async function loaded<S extends HeldSource>(source: S, done = true): Promise<Watched & {source: S}> {
  const watched = await watch(source);
  await source.last.answer({conversations: named(), done, cursor: 1});
  return {...watched, source};
}

const ids = ({store}: Watched): string[] => [...(store.snapshot.search?.rows ?? [])].map(({id}) => id);

/** Lets timers run until the condition holds. */
async function until(condition: () => boolean): Promise<void> {
  for (const end = Date.now() + 10_000; !condition(); ) {
    assert.ok(Date.now() < end, `waited in vain until ${String(condition)}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Until the search for the store's query has come to its end. */
const done = ({store}: Watched): Promise<void> =>
  until(() => store.snapshot.search?.query === store.query && store.snapshot.search.status === 'done');

async function look(watched: Watched, query: string): Promise<string[]> {
  watched.store.query = query;
  await flush();
  await until(() => watched.store.snapshot.search === undefined || watched.store.snapshot.search.query === query);
  return ids(watched);
}

test('search: rows that have the words, in the order of the list; the list’s own rows stay', async () => {
  const watched = await loaded(new HeldSource());
  const {rows} = watched.store.snapshot;
  assert.deepEqual(await look(watched, 'an'), ['c0', 'c2']);
  const {search} = watched.store.snapshot;
  assert.equal(search?.status, 'done');
  assert.equal(search.everywhere, false);
  assert.equal(watched.store.snapshot.rows, rows);
  assert.deepEqual(search.find('Ana'), [[0, 2]]);
  assert.equal(search.rows.indexOf('c2'), 1);
  assert.equal(search.rows.indexOf('c1'), -1);
  assert.deepEqual(await look(watched, 'ant'), ['c2']);
  assert.deepEqual(await look(watched, 'an'), ['c0', 'c2']);
  assert.deepEqual(await look(watched, 'JOSE'), ['c3']);
  await look(watched, ' ');
  assert.equal(watched.store.snapshot.search, undefined);
});

test('search: follows live changes, pages, the filter and the order', async () => {
  const watched = await loaded(new HeldSource(), false);
  const {store, source} = watched;
  await look(watched, 'an');
  await source.upsert(conversation('c4', 200, {title: 'Ann'}));
  assert.deepEqual(ids(watched), ['c4', 'c0', 'c2']);
  await source.upsert(conversation('c0', 100, {title: 'Zoe'}));
  assert.deepEqual(ids(watched), ['c4', 'c2']);
  await source.remove('c4');
  assert.deepEqual(ids(watched), ['c2']);
  const more = store.loadMore();
  await flush();
  await source.last.answer({conversations: [conversation('c9', 1, {title: 'Hannes', type: 'group'})], done: true});
  await more;
  assert.deepEqual(ids(watched), ['c2', 'c9']);
  store.filter = {types: ['group']};
  await flush();
  assert.deepEqual(ids(watched), ['c9']);
  store.filter = {};
  store.order = 'last-message';
  await flush();
  assert.deepEqual(ids(watched).sort(), ['c2', 'c9']);
});

test('search: nothing is told where a change leaves what is found as it is', async () => {
  const watched = await loaded(new HeldSource());
  await look(watched, 'an');
  const {search} = watched.store.snapshot;
  await watched.source.upsert(conversation('c1', 99, {title: 'Ben', unreadCount: 1}));
  assert.equal(watched.store.snapshot.search, search);
});

test('search: many rows are looked through in slices, and a change or a longer query begins none anew', async () => {
  const many = Array.from({length: 30_000}, (_, i) => conversation(`m${i}`, 1e6 - i, {title: `Nämé ${i}`}));
  let read = 0;
  const source = new HeldSource({paging: 'all'});
  const watched = await watch(source, {pageSize: 'all', want: 10});
  await source.last.answer({conversations: many, done: true});
  const {store} = watched;
  store.searchKeys = () => (read++, []);
  store.query = 'name 1';
  assert.ok(read < many.length, 'the first slice took everything');
  await done(watched);
  const expected = many.filter(({title}) => title.includes('1')).map(({id}) => id);
  assert.deepEqual(ids(watched), expected);
  assert.equal(read, many.length);
  await source.upsert(conversation('m5', 1e6 - 5, {title: 'name 1', unreadCount: 3}));
  await done(watched);
  assert.equal(ids(watched).length, expected.length + 1);
  assert.equal(read, many.length + 1);
  store.query = 'name 12345';
  await done(watched);
  assert.deepEqual(ids(watched), ['m12345']);
  assert.equal(read, many.length + 1);
});

test('search: what one is left with of a search that goes on is that of the last query', async () => {
  const many = Array.from({length: 20_000}, (_, i) => conversation(`m${i}`, 1e6 - i, {title: i % 2 === 0 ? 'even' : 'odd é'}));
  const source = new HeldSource({paging: 'all'});
  const watched = await watch(source, {pageSize: 'all', want: 10});
  await source.last.answer({conversations: many, done: true});
  for (const query of ['e', 'ev', 'o', 'od', 'odd e']) watched.store.query = query;
  await done(watched);
  assert.equal(ids(watched).length, 10_000);
  assert.ok([...(watched.store.snapshot.search?.rows ?? [])].every(({title}) => title === 'odd é'));
});

test('search: a row that only the source knows stands in its place, and is no row of the list', async () => {
  const watched = await loaded(new Searching(), false);
  const {store, source} = watched;
  const {rows} = store.snapshot;
  await look(watched, 'an');
  assert.equal(store.snapshot.search?.status, 'searching');
  assert.equal(store.snapshot.search.everywhere, false);
  assert.equal(source.questions.length, 0, 'asked at once');
  await until(() => source.questions.length === 1);
  const [question] = source.questions as [Question];
  assert.equal(question.query, 'an');
  assert.ok((question.limit ?? 0) > 0);
  const far = conversation('far', 1, {title: 'Other name'});
  await question.answer([conversation('c0', 100, {title: 'older Ana'}), far]);
  assert.deepEqual(ids(watched), ['c0', 'c2', 'far']);
  assert.equal(store.snapshot.search?.rows.get('c0')?.title, 'Ana', 'the list knows better');
  assert.equal(store.snapshot.search.everywhere, true);
  assert.equal(store.snapshot.search.rows.indexOf('far'), 2);
  assert.equal(store.snapshot.rows, rows);
  assert.equal(store.snapshot.rows.indexOf('far'), -1);
  // Its page comes.
  const more = store.loadMore();
  await flush();
  await source.last.answer({conversations: [{...far, title: 'Anderson'}], done: true});
  await more;
  assert.deepEqual(ids(watched), ['c0', 'c2', 'far']);
  assert.equal(store.snapshot.search?.rows.get('far')?.title, 'Anderson');
  assert.equal(store.snapshot.rows.indexOf('far'), 5);
});

test('search: an answer as long as was asked for may have left some out', async () => {
  const watched = await loaded(new Searching(), false);
  await look(watched, 'x');
  await until(() => watched.source.questions.length === 1);
  const limit = watched.source.questions[0]?.limit ?? 0;
  await watched.source.questions[0]?.answer(Array.from({length: limit}, (_, i) => conversation(`x${i}`, i)));
  assert.equal(ids(watched).length, limit);
  assert.deepEqual([watched.store.snapshot.search?.status, watched.store.snapshot.search?.everywhere], ['done', false]);
});

test('search: an answer of a source that is behind its server may have left some out', async () => {
  const watched = await loaded(new Searching(), false);
  const {store, source} = watched;
  await look(watched, 'x');
  await until(() => source.questions.length === 1);
  await source.questions[0]?.answer([conversation('far', 1)]);
  assert.equal(store.snapshot.search?.everywhere, true);
  for (const phase of ['start', 'fail'] as const) {
    await source.send({type: 'sync', phase});
    assert.equal(store.snapshot.search.everywhere, false, phase);
  }
  await source.send({type: 'sync', phase: 'finish'});
  assert.equal(store.snapshot.search.everywhere, true);
});

test('search: a source that finds out that it cannot search is as one without', async () => {
  const watched = await loaded(new Searching(), false);
  const {store, source} = watched;
  await look(watched, 'an');
  await until(() => source.questions.length === 1);
  await source.questions[0]?.fail(new SourceError('unsupported', 'No index'));
  const {search} = store.snapshot;
  assert.deepEqual([search?.status, search?.everywhere, search?.error], ['done', false, undefined]);
  assert.deepEqual(ids(watched), ['c0', 'c2']);
  assert.deepEqual(watched.errors(), []);
});

test('search: an event about what only the source knows counts, and a deletion beats the answer', async () => {
  const watched = await loaded(new Searching(), false);
  const {store, source} = watched;
  await look(watched, 'x');
  await until(() => source.questions.length === 1);
  await source.remove('gone');
  await source.questions[0]?.answer([conversation('gone', 5), conversation('stays', 4), conversation('goes', 3)]);
  assert.deepEqual(ids(watched), ['stays', 'goes']);
  await source.remove('goes');
  assert.deepEqual(ids(watched), ['stays']);
  await source.upsert(conversation('stays', 4, {title: 'Not it any more'}));
  assert.deepEqual(ids(watched), []);
  assert.equal(store.snapshot.rows.indexOf('stays') >= 0, true);
});

test('search: the filter holds for what the source finds', async () => {
  const watched = await loaded(new Searching());
  watched.store.filter = {types: ['group']};
  await look(watched, 'x');
  await until(() => watched.source.questions.length === 1);
  await watched.source.questions[0]?.answer([conversation('a', 5, {type: 'group'}), conversation('b', 4, {type: 'direct'})]);
  assert.deepEqual(ids(watched), ['a']);
});

test('search: an answer to an earlier query has no effect, nor its failure', async () => {
  for (const late of ['answer', 'fail'] as const) {
    const watched = await loaded(new Searching());
    const {source} = watched;
    await look(watched, 'x');
    await until(() => source.questions.length === 1);
    await look(watched, 'xy');
    assert.equal(source.questions[0]?.signal?.aborted, true);
    await until(() => source.questions.length === 2);
    await source.questions[0]?.[late]([conversation('old', 5)]);
    assert.deepEqual(ids(watched), []);
    await source.questions[1]?.answer([conversation('new', 5)]);
    assert.deepEqual(ids(watched), ['new']);
    assert.deepEqual(watched.errors(), []);
    // The source is asked no more once nothing is looked for.
    await look(watched, '');
    assert.equal(watched.store.snapshot.search, undefined);
  }
});

test('search: a source is asked once for many keystrokes, and for those of before no more', async () => {
  const watched = await loaded(new Searching());
  for (const query of ['a', 'an', 'ann']) watched.store.query = query;
  await until(() => watched.source.questions.length > 0);
  assert.deepEqual(watched.source.questions.map(({query}) => query), ['ann']);
});

test('search: a source that fails leaves what is loaded, and is asked again on demand', async () => {
  for (const bad of [new SourceError('network', 'down'), 'a string', undefined]) {
    const watched = await loaded(new Searching());
    const {store, source} = watched;
    await look(watched, 'an');
    await until(() => source.questions.length === 1);
    await source.questions[0]?.fail(bad);
    assert.equal(store.snapshot.search?.status, 'failed');
    assert.equal(watched.errors().length, 1);
    assert.match(watched.errors()[0] ?? '', / search$/);
    assert.deepEqual(ids(watched), ['c0', 'c2']);
    const again = store.loadMore();
    await flush();
    assert.equal(store.snapshot.search?.status, 'searching');
    await source.questions[1]?.answer([conversation('far', 1, {title: 'an'})]);
    await again;
    assert.equal(store.snapshot.search?.status, 'done');
    assert.deepEqual(ids(watched), ['c0', 'c2', 'far']);
  }
});

test('search: what is no answer is an error, and what is no conversation is left out', async () => {
  const watched = await loaded(new Searching());
  await look(watched, 'x');
  await until(() => watched.source.questions.length === 1);
  await watched.source.questions[0]?.answer({conversations: []});
  assert.deepEqual(watched.errors(), ['invalid-data search']);
  void watched.store.loadMore();
  await flush();
  await watched.source.questions[1]?.answer([null, 7, {}, conversation('ok', 1), conversation('ok', 1)]);
  assert.deepEqual(ids(watched), ['ok']);
});

test('search: one that throws at once, is no function, or is said not to work does no harm', async () => {
  const throws = new Searching();
  throws.search = () => {
    throw new Error('x');
  };
  const watched = await loaded(throws);
  await look(watched, 'an');
  await until(() => watched.store.snapshot.search?.status === 'failed');
  const none = new HeldSource();
  Object.assign(none, {search: 7});
  const odd = await loaded(none);
  assert.deepEqual(await look(odd, 'an'), ['c0', 'c2']);
  assert.equal(odd.store.snapshot.search?.status, 'done');
  const off = await loaded(new Searching({search: false}));
  await look(off, 'an');
  assert.equal(off.store.snapshot.search?.status, 'done');
});

test('search: after a disconnection nothing is left, and it goes on with the connection', async () => {
  const watched = await loaded(new Searching());
  const {store, source} = watched;
  await look(watched, 'an');
  await until(() => source.questions.length === 1);
  store.disconnect();
  assert.equal(source.questions[0]?.signal?.aborted, true);
  await source.questions[0]?.answer([conversation('late', 1)]);
  assert.deepEqual(ids(watched), ['c0', 'c2']);
  store.connect();
  await flush();
  await until(() => source.questions.length === 2);
  await source.questions[1]?.answer([conversation('far', 1)]);
  assert.deepEqual(ids(watched), ['c0', 'c2', 'far']);
});

test('search: another source, a login or a logout forgets what the one before found', async () => {
  const watched = await loaded(new Searching());
  const {store, source} = watched;
  await look(watched, 'an');
  await until(() => source.questions.length === 1);
  await source.questions[0]?.answer([conversation('far', 1)]);
  await source.send({type: 'reset', reason: 'login'});
  assert.deepEqual(ids(watched), []);
  await until(() => source.questions.length === 2);
  const other = new Searching();
  store.source = other;
  await flush();
  await source.questions[1]?.answer([conversation('far', 1)]);
  assert.deepEqual(ids(watched), []);
  await other.last.answer({conversations: named(), done: true});
  assert.deepEqual(ids(watched), ['c0', 'c2']);
  await until(() => other.questions.length === 1);
  store.source = null;
  await flush();
  assert.deepEqual(ids(watched), []);
  assert.equal(store.snapshot.search?.status, 'done');
});

test('search: an app’s keys find, a new function looks anew, and one that throws is told once', async (t) => {
  const watched = await loaded(new HeldSource());
  const {store} = watched;
  store.searchKeys = ({id}) => [`key-${id}`];
  assert.deepEqual(await look(watched, 'key-c1'), ['c1']);
  store.searchKeys = ({id}) => (id === 'c3' ? ['key-c1'] : []);
  await flush();
  assert.deepEqual(ids(watched), ['c3']);
  const reported: unknown[] = [];
  const scope = globalThis as {reportError?: (error: unknown) => void};
  const {reportError} = scope;
  scope.reportError = (error) => reported.push(error);
  t.after(() => (reportError === undefined ? delete scope.reportError : (scope.reportError = reportError)));
  store.searchKeys = () => {
    throw new Error('keys');
  };
  assert.deepEqual(await look(watched, 'an'), ['c0', 'c2']);
  assert.equal(reported.length, 1);
  assert.deepEqual(watched.errors(), ['unknown search']);
  store.searchKeys = () => 'none' as never;
  assert.deepEqual(await look(watched, 'ana'), ['c0']);
});

test('search: values that are no query look for nothing', async () => {
  const watched = await loaded(new HeldSource());
  for (const value of [undefined, null, 7, {}]) {
    watched.store.query = value as never;
    await flush();
    assert.equal(watched.store.snapshot.search, undefined);
  }
});
