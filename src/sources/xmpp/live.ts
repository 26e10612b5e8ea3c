import type {Presence} from '../../model/conversation.js';
import {SourceError} from '../../model/errors.js';
import {Avatars} from './avatars.js';
import {discoAnswer} from './caps.js';
import type {Parts, XmppCore} from './core.js';
import {INBOX} from './inbox.js';
import {bareOf, parseJid} from './jid.js';
import {load, takeBookmark, takeContacts, takeSettings} from './load.js';
import {delayOf, readMessage} from './messages.js';
import {NS} from './namespaces.js';
import {pepItems, readItems, type PepItem} from './pep.js';
import {joinRooms} from './rooms.js';
import {readMarker, Scans} from './scans.js';
import {Typing} from './typing.js';
import {Walk} from './walk.js';
import {all, attr, child, textOf, xml, type Xml} from './xml.js';

const SHOWS = new Map<string, Presence>([['away', 'away'], ['xa', 'away'], ['dnd', 'busy']]);
/** Items of a node that may have been missed. */
const NEWEST = 20;

/** Of several devices the one that is most there speaks for all. */
const RANKS: readonly Presence[] = ['online', 'busy', 'away', 'offline'];

/** Takes in whatever the server sends by itself. */
export class Live implements Parts {
  readonly scans: Scans;
  readonly walk: Walk;
  readonly avatars: Avatars;
  readonly #core: XmppCore;
  readonly #useInbox: boolean;
  readonly #typing: Typing;
  /** By person, by device. */
  readonly #devices = new Map<string, Map<string, Presence>>();

  constructor(core: XmppCore, useInbox: boolean) {
    this.#core = core;
    this.#useInbox = useInbox;
    this.scans = new Scans(core);
    this.walk = new Walk(core, this.scans);
    this.avatars = new Avatars(core);
    this.#typing = new Typing(core);
  }

  async load(): Promise<void> {
    await load(this.#core, this.#useInbox);
    void this.#catchUp();
  }

  /**
   * Asks for the newest of what other devices have changed: between loading it and the moment from which the server
   * tells it, something may have happened.
   */
  async #catchUp(): Promise<void> {
    const core = this.#core;
    const {epoch} = core;
    if (core.session.connection.foreign) return;
    await Promise.all(
      [NS.displayed, NS.settings, NS.bookmarks].map(async (node) => {
        const items = await pepItems(core.session, node, {newest: NEWEST}).catch(() => []);
        if (epoch === core.epoch) this.#published(node, items);
      }),
    );
  }

  total(goesOn: boolean): Promise<number> {
    return this.walk.total(goesOn);
  }

  forget(): void {
    this.scans.forget();
    this.walk.forget();
    this.#typing.forget();
    this.#devices.clear();
  }

  dispose(): void {
    this.forget();
    this.avatars.dispose();
  }

  message(stanza: Xml): void {
    const {session, self} = this.#core;
    const from = attr(stanza, 'from');
    const carbon = child(stanza, 'sent', NS.carbons) ?? child(stanza, 'received', NS.carbons);
    const result = child(stanza, 'result', NS.mam);
    const event = child(stanza, 'event', NS.pubsubEvent);
    if (carbon) {
      // Anybody can send something that looks like a carbon: only the own account's are any.
      const inner = child(child(carbon, 'forwarded', NS.forward), 'message', NS.client);
      const side = bareOf(attr(inner, carbon.name === 'sent' ? 'from' : 'to'));
      if (from !== self || !inner || side !== self) return this.#refuse('a carbon', from);
      this.#take(inner, child(carbon, 'forwarded', NS.forward));
    } else if (child(stanza, 'entry', NS.inbox)) this.#collect(INBOX, stanza, stanza);
    else if (result) this.#collect(attr(result, 'queryid') ?? '', stanza, result);
    else if (event) this.#event(from, event);
    else if (session.isOwn(from) && !child(stanza, 'body')) return;
    else this.#take(stanza, stanza);
  }

  presence(stanza: Xml): void {
    const core = this.#core;
    const from = parseJid(attr(stanza, 'from'));
    const type = attr(stanza, 'type');
    if (!from || (type !== undefined && type !== 'unavailable') || from.bare === core.self) return;
    const user = child(stanza, 'x', NS.mucUser);
    const bookmark = core.bookmarks.get(from.bare);
    if (bookmark) {
      // The room may have given the person another name than asked for.
      const isSelf = all(user, 'status').some((status) => attr(status, 'code') === '110');
      if (isSelf && type === undefined) core.bookmarks.set(from.bare, {...bookmark, nick: from.resource});
      return;
    }
    if (user || !core.contacts.has(from.bare)) return;
    const photo = child(child(stanza, 'x', NS.vcardUpdate), 'photo');
    if (photo) this.avatars.hash(from.bare, textOf(photo));
    const devices = this.#devices.get(from.bare) ?? new Map<string, Presence>();
    this.#devices.set(from.bare, devices);
    if (type === 'unavailable') devices.delete(from.resource);
    else devices.set(from.resource, SHOWS.get(textOf(child(stanza, 'show'))) ?? 'online');
    const shown = RANKS.find((rank) => [...devices.values()].includes(rank)) ?? 'offline';
    if (core.presences.get(from.bare) === shown) return;
    core.presences.set(from.bare, shown);
    core.tell([from.bare]);
  }

  request(iq: Xml): void {
    const {session} = this.#core;
    const payload = child(iq);
    const from = attr(iq, 'from');
    const isSet = attr(iq, 'type') === 'set';
    if (isSet && payload?.name === 'query' && payload.ns === NS.roster) {
      if (!session.isOwn(from)) return this.#refuse('a contact list', from);
      this.#core.tell(takeContacts(this.#core, payload));
      if (!session.connection.foreign) session.reply(iq, 'result');
    } else if (session.connection.foreign) return;
    else if (!isSet && payload?.ns === NS.disco) {
      session.reply(iq, 'result', discoAnswer(attr(payload, 'node')));
      // Only now the server knows what to tell.
      if (session.isOwn(from) || from === parseJid(session.self)?.domain) void this.#catchUp();
    }
    else if (!isSet && payload?.ns === NS.ping) session.reply(iq, 'result');
    else {
      const condition = xml('service-unavailable', 'urn:ietf:params:xml:ns:xmpp-stanzas');
      session.reply(iq, 'error', xml('error', NS.client, {type: 'cancel'}, condition));
    }
  }

  /** A part of an answer that is being waited for. */
  #collect(name: string, stanza: Xml, item: Xml): void {
    const {session} = this.#core;
    const from = attr(stanza, 'from');
    const collector = session.collectors.get(name);
    const isOwn = collector?.from === session.self && session.isOwn(from);
    if (collector && (isOwn || collector.from === from)) collector.take(item);
    else if (collector || !session.isNamed(name)) this.#refuse('an answer of an archive', from);
  }

  #take(stanza: Xml, delayed: Xml | undefined): void {
    const core = this.#core;
    const isRoom = attr(stanza, 'type') === 'groupchat';
    const room = isRoom ? bareOf(attr(stanza, 'from')) : undefined;
    const bookmark = room === undefined ? undefined : core.bookmarks.get(room);
    if (isRoom && !bookmark) return;
    const now = Date.now();
    // A clock that is behind the server's would put the news below what is old.
    const at = delayOf(delayed, now, core.newestAt) ?? Math.max(now, core.newestAt + 1);
    const message = readMessage(stanza, {self: core.self, archive: room ?? core.self, nick: bookmark?.nick, at});
    if (!message) return;
    const {peer, kind, own, sender, senderName} = message;
    const name = senderName ?? (core.contacts.get(sender)?.name || parseJid(sender)?.local || sender);
    if (kind === 'typing') return own ? undefined : this.#typing.start(peer, name);
    this.#typing.stop(peer, name);
    if (kind === 'idle') return;
    this.scans.live(message);
    if (kind === 'displayed' && own) return this.#readElsewhere(peer, message.target);
    if (kind !== 'text' && !core.rows.has(peer)) return;
    if (kind === 'text') core.newestAt = Math.max(core.newestAt, at);
    const row = core.row(peer);
    if (!row.newer(message)) return;
    core.tell([peer]);
    if (!row.exact) void this.scans.improve([peer], message);
  }

  #event(from: string | undefined, event: Xml): void {
    const core = this.#core;
    const items = child(event, 'items', NS.pubsubEvent);
    const node = attr(items, 'node');
    const published = readItems(items);
    const gone = all(items, 'retract').map((item) => bareOf(attr(item, 'id')));
    if (node === NS.avatarMetadata) return this.avatars.changed(bareOf(from));
    if (node !== NS.displayed && node !== NS.bookmarks && node !== NS.settings) return;
    if (!core.session.isOwn(from)) return this.#refuse('an event', from);
    this.#published(node, published);
    if (gone.length === 0) return;
    if (node === NS.settings) {
      for (const id of gone) core.settings.delete(id);
      return void this.#reset(gone);
    }
    for (const id of gone) core.bookmarks.delete(id);
    const left = gone.filter((id) => core.rows.delete(id));
    if (left.length > 0) core.emit({type: 'remove', ids: left, reason: 'left'});
  }

  /** Something in one of the account's nodes is new, or may be. */
  #published(node: string, items: readonly PepItem[]): void {
    const core = this.#core;
    if (node === NS.displayed) {
      for (const {id, payload} of items) this.#marked(bareOf(id), readMarker(payload));
    } else if (node === NS.settings) void this.#reset(items.flatMap((item) => takeSettings(core, item) ?? []));
    else {
      const kept = items.flatMap((item) => takeBookmark(core, item) ?? []);
      if (!core.session.connection.foreign) joinRooms(core, kept.filter((id) => !core.rows.has(id)));
      void this.#reset(kept);
    }
  }

  /** These may stand elsewhere now, or not at all; also such as paging has not reached. */
  async #reset(ids: readonly string[]): Promise<void> {
    const core = this.#core;
    const {epoch} = core;
    await this.scans.improve(ids.filter((id) => !core.rows.has(id)));
    if (epoch !== core.epoch) return;
    const gone = ids.filter((id) => !core.exists(id) && core.settings.get(id)?.deleted !== undefined);
    if (gone.length > 0) core.emit({type: 'remove', ids: gone, reason: 'deleted'});
    core.tell(ids);
  }

  /** Another device has read up to a message. */
  #marked(id: string, archiveId: string | undefined): void {
    const core = this.#core;
    if (id === '' || archiveId === undefined || core.displayed.get(id) === archiveId) return;
    core.displayed.set(id, archiveId);
    const row = core.rows.get(id);
    if (!row) return;
    if (archiveId !== row.newestId && archiveId !== row.last?.archiveId) return void this.scans.improve([id]);
    row.read();
    core.tell([id]);
  }

  /** Another device has told the other side that it has read; it may know nothing of XEP-0490. */
  #readElsewhere(id: string, messageId: string | undefined): void {
    const row = this.#core.rows.get(id);
    if (messageId === undefined || row?.last?.ids.includes(messageId) !== true) return;
    row.read();
    this.#core.tell([id]);
  }

  #refuse(what: string, from: string | undefined): void {
    const who = from === undefined ? 'The server' : from.slice(0, 200);
    this.#core.session.refuse(new SourceError('invalid-data', `${who} sent ${what} that was not asked for`), from);
  }
}
