import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {Conversation} from '../model/conversation.js';
import {ConversationRows} from '../store/snapshot.js';
import type {RowPoolHost} from '../virtual/row-pool.js';
import {RowWindow, type RowAlign, type WindowState} from '../virtual/row-window.js';

/** Rows are asked for so far ahead of the viewport, px. */
const REACH = 800;

/** What the rows ask of their element. */
export interface RowsHost extends ReactiveControllerHost {
  /** Makes rows and shows conversations in them. */
  readonly binder: Pick<RowPoolHost<Conversation>, 'create' | 'bind' | 'place'>;
  /** The list could show so many rows now; 0 while it is not visible. */
  rowsWanted(count: number): void;
  /** The viewport or the rows have moved. */
  rowsMoved(): void;
}

/** What the rows need besides themselves. */
export interface RowsState extends Pick<WindowState, 'rebind' | 'glides'> {
  /** How many rows' heights follow the last row. */
  readonly end: number;
}

/** The list's rows: measures their height, draws those in view, and says how many are wanted. */
export class RowsController implements ReactiveController {
  readonly #host: RowsHost;
  readonly #kept: () => string | undefined;
  #probe: HTMLElement | undefined;
  #window: RowWindow<Conversation> | undefined;
  #resize: ResizeObserver | undefined;
  #connected = false;
  /** px */
  #rowHeight = 0;
  /** What was to be shown last. */
  #last: Parameters<RowsController['update']> | undefined;

  /** @param kept - the conversation whose row has focus: it stays drawn wherever it is */
  constructor(host: RowsHost, kept: () => string | undefined) {
    this.#host = host;
    this.#kept = kept;
    host.addController(this);
  }

  /**
   * Takes the nodes, once they are rendered: `.viewport` scrolls, `.rows` in it holds the rows, and `.probe` is as high
   * as a row.
   */
  attach(root: ParentNode): void {
    const find = (selector: string) => root.querySelector(selector) as HTMLElement;
    this.#probe = find('.probe');
    const host = this.#host;
    this.#window = new RowWindow<Conversation>(find('.viewport'), find('.rows'), ConversationRows.EMPTY, {
      create: (id) => host.binder.create(id),
      bind: (slot) => host.binder.bind(slot),
      place: (slot) => host.binder.place(slot),
      idOf: (conversation) => conversation.id,
      kept: this.#kept,
      moved: () => this.#moved(),
    });
    if (this.#connected) this.#watch();
  }

  hostConnected(): void {
    this.#connected = true;
    this.#watch();
  }

  hostDisconnected(): void {
    this.#connected = false;
    this.#window?.disconnect();
    this.#resize?.disconnect();
    this.#resize = undefined;
  }

  /** The window; `undefined` before the first render. */
  get window(): RowWindow<Conversation> | undefined {
    return this.#window;
  }

  /** Notes where the person has scrolled to. Call before the document is written to. */
  sync(): void {
    this.#window?.sync();
  }

  /**
   * Shows another state.
   */
  update(rows: ConversationRows, {end, ...state}: RowsState): void {
    const rowHeight = this.#rowHeight;
    this.#last = [rows, {end, ...state}];
    this.#window?.update(rows, {...state, rowHeight, endHeight: end * rowHeight});
  }

  /** Brings a row into view. */
  scrollToIndex(index: number, align?: RowAlign): void {
    // Not for the top, where every list begins: in the moment in which it is made that would cost a layout.
    if (index > 0 && this.#rowHeight === 0) this.#remeasure();
    this.#window?.scrollToIndex(index, align);
  }

  /** Scrolls to a position, px from the top of the list. */
  scrollToPosition(position: number): void {
    if (this.#rowHeight === 0) this.#remeasure();
    this.#window?.scrollToPosition(position);
  }

  /** The id of the first whole row in view; `undefined` at the top of the list. */
  get topId(): string | undefined {
    const {position = 0, rowHeight = 0} = this.#window ?? {};
    return position < 1 || rowHeight === 0 ? undefined : this.#last?.[0].at(Math.ceil(position / rowHeight))?.id;
  }

  #watch(): void {
    if (this.#probe === undefined || this.#window === undefined) return;
    // Told before the viewport's size is, in the same frame, when reading costs no layout.
    this.#resize = new ResizeObserver(() => this.#remeasure());
    this.#resize.observe(this.#probe);
    this.#window.connect();
  }

  /** Draws the rows anew if their height has changed. Returns whether it did. */
  #remeasure(): boolean {
    if (!this.#measure() || this.#last === undefined) return false;
    this.update(...this.#last);
    return true;
  }

  /** Reads the computed height, which unlike a rectangle's is free of transforms; 0 while nothing is displayed. */
  #measure(): boolean {
    const before = this.#rowHeight;
    this.#rowHeight = this.#probe === undefined ? 0 : parseFloat(getComputedStyle(this.#probe).height) || 0;
    return this.#rowHeight !== before;
  }

  #moved(): void {
    const window = this.#window as RowWindow<Conversation>;
    // The core has just read the viewport's size: now it costs no layout.
    if (this.#rowHeight === 0 && window.viewport > 0 && this.#remeasure()) return;
    const {shown, rowHeight, position, viewport} = window;
    this.#host.rowsWanted(shown ? Math.ceil((position + viewport + REACH) / rowHeight) : 0);
    this.#host.rowsMoved();
  }
}
