import {html, nothing, render} from 'lit';
import type {HandsHost} from './hands-host.js';

/** Pulled so far, px, it refreshes. */
const THRESHOLD = 56;
/** No further, px. */
const FURTHEST = 96;
/** The list follows the finger half as far: it is held by something. */
const RESISTANCE = 0.5;
/** A finger that has moved less, px, has not chosen a direction yet. */
const SLIP = 8;

/**
 * A finger that pulls the list down from its very top refreshes it.
 *
 * Listens to the finger only from a touch at the top until it ends; a second finger, a way to the side or back up,
 * and whatever else takes the touch away leave everything as it was.
 */
export class PullToRefresh {
  readonly #host: HandsHost;
  #element: HTMLElement | undefined;
  /** The finger, while it is followed, and where it came down, px in the window. */
  #finger: number | undefined;
  #x = 0;
  #y = 0;
  #pulling = false;
  /** px */
  #distance = 0;
  #refreshing = false;

  constructor(host: HandsHost) {
    this.#host = host;
  }

  /** A touch has begun. */
  start({touches, changedTouches}: TouchEvent): void {
    const scroller = this.#host.list.scroller;
    const touch = changedTouches?.[0];
    if (scroller === undefined || touch === undefined || this.#refreshing) return;
    if (touches.length > 1) return this.#end();
    if (this.#host.list.pullToRefresh === 'off' || scroller.scrollTop > 0 || this.#host.store()?.source == null) return;
    this.#finger = touch.identifier;
    this.#x = touch.clientX;
    this.#y = touch.clientY;
    scroller.addEventListener('touchmove', this.#onMove, {passive: false});
    scroller.addEventListener('touchend', this.#onEnd);
    scroller.addEventListener('touchcancel', this.#onCancel);
  }

  /** Lets go of the finger. */
  stop(): void {
    this.#refreshing = false;
    this.#end();
  }

  readonly #onMove = (event: TouchEvent): void => {
    const touch = Array.from(event.changedTouches).find(({identifier}) => identifier === this.#finger);
    if (touch === undefined) return;
    const way = touch.clientY - this.#y;
    const aside = Math.abs(touch.clientX - this.#x);
    if (!this.#pulling) {
      if (Math.hypot(way, aside) < SLIP) return;
      // To the side, up, or the list has been scrolled: that is something else.
      if (way <= aside || (this.#host.list.scroller?.scrollTop ?? 0) > 0 || event.defaultPrevented) return this.#end();
      this.#pulling = true;
    }
    // Nor does the page scroll.
    if (event.cancelable) event.preventDefault();
    this.#distance = Math.max(0, Math.min(FURTHEST, (way - SLIP) * RESISTANCE));
    this.#show();
  };

  readonly #onEnd = (event: TouchEvent): void => {
    if (!Array.from(event.changedTouches).some(({identifier}) => identifier === this.#finger)) return;
    const far = this.#pulling && this.#distance >= THRESHOLD;
    if (!far) return this.#end();
    this.#forget();
    void this.#refresh();
  };

  readonly #onCancel = (): void => this.#end();

  async #refresh(): Promise<void> {
    const {list, announcer, strings} = this.#host;
    this.#refreshing = true;
    this.#distance = THRESHOLD;
    this.#show();
    announcer.say('state', strings().refreshing);
    await list.refresh();
    this.stop();
  }

  #forget(): void {
    const scroller = this.#host.list.scroller;
    scroller?.removeEventListener('touchmove', this.#onMove);
    scroller?.removeEventListener('touchend', this.#onEnd);
    scroller?.removeEventListener('touchcancel', this.#onCancel);
    this.#finger = undefined;
    this.#pulling = false;
  }

  #end(): void {
    this.#forget();
    this.#distance = 0;
    if (!this.#refreshing && this.#element !== undefined) this.#show();
  }

  #show(): void {
    if (this.#element === undefined) {
      this.#element = document.createElement('div');
      this.#element.className = 'pull';
      this.#host.list.renderRoot.querySelector('.frame')?.append(this.#element);
    }
    const {refreshing, releaseToRefresh, pullToRefresh} = this.#host.strings();
    const far = this.#distance >= THRESHOLD;
    const text = this.#refreshing ? refreshing : far ? releaseToRefresh : pullToRefresh;
    this.#element.style.transform = `translateY(${this.#distance - FURTHEST}px)`;
    // What is announced is said by the list's one voice.
    const content = html`<span part="pull" aria-hidden="true">
      <span class=${this.#refreshing ? 'spinner is-busy' : 'spinner'} part="spinner"></span>${text}
    </span>`;
    render(this.#distance > 0 ? content : nothing, this.#element);
  }
}
