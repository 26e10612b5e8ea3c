import {iconOf, type ActionItem} from './action-item.js';

/** A side of a row, in the direction of its text. */
export type Side = 'start' | 'end';

/** How wide a button of a tray is, px. */
export const BUTTON = 76;

/** What lies behind a row's content at one side, and shows when that is moved away. */
export class SwipeTray {
  readonly element = document.createElement('div');
  readonly items: readonly ActionItem[];

  /** @param items - the first is the one at the edge, which a full swipe does */
  constructor(side: Side, items: readonly ActionItem[]) {
    this.items = items;
    this.element.className = `tray at-${side}`;
    this.element.setAttribute('role', 'gridcell');
    this.element.setAttribute('part', `swipe ${side}`);
    const buttons = items.map((item) => {
      const button = document.createElement('button');
      button.type = 'button';
      // The same is in the menu, for keys and screen readers.
      button.tabIndex = -1;
      button.className = item.danger === true ? 'swipe danger' : 'swipe';
      button.setAttribute('part', item.danger === true ? 'swipe-action danger' : 'swipe-action');
      const label = document.createElement('bdi');
      label.textContent = item.label;
      button.append(iconOf(item) ?? '', label);
      return button;
    });
    this.element.append(...(side === 'start' ? buttons : buttons.reverse()));
  }

  /** How far the row is moved to show all of it, px. */
  get width(): number {
    return this.items.length * BUTTON;
  }

  /** The item of the button that an event came through. */
  itemIn(path: readonly EventTarget[]): ActionItem | undefined {
    const button = [...this.element.children].findIndex((child) => path.includes(child));
    if (button < 0) return undefined;
    return this.items[this.element.classList.contains('at-start') ? button : this.items.length - 1 - button];
  }
}
