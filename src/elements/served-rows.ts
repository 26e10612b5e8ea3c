import type {LitElement} from 'lit';
import {NAME_LIMIT} from '../format/text.js';
import type {ConversationSnapshot} from '../store/snapshot.js';
import {panelOf} from './list-states.js';
import {takeOver} from './take-over.js';

/**
 * The rows that a server has rendered into a list; of any other list there are none.
 *
 * They stand where they stood until the list has something of its own to show; then its rows take over their nodes, each
 * that of its conversation, and what is left goes.
 */
export class ServedRows {
  /** How many of them are what the list shows: all or none. */
  standing = 0;
  /** When the render under way began, the list had drawn no rows of its own. */
  waiting = false;
  readonly #host: LitElement;
  #rows: readonly HTMLElement[] = [];
  #free = new Map<string, HTMLElement>();
  /** px */
  #scrollTop = 0;
  #focused = false;

  constructor(host: LitElement) {
    this.#host = host;
  }

  /** Takes the rows out of the list's root. Returns it, ready for a first render; `undefined` if there was none. */
  takeOver(): ShadowRoot | undefined {
    const viewport = this.#host.shadowRoot?.querySelector('.viewport');
    // Read while it is displayed.
    this.#scrollTop = viewport?.scrollTop ?? 0;
    this.#focused = viewport?.matches(':focus') === true;
    const taken = takeOver(this.#host);
    this.#rows = [...(taken?.content.querySelectorAll<HTMLElement>('.served') ?? [])];
    // As far as the attribute holds an id: whose a row was decides only which of them gets which nodes.
    this.#free = new Map(this.#rows.map((row) => [row.dataset['id'] ?? '', row]));
    return taken?.root;
  }

  /** Decides, before each render, whether the list has something to put in their place. */
  update(snapshot: ConversationSnapshot | undefined, source: object | null, filtered: boolean): void {
    this.waiting = this.#rows.length > 0;
    // A store tells of its source a moment after it was given it.
    const told = snapshot?.bound !== false || source === null;
    this.standing = told && panelOf(snapshot, filtered) !== 'loading' ? 0 : this.#rows.length;
  }

  /** Puts the rows, and the focus, where they were. Called after the first render. */
  place(viewport: HTMLElement): void {
    viewport.querySelector('.rows')?.append(...this.#rows);
    if (this.#focused) viewport.focus({preventScroll: true});
  }

  /** Scrolls, the first time, to where the person had brought the list before its script came. */
  resume(rows: {scrollToPosition(position: number): void}): void {
    if (this.#scrollTop > 0) rows.scrollToPosition(this.#scrollTop);
    this.#scrollTop = 0;
  }

  /** A conversation's row, for the list to draw it in. Each is given once. */
  take(id: string): HTMLElement | undefined {
    if (this.#free.size === 0) return undefined;
    const key = id.slice(0, NAME_LIMIT).toWellFormed();
    const row = this.#free.get(key);
    this.#free.delete(key);
    return row;
  }

  /** The list has drawn what it has: takes away what it has not taken. */
  drawn(): void {
    if (this.#rows.length === 0 || this.standing > 0) return;
    for (const row of this.#rows) if (row.classList.contains('served')) row.remove();
    this.#rows = [];
    this.#free.clear();
  }
}
