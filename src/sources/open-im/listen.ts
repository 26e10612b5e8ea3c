import {parse} from './convert.js';
import type {OpenImEvent, OpenImSdk} from './types.js';

/** By the name of an event, what to do with its data. */
export type OpenImHandlers = Record<string, (data: unknown, event: OpenImEvent) => void>;

/** Listens to events of the SDK, whose data may be JSON. Returns what ends it. */
export function listen(sdk: OpenImSdk, handlers: OpenImHandlers): () => void {
  let ended = false;
  const bound = Object.entries(handlers).map(([name, handle]) => {
    const listener = (event: OpenImEvent): void => {
      if (!ended) handle(parse(event?.data), event);
    };
    sdk.on(name, listener);
    return () => sdk.off(name, listener);
  });
  return () => {
    ended = true;
    // The SDK's emitter skips a listener of the app when one before it goes in the midst of an event.
    queueMicrotask(() => bound.forEach((off) => off()));
  };
}
