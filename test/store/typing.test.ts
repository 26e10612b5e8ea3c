import assert from 'node:assert/strict';
import {afterEach, beforeEach, mock, test} from 'node:test';
import type {Conversation} from '../../src/model/index.js';
import {conversation} from './support/conversations.js';
import {HeldSource} from './support/held-source.js';
import {watch} from './support/store.js';

beforeEach(() => mock.timers.enable({apis: ['setTimeout', 'Date'], now: 1_700_000_000_000}));
afterEach(() => mock.timers.reset());

const said = (id: string) => ({id, type: 'text', state: 'normal', text: id}) as const;
const typist = (facts: Partial<Conversation> = {}) => conversation('a', 1, {typing: ['Ana'], ...facts});

/** Lets time pass, and the store tell. */
async function pass(ms: number): Promise<void> {
  mock.timers.tick(ms);
  await new Promise((resolve) => setImmediate(resolve));
}

async function open(...first: Conversation[]) {
  const source = new HeldSource();
  const watched = await watch(source);
  await source.last.answer({conversations: first, done: true});
  const typing = (id = 'a') => watched.store.snapshot.rows.get(id)?.typing?.join() ?? '';
  return {source, ...watched, typing};
}

test('typing ends six seconds after it was said, and all else stays', async () => {
  const {source, store, typing} = await open(conversation('a', 1, {title: 'Ana', unreadCount: 3}));
  await source.upsert(typist({title: 'Ana', unreadCount: 3, native: source}));
  assert.equal(typing(), 'Ana');
  await pass(5_999);
  assert.equal(typing(), 'Ana');
  await pass(1);
  const {typing: _, ...rest} = typist({title: 'Ana', unreadCount: 3, native: source});
  assert.deepEqual(store.snapshot.rows.get('a'), rest);
});

test('typing said again goes on, though nothing has changed', async () => {
  const {source, typing} = await open();
  await source.upsert(typist());
  for (let i = 0; i < 5; i++) {
    await pass(4_000);
    await source.upsert(typist());
    assert.equal(typing(), 'Ana');
  }
  await pass(6_000);
  assert.equal(typing(), '');
  await source.upsert(typist());
  assert.equal(typing(), 'Ana');
});

test('typing of several conversations ends for each by itself', async () => {
  const {source, typing} = await open(typist());
  await pass(2_000);
  await source.upsert(conversation('b', 2, {typing: ['Ben']}));
  await pass(2_000);
  await source.upsert(typist({typing: ['Ana', 'Cem']}));
  await pass(4_000);
  assert.deepEqual([typing('a'), typing('b')], ['Ana,Cem', '']);
  await pass(2_000);
  assert.equal(typing(), '');
});

test('typing that a source ends has ended', async () => {
  const {source, typing} = await open(typist());
  await source.upsert(conversation('a', 1));
  assert.equal(typing(), '');
  await pass(10_000);
  assert.equal(typing(), '');
});

test('typing of before does not outlive the message that it led to', async () => {
  const {source, typing} = await open(typist({lastMessage: said('m1')}));
  assert.equal(typing(), 'Ana');
  await source.upsert(typist({lastMessage: said('m2')}));
  assert.equal(typing(), '');
  await source.upsert(typist({lastMessage: said('m2')}));
  assert.equal(typing(), 'Ana', 'said again after the message');
  await source.upsert(typist({lastMessage: said('m3'), typing: ['Ben']}));
  assert.equal(typing(), 'Ben', 'somebody else');
  await pass(6_000);
  await source.upsert(typist({lastMessage: said('m4'), typing: ['Ben']}));
  assert.equal(typing(), '', 'a source that never ends it');
});

test('an end of typing is no event: a page that is on its way still counts', async () => {
  const {source, store, typing} = await open(typist({title: 'Old'}));
  void store.refresh();
  await pass(6_000);
  assert.equal(typing(), '');
  await source.last.answer({conversations: [conversation('a', 1, {title: 'New'})], done: true});
  assert.equal(store.snapshot.rows.get('a')?.title, 'New');
});

test('rule 16: no timer runs while disconnected, and what is overdue ends on the way back', async () => {
  const {source, store, typing} = await open();
  await source.upsert(typist());
  store.disconnect();
  await pass(60_000);
  assert.equal(typing(), 'Ana');
  store.connect();
  await pass(0);
  assert.equal(typing(), '');
});

test('a clock that is set back lets nobody type for hours', async () => {
  mock.timers.reset();
  mock.timers.enable({apis: ['setTimeout']});
  let now = 1_700_000_000_000;
  const clock = mock.method(Date, 'now', () => now);
  const {source, typing} = await open(typist());
  now -= 3_600_000;
  await source.upsert(conversation('b', 2, {typing: ['Ben']}));
  now += 6_000;
  await pass(6_000);
  assert.deepEqual([typing('a'), typing('b')], ['', '']);
  clock.mock.restore();
});
