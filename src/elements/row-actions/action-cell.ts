import {iconOf, looksOf, type ActionItem} from './action-item.js';
import {icon} from './icons.js';

/** What a row's actions show. */
export interface CellContent {
  /** The items that have a button of their own. */
  readonly quick: readonly ActionItem[];
  /** The accessible name of the button that opens the menu. */
  readonly more: string;
  /** Its row is the one with focus: its buttons can be reached by Tab. */
  readonly active: boolean;
}

/** The second cell of a row: a few buttons, and one for the rest. Made for few rows, and handed from one to the next. */
export class ActionCell {
  readonly element = document.createElement('div');
  readonly more = button('more', icon('more'));
  #quick: readonly ActionItem[] = [];
  #shown = '';

  constructor() {
    this.element.className = 'actions';
    this.element.setAttribute('role', 'gridcell');
    this.element.setAttribute('part', 'actions');
    this.more.setAttribute('aria-haspopup', 'menu');
    this.more.setAttribute('aria-expanded', 'false');
    this.element.append(this.more);
  }

  /** Shows what it is to show; touches nothing that is so already. */
  show({quick, more, active}: CellContent): void {
    this.#quick = quick;
    const says = quick.map(looksOf).join('\n');
    if (says !== this.#shown) {
      this.#shown = says;
      this.#showQuick(quick);
    }
    if (this.more.getAttribute('aria-label') !== more) name(this.more, more);
    for (const each of this.buttons) each.tabIndex = active ? 0 : -1;
  }

  /** In the same nodes as before: one that goes from under a pointer takes the news of its leaving with it. */
  #showQuick(quick: readonly ActionItem[]): void {
    const before = this.buttons.slice(0, -1);
    quick.forEach((item, i) => {
      const element = before[i] ?? button(item.id);
      element.replaceChildren(iconOf(item) ?? item.label.slice(0, 1));
      name(element, item.label);
      if (before[i] === undefined) this.more.before(element);
    });
    for (const element of before.slice(quick.length)) element.remove();
  }

  get buttons(): readonly HTMLButtonElement[] {
    return [...this.element.children] as HTMLButtonElement[];
  }

  /** The item of a button; `undefined` for what is none, and for the one that opens the menu. */
  itemOf(target: Element): ActionItem | undefined {
    return this.#quick[this.buttons.indexOf(target as HTMLButtonElement)];
  }
}

function button(id: string, content?: Node): HTMLButtonElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.className = 'action';
  element.setAttribute('part', id === 'more' ? 'action more' : 'action');
  if (content !== undefined) element.append(content);
  return element;
}

function name(element: HTMLElement, label: string): void {
  element.setAttribute('aria-label', label);
  element.title = label;
}
