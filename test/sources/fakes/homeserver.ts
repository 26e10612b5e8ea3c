/** A homeserver in the same process: the parts of the client-server API that a list of rooms needs, with Synapse's ways. */

export const SELF = '@me:example.org';
export const HOMESERVER = 'https://matrix.example.org';
export const TOKEN = 'syt_token';

type Json = Record<string, unknown>;

export interface ServerEvent extends Json {
  readonly event_id: string;
  readonly type: string;
  readonly sender: string;
  readonly origin_server_ts: number;
  readonly content: Json;
  readonly state_key?: string;
}

/** A room as the server keeps it for this person. */
export interface ServerRoom {
  readonly id: string;
  name?: string;
  avatar?: string;
  /** `m.space` is one. */
  type?: string;
  others: string[];
  membership: 'join' | 'invite' | 'leave';
  readonly events: {at: number; event: ServerEvent}[];
  readonly data: Map<string, {at: number; content: Json}>;
  unread: number;
  highlights: number;
  typing: {at: number; users: string[]};
  receipts: {at: number; content: Json}[];
  /** Raised by messages. */
  stamp: number;
  changed: number;
}

/** An answer that is none. */
export interface Failure {
  readonly status: number;
  readonly body?: Json;
}

/** What a sliding connection has been told up to a position. */
interface Position {
  readonly at: number;
  readonly sent: ReadonlySet<string>;
}

export class FakeHomeserver {
  readonly rooms = new Map<string, ServerRoom>();
  readonly globals = new Map<string, {at: number; content: Json}>();
  readonly presences = new Map<string, {at: number; presence: string}>();
  readonly names = new Map<string, string>();
  readonly avatars = new Map<string, string>();
  /** The next requests for sliding sync fail so; `offline` is no answer at all. */
  readonly failures: (Failure | 'offline')[] = [];
  /** Every request fails so while it is set. */
  down: Failure | 'offline' | undefined;
  /** Requests whose path contains one of these never settle. */
  readonly hanging = new Set<string>();
  readonly requests: {method: string; path: string; query: URLSearchParams; body: Json}[] = [];
  token = TOKEN;
  /** Synapse says 0 for what is unread in sliding sync. */
  slidingCounts = false;
  slides = true;
  stream = 0;
  now = 1_700_000_000_000;
  #positions = new Map<string, Position>();
  #waiting = new Set<() => void>();
  #ids = 0;

  /** Requests that wait for an answer. */
  get held(): number {
    return this.#waiting.size;
  }

  readonly fetch: typeof globalThis.fetch = async (input, init = {}) => {
    const url = new URL(typeof input === 'string' || input instanceof URL ? input : input.url);
    const {method = 'GET', signal, body, headers} = init;
    const path = decodeURI(url.pathname);
    const json = typeof body === 'string' && body !== '' ? (JSON.parse(body) as Json) : {};
    this.requests.push({method, path, query: url.searchParams, body: json});
    signal?.throwIfAborted();
    if ([...this.hanging].some((part) => path.includes(part))) await this.#wait(2 ** 31 - 1, signal ?? undefined);
    const failure = this.down ?? (path.includes('simplified_msc3575') ? this.failures.shift() : undefined);
    if (failure === 'offline') throw new TypeError('fetch failed');
    if (failure) return answer(failure.status, failure.body ?? {});
    if (new Headers(headers).get('authorization') !== `Bearer ${this.token}`) {
      return answer(401, {errcode: 'M_UNKNOWN_TOKEN', error: 'Unrecognised access token', soft_logout: true});
    }
    const {status = 200, body: said} = await this.#route(method, url, json, signal ?? undefined);
    return answer(status, said);
  };

  /** What happens from now on reaches those who wait. */
  touch(room?: ServerRoom): number {
    const at = ++this.stream;
    if (room) room.changed = at;
    queueMicrotask(() => {
      for (const wake of [...this.#waiting]) wake();
    });
    return at;
  }

  add(id: string, fields: Partial<ServerRoom> = {}): ServerRoom {
    const room: ServerRoom = {
      id, others: ['@bob:example.org'], membership: 'join', events: [], data: new Map(), unread: 0, highlights: 0,
      typing: {at: 0, users: []}, receipts: [], stamp: 0, changed: 0, ...fields,
    };
    this.rooms.set(id, room);
    this.state(room, 'm.room.create', '', {...(room.type !== undefined && {type: room.type})}, '@bob:example.org');
    const {membership} = room;
    this.state(room, 'm.room.member', SELF, {membership}, membership === 'invite' ? room.others[0] : SELF);
    for (const user of room.others) this.state(room, 'm.room.member', user, this.#profile(user), user);
    if (room.name !== undefined) this.state(room, 'm.room.name', '', {name: room.name});
    room.stamp = this.stream;
    return room;
  }

  #profile(user: string): Json {
    const [name, avatar] = [this.names.get(user), this.avatars.get(user)];
    return {membership: 'join', ...(name !== undefined && {displayname: name}), ...(avatar !== undefined && {avatar_url: avatar})};
  }

  event(room: ServerRoom, type: string, content: Json, sender = room.others[0] ?? SELF, more: Json = {}): ServerEvent {
    const event: ServerEvent = {
      event_id: `$${++this.#ids}`, type, sender, origin_server_ts: (this.now += 1000), content, ...more,
    };
    room.events.push({at: this.touch(room), event});
    return event;
  }

  state(room: ServerRoom, type: string, key: string, content: Json, sender = '@bob:example.org'): ServerEvent {
    return this.event(room, type, content, sender, {state_key: key});
  }

  /** Somebody writes. */
  say(room: ServerRoom, body: string, {sender, content = {}, mention = false}: {sender?: string; content?: Json; mention?: boolean} = {}): ServerEvent {
    const event = this.event(room, 'm.room.message', {msgtype: 'm.text', body, ...content}, sender);
    room.stamp = this.stream;
    if (event.sender !== SELF) {
      room.unread++;
      if (mention) room.highlights++;
    }
    return event;
  }

  setData(room: ServerRoom, type: string, content: Json): void {
    room.data.set(type, {content, at: this.touch(room)});
  }

  setGlobal(type: string, content: Json): void {
    this.globals.set(type, {content, at: this.touch()});
  }

  tag(room: ServerRoom, tag: string, on = true): void {
    const tags = {...(room.data.get('m.tag')?.content['tags'] as Json | undefined)};
    if (on) tags[tag] = {};
    else delete tags[tag];
    this.setData(room, 'm.tag', {tags});
  }

  direct(room: ServerRoom): void {
    const before = {...this.globals.get('m.direct')?.content} as Record<string, string[]>;
    const [peer = ''] = room.others;
    this.setGlobal('m.direct', {...before, [peer]: [...(before[peer] ?? []), room.id]});
  }

  receipt(room: ServerRoom, user: string, eventId: string): void {
    const content = {[eventId]: {'m.read': {[user]: {ts: (this.now += 1000)}}}};
    room.receipts.push({content, at: this.touch(room)});
  }

  type(room: ServerRoom, users: string[]): void {
    room.typing = {users, at: this.touch(room)};
  }

  leave(room: ServerRoom): void {
    room.membership = 'leave';
    this.state(room, 'm.room.member', SELF, {membership: 'leave'}, SELF);
  }

  /** The server restarts: it knows no position any more. */
  forgetPositions(): void {
    this.#positions.clear();
    this.touch();
  }

  async #route(method: string, url: URL, body: Json, signal?: AbortSignal): Promise<{status?: number; body: Json}> {
    const path = url.pathname.replace(/^\/_matrix\/client\/(?:v3|r0)/, '');
    const [, first, ...rest] = path.split('/').map(decodeURIComponent);
    // What the SDK asks before it syncs.
    if (path === '/_matrix/client/versions') return {body: {versions: ['v1.11'], unstable_features: {}}};
    if (path === '/capabilities') return {body: {capabilities: {}}};
    if (first === 'user' && rest[1] === 'filter') return {body: {filter_id: '1'}};
    if (path === '/account/whoami') return {body: {user_id: SELF}};
    if (path === '/sync') return this.#sync(url.searchParams, signal);
    if (url.pathname.endsWith('simplified_msc3575/sync')) return this.#slide(url.searchParams, body, signal);
    if (first === 'pushrules') return this.#pushRule(method, rest, body);
    const room = this.rooms.get((first === 'rooms' ? rest[0] : rest[2]) ?? '');
    if (first === 'user' && rest[1] === 'rooms') return this.#roomData(method, room, rest.slice(3), body);
    if (first === 'rooms') return this.#roomAction(room, rest[1] ?? '', body);
    return UNRECOGNISED;
  }

  #roomData(method: string, room: ServerRoom | undefined, [kind, name = '']: string[], body: Json): {status?: number; body: Json} {
    if (room?.membership !== 'join') return FORBIDDEN;
    if (kind === 'tags') this.tag(room, name, method === 'PUT');
    else this.setData(room, name, body);
    return {body: {}};
  }

  #roomAction(room: ServerRoom | undefined, action: string, body: Json): {status?: number; body: Json} {
    if (!room) return FORBIDDEN;
    if (action === 'leave') this.leave(room);
    else if (action === 'forget') this.rooms.delete(room.id);
    else if (action === 'read_markers') {
      const event = String(body['m.read']);
      if (!room.events.some((one) => one.event.event_id === event)) return {status: 404, body: {errcode: 'M_NOT_FOUND'}};
      room.unread = room.highlights = 0;
      this.setData(room, 'm.fully_read', {event_id: body['m.fully_read']});
      this.receipt(room, SELF, event);
    } else return UNRECOGNISED;
    return {body: {}};
  }

  #pushRule(method: string, [, kind = '', id = '']: string[], body: Json): {status?: number; body: Json} {
    const content = structuredClone(this.globals.get('m.push_rules')?.content ?? {global: {}}) as {global: Record<string, Json[]>};
    if (method === 'GET') return {body: content};
    const rules = (content.global[kind] ?? []).filter((rule) => rule['rule_id'] !== id);
    if (method === 'DELETE' && rules.length === (content.global[kind] ?? []).length) {
      return {status: 404, body: {errcode: 'M_NOT_FOUND'}};
    }
    if (method === 'PUT') rules.unshift({rule_id: id, enabled: true, default: false, ...body});
    content.global[kind] = rules;
    this.setGlobal('m.push_rules', content);
    return {body: {}};
  }

  /** The classic sync. */
  async #sync(query: URLSearchParams, signal?: AbortSignal): Promise<{body: Json}> {
    const since = query.get('since') === null ? undefined : Number(query.get('since'));
    // The source's own, which wants no state.
    const slim = query.get('filter')?.includes('"state":{"types":[]}') === true;
    const changed = (): boolean => since === undefined || this.stream > since;
    if (!changed()) await this.#wait(Number(query.get('timeout') ?? 0), signal);
    const from = since ?? -1;
    const [join, leave, invite]: [Json, Json, Json] = [{}, {}, {}];
    for (const room of this.rooms.values()) {
      if (room.changed <= from) continue;
      if (room.membership === 'leave') {
        if (since !== undefined) leave[room.id] = {timeline: {events: fresh(room.events, from)}, state: {events: []}};
      } else if (room.membership === 'invite') invite[room.id] = {invite_state: {events: stripped(room)}};
      else join[room.id] = this.#joined(room, from, slim);
    }
    return {
      body: {
        next_batch: String(this.stream),
        account_data: {events: globals(this.globals, from)},
        presence: {
          events: [...this.presences].filter(([, {at}]) => at > from)
            .map(([sender, {presence}]) => ({type: 'm.presence', sender, content: {presence}})),
        },
        rooms: {join, leave, invite},
      },
    };
  }

  #joined(room: ServerRoom, from: number, slim: boolean): Json {
    const events = fresh(room.events, from);
    const ephemeral = room.receipts.filter(({at}) => at > from).map(({content}) => ({type: 'm.receipt', content}));
    if (room.typing.at > from) ephemeral.push({type: 'm.typing', content: {user_ids: room.typing.users}});
    const data = [...room.data].filter(([, {at}]) => at > from).map(([type, {content}]) => ({type, content}));
    return {
      timeline: {events: slim ? events.slice(-1) : events, limited: false, prev_batch: 'p'},
      state: {events: []},
      account_data: {events: data},
      ephemeral: {events: ephemeral},
      unread_notifications: {notification_count: room.unread, highlight_count: room.highlights},
      summary: {},
    };
  }

  /** Simplified sliding sync. */
  async #slide(query: URLSearchParams, body: Json, signal?: AbortSignal): Promise<{status?: number; body: Json}> {
    if (!this.slides) return UNRECOGNISED;
    const pos = query.get('pos');
    const before = pos === null ? {at: -1, sent: new Set<string>()} : this.#positions.get(pos);
    const unknown = {status: 400, body: {errcode: 'M_UNKNOWN_POS', error: 'Unknown position'}};
    if (!before) return unknown;
    const lists = body['lists'] as Record<string, {ranges: [number, number][]; filters?: Json; timeline_limit: number}>;
    const asked = (): {counts: Json; ids: Set<string>} => {
      const ids = new Set(Object.keys((body['room_subscriptions'] ?? {}) as Json).filter((id) => this.rooms.has(id)));
      const counts = Object.entries(lists).map(([name, {ranges, filters = {}}]) => {
        const rooms = this.#listed(filters);
        for (const [from, to] of ranges) for (const {id} of rooms.slice(from, to + 1)) ids.add(id);
        return [name, {count: rooms.length}];
      });
      return {counts: Object.fromEntries(counts) as Json, ids};
    };
    const news = (): boolean => {
      const {ids} = asked();
      return [...ids].some((id) => !before.sent.has(id)) || this.stream > before.at;
    };
    if (!news()) await this.#wait(Number(query.get('timeout') ?? 0), signal);
    if (pos !== null && !this.#positions.has(pos)) return unknown;
    const {counts, ids} = asked();
    const limit = lists['all']?.timeline_limit ?? 1;
    const left = [...before.sent].filter((id) => this.rooms.get(id)?.membership === 'leave');
    const told = [...ids, ...left].flatMap((id) => {
      const room = this.rooms.get(id);
      if (!room) return [];
      if (!before.sent.has(id)) return [[id, this.#slid(room, -1, limit, true)]];
      return room.changed > before.at ? [[id, this.#slid(room, before.at, limit, false)]] : [];
    });
    const rooms = Object.fromEntries(told) as Json;
    const next = String(++this.#ids);
    this.#positions.set(next, {at: this.stream, sent: new Set([...before.sent, ...ids])});
    return {body: {pos: next, lists: counts, rooms, extensions: this.#extensions(before, ids)}};
  }

  #listed({not_room_types: not, tags}: Json): ServerRoom[] {
    const has = (room: ServerRoom, tag: string): boolean => tag in ((room.data.get('m.tag')?.content['tags'] ?? {}) as Json);
    return [...this.rooms.values()]
      .filter(({membership, type}) => membership !== 'leave' && !(type !== undefined && (not as string[] | undefined)?.includes(type)))
      .filter((room) => !tags || (tags as string[]).some((tag) => has(room, tag)))
      .sort((a, b) => b.stamp - a.stamp);
  }

  #slid(room: ServerRoom, from: number, limit: number, initial: boolean): Json {
    const {membership, stamp: bump_stamp, name, avatar} = room;
    const heroes = room.others.slice(0, 5).map((user_id) => {
      const {displayname, avatar_url} = this.#profile(user_id);
      return {user_id, ...(displayname !== undefined && {displayname}), ...(avatar_url !== undefined && {avatar_url})};
    });
    const head = {
      bump_stamp, ...(initial && {initial}), ...(name === undefined ? {heroes} : {name}), ...(avatar !== undefined && {avatar}),
      is_dm: Object.values(this.globals.get('m.direct')?.content ?? {}).some((ids) => (ids as string[]).includes(room.id)),
    };
    if (membership === 'invite') return {...head, invite_state: stripped(room)};
    const events = fresh(room.events, from).slice(-limit);
    const senders = new Set(events.map(({sender}) => sender));
    const state = room.events.map(({event}) => event).filter(({type, state_key}) =>
      type === 'm.room.create' || (type === 'm.room.member' && senders.has(String(state_key))));
    return {
      ...head,
      joined_count: room.others.length + 1,
      invited_count: 0,
      notification_count: this.slidingCounts ? room.unread : 0,
      highlight_count: this.slidingCounts ? room.highlights : 0,
      timeline: events,
      ...(initial && {required_state: state}),
    };
  }

  #extensions({at, sent}: Position, ids: ReadonlySet<string>): Json {
    const part = (read: (room: ServerRoom, from: number) => unknown): Json =>
      Object.fromEntries([...ids].flatMap((id) => {
        const room = this.rooms.get(id);
        const found = room && read(room, sent.has(id) ? at : -1);
        return found === undefined ? [] : [[id, found]];
      }));
    return {
      account_data: {
        global: globals(this.globals, at),
        rooms: part(({data}, from) => {
          const events = [...data].filter(([, one]) => one.at > from).map(([type, {content}]) => ({type, content}));
          return events.length > 0 ? events : undefined;
        }),
      },
      typing: {rooms: part(({typing}, from) => typing.at > from && typing.at > 0 ? {type: 'm.typing', content: {user_ids: typing.users}} : undefined)},
      receipts: {
        rooms: part(({receipts}, from) => {
          const some = receipts.filter((one) => one.at > from);
          return some.length > 0 ? {type: 'm.receipt', content: Object.assign({}, ...some.map(({content}) => content)) as Json} : undefined;
        }),
      },
    };
  }

  /** Until something happens, or the time is over. */
  #wait(ms: number, signal?: AbortSignal): Promise<void> {
    if (ms === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const end = (settle: () => void): void => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        signal?.removeEventListener('abort', abort);
        settle();
      };
      const abort = (): void => end(() => reject(new DOMException('This operation was aborted', 'AbortError')));
      // One that never comes needs no timer, which would keep the process from ending.
      const comes = ms < 2 ** 30;
      const wake = (): void => (comes ? end(resolve) : undefined);
      const timer = comes ? setTimeout(() => end(resolve), ms) : undefined;
      if (signal?.aborted === true) return abort();
      signal?.addEventListener('abort', abort);
      this.#waiting.add(wake);
    });
  }
}

const UNRECOGNISED = {status: 404, body: {errcode: 'M_UNRECOGNIZED', error: 'Unrecognized request'}};
const FORBIDDEN = {status: 403, body: {errcode: 'M_FORBIDDEN', error: 'You are not in this room'}};

function answer(status: number, body: Json): Response {
  return new Response(JSON.stringify(body), {status, headers: {'content-type': 'application/json'}});
}

function fresh(events: ServerRoom['events'], from: number): ServerEvent[] {
  return events.filter(({at}) => at > from).map(({event}) => structuredClone(event));
}

function globals(all: FakeHomeserver['globals'], from: number): Json[] {
  return [...all].filter(([, {at}]) => at > from).map(([type, {content}]) => ({type, content: structuredClone(content)}));
}

function stripped(room: ServerRoom): Json[] {
  return room.events.filter(({event}) => event.state_key !== undefined)
    .map(({event: {type, sender, content, state_key}}) => ({type, sender, content, state_key}));
}
