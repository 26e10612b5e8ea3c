/** How long a row takes to its new place, ms. Telegram's figure. */
const DURATION = 200;
/**
 * An animation stands at its end for so long, ms, unless it is ended before by hand: Chromium leaves a movement to the
 * compositor, but draws its last 40 ms on the main thread, frame by frame.
 */
const REST = 100;
/** More rows on the move than this are a new list, not a movement that an eye could follow. */
const MOST = 24;
/** After so many changes, each in the middle of the movement of the last, rows stay still until it is quiet. */
const STREAM = 3;

/** A row that was drawn and still is. */
export interface Move {
  readonly element: HTMLElement;
  /** Its new place, px. */
  readonly to: number;
  /** How far above (negative) or below its new place it stood, px. */
  readonly from: number;
}

const gliding = new WeakMap<HTMLElement, Animation>();

/** Lets the rows of one container glide from where they stood to where they stand. */
export class Glide {
  readonly #container: HTMLElement;
  #last = -Infinity;
  #streak = 0;

  /** @param container - holds the rows: where all shift alike, it moves in their place, as one layer */
  constructor(container: HTMLElement) {
    this.#container = container;
  }

  /**
   * Animates `translate` alone, which adds to a row's own transform and needs no layout. A row that is still on its
   * way goes on from where it is. Nothing moves for a person who asked for less motion, when too many would, or in a
   * stream of changes that no eye could follow.
   *
   * @param moves - every row that was seen and still is
   */
  start(moves: readonly Move[]): void {
    const [first] = moves;
    const alike = moves.every(({from}) => Math.abs(from - (first as Move).from) < 1);
    if (first === undefined || (alike && Math.abs(first.from) < 1)) return;
    if (moves.length > MOST || this.#streams() || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const container = this.#container;
    // Read all before writing any.
    const shared = leftover(container);
    const starts = moves.map(({element, from}) => from + leftover(element) + shared);
    if (alike && !moves.some(({element}) => isGliding(element))) return animate(container, starts[0] as number);
    settle(container);
    moves.forEach(({element}, i) => animate(element, starts[i] as number));
  }

  #streams(): boolean {
    const now = performance.now();
    this.#streak = now - this.#last < DURATION ? this.#streak + 1 : 0;
    this.#last = now;
    return this.#streak > STREAM;
  }
}

/** Ends an element's movement, because it shows something else now. */
export function settle(element: HTMLElement): void {
  gliding.get(element)?.cancel();
  gliding.delete(element);
}

function animate(element: HTMLElement, from: number): void {
  settle(element);
  if (Math.abs(from) < 1) return;
  const end = {translate: '0 0'};
  const frames = [{translate: `0 ${from}px`, easing: 'ease-out'}, {...end, offset: DURATION / (DURATION + REST)}, end];
  const animation = element.animate(frames, DURATION + REST);
  gliding.set(element, animation);
  // It starts up to two frames from now.
  setTimeout(() => animation.cancel(), DURATION + REST / 3);
}

function isGliding(element: HTMLElement): boolean {
  return gliding.get(element)?.playState === 'running';
}

/** How far an element still is from the place it was going to, px. */
function leftover(element: HTMLElement): number {
  if (!isGliding(element)) return 0;
  const [, y = '0'] = getComputedStyle(element).translate.split(' ');
  return parseFloat(y) || 0;
}
