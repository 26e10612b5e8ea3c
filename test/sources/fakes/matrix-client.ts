import type {MatrixSdkClient, MatrixSdkEvent, MatrixSdkMember, MatrixSdkRoom} from '../../../src/sources/matrix.js';
import {SELF, type FakeHomeserver, type ServerEvent, type ServerRoom} from './homeserver.js';

type Json = Record<string, unknown>;
type Listener = (...args: unknown[]) => void;

/** An event as the SDK has it; edits and redactions change it in place. */
export class FakeEvent implements MatrixSdkEvent {
  status: string | null = null;
  redacted = false;
  replaced: Json | undefined;
  /** Instead of the encrypted one. */
  clear: {type: string; content: Json} | undefined;

  constructor(readonly raw: Partial<ServerEvent>, readonly roomId?: string) {}

  getId = (): string | undefined => this.raw.event_id;
  getType = (): string => this.clear?.type ?? this.raw.type ?? '';
  getSender = (): string | undefined => this.raw.sender;
  getTs = (): number => this.raw.origin_server_ts as number;
  getContent = (): object => (this.redacted ? {} : (this.replaced ?? this.clear?.content ?? this.raw.content ?? {}));
  getRoomId = (): string | undefined => this.roomId;
  isRedacted = (): boolean => this.redacted;
}

/** A room as the SDK has it: an object that lives on and changes. */
export class FakeRoom implements MatrixSdkRoom {
  name = '';
  tags: Json = {};
  membership = 'join';
  readonly timeline: FakeEvent[] = [];
  readonly pending: FakeEvent[] = [];
  readonly data = new Map<string, FakeEvent>();
  readonly members = new Map<string, MatrixSdkMember>();
  readonly reads = new Map<string, {data: {ts: number}}>();
  unread = {total: 0, highlight: 0};
  space = false;
  stamp: number | undefined;
  avatar: string | null = null;
  others: string[] = [];

  constructor(readonly roomId: string) {}

  getMyMembership = (): string => this.membership;
  getMxcAvatarUrl = (): string | null => this.avatar;
  getAvatarFallbackMember = (): MatrixSdkMember | undefined => (this.others.length === 1 ? this.members.get(this.others[0] ?? '') : undefined);
  getMember = (user: string): MatrixSdkMember | null => this.members.get(user) ?? null;
  getLiveTimeline = (): {getEvents: () => FakeEvent[]} => ({getEvents: () => this.timeline});
  getPendingEvents = (): FakeEvent[] => {
    if (this.pending.length === 0) throw new Error('Cannot call getPendingEvents with pendingEventOrdering == chronological');
    return this.pending;
  };
  // Joins and leaves count, and an empty room gives a number that no date can hold.
  getLastActiveTimestamp = (): number => this.timeline.at(-1)?.getTs() ?? Number.MIN_SAFE_INTEGER;
  getBumpStamp = (): number | undefined => this.stamp;
  getUnreadNotificationCount = (type?: 'total' | 'highlight'): number => this.unread[type ?? 'total'];
  getAccountData = (type: string): FakeEvent | undefined => this.data.get(type);
  getReadReceiptForUserId = (user: string): {data: {ts: number}} | null => this.reads.get(user) ?? null;
  getDMInviter = (): string | undefined => {
    const invite = this.members.get(SELF)?.events.member;
    const {is_direct: direct} = (invite?.getContent() ?? {}) as Json;
    return this.membership === 'invite' && direct === true ? invite?.getSender() : undefined;
  };
  isSpaceRoom = (): boolean => this.space;
}

/** `MatrixClient`, with the order and the gaps of its events, over a homeserver that it syncs with. */
export class FakeMatrixClient implements MatrixSdkClient {
  clientRunning = true;
  state: string | null = 'PREPARED';
  user: string | null = SELF;
  readonly rooms = new Map<string, FakeRoom>();
  readonly presences = new Map<string, string>();
  readonly #data = new Map<string, FakeEvent>();
  readonly #listeners = new Map<string, Listener[]>();
  readonly #home: FakeHomeserver;
  #at = -1;
  #online = true;

  constructor(home: FakeHomeserver, {prepared = true} = {}) {
    this.#home = home;
    const touch = home.touch.bind(home);
    home.touch = (room) => {
      const at = touch(room);
      queueMicrotask(() => this.sync());
      return at;
    };
    if (!prepared) {
      this.state = null;
      this.#online = false;
    }
    this.sync();
  }

  get held(): number {
    return [...this.#listeners.values()].reduce((sum, {length}) => sum + length, 0);
  }

  readonly http = {
    authedRequest: async (method: string, path: string, _query: undefined, body?: object): Promise<unknown> => {
      const response = await this.#home.fetch(`https://matrix.example.org/_matrix/client/v3${path}`, {
        method, headers: {authorization: `Bearer ${this.#home.token}`}, ...(body && {body: JSON.stringify(body)}),
      });
      const data = (await response.json()) as Json;
      if (response.ok) return data;
      // MatrixError
      throw Object.assign(new Error(`${String(data['errcode'])}`), {name: String(data['errcode']), httpStatus: response.status, errcode: data['errcode'], data});
    },
  };

  on(event: string, listener: Listener): this {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
    return this;
  }

  off(event: string, listener: Listener): this {
    this.#listeners.set(event, (this.#listeners.get(event) ?? []).filter((other) => other !== listener));
    return this;
  }

  emit(event: string, ...args: unknown[]): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(...args);
  }

  getUserId = (): string | null => this.user;
  getRooms = (): FakeRoom[] => [...this.rooms.values()];
  getRoom = (id: string): FakeRoom | null => this.rooms.get(id) ?? null;
  // Of whom nothing was told it says offline.
  getUser = (user: string): {presence: string; lastPresenceTs: number} => {
    const presence = this.presences.get(user);
    return {presence: presence ?? 'offline', lastPresenceTs: presence === undefined ? 0 : 1};
  };
  getAccountData = (type: string): FakeEvent | undefined => this.#data.get(type);
  getSyncState = (): string | null => this.state;
  // While it reconnects, it says no.
  isInitialSyncComplete = (): boolean => this.state === 'PREPARED' || this.state === 'SYNCING';
  mxcUrlToHttp = (mxc: string, width?: number, height?: number, method?: string): string =>
    `https://matrix.example.org/_matrix/media/v3/thumbnail/${mxc.slice(6)}?width=${width}&height=${height}&method=${method}`;

  async forget(id: string): Promise<unknown> {
    await this.http.authedRequest('POST', `/rooms/${encodeURIComponent(id)}/forget`, undefined, {});
    this.rooms.delete(id);
    this.emit('deleteRoom', id);
    return {};
  }

  move(state: string, data?: object): void {
    const before = this.state;
    this.state = state;
    this.emit('sync', state, before, data);
  }

  /** The first sync is over. */
  prepare(): void {
    this.#online = true;
    this.sync();
    this.move('PREPARED');
  }

  disconnect(): void {
    this.#online = false;
    this.move('RECONNECTING');
    this.move('ERROR', {error: Object.assign(new Error('fetch failed'), {name: 'ConnectionError'})});
    this.state = 'RECONNECTING';
  }

  reconnect(): void {
    this.#online = true;
    this.move('CATCHUP');
    this.sync();
    this.move('SYNCING');
  }

  /** Takes in what the server has, and tells of it as the SDK does. */
  sync(): void {
    if (!this.#online || this.#at >= this.#home.stream) return;
    const from = this.#at;
    this.#at = this.#home.stream;
    for (const [type, {at, content}] of this.#home.globals) {
      if (at <= from) continue;
      const event = new FakeEvent({type, content: structuredClone(content)});
      this.#data.set(type, event);
      this.emit('accountData', event);
    }
    for (const room of this.#home.rooms.values()) if (room.changed > from) this.#take(room, from);
    if (from < 0 || this.state === null) return;
    // By then edits have been worked in.
    void Promise.resolve().then(() => undefined).then(() => undefined).then(() => {
      if (this.#online) this.move('SYNCING');
    });
  }

  #take(room: ServerRoom, from: number): void {
    const known = this.rooms.get(room.id);
    // Forgotten here, and left by what the server says.
    if (!known && room.membership === 'leave') return;
    const one = known ?? new FakeRoom(room.id);
    for (const {at, event} of room.events) if (at > from) this.#event(one, new FakeEvent(structuredClone(event), room.id), event, known !== undefined);
    one.others = room.others;
    one.avatar = room.avatar ?? null;
    one.space = room.type === 'm.space';
    one.name = room.name ?? room.others.map((user) => one.getMember(user)?.name).join(', ');
    for (const [type, {at, content}] of room.data) {
      if (at <= from) continue;
      const event = new FakeEvent({type, content: structuredClone(content)}, room.id);
      one.data.set(type, event);
      if (type === 'm.tag') {
        one.tags = structuredClone(content['tags']) as Json;
        this.emit('Room.tags', event, one);
      }
      // Before the client tells of the room itself.
      this.emit('Room.accountData', event, one);
    }
    for (const {at, content} of room.receipts) {
      if (at <= from) continue;
      for (const [, kinds] of Object.entries(content)) {
        const users = (kinds as Record<string, Record<string, {ts: number}>>)['m.read'] ?? {};
        for (const [user, {ts}] of Object.entries(users)) one.reads.set(user, {data: {ts: Math.max(ts, one.reads.get(user)?.data.ts ?? 0)}});
      }
      this.emit('Room.receipt', new FakeEvent({type: 'm.receipt', content}), one);
    }
    if (room.typing.at > from) {
      for (const user of room.others) {
        const member = one.getMember(user) as {typing: boolean} | null;
        const typing = room.typing.users.includes(user);
        if (!member || member.typing === typing) continue;
        member.typing = typing;
        this.emit('RoomMember.typing', new FakeEvent({type: 'm.typing'}), member);
      }
    }
    // Told on the room, not by the client.
    one.unread = {total: room.unread, highlight: room.highlights};
    if (known) {
      const {membership} = one;
      one.membership = room.membership;
      if (membership !== room.membership) this.emit('Room.myMembership', one, room.membership, membership);
      return;
    }
    one.membership = room.membership;
    this.rooms.set(room.id, one);
    this.emit('Room', one);
  }

  #event(room: FakeRoom, event: FakeEvent, raw: ServerEvent, tells: boolean): void {
    const {state_key: key, type, content} = raw;
    if (type === 'm.room.member' && key !== undefined) {
      room.members.set(key, {
        userId: key, roomId: room.roomId, name: (content['displayname'] as string | undefined) ?? key, typing: false,
        events: {member: event}, getMxcAvatarUrl: () => content['avatar_url'] as string | undefined,
      });
    }
    if (type === 'm.room.redaction') {
      const target = room.timeline.find((one) => one.getId() === content['redacts']);
      if (target) target.redacted = true;
      if (tells) this.emit('Room.redaction', event, room);
    }
    // Whoever writes has read.
    room.reads.set(raw.sender, {data: {ts: raw.origin_server_ts}});
    room.timeline.push(event);
    if (tells) this.emit('Room.timeline', event, room, false, false, {liveEvent: true});
    const relation = content['m.relates_to'] as Json | undefined;
    if (relation?.['rel_type'] !== 'm.replace') return;
    // The SDK works an edit in later than it tells of it.
    queueMicrotask(() => queueMicrotask(() => {
      const target = room.timeline.find((one) => one.getId() === relation['event_id']);
      if (target) target.replaced = content['m.new_content'] as Json;
    }));
  }
}
