import type {Conversation, Presence} from '../../model/conversation.js';
import {countsInTotal} from '../../model/conversation.js';
import {SourceError, toSourceError} from '../../model/errors.js';
import type {ConnectionState, SourceEvent} from '../../model/source.js';
import {Listeners} from '../shared/listeners.js';
import type {Standing, XmppConnection} from './connection.js';
import {lost} from './errors.js';
import {Gate} from './gate.js';
import {parseJid} from './jid.js';
import {XmppSession, type SessionEvents} from './session.js';
import type {Bookmark, Settings} from './settings.js';
import {keyOf, snapshot, type Contact} from './snapshot.js';
import {Tally} from './tally.js';

/** What the parts of a source ask of each other, beyond what is here. */
export interface Parts extends Omit<SessionEvents, 'stand'> {
  /** After each login: what the account has. */
  load(): Promise<void>;
  /** What was known belongs to a session that is over. */
  forget(): void;
  /** The unread total, as the server or the rows have it; `goesOn` if it may ask for more rows. */
  total(goesOn: boolean): Promise<number>;
  dispose(): void;
}

/** What the source and its parts share: the session, what is known of conversations, and those who listen. */
export class XmppCore {
  readonly session: XmppSession;
  readonly listeners = new Listeners(() => {
    // Who listens again has to hear how it stands.
    if (this.#opened) this.emit({type: 'connection', state: this.#state});
    else this.open();
  });
  readonly rows = new Map<string, Tally>();
  readonly contacts = new Map<string, Contact>();
  readonly bookmarks = new Map<string, Bookmark>();
  readonly settings = new Map<string, Settings>();
  /** By conversation, the message in the archive up to which the person has read. */
  readonly displayed = new Map<string, string | undefined>();
  readonly presences = new Map<string, Presence>();
  readonly avatars = new Map<string, string>();
  /** What the account's server announces. */
  features: ReadonlySet<string> = new Set();
  /** Another one at each login that goes on with nothing: what was asked for before it is void. */
  epoch = 0;
  /** The time of the newest message that is known, in milliseconds. */
  newestAt = 0;
  /** As last told; `undefined` until somebody has asked, -1 if it could not be said. */
  shownTotal: number | undefined;

  readonly #parts: (core: XmppCore) => Parts;
  #made: Parts | undefined;
  readonly #gate = new Gate();
  #opened = false;
  #state: ConnectionState = 'connecting';
  #loaded = false;
  /** The connection stands, but what the account has could not be loaded: the next request tries again. */
  #failed = false;
  #disposed = false;
  #user = '';
  #counting = false;
  #recount = false;

  constructor(connection: XmppConnection, timeoutMs: number, parts: (core: XmppCore) => Parts) {
    this.#parts = parts;
    this.session = new XmppSession(connection, timeoutMs, {
      message: (stanza) => this.parts.message(stanza),
      presence: (stanza) => this.parts.presence(stanza),
      request: (iq) => this.parts.request(iq),
      stand: (standing) => this.#stand(standing),
    });
  }

  get parts(): Parts {
    return (this.#made ??= this.#parts(this));
  }

  get disposed(): boolean {
    return this.#disposed;
  }

  get self(): string {
    return this.session.self;
  }

  /** Connects, once. */
  open(): void {
    if (this.#opened || this.#disposed) return;
    this.#opened = true;
    this.session.connection.open(this.session);
  }

  /** @throws SourceError why it is not online; `aborted`. */
  ready(signal?: AbortSignal): Promise<void> {
    this.open();
    if (this.#failed) void this.#begin();
    return this.#gate.pass(signal);
  }

  emit(...events: SourceEvent[]): void {
    if (!this.#disposed) this.listeners.emit(...events);
  }

  /** Of what is not a conversation's yet, a new one. */
  row(id: string): Tally {
    const row = this.rows.get(id) ?? new Tally();
    this.rows.set(id, row);
    return row;
  }

  key(id: string): bigint {
    return keyOf(this.row(id), this.settings.get(id), this.bookmarks.get(id));
  }

  /** Whether there is such a conversation: with a message, or kept by the person. */
  exists(id: string): boolean {
    const row = this.rows.get(id);
    if (!row) return false;
    const settings = this.settings.get(id);
    if (this.#isDeleted(row, settings)) return false;
    return Boolean(row.last) || this.bookmarks.has(id) || settings?.pinned === true || settings?.draft !== undefined;
  }

  /** By the message, as each device has a clock of its own; by the time for one that is not in the archive. */
  #isDeleted({last, at}: Tally, {deleted}: Partial<Settings> = {}): boolean {
    return deleted !== undefined && (deleted.at >= at || (deleted.id !== undefined && deleted.id === last?.archiveId));
  }

  show(id: string): Conversation {
    return snapshot({
      id,
      tally: this.row(id),
      contact: this.contacts.get(id),
      bookmark: this.bookmarks.get(id),
      settings: this.settings.get(id),
      presence: this.presences.get(id),
      avatarUrl: this.avatars.get(id),
      nameOf: (jid) => this.contacts.get(jid)?.name || (parseJid(jid)?.local ?? jid),
    });
  }

  /** Tells how these stand now, and the unread total if it has changed. */
  tell(ids: Iterable<string>): void {
    const given = [...new Set(ids)];
    const conversations = given.filter((id) => this.exists(id)).map((id) => this.show(id));
    if (conversations.length > 0) this.emit({type: 'upsert', conversations});
    void this.count();
  }

  /** Tells the unread total if it has changed and somebody has asked for it; once for what happens at once. */
  async count(): Promise<void> {
    this.#recount = true;
    if (this.shownTotal === undefined || this.#counting) return;
    this.#counting = true;
    for (; this.#recount; ) {
      this.#recount = false;
      await undefined;
      const total = await this.parts.total(false).catch(() => undefined);
      if (total === undefined || total === this.shownTotal) continue;
      this.shownTotal = total;
      this.emit({type: 'unread', total});
    }
    this.#counting = false;
  }

  /** The unread messages of what is known, without what is silent. */
  sum(ids: Iterable<string>): number {
    return [...ids]
      .filter((id) => this.exists(id))
      .map((id) => this.show(id))
      .reduce((total, one) => total + (countsInTotal(one) ? one.unreadCount : 0), 0);
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    const error = new SourceError('aborted', 'The source was disposed of');
    this.#gate.shut(error);
    this.session.fail(error);
    this.#made?.dispose();
    this.session.connection.close();
  }

  #stand({state, error, fresh}: Standing): void {
    this.#failed = false;
    this.#state = state;
    this.emit({type: 'connection', state});
    if (state === 'online') return fresh || !this.#loaded ? void this.#begin() : this.#gate.open();
    // A session that may be resumed keeps what is asked until then.
    if (state !== 'connecting') this.#gate.shut(error ?? lost());
  }

  async #begin(): Promise<void> {
    const epoch = ++this.epoch;
    const before = this.#user;
    this.#user = this.self;
    this.#loaded = this.#failed = false;
    this.#gate.wait();
    for (const map of [this.rows, this.contacts, this.bookmarks, this.settings, this.displayed, this.presences]) map.clear();
    this.parts.forget();
    this.emit({type: 'sync', phase: 'start'});
    if (before !== '') this.emit({type: 'reset', reason: before === this.self ? 'gap' : 'login'});
    try {
      await this.parts.load();
      if (epoch !== this.epoch) return;
      this.#loaded = true;
      this.#gate.open();
      this.emit({type: 'sync', phase: 'finish'});
      void this.count();
    } catch (thrown) {
      if (epoch !== this.epoch) return;
      const error = toSourceError(thrown);
      this.#failed = !this.#disposed;
      this.#gate.shut(error);
      this.emit({type: 'sync', phase: 'fail', error});
    }
  }
}
