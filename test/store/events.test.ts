import assert from 'node:assert/strict';
import {test} from 'node:test';
import {SourceError} from '../../src/store/index.js';
import {conversation, conversations, ids} from './support/conversations.js';
import {HeldSource} from './support/held-source.js';
import {permutations} from './support/permutations.js';
import {Random} from './support/random.js';
import {watch} from './support/store.js';

test('rule 5: a page and an event, once or thrice, are the same', async () => {
  const page = {conversations: conversations(4), done: false, cursor: 1};
  const event = {type: 'upsert', conversations: [conversation('c2', 9, {unreadCount: 2})]};
  const gone = {type: 'remove', ids: ['c1']};
  const lists = [];
  for (const times of [1, 3]) {
    const source = new HeldSource();
    const {store} = await watch(source, {want: 4});
    await source.last.answer(page);
    for (let i = 0; i < times; i++) await source.send(event);
    for (let i = 0; i < times; i++) await source.send(gone);
    for (let i = 0; i < times; i++) {
      void store.loadMore();
      await source.send();
      await source.last.answer({conversations: conversations(4), done: false, cursor: 2 + i});
    }
    lists.push(ids(store.snapshot));
  }
  // A page asked for after the deletion may bring the row back.
  assert.deepEqual(lists, ['c0 c1 c2 c3', 'c0 c1 c2 c3']);
});

test('rule 6: a page does not replace a row that an event touched after it was asked for', async () => {
  const source = new HeldSource();
  const {store} = await watch(source);
  await source.upsert(conversation('a', 5, {title: 'new'}));
  await source.last.answer({conversations: [conversation('a', 1, {title: 'old'}), conversation('b', 3)], done: true});
  assert.equal(ids(store.snapshot), 'a b');
  assert.equal(store.snapshot.rows.get('a')?.title, 'new');
});

test('rule 6: an equal event counts as a touch too', async () => {
  const source = new HeldSource();
  const {store} = await watch(source, {want: 1});
  await source.last.answer({conversations: [conversation('a', 5)], done: false, cursor: 1});
  void store.loadMore();
  await source.send();
  await source.upsert(conversation('a', 5));
  await source.last.answer({conversations: [conversation('a', 1)], done: true});
  assert.equal(store.snapshot.rows.at(0)?.orderKey, 5n);
});

test('rule 6: a page asked for after the event replaces', async () => {
  const source = new HeldSource();
  const {store} = await watch(source, {want: 0});
  await source.upsert(conversation('a', 5));
  store.want(10);
  await source.send();
  await source.last.answer({conversations: [conversation('a', 6)], done: true});
  assert.equal(store.snapshot.rows.at(0)?.orderKey, 6n);
});

test('rule 7: a delete beats a page asked for before it', async () => {
  const source = new HeldSource();
  const {store} = await watch(source);
  await source.remove('c1');
  await source.last.answer({conversations: conversations(3), done: true});
  assert.equal(ids(store.snapshot), 'c0 c2');
});

test('rule 7: a delete of a row that shows beats a page in flight', async () => {
  const source = new HeldSource();
  const {store} = await watch(source, {want: 3});
  await source.last.answer({conversations: conversations(3), done: false, cursor: 1});
  void store.refresh();
  await source.send();
  await source.remove('c1');
  await source.last.answer({conversations: conversations(3), done: true});
  assert.equal(ids(store.snapshot), 'c0 c2');
});

test('rule 7: a later upsert revives, before and after the page lands', async () => {
  const source = new HeldSource();
  const {store} = await watch(source);
  await source.remove('c1', 'c2');
  await source.upsert(conversation('c1', 9));
  await source.last.answer({conversations: conversations(3), done: true});
  assert.equal(ids(store.snapshot), 'c1 c0');
  await source.upsert(conversation('c2', 1));
  assert.equal(ids(store.snapshot), 'c1 c0 c2');
});

test('rules 4-7: all orders in which two pages and four events can arrive', async () => {
  const first = {conversations: [conversation('a', 9), conversation('b', 8)], done: false, cursor: 1};
  const second = {conversations: [conversation('c', 7), conversation('d', 6)], done: true};
  const steps = ['page', 'page', 'change a', 'remove b', 'change d', 'new e'];
  for (const order of permutations(steps)) {
    const source = new HeldSource();
    const {store} = await watch(source);
    let answered = 0;
    for (const step of order) {
      if (step === 'page') await source.requests[answered]?.answer(answered++ === 0 ? first : second);
      else if (step === 'change a') await source.upsert(conversation('a', 5));
      else if (step === 'remove b') await source.remove('b');
      else if (step === 'change d') await source.upsert(conversation('d', 10));
      else await source.upsert(conversation('e', 1));
    }
    // The events came after a page had been asked for; what came before its request, the answer may change back.
    const late = (step: string): boolean => order.indexOf(step) > order.indexOf('page') || order.indexOf(step) >= 0;
    assert.ok(late('change a'));
    const rows = [...store.snapshot.rows].map(({id, orderKey}) => `${id}${orderKey}`).join(' ');
    const secondAsked = order.indexOf('page');
    const d = order.indexOf('change d') < secondAsked ? 'c7 d6 a5 e1' : 'd10 c7 a5 e1';
    assert.equal(rows, d, order.join(', '));
  }
});

test('rule 14: one batch is one notification, whatever its size', async () => {
  for (const size of [1, 2, 10_000]) {
    const source = new HeldSource();
    const {store, changes} = await watch(source, {want: 1});
    await source.last.answer({conversations: [], done: true});
    const told = changes.length;
    const batch = Array.from({length: size}, (_, i) => conversation(`c${i}`, i));
    void source.upsert(...batch.slice(0, size / 2));
    for (const one of batch.slice(size / 2)) for (const listener of source.listeners) listener({type: 'upsert', conversations: [one]});
    await source.send({type: 'connection', state: 'online'});
    assert.equal(changes.length, told + 1);
    assert.equal(store.snapshot.rows.length, size);
    assert.equal(changes.at(-1)?.live?.added.length, size);
  }
});

test('rule 14: a page that lands and the next request are one notification', async () => {
  const source = new HeldSource();
  const {changes} = await watch(source, {want: 5});
  const told = changes.length;
  await source.last.answer({conversations: conversations(2), done: false, cursor: 1});
  assert.equal(changes.length, told + 1);
  assert.equal(changes.at(-1)?.snapshot.page.status, 'loading');
  assert.deepEqual(changes.at(-1)?.pages, [{received: 2, done: false}]);
});

test('events: what live changes did is told by id, pages and filters are not', async () => {
  const source = new HeldSource();
  const {store, changes} = await watch(source);
  await source.last.answer({conversations: conversations(3), done: true});
  assert.equal(changes.at(-1)?.live, undefined);
  await source.upsert(conversation('c0', 9), conversation('x', 5));
  assert.deepEqual(changes.at(-1)?.live, {added: ['x'], changed: ['c0'], removed: []});
  await source.remove('c1', 'nobody');
  assert.deepEqual(changes.at(-1)?.live, {added: [], changed: [], removed: ['c1']});
  store.filter = {pinned: true};
  await source.send();
  assert.equal(changes.at(-1)?.live, undefined);
  await source.upsert(conversation('x', 5, {pinned: true}), conversation('c2', 1, {unreadCount: 1}));
  assert.deepEqual(changes.at(-1)?.live, {added: ['x'], changed: [], removed: []});
  await source.upsert(conversation('x', 5));
  assert.deepEqual(changes.at(-1)?.live, {added: [], changed: [], removed: ['x']});
});

test('events: of several changes of one row within a batch the sum is told', async () => {
  const source = new HeldSource();
  const {store, changes} = await watch(source, {want: 1});
  await source.last.answer({conversations: conversations(3), done: false, cursor: 1});
  const request = async (): Promise<void> => {
    void store.loadMore();
    await source.send();
  };
  await request();
  // A page lands between the events, in the same batch as they.
  void source.upsert(conversation('new', 9), conversation('brief', 9), conversation('c0', 8));
  void source.remove('c1', 'c2');
  const landing = source.last.answer({conversations: [], done: false, cursor: 2});
  await Promise.resolve();
  void source.upsert(conversation('new', 10), conversation('c1', 7));
  void source.remove('brief', 'c0');
  await landing;
  const live = changes.flatMap((change) => change.live ?? []);
  const told = live.flatMap(({added, changed, removed}) => [...added, ...changed, ...removed]);
  assert.equal(ids(store.snapshot), 'new c1');
  for (const {added, changed, removed} of live) {
    const all = [...added, ...changed, ...removed];
    assert.equal(new Set(all).size, all.length);
  }
  assert.ok(told.includes('new') && told.includes('c2') && told.includes('c0'));
});

test('A15: 1,000 events about unknown ids before any page; none is lost', async () => {
  const source = new HeldSource();
  const {store} = await watch(source, {want: 0});
  for (let i = 0; i < 1000; i++) void source.upsert(conversation(`e${i}`, i));
  await source.send();
  assert.equal(store.snapshot.rows.length, 1000);
  assert.equal(source.requests.length, 0);
});

test('rule 17: malformed events change nothing, throw nothing, and are told once each', async () => {
  const source = new HeldSource();
  const {store, errors} = await watch(source);
  await source.last.answer({conversations: conversations(2), done: true});
  const {snapshot} = store;
  const throwing = {
    get type(): never {
      throw new Error('type');
    },
  };
  const bad: readonly unknown[] = [
    undefined, null, 7, 'upsert', [], {}, {type: 'nonsense'}, {type: 5}, {type: 'sync', phase: 'sideways'}, throwing,
    {type: 'upsert'}, {type: 'upsert', conversations: null}, {type: 'upsert', conversations: 5},
    {type: 'upsert', conversations: [null, 5, {}, {id: ''}]},
    {type: 'remove'}, {type: 'remove', ids: 5}, {type: 'remove', ids: [null, 5, {}]},
    {type: 'snapshot'}, {type: 'snapshot', conversations: null, complete: true},
    {type: 'groups'}, {type: 'groups', groups: 5}, {type: 'groups', groups: [null, 5, {}, {id: 5, name: 'x'}]},
    {type: 'connection'}, {type: 'connection', state: 'sideways'},
    {type: 'unread', total: 1, filter: {pinned: true}},
  ];
  for (const event of bad) await source.send(event);
  for (const event of bad) await source.send(event);
  const {rows, page, groups, connection, unreadTotal} = store.snapshot;
  assert.deepEqual(
    {rows, page, groups, connection, unreadTotal},
    {rows: snapshot.rows, page: snapshot.page, groups: [], connection: undefined, unreadTotal: undefined},
  );
  const told = errors();
  assert.ok(told.length > 0 && told.length < bad.length);
  assert.ok(told.every((one) => one === 'invalid-data data'));
});

test('rule 17: a bad conversation shows with what is right of it, and its fault is told once', async () => {
  const source = new HeldSource();
  const {store, errors, raised} = await watch(source);
  const bad = {...conversation('a', 1), title: 5, marks: 'star', orderKey: '12'};
  await source.last.answer({conversations: [bad, {...bad, id: 'b'}], done: true});
  await source.send({type: 'upsert', conversations: [{...bad, id: 'c'}]});
  assert.equal(ids(store.snapshot), 'a b c');
  assert.deepEqual({...store.snapshot.rows.get('a')}, conversation('a', 12, {title: ''}));
  assert.deepEqual(errors(), ['invalid-data data', 'invalid-data data', 'invalid-data data']);
  assert.ok(raised().every(({error}) => error.message.includes('"a"')));
});

test('events: sync, connection and groups are shown as told', async () => {
  const source = new HeldSource();
  const {store, errors, changes} = await watch(source);
  await source.send({type: 'sync', phase: 'start'});
  assert.deepEqual(store.snapshot.sync, {status: 'syncing'});
  await source.send({type: 'sync', phase: 'progress', progress: 0.5});
  assert.deepEqual(store.snapshot.sync, {status: 'syncing', progress: 0.5});
  const told = changes.length;
  await source.send({type: 'sync', phase: 'progress', progress: 0.5});
  assert.equal(changes.length, told);
  for (const progress of [-1, 2, NaN, '0.5', null]) {
    await source.send({type: 'sync', phase: 'progress', progress});
    assert.deepEqual(store.snapshot.sync, {status: 'syncing'});
  }
  const error = new SourceError('server', 'no');
  await source.send({type: 'sync', phase: 'fail', error});
  assert.deepEqual(store.snapshot.sync, {status: 'failed', error});
  await source.send({type: 'sync', phase: 'fail'});
  assert.equal(store.snapshot.sync.error?.code, 'unknown');
  assert.deepEqual(errors(), ['server sync', 'unknown sync']);
  await source.send({type: 'sync', phase: 'finish'});
  assert.deepEqual(store.snapshot.sync, {status: 'idle'});
  await source.send({type: 'connection', state: 'offline'});
  assert.equal(store.snapshot.connection, 'offline');
  const groups = [{id: 'g', name: 'Work', unread: 2}];
  await source.send({type: 'groups', groups});
  assert.deepEqual(store.snapshot.groups, groups);
  const {groups: same} = store.snapshot;
  await source.send({type: 'groups', groups: structuredClone(groups)});
  assert.equal(store.snapshot.groups, same);
  await source.send({type: 'groups', groups: [{id: 'g', name: 'Work', unread: 3}]});
  assert.equal(store.snapshot.groups[0]?.unread, 3);
});

test('rule 5: 2,000 events twice give the list of once', async () => {
  const random = new Random(5);
  const events = Array.from({length: 2000}, () =>
    random.chance(0.2)
      ? {type: 'remove', ids: [`c${random.int(60)}`]}
      : {type: 'upsert', conversations: [conversation(`c${random.int(60)}`, random.int(40), {unreadCount: random.int(3)})]},
  );
  const lists = [];
  for (const times of [1, 2]) {
    const source = new HeldSource();
    const {store} = await watch(source, {want: 0});
    for (const event of events) for (let i = 0; i < times; i++) void source.send(event);
    await source.send();
    lists.push([...store.snapshot.rows].map(({id, orderKey, unreadCount}) => [id, orderKey, unreadCount].join()).join(' '));
  }
  assert.equal(lists[0], lists[1]);
});
