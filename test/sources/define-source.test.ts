import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it, mock} from 'node:test';
import {SourceError, type SourceEvent} from '../../src/model/index.js';
import {defineSource, type EventInput} from '../../src/sources/define-source.js';
import {conforms} from './conforms.js';
import {ownSubject} from './fakes/own-backend.js';

const FIELDS = ['types', 'mark', 'group', 'hasUnread', 'hasMention', 'pinned', 'hidden', 'ids'];

await conforms('defineSource', ownSubject, [
  'paging `all`',
  'two fields in serverFilters',
  '`dispose()`',
  ...FIELDS.map((field) => `\`${field}\` in serverFilters`),
]);

await conforms('defineSource, nothing but an array', () => {
  const {backend, conversations} = ownSubject();
  return {source: defineSource({capabilities: {paging: 'all'}, getPage: () => [...backend.items.values()]}), conversations};
});

const empty = (): [] => [];

function heard(subscribe: (emit: (event: EventInput) => void) => void): {events: SourceEvent[]; stop: () => void} {
  const events: SourceEvent[] = [];
  const stop = defineSource({getPage: empty, subscribe}).subscribe((event) => events.push(event));
  return {events, stop};
}

describe('defineSource: search', () => {
  it('completes what is found, and is there only where it is defined', async () => {
    const source = defineSource({getPage: empty, search: (query) => [{id: query, orderKey: '7'}]});
    const [found] = (await source.search?.('q')) ?? [];
    assert.equal(found?.id, 'q');
    assert.equal(found.orderKey, 7n);
    assert.equal(defineSource({getPage: empty}).search, undefined);
  });
});

describe('defineSource: conversations', () => {
  const first = async (input: object): Promise<unknown> =>
    (await defineSource({getPage: () => [{id: 'a', ...input}]}).getPage({limit: 9})).conversations[0];

  it('completes what is left out', async () => {
    assert.deepEqual(await first({lastMessage: {text: 'Hi'}, draft: undefined}), {
      id: 'a', type: 'unknown', title: '', orderKey: 0n, pinned: false, unreadCount: 0, notify: 'all',
      marks: [], groups: [], lastMessage: {type: 'text', state: 'normal', text: 'Hi'},
    });
  });

  it('takes the order key as digits, a bigint or a safe number, to the last digit', async () => {
    for (const [orderKey, key] of [
      ['4611686018427387909', 4611686018427387909n],
      ['18446744073709551615', 2n ** 64n - 1n],
      [4611686018427387909n, 4611686018427387909n],
      [1700000000000, 1700000000000n],
      [0, 0n],
    ]) {
      assert.equal(((await first({orderKey})) as {orderKey: bigint}).orderKey, key);
    }
  });

  it('makes a missing order key of the latest time, pinned ones above', async () => {
    const key = async (input: object): Promise<bigint> => ((await first(input)) as {orderKey: bigint}).orderKey;
    assert.equal(await key({lastMessage: {sentAt: 5.9}}), 5n);
    assert.equal(await key({activeAt: 7, lastMessage: {sentAt: 5}, orderKey: null}), 7n);
    assert.equal(await key({activeAt: 7, draft: {text: 'x', editedAt: 9}}), 9n);
    assert.equal(await key({activeAt: 7, pinned: true}), (1n << 62n) + 7n);
    assert.equal(await key({activeAt: NaN}), 0n);
  });

  it('refuses a key that has lost its last digits, with the reason', async () => {
    for (const orderKey of [2 ** 53, 2 ** 62 + 1024, 1.5, '0x10', '', ' 5', true]) {
      await assert.rejects(first({orderKey}), (error: SourceError) => {
        assert.equal(error.code, 'invalid-data');
        assert.equal(error.retryable, false);
        return /The orderKey of a .*2\^53/.test(error.message);
      });
    }
  });

  it('hands out frozen copies, and the native object as it is', async () => {
    const native = {live: 1};
    const marks = ['star'];
    const input = {marks, native, lastMessage: {text: 'Hi'}};
    const row = (await first(input)) as {marks: string[]; native: object; lastMessage: object};
    marks.push('late');
    assert.deepEqual(row.marks, ['star']);
    for (const part of [row, row.marks, row.lastMessage]) assert.ok(Object.isFrozen(part));
    assert.equal(row.native, native);
    assert.ok(!Object.isFrozen(native));
  });
});

describe('defineSource: failures', () => {
  beforeEach(() => mock.timers.enable({apis: ['setTimeout']}));
  afterEach(() => mock.timers.reset());

  it('makes a SourceError of what is thrown at once or later, and of what toError says', async () => {
    for (const getPage of [() => { throw new Error('broken'); }, () => Promise.reject(new Error('broken'))]) {
      const failing = {getPage: getPage as unknown as () => []};
      await assert.rejects(defineSource(failing).getPage({limit: 1}), {name: 'SourceError', code: 'unknown', message: 'broken'});
      const toError = (cause: unknown): SourceError => new SourceError('rate-limited', 'Slowly', {retryAfterMs: 9000, cause});
      await assert.rejects(defineSource({...failing, toError}).getPage({limit: 1}), {code: 'rate-limited', retryAfterMs: 9000});
    }
  });

  it('gives up a call that never settles, and works again when the service does', async () => {
    let works = false;
    const source = defineSource({
      timeoutMs: 500,
      getPage: () => (works ? [] : new Promise<[]>(() => undefined)),
      setPinned: () => new Promise<void>(() => undefined),
    });
    const calls = [source.getPage({limit: 1}), source.setPinned?.('a', true)];
    const settled = Promise.allSettled(calls);
    mock.timers.tick(500);
    for (const result of await settled) {
      assert.equal(result.status === 'rejected' && (result.reason as SourceError).code, 'timeout');
    }
    works = true;
    assert.equal((await source.getPage({limit: 1})).done, true);
  });

  it('ends a call when its signal fires, and makes none when it has', async () => {
    let calls = 0;
    const source = defineSource({getPage: () => (calls++, new Promise<[]>(() => undefined))});
    const controller = new AbortController();
    const page = source.getPage({limit: 1, signal: controller.signal});
    controller.abort();
    await assert.rejects(page, {code: 'aborted'});
    await assert.rejects(source.getPage({limit: 1, signal: controller.signal}), {code: 'aborted'});
    assert.equal(calls, 1);
  });

  it('takes only true for the end', async () => {
    const source = defineSource({getPage: () => ({conversations: [], done: 'no' as unknown as boolean, cursor: 1})});
    assert.equal((await source.getPage({limit: 1})).done, false);
  });

  it('clamps the limit to what the back end takes', async () => {
    const limits: number[] = [];
    const source = defineSource({capabilities: {maxPageSize: 30}, getPage: ({limit}) => (limits.push(limit), [])});
    for (const limit of [2 ** 31 - 1, 20, 0]) await source.getPage({limit});
    assert.deepEqual(limits, [30, 20, 1]);
  });
});

describe('defineSource: events', () => {
  it('listens to the back end once, while anybody listens', () => {
    let open = 0;
    const source = defineSource({getPage: empty, subscribe: () => (open++, () => open--)});
    const stops = [source.subscribe(() => undefined), source.subscribe(() => undefined)];
    assert.equal(open, 1);
    for (const stop of stops) stop();
    return Promise.resolve().then(() => assert.equal(open, 0));
  });

  it('ends what an async subscribe began, even if it comes late', async () => {
    let ended = 0;
    const source = defineSource({getPage: empty, subscribe: async () => (await undefined, () => void ended++)});
    source.subscribe(() => undefined)();
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(ended, 1);
  });

  it('tells what is emitted at once only after subscribe has returned', async () => {
    const {events} = heard((emit) => emit({type: 'upsert', conversations: [{id: 'a'}]}));
    assert.equal(events.length, 0);
    await undefined;
    assert.deepEqual(events.map(({type}) => type), ['upsert']);
  });

  it('says that it cannot listen', async () => {
    const reasons = ['thrown', 'rejected'];
    for (const [i, subscribe] of [() => { throw new Error('thrown'); }, () => Promise.reject(new Error('rejected'))].entries()) {
      const {events, stop} = heard(subscribe);
      await new Promise((resolve) => setImmediate(resolve));
      assert.equal(events[0]?.type === 'sync' && events[0].error?.message, reasons[i]);
      mock.method(console, 'error', () => undefined);
      stop();
      await new Promise((resolve) => setImmediate(resolve));
      mock.restoreAll();
    }
  });

  it('tells the rows that can be read, and why not all', async () => {
    let emit: (event: EventInput) => void = () => undefined;
    const {events} = heard((tell) => void (emit = tell));
    const conversations = [{id: 'a', orderKey: 1}, {id: 'b', orderKey: 2 ** 60}];
    emit({type: 'upsert', conversations});
    emit({type: 'snapshot', conversations, complete: true});
    for (const [upsert, fail] of [events.slice(0, 2), events.slice(2)]) {
      assert.deepEqual(upsert?.type === 'upsert' && upsert.conversations.map(({id}) => id), ['a']);
      assert.equal(fail?.type === 'sync' && fail.error?.code, 'invalid-data');
    }
  });
});

describe('defineSource: actions', () => {
  it('names what is there, and answers for each id where the back end says nothing', async () => {
    const source = defineSource({getPage: empty, markRead: () => undefined, setDraft: async () => undefined});
    assert.deepEqual([...source.capabilities.ops].sort(), ['draft', 'markRead']);
    assert.deepEqual(await source.markRead?.(['a', 'b', 'a']), [{id: 'a'}, {id: 'b'}]);
    assert.equal(source.setPinned, undefined);
  });

  it('sends `all` to markAllRead', async () => {
    const source = defineSource({getPage: empty, markAllRead: () => undefined});
    assert.deepEqual(await source.markRead?.('all'), []);
    await assert.rejects(async () => source.markRead?.(['a']), {code: 'unsupported'});
  });

  it('calls methods on their own object', async () => {
    const api = {calls: [] as string[], getPage: empty, async setDraft(id: string) { this.calls.push(id); }};
    await defineSource(api).setDraft?.('a', null);
    assert.deepEqual(api.calls, ['a']);
  });
});

it('defineSource infers the cursor from the first one', () => {
  defineSource({
    firstCursor: 0,
    getPage({cursor}) {
      const offset: number = cursor;
      return {conversations: [], done: true, cursor: offset + 1};
    },
  });
  // @ts-expect-error a cursor of another type
  defineSource({firstCursor: 0, getPage: () => ({conversations: [], done: false, cursor: 'next'})});
  // @ts-expect-error no id
  defineSource({getPage: () => [{title: 'x'}]});
  // @ts-expect-error the id is a string
  defineSource({getPage: empty, setPinned: async (id: number) => void id});
});
