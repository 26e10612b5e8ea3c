import type {SourceEvent} from '../../model/source.js';

type Listener = (event: SourceEvent) => void;

/**
 * Those who listen to a source, each by its own registration: the same function may listen twice.
 *
 * All of them hear all events in one order: what a listener sets off waits until the others have heard the event, and
 * what comes while the service begins to be listened to waits until `subscribe` has returned. An exception of one is
 * reported and stops no other.
 */
export class Listeners {
  readonly #listeners = new Map<object, Listener>();
  readonly #begin: (() => void) | undefined;
  readonly #end: (() => void) | undefined;
  /** Events to be told; not empty while they are. */
  #queue: SourceEvent[] = [];
  #beginning = false;

  /**
   * @param begin - called when somebody listens again after nobody did: the time to listen to the service
   * @param end - called when nobody listens any more
   */
  constructor(begin?: () => void, end?: () => void) {
    this.#begin = begin;
    this.#end = end;
  }

  /** How many listen. */
  get size(): number {
    return this.#listeners.size;
  }

  /** Returns what ends it, which may be called again. */
  subscribe(listener: Listener): () => void {
    const key = {};
    this.#listeners.set(key, listener);
    if (this.#listeners.size === 1) {
      this.#beginning = true;
      try {
        this.#begin?.();
      } finally {
        this.#beginning = false;
        queueMicrotask(() => this.#flush());
      }
    }
    return () => {
      if (this.#listeners.delete(key) && this.#listeners.size === 0) this.#end?.();
    };
  }

  /** Tells everyone. */
  emit(...events: SourceEvent[]): void {
    this.#queue.push(...events);
    if (this.#queue.length === events.length && !this.#beginning) this.#flush();
  }

  #flush(): void {
    for (const event of this.#queue) {
      // Those that listen by now; of them, one that is removed meanwhile hears nothing more.
      for (const key of [...this.#listeners.keys()]) {
        try {
          this.#listeners.get(key)?.(event);
        } catch (thrown) {
          // Node has no reportError.
          (globalThis.reportError ?? console.error)(thrown);
        }
      }
    }
    this.#queue = [];
  }
}
