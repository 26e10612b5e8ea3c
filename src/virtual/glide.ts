/** How long a row takes to its new place, ms. Telegram's figure. */
const DURATION = 200;
/** More rows on the move than this are a new list, not a movement that an eye could follow. */
const MOST = 24;

/** A row that has changed its place within what is seen. */
export interface Move {
  readonly element: HTMLElement;
  /** How far above (negative) or below its new place it stood, px. */
  readonly from: number;
}

const gliding = new WeakMap<HTMLElement, Animation>();

/**
 * Lets rows glide from where they stood to where they stand.
 *
 * Animates `translate` alone, which adds to the row's own transform and needs no layout. A row that is still on its
 * way goes on from where it is. Nothing moves for a person who asked for less motion, or when too many would.
 */
export function glide(moves: readonly Move[]): void {
  if (moves.length === 0 || moves.length > MOST || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  // Read all before writing any.
  const starts = moves.map(({element, from}) => from + leftover(element));
  moves.forEach(({element}, i) => {
    gliding.get(element)?.cancel();
    const animation = element.animate([{translate: `0 ${starts[i]}px`}, {translate: '0 0'}], {
      duration: DURATION,
      easing: 'ease-out',
    });
    gliding.set(element, animation);
  });
}

/** Ends a row's movement, because it shows something else now. */
export function settle(element: HTMLElement): void {
  gliding.get(element)?.cancel();
  gliding.delete(element);
}

/** How far a row still is from the place it was going to, px. */
function leftover(element: HTMLElement): number {
  if (gliding.get(element)?.playState !== 'running') return 0;
  const [, y = '0'] = getComputedStyle(element).translate.split(' ');
  return parseFloat(y) || 0;
}
