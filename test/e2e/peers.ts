import {createHash} from 'node:crypto';
import {createConnection, type Socket} from 'node:net';
import {until} from './until.js';

/** Other people: a component (XEP-0114) that sends as anybody at `peers.localhost`. */
export class Peers {
  readonly #socket: Socket;
  #count = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  static async connect(port: number): Promise<Peers> {
    const socket = createConnection({port, host: '127.0.0.1'});
    let text = '';
    let ready = false;
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      if (ready) return;
      text += chunk;
      const id = /<stream:stream[^>]* id=['"]([^'"]+)/.exec(text)?.[1];
      if (id === undefined) return;
      if (/<handshake[^>]*\/>/.test(text)) ready = true;
      else if (!text.includes('asked')) {
        text += 'asked';
        socket.write(`<handshake>${createHash('sha1').update(`${id}s3cret`).digest('hex')}</handshake>`);
      }
    });
    // The server may be killed while this is connected.
    socket.on('error', () => undefined);
    socket.write(
      "<?xml version='1.0'?><stream:stream xmlns='jabber:component:accept' xmlns:stream='http://etherx.jabber.org/streams' to='peers.localhost'>",
    );
    await until(() => ready, 'the component is connected', 10_000);
    return new Peers(socket);
  }

  /** Sends a message as `NAME@peers.localhost`; gives its id. */
  say(name: string, to: string, body: string, extra = ''): string {
    const id = `peer-${process.pid}-${++this.#count}`;
    this.send(
      `<message type='chat' id='${id}' from='${name}@peers.localhost/r' to='${to}@localhost'><body>${body}</body>${extra}</message>`,
    );
    return id;
  }

  send(stanza: string): void {
    this.#socket.write(stanza);
  }

  close(): void {
    this.#socket.destroy();
  }
}
