import type {WebSocketLike} from '../../src/sources/xmpp.js';

/** Stands between a source and its WebSockets, so that the connection can break. */
export class Wire {
  readonly #sockets = new Set<CutSocket>();
  #isCut = false;
  #fails = false;
  #forgets = false;

  readonly open = (url: string, protocol: string): WebSocketLike => {
    const socket = new CutSocket(this.#isCut ? undefined : new WebSocket(url, protocol));
    socket.filter = (text) => this.#send(socket, text);
    socket.ended = () => this.#sockets.delete(socket);
    this.#sockets.add(socket);
    return socket;
  };

  /** Sockets that are open. */
  get size(): number {
    return this.#sockets.size;
  }

  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.cut();
  }

  mend(): void {
    this.#isCut = false;
  }

  /** The server refuses the next question for conversations. */
  failNext(): void {
    this.#fails = true;
  }

  /** The server will not know the session any more when it is to be resumed. */
  forget(): void {
    this.#forgets = true;
  }

  #send(socket: CutSocket, text: string): string | undefined {
    if (this.#forgets && text.startsWith('<resume')) {
      this.#forgets = false;
      return text.replace(/previd="[^"]*"/, 'previd="none"');
    }
    const [, id] = /<iq [^>]*id="([^"]+)".*urn:xmpp:(?:mam:2|inbox:1)/.exec(text) ?? [];
    if (!this.#fails || id === undefined) return text;
    this.#fails = false;
    const error = '<error type="wait"><internal-server-error xmlns="urn:ietf:params:xml:ns:xmpp-stanzas"/></error>';
    queueMicrotask(() => socket.receive(`<iq xmlns="jabber:client" type="error" id="${id}">${error}</iq>`));
    return undefined;
  }
}

class CutSocket implements WebSocketLike {
  onopen: ((event: never) => void) | null = null;
  onmessage: ((event: never) => void) | null = null;
  onclose: ((event: never) => void) | null = null;
  onerror: ((event: never) => void) | null = null;
  ended: () => void = () => undefined;
  readonly #ws: WebSocket | undefined;
  filter: (text: string) => string | undefined = (text) => text;

  constructor(ws: WebSocket | undefined) {
    this.#ws = ws;
    if (!ws) {
      setTimeout(() => this.cut());
      return;
    }
    ws.onopen = (event) => this.onopen?.(event as never);
    ws.onmessage = (event) => this.onmessage?.(event as never);
    ws.onerror = (event) => this.onerror?.(event as never);
    ws.onclose = () => this.cut();
  }

  send(text: string): void {
    const passed = this.filter(text);
    if (passed !== undefined) this.#ws?.send(passed);
  }

  receive(data: string): void {
    this.onmessage?.({data} as never);
  }

  close(): void {
    this.ended();
    this.#ws?.close();
  }

  cut(): void {
    const {onclose} = this;
    this.onmessage = null;
    this.ended();
    if (this.#ws) this.#ws.onclose = null;
    this.#ws?.close();
    onclose?.({} as never);
  }
}
