import {SourceError, toSourceError} from '../../model/errors.js';
import {isStanza} from './acks.js';
import type {ConnectionEvents, Standing, XmppConnection} from './connection.js';
import {lost, readError} from './errors.js';
import {bareOf, parseJid} from './jid.js';
import {NS} from './namespaces.js';
import {Reports} from './reports.js';
import {attr, child, xml, type Xml} from './xml.js';

/** How a request is made. */
export interface IqOptions {
  /** Whom it asks; without it the person's own account. */
  readonly to?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Whom a session tells: stanzas that are no answers, and how the connection stands. */
export interface SessionEvents {
  message(stanza: Xml): void;
  presence(stanza: Xml): void;
  /** A request or a push of the server. */
  request(iq: Xml): void;
  stand(standing: Standing): void;
}

interface Pending {
  readonly to: string | undefined;
  readonly settle: (error: SourceError | undefined, iq?: Xml) => void;
}

/** Takes the items that come as messages before the answer to a request (archive, inbox). */
export interface Collector {
  /** Who may send them. */
  readonly from: string;
  take(item: Xml): void;
}

/** Requests and their answers over a connection; checks who answers. */
export class XmppSession implements ConnectionEvents {
  readonly connection: XmppConnection;
  readonly reports = new Reports();
  readonly collectors = new Map<string, Collector>();
  readonly #timeoutMs: number;
  readonly #events: SessionEvents;
  readonly #pending = new Map<string, Pending>();
  readonly #prefix = Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) => byte.toString(36)).join('');
  #count = 0;

  constructor(connection: XmppConnection, timeoutMs: number, events: SessionEvents) {
    this.connection = connection;
    this.#timeoutMs = timeoutMs;
    this.#events = events;
  }

  /** The person's address; `''` until the connection was online once. */
  get self(): string {
    return bareOf(this.connection.jid);
  }

  /** Requests that wait for an answer. */
  get pending(): number {
    return this.#pending.size;
  }

  newId(): string {
    return `${this.#prefix}-${++this.#count}`;
  }

  /** Whether it is a name that this session has given, if only to something that is over. */
  isNamed(id: string): boolean {
    return id.startsWith(`${this.#prefix}-`);
  }

  send(stanza: Xml): void {
    this.connection.send(stanza);
  }

  /**
   * Asks, and gives the answer's content.
   *
   * @throws SourceError what the answer says; `timeout`; `aborted`; `network` if the session ends before.
   */
  iq(type: 'get' | 'set', payload: Xml, {to, signal}: IqOptions = {}): Promise<Xml | undefined> {
    return new Promise((resolve, reject) => {
      const id = this.newId();
      const settle = (error: SourceError | undefined, iq?: Xml): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
        this.#pending.delete(id);
        if (error) reject(error);
        else resolve(child(iq));
      };
      const abort = (): void => settle(new SourceError('aborted', 'Aborted', {cause: signal?.reason}));
      const timer = setTimeout(() => {
        settle(new SourceError('timeout', `No answer in ${this.#timeoutMs} ms`));
      }, this.#timeoutMs);
      if (signal?.aborted) return abort();
      signal?.addEventListener('abort', abort);
      this.#pending.set(id, {to, settle});
      this.send(xml('iq', NS.client, {type, id, to}, payload));
    });
  }

  /** Answers a request. */
  reply(iq: Xml, type: 'result' | 'error', ...content: Xml[]): void {
    this.send(xml('iq', NS.client, {type, id: attr(iq, 'id'), to: attr(iq, 'from')}, ...content));
  }

  /** From the person's own account, which may leave its address out. */
  isOwn(from: string | undefined): boolean {
    return from === undefined || from === this.self;
  }

  stanza(stanza: Xml): void {
    if (!isStanza(stanza)) return;
    try {
      if (stanza.name === 'message') this.#events.message(stanza);
      else if (stanza.name === 'presence') this.#events.presence(stanza);
      else if (!this.#answer(stanza)) this.#events.request(stanza);
    } catch (thrown) {
      // One stanza that nobody thought of is not to be the end of all.
      this.refuse(toSourceError(thrown, 'invalid-data'), attr(stanza, 'from'));
    }
  }

  stand(standing: Standing): void {
    if (standing.fresh || standing.state === 'kicked' || standing.state === 'expired') {
      this.fail(standing.error ?? lost());
    }
    this.#events.stand(standing);
  }

  refuse(error: SourceError, from?: string): void {
    this.reports.report(error, from);
  }

  /** Nobody will answer any more. */
  fail(error: SourceError): void {
    for (const {settle} of [...this.#pending.values()]) settle(error);
  }

  /** Whether it is no question; an answer that nobody waits for has come too late. */
  #answer(iq: Xml): boolean {
    const type = attr(iq, 'type');
    if (type !== 'result' && type !== 'error') return false;
    const pending = this.#pending.get(attr(iq, 'id') ?? '');
    if (!pending) return true;
    const from = attr(iq, 'from');
    const {to} = pending;
    const right = to === undefined || to === this.self ? this.isOwn(from) || from === this.connection.jid : from === to;
    const isServer = to === undefined && from === parseJid(this.self)?.domain;
    if (!right && !isServer) {
      this.refuse(new SourceError('invalid-data', `${String(from).slice(0, 200)} answered a request to ${to ?? 'the account'}`), from);
    } else pending.settle(type === 'error' ? readError(child(iq, 'error')) : undefined, iq);
    return true;
  }
}
