import type {Conversation} from '../model/conversation.js';
import type {RowWindow} from '../virtual/row-window.js';

/** A pointer that moves less, px, has not moved: hands tremble. */
const SLIP = 10;

/**
 * Opens the conversation that was pressed, not the one that stands there when the press ends.
 *
 * Between the two a live change may have put another row under the pointer.
 */
export class PressController {
  #pressed: string | undefined;
  /** Where, px in the window. */
  #x = 0;
  #y = 0;

  /** The grid's `pointerdown`. */
  handlePointerDown(event: PointerEvent, window: RowWindow<Conversation> | undefined): void {
    this.#pressed = event.button === 0 ? window?.slotIn(event.composedPath())?.id : undefined;
    this.#x = event.clientX;
    this.#y = event.clientY;
  }

  /** The grid's `click`: the id of the conversation to open, if any. */
  idFor(event: MouseEvent, window: RowWindow<Conversation> | undefined): string | undefined {
    const pressed = this.#pressed;
    this.#pressed = undefined;
    if (event.defaultPrevented) return undefined;
    const path = event.composedPath();
    const slot = window?.slotIn(path);
    if (slot !== undefined && path.slice(0, path.indexOf(slot.element)).some(isControl)) return undefined;
    // No press came before: a script's click, or a screen reader's.
    if (event.detail === 0) return slot?.id;
    // The pointer has left the row, and not the row the pointer: the person has thought better of it.
    const slipped = Math.hypot(event.clientX - this.#x, event.clientY - this.#y) > SLIP;
    return slipped && slot?.id !== pressed ? undefined : pressed;
  }
}

/** A control inside a custom row has its clicks for itself. */
function isControl(target: EventTarget): boolean {
  return target instanceof Element && target.matches('a[href], button, input, select, textarea, label, [role="button"]');
}
