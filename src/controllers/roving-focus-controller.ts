import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {Conversation} from '../model/conversation.js';
import type {RowWindow} from '../virtual/row-window.js';

/** What roving focus needs of its list. */
export interface RovingHost extends ReactiveControllerHost {
  /** The window; `undefined` before the first render. */
  readonly window: RowWindow<Conversation> | undefined;
  readonly scroller: HTMLElement | undefined;
  /** The conversation to begin at: the open one, where there is one. */
  readonly startId: string | undefined;
  /** Enter or Space on a row. */
  open(id: string): void;
  /** A key has reached the last row that is loaded. Returns whether more are on their way. */
  reachedEnd(): boolean;
}

const MOVES: ReadonlySet<string> = new Set(['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End']);

/**
 * One Tab stop for the whole grid, and arrow keys from row to row.
 *
 * Focus belongs to a conversation, not to an element or an index: it follows the row when it moves, and when its
 * row is gone it goes to the row now there, else the one before, else the grid.
 */
export class RovingFocusController implements ReactiveController {
  readonly #host: RovingHost;
  #activeId: string | undefined;
  #activeIndex = 0;
  #focused = false;
  /** The grid has focus in the place of its rows, until there are some. */
  #waiting = false;
  /** The grid has been given the focus before its rows were laid out: it has just come to be seen. */
  #early = false;
  /** How many rows a key asked for beyond those that are loaded. */
  #beyond = 0;

  constructor(host: RovingHost) {
    this.#host = host;
    host.addController(this);
  }

  /** The conversation whose row has focus; `undefined` while focus is elsewhere. */
  get focusedId(): string | undefined {
    return this.#focused ? this.#activeId : undefined;
  }

  /** The conversation whose row had focus last, and has it while {@link within}. */
  get activeId(): string | undefined {
    return this.#activeId;
  }

  /** Focus is in the grid, though the window may not be the one that the person is in, and no event have told. */
  get within(): boolean {
    const {scroller} = this.#host;
    const focused = (scroller?.getRootNode() as ShadowRoot | undefined)?.activeElement;
    return focused != null && scroller?.contains(focused) === true;
  }

  /** Focuses the row that had focus last, else the open one, else the first in view. */
  focus(): void {
    const {window, scroller, startId} = this.#host;
    if (window === undefined) return;
    const known = [this.#activeId, startId].find((id) => id !== undefined && window.rows.indexOf(id) >= 0);
    const index = known === undefined ? Math.ceil(window.position / (window.rowHeight || 1)) : window.rows.indexOf(known);
    if (window.rows.length > 0) this.moveTo(Math.min(index, window.rows.length - 1));
    else scroller?.focus({preventScroll: true});
  }

  /** Takes the focus back from a control beside the rows: to the row that had it, else to the one that is now there. */
  restore(): void {
    const {rows} = this.#host.window ?? {};
    if (rows === undefined || this.#activeId === undefined || rows.length === 0) return this.focus();
    const index = rows.indexOf(this.#activeId);
    this.moveTo(index >= 0 ? index : Math.min(this.#activeIndex, rows.length - 1));
  }

  /** Focuses the row at an index. Returns whether there is one. */
  focusAt(index: number): boolean {
    const there = this.#host.window?.rows.at(index) !== undefined;
    if (there) this.moveTo(index);
    return there;
  }

  /**
   * Called after the rows have been drawn: puts focus where it belongs if its row has gone.
   *
   * @param id - the conversation whose row had focus before
   */
  settle(id: string | undefined): void {
    const {window, scroller} = this.#host;
    if (id === undefined || window === undefined) return;
    const index = window.rows.indexOf(id);
    if (index >= 0 && !this.#waiting) {
      this.#activeIndex = index;
      const further = Math.min(index + this.#beyond, window.rows.length - 1);
      if (further > index) {
        this.#beyond = 0;
        this.moveTo(further);
      }
    } else if (window.rows.length > 0) {
      this.moveTo(index >= 0 ? index : Math.min(this.#activeIndex, window.rows.length - 1));
    } else {
      scroller?.focus({preventScroll: true});
      this.#focused = this.#waiting = true;
    }
  }

  /** No event tells that the focus is lost with the element. */
  hostDisconnected(): void {
    this.#focused = this.#waiting = false;
    this.#beyond = 0;
    this.#host.scroller?.setAttribute('tabindex', this.#stop);
  }

  /** The rows have been drawn: one of them takes the focus over that the grid was given too early. */
  drawn(): void {
    const {window, scroller} = this.#host;
    if (!this.#early || window?.shown !== true) return;
    // Once: what follows draws again.
    this.#early = false;
    if (scroller !== undefined && (scroller.getRootNode() as ShadowRoot).activeElement === scroller) this.focus();
  }

  /** The grid's `tabindex` while focus is elsewhere. */
  get #stop(): string {
    return (this.#host.window?.rows.length ?? 0) > 0 ? '0' : '-1';
  }

  /** The grid's `focusin`. */
  handleFocusIn(event: FocusEvent): void {
    const {window, scroller} = this.#host;
    const slot = window?.slotIn(event.composedPath());
    if (slot?.id !== undefined) {
      this.#focused = true;
      this.#waiting = false;
      this.#activeId = slot.id;
      this.#activeIndex = slot.index;
      // Going back with Shift+Tab must leave the grid, not land on it.
      scroller?.setAttribute('tabindex', '-1');
    } else if (event.composedPath()[0] === scroller && !this.#focused && scroller?.matches(':focus-visible') === true) {
      // By key or by script, not by a click beside the rows.
      this.focus();
    }
  }

  /** The grid's `focusout`. */
  handleFocusOut(event: FocusEvent): void {
    const {scroller} = this.#host;
    if (event.relatedTarget instanceof Node && scroller?.contains(event.relatedTarget) === true) return;
    this.#focused = this.#waiting = false;
    this.#beyond = 0;
    scroller?.setAttribute('tabindex', this.#stop);
  }

  /** The grid's `keydown`. */
  handleKeyDown(event: KeyboardEvent): void {
    const {window} = this.#host;
    if (window === undefined || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const slot = window.slotIn(event.composedPath());
    if (slot === undefined) {
      if (event.composedPath()[0] === this.#host.scroller && MOVES.has(event.key)) {
        this.focus();
        event.preventDefault();
      }
      return;
    }
    // A control inside a custom row has its keys for itself.
    if (event.composedPath()[0] !== slot.element) return;
    const page = Math.max(1, Math.floor(window.viewport / (window.rowHeight || 1)) - 1);
    const at = slot.index;
    const last = window.rows.length - 1;
    this.#beyond = 0;
    switch (event.key) {
      case 'ArrowDown':
        this.#moveDown(at + 1, last);
        break;
      case 'ArrowUp':
        this.moveTo(Math.max(0, at - 1));
        break;
      case 'PageDown':
        this.#moveDown(at + page, last);
        break;
      case 'PageUp':
        this.moveTo(Math.max(0, at - page));
        break;
      case 'Home':
        this.moveTo(0);
        break;
      case 'End':
        this.#moveDown(last, last);
        break;
      case 'Enter':
      case ' ':
        this.#host.open(slot.id as string);
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  /** Where the rows end, they are asked to go on, and so does focus when they do. */
  #moveDown(to: number, last: number): void {
    this.moveTo(Math.min(last, to));
    if (to >= last && this.#host.reachedEnd()) this.#beyond = to - last;
  }

  /** Brings focus, and the view, to a row. */
  moveTo(index: number): void {
    const {window} = this.#host;
    const item = window?.rows.at(index);
    if (window === undefined || item === undefined) return;
    this.#activeId = item.id;
    this.#activeIndex = index;
    // Without a height there is nowhere to scroll to.
    if (window.viewport > 0 && window.rowHeight > 0) window.scrollToIndex(index);
    const row = window.slotFor(item.id)?.element;
    this.#early = row?.hidden !== false;
    (this.#early ? this.#host.scroller : row)?.focus({preventScroll: true});
  }
}
