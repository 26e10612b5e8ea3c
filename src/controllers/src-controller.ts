import type {ConversationSource} from '../model/source.js';
import {contain} from '../store/contain.js';
import {SrcSource} from '../store/src-source.js';
import type {StoreController} from './store-controller.js';

/**
 * Gives an element the source that its attributes `src` and `crossorigin` name, for as long as they do.
 *
 * The source is made with the first page, so that an element which shows another one costs nothing.
 */
export class SrcController {
  readonly #host: HTMLElement;
  #stores: StoreController | undefined;
  #changed: (() => void) | undefined;
  #address: string | null | undefined;
  #crossOrigin: string | null | undefined;
  #made: ConversationSource | undefined;
  #waits = false;

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  /** @param changed - called when the element has another store */
  bind(stores: StoreController, changed?: () => void): void {
    this.#stores = stores;
    this.#changed = changed;
  }

  get address(): string {
    return this.#address ?? '';
  }

  set address(address: string | null | undefined) {
    if (address === this.#address) return;
    this.#address = address;
    this.#renew();
  }

  get crossOrigin(): string | null {
    return this.#crossOrigin ?? null;
  }

  set crossOrigin(crossOrigin: string | null | undefined) {
    if (crossOrigin === this.#crossOrigin) return;
    this.#crossOrigin = crossOrigin;
    if (this.address !== '') this.#renew();
  }

  /** Both are often set in one go. */
  #renew(): void {
    if (this.#waits) return;
    this.#waits = true;
    queueMicrotask(() => {
      this.#waits = false;
      const old = this.#made;
      this.#made = undefined;
      this.#use(this.address === '' ? undefined : this.#name());
      if (old) contain(() => old.dispose?.());
    });
  }

  #name(): ConversationSource {
    const {crossOrigin} = this;
    const named = new SrcSource(this.address, {crossOrigin, base: this.#host.baseURI}, (source) => {
      if (this.#stores?.named !== named) return;
      this.#made = source;
      this.#use(source);
    });
    return named;
  }

  #use(source: ConversationSource | undefined): void {
    if (this.#stores) this.#stores.named = source;
    this.#changed?.();
  }
}
