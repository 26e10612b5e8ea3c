import type {Conversation} from '../model/conversation.js';
import type {RowWindow} from '../virtual/row-window.js';

/**
 * Opens the conversation that was pressed, not the one that stands there when the press ends.
 *
 * Between the two a live change may have put another row under the pointer.
 */
export class PressController {
  #pressed: string | undefined;

  /** The grid's `pointerdown`. */
  handlePointerDown(event: PointerEvent, window: RowWindow<Conversation> | undefined): void {
    this.#pressed = event.button === 0 ? window?.slotIn(event.composedPath())?.id : undefined;
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
    return event.detail > 0 ? pressed : slot?.id;
  }
}

/** A control inside a custom row has its clicks for itself. */
function isControl(target: EventTarget): boolean {
  return target instanceof Element && target.matches('a[href], button, input, select, textarea, label, [role="button"]');
}
