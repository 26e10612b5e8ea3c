import type {Draft, NotifyLevel} from '../../model/conversation.js';
import {NS} from './namespaces.js';
import {all, attr, child, textOf, xml, type Xml} from './xml.js';

/** What a person has set for a conversation, kept on the server. */
export interface Settings {
  readonly pinned: boolean;
  readonly notify: NotifyLevel;
  readonly draft?: Draft | undefined;
  readonly marks: readonly string[];
  readonly hidden: boolean;
  readonly customData?: string | undefined;
  /** Deleted when this was its last message; a newer one brings it back. */
  readonly deleted?: {readonly id: string | undefined; readonly at: number} | undefined;
}

/** A room that the person has kept (XEP-0402). */
export interface Bookmark extends Pick<Settings, 'pinned' | 'notify'> {
  readonly name: string;
  readonly nick: string;
  readonly autojoin: boolean;
  /** As it came: what others have put into it has to stay. */
  readonly element: Xml;
}

export const DEFAULTS: Settings = {pinned: false, notify: 'all', marks: [], hidden: false};

/** By the levels of XEP-0492. */
const LEVELS = new Map<NotifyLevel, string>([['all', 'always'], ['mentions', 'on-mention'], ['silent', 'never']]);

/** The element for a level; `undefined` for one that XMPP does not have. */
export function writeNotify(level: NotifyLevel): Xml | undefined {
  const name = LEVELS.get(level);
  return name === undefined ? undefined : xml('notify', NS.notify, {}, xml(name, NS.notify));
}

function readNotify(parent: Xml | undefined): NotifyLevel {
  const notify = child(parent, 'notify', NS.notify);
  return [...LEVELS].find(([, name]) => child(notify, name))?.[0] ?? 'all';
}

export function readSettings(chat: Xml | undefined): Settings {
  const draft = child(chat, 'draft', NS.settings);
  const text = textOf(draft);
  const editedAt = Date.parse(attr(draft, 'stamp') ?? '');
  const data = child(chat, 'data', NS.settings);
  const deleted = child(chat, 'deleted', NS.settings);
  return {
    pinned: child(chat, 'pinned', NS.pinning) !== undefined,
    notify: readNotify(chat),
    draft: text === '' ? undefined : Object.freeze({text, ...(editedAt > 0 && {editedAt})}),
    marks: Object.freeze([...new Set(all(chat, 'mark', NS.settings).map(textOf))].filter((mark) => mark !== '')),
    hidden: child(chat, 'hidden', NS.settings) !== undefined,
    customData: data && textOf(data),
    deleted: deleted && {id: attr(deleted, 'id'), at: Date.parse(attr(deleted, 'stamp') ?? '') || 0},
  };
}

/** What is to be kept; `undefined` if nothing is. */
export function writeSettings({pinned, notify, draft, marks, hidden, customData, deleted}: Settings): Xml | undefined {
  const mine = (name: string, text?: string, stamp?: number, id?: string): Xml =>
    xml(name, NS.settings, {stamp: stamp === undefined ? undefined : new Date(stamp).toISOString(), id}, text);
  const parts = [
    ...(pinned ? [xml('pinned', NS.pinning)] : []),
    ...(notify === 'all' ? [] : [writeNotify(notify)]),
    ...(draft ? [mine('draft', draft.text, draft.editedAt)] : []),
    ...marks.map((mark) => mine('mark', mark)),
    ...(hidden ? [mine('hidden')] : []),
    ...(customData === undefined ? [] : [mine('data', customData)]),
    ...(deleted ? [mine('deleted', undefined, deleted.at, deleted.id)] : []),
  ];
  return parts.length === 0 ? undefined : xml('chat', NS.settings, {}, ...parts);
}

export function readBookmark(conference: Xml | undefined): Bookmark | undefined {
  if (conference?.name !== 'conference' || conference.ns !== NS.bookmarks) return undefined;
  const extensions = child(conference, 'extensions', NS.bookmarks);
  const autojoin = attr(conference, 'autojoin');
  return {
    name: attr(conference, 'name') ?? '',
    nick: textOf(child(conference, 'nick', NS.bookmarks)),
    autojoin: autojoin === 'true' || autojoin === '1',
    pinned: child(extensions, 'pinned', NS.pinning) !== undefined,
    notify: readNotify(extensions),
    element: conference,
  };
}

/** The bookmark with other settings, and whatever else is in it. */
export function changeBookmark({element}: Bookmark, {pinned, notify}: Pick<Settings, 'pinned' | 'notify'>): Xml {
  const isOurs = ({name, ns}: Xml): boolean =>
    (name === 'pinned' && ns === NS.pinning) || (name === 'notify' && ns === NS.notify);
  const extensions = child(element, 'extensions', NS.bookmarks);
  const kept = all(extensions).filter((part) => !isOurs(part));
  const parts = [...kept, ...(pinned ? [xml('pinned', NS.pinning)] : []), ...(notify === 'all' ? [] : [writeNotify(notify)])];
  const others = element.children.filter((part) => part !== extensions);
  return {...element, children: [...others, xml('extensions', NS.bookmarks, {}, ...parts)]};
}
