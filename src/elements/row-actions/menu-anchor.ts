import type {Anchor} from './place-menu.js';

/**
 * What a menu is anchored to by the browser itself, where it can: an empty box in the list, put where the button or the
 * pointer is. The rows will not do, as they are moved by transforms, which not every engine counts in.
 */
export class MenuAnchor {
  readonly #element = document.createElement('div');
  readonly #host: HTMLElement;

  static get supported(): boolean {
    return CSS.supports('position-area', 'self-block-end span-self-inline-start');
  }

  constructor(host: HTMLElement, root: ShadowRoot) {
    this.#host = host;
    this.#element.className = 'menu-anchor';
    root.append(this.#element);
  }

  /** Anchors the menu. Returns whether that has put it beside the anchor and inside the bounds; if not, it is let go. */
  hold(menu: HTMLElement, anchor: Anchor, bounds: Anchor): boolean {
    const {left, top} = this.#host.getBoundingClientRect();
    const box = {
      left: anchor.left - left - this.#host.clientLeft,
      top: anchor.top - top - this.#host.clientTop,
      width: anchor.right - anchor.left,
      height: anchor.bottom - anchor.top,
    };
    for (const [name, value] of Object.entries(box)) this.#element.style.setProperty(name, `${value}px`);
    for (const name of ['left', 'top']) menu.style.removeProperty(name);
    menu.classList.add('anchored');
    menu.classList.toggle('at-point', box.width < 1);
    const at = menu.getBoundingClientRect();
    const inside = at.left >= bounds.left && at.top >= bounds.top && at.right <= bounds.right && at.bottom <= bounds.bottom;
    const beside = [at.top - anchor.bottom, at.bottom - anchor.top].some((gap) => Math.abs(gap) < 2);
    const flush = at.left < anchor.right + 2 && at.right > anchor.left - 2;
    if (!inside || !beside || !flush) menu.classList.remove('anchored');
    return inside && beside && flush;
  }
}
