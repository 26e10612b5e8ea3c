import type {SourceEvent} from '../model/source.js';

type Listener = (event: SourceEvent) => void;

/**
 * The listeners of one source.
 *
 * Every listener sees all events in the order they were emitted: what a listener emits waits until the event
 * being told has reached the others.
 */
export class MemoryEvents {
  /** Keyed by registration: the same function may listen twice. */
  readonly #listeners = new Map<object, Listener>();
  /** Not empty while listeners are being told. */
  #queue: SourceEvent[] = [];

  get listenerCount(): number {
    return this.#listeners.size;
  }

  subscribe(listener: Listener): () => void {
    const key = {};
    this.#listeners.set(key, listener);
    return () => this.#listeners.delete(key);
  }

  emit(...events: SourceEvent[]): void {
    this.#queue.push(...events);
    if (this.#queue.length > events.length) return;
    for (const event of this.#queue) {
      // Those that listen as the event is told; of them, one that is removed meanwhile hears nothing more.
      for (const key of [...this.#listeners.keys()]) {
        try {
          this.#listeners.get(key)?.(event);
        } catch (thrown) {
          // Node has no reportError.
          if (typeof reportError === 'function') reportError(thrown);
          else console.error(thrown);
        }
      }
    }
    this.#queue = [];
  }
}
