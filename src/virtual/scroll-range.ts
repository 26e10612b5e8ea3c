/**
 * Largest scroll range handed to the browser, px. `@lit-labs/virtualizer` clamps at 8.2 million, Firefox ends at
 * 17.9 million, Chromium at 33.5 million.
 */
export const MAX_SIZE = 8_000_000;

/**
 * A single move of more viewports than this is a jump (a thumb drag, a script), not a wheel or a finger. So much
 * physical room is kept on each side, so that a wheel or a finger never meets a false end.
 */
const JUMP = 8;
/**
 * Firefox keeps scroll positions as 32-bit floats of 1/60 px: so far down it holds only multiples of this exactly, and
 * would move what is read by up to half a pixel, px.
 */
const EXACT = 8;
/** The browser's own range may be so much larger than what was asked for, px. */
const ROUNDING = 2;

/**
 * Maps the browser's scroll position onto a list of any height.
 *
 * Up to {@link MAX_SIZE} the two are the same. Above it small moves stay exact to the pixel and jumps are
 * proportional; the difference this leaves is paid back where nobody sees it, before a false end is reached. Near the
 * true ends a pixel is a pixel, so that no step comes to the browser's end before the list's.
 */
export class ScrollRange {
  /** Height of the viewport, px. */
  viewport = 0;
  /** Height of the whole list, px. */
  total = 0;
  /** The browser's scroll position, px from the top of its own range. */
  top = 0;
  /** The true position, px from the top of the list. */
  position = 0;

  /** Height of the browser's scroll range, px. */
  get size(): number {
    return Math.min(this.total, MAX_SIZE);
  }

  /** Furthest true position. */
  get end(): number {
    return Math.max(0, this.total - this.viewport);
  }

  /** What to subtract from a true position to get one in the browser's range. */
  get offset(): number {
    return this.#scaled ? this.position - this.top : 0;
  }

  get #scaled(): boolean {
    return this.total > MAX_SIZE;
  }

  /** Furthest scroll position of the browser. */
  get endTop(): number {
    return Math.max(0, this.size - this.viewport);
  }

  /** Takes new heights. The position stays, as far as the list reaches. Returns the scroll position to set. */
  resize(viewport: number, total: number): number {
    const scaled = this.#scaled;
    this.viewport = viewport;
    this.total = total;
    return scaled || this.#scaled ? this.moveTo(this.position) : this.scrollTo(this.top);
  }

  /**
   * The browser has scrolled. Returns the scroll position to set, `top` itself if it is fine.
   *
   * @param byThumb - the scrollbar is being dragged: the position is proportional however small the move
   */
  scrollTo(top: number, byThumb = false): number {
    const moved = top - this.top;
    this.top = top;
    if (!this.#scaled) {
      this.position = Math.min(this.end, Math.max(0, top));
      // Overscroll is the browser's, and so is a pixel of rounding; beyond a list that has shrunk is ours.
      if (top > this.endTop + ROUNDING) this.top = this.endTop;
      return this.top;
    }
    if (byThumb || Math.abs(moved) > this.viewport * JUMP) this.position = this.#map(top, this.endTop, this.end);
    else this.position += moved;
    this.position = Math.min(this.end, Math.max(0, this.position));
    if (top <= 0) this.position = 0;
    else if (top >= this.endTop - 1 && moved >= 0) this.position = this.end;
    else if (!byThumb) this.#payBack();
    return this.top;
  }

  /** Goes to a true position. Returns the scroll position to set. */
  moveTo(position: number): number {
    this.position = Math.min(this.end, Math.max(0, position));
    this.top = this.#scaled ? this.#whole(this.#map(this.position, this.end, this.endTop)) : this.position;
    return this.top;
  }

  /** What stands at the position has moved by so many px. Returns the scroll position to set. */
  shift(by: number): number {
    if (!this.#scaled) return this.moveTo(this.position + by);
    this.position = Math.min(this.end, Math.max(0, this.position + by));
    this.#payBack();
    return this.top;
  }

  #payBack(): void {
    const falseStart = this.top < this.#room && this.position > this.top + 1;
    const falseEnd = this.endTop - this.top < this.#room && this.end - this.position > this.endTop - this.top + 1;
    if (falseStart || falseEnd) this.moveTo(this.position);
  }

  /** px on each side where both ranges are the same. */
  get #room(): number {
    return Math.min(this.viewport * JUMP, this.endTop / 4);
  }

  /**
   * Whole, so that rows stand on whole pixels where their positions do; and a multiple of {@link EXACT}, but where
   * that would be past an end.
   */
  #whole(top: number): number {
    const room = this.#room;
    return top <= room || this.endTop - top <= room ? Math.round(top) : Math.round(top / EXACT) * EXACT;
  }

  /** Takes a place in one range, which ends at `from`, to the other, which ends at `to`. */
  #map(place: number, from: number, to: number): number {
    const room = this.#room;
    if (place <= room) return place;
    if (from - place <= room) return to - (from - place);
    return room + ((place - room) / (from - 2 * room)) * (to - 2 * room);
  }
}
