import assert from 'node:assert/strict';
import {mock, test} from 'node:test';
import {MemorySource} from '../../src/sources/memory.js';
import {ConversationStore} from '../../src/store/index.js';
import {faultySource, type FaultName, type FaultySource} from '../../src/testing/faulty-source.js';
import {generateConversations} from '../../src/testing/generate-conversations.js';
import {Random} from '../../src/testing/random.js';
import {flush} from '../store/support/flush.js';

/**
 * A store over a source with faults, against what the server holds in the end.
 *
 *   SEEDS=5000 npm test -- convergence     more of them
 *   SEED=123 npm test -- convergence       one seed again
 */
const SEEDS = Number(process.env['SEEDS'] ?? 200);
const FIRST = Number(process.env['SEED'] ?? 1);
const LAST = process.env['SEED'] === undefined ? SEEDS : FIRST;
const CONVERSATIONS = generateConversations(60, {now: Date.UTC(2025, 5, 1)});
/** Longer than the store waits before it pages positions once more. */
const SETTLED = 6000;

const injected: Record<FaultName, number> = {error: 0, partial: 0, duplicate: 0, reorder: 0, drop: 0, hang: 0};

/** Lets the clock and all promises run for a while. */
async function pass(ms: number): Promise<void> {
  await flush();
  mock.timers.tick(ms);
  await flush();
}

/** Something happens at the server. */
function happen(server: MemorySource, random: Random, step: number): void {
  const {id} = random.pick(server.all());
  const act = random.weighted([['message', 6], ['draft', 1], ['remove', 2], ['pin', 2], ['new', 1]]);
  const sentAt = Date.UTC(2025, 6, 1) + step;
  if (act === 'message') server.receiveMessage({conversationId: id, text: `${step}`, sentAt});
  else if (act === 'new') server.receiveMessage({conversationId: `new-${step}`, text: 'Hello', sentAt: step});
  else if (act === 'remove') server.remove([id]);
  else if (act === 'pin') void server.setPinned(id, random.chance(0.5));
  else void server.setDraft(id, `${step}`);
}

/** Runs one seed; what the store and the server hold in the end. */
async function run(seed: number, gap: boolean): Promise<readonly [string, string]> {
  const random = new Random(seed);
  const paging = random.pick(['cursor', 'offset', 'window', 'all'] as const);
  const server = new MemorySource({conversations: CONVERSATIONS, paging, maxPageSize: random.integer(3, 30)});
  const source: FaultySource = faultySource(server, {
    seed,
    latency: [0, random.pick([0, 20, 400])],
    error: 0.15,
    partial: 0.2,
    duplicate: 0.15,
    reorder: 0.3,
    drop: 0.1,
    gap,
    hang: 0.03,
  });
  const store = new ConversationStore();
  store.source = source;
  store.pageSize = random.integer(2, 20);
  store.connect();
  store.want(1000);
  for (let step = 1; step <= 60; step++) {
    if (random.chance(0.7)) happen(server, random, step);
    if (random.chance(0.2)) void store.loadMore();
    await pass(random.integer(0, 60));
  }
  source.faults = {};
  for (let i = 0; i < 200 && (i < 3 || store.snapshot.page.status !== 'done'); i++) {
    void store.loadMore();
    await pass(SETTLED);
  }
  await pass(SETTLED);
  for (const name of Object.keys(injected) as FaultName[]) injected[name] += source.injected[name];
  const text = (rows: Iterable<{readonly id: string; readonly orderKey: bigint; readonly lastMessage?: unknown}>): string =>
    [...rows].map((c) => `${c.id} ${c.orderKey} ${JSON.stringify(c.lastMessage)}`).join('\n');
  const result = [text(store.snapshot.rows), text(server.all())] as const;
  store.disconnect();
  await flush();
  assert.deepEqual([source.pending, server.listenerCount], [0, 0], `SEED=${seed}: something is left`);
  return result;
}

test(`${LAST - FIRST + 1} seeds: the list comes to what the server holds, in spite of all faults`, async () => {
  mock.timers.enable({apis: ['setTimeout']});
  try {
    for (let seed = FIRST; seed <= LAST; seed++) {
      const [list, server] = await run(seed, true);
      assert.equal(list, server, `SEED=${seed}`);
    }
  } finally {
    mock.timers.reset();
  }
  if (LAST > FIRST) for (const [name, count] of Object.entries(injected)) assert.ok(count > 20, `${name}: ${count}`);
});

test('events lost in silence show: without the gap, some of these seeds do not', async () => {
  mock.timers.enable({apis: ['setTimeout']});
  let wrong = 0;
  try {
    for (let seed = 1; seed <= 40; seed++) {
      const [list, server] = await run(seed, false);
      if (list !== server) wrong++;
    }
  } finally {
    mock.timers.reset();
  }
  assert.ok(wrong >= 10, `only ${wrong} of 40`);
});
