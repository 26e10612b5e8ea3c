import type {XmppCore} from './core.js';
import {NS} from './namespaces.js';
import {xml} from './xml.js';

/** Enters the rooms that are to be entered by themselves; without their history, which the archive has. */
export function joinRooms(core: XmppCore, ids: Iterable<string> = core.bookmarks.keys()): void {
  for (const id of ids) {
    const bookmark = core.bookmarks.get(id);
    if (!bookmark?.autojoin) continue;
    const history = xml('history', NS.muc, {maxstanzas: 0});
    core.session.send(
      xml('presence', NS.client, {to: `${id}/${bookmark.nick}`}, xml('x', NS.muc, {}, history)),
    );
  }
}

export function leaveRoom(core: XmppCore, id: string): void {
  const nick = core.bookmarks.get(id)?.nick;
  if (nick) core.session.send(xml('presence', NS.client, {to: `${id}/${nick}`, type: 'unavailable'}));
}
