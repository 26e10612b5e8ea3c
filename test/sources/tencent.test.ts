import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it, mock} from 'node:test';
import type {SourceError, SourceEvent} from '../../src/model/index.js';
import {TencentSource} from '../../src/sources/tencent.js';
import {ConversationStore} from '../../src/store/index.js';
import {conforms} from './conforms.js';
import {FakeChat, tencentSubject} from './fakes/tencent.js';
import {noMessage} from './fakes/tencent-content.js';

const FIELDS = ['types', 'mark', 'group', 'hasUnread', 'hasMention', 'pinned', 'hidden', 'ids'];

await conforms('TencentSource', tencentSubject, [
  '`maxPageSize`', '`getByIds()`', '`dispose()`', 'two fields in serverFilters',
  '`search()`', '`search()`, `dispose()`',
  'paging `cursor`', 'paging `cursor`, `offset`', 'paging `cursor`, `offset`, `window`',
  ...FIELDS.map((field) => `\`${field}\` in serverFilters`),
]);

function made(fake = new FakeChat()) {
  const source = new TencentSource(fake);
  const events: SourceEvent[] = [];
  return {fake, source, events, stop: source.subscribe((event) => events.push(event))};
}

/** What the SDK does at once or in a promise is done; what it holds back is not. */
const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const said = (events: readonly SourceEvent[]) =>
  events.map((event) =>
    event.type === 'sync' ? event.phase : event.type === 'connection' ? event.state : event.type === 'reset' ? event.reason : event.type,
  );
const shown = ({store}: {store: ConversationStore}) => Array.from(store.snapshot.rows, ({id}) => id);

describe('TencentSource: conversations', () => {
  it('are frozen snapshots of live objects', async () => {
    const {fake, source} = made();
    const {conversations} = await source.getPage({limit: 1});
    const [row] = conversations;
    fake.change('C2Cana', (live) => {
      live.lastMessage['payload'] = {text: 'Other'};
      live.markList.push(4);
    });
    assert.equal(row?.lastMessage?.text, 'Hello');
    assert.deepEqual(row?.marks, ['star']);
    assert.equal(row?.native, fake.find('C2Cana'));
    for (const part of [conversations, row, row?.marks, row?.groups, row?.lastMessage, row?.draft]) assert.ok(Object.isFrozen(part));
  });

  it('are read whatever is in them', async () => {
    const {fake, events} = made();
    fake.emit('onConversationListUpdated', {
      data: [null, 5, {}, {conversationID: 'C2Cx', lastMessage: 'no', markList: 'no', groupAtInfoList: [null, {atTypeArray: 'x'}],
        unreadCount: NaN, userProfile: null, messageRemindType: {}}],
    });
    for (const data of [undefined, null, {}, 'x']) {
      for (const name of ['onConversationListUpdated', 'onConversationInGroupUpdated', 'onUserStatusUpdated', 'netStateChange', 'kickedOut',
        'onConversationGroupListUpdated', 'onTotalUnreadMessageCountUpdated']) fake.emit(name, {data});
    }
    await tick();
    assert.deepEqual(fake.thrown, []);
    const [event] = events;
    assert.deepEqual(event?.type === 'upsert' && event.conversations.map(({native: _, ...row}) => row), [
      {id: 'C2Cx', type: 'direct', targetId: 'x', title: 'x', orderKey: 0n, pinned: false, unreadCount: 0, notify: 'all', marks: [],
        groups: [], lastMessage: null},
    ]);
  });

  it('have the marks that the service keeps, not those of the SDK’s types', async () => {
    const {fake, source} = made();
    // By the types 3 were the mark for folding; the SDK sends its lowest bit.
    fake.find('C2Cana').markList = [1, 3, 4, 8, 2 ** 63];
    const [row] = (await source.getPage({limit: 1})).conversations;
    assert.deepEqual(row?.marks, ['star', 'fold', 'hide', '9223372036854775808']);
    await source.setMark?.(['C2Cmarked'], 'fold', true);
    await source.setHidden?.('C2Cmarked', true);
    assert.deepEqual(fake.find('C2Cmarked').markList, [2, 4, 8]);
    for (const mark of ['3', '12', 'constructor', '']) {
      await assert.rejects(async () => source.setMark?.(['C2Cana'], mark, true), {code: 'invalid-argument'});
    }
  });

  it('show who is there', async () => {
    const {fake, source, events} = made();
    await source.getPage({limit: 1});
    fake.emit('onUserStatusUpdated', {data: [{userID: 'ana', statusType: 1}, {userID: 'nobody', statusType: 1}]});
    const [event] = events;
    assert.deepEqual(event?.type === 'upsert' && event.conversations.map(({id, presence}) => [id, presence]), [['C2Cana', 'online']]);
    assert.equal((await source.getPage({limit: 1})).conversations[0]?.presence, 'online');
  });
});

describe('TencentSource: deletions', () => {
  it('are seen in whole lists', async () => {
    const {fake, source, events} = made();
    await source.getPage({limit: 1});
    fake.remove('C2Chid');
    fake.flush();
    await tick();
    const last = events.at(-1);
    assert.ok(last?.type === 'snapshot' && last.complete && !last.conversations.some(({id}) => id === 'C2Chid'));
  });

  it('are told when they are one’s own, though the SDK emits nothing, with no other row lost', async () => {
    const {fake, source, events} = made();
    fake.partial = true;
    await source.getPage({limit: 1});
    await source.delete?.(['C2Chid']);
    await tick();
    const last = events.at(-1);
    assert.ok(last?.type === 'snapshot' && last.complete);
    assert.deepEqual(last.conversations.map(({id}) => id), [...fake.rows.keys()]);
  });

  it('elsewhere show with the next event of an SDK that names only what changed', async () => {
    const {fake, source, events} = made();
    fake.partial = true;
    await source.getPage({limit: 1});
    fake.remove('C2Chid');
    fake.change('C2Cana', (row) => row.unreadCount++);
    fake.flush();
    await tick();
    const last = events.at(-1);
    assert.deepEqual(last?.type === 'snapshot' && last.conversations.map(({id}) => id), [...fake.rows.keys()]);
  });

  it('take nothing away when the first event names one of many', async () => {
    const {fake, events} = made();
    fake.partial = true;
    fake.change('C2Cana', (row) => row.unreadCount++);
    fake.flush();
    await tick();
    const complete = events.filter((event) => event.type === 'snapshot' && event.complete);
    assert.ok(complete.length > 0);
    for (const event of complete) assert.equal(event.type === 'snapshot' && event.conversations.length, 6);
  });

  it('of 250 go in batches of 100, each with its answer, wrong ids too', async () => {
    const {fake, source} = made();
    const ids = Array.from({length: 250}, (_, i) => fake.add(`C2Cu${i}`).conversationID);
    const results = await source.delete?.([...ids, 'wrong', 'C2Cnone'], {clearHistory: true});
    const calls = fake.calls.filter(([name]) => name === 'deleteConversation');
    assert.deepEqual(calls.map(([, options]) => (options as {conversationIDList: string[]}).conversationIDList.length), [100, 100, 51]);
    assert.deepEqual(results?.flatMap(({id, error}) => (error ? [[id, error.code]] : [])), [['wrong', 'not-found'], ['C2Cnone', 'not-found']]);
    assert.equal(fake.rows.size, 6);
    await source.delete?.(['C2Cana']);
    const cleared = fake.calls.flatMap(([name, options]) => (name === 'deleteConversation' ? [options] : []));
    assert.deepEqual(cleared.map((options) => (options as {clearHistoryMessage: boolean}).clearHistoryMessage), [true, true, true, false]);
  });
});

describe('TencentSource: login and sync', () => {
  it('is not ready before login, and loads by itself after it', async () => {
    const fake = new FakeChat();
    fake.user = '';
    const store = new ConversationStore();
    store.source = new TencentSource(fake);
    store.connect();
    store.want(20);
    await tick();
    const {page} = store.snapshot;
    assert.deepEqual([page.status, page.error?.code, page.error?.retryable], ['failed', 'not-ready', true]);
    assert.equal(page.error?.nativeCode, 2024);
    fake.user = 'me';
    fake.emit('sdkStateReady');
    await tick();
    assert.deepEqual(shown({store}).length, 6);
    assert.equal(store.snapshot.page.status, 'done');
    store.disconnect();
    assert.equal(fake.handlers.length, 0);
  });

  it('gives what there is while it syncs, then the rest', async () => {
    const {fake, source, events} = made();
    fake.synced = false;
    const first = await source.getPage({limit: 50});
    assert.deepEqual([first.conversations.length, first.done], [6, false]);
    const second = source.getPage({limit: 50, cursor: first.cursor});
    fake.add('C2Clate');
    await tick();
    fake.flush();
    await tick();
    const early = events.filter((event) => event.type === 'snapshot');
    assert.ok(early.length > 0 && early.every(({complete}) => !complete));
    fake.synced = true;
    fake.update();
    const page = await second;
    assert.deepEqual([page.conversations.length, page.done], [7, true]);
    assert.deepEqual(said(events).filter((word) => word === 'start' || word === 'finish'), ['start', 'finish']);
  });

  it('keeps the rows of who was kicked out or whose signature has run out, until the person is back', async () => {
    const {fake, source, events} = made();
    await source.getPage({limit: 1});
    for (const [type, state] of [['multipleDevice', 'kicked'], ['userSigExpired', 'expired']]) {
      events.length = 0;
      fake.user = '';
      fake.emit('kickedOut', {data: {type}});
      fake.emit('sdkStateNotReady');
      fake.user = 'me';
      fake.emit('sdkStateReady');
      assert.deepEqual(said(events), [state, 'online', 'gap']);
    }
  });

  it('drops the rows at a logout, and at the login of another person', async () => {
    const {fake, source, events} = made();
    await source.getPage({limit: 1});
    fake.user = 'other';
    fake.emit('sdkStateReady');
    assert.deepEqual(said(events), ['online', 'login']);
    assert.equal(source.selfId, 'other');
    fake.user = '';
    fake.emit('sdkStateNotReady');
    assert.deepEqual(said(events).slice(2), ['logout']);
  });

  it('says how the connection stands, and pages anew when it is back', () => {
    const {fake, events} = made();
    for (const state of ['connecting', 'connected', 'disconnected', 'connecting', 'connected', 'connected', 'other']) {
      fake.emit('netStateChange', {data: {state}});
    }
    assert.deepEqual(said(events), ['connecting', 'online', 'gap', 'offline', 'connecting', 'online', 'gap', 'online']);
  });

  it('says that a sync has failed, and works when the SDK does', async () => {
    const {fake, source, events} = made();
    fake.synced = false;
    await source.getPage({limit: 1});
    fake.failures.push(Object.assign(new Error('no network'), {code: 2805}));
    await assert.rejects(source.getPage({limit: 1}), {code: 'network'});
    fake.synced = true;
    assert.equal((await source.getPage({limit: 1})).done, true);
    assert.deepEqual(said(events), ['start', 'fail']);
  });
});

describe('TencentSource: failures', () => {
  beforeEach(() => mock.timers.enable({apis: ['setTimeout']}));
  afterEach(() => mock.timers.reset());

  it('come with their code', async () => {
    const {fake, source} = made();
    for (const [code, name] of [
      [2024, 'not-ready'], [2999, 'not-ready'], [2500, 'not-found'], [2503, 'invalid-argument'], [2800, 'network'], [2801, 'timeout'],
      [2996, 'rate-limited'], [2998, 'unsupported'], [3122, 'unsupported'], [3004, 'auth'], [7, 'unknown'],
    ] as const) {
      fake.failures.push(Object.assign(new Error('reason'), {code}));
      await assert.rejects(source.getPage({limit: 1}), {name: 'SourceError', code: name, nativeCode: code, message: 'reason'});
    }
  });

  it('of the unread total come as a rejection, though the SDK’s types say number', async () => {
    const {fake, source} = made();
    assert.equal(await source.getTotalUnread?.(), 3);
    fake.user = '';
    await assert.rejects(async () => source.getTotalUnread?.(), {code: 'not-ready'});
    await assert.rejects(async () => source.getTotalUnread?.({types: ['group']}), {code: 'unsupported'});
  });

  it('include calls that never settle', async () => {
    const {fake, source} = made();
    fake.hangs = true;
    const calls = Promise.allSettled([source.getPage({limit: 1}), source.setPinned?.('C2Cana', false)]);
    mock.timers.tick(20_000);
    for (const result of await calls) assert.equal(result.status === 'rejected' && (result.reason as SourceError).code, 'timeout');
    fake.hangs = false;
    assert.equal((await source.getPage({limit: 1})).conversations.length, 6);
  });

  it('of single users in an answer reject', async () => {
    const {source} = made();
    await assert.rejects(async () => source.setNotify?.('C2Cnone', 'silent'), {code: 'not-found'});
  });
});

describe('TencentSource: actions', () => {
  it('tell at once, before the SDK’s event', async () => {
    const {fake, source, events} = made();
    fake.throttle = 60_000;
    await source.setDraft?.('C2Cmarked', 'Later');
    await tick();
    const last = events.at(-1);
    assert.equal(last?.type === 'snapshot' && last.conversations.find(({id}) => id === 'C2Cmarked')?.draft?.text, 'Later');
    fake.flush();
  });

  it('take the mark `unread` back with reading', async () => {
    const {fake, source} = made();
    await source.getPage({limit: 1});
    await source.markRead?.(['C2Cana']);
    assert.deepEqual(fake.find('C2Cmarked').markList, [2]);
    await source.markRead?.('all');
    assert.deepEqual(fake.find('C2Cmarked').markList, []);
  });

  it('leave a cleared conversation without a message', async () => {
    const {fake, source} = made();
    await source.clearHistory?.('C2Cana');
    assert.deepEqual(fake.find('C2Cana').lastMessage, noMessage());
    assert.equal((await source.getPage({limit: 1})).conversations[0]?.lastMessage, null);
  });

  it('are those that the SDK has, as lite-chat without its plugins', () => {
    const fake = new FakeChat();
    const lite = {on: fake.on.bind(fake), off: fake.off.bind(fake), getConversationList: fake.getConversationList.bind(fake)};
    const source = new TencentSource(lite);
    assert.equal(source.capabilities.ops.size, 0);
    for (const name of ['setPinned', 'markRead', 'delete', 'groups', 'getTotalUnread'] as const) assert.equal(source[name], undefined);
  });
});
