import {ImErrorEvent} from '../events/error-event.js';
import type {Conversation} from '../model/conversation.js';
import {toSourceError} from '../model/errors.js';
import type {RowSlot} from '../virtual/row-pool.js';
import {rowFacts, type RowSetting} from './row-facts.js';
import {RowView, type RowRenderer} from './row-view.js';

/** What a binder's rows depend on, apart from the time. */
export interface BinderSetting extends Omit<RowSetting, 'now'> {
  readonly renderRow: RowRenderer | undefined;
}

/** Shows conversations in rows, built-in or an app's own; whatever an app's renderer does, the row stands. */
export class RowBinder {
  readonly #views = new WeakMap<HTMLElement, RowView>();
  readonly #fail: (event: ImErrorEvent) => void;
  #setting: (BinderSetting & {readonly day: string; readonly now: number}) | undefined;
  /** Renderers whose failure was told: one that throws, throws for every row. */
  readonly #told = new WeakSet<RowRenderer>();

  constructor(fail: (event: ImErrorEvent) => void) {
    this.#fail = fail;
  }

  /** Takes what all rows depend on. Returns whether rows that are drawn must be bound again. */
  set(setting: BinderSetting): boolean {
    const now = Date.now();
    const next = {...setting, now, day: new Date(now).toDateString()};
    const before = this.#setting;
    this.#setting = next;
    return (
      before === undefined ||
      (Object.keys(next) as (keyof typeof next)[]).some((key) => key !== 'now' && next[key] !== before[key])
    );
  }

  /** Makes an empty row. */
  create(): HTMLElement {
    const view = new RowView();
    this.#views.set(view.element, view);
    return view.element;
  }

  /** Shows the slot's conversation in its row. */
  bind({element, item, index}: RowSlot<Conversation>): void {
    const view = this.#views.get(element);
    const setting = this.#setting;
    if (view === undefined || item === undefined || setting === undefined) return;
    const facts = rowFacts(item, setting);
    view.show(item.id, index, facts);
    const {renderRow} = setting;
    if (typeof renderRow === 'function') {
      try {
        view.showCustom(renderRow(item, {...facts, index}), facts);
        return;
      } catch (thrown) {
        view.dropCustom();
        this.#tell(renderRow, thrown);
      }
    }
    view.showContent(facts);
  }

  /** Shows the slot's index, which an app's own rows may show too. */
  place(slot: RowSlot<Conversation>): void {
    if (typeof this.#setting?.renderRow === 'function') this.bind(slot);
    else this.#views.get(slot.element)?.place(slot.index);
  }

  #tell(renderer: RowRenderer, thrown: unknown): void {
    if (this.#told.has(renderer)) return;
    this.#told.add(renderer);
    reportError(thrown);
    this.#fail(new ImErrorEvent(toSourceError(thrown), 'render'));
  }
}
