import {NS} from './namespaces.js';
import {delayOf, readMessage, type Message} from './messages.js';
import type {XmppSession} from './session.js';
import {attr, child, textOf, xml, type Xml} from './xml.js';

/** A question to an archive (XEP-0313), newest first. */
export interface ArchiveQuery {
  /** A room's archive instead of the account's. */
  readonly room?: string | undefined;
  /** The person's name in the room. */
  readonly nick?: string | undefined;
  /** Only what was exchanged with this address. */
  readonly with?: string | undefined;
  /** Older than this message; without it from the newest on. */
  readonly before?: string | undefined;
  readonly max: number;
  readonly signal?: AbortSignal | undefined;
}

/** A part of an archive. */
export interface ArchivePage {
  /** Newest first. */
  readonly messages: readonly Message[];
  /** The place of the oldest of them, whatever it was, for the next question. */
  readonly oldest: string | undefined;
  /** Milliseconds since 1970 of that one. */
  readonly oldestAt: number;
  /** There is nothing before. */
  readonly done: boolean;
}

/** Asks an archive. What comes with another id or from another address is not of it. */
export async function askArchive(session: XmppSession, query: ArchiveQuery): Promise<ArchivePage> {
  const {room, nick, before = '', max, signal} = query;
  const archive = room ?? session.self;
  const queryid = session.newId();
  const now = Date.now();
  const found: {readonly id: string | undefined; readonly at: number; readonly message: Message | undefined}[] = [];
  session.collectors.set(queryid, {
    from: archive,
    take(result) {
      const forwarded = child(result, 'forwarded', NS.forward);
      const stanza = child(forwarded, 'message', NS.client);
      const id = attr(result, 'id');
      const at = delayOf(forwarded, now) ?? 0;
      const message = stanza && readMessage(stanza, {self: session.self, archive, nick, archiveId: id, at});
      found.push({id, at, message});
    },
  });
  try {
    const answer = await session.iq('set', archiveQuery(queryid, query.with, before, max), {to: room, signal});
    const set = child(answer, 'set', NS.rsm);
    found.reverse();
    const messages = found.flatMap(({message}) => message ?? []);
    const first = textOf(child(set, 'first')) || found.at(-1)?.id;
    return {
      messages,
      oldest: first,
      oldestAt: found.at(-1)?.at ?? 0,
      // One that gives nothing new would be asked for ever.
      done: attr(answer, 'complete') === 'true' || first === undefined || first === before,
    };
  } finally {
    session.collectors.delete(queryid);
  }
}

function archiveQuery(queryid: string, peer: string | undefined, before: string, max: number): Xml {
  const field = (name: string, value: string, type?: string): Xml =>
    xml('field', NS.dataForm, {var: name, type}, xml('value', NS.dataForm, {}, value));
  const form = peer !== undefined && [field('FORM_TYPE', NS.mam, 'hidden'), field('with', peer)];
  return xml(
    'query',
    NS.mam,
    {queryid},
    form && xml('x', NS.dataForm, {type: 'submit'}, ...form),
    xml('set', NS.rsm, {}, xml('max', NS.rsm, {}, String(max)), xml('before', NS.rsm, {}, before)),
  );
}
