import type {VirtualizerHostElement, virtualizerRef} from '@lit-labs/virtualizer/virtualize.js';
import {ScrollRange} from './scroll-range.js';

/** The package's core class, which it does not export by name. */
export type Core = NonNullable<VirtualizerHostElement[typeof virtualizerRef]>;

/** Indexes of rows; `first` > `last` for none. */
export interface RowRange {
  readonly first: number;
  readonly last: number;
}

/** What a layout tells the core, in the core's own shape. */
interface StateChanged {
  readonly type: 'stateChanged';
  readonly scrollSize: {readonly width: null; readonly height: number};
  readonly range: {readonly first: -1; readonly last: -1; readonly firstVisible: -1; readonly lastVisible: -1};
  readonly childPositions: ReadonlyMap<number, never>;
}

/** Rows drawn above and below the viewport. */
const OVERSCAN = 4;

/** The rows are ours, so the core is told of none: it neither places nor measures anything. */
const NO_RANGE = {first: -1, last: -1, firstVisible: -1, lastVisible: -1} as const;
const NO_POSITIONS: ReadonlyMap<number, never> = new Map<number, never>();

/**
 * Rows of one fixed height, as a layout of `@lit-labs/virtualizer`.
 *
 * The core watches scrolling and sizes, and holds the scroll range open; where the rows stand, which are drawn
 * and where the list is scrolled to is decided here. The interface is the package's undocumented one
 * (`layouts/shared/Layout`): `test/virtual` fails when a version changes it.
 */
export class FixedRowLayout {
  readonly range = new ScrollRange();
  readonly measureChildren = false;
  readonly listenForChildLoadEvents = false;
  readonly direction = 'vertical';
  /** Set by the core; the rows are counted in {@link count}. */
  items: unknown[] = [];
  totalScrollSize = {width: 0, height: 0};
  offsetWithinScroller = {left: 0, top: 0};
  viewportScroll = {left: 0, top: 0};
  pin = null;
  config = {};
  /** The scrollbar is being dragged. */
  thumb = false;

  #sink: ((message: StateChanged) => void) | undefined;
  #count = 0;
  #rowHeight = 0;
  #endHeight = 0;
  #dirty = true;
  #shown = false;
  /** The browser's scroll position as it was read or set last, px; `undefined` where it may be another. */
  #top: number | undefined;
  readonly #scroller: HTMLElement;
  readonly #draw: () => void;

  /**
   * @param scroller - the element that scrolls
   * @param draw - called when what is to be drawn may have changed, before the scroll range does
   */
  constructor(scroller: HTMLElement, draw: () => void) {
    this.#scroller = scroller;
    this.#draw = draw;
  }

  /** Called once by the core's creator. */
  attach(sink: (message: StateChanged) => void): void {
    this.#sink = sink;
  }

  /** How many rows there are. */
  get count(): number {
    return this.#count;
  }

  /** Height of a row, px. */
  get rowHeight(): number {
    return this.#rowHeight;
  }

  /** Height of what follows the last row, px. */
  get endHeight(): number {
    return this.#endHeight;
  }

  /** Some part of the list is on the screen. */
  get shown(): boolean {
    return this.#shown && this.range.viewport > 0 && this.#rowHeight > 0;
  }

  /** The part of the scroller that the window shows; the core's way of telling whether it is visible at all. */
  set viewportSize({height}: {height: number}) {
    this.#shown = height > 0;
    const {clientHeight: viewport, scrollTop} = this.#scroller;
    this.#top = scrollTop;
    const before = this.range.viewport;
    if (viewport !== before) this.resize({viewport});
    // Displayed again, it stands where it stood, with what has come and gone meanwhile.
    if (before > 0) this.follow();
  }

  /** Takes new measures, px; what is left out stays. */
  resize({count = this.#count, rowHeight = this.#rowHeight, endHeight = this.#endHeight, viewport = this.range.viewport}): void {
    // Another height of row: the same row stays at the top.
    const at = this.#rowHeight > 0 ? this.range.position / this.#rowHeight : 0;
    const scaled = rowHeight !== this.#rowHeight && at > 0;
    this.#count = count;
    this.#rowHeight = rowHeight;
    this.#endHeight = endHeight;
    this.#dirty = true;
    const {size} = this.range;
    this.range.resize(viewport, count * rowHeight + endHeight);
    // The browser takes a position back that a smaller list does not reach.
    if (this.range.size < size) this.#top = undefined;
    if (scaled) this.range.moveTo(at * rowHeight);
  }

  /** What was read at `position` has moved by so many rows in the order. */
  shift(position: number, rows: number): void {
    this.range.shift(position + rows * this.#rowHeight - this.range.position);
    this.#dirty = true;
  }

  /** Scrolls to a position, px from the top of the list. */
  moveTo(position: number): void {
    this.range.moveTo(position);
    this.#dirty = true;
    this.reflowIfNeeded();
  }

  /** Takes over the browser's scroll position. What is not displayed, or was not, has none. */
  follow(): void {
    const {scrollTop, clientHeight} = this.#scroller;
    this.#top = scrollTop;
    if (scrollTop === this.range.top || clientHeight === 0 || this.range.viewport === 0) return;
    if (this.range.scrollTo(scrollTop, this.thumb) !== scrollTop) this.#dirty = true;
  }

  /** Rows that touch the viewport. */
  get visible(): RowRange {
    const {position, viewport} = this.range;
    if (this.#count === 0 || viewport === 0 || this.#rowHeight === 0) return {first: 0, last: -1};
    const first = Math.floor(position / this.#rowHeight);
    const last = Math.ceil((position + viewport) / this.#rowHeight) - 1;
    return {first: Math.min(first, this.#count - 1), last: Math.min(last, this.#count - 1)};
  }

  /** Rows to draw. */
  get drawn(): RowRange {
    const {first, last} = this.visible;
    if (last < first) return {first, last};
    return {first: Math.max(0, first - OVERSCAN), last: Math.min(this.#count - 1, last + OVERSCAN)};
  }

  /**
   * Where a row is drawn, px in the browser's scroll range.
   *
   * Never past the range's end, which a row far below the viewport (the focused one, or what follows the last) would
   * otherwise push out.
   */
  y(index: number): number {
    return Math.min(index * this.#rowHeight - this.range.offset, this.range.size - this.#rowHeight);
  }

  /** Called by the core after it has set the measures. */
  reflowIfNeeded(): void {
    this.#draw();
    if (!this.#dirty) return;
    this.#dirty = false;
    this.#sink?.({
      type: 'stateChanged',
      scrollSize: {width: null, height: this.range.size},
      range: NO_RANGE,
      childPositions: NO_POSITIONS,
    });
    // After the range has its size. Not by the core, which takes the window's position for a scroller's at 0.
    // Below a device pixel there is nothing to correct, and the browser would round it again. Read only where it is not
    // known, since what was drawn just now would have to be laid out for it.
    const {top} = this.range;
    if (Math.abs((this.#top ?? this.#scroller.scrollTop) - top) >= 1) this.#scroller.scrollTop = top;
    this.#top = top;
  }

  /** The scroller is in the document again, where the browser has forgotten how far it was scrolled. */
  restore(): void {
    this.#dirty = true;
    this.#top = 0;
    this.reflowIfNeeded();
  }

  unpin(): void {
    // Nothing is ever pinned: an anchor by index is what this layout is here to avoid.
  }

  getScrollIntoViewCoordinates({index}: {index: number}): {top: number} {
    return {top: this.y(index)};
  }
}
