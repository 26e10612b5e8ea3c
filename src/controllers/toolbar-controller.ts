import type {LitElement, ReactiveController} from 'lit';
import {focusBy} from './focus-by.js';

/** Room that a menu keeps from the edges of the window, px. */
const MARGIN = 8;

/**
 * A toolbar of one line: the arrow keys go from chip to chip, one of them is the Tab stop, and those that do not fit wait
 * in a menu.
 *
 * In the host's shadow root, `.line` holds every `.chip`, wraps them and shows one line; `#more` is the menu's button,
 * and `.menu` the menu with its `.item`s.
 */
export class ToolbarController implements ReactiveController {
  readonly #host: LitElement;
  #fit = Infinity;
  #open = false;
  /** The chip that is the Tab stop, or `more`. */
  #active = '';
  #resize: ResizeObserver | undefined;
  #away: AbortController | undefined;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  /** How many chips fit. */
  get fit(): number {
    return this.#fit;
  }

  /** The menu is open. */
  get open(): boolean {
    return this.#open;
  }

  hostConnected(): void {
    this.#resize = new ResizeObserver(() => this.#measure());
    if (this.#host.hasUpdated) this.#watch();
  }

  hostDisconnected(): void {
    this.#resize?.disconnect();
    this.#resize = undefined;
    this.#close();
  }

  hostUpdated(): void {
    if (!this.#host.isConnected) return;
    this.#watch();
    this.#measure();
    this.#setStop();
  }

  toggle(): void {
    if (this.#open) this.close(true);
    else void this.#show();
  }

  /** @param back - focus goes to the menu's button */
  close(back: boolean): void {
    if (!this.#open) return;
    this.#close();
    this.#host.requestUpdate();
    if (back) this.#more?.focus();
  }

  /** The toolbar's `focusin`. */
  handleFocusIn(event: FocusEvent): void {
    const [target] = event.composedPath();
    if (!this.#stops.includes(target as HTMLElement)) return;
    this.#active = nameOf(target as HTMLElement);
    this.#setStop();
  }

  /** The toolbar's `keydown`. */
  handleKeyDown(event: KeyboardEvent): void {
    const target = event.composedPath()[0] as HTMLElement;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (this.#items.includes(target)) return this.#handleMenuKey(event, target);
    const stops = this.#stops;
    const at = stops.indexOf(target);
    if (at < 0) return;
    const rtl = getComputedStyle(this.#host).direction === 'rtl';
    if (event.key === 'ArrowDown' && target === this.#more) void this.#show();
    else if (!focusBy(event.key, stops, at, rtl ? 'ArrowLeft' : 'ArrowRight', rtl ? 'ArrowRight' : 'ArrowLeft')) return;
    event.preventDefault();
  }

  #handleMenuKey(event: KeyboardEvent, target: HTMLElement): void {
    const items = this.#items;
    if (event.key === 'Tab') return this.close(true);
    if (event.key === 'Escape') this.close(true);
    else if (!focusBy(event.key, items, items.indexOf(target), 'ArrowDown', 'ArrowUp')) return;
    event.preventDefault();
    event.stopPropagation();
  }

  #watch(): void {
    const toolbar = this.#find('.toolbar');
    if (toolbar !== null) this.#resize?.observe(toolbar);
  }

  /** Those that fell to the next line do not fit. */
  #measure(): void {
    const chips = this.#chips;
    const top = chips[0]?.offsetTop;
    const over = chips.findIndex((chip) => chip.offsetTop !== top);
    const fit = over < 0 ? Infinity : over;
    if (fit === this.#fit) return;
    this.#fit = fit;
    if (fit === Infinity) this.#close();
    // It is known only once it is drawn.
    void this.#host.updateComplete.then(() => this.#host.requestUpdate());
  }

  #setStop(): void {
    const stops = this.#stops;
    const stop =
      stops.find((one) => nameOf(one) === this.#active) ??
      stops.find((one) => one.getAttribute('aria-pressed') === 'true') ??
      stops[0];
    for (const one of stops) one.tabIndex = one === stop ? 0 : -1;
  }

  async #show(): Promise<void> {
    this.#open = true;
    const {signal} = (this.#away = new AbortController());
    const away = (event: Event): void => {
      const path = event.composedPath();
      const menu = this.#menu;
      if (menu === null || !(path.includes(menu) || path.includes(this.#more as EventTarget))) this.close(false);
    };
    for (const type of ['pointerdown', 'focusin']) document.addEventListener(type, away, {signal});
    window.addEventListener('resize', () => this.close(false), {signal});
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    const menu = this.#menu;
    if (!this.#open || menu === null) return;
    // Over everything else where the browser can; else over what stands before it.
    if (typeof menu.showPopover === 'function' && !menu.matches(':popover-open')) menu.showPopover();
    this.#place(menu);
    const items = this.#items;
    (items.find((item) => item.getAttribute('aria-checked') === 'true') ?? items[0])?.focus();
  }

  #close(): void {
    this.#open = false;
    this.#away?.abort();
    const menu = this.#menu;
    if (typeof menu?.hidePopover === 'function' && menu.matches(':popover-open')) menu.hidePopover();
  }

  /** Below its button, the inner edges of both in line, within the window. */
  #place(menu: HTMLElement): void {
    const button = (this.#more as HTMLElement).getBoundingClientRect();
    const {width, height} = menu.getBoundingClientRect();
    const rtl = getComputedStyle(this.#host).direction === 'rtl';
    const left = rtl ? button.left : button.right - width;
    const below = button.bottom + 4;
    const top = below + height + MARGIN <= innerHeight ? below : button.top - 4 - height;
    menu.style.left = `${Math.max(MARGIN, Math.min(left, innerWidth - width - MARGIN))}px`;
    menu.style.top = `${Math.max(MARGIN, top)}px`;
  }

  /** What the arrow keys go through: the chips that fit, and the menu's button. */
  get #stops(): HTMLElement[] {
    const stops = this.#chips.slice(0, this.#fit === Infinity ? undefined : this.#fit);
    return this.#fit === Infinity || this.#more === null ? stops : [...stops, this.#more];
  }

  get #chips(): HTMLElement[] {
    return [...(this.#root?.querySelectorAll<HTMLElement>('.line > .chip') ?? [])];
  }

  get #items(): HTMLElement[] {
    return [...(this.#root?.querySelectorAll<HTMLElement>('.menu > .item') ?? [])];
  }

  get #more(): HTMLElement | null {
    return this.#find('#more');
  }

  get #menu(): HTMLElement | null {
    return this.#find('.menu');
  }

  get #root(): ShadowRoot | null {
    return this.#host.shadowRoot;
  }

  #find(selector: string): HTMLElement | null {
    return this.#root?.querySelector<HTMLElement>(selector) ?? null;
  }
}

function nameOf(stop: HTMLElement): string {
  return stop.dataset['name'] ?? stop.id;
}
