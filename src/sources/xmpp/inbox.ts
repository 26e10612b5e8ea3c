import {readCount} from '../../model/validate.js';
import {parseJid} from './jid.js';
import {delayOf, readMessage, type Message} from './messages.js';
import {NS} from './namespaces.js';
import type {XmppSession} from './session.js';
import {attr, child, textOf, xml, type Xml} from './xml.js';

/** A conversation as the server keeps it (XEP-0430). */
export interface InboxEntry {
  readonly peer: string;
  readonly unread: number;
  readonly message: Message | undefined;
}

export interface InboxPage {
  /** Newest first. */
  readonly entries: readonly InboxEntry[];
  /** For the next question; `undefined` at the end. */
  readonly cursor: string | undefined;
  /** Unread messages in all conversations. */
  readonly unread: number;
}

export interface InboxQuery {
  readonly after?: string | undefined;
  readonly max: number;
  readonly unreadOnly?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Under which name entries are collected, which have no id of their own. */
export const INBOX = 'inbox';

/**
 * Asks for conversations, one question at a time: entries do not say to which they belong.
 *
 * An entry may bring its last message as an archive does; or, as a smaller module does, its text (`<body/>`), its time
 * (`stamp`) and whether it is the person's own (`out`).
 */
export async function askInbox(session: XmppSession, {after, max, unreadOnly, signal}: InboxQuery): Promise<InboxPage> {
  const entries: InboxEntry[] = [];
  const now = Date.now();
  session.collectors.set(INBOX, {
    from: session.self,
    take(item) {
      const entry = child(item, 'entry', NS.inbox);
      const peer = parseJid(attr(entry, 'jid'))?.bare;
      if (peer === undefined) return;
      const message = readEntry(session.self, peer, item, entry, now);
      entries.push({peer, unread: readCount(Number(attr(entry, 'unread'))), message});
    },
  });
  try {
    const set = xml(
      'set',
      NS.rsm,
      {},
      xml('max', NS.rsm, {}, String(max)),
      after !== undefined && xml('after', NS.rsm, {}, after),
    );
    const question = xml('inbox', NS.inbox, {'unread-only': unreadOnly ? 'true' : undefined}, set);
    const fin = await session.iq('set', question, {signal});
    const last = textOf(child(child(fin, 'set', NS.rsm), 'last'));
    const more = entries.length > 0 && last !== '' && last !== after;
    return {entries, cursor: more ? last : undefined, unread: readCount(Number(attr(fin, 'all-unread')))};
  } finally {
    session.collectors.delete(INBOX);
  }
}

function readEntry(self: string, peer: string, item: Xml, entry: Xml | undefined, now: number): Message | undefined {
  const archiveId = attr(entry, 'id');
  const forwarded = child(child(item, 'result', NS.mam), 'forwarded', NS.forward);
  const stanza = child(forwarded, 'message', NS.client);
  if (stanza) return readMessage(stanza, {self, archive: self, archiveId, at: delayOf(forwarded, now) ?? 0});
  const at = Date.parse(attr(entry, 'stamp') ?? '');
  const own = attr(entry, 'out') === '1';
  const body = child(entry, 'body');
  if (!(at > 0) || !body) return undefined;
  const [from, to] = own ? [self, peer] : [peer, self];
  const short = xml('message', NS.client, {from, to, type: 'chat'}, xml('body', NS.client, {}, textOf(body)));
  return readMessage(short, {self, archive: self, archiveId, at: Math.min(at, now)});
}
