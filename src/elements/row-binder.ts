import {ImErrorEvent} from '../events/error-event.js';
import type {PreviewFormatter} from '../format/preview.js';
import {dayKey, TimeTeller} from '../format/time.js';
import type {Conversation} from '../model/conversation.js';
import {toSourceError} from '../model/errors.js';
import {report} from '../store/contain.js';
import type {RowSlot} from '../virtual/row-pool.js';
import {rowFacts, type RowFacts, type RowSetting} from './row-facts.js';
import type {RowTemplate} from './row-template.js';
import {RowView, type RowRenderer} from './row-view.js';
import type {ServedRows} from './served-rows.js';

/** Previews in an app's own words, by message type. */
export type PreviewFormatters = Readonly<Record<string, PreviewFormatter>>;

/** What a binder's rows depend on, apart from the time. */
export interface BinderSetting extends Omit<RowSetting, 'times' | 'format' | 'isGone'> {
  readonly lang: string;
  readonly renderRow: RowRenderer | undefined;
  /** Draws the rows where no function does. */
  readonly rowTemplate: RowTemplate | undefined;
  readonly previewFormatters: PreviewFormatters | undefined;
  /** How many rows there are, where a row's place is part of its label. */
  readonly total: number | undefined;
  /** There are no more than `total`. */
  readonly whole: boolean;
}

/** What a binder needs of its list. */
export interface RowBinderHost {
  /** Tells the app what one of its functions has thrown. */
  readonly fail: (event: ImErrorEvent) => void;
  /** The row is shown only because the order is held. */
  readonly isGone: (id: string) => boolean;
  /** A row shows a conversation now. */
  readonly bound: (slot: RowSlot<Conversation>) => void;
  /** Rows that a server has rendered, to draw in. */
  readonly served: Pick<ServedRows, 'take'>;
}

/** Shows conversations in rows, built-in or an app's own; whatever an app's functions do, the row stands. */
export class RowBinder {
  readonly #views = new WeakMap<Element, RowView>();
  readonly #fail: (event: ImErrorEvent) => void;
  readonly #isGone: (id: string) => boolean;
  readonly #bound: (slot: RowSlot<Conversation>) => void;
  readonly #served: Pick<ServedRows, 'take'>;
  #given: (BinderSetting & {readonly day: string}) | undefined;
  #setting: RowSetting | undefined;
  #position: ((index: number) => string) | undefined;
  /** Functions whose failure was told: one that throws, throws for every row. */
  readonly #told = new WeakSet<object>();

  constructor({fail, isGone, bound, served}: RowBinderHost) {
    this.#fail = fail;
    this.#isGone = isGone;
    this.#bound = bound;
    this.#served = served;
  }

  /** Takes what all rows depend on. Returns whether rows that are drawn must be bound again. */
  set(setting: BinderSetting): boolean {
    const now = Date.now();
    const next = {...setting, day: dayKey(now)};
    const before = this.#given;
    const keys = Object.keys(next) as (keyof typeof next)[];
    if (before !== undefined && keys.every((key) => next[key] === before[key])) return false;
    this.#given = next;
    const times = new TimeTeller(next.lang, now, next.strings.yesterday);
    const format = next.previewFormatters && this.#contained(next.previewFormatters);
    const {strings, total, whole} = next;
    this.#position = total === undefined ? undefined : (i) => (whole ? strings.position : strings.positionSoFar)(i + 1, total);
    this.#setting = {...setting, times, format, isGone: this.#isGone};
    return true;
  }

  /** Makes an empty row, of one that a server has rendered where there is one. */
  create(id: string): HTMLElement {
    const view = new RowView(this.#served.take(id));
    this.#views.set(view.element, view);
    return view.element;
  }

  /** What a row shows of a conversation; `undefined` before the first {@link set}. */
  facts(item: Conversation): RowFacts | undefined {
    return this.#setting && rowFacts(item, this.#setting);
  }

  /** Shows the slot's conversation in its row. */
  bind(slot: RowSlot<Conversation>): void {
    this.#show(slot);
    this.#bound(slot);
  }

  #show({element, item, index}: RowSlot<Conversation>): void {
    const view = this.#views.get(element);
    const setting = this.#setting;
    if (view === undefined || item === undefined || setting === undefined) return;
    const facts = rowFacts(item, setting);
    view.show(item.id, index, facts, this.#position);
    const renderRow = this.#given?.renderRow;
    if (typeof renderRow === 'function') {
      try {
        view.showCustom(renderRow(item, {...facts, index}));
        return;
      } catch (thrown) {
        view.dropCustom();
        this.#tell(renderRow, thrown);
      }
    } else if (this.#given?.rowTemplate !== undefined) {
      view.showCustom(this.#given.rowTemplate.show(element, item, facts, index, setting));
      return;
    }
    view.showContent(facts);
  }

  /** Shows the slot's index, which an app's own rows may show too. */
  place(slot: RowSlot<Conversation>): void {
    if (typeof this.#given?.renderRow === 'function' || this.#given?.rowTemplate !== undefined) this.bind(slot);
    else this.#views.get(slot.element)?.place(slot.index);
  }

  /** The pointer has come over something in a row. */
  reveal(target: EventTarget | null): void {
    const time = target instanceof Element ? target.closest('.time') : null;
    const row = time?.closest('.row');
    if (row) this.#views.get(row)?.reveal();
  }

  /** An app's formatters as one that never throws. Own properties only: a type may be called `constructor`. */
  #contained(formatters: PreviewFormatters): PreviewFormatter {
    return (message, conversation) => {
      let formatter: PreviewFormatter | undefined;
      try {
        formatter = Object.hasOwn(formatters, message.type) ? formatters[message.type] : undefined;
        return formatter?.(message, conversation) ?? '';
      } catch (thrown) {
        // What stands in a formatter's place may be anything; not every engine keeps a symbol in a weak set.
        this.#tell(typeof formatter === 'function' ? formatter : formatters, thrown);
        return '';
      }
    };
  }

  #tell(culprit: object, thrown: unknown): void {
    if (this.#told.has(culprit)) return;
    this.#told.add(culprit);
    report(thrown);
    this.#fail(new ImErrorEvent(toSourceError(thrown), 'render'));
  }
}
