import assert from 'node:assert/strict';
import {after, beforeEach, mock, test} from 'node:test';
import {conversation, conversations, ids} from './support/conversations.js';
import {HeldSource} from './support/held-source.js';
import {watch} from './support/store.js';

/** A browser's frames, drawn when the test says so. */
const scope = globalThis as {requestAnimationFrame?: unknown; cancelAnimationFrame?: unknown};
let waiting = new Map<number, () => void>();
let last = 0;

function drawFrame(): void {
  const callbacks = waiting;
  waiting = new Map();
  for (const callback of callbacks.values()) callback();
}

beforeEach(() => {
  waiting = new Map();
  scope.requestAnimationFrame = (callback: () => void) => {
    waiting.set(++last, callback);
    return last;
  };
  scope.cancelAnimationFrame = (id: number) => waiting.delete(id);
});

after(() => {
  delete scope.requestAnimationFrame;
  delete scope.cancelAnimationFrame;
});

/** A store with two rows, and what it told since. */
async function listen() {
  const source = new HeldSource();
  const {store, changes} = await watch(source);
  drawFrame();
  await source.last.answer({conversations: conversations(2), done: true});
  drawFrame();
  drawFrame();
  changes.length = 0;
  return {source, store, changes};
}

test('rule 14: with frames the first change is told at once, what follows together with the next frame', async () => {
  const {source, store, changes} = await listen();
  await source.upsert(conversation('a', 1));
  assert.equal(changes.length, 1);
  for (let i = 0; i < 100; i++) await source.upsert(conversation(`b${i}`, i));
  assert.equal(changes.length, 1);
  drawFrame();
  assert.equal(changes.length, 2);
  assert.equal(store.snapshot.rows.length, 103);
  drawFrame();
  assert.equal(changes.length, 2);
  await source.upsert(conversation('c', 1));
  assert.equal(changes.length, 3);
});

test('rule 14: a frame that never comes holds nothing back', async () => {
  const {source, changes} = await listen();
  mock.timers.enable({apis: ['setTimeout']});
  try {
    await source.upsert(conversation('a', 1));
    await source.upsert(conversation('b', 1));
    assert.equal(changes.length, 1);
    mock.timers.tick(200);
    assert.equal(changes.length, 2);
  } finally {
    mock.timers.reset();
  }
});

test('rule 16: after a disconnection no frame is waited for, and what was told before it is there', async () => {
  const {source, store} = await listen();
  await source.upsert(conversation('x', 9));
  await source.upsert(conversation('y', 8));
  store.disconnect();
  assert.equal(waiting.size, 0);
  await source.send();
  assert.equal(ids(store.snapshot).slice(0, 3), 'x y');
});

test('loadMore: the page is in the snapshot when it has landed, before any frame', async () => {
  const source = new HeldSource();
  const {store} = await watch(source, {want: 1});
  await source.last.answer({conversations: conversations(2), done: false, cursor: 1});
  const loaded = store.loadMore();
  await source.send();
  await source.last.answer({conversations: [conversation('z', 0)], done: true});
  await loaded;
  assert.equal(store.snapshot.page.status, 'done');
  assert.equal(store.snapshot.rows.length, 3);
});
