import {SourceError} from '../../model/errors.js';
import {fromBase64, fromUtf8, toBase64, toUtf8} from './base64.js';

/** The hashes that a login may use, the better one first. */
export const SCRAM_HASHES = ['SHA-256', 'SHA-1'] as const;
export type ScramHash = (typeof SCRAM_HASHES)[number];

/** Rounds below which a password is badly kept (RFC 7677), and above which a server would only keep the page busy. */
const MIN_ROUNDS = 4096;
const MAX_ROUNDS = 1_000_000;

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Proves the knowledge of a password without telling it, and has the server prove the same (RFC 5802, 7677).
 *
 * Without channel binding, which a page cannot do. A password goes through NFKC, the part of SASLprep that matters for
 * what people type.
 */
export class Scram {
  readonly #hash: ScramHash;
  readonly #password: string;
  readonly #first: string;
  readonly #nonce: string;
  #expected = '';

  constructor(hash: ScramHash, user: string, password: string, nonce = randomNonce()) {
    this.#hash = hash;
    this.#password = password;
    this.#nonce = nonce;
    this.#first = `n=${user.replace(/=/g, '=3D').replace(/,/g, '=2C')},r=${nonce}`;
  }

  get initial(): string {
    return toBase64(toUtf8(`n,,${this.#first}`));
  }

  /**
   * Answers the server's challenge.
   *
   * @throws SourceError `auth` for a challenge that is not one to this login.
   */
  async answer(challenge: string): Promise<string> {
    const server = fromUtf8(fromBase64(challenge));
    const {r: nonce = '', s: salt = '', i = ''} = fields(server);
    const rounds = Number(i);
    if (!nonce.startsWith(this.#nonce) || nonce === this.#nonce) throw refused('answered another login');
    if (!(rounds >= MIN_ROUNDS && rounds <= MAX_ROUNDS)) throw refused(`asked for ${i.slice(0, 20)} rounds`);
    const last = `c=biws,r=${nonce}`;
    const signed = toUtf8(`${this.#first},${server},${last}`);
    const salted = await this.#stretch(fromBase64(salt), rounds);
    const key = await this.#sign(salted, toUtf8('Client Key'));
    const stored = new Uint8Array(await crypto.subtle.digest(this.#hash, key));
    const signature = await this.#sign(stored, signed);
    const proof = key.map((byte, at) => byte ^ (signature[at] ?? 0));
    this.#expected = toBase64(await this.#sign(await this.#sign(salted, toUtf8('Server Key')), signed));
    return toBase64(toUtf8(`${last},p=${toBase64(proof)}`));
  }

  /**
   * Checks what the server says at the end.
   *
   * @throws SourceError `auth` if it does not know the password either.
   */
  verify(success: string): void {
    const {v} = fields(fromUtf8(fromBase64(success)));
    if (this.#expected === '' || v !== this.#expected) throw refused('did not prove that it knows the password');
  }

  async #stretch(salt: Bytes, iterations: number): Promise<Bytes> {
    const password = toUtf8(this.#password.normalize('NFKC'));
    const key = await crypto.subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits']);
    const bits = this.#hash === 'SHA-1' ? 160 : 256;
    return new Uint8Array(await crypto.subtle.deriveBits({name: 'PBKDF2', hash: this.#hash, salt, iterations}, key, bits));
  }

  async #sign(secret: Bytes, message: Bytes): Promise<Bytes> {
    const key = await crypto.subtle.importKey('raw', secret, {name: 'HMAC', hash: this.#hash}, false, ['sign']);
    return new Uint8Array(await crypto.subtle.sign('HMAC', key, message));
  }
}

function fields(message: string): Readonly<Record<string, string>> {
  return Object.fromEntries(message.split(',').map((part) => [part.slice(0, 1), part.slice(2)]));
}

function randomNonce(): string {
  return toBase64(crypto.getRandomValues(new Uint8Array(18)));
}

function refused(what: string): SourceError {
  return new SourceError('auth', `The server ${what}`);
}
