import {SourceError} from '../../model/errors.js';
import type {HttpClient} from './client.js';
import {EventStreamParser, type StreamEvent} from './event-stream.js';

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
