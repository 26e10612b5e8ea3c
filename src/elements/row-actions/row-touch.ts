import type {Conversation} from '../../model/conversation.js';
import type {RowSlot} from '../../virtual/row-pool.js';
import type {ActionItem} from './action-item.js';
import {LongPress} from './long-press.js';
import type {RowActions} from './row-actions.js';
import {Swipe} from './swipe.js';
import type {Side} from './swipe-tray.js';

/** Most actions on a side. */
const MOST = 3;

/** What fingers do to rows: a swipe moves one aside, a long press opens its menu. */
export class RowTouch {
  readonly #actions: RowActions;
  readonly #swipe: Swipe;
  readonly #press: LongPress;
  /** The row under the finger. */
  #id: string | undefined;
  #row: HTMLElement | undefined;
  /** The click that follows is the end of something else. */
  #swallow = false;

  constructor(actions: RowActions) {
    this.#actions = actions;
    const {host} = actions;
    this.#swipe = new Swipe({
      items: (id, side) => this.#itemsOf(id, side),
      act: (id, item) => actions.choose(id, item),
      get rtl() {
        return getComputedStyle(host.element).direction === 'rtl';
      },
    });
    this.#press = new LongPress((x, y) => this.#longPress(x, y));
  }

  updated(): void {
    const {swipeStart, swipeEnd, root} = this.#actions.host;
    root.querySelector('.rows')?.classList.toggle('swipes', Boolean(swipeStart) || Boolean(swipeEnd));
    this.#swipe.turn();
  }

  bound({element, id}: RowSlot<Conversation>): void {
    if (element.hasAttribute('data-swipe') && id !== this.#swipe.id) this.#swipe.cancel();
  }

  scrolled(): void {
    this.#press.cancel();
    if (!this.#swipe.moving) this.#swipe.close();
  }

  /** Whether there was an open row to close. */
  escape(): boolean {
    const open = this.#swipe.id !== undefined;
    this.cancel();
    return open;
  }

  cancel(): void {
    this.#press.cancel();
    this.#swipe.cancel();
  }

  /** A menu has opened under the finger. */
  pressed(): void {
    this.cancel();
    this.#swallow = true;
  }

  handle(event: PointerEvent, slot: RowSlot<Conversation> | undefined): void {
    if (event.pointerType !== 'touch') {
      if (event.type === 'pointerdown') {
        this.#swallow = false;
        if (slot?.id !== this.#swipe.id) this.#swipe.close();
      }
      return;
    }
    switch (event.type) {
      case 'pointerdown':
        this.#down(event, slot);
        break;
      case 'pointermove':
        this.#press.move(event);
        if (this.#id !== undefined && this.#row !== undefined) this.#swipe.move(event, this.#id, this.#row);
        if (this.#swipe.moving) this.#swallow = true;
        break;
      case 'pointerup':
        this.#press.cancel();
        this.#swipe.up(event);
        break;
      default:
        this.cancel();
    }
  }

  /** Whether a click ends a swipe or a long press, or is meant for what a swipe has shown. */
  takesClick({detail}: MouseEvent, path: readonly EventTarget[]): boolean {
    // A script's click, or a screen reader's, ends nothing.
    const swallow = this.#swallow && detail !== 0;
    this.#swallow = false;
    return swallow || this.#swipe.click(path);
  }

  #down(event: PointerEvent, slot: RowSlot<Conversation> | undefined): void {
    const {cells} = this.#actions;
    if (!cells.touch) {
      cells.touch = true;
      cells.sync();
    }
    this.#id = slot?.id;
    this.#row = slot?.element;
    // What closes an open row does nothing else.
    this.#swallow = this.#swipe.down(event, slot?.id);
    if (slot?.id !== undefined && this.#swipe.id === undefined) this.#press.down(event);
    else this.#press.cancel();
  }

  #longPress(x: number, y: number): void {
    const id = this.#id;
    this.#press.cancel();
    if (id === undefined || this.#swipe.moving) return;
    const point = {left: x, right: x, top: y, bottom: y};
    if (this.#actions.open(id, point)) this.pressed();
  }

  #itemsOf(id: string, side: Side): readonly ActionItem[] {
    const {swipeStart, swipeEnd} = this.#actions.host;
    return this.#actions.items.named(id, side === 'start' ? swipeStart : swipeEnd, MOST);
  }
}
