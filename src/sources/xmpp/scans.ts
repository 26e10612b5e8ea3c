import {SourceError, toSourceError} from '../../model/errors.js';
import {askArchive} from './archive.js';
import type {XmppCore} from './core.js';
import type {Message} from './messages.js';
import {NS} from './namespaces.js';
import {pepItems} from './pep.js';
import {Tally} from './tally.js';
import {attr, child, type Xml} from './xml.js';

/** Messages asked for at once, and how often, to find out how many of one conversation are unread. */
const SIZE = 50;
const QUESTIONS = 3;

/** Scans at the same time. */
const AT_ONCE = 6;
const LATER_AT_ONCE = 2;

/**
 * Reads single conversations from the archive: those that paging has not reached, and those of which it has seen too
 * little to say how many messages are unread.
 */
export class Scans {
  readonly #core: XmppCore;
  readonly #running = new Map<string, {readonly promise: Promise<void>; readonly live: Message[]}>();
  readonly #queue: (() => Promise<void>)[] = [];
  #active = 0;
  /** Those to be read when nobody waits for anything else. */
  #later: string[] = [];
  #idle = true;
  #improving = 0;
  /** Conversations of which all is known that a row shows. */
  readonly settled = new Set<string>();

  constructor(core: XmppCore) {
    this.#core = core;
  }

  forget(): void {
    this.#running.clear();
    this.#queue.length = 0;
    this.#later = [];
    this.settled.clear();
  }

  /** A message that comes while its conversation is read would be lost, as what is read replaces what was known. */
  live(message: Message): void {
    this.#running.get(message.peer)?.live.push(message);
  }

  /** Reads a conversation; those who ask at the same time share it. @throws SourceError of the archive. */
  scan(id: string, first?: Message): Promise<void> {
    const running = this.#running.get(id);
    if (running) return running.promise;
    const live = first ? [first] : [];
    const {epoch} = this.#core;
    const promise = new Promise<void>((resolve, reject) => {
      this.#queue.push(async () => {
        try {
          const tally = await this.#read(id);
          if (epoch !== this.#core.epoch) throw new SourceError('network', 'Another session has begun');
          for (const message of live) tally.newer(message);
          this.#core.rows.set(id, tally);
          this.settled.add(id);
          resolve();
        } catch (thrown) {
          reject(toSourceError(thrown));
        } finally {
          if (this.#running.get(id)?.promise === promise) this.#running.delete(id);
        }
      });
    });
    this.#running.set(id, {promise, live});
    this.#next();
    return promise;
  }

  /** Reads conversations in the background and tells of them; one that cannot be read stays as it is. */
  async improve(ids: readonly string[], first?: Message): Promise<void> {
    const {epoch} = this.#core;
    await Promise.all(
      ids.map(async (id) => {
        await this.scan(id, first).catch(() => undefined);
        if (epoch === this.#core.epoch && this.settled.has(id)) this.#core.tell([id]);
      }),
    );
  }

  /** Reads these too, but only while paging, which may make it needless, does not go on. */
  improveLater(ids: readonly string[]): void {
    this.#later = [...new Set([...this.#later, ...ids])];
    this.#nextLater();
  }

  /** Paging goes on, or has come to rest. */
  set idle(idle: boolean) {
    this.#idle = idle;
    this.#nextLater();
  }

  #nextLater(): void {
    const {rows} = this.#core;
    while (this.#idle && this.#improving < LATER_AT_ONCE) {
      const id = this.#later.shift();
      if (id === undefined) return;
      if (rows.get(id)?.exact !== false) continue;
      this.#improving++;
      void this.improve([id]).then(() => {
        this.#improving--;
        this.#nextLater();
      });
    }
  }

  /** Finds out up to where these have been read, where the account has not told it with the rest. */
  async markers(ids: readonly string[]): Promise<void> {
    const {displayed, session} = this.#core;
    const missing = ids.filter((id) => !displayed.has(id));
    if (missing.length === 0) return;
    const items = await pepItems(session, NS.displayed, {ids: missing});
    for (const id of missing) displayed.set(id, undefined);
    for (const {id, payload} of items) displayed.set(id, readMarker(payload));
  }

  async #read(id: string): Promise<Tally> {
    const {session, bookmarks, displayed} = this.#core;
    await this.markers([id]);
    const bookmark = bookmarks.get(id);
    const place = bookmark ? {room: id, nick: bookmark.nick} : {with: id};
    const tally = new Tally();
    let before: string | undefined;
    for (let i = 0; i < QUESTIONS; i++) {
      const page = await askArchive(session, {...place, before, max: SIZE});
      for (const message of page.messages) if (message.peer === id) tally.older(message, displayed.get(id));
      if (page.done) {
        tally.exact = true;
        tally.last ??= null;
      }
      if (tally.exact && tally.last !== undefined) break;
      before = page.oldest;
    }
    return tally;
  }

  #next(): void {
    while (this.#active < AT_ONCE) {
      const run = this.#queue.shift();
      if (!run) return;
      this.#active++;
      void run().finally(() => {
        this.#active--;
        this.#next();
      });
    }
  }
}

/** The message in the archive that a marker of XEP-0490 stands on. */
export function readMarker(payload: Xml | undefined): string | undefined {
  if (payload?.name !== 'displayed' || payload.ns !== NS.displayed) return undefined;
  return attr(child(payload, 'stanza-id', NS.sid), 'id');
}
