import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property} from 'lit/decorators/property.js';
import {ifDefined} from 'lit/directives/if-defined.js';
import {ClockController} from '../controllers/clock-controller.js';
import {LocalizeController} from '../controllers/localize-controller.js';
import {OrderHoldController} from '../controllers/order-hold-controller.js';
import {PressController} from '../controllers/press-controller.js';
import {RovingFocusController} from '../controllers/roving-focus-controller.js';
import {RowsController} from '../controllers/rows-controller.js';
import {StoreController} from '../controllers/store-controller.js';
import {UnreadPillsController} from '../controllers/unread-pills-controller.js';
import type {ConversationAction} from '../events/conversation-action-event.js';
import {ImConversationSelectEvent} from '../events/conversation-select-event.js';
import {ImErrorEvent} from '../events/error-event.js';
import {ImFilterChangeEvent} from '../events/filter-change-event.js';
import type {AvatarPolicy} from '../format/avatar.js';
import {cleanName} from '../format/text.js';
import type {StringOverrides} from '../locales/strings.js';
import type {Conversation} from '../model/conversation.js';
import {toSourceError} from '../model/errors.js';
import type {ConversationSource} from '../model/source.js';
import type {ConversationStore, StoreChange} from '../store/conversation-store.js';
import {ConversationRows, type ConversationSnapshot} from '../store/snapshot.js';
import type {RowWindow} from '../virtual/row-window.js';
import {performAction} from './actions.js';
import {avatarStyles} from './avatar.styles.js';
import {CustomStates} from './custom-states.js';
import {listStyles} from './im-conversation-list.styles.js';
import {checkDensity, isFiltered, readFilter, readOrder, readOrderHold, readPageSize} from './list-attributes.js';
import {endContent, endOf, panel, panelOf, pill, showUnreadPills, statesOf, strip, type StateActions} from './list-states.js';
import {RowBinder, type PreviewFormatters} from './row-binder.js';
import type {RowRenderer} from './row-view.js';
import {rowStyles} from './row.styles.js';
import {SrcElement} from './src-element.js';
import {relayChange} from './store-events.js';

/**
 * A person's recent conversations, newest first, from any source.
 *
 * Give it a `src`, a `source`, or `conversations`, or put it inside an `<im-conversation-provider>`. It pages as the person
 * scrolls, follows live changes, keeps one row per conversation, and tells what the person does by events. It fills
 * its container's height. While disconnected it holds no listener, timer or request, and its methods do nothing.
 *
 * @element im-conversation-list
 *
 * @fires {ImConversationSelectEvent} im-conversation-select - A conversation was opened; cancelable.
 * @fires {ImConversationActionEvent} im-conversation-action - Something is about to be done to a conversation; cancelable.
 * @fires {ImConversationsChangeEvent} im-conversations-change - Live changes reached the list: added, changed, removed ids.
 * @fires {ImSyncChangeEvent} im-sync-change - The source began, moved on, ended or failed to sync.
 * @fires {ImUnreadChangeEvent} im-unread-change - The source's unread total changed.
 * @fires {ImPageLoadEvent} im-page-load - A page landed.
 * @fires {ImFilterChangeEvent} im-filter-change - The person reset the filter in the list.
 * @fires {ImErrorEvent} im-error - Something failed; `error.code` says what.
 *
 * @slot header - Above the rows.
 * @slot empty - In the place of the text when there is no conversation.
 * @slot error - In the place of the text when the first page failed.
 * @slot footer - Below the rows.
 *
 * @csspart list - The scrolling grid.
 * @csspart row - A row; with it, as they apply: `unread`, `pinned`, `muted`, `mention`, `selected`, `gone`.
 * @csspart conversation - The row's content.
 * @csspart avatar - The round picture or initials.
 * @csspart members - A group's avatar made of its members.
 * @csspart member - One of them.
 * @csspart presence - The dot on the avatar; with it the presence: `online`, `away`, `busy`, `offline`.
 * @csspart title - The name.
 * @csspart verified-icon - The check behind a verified name.
 * @csspart tags - The tags behind the name.
 * @csspart tag - One of them.
 * @csspart time - The time of the last message.
 * @csspart preview - The second line.
 * @csspart delivery - The ticks of an own message; with it how far it got: `sent`, `delivered`, `read`.
 * @csspart prefix - The sender, or "Draft", in the preview.
 * @csspart thumbnail - The small picture in the preview.
 * @csspart badge - The unread count, or its dot.
 * @csspart mention - The `@` of a mention; with it whom it addresses: `me`, `all`.
 * @csspart pinned-icon - The pin.
 * @csspart muted-icon - The struck-out bell.
 * @csspart end - What follows the last row.
 * @csspart empty - The panel of an empty list.
 * @csspart error - The panel of a failed first page.
 * @csspart skeleton - The shapes before the first page.
 * @csspart ghost - One of these shapes.
 * @csspart sync - The strip below the rows.
 * @csspart sync-text - The strip's text.
 * @csspart progress - The strip's progress bar.
 * @csspart pill - A control over the rows; with it its purpose: `updates`, `unread-above`, `unread-below`.
 * @csspart button - Every button; with it its purpose: `retry`, `load-more`, `reset`.
 *
 * @cssproperty [--im-conversation-list-row-height=64px] - Height of a row; 72px comfortable, 44px compact.
 * @cssproperty [--im-conversation-list-avatar-size=48px] - Diameter of an avatar.
 * @cssproperty [--im-conversation-list-avatar-border-radius=50%] - Shape of an avatar.
 * @cssproperty [--im-conversation-list-row-padding-inline=0.75rem] - Space at a row's sides.
 * @cssproperty [--im-conversation-list-row-border-radius=0] - Rounding of a row's background.
 * @cssproperty [--im-conversation-list-title-font-weight=500] - Weight of a name without unread messages.
 * @cssproperty [--im-conversation-list-font-family=system-ui] - Typeface.
 * @cssproperty [--im-conversation-list-font-size=0.9375rem] - Size of a name.
 * @cssproperty [--im-conversation-list-color=CanvasText] - Text.
 * @cssproperty [--im-conversation-list-background=Canvas] - Background.
 * @cssproperty [--im-conversation-list-secondary-color] - Previews, times, hints.
 * @cssproperty [--im-conversation-list-accent-color] - Badges, focus, buttons.
 * @cssproperty [--im-conversation-list-accent-text-color] - Text on the accent colour.
 * @cssproperty [--im-conversation-list-error-color] - Errors and drafts.
 * @cssproperty [--im-conversation-list-border-color] - Lines.
 * @cssproperty [--im-conversation-list-hover-background] - A row under the pointer, and skeletons.
 * @cssproperty [--im-conversation-list-selected-background] - The open conversation.
 * @cssproperty [--im-conversation-list-muted-background] - The badge of a muted conversation.
 *
 * @cssstate loading - The first page is on its way.
 * @cssstate empty - There is no conversation.
 * @cssstate filtered - There is none because of the filter.
 * @cssstate error - The first page failed.
 * @cssstate page-failed - A later page failed.
 * @cssstate paused - Loading waits for "load more".
 * @cssstate end - Everything is loaded.
 * @cssstate syncing - The source is syncing.
 * @cssstate failed - The last sync failed.
 * @cssstate offline - The source has no connection.
 *
 * @example
 * ```html
 * <im-conversation-list id="list"></im-conversation-list>
 * <script type="module">
 *   import 'im-conversation-list/define.js';
 *   document.querySelector('#list').source = mySource;
 * </script>
 * ```
 */
export class ImConversationList extends SrcElement {
  static override styles = [listStyles, rowStyles, avatarStyles];

  /** Show only these types of conversation, separated by spaces: `direct`, `group`, `channel`, `system`, `unknown`. */
  @property() type = '';

  /** Show only conversations with this mark: `star`, `unread`, `fold`, `hide`, or a service's own. */
  @property() mark = '';

  /** Show only conversations of this conversation group (folder). */
  @property() group = '';

  /** Show only conversations with something unread. */
  @property({type: Boolean}) unread = false;

  /** Show only conversations that mention the person. */
  @property({type: Boolean}) mentions = false;

  /** Conversations per page, or `all` to pull everything at once. Never more than the source allows. */
  @property({attribute: 'page-size'}) pageSize: number | string = 50;

  /** Sort by the source's `order-key`, or by the time of the `last-message`. */
  @property() order: 'order-key' | 'last-message' = 'order-key';

  /** The open conversation's id. Set by the app, and by the list when one is opened. */
  @property({attribute: 'selected-id'}) selectedId: string | undefined = undefined;

  /** Height of the rows: `default` 64 px, `comfortable` 72 px, `compact` 44 px. */
  @property({reflect: true}) density: 'default' | 'comfortable' | 'compact' = 'default';

  /**
   * `pointer`: while the person is about to act (the pointer moves over the list, a finger is down, a focused row is in
   * use) rows keep their order and change in place; a control applies what waits. `off`: rows move at once.
   */
  @property({attribute: 'order-hold'}) orderHold: 'pointer' | 'off' = 'pointer';

  /** The list's accessible name. Default: "Conversations" in the list's language. */
  @property() label = '';

  /** Draws the content of a row; what it throws is contained and the built-in content shown. */
  @property({attribute: false}) renderRow: RowRenderer | undefined = undefined;

  /**
   * Previews by message type, in an app's own words: each is given the message and its conversation and returns a line of
   * text, '' for the built-in one. What one throws is contained.
   */
  @property({attribute: false}) previewFormatters: PreviewFormatters | undefined = undefined;

  /** Words in place of the built-in ones; a function that throws is told once, and the built-in words stand. */
  @property({attribute: false}) strings: StringOverrides | undefined = undefined;

  /** Decides what an avatar, a member's too, and a thumbnail may load. Default: absolute `https:` URLs only. */
  @property({attribute: false}) avatarPolicy: AvatarPolicy | undefined = undefined;

  readonly #stores = new StoreController(this, {consume: true});
  readonly #rows = new RowsController(this, () => this.#focus.focusedId);
  readonly #localize = new LocalizeController(this);
  readonly #focus = new RovingFocusController(this);
  readonly #press = new PressController();
  readonly #hold = new OrderHoldController(this);
  readonly #pills = new UnreadPillsController(this, () => this.#showPills());
  readonly #binder = new RowBinder((error) => this.dispatchEvent(error), (id) => this.#hold.isGone(id));
  readonly #states = new CustomStates(this.attachInternals());
  readonly #actions: StateActions = {
    retry: () => void this.loadMore(),
    refresh: () => void this.refresh(),
    resetFilter: () => this.#resetFilter(),
  };

  constructor() {
    super();
    new ClockController(this);
    this.named.bind(this.#stores);
  }

  /**
   * Where the conversations come from. `null` empties the list; `undefined` leaves it to `src`, or a provider.
   * A source that fails in any way makes the list show and tell an error, never throw.
   */
  @property({attribute: false, noAccessor: true})
  get source(): ConversationSource | null | undefined {
    return this.#stores.source;
  }

  set source(source: ConversationSource | null | undefined) {
    this.#hold.release();
    this.#stores.source = source;
  }

  /**
   * The conversations themselves, for an app that keeps its own state. Set a new array at every change; objects that
   * are the same as before cost nothing.
   */
  @property({attribute: false, noAccessor: true})
  get conversations(): readonly Conversation[] | undefined {
    return this.#conversations;
  }

  set conversations(conversations: readonly Conversation[] | undefined) {
    this.#conversations = conversations;
    if (Array.isArray(conversations ?? [])) this.#stores.setConversations(conversations);
    else this.dispatchEvent(new ImErrorEvent(toSourceError('conversations must be an array.', 'invalid-argument'), 'data'));
  }

  #conversations: readonly Conversation[] | undefined;
  /** The rows as they are shown: the snapshot's, or in an order that is held. */
  #shown = ConversationRows.EMPTY;
  /** What was drawn last, */
  #drawn: ConversationSnapshot | undefined;
  /** and whose it was. */
  #drawnSource: ConversationSource | null | undefined;

  /** @internal For the focus controller. */
  get window(): RowWindow<Conversation> | undefined {
    return this.#rows.window;
  }

  /** @internal For the focus controller. */
  get scroller(): HTMLElement | undefined {
    return this.renderRoot?.querySelector<HTMLElement>('.viewport') ?? undefined;
  }

  /** @internal For the focus controller. */
  get startId(): string | undefined {
    return this.selectedId;
  }

  /** What the list shows at this moment, as an immutable value; `undefined` without a source. */
  get snapshot(): ConversationSnapshot | undefined {
    return this.#stores.store?.snapshot;
  }

  /** Loads the next page, or a failed one again. Resolves when it has landed or failed. */
  async loadMore(): Promise<void> {
    await this.#stores.store?.loadMore();
  }

  /** Pages again from the start. The rows stay and are corrected. */
  async refresh(): Promise<void> {
    await this.#stores.store?.refresh();
  }

  /**
   * Brings a conversation into view, loading pages until it is there.
   *
   * @returns whether the list has it; `false` too if the list was disconnected or a page failed on the way.
   */
  async scrollToConversation(id: string): Promise<boolean> {
    const {store} = this.#stores;
    while (store !== undefined && store === this.#stores.store && this.isConnected) {
      const index = store.snapshot.rows.indexOf(id);
      if (index >= 0) {
        // Asked for by name, it must not wait behind an order that is held.
        this.#hold.release();
        this.requestUpdate();
        await this.updateComplete;
        this.#rows.scrollToIndex(this.#shown.indexOf(id), 'center');
        return true;
      }
      const {status} = store.snapshot.page;
      if (status === 'done') return false;
      await store.loadMore();
      if (store.snapshot.page.status === 'failed') return false;
    }
    return false;
  }

  /** Scrolls to the newest conversation. */
  scrollToTop(): void {
    this.#rows.scrollToIndex(0, 'start');
  }

  /** Focuses the row that had focus last, else the open one, else the first in view. */
  override focus(): void {
    this.#focus.focus();
  }

  /**
   * Does something to a conversation as if the person had asked for it: raises `im-conversation-action` and,
   * unless that is cancelled, calls the source. A failure is told by `im-error`.
   *
   * @returns whether it was done
   */
  async performAction(id: string, action: ConversationAction): Promise<boolean> {
    return performAction(this, this.#stores.store, id, action);
  }

  /** @internal Enter, Space or a click on a row. */
  open(id: string): void {
    const conversation = this.snapshot?.rows.get(id);
    if (conversation === undefined) return;
    const event = new ImConversationSelectEvent(conversation);
    if (this.dispatchEvent(event)) this.selectedId = id;
  }

  /** @internal */
  storeBound(store: ConversationStore | undefined): void {
    if (store === undefined) return;
    this.#applySettings(store, undefined);
  }

  /** @internal */
  storeChanged(change: StoreChange): void {
    relayChange(this, change);
  }

  /** @internal For the rows controller. */
  get binder(): RowBinder {
    return this.#binder;
  }

  /** @internal */
  rowsWanted(count: number): void {
    this.#stores.store?.want(count);
  }

  /** @internal */
  rowsMoved(): void {
    const end = this.renderRoot.querySelector<HTMLElement>('.end');
    const {window} = this;
    if (window === undefined) return;
    if (end !== null) end.style.transform = `translateY(${window.endY}px)`;
    this.#pills.moved(window, () => this.#shown);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#localize.overrides = this.strings;
    if (changed.has('density')) checkDensity(this.density);
    const {store} = this.#stores;
    // The first time all counts as changed, and nobody has changed it: a provider's store stays as others have set it.
    if (store !== undefined) this.#applySettings(store, this.hasUpdated ? changed : undefined);
    if (changed.has('orderHold')) this.#hold.enabled = readOrderHold(this.orderHold);
    const {snapshot} = this;
    this.#shown = snapshot === undefined ? ConversationRows.EMPTY : this.#hold.rows(snapshot);
    this.#states.set(statesOf(snapshot, isFiltered(this)));
    // Before anything is written, while reading costs no layout.
    this.#rows.sync();
  }

  protected override firstUpdated(): void {
    this.#rows.attach(this.renderRoot);
  }

  protected override updated(): void {
    // The rows wait as they are, to be corrected where the list comes back.
    if (!this.isConnected) return;
    const {snapshot} = this;
    const {strings, lang} = this.#localize;
    const {selectedId, avatarPolicy, renderRow, previewFormatters} = this;
    const rebind = this.#binder.set({strings, lang, selectedId, avatarPolicy, renderRow, previewFormatters});
    const end = snapshot !== undefined && endOf(snapshot) !== undefined;
    const source = this.#stores.store?.source;
    const same = source === this.#drawnSource && snapshot?.filter === this.#drawn?.filter;
    const glides = same && snapshot?.order === this.#drawn?.order;
    this.#drawn = snapshot;
    this.#drawnSource = source;
    // A row that goes takes the focus with it, and this knowledge.
    const {focusedId} = this.#focus;
    this.#rows.update(this.#shown, {end, rebind, glides});
    // Conversations of another source, or through another filter, are another list: it is shown from its top.
    if (!same) this.scrollToTop();
    this.#focus.settle(focusedId);
    this.#showPills();
  }

  protected override render(): TemplateResult {
    const {snapshot} = this;
    const {strings} = this.#localize;
    const kind = panelOf(snapshot, isFiltered(this));
    const end = snapshot === undefined ? undefined : endOf(snapshot);
    const rows = this.#shown.length;
    const {waiting} = this.#hold;
    const note = strip(snapshot, strings, this.#actions);
    // The probe stands less deep than the grid: another height of row can take the grid's scrollbar, and browsers report
    // a "ResizeObserver loop" for sizes that change no deeper than the one just told.
    return html`
      <div class="probe" aria-hidden="true"></div>
      <slot name="header"></slot>
      <div class="frame">
        <div class="pills top">
          ${pill('updates', waiting, strings.updates, () => this.#hold.release())}
          <div class="unread above"></div>
        </div>
        <div
          class="viewport"
          part="list"
          role=${ifDefined(rows > 0 ? 'grid' : undefined)}
          tabindex=${rows > 0 ? 0 : -1}
          aria-label=${rows > 0 ? cleanName(this.label, strings.label) : nothing}
          aria-rowcount=${rows > 0 ? (snapshot?.page.status === 'done' ? rows : -1) : nothing}
          aria-busy=${snapshot?.page.status === 'loading'}
          @pointerdown=${(event: PointerEvent) => this.#press.handlePointerDown(event, this.window)}
          @pointermove=${this.#handlePointerMove}
          @pointerover=${({target}: PointerEvent) => this.#binder.reveal(target)}
          @pointerleave=${() => this.#hold.let('pointer')}
          @wheel=${this.#onWheel}
          @touchstart=${this.#onTouch}
          @touchend=${this.#onTouch}
          @touchcancel=${this.#onTouch}
          @click=${this.#handleClick}
          @keydown=${this.#handleKeyDown}
          @focusin=${(event: FocusEvent) => this.#focus.handleFocusIn(event)}
          @focusout=${this.#handleFocusOut}
        >
          <div class="rows" role=${ifDefined(rows > 0 ? 'rowgroup' : undefined)}></div>
          ${end === undefined || snapshot === undefined
            ? nothing
            : html`<div class="end" part="end" role="row">
                <div role="gridcell">${endContent(end, snapshot, strings, this.#actions)}</div>
              </div>`}
        </div>
        <div class="pills bottom"><div class="unread below"></div></div>
        ${kind === undefined ? nothing : panel(kind, snapshot, strings, this.#actions)}
      </div>
      <div class="strip" part="sync" role="status" ?hidden=${note === nothing}>${note}</div>
      <slot name="footer"></slot>
    `;
  }

  /** `changed`: only what the author has changed, as a provider's store may be filtered by others too. */
  #applySettings(store: ConversationStore, changed: ReadonlyMap<PropertyKey, unknown> | undefined): void {
    const first = changed === undefined;
    const touches = (set: boolean, ...keys: PropertyKey[]) =>
      first ? set || this.#stores.owned : keys.some((key) => changed.has(key));
    if (touches(isFiltered(this), 'type', 'mark', 'group', 'unread', 'mentions')) store.filter = readFilter(this);
    if (touches(this.order !== 'order-key', 'order')) store.order = readOrder(this.order);
    if (touches(this.pageSize !== 50, 'pageSize')) store.pageSize = readPageSize(this.pageSize);
  }

  #resetFilter(): void {
    this.type = this.mark = this.group = '';
    this.unread = this.mentions = false;
    const event = new ImFilterChangeEvent(readFilter(this));
    this.dispatchEvent(event);
  }

  #showPills(): void {
    showUnreadPills(this.renderRoot, this.#pills, this.#localize.strings, (where) => this.#goToUnread(where));
  }

  #goToUnread(where: 'above' | 'below'): void {
    const index = this.window === undefined ? -1 : this.#pills.nearest(this.window, this.#shown, where);
    if (index >= 0) this.#rows.scrollToIndex(index, 'center');
  }

  #handlePointerMove(event: PointerEvent): void {
    if (event.pointerType !== 'touch') this.#hold.hold('pointer');
  }

  readonly #onWheel = {handleEvent: () => this.#hold.hold('pointer'), passive: true};

  readonly #onTouch = {
    handleEvent: ({touches}: TouchEvent) => (touches.length > 0 ? this.#hold.hold('touch') : this.#hold.let('touch')),
    passive: true,
  };

  #handleKeyDown(event: KeyboardEvent): void {
    this.#focus.handleKeyDown(event);
    if (this.#focus.focusedId !== undefined) this.#hold.hold('focus');
  }

  #handleFocusOut(event: FocusEvent): void {
    this.#focus.handleFocusOut(event);
    if (this.#focus.focusedId === undefined) this.#hold.let('focus');
  }

  #handleClick(event: MouseEvent): void {
    const id = this.#press.idFor(event, this.window);
    if (id !== undefined) this.open(id);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'im-conversation-list': ImConversationList;
  }
}
