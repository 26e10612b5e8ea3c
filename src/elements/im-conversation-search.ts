import {html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property} from 'lit/decorators/property.js';
import {LocalizeController} from '../controllers/localize-controller.js';
import {intoResults, linkField} from '../controllers/search-link.js';
import {StoreController} from '../controllers/store-controller.js';
import {ImSearchChangeEvent} from '../events/search-change-event.js';
import {formatCount} from '../format/count.js';
import {cleanName} from '../format/text.js';
import type {StringOverrides} from '../locales/strings.js';
import type {ConversationStore} from '../store/conversation-store.js';
import type {SearchState} from '../store/snapshot.js';
import {viewOf} from '../store/search-view.js';
import {CustomStates} from './custom-states.js';
import {searchStyles} from './im-conversation-search.styles.js';

/** So long after the last change of the result it is spoken, ms: not at every letter. */
const SPEAK = 600;

/**
 * A search field for the conversations of a list.
 *
 * Inside an `<im-conversation-provider>`, or in a list's `header` slot, it searches that store; elsewhere `for` names a
 * list. While a person types, the list shows what is found: at once of what is loaded, and after a pause of 0.3 s what
 * the source finds, where it can search. Down arrow goes into the results; up arrow from the first of them, Escape and
 * typing come back; Escape in the field clears it. While disconnected it does nothing.
 *
 * @element im-conversation-search
 *
 * @fires {ImSearchChangeEvent} im-search-change - The person looks for something else.
 *
 * @csspart field - The frame around everything.
 * @csspart icon - The magnifying glass.
 * @csspart input - The text field.
 * @csspart spinner - Turns while the search goes on.
 * @csspart count - How much is found; with `+` where more pages may bring more.
 * @csspart clear - The button that clears the field.
 *
 * @cssproperty [--im-conversation-search-background=Canvas] - Background. Text and accent are those of the list.
 * @cssproperty [--im-conversation-search-border-color] - The frame.
 * @cssproperty [--im-conversation-search-border-radius=999px] - Rounding of the frame.
 *
 * @cssstate searching - The search goes on.
 *
 * @example
 * ```html
 * <im-conversation-search for="list"></im-conversation-search>
 * <im-conversation-list id="list"></im-conversation-list>
 * ```
 */
export class ImConversationSearch extends LitElement {
  static override styles = searchStyles;

  /** The id of a list, or a provider, in the same document or shadow root; '' for the one around it. */
  @property({attribute: 'for'}) htmlFor = '';

  /** The field's accessible name. Default: "Search conversations" in its language. */
  @property() label = '';

  /** Shown in the empty field. Default: "Search" in its language. */
  @property() placeholder = '';

  /** Words in place of the built-in ones; a function that throws is told once, and the built-in words stand. */
  @property({attribute: false}) strings: StringOverrides | undefined = undefined;

  readonly #stores = new StoreController(this, {consume: true});
  readonly #localize = new LocalizeController(this);
  readonly #states = new CustomStates(this.attachInternals());
  #unlink: (() => void) | undefined;
  #speaking: ReturnType<typeof setTimeout> | undefined;
  /** What the last words were about, spoken or to be. */
  #heard: SearchState | undefined;
  #said = '';
  /** What the field holds, but for a word that is being composed. */
  #typed = '';

  /** What is looked for now; '' for nothing. Set `search` on the list, or `query` on a store, to look for something. */
  get query(): string {
    return this.#stores.store?.query ?? '';
  }

  /** Focuses the field, behind what is typed. */
  override focus(): void {
    const input = this.#input;
    input?.focus();
    input?.setSelectionRange(input.value.length, input.value.length);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#speaking);
    this.#said = '';
  }

  /** @internal */
  storeBound(store: ConversationStore | undefined): void {
    this.#unlink?.();
    this.#unlink = store && linkField(store, this);
    // Typed before there was anything to search.
    if (store?.query === '') store.query = this.#typed;
  }

  /** @internal */
  storeChanged(): void {
    const search = this.#stores.store?.snapshot.search;
    if (search === this.#heard) return;
    const same = search?.query === this.#heard?.query && search?.rows.length === this.#heard?.rows.length;
    this.#heard = search;
    if (search === undefined || search.status === 'searching' || (same && this.#said !== '')) return;
    clearTimeout(this.#speaking);
    this.#speaking = setTimeout(() => {
      if (this.#heard?.query !== search.query) return;
      const {results, noResults} = this.#localize.strings;
      const {length} = this.#heard.rows;
      this.#said = length > 0 ? results(length) : noResults(cleanName(search.query, '…'));
      this.requestUpdate();
    }, SPEAK);
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    this.#localize.overrides = this.strings;
    this.#stores.target = this.htmlFor ?? '';
    this.#states.set({searching: this.#stores.store?.snapshot.search?.status === 'searching'});
  }

  protected override render(): TemplateResult {
    const {strings} = this.#localize;
    const {query} = this;
    const snapshot = this.#stores.store?.snapshot;
    const search = snapshot?.search;
    const searching = search?.status === 'searching';
    const atLeast = snapshot !== undefined && viewOf(snapshot).page.status === 'paused';
    const count = search === undefined || search.query !== query ? '' : formatCount(search.rows.length, 9999, atLeast) || '0';
    return html`
      <div class="field" part="field">
        <svg class="glass" part="icon" viewBox="0 0 16 16" aria-hidden="true">
          <path d="M11 11l4 4M12 7A5 5 0 1 1 2 7a5 5 0 0 1 10 0z"></path>
        </svg>
        <input
          part="input"
          type="search"
          dir="auto"
          autocomplete="off"
          spellcheck="false"
          enterkeyhint="search"
          aria-label=${cleanName(this.label, strings.searchLabel)}
          placeholder=${cleanName(this.placeholder, strings.searchPlaceholder)}
          @input=${this.#handleInput}
          @compositionend=${this.#handleInput}
          @keydown=${this.#handleKeyDown}
        />
        ${searching ? html`<span class="spinner" part="spinner" aria-hidden="true"></span>` : nothing}
        ${count !== '' && !(searching && count === '0')
          ? html`<span class="count" part="count" aria-hidden="true">${count}</span>`
          : nothing}
        <button part="clear" type="button" aria-label=${strings.clearSearch} ?hidden=${this.#typed === '' && query === ''} @click=${this.#handleClear}>
          <span aria-hidden="true">×</span>
        </button>
      </div>
      <div class="said" role="status">${query === '' ? nothing : this.#said}</div>
    `;
  }

  protected override updated(): void {
    const {query} = this;
    // Only what others look for: whatever is being composed in the field is not to be touched.
    if (query === this.#typed || this.#stores.store === undefined) return;
    this.#typed = query;
    if (this.#input !== null) this.#input.value = query;
  }

  get #input(): HTMLInputElement | null {
    return this.renderRoot?.querySelector('input') ?? null;
  }

  #look(query: string): void {
    const {store} = this.#stores;
    if (query === this.#typed) return;
    this.#typed = query;
    if (store !== undefined) store.query = query;
    this.#said = '';
    this.requestUpdate();
    const event = new ImSearchChangeEvent(query);
    this.dispatchEvent(event);
  }

  #handleInput(event: Event): void {
    // A word that is being composed is none yet.
    if (event instanceof InputEvent && event.isComposing) return;
    this.#look((event.currentTarget as HTMLInputElement).value);
  }

  #handleClear(): void {
    this.#clear();
    this.focus();
  }

  #clear(): void {
    if (this.#input !== null) this.#input.value = '';
    this.#look('');
  }

  #handleKeyDown(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const down = event.key === 'ArrowDown' && intoResults(this.#stores.store);
    const clears = event.key === 'Escape' && this.query !== '';
    if (clears) this.#clear();
    if (!down && !clears) return;
    event.preventDefault();
    // What Escape would close around it stays.
    event.stopPropagation();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'im-conversation-search': ImConversationSearch;
  }
}
