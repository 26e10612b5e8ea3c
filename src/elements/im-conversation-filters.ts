import {html, isServer, LitElement, type PropertyValues, type TemplateResult} from 'lit';
import {property} from 'lit/decorators/property.js';
import {LocalizeController} from '../controllers/localize-controller.js';
import {StoreController} from '../controllers/store-controller.js';
import {cleanName} from '../format/text.js';
import type {StringOverrides} from '../locales/strings.js';
import type {ConversationStore} from '../store/conversation-store.js';
import type {FiltersView} from './filters-view.js';
import {filtersStyles} from './im-conversation-filters.styles.js';
import {loadFilters} from './load-filters.js';

/** What is shown unless the author says otherwise. */
const DEFAULT_CHIPS = 'all unread mentions direct groups channels pinned marks folders';

/**
 * Filters for the conversations of a list: chips in a toolbar, those that do not fit in a menu.
 *
 * Inside an `<im-conversation-provider>`, or in a list's `header` slot, it filters that store; elsewhere `for` names a
 * list. What a person chooses the list's `type`, `mark`, `group`, `unread`, `mentions` and `pinned` follow, and the chips
 * follow these. It needs no room of its own beyond one line, which stays empty until the chips are loaded. While
 * disconnected it does nothing.
 *
 * @element im-conversation-filters
 *
 * @fires {ImFilterChangeEvent} im-filter-change - The person chose another filter.
 *
 * @slot - The app's own controls, behind the chips.
 *
 * @csspart toolbar - Everything.
 * @csspart chip - A filter; with it `chosen` where it is.
 * @csspart count - The unread messages of a conversation group.
 * @csspart more - The button for what does not fit; with it `chosen` where that is in its menu.
 * @csspart menu - What does not fit.
 * @csspart item - A filter in the menu; with it `chosen` where it is.
 *
 * @cssproperty [--im-conversation-filters-background] - A chip. Text and accent are those of the list.
 * @cssproperty [--im-conversation-filters-border-radius=999px] - Rounding of a chip.
 * @cssproperty [--im-conversation-filters-font-size=0.875rem] - Size of the text.
 *
 * @example
 * ```html
 * <im-conversation-provider>
 *   <im-conversation-filters chips="all unread mentions pinned folders"></im-conversation-filters>
 *   <im-conversation-list></im-conversation-list>
 * </im-conversation-provider>
 * ```
 */
export class ImConversationFilters extends LitElement {
  static override styles = filtersStyles;

  /**
   * What can be chosen, in this order, separated by spaces: `all`, `unread`, `mentions`, `direct`, `groups`, `channels`
   * (where there is one), `pinned`, `star`, `fold`, `hide`, `mark:` and a mark, `marks` for each mark that is in use,
   * `folders` for each conversation group, `folder:` and the id of one.
   */
  @property() chips = DEFAULT_CHIPS;

  /** Chips that go together can be chosen together, such as unread ones of a group. */
  @property({type: Boolean}) multiple = false;

  /** Words for chips in place of the built-in ones, by their names in `chips`: `{'mark:7': 'Customers'}`. */
  @property({attribute: false}) labels: Readonly<Record<string, string>> | undefined = undefined;

  /** The id of a list, or a provider, in the same document or shadow root; '' for the one around it. */
  @property({attribute: 'for'}) htmlFor = '';

  /** The toolbar's accessible name. Default: "Filters" in its language. */
  @property() label = '';

  /** Words in place of the built-in ones; a function that throws is told once, and the built-in words stand. */
  @property({attribute: false}) strings: StringOverrides | undefined = undefined;

  readonly #stores = new StoreController(this, {consume: true});
  readonly #localize = new LocalizeController(this);
  #view: FiltersView | undefined;
  #loading: Promise<void> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    if (!isServer) this.#loading ??= this.#load();
  }

  /** @internal */
  storeBound(store: ConversationStore | undefined): void {
    if (/(?:^|\s)(?:folders(?:\s|$)|folder:)/.test(this.chips ?? '')) store?.needGroups();
  }

  /** Once the chips are drawn, or could not be loaded. */
  protected override async getUpdateComplete(): Promise<boolean> {
    await super.getUpdateComplete();
    await this.#loading;
    return super.getUpdateComplete();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#localize.overrides = this.strings;
    this.#stores.target = this.htmlFor ?? '';
    if (changed.has('chips')) this.storeBound(this.#stores.store);
  }

  protected override render(): TemplateResult {
    const {strings} = this.#localize;
    const view = this.#view?.render({
      store: () => this.#stores.store,
      strings,
      chips: this.chips ?? DEFAULT_CHIPS,
      multiple: this.multiple,
      labels: this.labels ?? {},
    });
    return html`<div
      class="toolbar"
      part="toolbar"
      role="toolbar"
      aria-label=${cleanName(this.label, strings.filters)}
      @keydown=${this.#handle}
      @focusin=${this.#handle}
    >
      <div class="line">${view?.line}</div>
      ${view?.more}
      <slot></slot>
      ${view?.menu}
    </div>`;
  }

  #handle(event: KeyboardEvent | FocusEvent): void {
    this.#view?.handle(event);
  }

  /** The line keeps its height until the chips are there, and stays empty without them. */
  async #load(): Promise<void> {
    const View = await loadFilters();
    await super.getUpdateComplete();
    if (View === undefined) this.#loading = undefined;
    else this.#view = new View(this);
    this.requestUpdate();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'im-conversation-filters': ImConversationFilters;
  }
}
