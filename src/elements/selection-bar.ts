import {html, nothing, render, type TemplateResult} from 'lit';
import {guard} from 'lit/directives/guard.js';
import {focusBy} from '../controllers/focus-by.js';
import type {ConversationAction} from '../events/conversation-action-event.js';
import type {Conversation} from '../model/conversation.js';
import type {OpResult} from '../model/source.js';
import type {HandsHost} from './hands-host.js';
import {actionOf, findItem, iconOf, looksOf, type ActionItem} from './row-actions/action-item.js';
import type {MenuRequest} from './row-actions/action-menu.js';
import {questionOf} from './row-actions/action-words.js';
import {commonItems, idsFor} from './row-actions/common-items.js';
import {icon} from './row-actions/icons.js';

/** What has a button of its own, in this order; the rest is in the menu. */
const BUTTONS = ['mark-read', 'pin', 'mute', 'delete'];
/** Which of them stay longest where room is short. */
const FIRST = ['mark-read', 'delete', 'pin', 'mute'];
/** What can be done to more than so many is read off the first of them: it is asked at every change. */
const LOOKED_AT = 500;

/** A button that shows a picture and is called by a word. */
interface Tool {
  readonly name: string;
  /** Of what it does to what is selected; else `glyph` is its picture. */
  readonly item?: ActionItem;
  readonly glyph?: string;
  /** The greater, the sooner it goes where room is short; 0 stays. */
  readonly place?: number;
  /** The way in by Tab: always there. */
  readonly stop?: boolean;
  readonly act: () => void;
}

/** What the bar can do. */
export interface BarActions {
  act(ids: readonly string[], action: ConversationAction): Promise<readonly OpResult[]>;
  selectAll(): void;
  /** Ends selecting, and gives the focus back to the rows. */
  end(): void;
}

/**
 * The bar below the rows while several can be selected: how many are, and what can be done to all of them. A toolbar of
 * one line; what has no room in it is in its menu, with everything else.
 *
 * What failed is said here, and can be tried again.
 */
export class SelectionBar {
  readonly #host: HandsHost;
  readonly #actions: BarActions;
  #bar: HTMLElement | null = null;
  #items: readonly ActionItem[] = [];
  #looks = '';
  /** The button that has opened the menu. */
  #opener: HTMLElement | undefined;
  /** Waits for a yes. */
  #asked: ActionItem | undefined;
  #failed: {readonly action: ConversationAction; readonly ids: readonly string[]; readonly total: number} | undefined;

  constructor(host: HandsHost, actions: BarActions) {
    this.#host = host;
    this.#actions = actions;
  }

  /** Draws what the list's state asks for. */
  show(): void {
    const bar = this.#find();
    if (bar === null) return;
    const {selection, list, strings, focus} = this.#host;
    const count = selection.ids.size;
    if (count === 0) this.#asked = undefined;
    const shown = this.#failed !== undefined || (selection.multiple && (list.selecting || count > 0));
    this.#look(shown);
    const focused = this.#focused !== null;
    bar.hidden = !shown;
    if (shown) {
      bar.setAttribute('role', this.#failed === undefined && this.#asked === undefined ? 'toolbar' : 'group');
      bar.setAttribute('aria-label', count > 0 ? strings().selected(count) : strings().select);
    }
    render(shown ? this.#content(count) : nothing, bar);
    this.#followMenu();
    // The button that had the focus has gone.
    if (!focused || this.#focused !== null) return;
    if (shown) (bar.querySelector<HTMLElement>('[part~="cancel"]') ?? bar.querySelector('button'))?.focus();
    else focus.restore();
  }

  /** Asks whether to delete what is selected, if that can be done. */
  askToDelete(): void {
    this.#look(true);
    const item = findItem(this.#items, 'delete');
    if (this.#failed === undefined && item !== undefined) this.#choose(item);
  }

  /** Says what became of an action on several. */
  report(action: ConversationAction, results: readonly OpResult[]): void {
    const ids = failedOf(results);
    this.#failed = ids.length === 0 ? undefined : {action, ids, total: results.length};
    if (this.#failed !== undefined) {
      this.#host.announcer.say('error', this.#host.strings().bulkFailed(ids.length, results.length));
    }
    this.show();
  }

  #find(): HTMLElement | null {
    if (this.#bar === null) {
      this.#bar = this.#host.list.renderRoot.querySelector<HTMLElement>('.bar');
      this.#bar?.addEventListener('keydown', (event) => this.#handleKeyDown(event));
    }
    return this.#bar;
  }

  /** What has focus in the bar. */
  get #focused(): Element | null {
    const active = this.#host.list.shadowRoot?.activeElement ?? null;
    return this.#bar?.contains(active) === true ? active : null;
  }

  /** Sees what can be done now. The same array as long as it looks the same. */
  #look(shown: boolean): void {
    const {selection, actions} = this.#host;
    const view = shown && selection.ids.size > 0 ? actions() : undefined;
    const items = view === undefined ? [] : commonItems(view.items.alike(this.#conversations(selection.list.slice(0, LOOKED_AT))));
    const looks = looksOfAll(items);
    if (looks !== this.#looks) this.#items = items;
    this.#looks = looks;
  }

  *#conversations(ids: readonly string[]): Iterable<Conversation> {
    const {rows, store} = this.#host;
    for (const id of ids) {
      // Rows show what is yet to come; one that the filter hides is not among them.
      const conversation = rows().get(id) ?? store()?.find(id);
      if (conversation !== undefined) yield conversation;
    }
  }

  #content(count: number): TemplateResult {
    const strings = this.#host.strings();
    if (this.#failed !== undefined) {
      const {action, ids, total} = this.#failed;
      return html`<p part="selection-text" class="error">${strings.bulkFailed(ids.length, total)}</p>
        ${this.#answer('retry', strings.retry, () => void this.#act(ids, action))}
        ${this.#answer('dismiss', strings.cancel, () => this.#dismiss())}`;
    }
    const asked = this.#asked;
    const question = asked && questionOf(actionOf(asked), strings, count);
    if (asked !== undefined && question !== undefined) {
      return html`<p part="selection-text">${question.text}</p>
        ${this.#answer(`confirm-${actionOf(asked).name}`, question.yes, () => void this.#do(asked))}
        ${this.#answer('cancel', question.no, () => this.#ask(undefined))}`;
    }
    const own = FIRST.filter((id) => findItem(this.#items, id) !== undefined);
    return html`<p part="selection-text">${strings.selected(count)}</p>
      ${this.#tool('select-all', {name: strings.selectAll, stop: true, act: () => this.#actions.selectAll()})}
      <slot name="selection">
        ${BUTTONS.map((id) => {
          const item = findItem(this.#items, id);
          if (item === undefined) return nothing;
          return this.#tool(id, {name: item.label, item, place: own.indexOf(id) + 1, act: () => this.#choose(item)});
        })}
        ${this.#items.length === 0 ? nothing : this.#more(own.length, strings.moreActions)}
      </slot>
      ${this.#tool('clear-selection', {name: strings.clearSelection, glyph: 'close', act: () => this.#actions.end()})}`;
  }

  #tool(purpose: string, {name, item, glyph = purpose, place = 0, stop = false, act}: Tool): TemplateResult {
    const picture = () => (item === undefined ? icon(glyph) : (iconOf(item) ?? name.slice(0, 1)));
    return html`<button
      type="button"
      class=${place > 0 ? `tool place-${place}` : 'tool'}
      part=${`button ${purpose}`}
      tabindex=${stop ? 0 : -1}
      aria-label=${name}
      title=${name}
      @click=${act}
    >${guard([item && looksOf(item)], picture)}</button>`;
  }

  /** @param own - so many actions have a button: if these are all, the menu is for where they have no room */
  #more(own: number, name: string): TemplateResult {
    const spare = this.#items.filter(({kind}) => kind !== 'separator').length === own;
    return html`<button
      type="button"
      class=${spare ? `tool spare-${own}` : 'tool'}
      part="button more"
      tabindex="-1"
      aria-haspopup="menu"
      aria-expanded="false"
      aria-label=${name}
      title=${name}
      @click=${(event: Event) => this.#toggleMenu(event.currentTarget as HTMLElement)}
    >${guard([], () => icon('more'))}</button>`;
  }

  #answer(purpose: string, text: string, act: () => void): TemplateResult {
    return html`<button type="button" part=${`button ${purpose}`} @click=${act}>${text}</button>`;
  }

  #toggleMenu(opener: HTMLElement): void {
    const {focus, actions} = this.#host;
    const view = actions();
    if (view === undefined) return;
    const {menu, items} = view;
    if (menu.opener === opener) return menu.close(true);
    this.#opener = opener;
    menu.show({
      ...this.#menuContent(),
      anchor: opener.getBoundingClientRect(),
      opener,
      choose: ({id}) => {
        const item = findItem(this.#items, id);
        if (item !== undefined) this.#choose(item);
      },
      closed: (back) => {
        if (back && opener.checkVisibility()) opener.focus();
        else if (back) focus.restore();
      },
    });
    void items.askGroups().then((some) => some && this.show());
  }

  #menuContent(): Pick<MenuRequest, 'items' | 'title' | 'label'> {
    const {selection, strings} = this.#host;
    const title = strings().selected(selection.ids.size);
    return {items: this.#items, title, label: `${strings().moreActions}, ${title}`};
  }

  /** Others are selected while the menu is open, or there are other items. */
  #followMenu(): void {
    const opener = this.#opener;
    const menu = opener && this.#host.actions()?.menu;
    if (menu === undefined || menu.opener !== opener) return;
    if (opener?.checkVisibility() === true) menu.renew(this.#menuContent());
    else menu.close(menu.focused);
  }

  #choose(item: ActionItem): void {
    if (questionOf(actionOf(item), this.#host.strings()) === undefined) void this.#do(item);
    else this.#ask(item);
  }

  #ask(item: ActionItem | undefined): void {
    const before = this.#asked;
    this.#asked = item;
    this.show();
    // The button that was pressed has gone; what is safe to press next has the focus.
    const next = item !== undefined ? ['cancel'] : [before?.id ?? '', 'more', 'select-all'];
    next
      .map((name) => this.#bar?.querySelector<HTMLElement>(`[part~="${CSS.escape(name)}"]`))
      .find((button) => button?.checkVisibility())
      ?.focus();
  }

  /** Does it to those that it changes. */
  #do(item: ActionItem): Promise<void> {
    const {selection, actions} = this.#host;
    const kinds = actions()?.items.alike(this.#conversations(selection.list)) ?? [];
    return this.#act(idsFor(item, selection.list, kinds), actionOf(item), selection.list);
  }

  /** @param over - those that are selected no more once it is done */
  async #act(ids: readonly string[], action: ConversationAction, over = ids): Promise<void> {
    const {selection, focus} = this.#host;
    this.#asked = this.#failed = undefined;
    const results = await this.#actions.act(ids, action);
    // Cancelled by the app, or its own to do.
    if (results.length === 0) return this.show();
    const done = new Set(over);
    const failed = failedOf(results);
    for (const id of failed) done.delete(id);
    // What has been selected meanwhile stays too.
    const left = selection.list.filter((id) => !done.has(id));
    if (failed.length === 0 && left.length === 0) return this.#actions.end();
    if (selection.multiple) selection.keep(left);
    focus.restore();
  }

  #dismiss(): void {
    this.#failed = undefined;
    this.show();
    this.#host.focus.restore();
  }

  #handleKeyDown(event: KeyboardEvent): void {
    const {key, defaultPrevented, ctrlKey, metaKey, altKey, shiftKey} = event;
    const buttons = [...(this.#bar?.querySelectorAll<HTMLElement>('button') ?? [])].filter((button) => button.checkVisibility());
    const at = buttons.indexOf(event.composedPath()[0] as HTMLElement);
    if (at < 0 || defaultPrevented || ctrlKey || metaKey || altKey || shiftKey) return;
    const rtl = getComputedStyle(this.#host.list).direction === 'rtl';
    if (key === 'Escape') this.#leave();
    else if (key === 'ArrowDown' && buttons[at]?.hasAttribute('aria-haspopup')) this.#toggleMenu(buttons[at]);
    else if (!focusBy(key, buttons, at, rtl ? 'ArrowLeft' : 'ArrowRight', rtl ? 'ArrowRight' : 'ArrowLeft')) return;
    event.preventDefault();
  }

  #leave(): void {
    if (this.#failed !== undefined) this.#dismiss();
    else if (this.#asked !== undefined) this.#ask(undefined);
    else this.#actions.end();
  }
}

function failedOf(results: readonly OpResult[]): readonly string[] {
  return results.filter(({error}) => error !== undefined).map(({id}) => id);
}

function looksOfAll(items: readonly ActionItem[]): string {
  return items.map((item) => [looksOf(item), item.checked, looksOfAll(item.children ?? [])].join('\n')).join('\n');
}
