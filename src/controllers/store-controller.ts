import {ContextConsumer, ContextProvider} from '@lit/context';
import {isServer, type ReactiveController, type ReactiveControllerHost} from 'lit';
import type {Conversation} from '../model/conversation.js';
import type {ConversationSource} from '../model/source.js';
import {ArraySource} from '../store/array-source.js';
import {ConversationStore, type StoreChange} from '../store/conversation-store.js';
import {firstSnapshot} from '../store/first-snapshot.js';
import {inFrame} from '../store/frames.js';
import type {ConversationSnapshot} from '../store/snapshot.js';
import {storeContext} from './store-context.js';
import {TargetStore} from './target-store.js';

/** What a store controller tells its element. */
export interface StoreHost extends ReactiveControllerHost, HTMLElement {
  /** Another store is bound, or none. */
  storeBound?(store: ConversationStore | undefined): void;
  /** The store has changed; the render that shows it comes with the next frame. */
  storeChanged?(change: StoreChange): void;
}

/**
 * Binds an element to a store: its own, for a `source` or `conversations` set on it, else the nearest provider's.
 *
 * Listens while the element is connected. Being moved in the document is not a disconnection: the source keeps its
 * listener, and the request in flight goes on.
 */
export class StoreController implements ReactiveController {
  readonly #host: StoreHost;
  readonly #consumer: ContextConsumer<typeof storeContext, StoreHost> | undefined;
  readonly #provider: ContextProvider<typeof storeContext, StoreHost> | undefined;
  #target: TargetStore | undefined;
  #own: ConversationStore | undefined;
  #array: ArraySource | undefined;
  #source: ConversationSource | null | undefined;
  #named: ConversationSource | undefined;
  #bound: ConversationStore | undefined;
  #unsubscribe: (() => void) | undefined;
  #frame = 0;

  /**
   * @param options.consume - false for a provider: it shares a store and takes none
   * @param options.share - what is inside the element shows its store, whosever that is
   */
  constructor(host: StoreHost, options: {readonly consume: boolean; readonly share?: boolean}) {
    this.#host = host;
    if (options.consume) {
      this.#consumer = new ContextConsumer(host, {
        context: storeContext,
        subscribe: true,
        callback: () => this.#bind(),
      });
    }
    if (options.share === true) this.#provider = new ContextProvider(host, {context: storeContext, initialValue: undefined});
    host.addController(this);
  }

  /** The store that the element shows now. */
  get store(): ConversationStore | undefined {
    return this.#own ?? (this.#target?.id ? this.#target.value : this.#consumer?.value);
  }

  /** The id of an element whose store is shown instead of the provider's; '' for none. */
  set target(id: string) {
    if (id === (this.#target?.id ?? '')) return;
    this.#target ??= new TargetStore(this.#host, () => this.#bind());
    this.#target.id = id;
    this.#bind();
  }

  /** What the store shows now; on a server, which waits for nothing, what it will show of an app's array. */
  get snapshot(): ConversationSnapshot | undefined {
    return isServer ? firstSnapshot(this.store) : this.store?.snapshot;
  }

  /** The store is the element's own, not a provider's. */
  get owned(): boolean {
    return this.#own !== undefined;
  }

  /** The source set on the element; `undefined`: none was set. */
  get source(): ConversationSource | null | undefined {
    return this.#source;
  }

  set source(source: ConversationSource | null | undefined) {
    this.#source = source;
    // Without a source of its own the element goes on with its array: frameworks set both, one of them to nothing.
    if (source === undefined && this.#array !== undefined) return;
    this.#array = undefined;
    this.#use(source === undefined ? this.#named : source);
  }

  /** The source of the element's `src`: counts while neither `source` nor `conversations` is set. */
  get named(): ConversationSource | undefined {
    return this.#named;
  }

  set named(source: ConversationSource | undefined) {
    this.#named = source;
    if (this.#source === undefined && this.#array === undefined) this.#use(source);
  }

  /** Takes an app's array; the same store goes on with the next array. None ends it. */
  setConversations(conversations: readonly Conversation[] | null | undefined): void {
    if (conversations === undefined || conversations === null) {
      if (this.#array !== undefined) this.#use(this.#named);
      this.#array = undefined;
    } else if (this.#array === undefined) {
      this.#source = undefined;
      this.#use((this.#array = new ArraySource(conversations)));
    } else {
      this.#array.set(conversations);
    }
  }

  hostConnected(): void {
    // It would page and listen, and is never disconnected.
    if (isServer) return;
    this.#own?.connect();
    this.#target?.connect();
    this.#bind();
  }

  hostDisconnected(): void {
    // The next place may have no provider, and then no answer comes to replace this one.
    if (this.#consumer !== undefined) this.#consumer.value = undefined;
    queueMicrotask(() => {
      if (this.#host.isConnected) return;
      this.#own?.disconnect();
      this.#bind();
    });
    this.#target?.disconnect();
  }

  #use(source: ConversationSource | null | undefined): void {
    if (source === undefined) {
      this.#own?.disconnect();
      this.#own = undefined;
    } else {
      if (this.#own === undefined) {
        this.#own = new ConversationStore();
        // As lists show it unless they are told otherwise: the first to come need not sort anew.
        this.#own.filter = {hidden: false};
      }
      this.#own.source = source;
      if (this.#host.isConnected) this.#own.connect();
    }
    this.#bind();
  }

  #bind(): void {
    const store = this.#host.isConnected ? this.store : undefined;
    if (store === this.#bound) return;
    this.#unsubscribe?.();
    this.#unsubscribe = store?.subscribe((change) => {
      this.#host.storeChanged?.(change);
      this.#renderSoon();
    });
    this.#bound = store;
    if (store === undefined) {
      cancelAnimationFrame(this.#frame);
      this.#frame = 0;
    }
    this.#host.storeBound?.(store);
    // Set up as the element wants it, before others get at it.
    this.#provider?.setValue(store);
    this.#host.requestUpdate();
  }

  /** At most one render a frame, however many changes there are. */
  #renderSoon(): void {
    if (this.#frame !== 0) return;
    if (inFrame()) return this.#host.requestUpdate();
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#host.requestUpdate();
    });
  }
}
