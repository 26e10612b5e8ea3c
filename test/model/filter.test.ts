import assert from 'node:assert/strict';
import {test} from 'node:test';
import {matches, sameFilter, sameList, type Conversation, type ConversationFilter} from '../../src/model/index.js';
import {conversation} from '../store/support/conversations.js';

interface Example {
  readonly filter: ConversationFilter;
  readonly yes: readonly Partial<Conversation>[];
  readonly no: readonly Partial<Conversation>[];
}

const EXAMPLES: readonly Example[] = [
  {filter: {}, yes: [{}, {hidden: true}, {type: 'unknown'}], no: []},
  {filter: {types: ['direct']}, yes: [{}], no: [{type: 'group'}, {type: 'unknown'}]},
  {filter: {types: ['group', 'channel']}, yes: [{type: 'group'}, {type: 'channel'}], no: [{}, {type: 'system'}]},
  {filter: {types: []}, yes: [], no: [{}, {type: 'group'}]},
  {filter: {mark: 'star'}, yes: [{marks: ['star']}, {marks: ['fold', 'star']}], no: [{}, {marks: ['stars']}]},
  {filter: {mark: '4294967296'}, yes: [{marks: ['4294967296']}], no: [{}, {marks: ['4294967297']}]},
  {filter: {mark: ''}, yes: [{marks: ['']}], no: [{}]},
  {filter: {mark: null}, yes: [{}], no: [{marks: ['star']}]},
  {filter: {group: 'work'}, yes: [{groups: ['home', 'work']}], no: [{}, {groups: ['home']}]},
  {filter: {group: '__proto__'}, yes: [{groups: ['__proto__']}], no: [{}]},
  {filter: {group: null}, yes: [{}], no: [{groups: ['work']}]},
  {filter: {hasUnread: true}, yes: [{unreadCount: 1}, {marks: ['unread']}], no: [{}, {marks: ['star']}]},
  {filter: {hasUnread: false}, yes: [{}], no: [{unreadCount: 1}, {marks: ['unread']}]},
  {filter: {hasMention: true}, yes: [{mention: 'me'}, {mention: 'all'}, {mention: 'both'}], no: [{}]},
  {filter: {hasMention: false}, yes: [{}], no: [{mention: 'me'}]},
  {filter: {pinned: true}, yes: [{pinned: true}], no: [{}]},
  {filter: {pinned: false}, yes: [{}], no: [{pinned: true}]},
  {filter: {hidden: true}, yes: [{hidden: true}, {marks: ['hide']}], no: [{}, {hidden: false}]},
  {filter: {hidden: false}, yes: [{}, {hidden: false}], no: [{hidden: true}, {marks: ['hide']}, {hidden: false, marks: ['hide']}]},
  {filter: {ids: ['a', 'me']}, yes: [{}], no: [{id: 'b'}, {id: 'mea'}]},
  {filter: {ids: []}, yes: [], no: [{}]},
];

for (const {filter, yes, no} of EXAMPLES) {
  test(`matches: ${JSON.stringify(filter)} in both directions`, () => {
    for (const over of yes) assert.equal(matches(filter, conversation('me', 0, over)), true, JSON.stringify(over));
    for (const over of no) assert.equal(matches(filter, conversation('me', 0, over)), false, JSON.stringify(over));
  });
}

test('matches: all fields have to hold', () => {
  const filter: ConversationFilter = {
    types: ['group'], mark: 'star', group: 'work', hasUnread: true, hasMention: true, pinned: true, hidden: false, ids: ['me'],
  };
  const all = conversation('me', 0, {
    type: 'group', marks: ['star'], groups: ['work'], unreadCount: 2, mention: 'me', pinned: true,
  });
  assert.equal(matches(filter, all), true);
  const { mention: _, ...unmentioned } = all;
  const wrong: readonly Conversation[] = [
    {...all, type: 'direct'},
    {...all, marks: []},
    {...all, groups: []},
    {...all, unreadCount: 0},
    unmentioned,
    {...all, pinned: false},
    {...all, hidden: true},
    {...all, id: 'you'},
  ];
  for (const one of wrong) assert.equal(matches(filter, one), false);
});

test('sameFilter: each field counts, absence and null are two things', () => {
  const filters: readonly ConversationFilter[] = [
    {},
    {types: ['group']}, {types: ['group', 'direct']}, {types: []},
    {mark: 'a'}, {mark: 'b'}, {mark: null},
    {group: 'a'}, {group: 'b'}, {group: null},
    {hasUnread: true}, {hasUnread: false},
    {hasMention: true}, {hasMention: false},
    {pinned: true}, {pinned: false},
    {hidden: true}, {hidden: false},
    {ids: ['a']}, {ids: ['b']}, {ids: []},
  ];
  for (const [i, a] of filters.entries()) {
    for (const [j, b] of filters.entries()) {
      assert.equal(sameFilter(a, structuredClone(b)), i === j, `${JSON.stringify(a)} and ${JSON.stringify(b)}`);
    }
  }
});

test('sameList: absent, empty, equal, other length, other value', () => {
  assert.equal(sameList(undefined, undefined), true);
  assert.equal(sameList(undefined, []), false);
  assert.equal(sameList([], undefined), false);
  assert.equal(sameList([], []), true);
  assert.equal(sameList(['a', 'b'], ['a', 'b']), true);
  assert.equal(sameList(['a', 'b'], ['b', 'a']), false);
  assert.equal(sameList(['a'], ['a', 'b']), false);
});
