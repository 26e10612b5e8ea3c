import {SourceError, toSourceError} from '../../model/errors.js';
import {Acks, isStanza} from './acks.js';
import {backoff} from './backoff.js';
import type {ConnectionEvents, Standing, XmppConnection} from './connection.js';
import {lost, readError} from './errors.js';
import {parseJid} from './jid.js';
import {NS} from './namespaces.js';
import {login} from './sasl.js';
import {Socket, type OpenWebSocket} from './socket.js';
import {attr, child, textOf, xml, type Xml} from './xml.js';

/** What an account and the way to it are. */
export interface StreamOptions {
  readonly url: string;
  readonly jid: string;
  readonly password: string;
  readonly timeoutMs: number;
  /** How long nothing may come before the server is asked for a sign, in milliseconds. */
  readonly pingMs: number;
  readonly openWebSocket: OpenWebSocket;
}

/** Nobody can listen: the connection is encrypted or stays on the machine. */
const SECURE = /^(?:wss:|ws:\/\/(?:localhost|127(?:\.\d+){3}|\[::1\])(?:[:/?#]|$))/i;

/**
 * A client of RFC 7395: logs in, and keeps a session over as many connections as it takes.
 *
 * After a loss it tries again, after longer and longer waits of random length, and at once when the browser is online
 * again. It gives up only if the login is refused, or if another client has taken the session.
 */
export class XmppStream implements XmppConnection {
  readonly foreign = false;
  readonly #options: StreamOptions;
  #events: ConnectionEvents | undefined;
  #socket: Socket | undefined;
  #acks: Acks | undefined;
  #jid = '';
  #online = false;
  #closed = false;
  /** Ends the wait for the next try. */
  #hurry: () => void = () => undefined;
  #beat: ReturnType<typeof setInterval> | undefined;
  #heard = true;

  constructor(options: StreamOptions) {
    this.#options = options;
  }

  get jid(): string {
    return this.#jid;
  }

  open(events: ConnectionEvents): void {
    this.#events = events;
    void this.#run();
  }

  send(stanza: Xml): void {
    this.#acks?.sent(stanza);
    if (this.#online) this.#socket?.send(stanza);
  }

  close(): void {
    this.#closed = true;
    this.#hurry();
    this.#socket?.close();
  }

  async #run(): Promise<void> {
    let failures = 0;
    for (this.#tell({state: 'connecting'}); !this.#closed; ) {
      let error: SourceError;
      try {
        error = await this.#connect(() => (failures = 0));
      } catch (thrown) {
        error = toSourceError(thrown);
        this.#socket?.close(error);
      }
      const wasOnline = this.#online;
      this.#online = false;
      clearInterval(this.#beat);
      this.#socket = undefined;
      if (this.#closed) return;
      const {code, nativeCode} = error;
      if (code === 'auth' || code === 'invalid-argument') return this.#tell({state: 'expired', error});
      if (nativeCode === 'conflict') return this.#tell({state: 'kicked', error});
      failures++;
      this.#tell({state: wasOnline ? 'connecting' : 'offline', error});
      await this.#wait(backoff(failures));
    }
  }

  #tell(standing: Standing): void {
    if (!this.#closed) this.#events?.stand(standing);
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        // Node has no such events.
        globalThis.removeEventListener?.('online', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      globalThis.addEventListener?.('online', done);
      this.#hurry = done;
      if (this.#closed) done();
    });
  }

  /** Logs in and stays until the connection ends; gives the reason. */
  async #connect(online: () => void): Promise<SourceError> {
    const {url, jid, password, timeoutMs, openWebSocket} = this.#options;
    const {local = '', domain = ''} = parseJid(jid) ?? {};
    const socket = await Socket.open(url, openWebSocket, timeoutMs, (error, frame) => {
      // It counts all the same.
      if (this.#online && /^\s*<(?:message|presence|iq)[\s/>]/.test(frame)) this.#acks?.received();
      this.#events?.refuse(error);
    });
    this.#socket = socket;
    if (this.#closed) socket.close();
    const exchange = async (frame: Xml): Promise<Xml> => checked(await socket.exchange(frame, timeoutMs));
    const begin = async (): Promise<Xml> => {
      const opened = await exchange(xml('open', NS.framing, {to: domain, version: '1.0'}));
      if (opened.name !== 'open') throw new SourceError('server', 'The server opens no stream of XMPP');
      return checked(await socket.next(timeoutMs));
    };
    await login(await begin(), {user: local, password, secure: SECURE.test(url)}, exchange);
    const features = await begin();
    const again = await this.#resume(exchange);
    if (!again) await this.#bind(features, exchange);
    this.#online = true;
    online();
    socket.receive((frame) => this.#handle(frame));
    this.#watch(socket);
    for (const stanza of again ?? []) socket.send(stanza);
    this.#tell({state: 'online', fresh: !again});
    return socket.closed;
  }

  /** Goes on with the session of before; gives what has to be sent again, or nothing if there is none to go on with. */
  async #resume(exchange: (frame: Xml) => Promise<Xml>): Promise<readonly Xml[] | undefined> {
    const acks = this.#acks;
    if (!acks) return undefined;
    const reply = await exchange(acks.resume());
    if (reply.name === 'resumed') return acks.resumed(reply);
    this.#acks = undefined;
    return undefined;
  }

  async #bind(features: Xml, exchange: (frame: Xml) => Promise<Xml>): Promise<void> {
    const bound = await exchange(xml('iq', NS.client, {type: 'set', id: 'bind'}, xml('bind', NS.bind)));
    if (attr(bound, 'type') !== 'result') throw readError(child(bound, 'error'));
    const full = parseJid(textOf(child(child(bound, 'bind', NS.bind), 'jid')));
    if (!full) throw new SourceError('server', 'The server gave no address');
    this.#jid = `${full.bare}/${full.resource}`;
    if (!child(features, 'sm', NS.sm)) return;
    const enabled = await exchange(xml('enable', NS.sm, {resume: 'true'}));
    const id = attr(enabled, 'id');
    if (enabled.name === 'enabled' && id !== undefined) this.#acks = new Acks(id);
  }

  #handle(frame: Xml): void {
    this.#heard = true;
    if (isStanza(frame)) {
      this.#acks?.received();
      this.#events?.stanza(frame);
    } else if (frame.ns === NS.sm && frame.name === 'r') {
      if (this.#acks) this.#socket?.send(this.#acks.answer());
    } else if (frame.ns === NS.sm && frame.name === 'a') this.#acks?.ack(attr(frame, 'h'));
    else if (frame.name === 'close' && frame.ns === NS.framing) this.#socket?.close();
    else if (frame.name === 'error') this.#socket?.close(readError(frame));
  }

  /** A connection that breaks without a word is found out by asking. */
  #watch(socket: Socket): void {
    const {domain = ''} = parseJid(this.#jid) ?? {};
    let asked = false;
    this.#heard = true;
    this.#beat = setInterval(() => {
      if (this.#heard) asked = false;
      else if (asked) return socket.close(lost());
      const unacked = this.#acks?.unacked.length ?? 0;
      if (this.#heard && unacked === 0) return void (this.#heard = false);
      this.#heard = false;
      asked = true;
      socket.send(this.#acks ? xml('r', NS.sm) : ping(domain));
    }, this.#options.pingMs);
  }
}

function ping(to: string): Xml {
  return xml('iq', NS.client, {type: 'get', id: 'ping', to}, xml('ping', NS.ping));
}

/** @throws SourceError for an error of the stream, or its end. */
function checked(frame: Xml): Xml {
  if (frame.name === 'error' && frame.ns !== NS.sasl) throw readError(frame);
  if (frame.name === 'close' && frame.ns === NS.framing) throw lost();
  return frame;
}
