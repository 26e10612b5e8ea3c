import './inert-browser.js';
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import TencentCloudChat, {type ChatSDK} from '@tencentcloud/chat';
import LiteChat, {type ChatSDK as LiteSDK} from '@tencentcloud/lite-chat';
import {TencentSource} from '../../src/sources/tencent.js';

// The real types go in as they are.
export const takesChat = (chat: ChatSDK): TencentSource => new TencentSource(chat);
export const takesLite = (chat: LiteSDK): TencentSource => new TencentSource(chat);
// @ts-expect-error without a list to get
export const takesAnything = (): TencentSource => new TencentSource({on() {}, off() {}});

const EVENTS = {
  CONVERSATION_LIST_UPDATED: 'onConversationListUpdated',
  CONVERSATION_IN_GROUP_UPDATED: 'onConversationInGroupUpdated',
  TOTAL_UNREAD_MESSAGE_COUNT_UPDATED: 'onTotalUnreadMessageCountUpdated',
  CONVERSATION_GROUP_LIST_UPDATED: 'onConversationGroupListUpdated',
  SDK_READY: 'sdkStateReady',
  SDK_NOT_READY: 'sdkStateNotReady',
  NET_STATE_CHANGE: 'netStateChange',
  KICKED_OUT: 'kickedOut',
  USER_STATUS_UPDATED: 'onUserStatusUpdated',
};
const TYPES = {
  CONV_C2C: 'C2C', CONV_GROUP: 'GROUP', CONV_TOPIC: 'TOPIC', CONV_SYSTEM: '@TIM#SYSTEM',
  CONV_AT_ME: 1, CONV_AT_ALL: 2, CONV_AT_ALL_AT_ME: 3,
  // By the types of 3.6.6 the last two were 3 and 4.
  CONV_MARK_TYPE_STAR: 1, CONV_MARK_TYPE_UNREAD: 2, CONV_MARK_TYPE_FOLD: 4, CONV_MARK_TYPE_HIDE: 8,
  MSG_REMIND_ACPT_AND_NOTE: 'AcceptAndNotify', MSG_REMIND_ACPT_NOT_NOTE: 'AcceptNotNotify', MSG_REMIND_DISCARD: 'Discard',
  NOT_RECEIVE_OFFLINE_PUSH_EXCEPT_AT: 'AcceptNotNotifyExceptAt', NOT_RECEIVE_MSG_EXCEPT_AT: 'NotReceiveMsgExceptAt',
  READ_ALL_MSG: 'readAllMessage',
  NET_STATE_CONNECTED: 'connected', NET_STATE_CONNECTING: 'connecting', NET_STATE_DISCONNECTED: 'disconnected',
  KICKED_OUT_USERSIG_EXPIRED: 'userSigExpired',
  USER_STATUS_ONLINE: 1, USER_STATUS_OFFLINE: 2, USER_STATUS_UNLOGINED: 3,
  MSG_TEXT: 'TIMTextElem', MSG_IMAGE: 'TIMImageElem', MSG_AUDIO: 'TIMSoundElem', MSG_FILE: 'TIMFileElem', MSG_FACE: 'TIMFaceElem',
  MSG_VIDEO: 'TIMVideoFileElem', MSG_LOCATION: 'TIMLocationElem', MSG_GRP_TIP: 'TIMGroupTipElem', MSG_CUSTOM: 'TIMCustomElem',
  MSG_GRP_SYS_NOTICE: 'TIMGroupSystemNoticeElem', MSG_MERGER: 'TIMRelayElem',
};

const defined = (fields: object): object => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

for (const [name, sdk] of [['@tencentcloud/chat', TencentCloudChat], ['@tencentcloud/lite-chat', LiteChat]] as const) {
  describe(name, () => {
    const chat = sdk.create({SDKAppID: 1400000000}) as unknown as ChatSDK;
    chat.setLogLevel(4);

    it('has the constants that the source goes by', () => {
      const pick = (from: object, of: object) => Object.fromEntries(Object.keys(of).map((key) => [key, (from as Record<string, unknown>)[key]]));
      assert.deepEqual(pick(sdk.EVENT, EVENTS), EVENTS);
      // lite-chat lacks this one name; the state is the same.
      assert.deepEqual({NET_STATE_CONNECTED: 'connected', ...defined(pick(sdk.TYPES, TYPES))}, TYPES);
    });

    // lite-chat throws at once where chat rejects, and says 0 for the total.
    it('fails before login with 2024, which is `not-ready` and may pass', async () => {
      const source = new TencentSource(chat);
      const notReady = {name: 'SourceError', code: 'not-ready', retryable: true, nativeCode: 2024};
      await assert.rejects(source.getPage({limit: 50}), notReady);
      if (sdk === LiteChat) assert.equal(await source.getTotalUnread?.(), 0);
      else await assert.rejects(async () => source.getTotalUnread?.(), notReady);
      await assert.rejects(async () => source.setPinned?.('C2Ca', true), {name: 'SourceError'});
      assert.equal(source.selfId, undefined);
    });

    it('emits to handlers with their context, and no more once they are taken off with the same', {skip: sdk === LiteChat && 'lite-chat emits nothing before login'}, async () => {
      const context = {};
      const heard: unknown[] = [];
      function handler(this: unknown): void {
        heard.push(this);
      }
      // A call before login tells of its failure as an event too.
      const fail = (): Promise<unknown> => Promise.resolve().then(() => chat.getConversationList()).catch(() => undefined);
      chat.on('error', handler, context);
      await fail();
      const {length} = heard;
      assert.ok(length > 0 && heard.every((one) => one === context));
      chat.off('error', handler, context);
      await fail();
      assert.equal(heard.length, length);
    });

    it('is left with nothing by a source that nobody listens to any more', () => {
      const added = new Map<unknown, string>();
      const spied = new Proxy(chat, {
        get: (target, name) => {
          const value: unknown = Reflect.get(target, name);
          if (typeof value !== 'function') return value;
          return (...args: [string, unknown, unknown]) => {
            if (name === 'on') added.set(args[1], args[0]);
            if (name === 'off' && added.get(args[1]) === args[0]) added.delete(args[1]);
            return (value as (...args: unknown[]) => unknown).apply(target, args);
          };
        },
      });
      const source = new TencentSource(spied);
      const stops = [source.subscribe(() => undefined), source.subscribe(() => undefined)];
      assert.deepEqual([...added.values()].sort(), Object.values(EVENTS).sort());
      for (const stop of stops) stop();
      assert.equal(added.size, 0);
    });
  });
}
