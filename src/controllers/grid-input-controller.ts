import type {Conversation} from '../model/conversation.js';
import type {RowWindow} from '../virtual/row-window.js';
import type {OrderHoldController} from './order-hold-controller.js';
import {PressController} from './press-controller.js';
import type {RovingFocusController} from './roving-focus-controller.js';

/** What the grid's input needs of its list. */
export interface GridInputHost {
  readonly window: RowWindow<Conversation> | undefined;
  readonly hands: GridHands;
  /** The pointer has come over something in the grid. */
  pointed(target: EventTarget | null): void;
  /** A click belongs to something in the row, and is dealt with. */
  takesClick(event: MouseEvent): boolean;
  /** A key on a row leads out of the grid; if so, it is dealt with. */
  leaves(event: KeyboardEvent): boolean;
}

/** What is done to rows besides moving among them. */
export interface GridHands {
  /** The pointer, a finger or the focus is over the list for the first time: it may be used soon. */
  preload(): void;
  /** A click, a tap, or a press without a pointer on a row. */
  pressed(id: string, event: MouseEvent): void;
  /** A key on a row, before it moves the focus. Returns whether it was dealt with. */
  keyed(event: KeyboardEvent, id: string): boolean;
  /** A key may have moved the focus away from a row. */
  moved(event: KeyboardEvent, from: string): void;
  /** A touch has begun. */
  touched(event: TouchEvent): void;
}

const PASSIVE = ['pointerdown', 'pointermove', 'pointerover', 'pointerleave', 'wheel', 'touchstart', 'touchend', 'touchcancel'] as const;
const ACTIVE = ['click', 'keydown', 'focusin', 'focusout'] as const;

/**
 * What hands do over the grid: brings it to the press, to the roving focus, and to the order that is held meanwhile.
 *
 * Listens from {@link attach} on, for as long as the grid lives: both belong to one element, and go together.
 */
export class GridInputController {
  readonly #host: GridInputHost;
  readonly #focus: RovingFocusController;
  readonly #hold: OrderHoldController;
  readonly #press = new PressController();
  #approached = false;

  constructor(host: GridInputHost, focus: RovingFocusController, hold: OrderHoldController) {
    this.#host = host;
    this.#focus = focus;
    this.#hold = hold;
  }

  /** Takes the grid, once it is rendered. */
  attach(grid: HTMLElement): void {
    for (const type of PASSIVE) grid.addEventListener(type, this, {passive: true});
    for (const type of ACTIVE) grid.addEventListener(type, this);
  }

  handleEvent(event: Event): void {
    if (!this.#approached) {
      this.#approached = true;
      this.#host.hands.preload();
    }
    if (event instanceof KeyboardEvent) this.#handleKeyDown(event);
    else if (event instanceof FocusEvent) this.#handleFocus(event);
    else if (event.type === 'wheel') this.#hold.hold('pointer');
    else if (event.type.startsWith('touch')) this.#handleTouch(event as TouchEvent);
    else if (event.type === 'click') this.#handleClick(event as MouseEvent);
    else this.#handlePointer(event as PointerEvent);
  }

  #handlePointer(event: PointerEvent): void {
    switch (event.type) {
      case 'pointerdown':
        return this.#press.handlePointerDown(event, this.#host.window);
      case 'pointermove':
        if (event.pointerType !== 'touch') this.#hold.hold('pointer');
        return;
      case 'pointerover':
        return this.#host.pointed(event.target);
      default:
        this.#hold.let('pointer');
    }
  }

  #handleTouch(event: TouchEvent): void {
    if (event.type === 'touchstart') this.#host.hands.touched(event);
    if (event.touches.length > 0) this.#hold.hold('touch');
    else this.#hold.let('touch');
  }

  #handleClick(event: MouseEvent): void {
    const id = this.#press.idFor(event, this.#host.window);
    if (!this.#host.takesClick(event) && id !== undefined) this.#host.hands.pressed(id, event);
  }

  #handleKeyDown(event: KeyboardEvent): void {
    if (this.#host.leaves(event)) return;
    const slot = this.#host.window?.slotIn(event.composedPath());
    // A control inside a row has its keys for itself.
    const id = event.composedPath()[0] === slot?.element && !event.defaultPrevented ? slot?.id : undefined;
    if (id === undefined || !this.#host.hands.keyed(event, id)) this.#focus.handleKeyDown(event);
    if (id !== undefined) this.#host.hands.moved(event, id);
    if (this.#focus.focusedId !== undefined) this.#hold.hold('focus');
  }

  #handleFocus(event: FocusEvent): void {
    if (event.type === 'focusin') return this.#focus.handleFocusIn(event);
    this.#focus.handleFocusOut(event);
    if (this.#focus.focusedId === undefined) this.#hold.let('focus');
  }
}
