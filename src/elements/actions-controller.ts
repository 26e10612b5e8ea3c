import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {ConversationAction} from '../events/conversation-action-event.js';
import type {Conversation} from '../model/conversation.js';
import {SourceError} from '../model/errors.js';
import type {RowSlot} from '../virtual/row-pool.js';
import type {ActionsHost} from './actions-host.js';
import {hasOwnMenu, raiseAction} from './actions.js';
import {loadRowActions} from './load-row-actions.js';
import type {RowActions} from './row-actions/row-actions.js';

/** What wakes the actions, and what they listen to once they are there. */
const EVENTS = [
  ...(['pointerover', 'pointerleave', 'focusin', 'focusout', 'pointerdown', 'pointermove', 'pointerup', 'pointercancel'] as const),
  ...(['contextmenu', 'keydown', 'scroll'] as const),
];
const WAKING: ReadonlySet<string> = new Set(['pointerover', 'focusin', 'pointerdown', 'contextmenu', 'keydown']);

/**
 * The part of a row's actions that is there from the start: it loads the rest when a person comes near the rows, or at
 * once where they come with a finger, and until then only keeps the browser's menu away.
 */
export class ActionsController implements ReactiveController {
  readonly #element: ReactiveControllerHost;
  readonly #host: ActionsHost;
  #view: RowActions | undefined;
  #loading: Promise<RowActions | undefined> | undefined;
  #connected = false;

  constructor(element: ReactiveControllerHost, host: ActionsHost) {
    this.#element = element;
    this.#host = host;
    element.addController(this);
  }

  hostConnected(): void {
    this.#connected = true;
  }

  hostDisconnected(): void {
    this.#connected = false;
    this.#view?.leave();
  }

  /** Takes the grid, once it is rendered. */
  attach(grid: HTMLElement): void {
    const passive = new Set(['pointermove', 'scroll']);
    for (const type of EVENTS) grid.addEventListener(type, (event) => this.#handle(event), {passive: passive.has(type)});
  }

  /** The list has been drawn anew. */
  updated(): void {
    if (this.#view !== undefined) this.#view.updated();
    else if (this.#able && matchMedia('(pointer: coarse)').matches) void this.#load();
  }

  /** A row shows a conversation now. */
  bound(slot: RowSlot<Conversation>): void {
    this.#view?.bound(slot);
  }

  /** A click belongs to the actions, and opens nothing. */
  takes(event: MouseEvent): boolean {
    return this.#view?.takesClick(event) === true;
  }

  /** The rest, for what is done to several; if it has yet to be loaded, that is begun, and the list then drawn anew. */
  get view(): RowActions | undefined {
    if (this.#view === undefined && this.#able) void this.#load().then((view) => view && this.#element.requestUpdate());
    return this.#view;
  }

  /** Does something to a conversation; see the list's method. */
  async perform(id: string, action: ConversationAction): Promise<boolean> {
    const {store, element} = this.#host;
    const conversation = this.#host.find(id);
    if (!store?.source || conversation === undefined || !raiseAction(element, conversation, action)) return false;
    const view = await this.#load();
    if (view !== undefined) return view.carryOut(store, conversation, action);
    store.tell(new SourceError('not-ready', 'Could not load the actions of rows.'), 'action');
    return false;
  }

  /** Something may be done to rows: the source can, or the app says what. */
  get #able(): boolean {
    const {actions, store} = this.#host;
    try {
      return typeof actions === 'function' || (store?.source?.capabilities.ops.size ?? 0) > 0;
    } catch {
      return false;
    }
  }

  #load(): Promise<RowActions | undefined> {
    this.#loading ??= loadRowActions().then((View) => {
      if (View !== undefined) this.#view = new View(this.#host);
      if (this.#connected) this.#view?.updated();
      return this.#view;
    });
    return this.#loading;
  }

  #handle(event: Event): void {
    if (this.#view !== undefined) return this.#view.handle(event);
    if (!WAKING.has(event.type) || !this.#able) return;
    const path = event.composedPath();
    // Now: later it is too late to keep the browser's own menu away.
    if (event.type === 'contextmenu' && this.#host.window?.slotIn(path) && !hasOwnMenu(path)) event.preventDefault();
    void this.#load().then((view) => {
      if (this.#connected && event.type !== 'pointerdown') view?.handle(event, path);
    });
  }
}
