/** The source over the real module, without a network: what it refuses, how it throws, and whom it lets listen. */
import assert from 'node:assert/strict';
import {after, test} from 'node:test';
import * as RongIMLib from '@rongcloud/imlib-next';
import {SourceError} from '../../src/model/index.js';
import {RongSource} from '../../src/sources/rong.js';

// Its timers would keep the process for ever.
after(() => setTimeout(() => process.exit(), 100));
const OPS = ['pin', 'notify', 'markRead', 'markAllRead', 'delete', 'clearHistory', 'draft', 'groups'];

test('the module has a function for each action', () => {
  assert.deepEqual([...new RongSource(RongIMLib).capabilities.ops], OPS);
});

test('every event that is listened to is one of the SDK\'s', () => {
  const heard: string[] = [];
  const spy = {...RongIMLib, addEventListener: (type: string) => void heard.push(type)};
  new RongSource(spy).subscribe(() => undefined)();
  const known = new Set<string>(Object.values(RongIMLib.Events));
  assert.ok(heard.length > 10);
  assert.deepEqual(heard.filter((type) => !known.has(type)), []);
});

test('the numbers are the SDK\'s', () => {
  const {ConversationType, NotificationLevel, SentStatus, MessageDirection, ErrorCode} = RongIMLib;
  assert.deepEqual(
    [ConversationType.PRIVATE, ConversationType.GROUP, ConversationType.SYSTEM, ConversationType.ULTRA_GROUP],
    [1, 3, 6, 10],
  );
  assert.deepEqual([NotificationLevel.ALL_MESSAGE, NotificationLevel.NOT_MESSAGE_NOTIFICATION], [-1, 5]);
  assert.deepEqual([SentStatus.SENDING, SentStatus.FAILED, SentStatus.READ, MessageDirection.SEND], [10, 20, 50, 1]);
  assert.deepEqual(
    [ErrorCode.BIZ_ERROR_CLIENT_NOT_INIT, ErrorCode.RC_NET_UNAVAILABLE, ErrorCode.METHOD_BUSY, ErrorCode.ACTIVE_DISCONNECT],
    [33001, 30002, 33103, 2],
  );
});

test('before init() every request and action is to be made again, and nothing throws', async () => {
  const source = new RongSource(RongIMLib);
  const end = source.subscribe(() => undefined);
  assert.equal(source.selfId, '');
  const id = '1|bob';
  const calls: Record<string, () => Promise<unknown> | undefined> = {
    getPage: () => source.getPage({limit: 20}),
    getByIds: () => source.getByIds([id]),
    getTotalUnread: () => source.getTotalUnread(),
    setPinned: () => source.setPinned?.(id, true),
    setNotify: () => source.setNotify?.(id, 'silent'),
    setDraft: () => source.setDraft?.(id, 'x'),
    clearHistory: () => source.clearHistory?.(id),
    markAllRead: () => source.markRead?.('all'),
    list: () => source.groups?.list(),
    create: () => source.groups?.create('Work', [id]),
  };
  for (const [call, run] of Object.entries(calls)) {
    await assert.rejects(run() ?? assert.fail(call), (error) => {
      assert.ok(error instanceof SourceError, call);
      assert.deepEqual([error.code, error.retryable, error.nativeCode], ['not-ready', true, 33001], call);
      return true;
    });
  }
  const results = [await source.delete?.([id]), await source.markRead?.([id])];
  assert.deepEqual(results.map((result) => result?.[0]?.error?.code), ['not-ready', 'not-ready']);
  end();
  source.dispose();
});
