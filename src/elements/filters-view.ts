import {html, nothing, type LitElement, type TemplateResult} from 'lit';
import {ifDefined} from 'lit/directives/if-defined.js';
import {ToolbarController} from '../controllers/toolbar-controller.js';
import {ImFilterChangeEvent} from '../events/filter-change-event.js';
import {formatCount} from '../format/count.js';
import type {Strings} from '../locales/strings.js';
import type {ConversationStore} from '../store/conversation-store.js';
import {chipsOf, isChosen, press, type FilterChip} from './filter-chips.js';
import {filterViewStyles} from './filters-view.styles.js';
import {isFiltered, readFilter, writeFilter, type FilterAttributes} from './list-attributes.js';

/** What the chips are made of. */
export interface FiltersSetting {
  readonly store: () => ConversationStore | undefined;
  readonly strings: Strings;
  /** Their names. */
  readonly chips: string;
  readonly multiple: boolean;
  /** An app's own labels, by the chips' names. */
  readonly labels: Readonly<Record<string, string>>;
}

/** What `<im-conversation-filters>` shows in its line: chips, and a menu of those that do not fit. Loaded by it. */
export class FiltersView {
  readonly #element: LitElement;
  readonly #toolbar: ToolbarController;

  /** @param element - has been rendered */
  constructor(element: LitElement) {
    this.#element = element;
    const root = element.shadowRoot;
    const sheet = filterViewStyles.styleSheet;
    if (root !== null && sheet !== undefined) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    this.#toolbar = new ToolbarController(element);
  }

  /** The toolbar's `keydown` or `focusin`. */
  handle(event: KeyboardEvent | FocusEvent): void {
    if (event instanceof KeyboardEvent) this.#toolbar.handleKeyDown(event);
    else this.#toolbar.handleFocusIn(event);
  }

  /** What stands in the line, and behind it: the menu with its button. */
  render(setting: FiltersSetting): Readonly<{line: readonly TemplateResult[]; more: TemplateResult; menu: TemplateResult}> {
    const {strings} = setting;
    const chosen = chosenIn(setting);
    const chips = chipsFor(setting, chosen);
    const {fit, open} = this.#toolbar;
    const over = chips.slice(fit);
    const hidden = over.find((chip) => isChosen(chip, chosen));
    return {
      line: chips.map((chip, i) => this.#chip(chip, setting, isChosen(chip, chosen), i < fit)),
      more: html`<div class="more" ?hidden=${over.length === 0}>
        <button
          type="button"
          id="more"
          class=${hidden === undefined ? 'chip' : 'chip chosen'}
          part=${hidden === undefined ? 'more' : 'more chosen'}
          tabindex="-1"
          aria-haspopup="menu"
          aria-expanded=${open}
          aria-label=${hidden === undefined ? strings.moreFilters : `${strings.moreFilters}, ${hidden.label}`}
          title=${strings.moreFilters}
          @click=${() => this.#toolbar.toggle()}
        ><span class="name" aria-hidden="true">${hidden?.label ?? '•••'}</span></button>
      </div>`,
      menu: html`<div
        class="menu"
        part="menu"
        role="menu"
        popover="manual"
        aria-label=${strings.moreFilters}
        ?hidden=${!open}
      >${open ? over.map((one) => this.#item(one, setting, isChosen(one, chosen))) : nothing}</div>`,
    };
  }

  #chip(chip: FilterChip, setting: FiltersSetting, on: boolean, fits: boolean): TemplateResult {
    return html`<button
      type="button"
      class=${fits ? 'chip' : 'chip over'}
      part=${on ? 'chip chosen' : 'chip'}
      data-name=${chip.name}
      tabindex="-1"
      aria-pressed=${on}
      aria-label=${ifDefined(spoken(chip, setting.strings))}
      @click=${() => this.#choose(chip, setting)}
    >${content(chip)}</button>`;
  }

  #item(chip: FilterChip, setting: FiltersSetting, on: boolean): TemplateResult {
    return html`<button
      type="button"
      class="item"
      part=${on ? 'item chosen' : 'item'}
      role="menuitemcheckbox"
      data-name=${chip.name}
      tabindex="-1"
      aria-checked=${on}
      aria-label=${ifDefined(spoken(chip, setting.strings))}
      @click=${() => {
        this.#toolbar.close(true);
        this.#choose(chip, setting);
      }}
    >${content(chip)}</button>`;
  }

  #choose(chip: FilterChip, setting: FiltersSetting): void {
    const store = setting.store();
    if (store === undefined) return;
    const before = store.filter;
    store.filter = readFilter(press(chip, chosenIn(setting), setting.multiple));
    this.#element.requestUpdate();
    if (store.filter === before) return;
    const event = new ImFilterChangeEvent(store.filter);
    this.#element.dispatchEvent(event);
  }
}

function content({label, unread, atLeast}: FilterChip): TemplateResult {
  const count = formatCount(unread, 99, atLeast);
  return html`<span class="name">${label}</span>${count === ''
      ? nothing
      : html`<span class="count" part="count" aria-hidden="true">${count}</span>`}`;
}

/** What a chip with a number says; `undefined`: its text. */
function spoken({label, unread = 0, atLeast}: FilterChip, strings: Strings): string | undefined {
  if (unread === 0) return undefined;
  const count = strings.unread(unread);
  return `${label}, ${atLeast === true ? strings.atLeast(count) : count}`;
}

function chosenIn({store}: FiltersSetting): FilterAttributes {
  return writeFilter(store()?.filter ?? {});
}

function chipsFor({store, strings, chips, labels}: FiltersSetting, chosen: FilterAttributes): FilterChip[] {
  const snapshot = store()?.snapshot;
  return chipsOf(chips, {
    strings,
    labels,
    groups: snapshot?.groups ?? [],
    facets: store()?.facets ?? {types: new Set(), marks: new Set(), unread: new Map()},
    complete: snapshot?.page.status === 'done' && !isFiltered(chosen),
    chosen,
  });
}
