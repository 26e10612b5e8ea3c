import type {NotifyLevel, Presence} from '../../model/conversation.js';
import {SourceError} from '../../model/errors.js';
import type {ConnectionState} from '../../model/source.js';
import {countsOf, invitation, isListed, isMarked, lastOf} from './client-room.js';
import type {MatrixCore, MatrixService, RoomCount} from './core.js';
import {sessionState, toMatrixError} from './errors.js';
import {toMessage, type EventView} from './messages.js';
import {directRooms, presenceOf, type RoomFacts} from './rooms.js';
import {roomLevels} from './rules.js';
import type {Json, MatrixMedia, MatrixSdkClient, MatrixSdkEvent, MatrixSdkMember, MatrixSdkRoom} from './types.js';

/** By the SDK's sync state. */
const STATES: Readonly<Record<string, ConnectionState>> = {
  PREPARED: 'online',
  SYNCING: 'online',
  CATCHUP: 'online',
  RECONNECTING: 'connecting',
  ERROR: 'offline',
  STOPPED: 'offline',
};

type Handlers = Readonly<Record<string, (...args: unknown[]) => void>>;
type Named = {readonly roomId?: string} | undefined;

/** The rooms of the SDK's client, all of which it has in memory once its first sync is over. */
export class ClientService implements MatrixService {
  readonly #client: MatrixSdkClient;
  readonly #core: MatrixCore;
  readonly #media: MatrixMedia;
  readonly #handlers: Handlers;
  /** An account data's content, and what was made of it. */
  #direct: readonly [unknown, ReadonlyMap<string, string>] = [undefined, new Map()];
  #levels: readonly [unknown, ReadonlyMap<string, NotifyLevel>] = [undefined, new Map()];
  /** Since the last sync: the SDK tells of edits before they show. */
  #recent = new Set<string>();
  /** By room, its counts as seen last. */
  readonly #counts = new Map<string, string>();
  #state: ConnectionState | undefined;
  #syncing = false;
  #wasReady = false;
  #waiting: (() => void)[] = [];
  /** By room, those who write: their names by their ids. */
  readonly #typing = new Map<string, ReadonlyMap<string, string>>();
  /** When an invitation was seen first: it comes without a time. */
  readonly #invitedAt = new Map<string, number>();
  /** The SDK has the server's stamps. */
  #stamped = false;

  constructor(client: MatrixSdkClient, core: MatrixCore, media: MatrixMedia) {
    this.#client = client;
    this.#core = core;
    this.#media = media;
    this.#handlers = this.#listen();
  }

  get self(): string | undefined {
    return this.#client.getUserId() ?? undefined;
  }

  get frontier(): number {
    return this.#ready ? -Infinity : Infinity;
  }

  get pushRules(): unknown {
    return this.#accountData('m.push_rules');
  }

  *ids(): Iterable<string> {
    for (const {roomId} of this.#client.getRooms()) yield roomId;
  }

  read(id: string): RoomFacts | undefined {
    const room = this.#client.getRoom(id);
    if (!room || !isListed(room)) return undefined;
    const invited = room.getMyMembership() === 'invite';
    const peer = this.#directs().get(id) ?? (invited ? room.getDMInviter() : undefined);
    const other = peer === undefined ? undefined : room.getMember(peer);
    const picture = room.getMxcAvatarUrl() ?? (other ?? room.getAvatarFallbackMember())?.getMxcAvatarUrl();
    const last = lastOf(room);
    const nameOf = (user: string): string | undefined => room.getMember(user)?.name;
    return {
      id,
      stamp: this.#stamp(room, last, invited),
      name: room.name,
      avatarUrl: picture ? this.#media(picture) : undefined,
      members: undefined,
      peer,
      invited,
      tags: Object.keys(Object(room.tags) as Json),
      marked: isMarked(room),
      ...countsOf(room),
      notify: this.#rules().get(id) ?? 'all',
      last: last
        ? toMessage(last, {self: this.self, nameOf, media: this.#media})
        : invited ? invitation(room, this.self) : undefined,
      typing: [...(this.#typing.get(id)?.values() ?? [])],
      presence: peer === undefined ? undefined : this.#presence(peer),
      readUpTo: peer === undefined ? undefined : room.getReadReceiptForUserId(peer)?.data.ts,
      native: room,
    };
  }

  *counts(): Iterable<RoomCount> {
    for (const room of this.#client.getRooms()) {
      if (!isListed(room)) continue;
      const {roomId: id} = room;
      const tags = Object.keys(Object(room.tags) as Json);
      yield {id, tags, ...countsOf(room), notify: this.#rules().get(id) ?? 'all', invited: room.getMyMembership() === 'invite'};
    }
  }

  newest(id: string): string | undefined {
    const events = this.#client.getRoom(id)?.getLiveTimeline().getEvents() ?? [];
    // What is being sent has an id that only this device knows.
    return events.findLast((event) => event.status === null)?.getId();
  }

  async load(): Promise<void> {
    const client = this.#client;
    if (this.#ready) return;
    if (!client.clientRunning || client.getSyncState() === 'ERROR') {
      throw new SourceError('not-ready', 'The Matrix client has not synced yet');
    }
    // Without a listener nobody would tell that it has.
    if (this.#core.listeners.size === 0) throw new SourceError('not-ready', 'The Matrix client is syncing');
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  find(): Promise<void> {
    return this.load();
  }

  counted(): Promise<void> {
    return this.load();
  }

  request(method: string, path: string, body: object | undefined): Promise<unknown> {
    return this.#client.http.authedRequest(method as never, path, undefined, body);
  }

  forget(id: string): Promise<unknown> {
    return this.#client.forget(id);
  }

  start(): void {
    for (const [name, handler] of Object.entries(this.#handlers)) this.#client.on(name, handler);
    this.#changedCounts();
    this.#state = 'online';
    const state = this.#client.getSyncState();
    if (state !== null) this.#connection(STATES[state]);
  }

  stop(): void {
    for (const [name, handler] of Object.entries(this.#handlers)) this.#client.off(name, handler);
    this.#recent.clear();
    this.#counts.clear();
    this.#typing.clear();
    this.#syncing = false;
    this.#prepared();
  }

  /** The SDK takes for offline whom it knows nothing of. */
  #presence(user: string): Presence | undefined {
    const {presence, lastPresenceTs: told} = this.#client.getUser(user) ?? {};
    return told ? presenceOf(presence) : undefined;
  }

  #accountData(type: string): unknown {
    return this.#client.getAccountData(type as never)?.getContent();
  }

  #directs(): ReadonlyMap<string, string> {
    const content = this.#accountData('m.direct');
    if (content !== this.#direct[0]) this.#direct = [content, directRooms(content)];
    return this.#direct[1];
  }

  #rules(): ReadonlyMap<string, NotifyLevel> {
    const content = this.pushRules;
    if (content !== this.#levels[0]) this.#levels = [content, roomLevels(content)];
    return this.#levels[1];
  }

  /** The server's stamp under sliding sync; else the newest message's time, for the SDK's own counts joins and leaves. */
  #stamp(room: MatrixSdkRoom, last: EventView | undefined, invited: boolean): number {
    const stamp = room.getBumpStamp?.();
    this.#stamped ||= stamp !== undefined;
    if (this.#stamped) return stamp ?? 0;
    if (invited) {
      const at = this.#invitedAt.get(room.roomId) ?? Date.now();
      this.#invitedAt.set(room.roomId, at);
      return at;
    }
    // Below zero for a room without an event.
    return last?.ts ?? Math.max(0, room.getLastActiveTimestamp());
  }

  #connection(state: ConnectionState = 'offline'): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#core.emit({type: 'connection', state});
  }

  /** The first sync is over. While the SDK reconnects it says that it is not. */
  get #ready(): boolean {
    const client = this.#client;
    this.#wasReady ||= client.isInitialSyncComplete() || (client.getSyncState() !== null && client.getRooms().length > 0);
    return this.#wasReady;
  }

  #prepared(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** The rooms whose counts are others than before: of a change the SDK tells the room alone, and half done. */
  #changedCounts(): string[] {
    return this.#client.getRooms().flatMap((room) => {
      const {unread, highlights} = countsOf(room);
      const [count, before] = [`${unread} ${highlights}`, this.#counts.get(room.roomId)];
      this.#counts.set(room.roomId, count);
      return before === undefined || before === count ? [] : room.roomId;
    });
  }

  #listen(): Handlers {
    const core = this.#core;
    const touch = (id: string | undefined, ...fields: readonly (keyof RoomFacts)[]): void => {
      if (id === undefined || !this.#ready) return;
      this.#recent.add(id);
      const room = this.#client.getRoom(id);
      if (!room || !isListed(room)) core.gone(id);
      core.touch([id], ...fields);
    };
    const ofRoom = (room: Named): void => touch(room?.roomId);
    const secondRoom = (_event: unknown, room: Named): void => ofRoom(room);
    const ofEvent = (event: MatrixSdkEvent): void => touch(event.getRoomId());
    const handlers: Readonly<Record<string, (...args: never[]) => void>> = {
      sync: (state: string, _before: unknown, data: {error?: unknown} | undefined) => this.#sync(state, data?.error),
      Room: ofRoom,
      'Room.name': ofRoom,
      'Room.myMembership': ofRoom,
      'Room.timelineReset': ofRoom,
      'RoomMember.typing': (_event: unknown, member: MatrixSdkMember) => {
        const typing = new Map(this.#typing.get(member.roomId));
        if (member.typing && member.userId !== this.self) typing.set(member.userId, member.name);
        else typing.delete(member.userId);
        this.#typing.set(member.roomId, typing);
        ofRoom(member);
      },
      'Room.timeline': (_event: unknown, room: Named, toStart: boolean) => (toStart ? undefined : ofRoom(room)),
      'Room.localEchoUpdated': secondRoom,
      'Room.redaction': secondRoom,
      'Event.decrypted': ofEvent,
      'Room.tags': (_event: unknown, room: Named) => touch(room?.roomId, 'tags'),
      'Room.accountData': (_event: unknown, room: Named) => touch(room?.roomId, 'marked'),
      'Room.receipt': secondRoom,
      'RoomState.events': (event: MatrixSdkEvent) => {
        if (event.getType() === 'm.room.avatar') ofEvent(event);
      },
      deleteRoom: (id: string) => touch(id),
      accountData: (event: MatrixSdkEvent) => {
        if (/^m\.(?:direct|push_rules)$/.test(event.getType())) core.touch(this.ids(), 'notify');
      },
      'User.presence': (_event: unknown, user: {readonly userId?: string} | undefined) => {
        for (const [room, peer] of this.#directs()) if (peer === user?.userId) touch(room);
      },
      'Session.logged_out': (error: unknown) => this.#connection(sessionState(error)),
    };
    return handlers as Handlers;
  }

  #sync(state: string, error: unknown): void {
    const core = this.#core;
    // That the session is over is the reason for what follows, and stays until a sync succeeds.
    const over = this.#state === 'kicked' || this.#state === 'expired';
    if (!over || STATES[state] === 'online') this.#connection(STATES[state]);
    if (state === 'CATCHUP' || state === 'RECONNECTING') this.#begin();
    if (state === 'ERROR' || state === 'STOPPED') {
      if (this.#syncing) core.emit({type: 'sync', phase: 'fail', error: toMatrixError(error)});
      this.#syncing = false;
    }
    if (state === 'PREPARED') {
      this.#begin();
      this.#prepared();
      // Whoever asked before was refused.
      core.gap();
    }
    if (state !== 'PREPARED' && state !== 'SYNCING') return;
    core.touch(this.#changedCounts(), 'unread', 'highlights');
    core.touch(this.#syncing ? this.ids() : this.#recent);
    this.#recent = new Set();
    if (this.#syncing) core.emit({type: 'sync', phase: 'finish'});
    this.#syncing = false;
  }

  #begin(): void {
    if (!this.#syncing) this.#core.emit({type: 'sync', phase: 'start'});
    this.#syncing = true;
  }
}
