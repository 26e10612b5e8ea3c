/** Where a menu belongs to: a point, or a box such as a button's, px in the window. */
export interface Anchor {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Space between a menu and the edge, px. */
const EDGE = 8;

/**
 * Where a menu's corner goes: at the point, or below the box and flush with its end; on the other side where there is no
 * room; in any case within the bounds.
 */
export function placeOf(
  anchor: Anchor,
  size: {readonly width: number; readonly height: number},
  bounds: Anchor,
  rtl: boolean,
): {readonly left: number; readonly top: number} {
  const {width, height} = size;
  const point = anchor.right - anchor.left < 1;
  const sides: [number, number] = [point ? anchor.left : anchor.right - width, point ? anchor.left - width : anchor.left];
  if (rtl) sides.reverse();
  const fits = (left: number) => left >= bounds.left + EDGE && left + width <= bounds.right - EDGE;
  const left = sides.find(fits) ?? sides[0];
  const below = anchor.bottom + height <= bounds.bottom - EDGE;
  const top = below ? anchor.bottom : anchor.top - height;
  return {left: within(left, width, bounds.left, bounds.right), top: within(top, height, bounds.top, bounds.bottom)};
}

/** The nearest place at which so much fits; at the start if nowhere. */
function within(at: number, size: number, start: number, end: number): number {
  return Math.max(start + EDGE, Math.min(at, end - EDGE - size));
}
