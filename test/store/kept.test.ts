import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {ConversationFilter} from '../../src/store/index.js';
import {conversation, conversations, ids} from './support/conversations.js';
import {flush} from './support/flush.js';
import {HeldSource} from './support/held-source.js';
import {watch, type Watched} from './support/store.js';

const UNREAD = {unreadCount: 1} as const;

/** A store with three unread conversations under a filter for them; the second is open. */
async function open(filter: ConversationFilter = {hasUnread: true}): Promise<Watched & {source: HeldSource}> {
  const source = new HeldSource();
  const watched = await watch(source, {filter});
  await source.last.answer({conversations: conversations(3, {...UNREAD, mention: 'me'}), done: true});
  watched.store.keptId = 'c1';
  await flush();
  return {...watched, source};
}

const read = conversation('c1', 2);

test('kept: an open conversation that is read stays in the filter for unread ones, until another is open', async () => {
  const {store, source} = await open();
  await source.upsert(read);
  assert.equal(ids(store.snapshot), 'c0 c1 c2');
  assert.equal(store.snapshot.rows.get('c1')?.unreadCount, 0);
  await source.upsert(conversation('c1', 9, {title: 'moved'}));
  assert.equal(ids(store.snapshot), 'c1 c0 c2');
  store.keptId = 'c2';
  await flush();
  assert.equal(ids(store.snapshot), 'c0 c2');
  await source.upsert(conversation('c2', 1));
  assert.equal(ids(store.snapshot), 'c0 c2');
  store.keptId = undefined;
  await flush();
  assert.equal(ids(store.snapshot), 'c0');
});

test('kept: under a filter for mentions too', async () => {
  const {store, source} = await open({hasMention: true, types: ['direct']});
  await source.upsert(read);
  assert.equal(ids(store.snapshot), 'c0 c1 c2');
});

test('kept: not where something else has changed that the filter asks for', async () => {
  const {store, source} = await open({hasUnread: true, pinned: false});
  await source.upsert({...read, pinned: true});
  assert.equal(ids(store.snapshot), 'c0 c2');
  await source.upsert(read);
  assert.equal(ids(store.snapshot), 'c0 c2', 'and it does not come back by being kept');
});

test('kept: not by another filter', async () => {
  const {store, source} = await open({pinned: false});
  await source.upsert({...read, pinned: true});
  assert.equal(ids(store.snapshot), 'c0 c2');
});

test('kept: a page that names it as read, or does not name it, leaves it', async () => {
  const {store, source} = await open();
  await source.upsert(read);
  for (const answer of [[conversation('c0', 3, UNREAD), read, conversation('c2', 1, UNREAD)], [conversation('c0', 3, UNREAD), conversation('c2', 1, UNREAD)]]) {
    const again = store.refresh();
    await flush();
    await source.last.answer({conversations: answer, done: true, authoritative: true});
    await again;
    assert.equal(ids(store.snapshot), 'c0 c1 c2');
  }
  store.disconnect();
  store.connect();
  await flush();
  await source.last.answer({conversations: [], done: true});
  assert.equal(ids(store.snapshot), 'c1');
});

test('kept: a deletion takes it all the same, and what comes back comes by the filter', async () => {
  const {store, source} = await open();
  await source.upsert(read);
  await source.remove('c1');
  assert.equal(ids(store.snapshot), 'c0 c2');
  await source.upsert(read);
  assert.equal(ids(store.snapshot), 'c0 c2');
});

test('kept: another filter, and this one again, show what they let through; another order shows it still', async () => {
  const {store, source} = await open();
  await source.upsert(read);
  store.order = 'last-message';
  await flush();
  assert.equal(store.snapshot.rows.length, 3);
  store.filter = {};
  await flush();
  store.filter = {hasUnread: true};
  await flush();
  assert.equal(store.snapshot.rows.length, 2);
});

test('kept: a conversation that was no row is none by being open', async () => {
  const {store, source} = await open();
  await source.upsert(conversation('c9', 9));
  store.keptId = 'c9';
  await source.upsert(conversation('c9', 10));
  assert.equal(ids(store.snapshot), 'c0 c1 c2');
  await source.upsert(conversation('c9', 10, UNREAD));
  await source.upsert(conversation('c9', 10));
  assert.equal(ids(store.snapshot), 'c9 c0 c1 c2');
});

test('kept: all rows the same but for the kept one', async () => {
  // While the filter lets everything through, the rows are all there is.
  const {store, source} = await open();
  await source.upsert(read);
  store.keptId = 'c0';
  await flush();
  assert.equal(ids(store.snapshot), 'c0 c2');
  await source.upsert(conversation('c1', 2, UNREAD));
  assert.equal(ids(store.snapshot), 'c0 c1 c2');
  assert.equal(store.snapshot.rows.indexOf('c2'), 2);
});

test('kept: a login forgets the rows, and keeps what is open', async () => {
  const {store, source} = await open();
  await source.upsert(read);
  await source.send({type: 'reset', reason: 'login'});
  assert.equal(ids(store.snapshot), '');
  await source.last.answer({conversations: conversations(2, UNREAD), done: true});
  assert.equal(store.keptId, 'c1');
  await source.upsert({...read, orderKey: 1n});
  assert.equal(ids(store.snapshot), 'c0 c1');
});
