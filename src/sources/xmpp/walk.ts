import {SourceError} from '../../model/errors.js';
import {askArchive} from './archive.js';
import type {XmppCore} from './core.js';
import {askInbox} from './inbox.js';
import {NS} from './namespaces.js';
import type {Scans} from './scans.js';

/** Messages in the first question to the archive, which has to be quick, and in those after it. */
const FIRST_MESSAGES = 100;
const MESSAGES = 250;
/** Conversations in a question to the inbox. */
const ENTRIES = 50;
/** Questions that may be asked for the sake of the unread total alone. */
const FOR_TOTAL = 2;

/**
 * Finds the conversations, newest first: from the server's inbox, or else from the archive, whose messages are reduced
 * to their conversations.
 *
 * What stands higher than its last message says (pinned, with a draft) and rooms, whose messages are in archives of
 * their own, are looked up before.
 */
export class Walk {
  readonly #core: XmppCore;
  readonly #scans: Scans;
  /** All conversations with a message after this time are known, in milliseconds. */
  #frontier = Infinity;
  #cursor: string | undefined;
  #done = false;
  #lifted = false;
  #loading: Promise<void> | undefined;

  constructor(core: XmppCore, scans: Scans) {
    this.#core = core;
    this.#scans = scans;
  }

  get hasInbox(): boolean {
    return this.#core.features.has(NS.inbox);
  }

  get done(): boolean {
    return this.#done;
  }

  forget(): void {
    this.#frontier = Infinity;
    this.#cursor = undefined;
    this.#done = this.#lifted = false;
    this.#loading = undefined;
    this.#scans.idle = true;
  }

  /** Those whose place in the list is certain. */
  known(): string[] {
    const frontier = Number.isFinite(this.#frontier) ? BigInt(this.#frontier) : undefined;
    return [...this.#core.rows.keys()].filter(
      (id) => this.#core.exists(id) && (this.#done || (frontier !== undefined && this.#core.key(id) > frontier)),
    );
  }

  /** Goes on by one question, which those share who ask at the same time. @throws SourceError. */
  more(): Promise<void> {
    const {epoch} = this.#core;
    if (this.#loading) return this.#loading;
    this.#scans.idle = false;
    return (this.#loading = this.#step().finally(() => {
      if (epoch !== this.#core.epoch) return;
      this.#loading = undefined;
      this.#scans.idle = true;
    }));
  }

  /**
   * The unread total. The inbox knows it; an archive has to be read to its end.
   *
   * @param goesOn - read on for it, if the end is not far
   * @throws SourceError `unsupported` where that would take too long.
   */
  async total(goesOn: boolean): Promise<number> {
    const {rows, bookmarks} = this.#core;
    await this.#lift();
    if (!this.hasInbox) {
      for (let i = 0; goesOn && i < FOR_TOTAL && !this.#done; i++) await this.more();
      if (!this.#done) throw new SourceError('unsupported', 'Without an inbox the server has no unread total');
      return this.#core.sum(rows.keys());
    }
    const silent = [...this.#core.settings].flatMap(([id, {notify}]) => (notify === 'silent' ? [id] : []));
    await Promise.all(silent.map((id) => (rows.has(id) ? undefined : this.#scans.scan(id).catch(() => undefined))));
    const {unread} = await this.#askInbox(0);
    const quiet = silent.reduce((sum, id) => sum + (rows.get(id)?.unread ?? 0), 0);
    return Math.max(0, unread - quiet) + this.#core.sum(bookmarks.keys());
  }

  async #step(): Promise<void> {
    if (this.#done) return;
    const {epoch} = this.#core;
    await this.#lift();
    if (epoch !== this.#core.epoch) return;
    if (this.hasInbox) await this.#stepInbox(epoch);
    else await this.#stepArchive(epoch);
  }

  /** Looks up what stands where its last message does not say. */
  async #lift(): Promise<void> {
    if (this.#lifted) return;
    const {settings, bookmarks, rows, epoch} = this.#core;
    const lifted = [...settings].flatMap(([id, {pinned, draft}]) => (pinned || draft ? [id] : []));
    const ids = [...new Set([...lifted, ...bookmarks.keys()])];
    await this.#scans.markers(ids);
    await Promise.all(
      ids.map(async (id) => {
        if (this.#scans.settled.has(id)) return;
        // A room that is closed to the person is kept all the same.
        await this.#scans.scan(id).catch(() => {
          if (epoch === this.#core.epoch && !rows.has(id)) this.#core.row(id).exact = true;
        });
      }),
    );
    if (epoch === this.#core.epoch) this.#lifted = true;
  }

  async #stepInbox(epoch: number): Promise<void> {
    const {entries, cursor} = await this.#askInbox(ENTRIES);
    if (epoch !== this.#core.epoch) return;
    for (const {peer, unread, message} of entries) {
      if (message) {
        this.#frontier = Math.min(this.#frontier, message.at);
        this.#core.newestAt = Math.max(this.#core.newestAt, message.at);
      }
      const known = this.#core.rows.get(peer)?.last !== undefined;
      // What came live, or was looked up, is newer than the answer.
      if (!message || known || this.#core.bookmarks.has(peer)) continue;
      const row = this.#core.row(peer);
      row.older(message, message.archiveId);
      row.unread = unread;
      row.exact = true;
      this.#scans.settled.add(peer);
    }
    this.#cursor = cursor;
    this.#done = cursor === undefined;
  }

  async #stepArchive(epoch: number): Promise<void> {
    const max = this.#cursor === undefined ? FIRST_MESSAGES : MESSAGES;
    const page = await askArchive(this.#core.session, {before: this.#cursor, max});
    if (epoch !== this.#core.epoch) return;
    this.#core.newestAt = Math.max(this.#core.newestAt, page.messages[0]?.at ?? 0);
    for (const message of page.messages) {
      const {peer} = message;
      if (this.#scans.settled.has(peer) || this.#core.bookmarks.has(peer)) continue;
      this.#core.row(peer).older(message, this.#core.displayed.get(peer));
    }
    if (page.oldest !== undefined) this.#frontier = Math.min(this.#frontier, page.oldestAt);
    this.#cursor = page.oldest;
    this.#done = page.done;
    if (!page.done) return;
    for (const row of this.#core.rows.values()) row.exact = true;
    void this.#core.count();
  }

  /** One question at a time: an entry does not say to which it belongs. */
  #asking: Promise<unknown> = Promise.resolve();

  #askInbox(max: number): ReturnType<typeof askInbox> {
    const ask = this.#asking.then(() => {
      return askInbox(this.#core.session, max > 0 ? {after: this.#cursor, max} : {max, unreadOnly: true});
    });
    this.#asking = ask.catch(() => undefined);
    return ask;
  }
}
