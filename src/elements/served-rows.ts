import type {LitElement} from 'lit';
import {NAME_LIMIT} from '../format/text.js';
import {takeOver} from './take-over.js';

/**
 * The rows that a server has rendered into a list.
 *
 * They stand where they stood until the list has something of its own to show; then its rows take over their nodes, each
 * that of its conversation.
 */
export class ServedRows {
  /** The list's root, ready for its first render. */
  readonly root: ShadowRoot;
  readonly #rows: readonly HTMLElement[];
  readonly #free: Map<string, HTMLElement>;
  /** px */
  #scrollTop: number;
  readonly #focused: boolean;

  /** The rows of a list that a server has rendered; `undefined` for another. Takes them out of its root. */
  static of(host: LitElement): ServedRows | undefined {
    const viewport = host.shadowRoot?.querySelector('.viewport');
    // Read while it is displayed.
    const scrollTop = viewport?.scrollTop ?? 0;
    const focused = host.shadowRoot?.activeElement === viewport;
    const taken = takeOver(host);
    if (taken === undefined) return undefined;
    const rows = [...taken.content.querySelectorAll<HTMLElement>('.served')];
    return new ServedRows(taken.root, rows, scrollTop, viewport !== undefined && focused);
  }

  private constructor(root: ShadowRoot, rows: readonly HTMLElement[], scrollTop: number, focused: boolean) {
    this.root = root;
    this.#rows = rows;
    // As far as the attribute holds an id: whose row it was decides nothing but where it already stands.
    this.#free = new Map(rows.map((row) => [row.dataset['id'] ?? '', row]));
    this.#scrollTop = scrollTop;
    this.#focused = focused;
  }

  get length(): number {
    return this.#rows.length;
  }

  /** Puts the rows where the list draws its own. */
  place(container: Element, viewport: HTMLElement): void {
    container.append(...this.#rows);
    if (this.#focused) viewport.focus({preventScroll: true});
  }

  /** Scrolls, the first time, to where the person has brought the list before its script came. */
  resume(scrollTo: (position: number) => void): void {
    if (this.#scrollTop > 0) scrollTo(this.#scrollTop);
    this.#scrollTop = 0;
  }

  /** A conversation's row, for the list to draw in. Each is given once. */
  take(id: string): HTMLElement | undefined {
    const key = id.slice(0, NAME_LIMIT).toWellFormed();
    const row = this.#free.get(key);
    this.#free.delete(key);
    return row;
  }

  /** Takes away what the list has not taken. */
  end(): void {
    for (const row of this.#rows) if (row.classList.contains('served')) row.remove();
  }
}
