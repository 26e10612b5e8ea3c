import {ContextEvent} from '@lit/context';
import type {ConversationStore} from '../store/conversation-store.js';
import {storeContext} from './store-context.js';

/** The store that an element with an id shows, for one that stands outside of it, in the same document or shadow root. */
export class TargetStore {
  /** `undefined` while there is no such element, or it shows nothing. */
  value: ConversationStore | undefined;

  readonly #host: HTMLElement;
  readonly #changed: () => void;
  #id = '';
  #target: Element | null = null;
  #unsubscribe: (() => void) | undefined;
  #observer: MutationObserver | undefined;

  constructor(host: HTMLElement, changed: () => void) {
    this.#host = host;
    this.#changed = changed;
  }

  /** '' for none. */
  get id(): string {
    return this.#id;
  }

  set id(id: string) {
    if (id === this.#id) return;
    this.#id = id;
    if (!this.#host.isConnected) return;
    this.disconnect();
    this.connect();
  }

  connect(): void {
    if (this.#id === '') return;
    // The element may come later than this one, or be replaced by another.
    this.#observer = new MutationObserver(() => this.#find());
    const options = {subtree: true, childList: true, attributes: true, attributeFilter: ['id']};
    this.#observer.observe(this.#host.getRootNode(), options);
    this.#find();
  }

  disconnect(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
    this.#use(null);
  }

  #find(): void {
    const root = this.#host.getRootNode() as Partial<DocumentOrShadowRoot & NonElementParentNode>;
    this.#use(root.getElementById?.(this.#id) ?? null);
  }

  #use(target: Element | null): void {
    if (target === this.#target) return;
    this.#target = target;
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#set(undefined);
    if (target === null) return;
    if (target.matches(':defined')) return this.#ask(target);
    void customElements.whenDefined(target.localName).then(() => target === this.#target && this.#ask(target));
  }

  #ask(target: Element): void {
    const event = new ContextEvent(
      storeContext,
      this.#host,
      (store, unsubscribe) => {
        if (target !== this.#target) return unsubscribe?.();
        this.#unsubscribe = unsubscribe;
        this.#set(store);
      },
      true,
    );
    target.dispatchEvent(event);
  }

  #set(store: ConversationStore | undefined): void {
    if (store === this.value) return;
    this.value = store;
    this.#changed();
  }
}
