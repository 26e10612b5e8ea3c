import assert from 'node:assert/strict';
import {test} from 'node:test';
import {sameConversation, type Conversation, type LastMessage} from '../../src/model/index.js';

const NATIVE = {sdk: 1};
const MESSAGE: Required<LastMessage> = {
  id: 'm1', senderId: 'u1', senderName: 'Ada', isOwn: false, type: 'text', text: 'hello', sentAt: 5, state: 'normal', peerRead: false,
  fileName: 'a.pdf', durationMs: 6, thumbnailUrl: 'https://a.example/t.png', deliveryState: 'read',
};
const FULL: Required<Conversation> = {
  id: 'c1', type: 'group', targetId: 't1', title: 'Team', avatarUrl: 'https://a.example/1.png',
  members: [{id: 'u1', name: 'Ada', avatarUrl: 'https://a.example/2.png'}, {}], verified: true, tags: ['vip'],
  orderKey: 2n ** 60n, activeAt: 4,
  pinned: false, hidden: false, unreadCount: 1, unreadIsLowerBound: false, mention: 'me', presence: 'online', typing: ['Ada'],
  notify: 'all', marks: ['star'], groups: ['work'], draft: {text: 'so', editedAt: 3}, lastMessage: MESSAGE, readUpTo: 2,
  customData: 'x', native: NATIVE,
};

/** Another value for each field. */
const OTHER: {readonly [K in keyof Conversation]-?: readonly unknown[]} = {
  id: ['c2'],
  type: ['direct'],
  targetId: ['t2', undefined],
  title: ['Teams', ''],
  avatarUrl: ['https://a.example/2.png', undefined],
  members: [[{id: 'u1', name: 'Bo', avatarUrl: 'https://a.example/2.png'}, {}], [{}], [], undefined],
  verified: [false, undefined],
  tags: [['new'], ['vip', 'new'], [], undefined],
  orderKey: [2n ** 60n + 1n],
  activeAt: [5, undefined],
  pinned: [true],
  hidden: [true, undefined],
  unreadCount: [2],
  unreadIsLowerBound: [true, undefined],
  mention: ['all', undefined],
  presence: ['away', undefined],
  typing: [['Bo'], ['Ada', 'Bo'], [], undefined],
  notify: ['off'],
  marks: [['fold'], ['star', 'fold'], []],
  groups: [['home'], []],
  draft: [{text: 'so'}, {text: 'no', editedAt: 3}, {text: 'so', editedAt: 4}, undefined],
  lastMessage: [null, undefined],
  readUpTo: [3, undefined],
  customData: ['y', undefined],
  native: [{sdk: 1}, undefined],
};

test('sameConversation: a copy says the same', () => {
  const copy: Conversation = {
    ...FULL,
    members: FULL.members.map((member) => ({...member})),
    tags: [...FULL.tags],
    typing: [...FULL.typing],
    marks: [...FULL.marks],
    groups: [...FULL.groups],
    draft: {...FULL.draft},
    lastMessage: {...MESSAGE},
  };
  assert.equal(sameConversation(FULL, copy), true);
  assert.equal(sameConversation(FULL, FULL), true);
});

for (const [field, values] of Object.entries(OTHER)) {
  test(`sameConversation: another ${field} is a change, in both directions`, () => {
    for (const value of values) {
      const other = {...FULL, [field]: value} as Conversation;
      assert.equal(sameConversation(FULL, other), false, String(value));
      assert.equal(sameConversation(other, FULL), false, String(value));
    }
  });
}

for (const field of Object.keys(MESSAGE) as (keyof LastMessage)[]) {
  test(`sameConversation: another lastMessage.${field} is a change`, () => {
    for (const value of ['other', undefined]) {
      const other = {...FULL, lastMessage: {...MESSAGE, [field]: value} as unknown as LastMessage};
      assert.equal(sameConversation(FULL, other), false);
      assert.equal(sameConversation(other, FULL), false);
    }
  });
}

test('sameConversation: an unknown and an absent last message are two things', () => {
  const {lastMessage: _, ...unknown} = FULL;
  assert.equal(sameConversation(unknown, {...FULL, lastMessage: null}), false);
});
