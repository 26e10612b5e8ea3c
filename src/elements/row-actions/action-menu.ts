import {nothing, render} from 'lit';
import type {ActionItem} from './action-item.js';
import {MenuAnchor} from './menu-anchor.js';
import {menuLevel, menuQuestion, type Question} from './menu-view.js';
import {placeOf, type Anchor} from './place-menu.js';

/** Letters typed within this time of each other are one word, ms. */
const TYPEAHEAD = 500;

/** What a menu is opened with. */
export interface MenuRequest {
  /** Whose actions they are: its name. */
  readonly title: string;
  /** The menu's accessible name; what lies behind an item is named by that and the title. */
  readonly label: string;
  readonly items: readonly ActionItem[];
  readonly anchor: Anchor;
  /** The button that opened it, whose presses close it by themselves. */
  readonly opener?: HTMLElement | undefined;
  readonly choose: (item: ActionItem) => void;
  /** `back`: focus goes back to where it was; not where the person has pressed elsewhere. */
  readonly closed: (back: boolean) => void;
}

/**
 * The menu of a row, and the question before what cannot be undone: one box in the top layer, where the browser has
 * one, else over the list.
 *
 * It takes the focus, closes by Escape, Tab, a press outside, a scroll or a change of the window's size, and holds
 * listeners of the document only while it is open.
 */
export class ActionMenu {
  readonly element = document.createElement('div');
  readonly #host: HTMLElement;
  readonly #anchor: MenuAnchor | undefined;
  #request: MenuRequest | undefined;
  #question: ((yes: boolean) => void) | undefined;
  /** The item whose children are shown. */
  #parent: ActionItem | undefined;
  #typed = '';
  #typedAt = 0;
  /** A pointer has gone down in it: the end of the press that opened it is no choice. */
  #pressed = false;
  #open: AbortController | undefined;

  /** @param host - the list: says the direction, and where the menu lies without a top layer */
  constructor(host: HTMLElement, root: ShadowRoot) {
    this.#host = host;
    const {element} = this;
    element.className = 'menu';
    element.setAttribute('part', 'menu');
    if (hasPopover(element)) element.popover = 'manual';
    else element.classList.add('inside');
    if (hasPopover(element) && MenuAnchor.supported) this.#anchor = new MenuAnchor(host, root);
    element.hidden = true;
    element.addEventListener('pointerdown', () => (this.#pressed = true));
    element.addEventListener('click', (event) => this.#handleClick(event));
    element.addEventListener('keydown', (event) => this.#handleKeyDown(event));
    element.addEventListener('contextmenu', (event) => event.preventDefault());
    element.addEventListener('pointermove', (event) => this.#handlePointerMove(event));
    root.append(element);
  }

  get isOpen(): boolean {
    return this.#open !== undefined;
  }

  /** The focus is in it. */
  get focused(): boolean {
    return this.#focused !== null && this.element.contains(this.#focused);
  }

  /** The button that opened it. */
  get opener(): HTMLElement | undefined {
    return this.#request?.opener;
  }

  /** Opens on the first item. */
  show(request: MenuRequest): void {
    this.#begin(request);
    this.#showLevel(undefined);
  }

  /** Asks; focus is on the answer that does nothing. */
  ask(request: Omit<MenuRequest, 'choose' | 'items' | 'label'>, question: Question, answered: (yes: boolean) => void): void {
    this.#begin({...request, label: request.title, items: [], choose: () => undefined});
    this.#question = answered;
    render(menuQuestion(question, request.title), this.element);
    this.#place(request.anchor);
    this.element.querySelector<HTMLElement>('[data-answer="no"]')?.focus({preventScroll: true});
  }

  /** Other items have come, or other words for them: shows them, with the focus on the item that had it. */
  renew({items, title, label}: Pick<MenuRequest, 'items' | 'title' | 'label'>): void {
    const request = this.#request;
    if (request === undefined || this.#question !== undefined || items === request.items) return;
    const focused = this.#level[Number((this.#focused as HTMLElement | null)?.dataset['index'])]?.id;
    const parent = items.find(({id, children}) => id === this.#parent?.id && children !== undefined);
    this.#request = {...request, items, title, label};
    this.#showLevel(parent, (parent?.children ?? items).findIndex(({id}) => id === focused));
  }

  close(back: boolean): void {
    const request = this.#request;
    if (request === undefined) return;
    const answered = this.#question;
    this.#open?.abort();
    this.#open = this.#request = this.#question = this.#parent = undefined;
    request.opener?.setAttribute('aria-expanded', 'false');
    if (hasPopover(this.element) && this.element.matches(':popover-open')) this.element.hidePopover();
    this.element.hidden = true;
    render(nothing, this.element);
    request.closed(back);
    answered?.(false);
  }

  #begin(request: MenuRequest): void {
    this.close(false);
    this.#request = request;
    this.#pressed = false;
    this.#typed = '';
    const {signal} = (this.#open = new AbortController());
    request.opener?.setAttribute('aria-expanded', 'true');
    this.element.hidden = false;
    if (hasPopover(this.element)) this.element.showPopover();
    const outside = (event: Event): void => {
      const path = event.composedPath();
      if (!path.includes(this.element) && !(request.opener && path.includes(request.opener))) this.close(false);
    };
    const {ownerDocument: page} = this.element;
    page.addEventListener('pointerdown', outside, {capture: true, signal});
    page.addEventListener('scroll', (event) => event.target !== this.element && this.close(true), {capture: true, passive: true, signal});
    window.addEventListener('resize', () => this.close(true), {signal});
  }

  /** @param focus - the place of an item among those of the level; else the first has the focus */
  #showLevel(parent: ActionItem | undefined, focus = -1): void {
    const request = this.#request as MenuRequest;
    this.#parent = parent;
    const label = parent === undefined ? request.label : `${parent.label}, ${request.title}`;
    render(menuLevel({label, items: this.#level, back: parent?.label}), this.element);
    this.#place(request.anchor);
    const item = focus < 0 ? undefined : this.#items.find(({dataset}) => dataset['index'] === String(focus));
    (item ?? this.#items[0])?.focus({preventScroll: true});
  }

  /** The items that are shown. */
  get #level(): readonly ActionItem[] {
    return this.#parent?.children ?? this.#request?.items ?? [];
  }

  #place(anchor: Anchor): void {
    const {element} = this;
    const top = hasPopover(element);
    const {clientWidth: right, clientHeight: bottom} = document.documentElement;
    const box = this.#host.getBoundingClientRect();
    const bounds = top ? {left: 0, top: 0, right, bottom} : box;
    element.style.setProperty('max-height', `${Math.max(64, bounds.bottom - bounds.top - 16)}px`);
    if (this.#anchor?.hold(element, anchor, bounds) === true) return;
    const rtl = getComputedStyle(this.#host).direction === 'rtl';
    const size = {width: element.offsetWidth, height: element.offsetHeight};
    const place = placeOf(anchor, size, bounds, rtl);
    element.style.setProperty('left', `${place.left - (top ? 0 : box.left)}px`);
    element.style.setProperty('top', `${place.top - (top ? 0 : box.top)}px`);
  }

  get #items(): HTMLElement[] {
    return [...this.element.querySelectorAll<HTMLElement>('.menu-item, .answer')];
  }

  get #focused(): Element | null {
    return (this.element.getRootNode() as ShadowRoot).activeElement;
  }

  #activate(target: Element): void {
    const request = this.#request;
    const answer = target.closest<HTMLElement>('.answer')?.dataset['answer'];
    if (answer !== undefined) {
      const answered = this.#question;
      this.#question = undefined;
      this.close(true);
      return answered?.(answer === 'yes');
    }
    const index = target.closest<HTMLElement>('.menu-item')?.dataset['index'];
    if (request === undefined || index === undefined) return;
    if (index === '-1') return this.#back();
    const item = this.#level[Number(index)];
    if (item === undefined || item.disabled === true) return;
    if (item.children !== undefined) return this.#enter(item);
    this.close(true);
    request.choose(item);
  }

  /** Shows what is behind an item, on the one that is on. */
  #enter(item: ActionItem): void {
    this.#showLevel(item, Math.max(0, item.children?.findIndex(({kind, checked}) => kind === 'radio' && checked === true) ?? 0));
  }

  #back(): void {
    this.#showLevel(undefined, this.#request?.items.indexOf(this.#parent as ActionItem));
  }

  #handleClick(event: MouseEvent): void {
    if ((event.detail === 0 || this.#pressed) && event.target instanceof Element) this.#activate(event.target);
  }

  #handlePointerMove({target, pointerType}: PointerEvent): void {
    if (pointerType === 'touch' || !(target instanceof Element)) return;
    const item = target.closest<HTMLElement>('.menu-item');
    if (item !== null && item !== this.#focused) item.focus({preventScroll: true});
  }

  #handleKeyDown(event: KeyboardEvent): void {
    const {key} = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const items = this.#items;
    const at = items.indexOf(this.#focused as HTMLElement);
    const rtl = getComputedStyle(this.#host).direction === 'rtl';
    const asks = this.#question !== undefined;
    const go = (index: number): void => {
      this.#typed = '';
      items[(index + items.length) % items.length]?.focus();
    };
    const nested = this.#parent !== undefined;
    if (key === 'Escape' || (nested && key === (rtl ? 'ArrowRight' : 'ArrowLeft'))) {
      if (nested) this.#back();
      else this.close(true);
    } else if (key === 'Tab') {
      if (asks) go(at + 1);
      else this.close(true);
    } else if (key === 'ArrowDown') go(at + 1);
    else if (key === 'ArrowUp') go(at < 0 ? -1 : at - 1);
    else if (key === 'Home') go(0);
    else if (key === 'End') go(-1);
    else if (key === (rtl ? 'ArrowLeft' : 'ArrowRight')) this.#goInto(items[at]);
    else if (key === 'Enter' || (key === ' ' && !this.#typing)) {
      // A button's own click follows by itself.
      if (asks) return event.stopPropagation();
      if (items[at] !== undefined) this.#activate(items[at]);
    } else if (asks || [...key].length !== 1) return;
    else this.#typeahead(key, items, at);
    event.preventDefault();
    event.stopPropagation();
  }

  #goInto(element: HTMLElement | undefined): void {
    const item = this.#parent === undefined ? this.#request?.items[Number(element?.dataset['index'])] : undefined;
    if (item?.children !== undefined && item.disabled !== true) this.#enter(item);
  }

  /** What was typed goes on; a space belongs to it. */
  get #typing(): boolean {
    return this.#typed !== '' && performance.now() - this.#typedAt < TYPEAHEAD;
  }

  /** Goes to the next item that begins with what was typed; one letter again and again goes through those. */
  #typeahead(key: string, items: readonly HTMLElement[], at: number): void {
    this.#typed = (this.#typing ? this.#typed : '') + key.toLowerCase();
    this.#typedAt = performance.now();
    const typed = [...this.#typed].every((letter) => letter === this.#typed[0]) ? (this.#typed[0] as string) : this.#typed;
    const start = typed.length > 1 ? at : at + 1;
    const found = items.map((_, i) => items[(start + i) % items.length] as HTMLElement);
    found.find((item) => (item.textContent ?? '').trim().toLowerCase().startsWith(typed))?.focus();
  }
}

function hasPopover(element: HTMLElement): boolean {
  return typeof element.showPopover === 'function';
}
