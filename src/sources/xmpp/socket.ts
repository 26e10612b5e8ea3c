import {SourceError} from '../../model/errors.js';
import {lost} from './errors.js';
import {NS} from './namespaces.js';
import {parseXml} from './parse-xml.js';
import {write, xml, type Xml} from './xml.js';

/** What is needed of a WebSocket; the browser's fits, and `ws` for Node. */
export interface WebSocketLike {
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  send(data: string): void;
  close(): void;
}

/** Opens a WebSocket with the subprotocol `xmpp`. */
export type OpenWebSocket = (url: string, protocol: string) => WebSocketLike;

/** Frames of RFC 7395 over one WebSocket: an element in each, in order, until it is closed. */
export class Socket {
  /** Takes what comes; until it is set, frames wait. */
  #receive: ((frame: Xml) => void) | undefined;
  readonly #waiting: Xml[] = [];
  readonly #ws: WebSocketLike;
  readonly #refuse: (error: SourceError, frame: string) => void;
  #close: (error: SourceError) => void = () => undefined;
  /** Resolves with the reason when it is closed; never rejects. */
  readonly closed: Promise<SourceError>;
  #isClosed = false;

  private constructor(ws: WebSocketLike, refuse: (error: SourceError, frame: string) => void) {
    this.#ws = ws;
    this.#refuse = refuse;
    this.closed = new Promise((resolve) => {
      this.#close = (error) => {
        this.#isClosed = true;
        resolve(error);
      };
    });
  }

  /**
   * @param refuse - told of a frame that cannot be read; it is left out, as its sender may be anyone
   * @throws SourceError `network` if there is no way to the server; `timeout`; `unsupported` without WebSockets.
   */
  static async open(
    url: string,
    openWebSocket: OpenWebSocket,
    timeoutMs: number,
    refuse: (error: SourceError, frame: string) => void,
  ): Promise<Socket> {
    let ws: WebSocketLike;
    try {
      ws = openWebSocket(url, 'xmpp');
    } catch (thrown) {
      throw new SourceError('invalid-argument', `No WebSocket can be opened to ${url.slice(0, 200)}`, {cause: thrown});
    }
    const socket = new Socket(ws, refuse);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const opened = new Promise<SourceError | undefined>((resolve) => {
      ws.onopen = () => resolve(undefined);
      timer = setTimeout(() => resolve(new SourceError('timeout', 'The server did not answer')), timeoutMs);
    });
    ws.onmessage = (event: {readonly data?: unknown}) => socket.#handle(event.data);
    // What went wrong, browsers tell nobody.
    ws.onerror = () => socket.#close(lost());
    ws.onclose = () => socket.#close(lost());
    const problem = await Promise.race([opened, socket.closed]);
    clearTimeout(timer);
    if (!problem) return socket;
    socket.close(problem);
    throw problem;
  }

  /** From now on frames go there, those first that have come already. */
  receive(receive: (frame: Xml) => void): void {
    this.#receive = receive;
    for (const frame of this.#waiting.splice(0)) receive(frame);
  }

  /** Sends a frame and waits for one. @throws SourceError `timeout`, `network`. */
  async exchange(frame: Xml, timeoutMs: number): Promise<Xml> {
    this.send(frame);
    return this.next(timeoutMs);
  }

  async next(timeoutMs: number): Promise<Xml> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const answer = await Promise.race([
      new Promise<Xml>((resolve) => {
        this.#receive = undefined;
        const first = this.#waiting.shift();
        if (first) return resolve(first);
        this.#receive = (frame) => {
          this.#receive = undefined;
          resolve(frame);
        };
      }),
      new Promise<SourceError>((resolve) => {
        timer = setTimeout(() => resolve(new SourceError('timeout', 'The server did not answer')), timeoutMs);
      }),
      this.closed,
    ]);
    clearTimeout(timer);
    if (answer instanceof SourceError) throw answer;
    return answer;
  }

  send(frame: Xml): void {
    if (this.#isClosed) return;
    try {
      this.#ws.send(write(frame));
    } catch (thrown) {
      this.close(lost(thrown));
    }
  }

  close(error: SourceError = lost()): void {
    if (this.#isClosed) return;
    this.send(xml('close', NS.framing));
    this.#ws.onopen = this.#ws.onmessage = this.#ws.onclose = null;
    // Some tell of a WebSocket that is closed before it is open by an event that nobody may leave alone.
    this.#ws.onerror = () => undefined;
    this.#close(error);
    try {
      this.#ws.close();
    } catch {
      // It was.
    }
  }

  #handle(data: unknown): void {
    if (this.#isClosed) return;
    let frame: Xml;
    try {
      if (typeof data !== 'string') throw new SourceError('invalid-data', 'The server sent bytes instead of XML');
      frame = parseXml(data);
    } catch (thrown) {
      return this.#refuse(thrown as SourceError, typeof data === 'string' ? data : '');
    }
    if (this.#receive) this.#receive(frame);
    else this.#waiting.push(frame);
  }
}
