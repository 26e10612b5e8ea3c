import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {Conversation} from '../../src/model/index.js';
import {RongSource} from '../../src/sources/rong.js';
import {runSourceConformance, type ConformanceSubject} from '../../src/testing/source-conformance.js';
import {FakeRong, type ServerConversation} from './fakes/rong.js';

const PIN = 1n << 62n;
const TYPES: Readonly<Record<number, Conversation['type']>> = {1: 'direct', 3: 'group', 6: 'system', 10: 'channel'};

function service(): {sdk: FakeRong; conversations: readonly Conversation[]} {
  const sdk = new FakeRong();
  const conversations: Conversation[] = [];
  const put = (type: number, id: string, fields: Partial<ServerConversation>, over: Partial<Conversation> = {}): void => {
    const {isTop, time, last, unread} = sdk.add(type, id, fields);
    const content = last?.content as {content: string} | undefined;
    const name = sdk.names.get(`1|${last?.senderUserId}`);
    conversations.push({
      id: `${type}|${id}`,
      type: TYPES[type] ?? 'unknown',
      targetId: id,
      title: id,
      orderKey: (isTop ? PIN : 0n) + BigInt(time),
      activeAt: time,
      pinned: isTop,
      unreadCount: unread,
      notify: 'all',
      marks: [],
      groups: [],
      lastMessage: last && {
        id: String(last.messageUId), senderId: String(last.senderUserId), isOwn: false, type: 'text',
        text: content?.content ?? assert.fail(), sentAt: Number(last.sentTime), state: 'normal',
        ...(name !== undefined && {senderName: name}),
      },
      ...over,
    });
  };
  sdk.names.set('1|bob', 'Bob');
  sdk.names.set('1|ann', 'Ann');
  sdk.names.set('3|7', 'Seven');
  sdk.tags.set('work', {name: 'Work', members: new Set(['3|7', '1|draft'])});
  sdk.drafts.set('1|draft', 'To be sent');
  put(1, 'bob', {unread: 3}, {title: 'Bob'});
  put(3, '7', {unread: 2, mentioned: {type: 1, me: 1}}, {title: 'Seven', mention: 'both', groups: ['work']});
  put(1, 'muted', {level: 5, unread: 4}, {notify: 'silent'});
  put(3, '8', {level: 1}, {notify: 'mentions'});
  put(1, 'draft', {}, {draft: {text: 'To be sent'}, groups: ['work']});
  put(1, 'pin', {isTop: true});
  put(6, 'news', {});
  put(3, '9', {isTop: true, unread: 1, last: null}, {});
  return {sdk, conversations};
}

function subject(mostPerPage: number): ConformanceSubject {
  const {sdk, conversations} = service();
  sdk.mostPerPage = mostPerPage;
  return {
    source: new RongSource(sdk),
    conversations,
    change: (id) => sdk.arrive(id),
    add: () => {
      sdk.arrive('1|new');
      return '1|new';
    },
    remove: (id) => void sdk.conversations.delete(id),
    fail: () => void sdk.failures.push(20607),
    disconnect: () => {
      sdk.emit('SUSPEND', 30002);
      sdk.state = 'initialised';
    },
    reconnect: () => sdk.connect(),
    sync: () => sdk.connect(),
    logout: () => {
      sdk.state = 'initialised';
      sdk.emit('DISCONNECT', 2);
    },
    held: () => sdk.held,
  };
}

for (const mostPerPage of [100, 1, 3]) {
  await runSourceConformance(() => subject(mostPerPage), {
    describe,
    it,
    name: `RongSource, at most ${mostPerPage} in an answer`,
  });
}
