/**
 * The source over real connections of both SDKs, without a network: what they refuse before login, and events by their
 * own public emitters.
 */
import assert from 'node:assert/strict';
import {createRequire} from 'node:module';
import {after, test} from 'node:test';
import type {AgoraChatStatic} from 'agora-chat';
import type {EasemobChat, EasemobChatStatic} from 'easemob-websdk';
import {SourceError, type SourceEvent} from '../../src/model/index.js';
import {EasemobSource} from '../../src/sources/easemob.js';

// Both are made for a page, and look for one as soon as they are loaded.
Object.assign(globalThis, {self: globalThis, window: globalThis, location: {protocol: 'https:', href: 'https://page.test/'}});
// Their timers would keep the process for ever.
after(() => setTimeout(() => process.exit(), 100));
const require = createRequire(import.meta.url);

/** Its own types leave out some of its events. */
interface Emitter {
  readonly handlerData: object;
  dispatch(event: string, value?: unknown): void;
}

for (const name of ['easemob-websdk', 'agora-chat']) {
  const {default: sdk} = withDefault(require(name) as EasemobChatStatic | AgoraChatStatic);
  sdk.logger.disableAll();
  const make = (): EasemobChat.Connection =>
    new sdk.connection({appKey: 'org#app', isHttpDNS: false}) as unknown as EasemobChat.Connection;

  test(`${name}: before login every request and action is to be made again`, async () => {
    const source = new EasemobSource(make(), {marks: {unread: 1, hide: 2}, includeEmpty: true});
    const {ops} = source.capabilities;
    assert.deepEqual(
      [...ops],
      ['pin', 'notify', 'markRead', 'markAllRead', 'markUnread', 'hide', 'mark', 'delete', 'clearHistory'],
    );
    const id = 'singleChat|bob';
    const calls: Record<string, () => Promise<unknown> | undefined> = {
      getPage: () => source.getPage({limit: 20}),
      getByIds: () => source.getByIds([id]),
      setPinned: () => source.setPinned?.(id, true),
      setNotify: () => source.setNotify?.(id, 'silent'),
      setHidden: () => source.setHidden?.(id, true),
      markUnread: () => source.markUnread?.(id, true),
      clearHistory: () => source.clearHistory?.(id),
    };
    for (const [call, run] of Object.entries(calls)) {
      await assert.rejects(run() ?? assert.fail(call), (error) => {
        assert.ok(error instanceof SourceError, call);
        assert.deepEqual([error.code, error.retryable], ['not-ready', true], call);
        return true;
      });
    }
    const results = [await source.delete?.([id]), await source.markRead?.([id]), await source.setMark?.([id], '5', true)];
    assert.deepEqual(results.map((result) => result?.[0]?.error?.code), ['not-ready', 'not-ready', 'not-ready']);
    source.dispose();
  });

  test(`${name}: events come by the SDK's own emitter, and none once nobody listens`, async () => {
    const connection = make();
    connection.user = 'me';
    const item = {conversationType: 'singleChat', conversationId: 'bob', isPinned: false, unReadCount: 1, lastMessage: null};
    const list = async (): Promise<unknown> => ({data: {conversations: [item], cursor: 'undefined'}});
    Object.assign(connection, {getServerConversations: list, getServerPinnedConversations: async () => ({data: {conversations: [], cursor: ''}})});
    const source = new EasemobSource(connection, {profiles: false, silentModes: false});
    const events: SourceEvent[] = [];
    const end = source.subscribe((event) => events.push(event));
    await source.getPage({limit: 20});
    const eventHandler = connection.eventHandler as unknown as Emitter;
    const message = sdk.message.create({type: 'txt', chatType: 'singleChat', to: 'me', msg: 'Hello'});
    eventHandler.dispatch('onMessage', [{...message, from: 'bob', time: 5}]);
    eventHandler.dispatch('onChannelMessage', {id: '1', type: 'channel', chatType: 'singleChat', from: 'bob', to: 'me', time: 9});
    eventHandler.dispatch('onReconnecting');
    eventHandler.dispatch('onDisconnected', {type: 206, message: 'elsewhere'});
    const [told, receipt, ...connections] = events;
    assert.ok(told?.type === 'upsert' && receipt?.type === 'upsert');
    const [bob] = told.conversations;
    assert.deepEqual([bob?.unreadCount, bob?.lastMessage?.text, bob?.lastMessage?.type], [2, 'Hello', 'text']);
    assert.equal(receipt.conversations[0]?.readUpTo, 9);
    assert.deepEqual(connections, [{type: 'connection', state: 'connecting'}, {type: 'connection', state: 'kicked'}]);
    assert.equal(Object.keys(eventHandler.handlerData).length, 1);
    end();
    assert.equal(Object.keys(eventHandler.handlerData).length, 0);
    source.dispose();
  });
}

function withDefault<T>(module: T | {default: T}): {default: T} {
  return typeof module === 'object' && module !== null && 'default' in module ? module : {default: module};
}
