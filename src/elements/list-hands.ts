import type {ReactiveController} from 'lit';
import type {ConversationAction} from '../events/conversation-action-event.js';
import type {OpResult} from '../model/source.js';
import type {StoreChange} from '../store/conversation-store.js';
import type {ConversationRows} from '../store/snapshot.js';
import type {Hands} from './hands.js';
import type {HandsHost, OpenPlace} from './hands-host.js';
import {loadHands} from './load-hands.js';
import type {MoveOptions} from './open-moves.js';

/**
 * What a person's hands do to the list besides opening a row: selects, finds by letters, moves on, pulls.
 *
 * Most of it is loaded when the pointer, a finger or the focus first comes over the list; what was done until then is
 * done when it is there.
 */
export class ListHands implements ReactiveController {
  readonly #host: HandsHost;
  #hands: Hands | undefined;
  #place: OpenPlace;
  #placedIn: ConversationRows | undefined;

  constructor(host: HandsHost & {readonly list: {addController(controller: ReactiveController): void}}) {
    this.#host = host;
    host.list.addController(this);
  }

  hostDisconnected(): void {
    this.#hands?.stop();
  }

  /** The rows are drawn: notes where the open one stands, and shows what is selected. */
  drawn(rows: ConversationRows): void {
    const {list, selection} = this.#host;
    const id = list.selectedId;
    if (typeof id !== 'string') this.#place = undefined;
    else if (rows !== this.#placedIn || id !== this.#place?.id) {
      const index = rows.indexOf(id);
      if (index >= 0) this.#place = rows.ordered.at(index);
      else if (id !== this.#place?.id) this.#place = undefined;
    }
    this.#placedIn = rows;
    if (this.#hands !== undefined) this.#hands.bar.show();
    else if (selection.multiple && (list.selecting || selection.ids.size > 0)) this.#use(({bar}) => bar.show());
  }

  /** Conversations that are no more are selected no more. */
  changed({live, pages, snapshot}: StoreChange): void {
    const {selection, store} = this.#host;
    if (selection.ids.size === 0) return;
    const gone = (id: string) => store()?.find(id) === undefined;
    // A page may have dropped what events did not tell; only when all have come is what is not known not there.
    if (pages.length > 0 && snapshot.page.status === 'done' && snapshot.filter.ids === undefined) selection.drop(gone);
    else if (live !== undefined) selection.drop(gone, live.removed);
  }

  /** The pointer, a finger or the focus has come over the list. */
  preload(): void {
    if (this.#hands === undefined) void this.#load();
  }

  /** A click or a tap on a row. */
  pressed(id: string, {shiftKey, ctrlKey, metaKey}: MouseEvent): void {
    const {selection, list, focus, rows, isGone} = this.#host;
    if (selection.multiple && !isGone(id)) {
      if (shiftKey) return selection.extendTo(id, rows(), list.selectedId ?? focus.activeId);
      if (ctrlKey || metaKey || list.selecting) return selection.toggle(id);
      selection.endRange();
    }
    list.open(id);
  }

  /** A key on a row. Returns whether it was for us. */
  keyed(event: KeyboardEvent, id: string): boolean {
    if (!this.#takes(event, id)) return false;
    event.preventDefault();
    return true;
  }

  /** Focus has gone from one row to another by a key. */
  moved({shiftKey}: KeyboardEvent, from: string): void {
    const {selection, focus, rows} = this.#host;
    if (!selection.multiple || focus.activeId === undefined || focus.activeId === from) return;
    if (shiftKey) selection.extendTo(focus.activeId, rows(), from);
    else selection.endRange();
  }

  touched(event: TouchEvent): void {
    this.#use(({pull}) => pull.start(event));
  }

  /** Ends selecting: nothing is selected any more. */
  end(): void {
    const {selection, list} = this.#host;
    const had = selection.ids.size > 0;
    const {selecting} = list;
    list.selecting = false;
    selection.clear();
    if (!had && selecting) selection.tell();
  }

  async step(step: 1 | -1, options?: MoveOptions | null): Promise<boolean> {
    return (await this.#load())?.moves.step(step, options) ?? false;
  }

  async at(index: number): Promise<boolean> {
    return (await this.#load())?.moves.at(index) ?? false;
  }

  async perform(ids: readonly string[], action: ConversationAction): Promise<readonly OpResult[]> {
    return (await this.#load())?.perform(ids, action) ?? [];
  }

  #takes(event: KeyboardEvent, id: string): boolean {
    const {key, shiftKey, ctrlKey, metaKey, altKey} = event;
    const {selection, list, rows, isGone} = this.#host;
    const control = (ctrlKey || metaKey) && !altKey;
    if (selection.multiple) {
      if (key === 'Escape' && !control && !altKey && (selection.ids.size > 0 || list.selecting)) {
        this.end();
        return true;
      }
      if (key === 'Delete' && !control && !altKey && !shiftKey && selection.ids.has(id)) {
        this.#use(({bar}) => bar.askToDelete());
        return true;
      }
      if (control && !shiftKey && key.toLowerCase() === 'a') {
        selection.all(rows());
        return true;
      }
      if (key === ' ' && !altKey && (control || !this.#types(event))) {
        if (isGone(id)) return true;
        if (shiftKey) selection.extendTo(id, rows(), id);
        else selection.toggle(id);
        return true;
      }
    }
    if (!this.#types(event)) return false;
    this.#use(({typeahead}) => typeahead.type(key, id));
    return true;
  }

  /** A letter; a space only within a word. */
  #types(event: KeyboardEvent): boolean {
    const {key, ctrlKey, metaKey, altKey, isComposing} = event;
    // AltGr makes letters, and tells Ctrl and Alt.
    if (((ctrlKey || altKey) && !event.getModifierState('AltGraph')) || metaKey || isComposing) return false;
    return key === ' ' ? this.#hands?.typeahead.active === true : [...key].length === 1;
  }

  #use(act: (hands: Hands) => void): void {
    if (this.#hands !== undefined) act(this.#hands);
    else void this.#load().then((hands) => hands !== undefined && act(hands));
  }

  async #load(): Promise<Hands | undefined> {
    if (this.#hands === undefined) {
      const module = await loadHands();
      if (module !== undefined) this.#hands ??= new module.Hands(this.#host, () => this.#place, () => this.#end());
    }
    return this.#hands;
  }

  /** From the bar, which goes with its focus. */
  #end(): void {
    this.end();
    this.#host.focus.restore();
  }
}
