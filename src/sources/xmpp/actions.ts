import type {NotifyLevel} from '../../model/conversation.js';
import {SourceError, toSourceError} from '../../model/errors.js';
import type {ConversationSource, OpName, OpOptions, OpResult} from '../../model/source.js';
import {each} from '../shared/results.js';
import {settle} from '../shared/settle.js';
import type {XmppCore} from './core.js';
import {bareOf, parseJid} from './jid.js';
import type {Live} from './live.js';
import {NS} from './namespaces.js';
import {pepPublish, pepRetract} from './pep.js';
import {leaveRoom} from './rooms.js';
import {changeBookmark, DEFAULTS, readBookmark, writeNotify, writeSettings, type Settings} from './settings.js';
import {xml} from './xml.js';

export const OPS: readonly OpName[] = [
  'pin', 'notify', 'markRead', 'markAllRead', 'markUnread', 'mark', 'hide', 'delete', 'draft', 'customData',
];

/** For what takes as long as it takes: the longest that a timer can wait. */
const NO_TIMEOUT = 2 ** 31 - 1;

/** What people do with conversations. The server keeps all of it, in nodes of their own account (XEP-0163). */
export class Actions
  implements
    Pick<
      Required<ConversationSource>,
      'setPinned' | 'setNotify' | 'markRead' | 'markUnread' | 'setHidden' | 'delete' | 'setDraft' | 'setMark' | 'setCustomData'
    >
{
  readonly #core: XmppCore;
  readonly #live: Live;
  /** By conversation, the last change that is under way: the next one goes on from it. */
  readonly #changes = new Map<string, Promise<unknown>>();

  constructor(core: XmppCore, live: Live) {
    this.#core = core;
    this.#live = live;
  }

  setPinned(id: string, pinned: boolean, options?: OpOptions): Promise<void> {
    return this.#change(id, () => ({pinned}), options);
  }

  async setNotify(id: string, notify: NotifyLevel, options?: OpOptions): Promise<void> {
    if (!writeNotify(notify)) throw new SourceError('unsupported', `XMPP has no such level: ${notify}`);
    return this.#change(id, () => ({notify}), options);
  }

  setHidden(id: string, hidden: boolean, options?: OpOptions): Promise<void> {
    return this.#change(id, () => ({hidden}), options);
  }

  setDraft(id: string, text: string | null, options?: OpOptions): Promise<void> {
    const draft = text ? Object.freeze({text: text.slice(0, 10_000), editedAt: Date.now()}) : undefined;
    return this.#change(id, () => ({draft}), options);
  }

  markUnread(id: string, unread: boolean, options?: OpOptions): Promise<void> {
    return this.#change(id, marking('unread', unread), options);
  }

  setMark(ids: readonly string[], mark: string, on: boolean, options?: OpOptions): Promise<readonly OpResult[]> {
    return each(ids, toSourceError, (id) => this.#change(id, marking(mark, on), options));
  }

  setCustomData(ids: readonly string[], customData: string, options?: OpOptions): Promise<readonly OpResult[]> {
    return each(ids, toSourceError, (id) => this.#change(id, () => ({customData}), options));
  }

  /** Takes a room off the list and leaves it; a direct conversation comes back with its next message. */
  delete(ids: readonly string[], options?: OpOptions): Promise<readonly OpResult[]> {
    return each(ids, toSourceError, async (id) => {
      const core = this.#core;
      if (!core.bookmarks.has(id)) {
        const deleted = (): Settings['deleted'] => {
          const {last, at = 0} = core.rows.get(id) ?? {};
          return {id: last?.archiveId, at};
        };
        const nothing = {draft: undefined, customData: undefined};
        await this.#change(id, () => ({...DEFAULTS, ...nothing, deleted: deleted()}), options);
        return core.emit({type: 'remove', ids: [id], reason: 'deleted'});
      }
      await this.#ask(() => pepRetract(core.session, NS.bookmarks, id), options);
      leaveRoom(core, id);
      core.bookmarks.delete(id);
      core.rows.delete(id);
      core.emit({type: 'remove', ids: [id], reason: 'left'});
    });
  }

  async markRead(ids: readonly string[] | 'all', options: OpOptions = {}): Promise<readonly OpResult[]> {
    const core = this.#core;
    let wanted = ids;
    if (wanted === 'all') {
      await this.#ask(() => this.#all(options.signal), options, NO_TIMEOUT);
      wanted = [...core.rows.keys()].filter((id) => {
        const unread = core.rows.get(id)?.unread || core.settings.get(id)?.marks.includes('unread');
        return core.exists(id) && unread;
      });
    }
    return each(wanted, toSourceError, (id) => this.#read(id, options));
  }

  /** Walks on until all conversations are known. */
  async #all(signal?: AbortSignal): Promise<void> {
    await this.#core.ready(signal);
    const {walk, scans} = this.#live;
    while (!walk.done && !signal?.aborted) await walk.more();
    const {rows} = this.#core;
    await scans.improve([...rows.keys()].filter((id) => rows.get(id)?.exact === false));
  }

  async #read(id: string, options: OpOptions): Promise<void> {
    const core = this.#core;
    await this.#ask(() => this.#find(id), options);
    const row = core.rows.get(id);
    const {last} = row ?? {};
    const place = last?.archiveId ?? row?.newestId;
    if (place !== undefined && core.displayed.get(id) !== place) {
      const by = core.bookmarks.has(id) ? id : core.self;
      const payload = xml('displayed', NS.displayed, {}, xml('stanza-id', NS.sid, {id: place, by}));
      await this.#ask(() => pepPublish(core.session, NS.displayed, id, payload), options);
      core.displayed.set(id, place);
      // The other side is told if it wants to know, and if this is between two.
      const target = last && !last.own && last.markable && !core.bookmarks.has(id) ? last.ids[0] : undefined;
      if (target !== undefined) {
        const marker = xml('displayed', NS.markers, {id: target});
        const store = xml('store', 'urn:xmpp:hints');
        core.session.send(xml('message', NS.client, {to: id, type: 'chat', id: core.session.newId()}, marker, store));
      }
    }
    row?.read();
    if (core.settings.get(id)?.marks.includes('unread')) await this.#change(id, marking('unread', false), options);
    else core.tell([id]);
  }

  /** Changes what is kept of a conversation, one change after the other. */
  async #change(id: string, change: (before: Settings) => Partial<Settings>, options?: OpOptions): Promise<void> {
    const before = this.#changes.get(id);
    const run = async (): Promise<void> => {
      await before?.catch(() => undefined);
      await this.#ask(() => this.#save(id, change), options);
    };
    const running = run();
    this.#changes.set(id, running);
    try {
      await running;
    } finally {
      if (this.#changes.get(id) === running) this.#changes.delete(id);
    }
  }

  async #save(id: string, change: (before: Settings) => Partial<Settings>): Promise<void> {
    const core = this.#core;
    const {session, settings, bookmarks} = core;
    await this.#find(id);
    const old = settings.get(id) ?? DEFAULTS;
    const bookmark = bookmarks.get(id);
    const changed = {...old, ...change(old)};
    // What other clients understand of a room stands in its bookmark.
    const {pinned, notify, ...rest} = bookmark ? {...changed, ...bookmark, ...change(old)} : changed;
    if (bookmark && (pinned !== bookmark.pinned || notify !== bookmark.notify)) {
      const element = changeBookmark(bookmark, {pinned, notify});
      await pepPublish(session, NS.bookmarks, id, element);
      const now = readBookmark(element);
      if (now) bookmarks.set(id, {...now, nick: bookmark.nick});
    }
    const own: Settings = {...changed, ...rest, ...(bookmark ? {pinned: false, notify: 'all'} : {pinned, notify})};
    const chat = writeSettings(own);
    const was = writeSettings(old);
    if (chat) await pepPublish(session, NS.settings, id, chat);
    else if (was) await pepRetract(session, NS.settings, id);
    if (chat) settings.set(id, own);
    else settings.delete(id);
    core.tell([id]);
  }

  /** @throws SourceError `not-found` if there is no such conversation. */
  async #find(id: string): Promise<void> {
    const core = this.#core;
    if (core.exists(id)) return;
    const isAddress = parseJid(id)?.bare === id && bareOf(id) !== core.self;
    if (isAddress) await this.#live.scans.scan(id);
    if (!core.exists(id)) throw new SourceError('not-found', `No conversation ${id.slice(0, 200)}`);
  }

  #ask<T>(call: () => Promise<T>, options?: OpOptions, timeoutMs?: number): Promise<T> {
    return settle(
      async () => {
        await this.#core.ready(options?.signal);
        return call();
      },
      options,
      toSourceError,
      timeoutMs,
    );
  }
}

function marking(mark: string, on: boolean): (before: Settings) => Partial<Settings> {
  return ({marks}) => ({marks: Object.freeze([...marks.filter((one) => one !== mark), ...(on ? [mark] : [])])});
}
