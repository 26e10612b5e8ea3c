import {SourceError} from '../../model/errors.js';
import {toBase64, toUtf8} from './base64.js';
import {readError} from './errors.js';
import {NS} from './namespaces.js';
import {Scram, SCRAM_HASHES} from './scram.js';
import {all, child, textOf, xml, type Xml} from './xml.js';

/** Who logs in. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
  /** The connection is encrypted, or does not leave the machine. */
  readonly secure: boolean;
}

/** Sends an element and waits for the next one. */
export type Exchange = (element: Xml) => Promise<Xml>;

/**
 * Logs in by the best mechanism that both sides know: SCRAM, else the plain password where nobody can listen.
 *
 * @throws SourceError `auth` if the server refuses, or offers nothing that is safe.
 */
export async function login(features: Xml, {user, password, secure}: Credentials, exchange: Exchange): Promise<void> {
  const offered = all(child(features, 'mechanisms', NS.sasl), 'mechanism').map(textOf);
  // Pages that came without encryption have no such functions.
  const subtle = (globalThis.crypto as Partial<Crypto>).subtle;
  const hash = subtle && SCRAM_HASHES.find((name) => offered.includes(`SCRAM-${name}`));
  const auth = (mechanism: string, text: string): Promise<Xml> => exchange(xml('auth', NS.sasl, {mechanism}, text));
  if (hash) {
    const scram = new Scram(hash, user, password);
    let reply = check(await auth(`SCRAM-${hash}`, scram.initial));
    if (reply.name !== 'challenge') throw new SourceError('auth', 'The server did not ask for a proof');
    reply = check(await exchange(xml('response', NS.sasl, {}, await scram.answer(textOf(reply)))));
    scram.verify(textOf(reply));
    // Some prove themselves by one more challenge.
    if (reply.name === 'challenge') check(await exchange(xml('response', NS.sasl)), 'success');
  } else if (offered.includes('PLAIN') && secure) {
    check(await auth('PLAIN', toBase64(toUtf8(`\0${user}\0${password.normalize('NFKC')}`))), 'success');
  } else {
    const why = offered.length === 0 ? 'offers no login' : 'offers no login that is safe on this connection';
    throw new SourceError('auth', `The server ${why}${offered.length > 0 ? `: ${offered.join(', ').slice(0, 100)}` : ''}`);
  }
}

function check(reply: Xml, name = ''): Xml {
  if (reply.ns === NS.sasl && reply.name === 'failure') throw readError(reply, 'auth');
  if (reply.ns !== NS.sasl || (name !== '' && reply.name !== name)) {
    throw new SourceError('auth', `The server answered the login with <${reply.name}>`);
  }
  return reply;
}
