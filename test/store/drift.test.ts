import assert from 'node:assert/strict';
import {afterEach, beforeEach, mock, test} from 'node:test';
import type {SourceCapabilities} from '../../src/store/index.js';
import {conversation, conversations, ids} from './support/conversations.js';
import {flush} from './support/flush.js';
import {HeldSource} from './support/held-source.js';
import {watch, type Watched} from './support/store.js';

beforeEach(() => mock.timers.enable({apis: ['setTimeout']}));
afterEach(() => mock.timers.reset());

const ALL = conversations(6);
const WITHOUT_C1 = ALL.filter(({id}) => id !== 'c1');

/** After the first of two pages, by position; then c1 goes, so that c3 slips past the edge. */
async function halfway(paging: SourceCapabilities['paging'] = 'offset'): Promise<Watched & {source: HeldSource}> {
  const source = new HeldSource({paging});
  const watched = await watch(source, {want: 6, pageSize: 3});
  await source.last.answer({conversations: ALL.slice(0, 3), done: false, cursor: 3});
  return {...watched, source};
}

async function tick(ms: number): Promise<void> {
  mock.timers.tick(ms);
  await flush();
}

for (const paging of ['offset', 'window'] as const) {
  test(`rule 4: ${paging}: a row that slips between two pages is fetched by a sweep behind the list`, async () => {
    const {store, source} = await halfway(paging);
    await source.remove('c1');
    await source.last.answer({conversations: WITHOUT_C1.slice(3), done: true});
    assert.equal(ids(store.snapshot), 'c0 c2 c4 c5');
    assert.equal(store.snapshot.page.status, 'done');
    assert.equal(source.requests.length, 3);
    assert.equal('cursor' in source.last, false);
    await source.last.answer({conversations: WITHOUT_C1.slice(0, 3), done: false, cursor: 3});
    assert.equal(ids(store.snapshot), 'c0 c2 c3 c4 c5');
    assert.equal(store.snapshot.page.status, 'done', 'nothing of it shows');
    await source.last.answer({conversations: WITHOUT_C1.slice(3), done: true});
    await tick(60_000);
    assert.equal(source.requests.length, 4);
  });
}

test('drift: cursors that stand need no sweep', async () => {
  const {source} = await halfway('cursor');
  await source.remove('c1');
  await source.last.answer({conversations: ALL.slice(3), done: true});
  await tick(60_000);
  assert.equal(source.requests.length, 2);
});

for (const [name, event] of [
  ['moves down', {type: 'upsert', conversations: [conversation('c1', 0)]}],
  ['leaves the filter', {type: 'upsert', conversations: [conversation('c1', 5, {hidden: true})]}],
  ['leaves the source’s order, while ours goes by something else', {type: 'upsert', conversations: [conversation('c1', 1)]}],
] as const) {
  test(`drift: a row that ${name} moves those below it`, async () => {
    const {store, source} = await halfway();
    store.filter = {hidden: false};
    if (name.includes('ours')) store.order = 'last-message';
    await flush();
    await source.last.answer({conversations: ALL.slice(0, 3), done: false, cursor: 3});
    await source.send(event);
    await source.last.answer({conversations: [], done: true});
    assert.equal(store.snapshot.page.status, 'done');
    assert.equal(source.requests.length, 5, 'the sweep');
  });
}

for (const [name, event] of [
  ['moves up', {type: 'upsert', conversations: [conversation('c2', 99)]}],
  ['changes in place', {type: 'upsert', conversations: [conversation('c1', 5, {unreadCount: 3})]}],
  ['is new', {type: 'upsert', conversations: [conversation('n', 99)]}],
  ['is unknown and goes', {type: 'remove', ids: ['nobody']}],
] as const) {
  test(`drift: a row that ${name} can hide none, so there is no sweep`, async () => {
    const {source} = await halfway();
    await source.send(event);
    await source.last.answer({conversations: ALL.slice(3), done: true});
    await tick(60_000);
    assert.equal(source.requests.length, 2);
  });
}

test('drift: news that comes after the last page leads to a sweep as well', async () => {
  const {store, source} = await halfway();
  await source.last.answer({conversations: WITHOUT_C1.slice(3), done: true});
  await source.remove('c1');
  assert.equal(source.requests.length, 2);
  await tick(5000);
  assert.equal(source.requests.length, 3);
  await source.last.answer({conversations: WITHOUT_C1.slice(0, 3), done: false, cursor: 3});
  await source.last.answer({conversations: WITHOUT_C1.slice(3), done: true});
  assert.equal(ids(store.snapshot), 'c0 c2 c3 c4 c5');
});

test('drift: news of a row whose page is on its way leads to a sweep', async () => {
  for (const event of [{type: 'remove', ids: ['c1']}, {type: 'upsert', conversations: [conversation('c1', 0)]}]) {
    const source = new HeldSource({paging: 'offset'});
    await watch(source, {want: 6, pageSize: 3});
    await source.send(event);
    await source.last.answer({conversations: ALL.slice(0, 3), done: false, cursor: 3});
    await source.last.answer({conversations: WITHOUT_C1.slice(3), done: true});
    assert.equal(source.requests.length, 3);
  }
});

test('drift: a row that a later page names lower leads to a sweep', async () => {
  const {source} = await halfway();
  await source.last.answer({conversations: [...WITHOUT_C1.slice(3), conversation('c1', 0)], done: true});
  assert.equal(source.requests.length, 3);
});

test('drift: one page is one moment, nothing can slip', async () => {
  const source = new HeldSource({paging: 'offset'});
  await watch(source);
  await source.remove('c1');
  await source.last.answer({conversations: ALL, done: true});
  await source.remove('c2');
  await tick(60_000);
  assert.equal(source.requests.length, 1);
});

test('drift: sweeps during which rows fall again follow one another with five seconds between', async () => {
  const {source} = await halfway();
  await source.remove('c1');
  await source.last.answer({conversations: [], done: true});
  for (let i = 0; i < 3; i++) {
    const before = source.requests.length;
    await source.last.answer({conversations: ALL.slice(0, 3), done: false, cursor: 3});
    await source.upsert(conversation('c2', -i));
    await source.last.answer({conversations: [], done: true});
    assert.equal(source.requests.length, before + 1);
    await tick(4999);
    assert.equal(source.requests.length, before + 1);
    await tick(1);
    assert.equal(source.requests.length, before + 2);
  }
});

test('drift: after a reconnection nothing is dropped by a pass that rows slipped through; the sweep drops', async () => {
  const source = new HeldSource({paging: 'offset'});
  const {store} = await watch(source, {want: 6, pageSize: 3});
  await source.last.answer({conversations: ALL.slice(0, 3), done: false, cursor: 3});
  await source.last.answer({conversations: ALL.slice(3), done: true});
  // c5 goes unheard of; c1 goes between the pages.
  await source.send({type: 'reset', reason: 'gap'});
  await source.last.answer({conversations: ALL.slice(0, 3), done: false, cursor: 3});
  await source.remove('c1');
  await source.last.answer({conversations: [ALL[4]], done: true});
  assert.equal(ids(store.snapshot), 'c0 c2 c3 c4 c5');
  await source.last.answer({conversations: [ALL[0], ALL[2], ALL[3]], done: false, cursor: 3});
  await source.last.answer({conversations: [ALL[4]], done: true});
  assert.equal(ids(store.snapshot), 'c0 c2 c3 c4');
});

test('drift: what the sweep owes is not lost with another filter', async () => {
  const source = new HeldSource({paging: 'offset'});
  const {store} = await watch(source, {want: 6, pageSize: 3});
  await source.last.answer({conversations: ALL, done: true});
  await source.send({type: 'reset', reason: 'gap'});
  await source.last.answer({conversations: ALL.slice(0, 3), done: false, cursor: 3});
  await source.remove('c1');
  await source.last.answer({conversations: [], done: true});
  store.filter = {hidden: false};
  await flush();
  await source.last.answer({conversations: [ALL[0], ALL[2]], done: true});
  assert.equal(ids(store.snapshot), 'c0 c2');
});

test('drift: a sweep waits while nothing is visible, and ends with the connection', async () => {
  const {store, source} = await halfway();
  await source.remove('c1');
  store.want(0);
  await source.last.answer({conversations: [], done: true});
  await tick(60_000);
  assert.equal(source.requests.length, 2);
  store.want(5);
  await flush();
  assert.equal(source.requests.length, 3);
  await source.last.answer({conversations: ALL.slice(0, 3), done: false, cursor: 3});
  store.disconnect();
  await tick(60_000);
  assert.equal(source.requests.filter(({open}) => open).length, 0);
  assert.equal(source.requests.length, 4);
});

test('drift: a sweep that fails is an error as others are; a retry by itself takes it up where it was', async () => {
  const {store, source, errors} = await halfway();
  await source.remove('c1');
  await source.last.answer({conversations: [], done: true});
  await source.last.answer({conversations: WITHOUT_C1.slice(0, 3), done: false, cursor: 3});
  await source.last.fail();
  assert.equal(store.snapshot.page.status, 'failed');
  assert.deepEqual(errors(), ['unknown page']);
  await tick(999);
  assert.equal(source.requests.length, 4);
  await tick(4001);
  assert.equal(source.requests.length, 5);
  assert.equal(source.last.cursor, 3);
  await source.last.answer({conversations: WITHOUT_C1.slice(3), done: true});
  assert.equal(store.snapshot.page.status, 'done');
  assert.equal(ids(store.snapshot), 'c0 c2 c3 c4 c5');
});

test('drift: a sweep over pages that never end gives up', async () => {
  const {store, source} = await halfway();
  await source.remove('c1');
  await source.last.answer({conversations: [], done: true});
  for (let i = 0; i < 20 && source.last.open; i++) {
    await source.last.answer({conversations: ALL.slice(0, 1), done: false, cursor: `x${i}`});
  }
  await tick(60_000);
  assert.equal(source.last.open, false);
  assert.equal(store.snapshot.page.status, 'paused');
});
