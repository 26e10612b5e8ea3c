import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {Conversation} from '../../src/model/index.js';
import {EasemobSource} from '../../src/sources/easemob.js';
import {runSourceConformance, type ConformanceSubject} from '../../src/testing/source-conformance.js';
import {FakeEasemob, rejection, SELF} from './fakes/easemob.js';

const PIN = 1n << 62n;
const NAMES = new Map([['ann', 'Ann'], ['bob', 'Bob']]);
const MARKS = {star: 0, unread: 1, hide: 2, fold: 3};

/** Two pinned, and of every kind that the kit looks for. */
function server(): {sdk: FakeEasemob; conversations: readonly Conversation[]} {
  const sdk = new FakeEasemob();
  const conversations: Conversation[] = [];
  const put = (
    type: 'singleChat' | 'groupChat',
    id: string,
    fields: Parameters<FakeEasemob['add']>[2],
    over: Partial<Conversation> = {},
  ): void => {
    sdk.add(type, id, fields);
    const {pinnedTime, last, unread} = sdk.conversations.get(`${type}|${id}`) ?? assert.fail();
    const time = last?.time ?? 0;
    conversations.push({
      id: `${type}|${id}`,
      type: type === 'groupChat' ? 'group' : 'direct',
      targetId: id,
      title: id,
      orderKey: pinnedTime > 0 ? PIN + BigInt(pinnedTime) : BigInt(time),
      pinned: pinnedTime > 0,
      unreadCount: unread,
      notify: 'all',
      marks: [],
      groups: [],
      ...(time > 0 && {activeAt: time}),
      lastMessage: last && {
        id: String(last.id), senderId: String(last.from), isOwn: false, type: 'text', text: String(last.msg),
        sentAt: time, state: 'normal', ...(NAMES.has(String(last.from)) && {senderName: String(NAMES.get(String(last.from)))}),
      },
      ...over,
    });
  };
  sdk.infos['bob'] = {nickname: 'Bob', avatarurl: 'https://a.test/bob'};
  sdk.infos['ann'] = {nickname: 'Ann'};
  sdk.groups.push({id: '7', name: 'Seven', affiliations: [{owner: 'ann'}, {member: 'bob'}]});
  sdk.silent.user['muted'] = {type: 'NONE'};
  sdk.silent.group['8'] = {type: 'AT'};
  put('singleChat', 'bob', {unread: 3}, {title: 'Bob', avatarUrl: 'https://a.test/bob'});
  put('groupChat', '7', {unread: 2, last: {from: 'ann', ext: {em_at_list: [SELF]}}}, {
    title: 'Seven', mention: 'me',
    members: [{id: 'ann', name: 'Ann'}, {id: 'bob', name: 'Bob', avatarUrl: 'https://a.test/bob'}],
  });
  put('singleChat', 'muted', {marks: [0]}, {notify: 'silent', marks: ['star']});
  put('groupChat', '8', {marks: [1, 9], last: {from: 'ann'}}, {notify: 'mentions', marks: ['unread', '9']});
  put('singleChat', 'hidden', {marks: [2]}, {marks: ['hide']});
  put('singleChat', 'old pin', {pinnedTime: 5}, {});
  put('singleChat', 'plain', {});
  put('groupChat', '9', {pinnedTime: 9, unread: 1, last: {from: 'ann'}}, {});
  return {sdk, conversations};
}

function subject(mostPerPage: number): ConformanceSubject {
  const {sdk, conversations} = server();
  sdk.mostPerPage = mostPerPage;
  const source = new EasemobSource(sdk, {marks: MARKS, includeEmpty: true});
  return {
    source,
    conversations,
    change: (id) => void sdk.arrive(id),
    add: () => {
      sdk.arrive('singleChat|new');
      return 'singleChat|new';
    },
    remove: (id) => {
      const [conversationType, conversationId] = id.split('|') as ['singleChat', string];
      sdk.conversations.delete(id);
      sdk.dispatch('onMultiDeviceEvent', {operation: 'deleteConversation', conversationType, conversationId, timestamp: 1});
    },
    fail: () => void sdk.failures.push(rejection(500, 'Server is busy.', 429)),
    disconnect: () => {
      sdk.dispatch('onReconnecting');
      sdk.connected = false;
    },
    reconnect: () => sdk.login(),
    sync: () => {
      sdk.dispatch('onOfflineMessageSyncStart');
      sdk.dispatch('onOfflineMessageSyncFinish');
    },
    logout: () => sdk.logout(),
    held: () => Object.keys(sdk.handlers).length,
  };
}

for (const mostPerPage of [50, 1, 3]) {
  await runSourceConformance(() => subject(mostPerPage), {
    describe,
    it,
    name: `EasemobSource, at most ${mostPerPage} in an answer`,
  });
}
