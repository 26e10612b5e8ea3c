import {createCore} from './core.js';
import {FixedRowLayout, type Core, type RowRange} from './fixed-row-layout.js';
import {Glide, type Move} from './glide.js';
import {RowPool, type RowPoolHost, type RowSlot} from './row-pool.js';

/** An immutable list of items with ids. */
export interface WindowRows<Item> {
  readonly length: number;
  at(index: number): Item | undefined;
  /** -1 if it is not in the list. */
  indexOf(id: string): number;
}

/** What a window asks of its owner. */
export interface RowWindowHost<Item> extends RowPoolHost<Item> {
  /** The item that has focus: it stays drawn wherever it is. */
  kept(): string | undefined;
  /** The range, the position or the visibility has changed, and what is drawn fits it. */
  moved(): void;
}

/** Where a row is brought to. */
export type RowAlign = 'nearest' | 'start' | 'center' | 'end';

/**
 * The window through which a list of any length is seen: draws the rows in view, and keeps what is read in place.
 *
 * The anchor is an item, not an index: rows that come, go or jump above the viewport move nothing in it. At the very
 * top the window stays at the top, so that new rows show.
 */
export class RowWindow<Item> {
  readonly #scroller: HTMLElement;
  readonly #motion: Glide;
  readonly #layout: FixedRowLayout;
  readonly #pool: RowPool<Item>;
  readonly #host: RowWindowHost<Item>;
  readonly #core: Core;
  #rows: WindowRows<Item>;
  #connected = false;
  #drawnAs = '';
  #drawnRows: WindowRows<Item> | undefined;
  #rebind = true;
  #glides = false;
  /** The browser's scroll position when the rows were drawn last, px. */
  #drawnTop = 0;

  /**
   * @param scroller - the element that scrolls
   * @param container - the element in it that holds the rows
   */
  constructor(scroller: HTMLElement, container: HTMLElement, rows: WindowRows<Item>, host: RowWindowHost<Item>) {
    this.#scroller = scroller;
    this.#motion = new Glide(container);
    this.#rows = rows;
    this.#host = host;
    this.#pool = new RowPool<Item>(container, host);
    this.#layout = new FixedRowLayout(scroller, () => this.#draw());
    this.#core = createCore(scroller, this.#layout);
  }

  /** Begins to watch the scroller. */
  connect(): void {
    if (this.#connected) return;
    this.#connected = true;
    this.#core.connected();
    this.#scroller.addEventListener('pointerdown', this.#onPointerDown, {passive: true});
    // The scrollbar's release is told by no event in some browsers; whatever comes next shows it.
    for (const type of FREE) this.#scroller.addEventListener(type, this.#onFree, {passive: true});
    this.#layout.restore();
  }

  /** Stops watching; the rows stay. */
  disconnect(): void {
    if (!this.#connected) return;
    this.#connected = false;
    this.#core.disconnected();
    // Now, as nothing may be left for later.
    this.#pool.tidy();
    this.#scroller.removeEventListener('pointerdown', this.#onPointerDown);
    for (const type of FREE) this.#scroller.removeEventListener(type, this.#onFree);
  }

  get rows(): WindowRows<Item> {
    return this.#rows;
  }

  /** Indexes of the rows that touch the viewport. */
  get visible(): RowRange {
    return this.#layout.visible;
  }

  /** Some part of the list is on the screen. */
  get shown(): boolean {
    return this.#layout.shown;
  }

  get rowHeight(): number {
    return this.#layout.rowHeight;
  }

  /** Position of the viewport, px from the top of the list. */
  get position(): number {
    return this.#layout.range.position;
  }

  /** Height of the viewport, px. */
  get viewport(): number {
    return this.#layout.range.viewport;
  }

  /** Where what follows the last row is drawn, px. */
  get endY(): number {
    return this.#layout.y(this.#layout.count);
  }

  slotFor(id: string): RowSlot<Item> | undefined {
    return this.#pool.slotFor(id);
  }

  /** The rows in the document that show an item, in no order. */
  get drawn(): IterableIterator<RowSlot<Item>> {
    return this.#pool.drawn;
  }

  /** The row under an event's path. */
  slotIn(path: readonly EventTarget[]): RowSlot<Item> | undefined {
    for (const target of path) {
      if (target === this.#scroller) break;
      const slot = target instanceof Element ? this.#pool.slotOf(target) : undefined;
      if (slot !== undefined) return slot;
    }
    return undefined;
  }

  /** Notes where the person has scrolled to, which no event may have told yet. Reads the document: call before writing. */
  sync(): void {
    if (this.#connected) this.#layout.follow();
  }

  /**
   * Shows another state of the list. Call while connected.
   *
   * @param rebind - what all rows depend on has changed
   */
  update(rows: WindowRows<Item>, {rowHeight, endHeight, rebind, glides}: WindowState): void {
    const before = this.#rows;
    const {position} = this;
    this.#rows = rows;
    this.#rebind ||= rebind;
    this.#glides = glides && rows !== before && rowHeight === this.rowHeight;
    const moved = rows === before || position < 1 ? 0 : this.#anchorShift(before, rows);
    const layout = this.#layout;
    if (rows.length !== layout.count || rowHeight !== layout.rowHeight || endHeight !== layout.endHeight) {
      layout.resize({count: rows.length, rowHeight, endHeight});
    }
    if (moved !== 0) layout.shift(position, moved);
    layout.reflowIfNeeded();
  }

  /** Brings a row into view. */
  scrollToIndex(index: number, align: RowAlign = 'nearest'): void {
    const {rowHeight, viewport, position} = this;
    const top = Math.max(0, Math.min(index, this.#rows.length - 1)) * rowHeight;
    const bottom = top + rowHeight - viewport;
    if (align === 'start') this.#layout.moveTo(top);
    else if (align === 'end') this.#layout.moveTo(bottom);
    else if (align === 'center') this.#layout.moveTo(Math.round((top + bottom) / 2));
    else if (top < position) this.#layout.moveTo(top);
    else if (bottom > position) this.#layout.moveTo(bottom);
  }

  /** Scrolls to a position, px from the top of the list. */
  scrollToPosition(position: number): void {
    this.#layout.moveTo(position);
  }

  /** How many rows the first visible item that is still there has moved by. */
  #anchorShift(before: WindowRows<Item>, rows: WindowRows<Item>): number {
    if (this.rowHeight === 0) return 0;
    // The first row may be cut off; one that is whole is what is read. While nothing is displayed, it is what was.
    const top = this.position / this.rowHeight;
    const last = Math.max(Math.ceil(top), this.visible.last);
    for (const start of [Math.ceil(top), Math.floor(top)]) {
      for (let i = start; i <= last; i++) {
        const item = before.at(i);
        const index = item === undefined ? -1 : rows.indexOf(this.#host.idOf(item));
        if (index >= 0) return index - i;
      }
    }
    return 0;
  }

  #draw(): void {
    const layout = this.#layout;
    const {first, last} = layout.drawn;
    const id = this.#host.kept();
    const as = `${first} ${last} ${layout.range.offset} ${layout.rowHeight} ${id ?? ''}`;
    if (this.#rebind || as !== this.#drawnAs || this.#rows !== this.#drawnRows) {
      const kept = id === undefined ? -1 : this.#rows.indexOf(id);
      const moves = this.#pool.draw(this.#rows, {first, last}, (index) => layout.y(index), kept, this.#rebind);
      if (this.#glides) this.#glide(moves);
      this.#glides = false;
      this.#drawnTop = layout.range.top;
      this.#drawnAs = as;
      this.#drawnRows = this.#rows;
      this.#rebind = false;
    }
    this.#host.moved();
  }

  /** Lets rows that are seen glide; what the viewport itself has moved by is no movement to the eye. */
  #glide(moves: readonly Move[]): void {
    const {top, viewport} = this.#layout.range;
    const scrolled = top - this.#drawnTop;
    const seen = (y: number) => y + this.rowHeight > top && y < top + viewport;
    this.#motion.start(
      moves
        .filter(({to, from}) => seen(to) || seen(to + from + scrolled))
        .map(({element, to, from}) => ({element, to, from: from + scrolled})),
    );
  }

  readonly #onPointerDown = (event: PointerEvent): void => {
    const {offsetX, target} = event;
    const {clientLeft, clientWidth} = this.#scroller;
    this.#layout.thumb = target === this.#scroller && (offsetX < clientLeft || offsetX >= clientLeft + clientWidth);
  };

  readonly #onFree = (event: Event): void => {
    if (event instanceof PointerEvent && event.type === 'pointermove' && event.buttons !== 0) return;
    this.#layout.thumb = false;
  };
}

const FREE = ['pointerup', 'pointercancel', 'pointermove', 'wheel', 'touchstart', 'keydown'] as const;

/** What a window needs besides its rows. */
export interface WindowState {
  /** px */
  readonly rowHeight: number;
  /** Height of what follows the last row, px; 0 for nothing. */
  readonly endHeight: number;
  readonly rebind: boolean;
  /** Rows that move within the viewport glide to their new place. */
  readonly glides: boolean;
}
