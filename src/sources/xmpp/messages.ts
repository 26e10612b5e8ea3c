import type {LastMessage} from '../../model/conversation.js';
import {bareOf, parseJid} from './jid.js';
import {NS} from './namespaces.js';
import {all, attr, child, textOf, type Xml} from './xml.js';

/** What a message means for a list. */
export interface Message {
  /**
   * `text` is shown, `correct` and `retract` change one that was, `displayed` and `received` say how far one has got,
   * `typing` and `idle` are of the moment, `failed` never got there.
   */
  readonly kind: 'text' | 'correct' | 'retract' | 'displayed' | 'received' | 'typing' | 'idle' | 'failed';
  /** The conversation: the other's bare address, or the room's. */
  readonly peer: string;
  readonly own: boolean;
  /** Who may change it: the bare address, or that in the room. */
  readonly sender: string;
  /** In rooms. */
  readonly senderName?: string | undefined;
  /** By which others refer to it. */
  readonly ids: readonly string[];
  /** Its place in the archive. */
  readonly archiveId?: string | undefined;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly type: string;
  readonly text?: string | undefined;
  readonly fileName?: string | undefined;
  /** The message that it is about. */
  readonly target?: string | undefined;
  /** Its sender wants to know when it is read. */
  readonly markable: boolean;
  readonly mention: boolean;
  /** What it was changed to, and how far it has got. */
  readonly state: LastMessage['state'];
  readonly delivery?: LastMessage['deliveryState'];
  readonly native: Xml;
}

/** From where a message comes. */
export interface Origin {
  /** The person's bare address. */
  readonly self: string;
  /** The account's archive or a room's. */
  readonly archive: string;
  /** The person's name in a room. */
  readonly nick?: string | undefined;
  readonly archiveId?: string | undefined;
  /** Milliseconds since 1970, if it does not say so itself. */
  readonly at: number;
}

/** Most UTF-16 code units of a text that are kept: a row shows fewer. */
const TEXT_LIMIT = 1000;

/** By the end of a shared file's address. */
const FILES: readonly (readonly [string, RegExp])[] = [
  ['image', /\.(?:jpe?g|png|gif|webp|avif|heic|svg)$/i],
  ['video', /\.(?:mp4|webm|mov|mkv)$/i],
  ['audio', /\.(?:mp3|ogg|opus|m4a|wav|flac|aac)$/i],
];

/** Reads a message; `undefined` for what is none of a conversation's. */
export function readMessage(stanza: Xml, origin: Origin): Message | undefined {
  const {self, archive, at} = origin;
  const from = parseJid(attr(stanza, 'from') ?? self);
  const to = attr(stanza, 'to');
  const type = attr(stanza, 'type') ?? 'normal';
  if (!from || stanza.name !== 'message' || type === 'headline') return undefined;
  const inRoom = archive !== self;
  if (inRoom !== (type === 'groupchat') && type !== 'error') return undefined;
  // In a room the person is the one with the person's name; what comes from the room itself is a notice.
  const own = inRoom ? from.resource !== '' && from.resource === origin.nick : from.bare === self;
  const peer = inRoom ? from.bare : own ? bareOf(to ?? self) : from.bare;
  // Whispers in a room are none of the room's messages.
  if (peer === '' || (inRoom && peer !== archive) || (!inRoom && child(stanza, 'x', NS.mucUser))) return undefined;
  const content = type === 'error' ? {kind: 'failed' as const, type: '', target: attr(stanza, 'id')} : read(stanza);
  if (!content) return undefined;
  return {
    state: 'normal',
    ...content,
    peer,
    own,
    sender: inRoom ? `${from.bare}/${from.resource}` : from.bare,
    senderName: inRoom ? from.resource : undefined,
    ids: [attr(stanza, 'id'), attr(child(stanza, 'origin-id', NS.sid), 'id')].filter((id) => id !== undefined),
    archiveId: origin.archiveId ?? stanzaId(stanza, archive),
    at,
    markable: child(stanza, 'markable', NS.markers) !== undefined,
    mention: !own && mentions(stanza, self, inRoom ? origin.nick : undefined),
    native: stanza,
  };
}

type Content = Pick<Message, 'kind' | 'type'> & Partial<Pick<Message, 'text' | 'fileName' | 'target' | 'state'>>;

function read(stanza: Xml): Content | undefined {
  const retract = child(stanza, 'retract', NS.retract);
  if (retract) return {kind: 'retract', type: '', target: attr(retract, 'id')};
  // What a server leaves in the place of a message.
  if (child(stanza, 'retracted', NS.retract)) return {kind: 'text', type: 'text', state: 'recalled'};
  const reaction = child(stanza, 'reactions', NS.reactions);
  const content = reaction ? undefined : readContent(stanza);
  if (content) {
    const replace = child(stanza, 'replace', NS.replace);
    return replace ? {...content, kind: 'correct', target: attr(replace, 'id')} : {...content, kind: 'text'};
  }
  const displayed = child(stanza, 'displayed', NS.markers);
  if (displayed) return {kind: 'displayed', type: '', target: attr(displayed, 'id')};
  const received = child(stanza, 'received', NS.receipts) ?? child(stanza, 'received', NS.markers);
  if (received) return {kind: 'received', type: '', target: attr(received, 'id')};
  const state = all(stanza, undefined, NS.chatStates)[0]?.name;
  return state === undefined ? undefined : {kind: state === 'composing' ? 'typing' : 'idle', type: ''};
}

function readContent(stanza: Xml): Pick<Message, 'type' | 'text' | 'fileName'> | undefined {
  const body = textOf(child(stanza, 'body')).slice(0, TEXT_LIMIT);
  if (child(stanza, 'encrypted', NS.omemo)) return {type: 'encrypted', text: body};
  if (body === '') return undefined;
  const url = textOf(child(child(stanza, 'x', NS.oob), 'url'));
  if (url === '' || url !== body) return {type: 'text', text: body};
  const path = url.replace(/[?#].*$/, '');
  const type = FILES.find(([, pattern]) => pattern.test(path))?.[0] ?? 'file';
  return {type, fileName: path.slice(path.lastIndexOf('/') + 1).slice(0, 200)};
}

function stanzaId(stanza: Xml, by: string): string | undefined {
  return attr(all(stanza, 'stanza-id', NS.sid).find((one) => attr(one, 'by') === by), 'id');
}

function mentions(stanza: Xml, self: string, nick: string | undefined): boolean {
  const named = all(stanza, 'reference', NS.references).some((one) => attr(one, 'uri') === `xmpp:${self}`);
  if (named || !nick) return named;
  const body = textOf(child(stanza, 'body')).slice(0, TEXT_LIMIT).toLowerCase();
  const name = nick.toLowerCase();
  const letter = /[\p{L}\p{N}_]/u;
  for (let at = body.indexOf(name); at >= 0; at = body.indexOf(name, at + 1)) {
    if (!letter.test(body.charAt(at - 1)) && !letter.test(body.charAt(at + name.length))) return true;
  }
  return false;
}

/**
 * The time in a `<delay/>`, in milliseconds; never later than now.
 *
 * @param after The time of the message that came before it, if the two came in their order. Servers cut the stamps off
 * to whole seconds (XEP-0082 leaves the fraction to them): within its second the later one is put after the other.
 */
export function delayOf(element: Xml | undefined, now: number, after = 0): number | undefined {
  const ms = Date.parse(attr(child(element, 'delay', NS.delay), 'stamp') ?? '');
  if (!(ms > 0)) return undefined;
  const isSameSecond = ms % 1000 === 0 && Math.floor(after / 1000) * 1000 === ms;
  return Math.min(isSameSecond ? Math.min(after + 1, ms + 999) : ms, now);
}
