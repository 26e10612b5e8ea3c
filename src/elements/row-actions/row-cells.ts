import {cleanName} from '../../format/text.js';
import type {Conversation} from '../../model/conversation.js';
import type {RowSlot} from '../../virtual/row-pool.js';
import type {ActionsHost} from '../actions-host.js';
import {ActionCell} from './action-cell.js';
import type {RowItems} from './row-items.js';

/** Most buttons beside the one for the menu. */
const MOST = 4;

/** The action cells: in the row with focus and in the one under the pointer; where fingers act, in every row. */
export class RowCells {
  hovered: string | undefined;
  /** The conversation whose row has focus, or something in it. */
  active: string | undefined;
  /** Fingers act: there is no hovering. */
  touch = matchMedia('(pointer: coarse)').matches;

  readonly #host: ActionsHost;
  readonly #items: RowItems;
  readonly #cells = new Map<Element, ActionCell>();
  readonly #spare: ActionCell[] = [];

  constructor(host: ActionsHost, items: RowItems) {
    this.#host = host;
    this.#items = items;
  }

  /** The cell in a row. */
  in(row: Element): ActionCell | undefined {
    return this.#cells.get(row);
  }

  /** Puts the cells where they belong now. */
  sync(): void {
    const {window, root} = this.#host;
    const rows = root.querySelector('.rows');
    rows?.classList.toggle('touch', this.touch && [...(window?.drawn ?? [])].some(({id}) => id !== undefined && this.#items.of(id).length > 0));
    const drawn = new Set<Element>();
    for (const slot of window?.drawn ?? []) {
      drawn.add(slot.element);
      this.bound(slot);
    }
    for (const row of this.#cells.keys()) if (!drawn.has(row)) this.#take(row);
  }

  /** A row shows a conversation: gives it its cell, or takes it away. */
  bound({element, id, item}: RowSlot<Conversation>): void {
    const wanted = id !== undefined && item !== undefined && (this.touch || id === this.hovered || id === this.active);
    const items = wanted ? this.#items.of(id) : [];
    if (items.length === 0) return this.#take(element);
    let cell = this.#cells.get(element);
    if (cell === undefined) this.#cells.set(element, (cell = this.#spare.pop() ?? new ActionCell()));
    const {strings, quickActions} = this.#host;
    const title = cleanName(item?.title, cleanName(item?.targetId, strings.unnamed));
    cell.show({quick: this.#items.named(id as string, quickActions, MOST), more: strings.more(title), active: id === this.active});
    if (cell.element.parentNode !== element) element.append(cell.element);
  }

  #take(row: Element): void {
    const cell = this.#cells.get(row);
    if (cell === undefined) return;
    this.#cells.delete(row);
    cell.element.remove();
    this.#spare.push(cell);
  }
}
