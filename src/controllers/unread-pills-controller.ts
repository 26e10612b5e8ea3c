import type {ReactiveController} from 'lit';
import type {Conversation} from '../model/conversation.js';
import type {ConversationRows} from '../store/snapshot.js';
import {countUnread, nearestUnread} from '../store/unread-counts.js';
import type {RowWindow} from '../virtual/row-window.js';

/** Counted at most so often, and so long after a movement, ms. */
const DELAY = 100;

/** So many viewports down, the way back to the top is offered. */
const FAR = 2;

/**
 * How many unread conversations stand out of sight, above and below, and whether the top is far away. Muted ones do not
 * call.
 */
export class UnreadPillsController implements ReactiveController {
  above = 0;
  below = 0;
  /** The list is scrolled far down. */
  far = false;
  readonly #show: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #rows: ConversationRows | undefined;
  /** When it was counted last, ms. */
  #counted = -DELAY;

  /** @param show - draws the numbers, and nothing else: they change without the rows */
  constructor(host: {addController(controller: ReactiveController): void}, show: () => void) {
    this.#show = show;
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** The viewport or the rows have moved: counts again soon, once for any number of calls. */
  moved(window: RowWindow<Conversation>, rows: () => ConversationRows): void {
    const far = window.position > FAR * window.viewport && window.viewport > 0;
    if (far !== this.far) {
      this.far = far;
      this.#show();
    }
    const changed = rows() !== this.#rows;
    this.#rows = rows();
    // Of a change by itself the number is drawn in the same frame: another one for it would cost more than counting.
    if (changed && this.#timer === undefined && performance.now() - this.#counted >= DELAY) {
      return this.#count(window, rows());
    }
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#count(window, rows());
    }, DELAY);
  }

  /** The index of the nearest unread row out of sight, -1 if there is none. */
  nearest(window: RowWindow<Conversation>, rows: ConversationRows, where: 'above' | 'below'): number {
    const {first, last} = window.visible;
    return where === 'above' ? nearestUnread(rows.ordered, first - 1, -1) : nearestUnread(rows.ordered, last + 1, 1);
  }

  #count(window: RowWindow<Conversation>, rows: ConversationRows): void {
    this.#counted = performance.now();
    const {first, last} = window.visible;
    const nothing = last < first;
    const above = nothing ? 0 : countUnread(rows.ordered, 0, first);
    const below = nothing ? 0 : countUnread(rows.ordered, last + 1, rows.length);
    if (above === this.above && below === this.below) return;
    this.above = above;
    this.below = below;
    this.#show();
  }
}
