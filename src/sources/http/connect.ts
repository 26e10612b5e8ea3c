import {SourceError} from '../../model/errors.js';
import type {HttpClient} from './client.js';
import {EventStreamParser, type StreamEvent} from './event-stream.js';
import {parseJson} from './read.js';

/** What a connection tells while it lasts. */
export interface Hearing {
  /** Something came, if only a sign of life. */
  alive(): void;
  event(event: StreamEvent): void;
  /** The server wants this many milliseconds between two connections. */
  retry(ms: number): void;
}

/**
 * Connects and hears until the connection ends, which resolves if the server ended it, and rejects with what broke it.
 *
 * @param after - from where to go on; `undefined`: from now
 */
export type Connect = (after: string | undefined, signal: AbortSignal, hearing: Hearing) => Promise<void>;

/** By Server-Sent Events over `fetch`, which sends headers that an `EventSource` cannot. */
export function connectStream(client: HttpClient): Connect {
  return async (after, signal, hearing) => {
    const headers = {accept: 'text/event-stream', 'cache-control': 'no-cache', ...(after !== undefined && {'last-event-id': after})};
    const response = await client.fetch(client.address('events').href, signal, {headers, cache: 'no-store'});
    const type = response.headers.get('content-type') ?? '';
    if (response.status === 204) throw new SourceError('unsupported', 'The server has no live changes');
    if (!response.body || !/^text\/event-stream\b/i.test(type)) {
      throw new SourceError('invalid-data', `The stream of changes is of the type ${type.slice(0, 60) || 'unknown'}`);
    }
    const parser = new EventStreamParser(client.maxBytes);
    const decoder = new TextDecoder();
    const reader = response.body.getReader();
    try {
      for (;;) {
        const {value} = await reader.read();
        if (value === undefined) return;
        hearing.alive();
        const events = parser.push(decoder.decode(value, {stream: true}));
        if (parser.retryMs !== undefined) hearing.retry(parser.retryMs);
        for (const event of events) if (!signal.aborted) hearing.event(event);
      }
    } finally {
      void reader.cancel().catch(() => undefined);
    }
  };
}

/** By a WebSocket, each of whose messages is an event in JSON: `{event, id, data}`. */
export function connectSocket(client: HttpClient): Connect {
  return (after, signal, hearing) =>
    new Promise((resolve, reject) => {
      const url = client.address('socket', after === undefined ? [] : [['after', after]]);
      url.protocol = url.protocol.replace('http', 'ws');
      const socket = new WebSocket(url);
      const end = (error?: SourceError): void => {
        signal.removeEventListener('abort', abort);
        socket.close();
        if (error) reject(error);
        else resolve();
      };
      const abort = (): void => end();
      signal.addEventListener('abort', abort);
      socket.onclose = ({code}) =>
        end(code === 1000 || code === 1001 ? undefined : new SourceError(code === 4401 ? 'auth' : 'network', `Closed with ${code}`));
      socket.onmessage = ({data}) => {
        if (signal.aborted) return;
        hearing.alive();
        try {
          if (String(data).length > client.maxBytes) throw new SourceError('invalid-data', 'A message is too large');
          const {event, id, data: content} = Object(parseJson(String(data))) as Readonly<Record<string, unknown>>;
          if (typeof event !== 'string') return;
          hearing.event({name: event, id: typeof id === 'string' ? id : undefined, data: JSON.stringify(content ?? {})});
        } catch (thrown) {
          end(thrown as SourceError);
        }
      };
    });
}
