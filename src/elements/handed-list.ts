import type {PropertyValues} from 'lit';
import {property} from 'lit/decorators/property.js';
import {AnnounceController, type Announced} from '../controllers/announce-controller.js';
import {GridInputController} from '../controllers/grid-input-controller.js';
import {OrderHoldController} from '../controllers/order-hold-controller.js';
import {RovingFocusController} from '../controllers/roving-focus-controller.js';
import {SelectionController, type SelectionMode} from '../controllers/selection-controller.js';
import type {ConversationAction} from '../events/conversation-action-event.js';
import {ImConversationSelectEvent} from '../events/conversation-select-event.js';
import {ImSelectionChangeEvent} from '../events/selection-change-event.js';
import type {Strings} from '../locales/strings.js';
import type {Conversation} from '../model/conversation.js';
import type {OpResult} from '../model/source.js';
import type {ConversationStore} from '../store/conversation-store.js';
import type {ConversationRows, ConversationSnapshot} from '../store/snapshot.js';
import type {RowWindow} from '../virtual/row-window.js';
import {readAnnounce, readIds, readOrderHold, readSelection} from './list-attributes.js';
import {ListHands} from './list-hands.js';
import type {MoveOptions} from './open-moves.js';
import type {RowActions} from './row-actions/row-actions.js';
import {SrcElement} from './src-element.js';

/** What the hands need to know of the list that they are laid on. */
export interface ListInside {
  readonly store: ConversationStore | undefined;
  /** The rows as they are shown. */
  readonly shown: ConversationRows;
  readonly strings: Strings;
  /** BCP 47; '' for the browser's own. */
  readonly lang: string;
  actions(): RowActions | undefined;
  scrollToIndex(index: number): void;
}

/** The half of the list that is in a person's hands: focus, selection, held order, and what is announced of it. */
export abstract class HandedList extends SrcElement {
  /**
   * The open conversation's id. Set by the app, and by the list when one is opened. Under `unread` and `mentions` its row
   * stays while it is being read, until another is open.
   */
  @property({attribute: 'selected-id'}) selectedId: string | undefined = undefined;

  /**
   * `pointer`: while the person is about to act (the pointer moves over the list, a finger is down, a focused row is in
   * use) rows keep their order and change in place; a control applies what waits. `off`: rows move at once.
   */
  @property({attribute: 'order-hold'}) orderHold: 'pointer' | 'off' = 'pointer';

  /**
   * `single`: the conversation that is opened becomes the current one (`selectedId`). `none`: it does not, and only the
   * app says which is. `multiple`: as `single`, and besides any number can be selected for actions on all of them, by
   * Shift, Ctrl or Cmd and a click, by Space, by Shift and arrows, and by checkboxes while `selecting`.
   */
  @property() selection: SelectionMode = 'single';

  /** With `selection="multiple"`: checkboxes show, and a click or a tap selects instead of opening. The person ends it. */
  @property({type: Boolean}) selecting = false;

  /** Put a row's place, such as "3 of 120", at the end of its label, for screen readers that tell none in a grid. */
  @property({type: Boolean, attribute: 'label-position'}) labelPosition = false;

  /**
   * What is told to screen readers by itself: how many conversations have `updates`, now and then; for a single one
   * with `messages` whose message it is; or `off`. Muted conversations are silent.
   */
  @property() announce: Announced = 'updates';

  /** `touch`: a finger that pulls the list down from its top refreshes it. `off`: it does not. */
  @property({attribute: 'pull-to-refresh'}) pullToRefresh: 'touch' | 'off' = 'touch';

  protected readonly roving = new RovingFocusController(this);
  protected readonly hold = new OrderHoldController(this);
  protected readonly selected = new SelectionController(this, () => {
    this.dispatchEvent(new ImSelectionChangeEvent(this.selectedIds, this.selecting));
  });
  /** @internal For what else has something to say. */
  readonly announcer = new AnnounceController(this, () => this.inside.strings);
  /** @internal For the grid's input. */
  readonly hands = new ListHands({
    list: this,
    selection: this.selected,
    announcer: this.announcer,
    focus: this.roving,
    store: () => this.inside.store,
    rows: () => this.inside.shown,
    strings: () => this.inside.strings,
    lang: () => this.inside.lang,
    actions: () => this.inside.actions(),
    isGone: (id) => this.hold.isGone(id),
    hold: this.hold,
    scrollToIndex: (index) => this.inside.scrollToIndex(index),
  });
  protected readonly input = new GridInputController(this, this.roving, this.hold);

  /** @internal For the focus controller. */
  abstract get window(): RowWindow<Conversation> | undefined;

  abstract get snapshot(): ConversationSnapshot | undefined;

  abstract loadMore(): Promise<void>;

  abstract refresh(): Promise<void>;

  /** @internal For the grid's input. */
  abstract pointed(target: EventTarget | null): void;

  /** @internal For the grid's input. */
  abstract takesClick(event: MouseEvent): boolean;

  /** @internal For the grid's input. */
  abstract leaves(event: KeyboardEvent): boolean;

  /** The row of the open conversation stays while it is read. */
  protected abstract keep(id: string | null | undefined): void;

  protected abstract get inside(): ListInside;

  /**
   * The ids of the conversations that are selected with `selection="multiple"`. They stay while the filter hides them;
   * those that are removed leave.
   */
  @property({attribute: false, noAccessor: true})
  get selectedIds(): readonly string[] {
    return this.selected.list;
  }

  set selectedIds(ids: Iterable<string> | null | undefined) {
    this.selected.set(readIds(ids));
  }

  /** @internal For the focus controller. */
  get scroller(): HTMLElement | undefined {
    return this.renderRoot?.querySelector<HTMLElement>('.viewport') ?? undefined;
  }

  /** @internal For the focus controller. */
  get startId(): string | undefined {
    return this.selectedId;
  }

  /** Focuses the row that had focus last, else the open one, else the first in view. */
  override focus(): void {
    this.roving.focus();
  }

  /**
   * Does something to several conversations as if the person had asked for it: raises one `im-bulk-action` and, unless
   * that is cancelled, calls the source, as many at a time as it takes. What failed is shown in the list.
   *
   * @returns one result for each id; none if it was cancelled or while disconnected
   */
  async performActions(ids: readonly string[], action: ConversationAction): Promise<readonly OpResult[]> {
    return this.isConnected ? this.hands.perform(ids, action) : [];
  }

  /**
   * Opens the conversation below the open one as the person would, loading pages to get there; with `unread` the next
   * that is unread and not muted. One that has left the list since it was opened keeps its place for this.
   *
   * @returns whether one was opened; `false` too if the app cancelled it
   */
  async selectNext(options?: MoveOptions): Promise<boolean> {
    return this.hands.step(1, options);
  }

  /** The same for the conversation above. */
  async selectPrevious(options?: MoveOptions): Promise<boolean> {
    return this.hands.step(-1, options);
  }

  /** Opens the conversation at an index, from 0, as the person would, loading pages to get there. */
  async selectAt(index: number): Promise<boolean> {
    return this.hands.at(index);
  }

  /** Selects nothing any more, and ends `selecting`. */
  clearSelection(): void {
    this.hands.end();
  }

  /** @internal Enter, Space or a click on a row. Returns whether it was opened. */
  open(id: string): boolean {
    const conversation = this.snapshot?.rows.get(id);
    if (conversation === undefined) return false;
    // Before the app can mark it as read.
    this.keep(id);
    if (!this.dispatchEvent(new ImConversationSelectEvent(conversation))) {
      this.keep(this.selectedId);
      return false;
    }
    if (this.selected.mode !== 'none') this.selectedId = id;
    return true;
  }

  /** @internal For the focus controller. */
  reachedEnd(): boolean {
    const status = this.snapshot?.page.status;
    if (status === 'paused' || status === 'idle') void this.loadMore();
    return status !== 'done' && status !== 'failed';
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('orderHold')) this.hold.enabled = readOrderHold(this.orderHold);
    if (changed.has('selection')) this.selected.mode = readSelection(this.selection);
    if (changed.has('announce')) this.announcer.kind = readAnnounce(this.announce);
  }
}
