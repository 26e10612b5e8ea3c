import type {RowRange} from './fixed-row-layout.js';
import {settle, type Move} from './glide.js';

/** A row's element, and what it shows now. */
export interface RowSlot<Item> {
  readonly element: HTMLElement;
  /** The id of the item in it; `undefined` while it is spare. */
  id: string | undefined;
  index: number;
  /** Where it stands, px. */
  y: number;
  item: Item | undefined;
}

/** What a pool needs to know of its rows. */
export interface RowPoolHost<Item> {
  /** Makes an empty row element, for an item's first; it may be in the container already. */
  create(id: string): HTMLElement;
  /** Shows an item in a row: called only when the item or what all rows depend on has changed. */
  bind(slot: RowSlot<Item>): void;
  /** Shows a row's index; called where nothing else has changed. */
  place(slot: RowSlot<Item>): void;
  idOf(item: Item): string;
}

/** The items to draw from. */
export interface RowSource<Item> {
  readonly length: number;
  at(index: number): Item | undefined;
}

/**
 * After so many ms without a draw the nodes are put in the order in which they are seen: when a scroll or a glide is over,
 * and a person has come to rest.
 */
const TIDY_DELAY = 1000;

/**
 * A few row elements for a list of any length.
 *
 * An item keeps its element while it is drawn; one that comes in takes the element of one that has left. Nothing is
 * created or removed while scrolling, and what has not changed is not touched.
 */
export class RowPool<Item> {
  #slots: RowSlot<Item>[] = [];
  #byId = new Map<string, RowSlot<Item>>();
  #byElement = new WeakMap<Element, RowSlot<Item>>();
  #tidy: ReturnType<typeof setTimeout> | undefined;
  readonly #container: HTMLElement;
  readonly #host: RowPoolHost<Item>;

  constructor(container: HTMLElement, host: RowPoolHost<Item>) {
    this.#container = container;
    this.#host = host;
  }

  /** The row that shows an item, if it is drawn. */
  slotFor(id: string): RowSlot<Item> | undefined {
    return this.#byId.get(id);
  }

  /** The row that an element of it belongs to. */
  slotOf(element: Element): RowSlot<Item> | undefined {
    const slot = this.#byElement.get(element);
    return slot?.id === undefined ? undefined : slot;
  }

  /** The drawn rows, in no order. */
  get drawn(): IterableIterator<RowSlot<Item>> {
    return this.#byId.values();
  }

  /**
   * Draws a range of rows.
   *
   * @param y - where a row stands, px
   * @param keep - index of a row to keep outside the range too, because it has focus; -1 for none
   * @param rebind - what all rows depend on has changed: bind each again
   * @returns the rows that were drawn before and are still, and how far they have moved
   */
  draw(rows: RowSource<Item>, {first, last}: RowRange, y: (index: number) => number, keep: number, rebind: boolean): Move[] {
    const wanted = new Map<string, number>();
    for (let i = first; i <= last; i++) this.#want(wanted, rows, i);
    if (keep >= 0 && (keep < first || keep > last)) this.#want(wanted, rows, keep);

    // Taken from the end: rows that leave before rows that are hidden already.
    const spare = this.#slots.filter(({id}) => id === undefined);
    for (const slot of this.#byId.values()) if (!wanted.has(slot.id as string)) spare.push(slot);

    const moves: Move[] = [];
    for (const [id, index] of wanted) {
      const item = rows.at(index) as Item;
      const stays = this.#byId.get(id);
      const slot = stays ?? this.#take(id, spare);
      const top = y(index);
      if (stays !== undefined) moves.push({element: slot.element, to: top, from: slot.y - top});
      if (slot.y !== top) {
        slot.y = top;
        slot.element.style.transform = `translateY(${top}px)`;
      }
      const moved = slot.index !== index;
      slot.index = index;
      if (rebind || slot.item !== item) {
        slot.item = item;
        this.#host.bind(slot);
      } else if (moved) {
        this.#host.place(slot);
      }
    }
    for (const slot of spare) this.#release(slot);
    this.#tidyLater();
    return moves;
  }

  /** Lets all rows go, elements and all. */
  clear(): void {
    clearTimeout(this.#tidy);
    for (const {element} of this.#slots) element.remove();
    this.#slots = [];
    this.#byId.clear();
  }

  /** Puts the nodes in the order in which they are seen, for readers of the document; called when idle. */
  tidy(): void {
    clearTimeout(this.#tidy);
    const places = new Map(Array.from(this.#container.children, (element, i) => [element, i]));
    const ordered = [...this.#byId.values()].sort((a, b) => a.index - b.index);
    const root = this.#container.getRootNode() as Document | ShadowRoot;
    const focused = ordered.findIndex(({element}) => element.contains(root.activeElement));
    // Moving a node costs its layout, and its focus: as many as can stay, the focused one among them.
    const stay = longestRun(ordered.map(({element}) => places.get(element) as number), focused);
    let next: Node | null = null;
    for (let i = ordered.length - 1; i >= 0; i--) {
      const {element} = ordered[i] as RowSlot<Item>;
      if (!stay.has(i)) this.#container.insertBefore(element, next);
      next = element;
    }
  }

  #want(wanted: Map<string, number>, rows: RowSource<Item>, index: number): void {
    const item = rows.at(index);
    if (item !== undefined) wanted.set(this.#host.idOf(item), index);
  }

  /** A slot for an item that comes in: a spare one, else a new one. */
  #take(id: string, spare: RowSlot<Item>[]): RowSlot<Item> {
    let slot = spare.pop();
    if (slot === undefined) {
      const element = this.#host.create(id);
      slot = {element, id: undefined, index: -1, y: NaN, item: undefined};
      this.#slots.push(slot);
      this.#byElement.set(element, slot);
      this.#container.append(element);
    }
    if (slot.id !== undefined) this.#byId.delete(slot.id);
    else slot.element.hidden = false;
    settle(slot.element);
    slot.id = id;
    slot.item = undefined;
    this.#byId.set(id, slot);
    return slot;
  }

  #release(slot: RowSlot<Item>): void {
    if (slot.id === undefined) return;
    this.#byId.delete(slot.id);
    slot.id = undefined;
    slot.item = undefined;
    slot.element.hidden = true;
  }

  #tidyLater(): void {
    clearTimeout(this.#tidy);
    this.#tidy = setTimeout(() => this.tidy(), TIDY_DELAY);
  }
}

/**
 * Indexes of a longest run of increasing values. O(n²), for few values.
 *
 * @param through - index of a value that must be in it; -1 for none
 */
function longestRun(values: readonly number[], through: number): Set<number> {
  const lengths: number[] = [];
  const before: number[] = [];
  let best = -1;
  values.forEach((value, i) => {
    lengths[i] = 0;
    // Only what fits before or after the one that must be in it.
    if (through >= 0 && Math.sign(i - through) !== Math.sign(value - (values[through] as number))) return;
    lengths[i] = 1;
    before[i] = -1;
    for (let j = 0; j < i; j++) {
      const length = (lengths[j] as number) + 1;
      if (length > 1 && length > (lengths[i]) && (values[j] as number) < value) {
        lengths[i] = length;
        before[i] = j;
      }
    }
    if (best < 0 || (lengths[i]) > (lengths[best] as number)) best = i;
  });
  const run = new Set<number>();
  for (let i = best; i >= 0; i = before[i] as number) run.add(i);
  return run;
}
