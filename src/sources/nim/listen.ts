import type {NimEmitter} from './types.js';

/** Listens to events of a service, if it is there. Returns what ends it. */
export function listen(
  emitter: NimEmitter | undefined,
  handlers: Readonly<Record<string, (...args: unknown[]) => void>>,
): () => void {
  const all = typeof emitter?.on === 'function' ? Object.entries(handlers) : [];
  for (const [name, handle] of all) emitter?.on(name, handle);
  return () => {
    for (const [name, handle] of all) emitter?.off(name, handle);
  };
}
