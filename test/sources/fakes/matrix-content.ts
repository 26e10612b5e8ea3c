import assert from 'node:assert/strict';
import type {Conversation} from '../../../src/model/index.js';
import type {ConformanceSubject} from '../../../src/testing/source-conformance.js';
import {FakeHomeserver, HOMESERVER, SELF, type ServerRoom} from './homeserver.js';

const PIN = 1n << 62n;

/** See {@link content}. */
export interface Content {
  readonly home: FakeHomeserver;
  readonly conversations: readonly Conversation[];
}

/**
 * A homeserver with rooms of all sorts, and how a list shows them.
 *
 * @param stamped - whether the order is by the server's stamp; else by the last message's time
 */
export function content(stamped: boolean): Content {
  const home = new FakeHomeserver();
  const made: [ServerRoom, Partial<Conversation>][] = [];
  const put = (name: string, fields: Partial<ServerRoom> = {}, over: Partial<Conversation> = {}): ServerRoom => {
    const room = home.add(`!${name}:example.org`, {name, ...fields});
    made.push([room, over]);
    return room;
  };
  home.names.set('@bob:example.org', 'Bob');
  home.names.set('@ann:example.org', 'Ann');
  home.avatars.set('@ann:example.org', 'mxc://example.org/ann');
  const group: Partial<Conversation> = {type: 'group'};
  const one = put('one', {}, group);
  const quiet = put('quiet', {}, {...group, notify: 'silent', unreadCount: 4});
  const mentions = put('mentions', {}, {...group, notify: 'mentions'});
  const pinned = put('pinned', {}, {...group, pinned: true});
  const low = put('low', {}, {...group, marks: ['fold'], groups: ['Work']});
  const marked = put('marked', {}, {...group, marks: ['unread']});
  const called = put('called', {}, {...group, mention: 'me', unreadCount: 2});
  const old = put('old', {}, {...group, pinned: true, groups: ['Work']});
  const ann = put('Ann', {name: undefined as never, others: ['@ann:example.org']}, {
    type: 'direct', targetId: '@ann:example.org', avatarUrl: picture('ann'), unreadCount: 1, readUpTo: 0,
  });
  for (const room of [old, one, quiet, mentions, pinned, low, marked, called, ann]) home.say(room, `in ${room.id}`, {sender: SELF});
  for (let i = 0; i < 4; i++) home.say(quiet, 'again');
  home.say(called, 'you', {mention: true});
  home.say(called, 'there');
  const {event_id: read} = home.say(ann, 'mine', {sender: SELF});
  home.receipt(ann, '@ann:example.org', read);
  // Whoever writes has read.
  const {origin_server_ts: readUpTo} = home.say(ann, 'Hello');
  home.direct(ann);
  home.tag(pinned, 'm.favourite');
  home.tag(old, 'm.favourite');
  home.tag(old, 'u.Work');
  home.tag(low, 'm.lowpriority');
  home.tag(low, 'u.Work');
  home.setData(marked, 'm.marked_unread', {unread: true});
  home.setGlobal('m.push_rules', {
    global: {
      override: [{rule_id: quiet.id, enabled: true, actions: [], conditions: [{kind: 'event_match', key: 'room_id', pattern: quiet.id}]}],
      // As clients wrote it before Matrix 1.7.
      room: [{rule_id: mentions.id, enabled: true, actions: ['dont_notify']}],
    },
  });
  home.add('!space:example.org', {name: 'Space', type: 'm.space'});
  const conversations = made.map(([room, over]): Conversation => {
    const {event} = room.events.findLast((each) => each.event.type === 'm.room.message') ?? assert.fail();
    const stamp = BigInt(stamped ? room.stamp : event.origin_server_ts);
    const senderName = event.sender === SELF ? (stamped ? undefined : SELF) : home.names.get(event.sender);
    const {pinned: isPinned = false, readUpTo: reads, ...rest} = over;
    return {
      id: room.id, title: room === ann ? 'Ann' : (room.name ?? ''), orderKey: (isPinned ? PIN : 0n) + stamp, activeAt: event.origin_server_ts,
      pinned: isPinned, unreadCount: 0, notify: 'all', marks: [], groups: [], type: 'group',
      lastMessage: {
        id: event.event_id, senderId: event.sender, isOwn: event.sender === SELF, type: 'text', text: String(event.content['body']),
        sentAt: event.origin_server_ts, state: 'normal', ...(senderName !== undefined && {senderName}),
      },
      ...(reads !== undefined && {readUpTo}),
      ...rest,
    };
  });
  return {home, conversations};
}

function picture(id: string): string {
  return `${HOMESERVER}/_matrix/media/v3/thumbnail/example.org/${id}?width=96&height=96&method=crop`;
}

/** What moves the server in the kit's checks. */
export function controls(home: FakeHomeserver): Pick<ConformanceSubject, 'change' | 'add' | 'remove'> {
  const room = (id: string): ServerRoom => home.rooms.get(id) ?? assert.fail(id);
  return {
    change: (id) => void home.say(room(id), 'news', {sender: '@bob:example.org'}),
    add: () => {
      const added = home.add('!new:example.org', {name: 'new'});
      home.say(added, 'first');
      return added.id;
    },
    remove: (id) => home.leave(room(id)),
  };
}
