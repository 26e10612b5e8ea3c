import assert from 'node:assert/strict';
import {mock, test} from 'node:test';
import type {ConversationFilter, ConversationGroup, ConversationSource} from '../../src/store/index.js';
import {conversation} from './support/conversations.js';
import {flush} from './support/flush.js';
import {HeldSource} from './support/held-source.js';
import {watch} from './support/store.js';

interface Answer {
  readonly signal: AbortSignal | undefined;
  give(value: unknown): Promise<void>;
  fail(error: unknown): Promise<void>;
}

/** A source with groups, which are told when the test says so. */
class Grouped extends HeldSource {
  readonly asked: Answer[] = [];
  readonly totals: (readonly [group: string | null | undefined, Answer])[] = [];
  readonly groups = {list: (options?: {signal?: AbortSignal}) => this.#wait(options?.signal, this.asked)} as never as NonNullable<
    ConversationSource['groups']
  >;

  counting(): this {
    this.getTotalUnread = (filter?: ConversationFilter, options?: {readonly signal?: AbortSignal}) => {
      if (filter === undefined) return Promise.resolve(0);
      const own: Answer[] = [];
      const promise = this.#wait<number>(options?.signal, own);
      this.totals.push([filter.group, own[0] as Answer]);
      return promise;
    };
    return this;
  }

  #wait<T>(signal: AbortSignal | undefined, into: Answer[]): Promise<T> {
    return new Promise((resolve, reject) => {
      into.push({
        signal,
        give: (value) => (resolve(value as T), flush()),
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- a source may reject with anything
        fail: (error) => (reject(error), flush()),
      });
    });
  }
}

const WORK: ConversationGroup = {id: 'w', name: 'Work', unread: 3};
const HOME: ConversationGroup = {id: 'h', name: 'Home'};

test('groups: asked for once, when somebody needs them', async () => {
  const source = new Grouped();
  const {store} = await watch(source);
  assert.equal(source.asked.length, 0);
  store.needGroups();
  store.needGroups();
  await flush();
  assert.equal(source.asked.length, 1);
  await source.asked[0]?.give([WORK, HOME]);
  assert.deepEqual(store.snapshot.groups, [WORK, HOME]);
  const {groups} = store.snapshot;
  await source.send({type: 'groups', groups: [{...WORK}, {...HOME}]});
  assert.equal(store.snapshot.groups, groups, 'the same groups are the same value');
});

test('groups: an event is newer than an answer that was asked for before, and than its failure', async () => {
  for (const late of ['give', 'fail'] as const) {
    const source = new Grouped();
    const {store, errors} = await watch(source);
    store.needGroups();
    await source.send({type: 'groups', groups: [WORK]});
    await source.asked[0]?.[late]([HOME]);
    assert.deepEqual(store.snapshot.groups, [WORK]);
    assert.deepEqual(errors(), []);
  }
});

test('groups: asked anew after a reconnection and a login, of another source by itself; late answers have no effect', async () => {
  const source = new Grouped();
  const {store} = await watch(source);
  store.needGroups();
  store.disconnect();
  assert.equal(source.asked[0]?.signal?.aborted, true);
  store.connect();
  await flush();
  await source.send({type: 'reset', reason: 'login'});
  assert.equal(source.asked.length, 3);
  await source.asked[1]?.give([HOME]);
  assert.deepEqual(store.snapshot.groups, []);
  await source.asked[2]?.give([WORK]);
  assert.deepEqual(store.snapshot.groups, [WORK]);
  const other = new Grouped();
  store.source = other;
  await flush();
  assert.deepEqual(store.snapshot.groups, []);
  assert.equal(other.asked.length, 1);
});

test('groups: a failure is told and leaves none, and so does what is no list', async () => {
  const source = new Grouped();
  const {store, errors} = await watch(source);
  store.needGroups();
  await source.asked[0]?.fail(new Error('x'));
  assert.deepEqual(errors(), ['unknown groups']);
  assert.deepEqual(store.snapshot.groups, []);
  const odd = new Grouped();
  store.source = odd;
  await flush();
  await odd.asked[0]?.give([null, 7, {id: 7}, {id: 'x'}, WORK]);
  assert.deepEqual(store.snapshot.groups, [WORK]);
  const none = new HeldSource();
  store.source = none;
  await flush();
  assert.deepEqual(store.snapshot.groups, []);
  assert.equal(errors().length, 1);
});

test('groups: what is unread in one that does not say so is the source’s total, asked for again after news of it', async () => {
  mock.timers.enable({apis: ['setTimeout']});
  try {
    const source = new Grouped().counting();
    const {store} = await watch(source);
    store.needGroups();
    await source.asked[0]?.give([WORK, HOME]);
    assert.deepEqual(source.totals.map(([group]) => group), ['h']);
    await source.totals[0]?.[1].give(5);
    assert.deepEqual(store.snapshot.groups, [WORK, {...HOME, unread: 5}]);
    for (let i = 0; i < 3; i++) await source.send({type: 'unread', total: i});
    mock.timers.tick(1000);
    await flush();
    assert.equal(source.totals.length, 2);
    await source.totals[1]?.[1].give(0);
    assert.deepEqual(store.snapshot.groups[1], {...HOME, unread: 0});
    // One that cannot tell is asked no more.
    await source.send({type: 'unread', total: 9});
    mock.timers.tick(1000);
    await flush();
    await source.totals[2]?.[1].fail(new Error('no filter'));
    assert.deepEqual(store.snapshot.groups[1], HOME);
    await source.send({type: 'unread', total: 10});
    mock.timers.tick(1000);
    await flush();
    assert.equal(source.totals.length, 3);
    store.disconnect();
  } finally {
    mock.timers.reset();
  }
});

test('groups: what is known of is counted, muted and hidden ones left out', async () => {
  const source = new HeldSource();
  const {store} = await watch(source, {filter: {hasUnread: true}});
  await source.last.answer({
    conversations: [
      conversation('a', 9, {groups: ['w'], unreadCount: 2, type: 'channel'}),
      conversation('b', 8, {groups: ['w', 'h'], unreadCount: 3, marks: ['star', '7']}),
      conversation('c', 7, {groups: ['w'], unreadCount: 5, notify: 'silent'}),
      conversation('d', 6, {groups: ['w'], unreadCount: 5, hidden: true}),
      conversation('e', 5, {groups: ['e']}),
    ],
    done: true,
  });
  const {types, marks, unread} = store.facets;
  assert.deepEqual([...types].sort(), ['channel', 'direct']);
  assert.deepEqual([...marks].sort(), ['7', 'star']);
  assert.deepEqual([...unread].sort(), [['h', 3], ['w', 5]]);
  await source.upsert(conversation('a', 9));
  assert.deepEqual([...store.facets.unread].sort(), [['h', 3], ['w', 3]]);
});
