import type {LastMessage, Member, NotifyLevel, Presence} from '../../model/conversation.js';
import {frozen, text} from '../shared/rows.js';
import type {RoomCount} from './core.js';
import {entries, list, number, object} from './json.js';
import {stampOf, takeEvent, type Listed} from './listed.js';
import {toMessage} from './messages.js';
import {directRooms, presenceOf, type RoomFacts} from './rooms.js';
import {roomLevels} from './rules.js';
import type {Json, MatrixMedia} from './types.js';

/** What comes of all rooms, also of those that no list has reached. */
interface Aside {
  unread?: number;
  highlights?: number;
  tags: readonly string[];
  marked: boolean;
  invited: boolean;
  typing: readonly string[];
  /** By user, when they have read last. */
  readonly reads: Map<string, number>;
}

/** A field that changed in a room; none: many. */
export type Change = readonly [id: string, ...fields: (keyof RoomFacts)[]];

/** What a homeserver's answers say, put together. */
export class RoomBook {
  readonly rooms = new Map<string, Listed>();
  self: string | undefined;
  pushRules: unknown;
  readonly #asides = new Map<string, Aside>();
  /** Rooms that were left: both syncs tell of it, and one may still tell of what was before. */
  readonly #left = new Set<string>();
  readonly #presences = new Map<string, Presence>();
  #direct: ReadonlyMap<string, string> = new Map();
  #levels: ReadonlyMap<string, NotifyLevel> = new Map();
  readonly #media: MatrixMedia;

  constructor(media: MatrixMedia) {
    this.#media = media;
  }

  /** Forgets all but who it is. */
  clear(): void {
    this.rooms.clear();
    this.#asides.clear();
    this.#left.clear();
    this.#presences.clear();
  }

  /** Takes in an answer of sliding sync. */
  takeLists(answer: Json): Change[] {
    const {account_data: data, typing, receipts} = object(answer['extensions']);
    const {global, rooms} = object(data);
    const changes = entries(answer['rooms']).flatMap(([id, room]): Change[] => {
      // An update of a room that the other sync has said was left.
      if (room['initial'] !== true && !this.rooms.has(id)) return [];
      this.#takeRoom(id, room);
      return [[id]];
    });
    return [
      ...changes,
      ...this.#takeGlobal(global),
      ...entries(rooms).flatMap(([id]) => this.#takeData(id, object(rooms)[id])),
      ...[typing, receipts].flatMap((part) =>
        entries(object(part)['rooms']).flatMap(([id, event]) => this.#takeEphemeral(id, event)),
      ),
    ];
  }

  /** Takes in an answer of the classic sync. */
  takeSync(answer: Json): Change[] {
    const {join, leave, invite} = object(answer['rooms']);
    const people = list(object(answer['presence'])['events']).map(({sender, content}) => {
      const presence = presenceOf(object(content)['presence']);
      if (presence) this.#presences.set(String(sender), presence);
      return sender;
    });
    return [
      ...this.#takeGlobal(object(answer['account_data'])['events']),
      ...entries(join).flatMap(([id, room]): Change[] => {
        this.#left.delete(id);
        const aside = this.#aside(id);
        aside.invited = false;
        const counts = object(room['unread_notifications']);
        aside.unread = number(counts['notification_count']) ?? aside.unread ?? 0;
        aside.highlights = number(counts['highlight_count']) ?? aside.highlights ?? 0;
        return [
          [id, 'unread', 'highlights'],
          ...this.#takeData(id, object(room['account_data'])['events']),
          ...list(object(room['ephemeral'])['events']).flatMap((event) => this.#takeEphemeral(id, event)),
        ];
      }),
      ...entries(invite).map(([id, room]): Change => {
        this.#left.delete(id);
        const creation = list(object(room['invite_state'])['events']).find(({type}) => type === 'm.room.create');
        this.#aside(id).invited = object(creation?.['content'])['type'] !== 'm.space';
        return [id];
      }),
      ...entries(leave).flatMap(([id]): Change[] => {
        if (this.isGone(id)) return [];
        this.leave(id);
        return [[id]];
      }),
      ...[...this.rooms].flatMap(([id, room]): Change[] => (people.includes(this.#peer(id, room)) ? [[id]] : [])),
    ];
  }

  /** It was left. */
  isGone(id: string): boolean {
    return this.#left.has(id);
  }

  leave(id: string): void {
    this.rooms.delete(id);
    this.#asides.delete(id);
    this.#left.add(id);
  }

  /** The stamp of the room in this place, from the top. */
  stampAt(place: number): number {
    const stamps = Array.from(this.rooms.values(), (room) => stampOf(room)).sort((a, b) => b - a);
    return stamps[place] ?? -Infinity;
  }

  read(id: string): RoomFacts | undefined {
    const room = this.rooms.get(id);
    if (!room || room.space) return undefined;
    const {data, people, invited, invite, last} = room;
    const aside = this.#aside(id);
    const peer = this.#peer(id, room);
    const heroes = this.#heroes(room);
    const nameOf = (user: string): string | undefined => people.get(user)?.name;
    const avatar = text(data['avatar']) ?? (peer === undefined ? undefined : people.get(peer)?.avatar);
    return {
      id,
      stamp: stampOf(room),
      name: text(data['name']) ?? this.#nameOf(room, heroes),
      avatarUrl: avatar && this.#media(avatar),
      members: peer === undefined && heroes.length > 1 ? heroes : undefined,
      peer,
      invited,
      tags: aside.tags,
      marked: aside.marked,
      unread: aside.unread ?? number(data['notification_count']) ?? 0,
      highlights: aside.highlights ?? number(data['highlight_count']) ?? 0,
      notify: this.#levels.get(id) ?? 'all',
      last: invite
        ? frozen<LastMessage>({type: 'invite', state: 'normal', senderId: invite.sender, senderName: invite.sender && nameOf(invite.sender)})
        : last && toMessage(last, {self: this.self, nameOf, media: this.#media}),
      typing: aside.typing.filter((user) => user !== this.self).map((user) => nameOf(user) ?? user),
      presence: peer === undefined ? undefined : this.#presences.get(peer),
      readUpTo: peer === undefined ? undefined : aside.reads.get(peer),
      native: data,
    };
  }

  *counts(): Iterable<RoomCount> {
    for (const id of new Set([...this.#asides.keys(), ...this.rooms.keys()])) {
      const room = this.rooms.get(id);
      if (room?.space || this.#left.has(id)) continue;
      const {unread, invited, tags} = this.#aside(id);
      yield {
        id,
        tags,
        unread: unread ?? number(room?.data['notification_count']) ?? 0,
        notify: this.#levels.get(id) ?? 'all',
        invited: room?.invited ?? invited,
      };
    }
  }

  #aside(id: string): Aside {
    const known = this.#asides.get(id);
    if (known) return known;
    const aside: Aside = {tags: [], marked: false, invited: false, typing: [], reads: new Map()};
    this.#asides.set(id, aside);
    return aside;
  }

  #takeRoom(id: string, data: Json): void {
    if (data['initial'] === true) this.#left.delete(id);
    const before = data['initial'] === true ? undefined : this.rooms.get(id);
    const room: Listed = before ?? {data, people: new Map(), invited: false, space: false};
    // A new object: the one before was handed out.
    const kept = Object.entries(data).filter(([name]) => name !== 'timeline' && name !== 'required_state');
    room.data = Object.freeze({...before?.data, ...Object.fromEntries(kept)});
    this.rooms.set(id, room);
    for (const hero of list(data['heroes'])) {
      const name = text(hero['displayname']) ?? text(hero['name']);
      room.people.set(String(hero['user_id']), {name, avatar: text(hero['avatar_url']) ?? text(hero['avatar'])});
    }
    const invite = list(data['invite_state'] ?? data['stripped_state']);
    if (invite.length > 0) room.invited = true;
    for (const event of [...invite, ...list(data['required_state'])]) this.#takeState(id, room, event);
    for (const event of list(data['timeline'])) {
      if (event['state_key'] !== undefined) this.#takeState(id, room, event);
      takeEvent(room, event);
      // Whoever writes has read.
      this.#reads(this.#aside(id), String(event['sender']), number(event['origin_server_ts']) ?? 0);
    }
  }

  #takeState(id: string, room: Listed, event: Json): void {
    const {type, state_key: key, sender} = event;
    const {membership, displayname, avatar_url: avatar, is_direct: direct, type: kind} = object(event['content']);
    if (type === 'm.room.create') room.space = kind === 'm.space';
    if (type !== 'm.room.member' || typeof key !== 'string') return;
    room.people.set(key, {name: text(displayname), avatar: text(avatar)});
    if (key !== this.self) return;
    room.invited = membership === 'invite';
    if (room.invited) room.invite = {sender: text(sender), direct: direct === true};
    else delete room.invite;
    if (membership === 'leave' || membership === 'ban') this.leave(id);
  }

  #takeGlobal(events: unknown): Change[] {
    let all = false;
    for (const {type, content} of list(events)) {
      if (type === 'm.direct') this.#direct = directRooms(content);
      else if (type === 'm.push_rules') {
        this.pushRules = content;
        this.#levels = roomLevels(content);
      } else continue;
      all = true;
    }
    return all ? Array.from(this.rooms.keys(), (id): Change => [id, 'notify']) : [];
  }

  #takeData(id: string, events: unknown): Change[] {
    return list(events).flatMap(({type, content}): Change[] => {
      const aside = this.#aside(id);
      if (type === 'm.tag') {
        aside.tags = Object.keys(object(object(content)['tags']));
        return [[id, 'tags']];
      }
      if (type !== 'm.marked_unread' && type !== 'com.famedly.marked_unread') return [];
      aside.marked = object(content)['unread'] === true;
      return [[id, 'marked']];
    });
  }

  #takeEphemeral(id: string, {type, content}: Json): Change[] {
    const aside = this.#aside(id);
    if (type === 'm.typing') {
      const users: unknown = object(content)['user_ids'];
      aside.typing = Array.isArray(users) ? users.filter((user): user is string => typeof user === 'string') : [];
      return [[id]];
    }
    if (type !== 'm.receipt') return [];
    for (const [, kinds] of entries(content)) {
      for (const [user, receipt] of Object.values(kinds).flatMap(entries)) {
        this.#reads(aside, user, number(receipt['ts']) ?? 0);
      }
    }
    return [[id]];
  }

  #reads(aside: Aside, user: string, ts: number): void {
    if (ts > (aside.reads.get(user) ?? 0)) aside.reads.set(user, ts);
  }

  #peer(id: string, {data, invite}: Listed): string | undefined {
    const known = this.#direct.get(id) ?? (invite?.direct ? invite.sender : undefined);
    if (known !== undefined || data['is_dm'] !== true) return known;
    return text(list(data['heroes'])[0]?.['user_id']);
  }

  #heroes({data, people}: Listed): readonly Member[] {
    return list(data['heroes']).flatMap((hero): Member[] => {
      const id = text(hero['user_id']);
      if (id === undefined || id === this.self) return [];
      const {name, avatar} = people.get(id) ?? {};
      return [frozen<Member>({id, name, avatarUrl: avatar && this.#media(avatar)})];
    });
  }

  /** A room without a name goes by those in it. */
  #nameOf({data}: Listed, heroes: readonly Member[]): string | undefined {
    const names = heroes.map(({id, name}) => name ?? id).join(', ');
    const others = (number(data['joined_count']) ?? 0) + (number(data['invited_count']) ?? 0) - 1;
    return names === '' ? undefined : others > heroes.length ? `${names} +${others - heroes.length}` : names;
  }
}
