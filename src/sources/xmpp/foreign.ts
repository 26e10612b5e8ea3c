import {toSourceError} from '../../model/errors.js';
import type {ConnectionEvents, XmppConnection} from './connection.js';
import {lost} from './errors.js';
import {parseXml} from './parse-xml.js';
import {write, type Xml} from './xml.js';

/** What the source takes of a client of `@xmpp/client` (0.14), by structure. */
export interface XmppJsClient {
  readonly status: string;
  readonly jid?: {toString(): string} | null;
  send(element: never): Promise<unknown>;
  on(event: string, listener: (...args: never[]) => void): unknown;
  removeListener(event: string, listener: (...args: never[]) => void): unknown;
}

/** The function `xml` of `@xmpp/client`, which makes the elements that its clients send. */
export type XmppJsXml = (name: string, attrs: Record<string, string>, ...children: never[]) => unknown;

/** What the source takes of a client of `stanza` (12), by structure. */
export interface StanzaClient {
  readonly jid: string;
  readonly sessionStarted: boolean;
  readonly transport?: {write?(data: string): unknown} | undefined;
  on(event: string, listener: (...args: never[]) => void): unknown;
  off(event: string, listener: (...args: never[]) => void): unknown;
}

type Handlers = Readonly<Record<string, (...args: never[]) => void>>;

/** A connection that the app has made, and ends. Its own session management goes on as if there were no source. */
abstract class ForeignConnection implements XmppConnection {
  readonly foreign = true;
  #end: () => void = () => undefined;

  abstract readonly jid: string;
  abstract send(stanza: Xml): void;
  protected abstract isOnline(): boolean;
  protected abstract listen(events: ConnectionEvents): () => void;

  open(events: ConnectionEvents): void {
    this.#end = this.listen(events);
    if (this.isOnline()) events.stand({state: 'online', fresh: true});
    else events.stand({state: 'connecting'});
  }

  close(): void {
    this.#end();
    this.#end = () => undefined;
  }
}

/** Takes what comes as text, so that it goes through the same checks as over a connection of one's own. */
function take(events: ConnectionEvents, text: string): void {
  try {
    events.stanza(parseXml(text));
  } catch (thrown) {
    events.refuse(toSourceError(thrown));
  }
}

/** A client of `@xmpp/client`. */
export class XmppJsConnection extends ForeignConnection {
  readonly #client: XmppJsClient;
  readonly #xml: XmppJsXml;

  constructor(client: XmppJsClient, makeXml: XmppJsXml) {
    super();
    this.#client = client;
    this.#xml = makeXml;
  }

  get jid(): string {
    return this.#client.jid?.toString() ?? '';
  }

  send(stanza: Xml): void {
    // It tells of a loss by an event.
    this.#client.send(this.#convert(stanza) as never).catch(() => undefined);
  }

  protected override isOnline(): boolean {
    return this.#client.status === 'online';
  }

  protected override listen(events: ConnectionEvents): () => void {
    const handlers: Handlers = {
      stanza: (element: object) => take(events, String(element)),
      online: () => events.stand({state: 'online', fresh: true}),
      disconnect: () => events.stand({state: 'connecting', error: lost()}),
      offline: () => events.stand({state: 'offline', error: lost()}),
    };
    for (const [name, handler] of Object.entries(handlers)) this.#client.on(name, handler);
    return () => {
      for (const [name, handler] of Object.entries(handlers)) this.#client.removeListener(name, handler);
    };
  }

  #convert({name, ns, attrs, children}: Xml): unknown {
    const parts = children.map((part) => (typeof part === 'string' ? part : this.#convert(part)));
    return this.#xml(name, {xmlns: ns, ...Object.fromEntries(attrs)}, ...(parts as never[]));
  }
}

/** A client of `stanza`, over a WebSocket: it hands over and takes frames as they are. */
export class StanzaConnection extends ForeignConnection {
  readonly #client: StanzaClient;

  constructor(client: StanzaClient) {
    super();
    this.#client = client;
  }

  get jid(): string {
    return this.#client.jid;
  }

  send(stanza: Xml): void {
    this.#client.transport?.write?.(write(stanza));
  }

  protected override isOnline(): boolean {
    return this.#client.sessionStarted;
  }

  protected override listen(events: ConnectionEvents): () => void {
    const handlers: Handlers = {
      'raw:incoming': (text: string) => take(events, text),
      'session:started': () => events.stand({state: 'online', fresh: true}),
      'stream:management:resumed': () => events.stand({state: 'online', fresh: false}),
      disconnected: () => events.stand({state: 'connecting', error: lost()}),
    };
    for (const [name, handler] of Object.entries(handlers)) this.#client.on(name, handler);
    return () => {
      for (const [name, handler] of Object.entries(handlers)) this.#client.off(name, handler);
    };
  }
}
