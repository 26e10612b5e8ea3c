import assert from 'node:assert/strict';
import {mock, test} from 'node:test';
import {PendingChanges} from '../../src/store/pending-changes.js';
import {draftChange, fieldChange, goneChange, listChange, noMessageChange, type RowChange} from '../../src/store/row-change.js';
import {SourceError, type Conversation, type ConversationFilter, type ConversationStore} from '../../src/store/index.js';
import {conversation, conversations, ids} from './support/conversations.js';
import {flush} from './support/flush.js';
import {HeldSource} from './support/held-source.js';
import {watch} from './support/store.js';

/** An action that the test answers. */
interface Asked {
  readonly done: Promise<string>;
  readonly signal: AbortSignal;
  succeed(): Promise<void>;
  fail(): Promise<void>;
}

function ask(store: ConversationStore, id: string, ...changes: readonly RowChange[]): Asked {
  let succeed = (): void => undefined;
  let fail = (_: unknown): void => undefined;
  let signal = new AbortController().signal;
  const done = PendingChanges.of(store)
    .run(id, changes, (options) => {
      signal = options.signal ?? signal;
      return new Promise<void>((resolve, reject) => {
        succeed = resolve;
        fail = reject;
      });
    })
    .then(
      () => 'done',
      (error: SourceError) => error.code,
    );
  return {done, signal, succeed: () => (succeed(), flush()), fail: () => (fail(new SourceError('server', 'no')), flush())};
}

const start = async (rows: readonly Conversation[] = conversations(4), filter?: ConversationFilter) => {
  const source = new HeldSource();
  const {store, changes} = await watch(source, filter === undefined ? {} : {filter});
  await source.last.answer({conversations: rows, done: true});
  return {source, store, changes, row: (id: string) => store.snapshot.rows.get(id)};
};

const pin = (on = true) => fieldChange('pinned', on);

test('what is asked for shows at once, at its place, and stays when the source has done it without a word', async () => {
  const {store, row} = await start();
  const asked = ask(store, 'c2', pin());
  assert.equal(row('c2')?.pinned, false);
  await flush();
  assert.equal(row('c2')?.pinned, true);
  assert.equal(ids(store.snapshot), 'c0 c1 c2 c3');
  assert.equal(store.snapshot.rows.indexOf('c2'), 2);
  assert.equal(store.find('c2')?.pinned, false, 'the truth is untouched');
  await asked.succeed();
  assert.equal(await asked.done, 'done');
  assert.equal(row('c2')?.pinned, true);
  assert.equal(store.find('c2')?.pinned, true);
});

test('what fails is put back, with the reason', async () => {
  const {store, row} = await start();
  const before = row('c2');
  const asked = ask(store, 'c2', pin(), listChange('marks', ['star'], true));
  await flush();
  assert.deepEqual(row('c2')?.marks, ['star']);
  await asked.fail();
  assert.equal(await asked.done, 'server');
  assert.equal(row('c2'), before);
});

test('a source that throws at once changes nothing', async () => {
  const {store, row, changes} = await start();
  const seen = changes.length;
  await assert.rejects(
    PendingChanges.of(store).run('c1', [pin()], () => {
      throw new Error('at once');
    }),
    {name: 'SourceError', code: 'unknown'},
  );
  await flush();
  assert.equal(row('c1')?.pinned, false);
  assert.equal(changes.length, seen);
});

test('what goes is gone at once, back in its place after a failure, and gone for good after a success', async () => {
  const {source, store} = await start();
  const first = ask(store, 'c1', goneChange());
  await flush();
  assert.equal(ids(store.snapshot), 'c0 c2 c3');
  assert.equal(store.snapshot.rows.indexOf('c1'), -1);
  await first.fail();
  assert.equal(ids(store.snapshot), 'c0 c1 c2 c3');
  const second = ask(store, 'c1', goneChange());
  await second.succeed();
  assert.equal(ids(store.snapshot), 'c0 c2 c3');
  await source.upsert(conversation('c1', 3));
  assert.equal(ids(store.snapshot), 'c0 c1 c2 c3', 'a later event revives');
});

test('rule 7: an action that deletes beats a page asked for before it', async () => {
  const source = new HeldSource();
  const {store} = await watch(source, {want: 10, pageSize: 2});
  await source.last.answer({conversations: conversations(2), done: false, cursor: 1});
  const asked = ask(store, 'c0', goneChange());
  await asked.succeed();
  await source.last.answer({conversations: [conversation('c0', 2), conversation('x', 0)], done: true});
  assert.equal(ids(store.snapshot), 'c1 x');
});

test('a row leaves a filter that it will no longer pass, and comes back if it fails', async () => {
  const {store} = await start(conversations(3, {unreadCount: 2}), {hasUnread: true});
  const asked = ask(store, 'c1', fieldChange('unreadCount', 0));
  await flush();
  assert.equal(ids(store.snapshot), 'c0 c2');
  await asked.fail();
  assert.equal(ids(store.snapshot), 'c0 c1 c2');
});

test('what the source tells of the same thing meanwhile counts; what it tells of others lies under it', async () => {
  const {source, store, row} = await start(conversations(3, {unreadCount: 3}));
  const asked = ask(store, 'c1', fieldChange('unreadCount', 0), fieldChange('mention', undefined));
  await source.upsert(conversation('c1', 2, {unreadCount: 3, title: 'New name'}));
  assert.deepEqual([row('c1')?.unreadCount, row('c1')?.title], [0, 'New name']);
  await source.upsert(conversation('c1', 9, {unreadCount: 4}));
  assert.equal(row('c1')?.unreadCount, 4);
  assert.equal(ids(store.snapshot), 'c1 c0 c2');
  await asked.succeed();
  assert.equal(row('c1')?.unreadCount, 4, 'and goes on to count');
});

test('the event that tells of the action itself is the end of it: what comes after is not overruled', async () => {
  const {source, store, row} = await start();
  const asked = ask(store, 'c1', pin());
  await source.upsert(conversation('c1', 99, {pinned: true}));
  assert.equal(ids(store.snapshot), 'c1 c0 c2 c3');
  await source.upsert(conversation('c1', 3, {pinned: false}));
  assert.equal(row('c1')?.pinned, false);
  await asked.succeed();
  assert.equal(row('c1')?.pinned, false);
});

test('a message that comes while a conversation is being deleted shows it again', async () => {
  const {source, store} = await start();
  const asked = ask(store, 'c1', goneChange());
  await source.upsert(conversation('c1', 3, {presence: 'online'}));
  assert.equal(ids(store.snapshot), 'c0 c2 c3', 'a presence is no message');
  await source.upsert(conversation('c1', 50, {lastMessage: {type: 'text', state: 'normal', text: 'wait'}}));
  assert.equal(ids(store.snapshot), 'c1 c0 c2 c3');
  await asked.succeed();
  assert.equal(ids(store.snapshot), 'c1 c0 c2 c3');
});

test('a row that the source removes meanwhile stays away, whatever comes of the action', async () => {
  for (const end of ['succeed', 'fail'] as const) {
    const {source, store} = await start();
    const asked = ask(store, 'c1', pin());
    await source.remove('c1');
    await asked[end]();
    assert.equal(ids(store.snapshot), 'c0 c2 c3');
  }
});

for (const order of ['in turn', 'the other way round'] as const) {
  test(`of two actions on one thing the last one shows, answered ${order}`, async () => {
    const {source, store, row} = await start();
    const asked = [ask(store, 'c1', pin(true)), ask(store, 'c1', pin(false))];
    await flush();
    assert.equal(row('c1')?.pinned, false);
    // The source tells of the first while the second is on its way.
    await source.upsert(conversation('c1', 3, {pinned: true}));
    assert.equal(row('c1')?.pinned, false);
    for (const one of order === 'in turn' ? asked : asked.reverse()) await one.succeed();
    assert.equal(row('c1')?.pinned, false);
    assert.equal(store.find('c1')?.pinned, false);
  });
}

test('of two actions the one that fails takes back only its own', async () => {
  const {store, row} = await start();
  const first = ask(store, 'c1', pin());
  const second = ask(store, 'c1', fieldChange('notify', 'off'));
  await first.fail();
  assert.deepEqual([row('c1')?.pinned, row('c1')?.notify], [false, 'off']);
  await second.fail();
  assert.deepEqual([row('c1')?.pinned, row('c1')?.notify], [false, 'all']);
});

test('a call that never ends has failed after the time limit, and is told so by its signal', async () => {
  mock.timers.enable({apis: ['setTimeout']});
  try {
    const {store, row} = await start();
    const asked = ask(store, 'c1', pin());
    await flush();
    mock.timers.tick(29_999);
    await flush();
    assert.equal(row('c1')?.pinned, true);
    mock.timers.tick(1);
    await flush();
    assert.equal(row('c1')?.pinned, false);
    assert.equal(await asked.done, 'timeout');
    assert.equal(asked.signal.aborted, true);
    await asked.succeed();
    assert.equal(row('c1')?.pinned, false);
    store.disconnect();
  } finally {
    mock.timers.reset();
  }
});

for (const [what, leave] of [
  ['a disconnection', (store: ConversationStore) => store.disconnect()],
  ['another source', (store: ConversationStore) => void (store.source = new HeldSource())],
] as const) {
  test(`${what} forgets what is pending; the action itself goes on`, async () => {
    const {store} = await start();
    const asked = ask(store, 'c1', goneChange());
    await flush();
    leave(store);
    await flush();
    const shown = ids(store.snapshot);
    assert.equal(shown.includes('c1'), what === 'a disconnection');
    assert.equal(asked.signal.aborted, false);
    await asked.succeed();
    assert.equal(await asked.done, 'done');
    assert.equal(ids(store.snapshot), shown);
  });
}

test('rule 3: rows that no action is about, and snapshots of before, stay the same objects', async () => {
  const {source, store, row} = await start();
  const before = store.snapshot;
  const asked = ask(store, 'c1', pin());
  await flush();
  const during = row('c1');
  assert.equal(row('c0'), before.rows.get('c0'));
  assert.equal(before.rows.get('c1')?.pinned, false);
  await source.upsert(conversation('c3', 1, {title: 'x'}));
  assert.equal(row('c1'), during);
  await asked.fail();
});

test('every change shows what it is about, on any conversation, and changes nothing where it is so already', () => {
  const bare = conversation('a');
  const full = conversation('a', 1, {
    groups: ['g', 'Name of g'], marks: ['star', '7'], draft: {text: 'x'}, unreadIsLowerBound: true, mention: 'me',
    lastMessage: {type: 'text', state: 'normal', text: 'x'},
  });
  for (const c of [bare, full]) {
    for (const change of [
      listChange('groups', ['g', 'Name of g'], true), listChange('groups', ['g', 'Name of g'], false), listChange('marks', ['7'], false),
      draftChange('y'), draftChange(null), draftChange(''), fieldChange('unreadIsLowerBound', undefined), fieldChange('mention', undefined),
      noMessageChange(), pin(), fieldChange('hidden', undefined),
    ]) {
      const after = change.write(c) as Conversation;
      assert.deepEqual(change.read(after), change.value, change.key);
      assert.equal(change.read(c) === change.value && change.key !== 'lastMessage' && change.key !== 'draft' ? after : c, c, change.key);
    }
  }
  assert.deepEqual(listChange('groups', ['g', 'Name of g'], false).write(full)?.groups, []);
});
