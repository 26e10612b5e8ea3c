import {capsElement} from './caps.js';
import type {XmppCore} from './core.js';
import {parseJid} from './jid.js';
import {NS} from './namespaces.js';
import {pepItems, type PepItem} from './pep.js';
import {joinRooms} from './rooms.js';
import {readMarker} from './scans.js';
import {readBookmark, readSettings} from './settings.js';
import {all, attr, textOf, write, xml, type Xml} from './xml.js';

/** Asks for everything that the account has, all at once: one way there and back, two without an inbox. */
export async function load(core: XmppCore, useInbox: boolean): Promise<void> {
  const {session} = core;
  const {foreign} = session.connection;
  const quiet = async (ask: Promise<Xml | undefined>): Promise<Xml | undefined> => ask.catch(() => undefined);
  const disco = (to?: string): Promise<Xml | undefined> => quiet(session.iq('get', xml('query', NS.disco), {to}));
  const [contacts, bookmarks, settings, ...infos] = await Promise.all([
    quiet(session.iq('get', xml('query', NS.roster))),
    pepItems(session, NS.bookmarks),
    pepItems(session, NS.settings),
    disco(core.self),
    disco(parseJid(core.self)?.domain),
    foreign ? undefined : quiet(session.iq('set', xml('enable', NS.carbons))),
  ]);
  const features = new Set(infos.flatMap((info) => all(info, 'feature').map((feature) => attr(feature, 'var') ?? '')));
  if (!useInbox) features.delete(NS.inbox);
  core.features = features;
  takeContacts(core, contacts);
  for (const item of bookmarks) takeBookmark(core, item);
  for (const item of settings) takeSettings(core, item);
  if (!features.has(NS.inbox)) {
    for (const {id, payload} of await pepItems(session, NS.displayed)) {
      const peer = parseJid(id)?.bare;
      if (peer !== undefined) core.displayed.set(peer, readMarker(payload));
    }
  }
  if (foreign) return;
  session.send(xml('presence', NS.client, {}, await capsElement()));
  joinRooms(core);
}

/** Takes in contacts, all or those that a push names; gives the conversations that look other than before. */
export function takeContacts(core: XmppCore, query: Xml | undefined): readonly string[] {
  return all(query, 'item', NS.roster).flatMap((item) => {
    const id = parseJid(attr(item, 'jid'))?.bare;
    if (id === undefined) return [];
    const groups = [...new Set(all(item, 'group').map(textOf))].filter((name) => name !== '');
    if (attr(item, 'subscription') === 'remove') core.contacts.delete(id);
    else core.contacts.set(id, {name: attr(item, 'name') ?? '', groups: Object.freeze(groups)});
    return [id];
  });
}

/** Takes in a bookmark; gives the room, if it says something new. */
export function takeBookmark(core: XmppCore, {id, payload}: PepItem): string | undefined {
  const room = parseJid(id)?.bare;
  const bookmark = readBookmark(payload);
  const before = core.bookmarks.get(room ?? '');
  if (room === undefined || bookmark === undefined) return undefined;
  if (before && write(before.element) === write(bookmark.element)) return undefined;
  core.bookmarks.set(room, {...bookmark, nick: bookmark.nick || (parseJid(core.self)?.local ?? '')});
  return room;
}

/** Takes in what the person has set; gives the conversation, if it says something new. */
export function takeSettings(core: XmppCore, {id, payload}: PepItem): string | undefined {
  const peer = parseJid(id)?.bare;
  if (peer === undefined || payload?.ns !== NS.settings) return undefined;
  const settings = readSettings(payload);
  const before = core.settings.get(peer);
  // What this device has published comes back.
  if (before && JSON.stringify(before) === JSON.stringify(settings)) return undefined;
  core.settings.set(peer, settings);
  return peer;
}
