import {html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property} from 'lit/decorators/property.js';
import {ifDefined} from 'lit/directives/if-defined.js';
import {LocalizeController} from '../controllers/localize-controller.js';
import {StoreController} from '../controllers/store-controller.js';
import {ToolbarController} from '../controllers/toolbar-controller.js';
import {ImFilterChangeEvent} from '../events/filter-change-event.js';
import {formatCount} from '../format/count.js';
import {cleanName} from '../format/text.js';
import type {StringOverrides} from '../locales/strings.js';
import type {ConversationStore} from '../store/conversation-store.js';
import {chipsOf, DEFAULT_CHIPS, isChosen, needsGroups, press, type FilterChip} from './filter-chips.js';
import {filtersStyles} from './im-conversation-filters.styles.js';
import {isFiltered, readFilter, writeFilter} from './list-attributes.js';

/**
 * Filters for the conversations of a list: chips in a toolbar, those that do not fit in a menu.
 *
 * Inside an `<im-conversation-provider>`, or in a list's `header` slot, it filters that store; elsewhere `for` names a
 * list. What a person chooses the list's `type`, `mark`, `group`, `unread`, `mentions` and `pinned` follow, and the chips
 * follow these. It needs no room of its own beyond one line. While disconnected it does nothing.
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
  readonly #toolbar = new ToolbarController(this);
  #shown: readonly FilterChip[] = [];

  /** @internal */
  storeBound(store: ConversationStore | undefined): void {
    if (needsGroups(this.chips ?? '')) store?.needGroups();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#localize.overrides = this.strings;
    this.#stores.target = this.htmlFor ?? '';
    if (changed.has('chips')) this.storeBound(this.#stores.store);
    this.#shown = this.#chips();
  }

  protected override render(): TemplateResult {
    const {strings} = this.#localize;
    const chosen = this.#chosen;
    const {fit} = this.#toolbar;
    const over = this.#shown.slice(fit);
    const hidden = over.find((chip) => isChosen(chip, chosen));
    const chip = (one: FilterChip, i: number): TemplateResult => {
      const on = isChosen(one, chosen);
      return html`<button
        type="button"
        class=${i < fit ? 'chip' : 'chip over'}
        part=${on ? 'chip chosen' : 'chip'}
        data-name=${one.name}
        tabindex="-1"
        aria-pressed=${on}
        aria-label=${ifDefined(this.#spoken(one))}
        @click=${() => this.#choose(one)}
      >${this.#content(one)}</button>`;
    };
    return html`<div
      class="toolbar"
      part="toolbar"
      role="toolbar"
      aria-label=${cleanName(this.label, strings.filters)}
      @keydown=${(event: KeyboardEvent) => this.#toolbar.handleKeyDown(event)}
      @focusin=${(event: FocusEvent) => this.#toolbar.handleFocusIn(event)}
    >
      <div class="line">${this.#shown.map(chip)}</div>
      <div class="more" ?hidden=${over.length === 0}>
        <button
          type="button"
          id="more"
          class=${hidden === undefined ? 'chip' : 'chip chosen'}
          part=${hidden === undefined ? 'more' : 'more chosen'}
          tabindex="-1"
          aria-haspopup="menu"
          aria-expanded=${this.#toolbar.open}
          aria-label=${hidden === undefined ? strings.moreFilters : `${strings.moreFilters}, ${hidden.label}`}
          title=${strings.moreFilters}
          @click=${() => this.#toolbar.toggle()}
        ><span class="name" aria-hidden="true">${hidden?.label ?? '•••'}</span></button>
      </div>
      <slot></slot>
      <div
        class="menu"
        part="menu"
        role="menu"
        popover="manual"
        aria-label=${strings.moreFilters}
        ?hidden=${!this.#toolbar.open}
      >${this.#toolbar.open ? over.map((one) => this.#item(one, isChosen(one, chosen))) : nothing}</div>
    </div>`;
  }

  #item(chip: FilterChip, on: boolean): TemplateResult {
    return html`<button
      type="button"
      class="item"
      part=${on ? 'item chosen' : 'item'}
      role="menuitemcheckbox"
      data-name=${chip.name}
      tabindex="-1"
      aria-checked=${on}
      aria-label=${ifDefined(this.#spoken(chip))}
      @click=${() => {
        this.#toolbar.close(true);
        this.#choose(chip);
      }}
    >${this.#content(chip)}</button>`;
  }

  #content({label, unread, atLeast}: FilterChip): TemplateResult {
    const count = formatCount(unread, 99, atLeast);
    return html`<span class="name">${label}</span>${count === ''
        ? nothing
        : html`<span class="count" part="count" aria-hidden="true">${count}</span>`}`;
  }

  /** What a chip with a number says; `undefined`: its text. */
  #spoken({label, unread = 0, atLeast}: FilterChip): string | undefined {
    if (unread === 0) return undefined;
    const {strings} = this.#localize;
    const count = strings.unread(unread);
    return `${label}, ${atLeast === true ? strings.atLeast(count) : count}`;
  }

  get #chosen(): ReturnType<typeof writeFilter> {
    return writeFilter(this.#stores.store?.filter ?? {});
  }

  #chips(): FilterChip[] {
    const {store} = this.#stores;
    const chosen = this.#chosen;
    return chipsOf(this.chips ?? DEFAULT_CHIPS, {
      strings: this.#localize.strings,
      labels: this.labels ?? {},
      groups: store?.snapshot.groups ?? [],
      facets: store?.facets ?? {types: new Set(), marks: new Set(), unread: new Map()},
      complete: store?.snapshot.page.status === 'done' && !isFiltered(chosen),
      chosen,
    });
  }

  #choose(chip: FilterChip): void {
    const {store} = this.#stores;
    if (store === undefined) return;
    const before = store.filter;
    store.filter = readFilter(press(chip, this.#chosen, this.multiple));
    this.requestUpdate();
    if (store.filter === before) return;
    const event = new ImFilterChangeEvent(store.filter);
    this.dispatchEvent(event);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'im-conversation-filters': ImConversationFilters;
  }
}
