import type {Conversation} from '../../model/conversation.js';
import type {RowSlot} from '../../virtual/row-pool.js';
import type {RowActions} from './row-actions.js';

type Slot = RowSlot<Conversation> | undefined;

/**
 * The keyboard's way to a row's actions: → from the row to its buttons and ← back, the menu key, Delete.
 *
 * While a button has focus its row is a Tab stop too, so that Shift+Tab leads back to it.
 */
export class RowKeys {
  readonly #actions: RowActions;
  /** The row that is a Tab stop now. */
  #stop: HTMLElement | undefined;

  constructor(actions: RowActions) {
    this.#actions = actions;
  }

  focusIn([target]: readonly EventTarget[], slot: Slot): void {
    // The grid hands its focus on to a row: that has been told before this.
    if (target !== this.#actions.host.root.activeElement) return;
    this.#setStop(slot !== undefined && target !== slot.element ? slot.element : undefined);
    this.#setActive(slot?.id);
  }

  focusOut({relatedTarget, currentTarget}: FocusEvent): void {
    const inside = relatedTarget instanceof Node && currentTarget instanceof Node && currentTarget.contains(relatedTarget);
    if (inside) return;
    this.#setStop(undefined);
    // Not while its buttons are what the menu belongs to.
    if (!this.#actions.menu.isOpen) this.#setActive(undefined);
  }

  keyDown(event: KeyboardEvent, path: readonly EventTarget[], slot: Slot): void {
    if (slot?.id === undefined || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const cell = this.#actions.cells.in(slot.element);
    const onRow = path[0] === slot.element;
    if (!onRow && (cell === undefined || !path.includes(cell.element))) return;
    if (this.#isMenuKey(event)) this.#openMenu(slot.id, slot.element, event);
    else if (event.shiftKey) return;
    else if (onRow) this.#rowKey(event, slot.id, slot.element);
    else this.#cellKey(event, path[0], slot.element);
  }

  #rowKey(event: KeyboardEvent, id: string, row: HTMLElement): void {
    if (event.key === this.#forward) {
      const [first] = this.#buttonsIn(row);
      if (first === undefined) return this.#openMenu(id, row, event);
      first.focus({preventScroll: true});
      event.preventDefault();
    } else if (event.key === 'Delete') {
      const item = this.#actions.item(id, 'delete');
      if (item === undefined) return;
      event.preventDefault();
      this.#actions.choose(id, item);
    }
  }

  #cellKey(event: KeyboardEvent, button: EventTarget | undefined, row: HTMLElement): void {
    const {key} = event;
    const buttons = this.#buttonsIn(row);
    const at = buttons.indexOf(button as HTMLButtonElement);
    if (key === 'Escape' || (key === this.#backward && at <= 0)) row.focus({preventScroll: true});
    else if (key === this.#backward) buttons[at - 1]?.focus({preventScroll: true});
    else if (key === this.#forward) buttons[at + 1]?.focus({preventScroll: true});
    else return;
    event.preventDefault();
  }

  #openMenu(id: string, row: HTMLElement, event: KeyboardEvent): void {
    const more = this.#buttonsIn(row).at(-1);
    if (this.#actions.open(id, (more ?? row).getBoundingClientRect(), more)) event.preventDefault();
  }

  #buttonsIn(row: HTMLElement): readonly HTMLButtonElement[] {
    return this.#actions.cells.in(row)?.buttons.filter((button) => button.checkVisibility()) ?? [];
  }

  #isMenuKey({key, shiftKey}: KeyboardEvent): boolean {
    return (key === 'ContextMenu' && !shiftKey) || (key === 'F10' && shiftKey);
  }

  get #forward(): string {
    return getComputedStyle(this.#actions.host.element).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  }

  get #backward(): string {
    return this.#forward === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft';
  }

  #setStop(row: HTMLElement | undefined): void {
    if (row === this.#stop) return;
    this.#stop?.setAttribute('tabindex', '-1');
    row?.setAttribute('tabindex', '0');
    this.#stop = row;
  }

  #setActive(id: string | undefined): void {
    const {cells} = this.#actions;
    if (id === cells.active) return;
    cells.active = id;
    cells.sync();
  }
}
