import {ContextProvider} from '@lit/context';
import {css, html, type TemplateResult} from 'lit';
import {property} from 'lit/decorators/property.js';
import {storeContext} from '../controllers/store-context.js';
import {StoreController} from '../controllers/store-controller.js';
import type {Conversation} from '../model/conversation.js';
import type {ConversationSource} from '../model/source.js';
import type {ConversationStore} from '../store/conversation-store.js';
import {SrcElement} from './src-element.js';
import {takeOver} from './take-over.js';

/**
 * Shares one source with the lists, badges and filters inside it.
 *
 * They show the same store: one subscription, one set of pages, one filter. Lists with filters of their own belong
 * in providers of their own, which may share the source. Takes no room in the layout.
 *
 * @element im-conversation-provider
 * @slot - Anything; lists, badges and filters in it, at any depth, share the source.
 *
 * @example
 * ```html
 * <im-conversation-provider id="chats">
 *   <im-unread-badge></im-unread-badge>
 *   <im-conversation-list></im-conversation-list>
 * </im-conversation-provider>
 * ```
 */
export class ImConversationProvider extends SrcElement {
  static override styles = css`
    :host {
      display: contents;
    }
  `;

  readonly #stores = new StoreController(this, {consume: false});
  readonly #context = new ContextProvider(this, {context: storeContext, initialValue: undefined});
  #conversations: readonly Conversation[] | undefined;

  constructor() {
    super();
    this.named.bind(this.#stores, () => this.#share());
  }

  /** Where the conversations come from; `null` for nowhere. */
  @property({attribute: false, noAccessor: true})
  get source(): ConversationSource | null | undefined {
    return this.#stores.source;
  }

  set source(source: ConversationSource | null | undefined) {
    this.#stores.source = source;
    this.#share();
  }

  /** The conversations themselves, for an app that keeps its own state. See the list's property. */
  @property({attribute: false, noAccessor: true})
  get conversations(): readonly Conversation[] | undefined {
    return this.#conversations;
  }

  set conversations(conversations: readonly Conversation[] | undefined) {
    this.#conversations = conversations;
    this.#stores.setConversations(conversations);
    this.#share();
  }

  /** The store that is shared; `undefined` until there is a source. */
  get store(): ConversationStore | undefined {
    return this.#stores.store;
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    return takeOver(this)?.root ?? super.createRenderRoot();
  }

  protected override render(): TemplateResult {
    return html`<slot></slot>`;
  }

  #share(): void {
    this.#context.setValue(this.#stores.store);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'im-conversation-provider': ImConversationProvider;
  }
}
