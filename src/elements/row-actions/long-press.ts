/** A finger that stays so long asks for the menu, ms. */
const HOLD = 600;
/** A finger that has moved further, px, does something else. */
const TOLERANCE = 10;

/** Tells a finger that stays in its place. */
export class LongPress {
  readonly #act: (x: number, y: number) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #x = 0;
  #y = 0;

  constructor(act: (x: number, y: number) => void) {
    this.#act = act;
  }

  down({clientX, clientY, isPrimary}: PointerEvent): void {
    this.cancel();
    if (!isPrimary) return;
    this.#x = clientX;
    this.#y = clientY;
    this.#timer = setTimeout(() => this.#act(clientX, clientY), HOLD);
  }

  move({clientX, clientY}: PointerEvent): void {
    if (Math.hypot(clientX - this.#x, clientY - this.#y) > TOLERANCE) this.cancel();
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
