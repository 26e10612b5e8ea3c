import type {ReactiveControllerHost} from 'lit';
import type {ConversationRows} from '../store/snapshot.js';

/**
 * What a person can select. `none`: opening a conversation marks nothing. `single`: the one that is open is the current
 * one. `multiple`: besides, any number for actions on all of them.
 */
export type SelectionMode = 'none' | 'single' | 'multiple';

const NONE: ReadonlySet<string> = new Set();

/**
 * The conversations that are selected for actions on all of them, by id: whatever happens to their rows, they stay.
 *
 * A range grows from where it began, on top of what was selected before it, and shrinks again.
 */
export class SelectionController {
  mode: SelectionMode = 'single';
  readonly #host: Pick<ReactiveControllerHost, 'requestUpdate'>;
  readonly #changed: () => void;
  #ids = NONE;
  #list: readonly string[] | undefined;
  /** Where a range begins, and what was selected before it. */
  #anchor: string | undefined;
  #base = NONE;

  /** @param changed - the person, or a removal, has changed what is selected */
  constructor(host: Pick<ReactiveControllerHost, 'requestUpdate'>, changed: () => void) {
    this.#host = host;
    this.#changed = changed;
  }

  get multiple(): boolean {
    return this.mode === 'multiple';
  }

  /** In the order in which they were selected; another object after each change. */
  get ids(): ReadonlySet<string> {
    return this.#ids;
  }

  get list(): readonly string[] {
    return (this.#list ??= Object.freeze([...this.#ids]));
  }

  /** Takes what the app has selected. */
  set(ids: Iterable<string>): void {
    this.#anchor = undefined;
    this.#put(new Set(ids));
  }

  /** Selects one, or no more; a range may begin there. */
  toggle(id: string): void {
    const ids = new Set(this.#ids);
    if (!ids.delete(id)) ids.add(id);
    this.#put(ids, true);
    this.#anchor = id;
    this.#base = this.#ids;
  }

  /** Selects everything from where the range began, else from `from`, to `id`. */
  extendTo(id: string, rows: ConversationRows, from: string | undefined): void {
    if (this.#anchor === undefined) {
      this.#anchor = from ?? id;
      this.#base = this.#ids;
    }
    const end = rows.indexOf(id);
    const start = rows.indexOf(this.#anchor);
    if (end < 0) return;
    const first = start < 0 ? end : Math.min(start, end);
    const range = rows.slice(first, Math.max(start, end) + 1);
    this.#put(new Set([...this.#base, ...range.map((conversation) => conversation.id)]), true);
  }

  /** The next range begins elsewhere. */
  endRange(): void {
    this.#anchor = undefined;
  }

  all(rows: ConversationRows): void {
    const ids = new Set<string>();
    for (const {id} of rows) ids.add(id);
    this.#anchor = undefined;
    this.#put(ids, true);
  }

  clear(): void {
    this.#anchor = undefined;
    if (this.#ids.size > 0) this.#put(NONE, true);
  }

  /** Conversations have been removed. */
  drop(gone: (id: string) => boolean, ids: Iterable<string> = this.#ids): void {
    const lost = [...ids].filter((id) => this.#ids.has(id) && gone(id));
    if (lost.length === 0) return;
    const left = new Set(this.#ids);
    for (const id of lost) left.delete(id);
    this.#put(left, true);
  }

  /** Of those that are selected only these stay. */
  keep(ids: readonly string[]): void {
    this.#anchor = undefined;
    this.#put(new Set(ids), true);
  }

  /** Tells the app how things stand. */
  tell(): void {
    this.#changed();
  }

  #put(ids: ReadonlySet<string>, tell = false): void {
    const same = ids.size === this.#ids.size && [...ids].every((id) => this.#ids.has(id));
    if (same) return;
    this.#ids = ids;
    this.#list = undefined;
    this.#host.requestUpdate();
    if (tell) this.#changed();
  }
}
