import type {ActionItem} from './action-item.js';
import {SwipeTray, type Side} from './swipe-tray.js';

/** A finger that has moved less, px, has not said yet where it is going. */
const SLOP = 10;
/** A full swipe goes over this share of the row, */
const FULL = 0.6;
/** and so far past the tray, px. */
const PAST = 24;

/** What a swipe asks of the list. */
export interface SwipeHost {
  /** What is to be had at a side of a conversation's row. */
  items(id: string, side: Side): readonly ActionItem[];
  readonly rtl: boolean;
  act(id: string, item: ActionItem): void;
}

/** A row that is moved aside. */
interface Swiped {
  readonly id: string;
  readonly row: HTMLElement;
  readonly cell: HTMLElement;
  readonly trays: Partial<Record<Side, SwipeTray>>;
  /** How far its content stands from its place, px in the direction of the text. */
  at: number;
}

/**
 * Moves a row's content aside under a finger, and shows what lies at that side.
 *
 * Let go past half of the tray, it stays open; past most of the row, the outermost action is done. A finger that goes
 * up or down scrolls as ever: the browser takes it, and tells so by `pointercancel`. Only transforms are written.
 */
export class Swipe {
  readonly #host: SwipeHost;
  #swiped: Swiped | undefined;
  #pointer: number | undefined;
  #x = 0;
  #y = 0;
  /** Where the content stood when the finger came down. */
  #from = 0;
  /** The direction of the text when it did: it counts until the row is back. */
  #rtl = false;
  #moving = false;

  constructor(host: SwipeHost) {
    this.#host = host;
  }

  /** The conversation whose row stands open, or is being moved. */
  get id(): string | undefined {
    return this.#swiped?.id;
  }

  /** A finger is moving a row. */
  get moving(): boolean {
    return this.#moving;
  }

  /** The page runs the other way now: a row that stands open would show the wrong side. */
  turn(): void {
    if (this.#swiped !== undefined && this.#rtl !== this.#host.rtl) this.cancel();
  }

  /** A finger has come down; a second one ends what the first has begun. Returns whether it has closed a row. */
  down(event: PointerEvent, id: string | undefined): boolean {
    if (!event.isPrimary) {
      this.cancel();
      return false;
    }
    const other = this.#swiped !== undefined && (this.#swiped.id !== id || this.#rtl !== this.#host.rtl);
    if (other) this.close();
    if (this.#swiped === undefined) this.#rtl = this.#host.rtl;
    this.#pointer = event.pointerId;
    this.#x = event.clientX;
    this.#y = event.clientY;
    this.#from = this.#swiped?.at ?? 0;
    this.#moving = false;
    return other;
  }

  /** The finger has moved. `row`: of the conversation that it came down on. */
  move(event: PointerEvent, id: string, row: HTMLElement): void {
    if (event.pointerId !== this.#pointer) return;
    const dx = (event.clientX - this.#x) * (this.#rtl ? -1 : 1);
    const dy = Math.abs(event.clientY - this.#y);
    if (!this.#moving) {
      if (Math.hypot(dx, dy) < SLOP) return;
      if (Math.abs(dx) <= dy || !this.#take(id, row)) {
        this.#pointer = undefined;
        return;
      }
      // From here on the browser sends this finger's moves here wherever it goes, as it does for every finger.
      this.#moving = true;
    }
    this.#shift(this.#from + dx - Math.sign(dx) * SLOP);
  }

  /** The finger is up. */
  up(event: PointerEvent): void {
    if (event.pointerId !== this.#pointer) return;
    this.#pointer = undefined;
    const swiped = this.#swiped;
    if (!this.#moving || swiped === undefined) return;
    this.#moving = false;
    const {at, id, row} = swiped;
    const tray = swiped.trays[at > 0 ? 'start' : 'end'];
    const way = Math.abs(at);
    if (tray === undefined || way < tray.width / 2) return this.close();
    const [first] = tray.items;
    if (first !== undefined && way > Math.max(row.clientWidth * FULL, tray.width + PAST)) {
      this.close();
      this.#host.act(id, first);
    } else {
      this.#settle(swiped, Math.sign(at) * tray.width);
    }
  }

  /** Whatever was under way is not to be: the row goes back. */
  cancel(): void {
    this.#pointer = undefined;
    this.#moving = false;
    this.close();
  }

  /** A button in the open row was pressed. Returns whether the click was the row's. */
  click(path: readonly EventTarget[]): boolean {
    const swiped = this.#swiped;
    if (swiped === undefined || !path.includes(swiped.row)) return false;
    const item = swiped.trays.start?.itemIn(path) ?? swiped.trays.end?.itemIn(path);
    this.close();
    if (item !== undefined) this.#host.act(swiped.id, item);
    return true;
  }

  /** The row goes back. */
  close(): void {
    const swiped = this.#swiped;
    if (swiped === undefined) return;
    this.#swiped = undefined;
    this.#settle(swiped, 0);
    const clear = (): void => {
      if (this.#swiped?.row === swiped.row) return;
      swiped.row.removeAttribute('data-swipe');
      for (const tray of Object.values(swiped.trays)) tray.element.remove();
    };
    // Behind the content until that is back; at once where nothing moves.
    const [motion] = swiped.cell.getAnimations();
    if (motion === undefined) clear();
    else void motion.finished.then(clear, clear);
  }

  #take(id: string, row: HTMLElement): boolean {
    if (this.#swiped?.id === id) return true;
    const cell = row.querySelector<HTMLElement>('.cell');
    const trays: Partial<Record<Side, SwipeTray>> = {};
    for (const side of ['start', 'end'] as const) {
      const items = this.#host.items(id, side);
      if (items.length > 0) trays[side] = new SwipeTray(side, items);
    }
    if (cell === null || Object.keys(trays).length === 0) return false;
    for (const old of row.querySelectorAll('.tray')) old.remove();
    row.append(...Object.values(trays).map(({element}) => element));
    this.#swiped = {id, row, cell, trays, at: 0};
    return true;
  }

  /** Puts the content under the finger; towards a side that has nothing it does not go. */
  #shift(to: number): void {
    const swiped = this.#swiped;
    if (swiped === undefined) return;
    const width = swiped.row.clientWidth;
    swiped.at = Math.max(swiped.trays.end === undefined ? 0 : -width, Math.min(swiped.trays.start === undefined ? 0 : width, to));
    swiped.row.dataset['swipe'] = swiped.at > 0 ? 'start' : 'end';
    this.#write(swiped);
  }

  /** Lets the content go to its place by itself. */
  #settle(swiped: Swiped, to: number): void {
    swiped.row.dataset['swipe'] = `settling ${(to || swiped.at) > 0 ? 'start' : 'end'}`;
    swiped.at = to;
    this.#write(swiped);
  }

  #write({cell, at}: Swiped): void {
    const x = this.#rtl ? -at : at;
    if (x === 0) cell.style.removeProperty('transform');
    else cell.style.setProperty('transform', `translateX(${x}px)`);
  }
}
