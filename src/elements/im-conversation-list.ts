import {html, isServer, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property} from 'lit/decorators/property.js';
import {ifDefined} from 'lit/directives/if-defined.js';
import {ClockController} from '../controllers/clock-controller.js';
import {LocalizeController} from '../controllers/localize-controller.js';
import {RowsController} from '../controllers/rows-controller.js';
import {backToField, linkList} from '../controllers/search-link.js';
import {StoreController} from '../controllers/store-controller.js';
import {ScrollMemoryController} from '../controllers/scroll-memory-controller.js';
import {UnreadPillsController} from '../controllers/unread-pills-controller.js';
import type {ConversationAction} from '../events/conversation-action-event.js';
import {ImErrorEvent} from '../events/error-event.js';
import type {AvatarPolicy} from '../format/avatar.js';
import {cleanName} from '../format/text.js';
import type {StringOverrides} from '../locales/strings.js';
import type {Conversation} from '../model/conversation.js';
import {toSourceError} from '../model/errors.js';
import type {SearchKeys} from '../model/search.js';
import type {ConversationSource} from '../model/source.js';
import type {ConversationStore, StoreChange} from '../store/conversation-store.js';
import {loadUntil} from '../store/load-until.js';
import {viewOf} from '../store/search-view.js';
import {ConversationRows, type ConversationSnapshot} from '../store/snapshot.js';
import type {RowWindow} from '../virtual/row-window.js';
import {ActionsController} from './actions-controller.js';
import {actionsHost} from './actions-host.js';
import {avatarStyles} from './avatar.styles.js';
import {checkboxStyles} from './checkbox.styles.js';
import {CustomStates} from './custom-states.js';
import {HandedList, type ListInside} from './handed-list.js';
import {listStyles} from './im-conversation-list.styles.js';
import {checkDensity, isFiltered} from './list-attributes.js';
import {endContent, endOf, panel, panelOf, pill, showPills, statesOf, strip, type StateActions} from './list-states.js';
import {RowBinder, type BinderSetting, type PreviewFormatters} from './row-binder.js';
import {RowTemplateController} from './row-template-controller.js';
import type {RowRenderer} from './row-view.js';
import type {ActionsFunction} from './row-actions/action-item.js';
import {rowStyles} from './row.styles.js';
import {ServedRows} from './served-rows.js';
import {servedStyles} from './served.styles.js';
import {serverHook} from './server-hook.js';
import {SharedSettings} from './shared-settings.js';
import {relayChange} from './store-events.js';
import {VERSION} from './version.js';

/** As many rows are wanted at most while something is looked for. */
const SEARCHED = 50;

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
 * @fires {ImBulkActionEvent} im-bulk-action - Something is about to be done to several conversations; cancelable.
 * @fires {ImBulkResultEvent} im-bulk-result - What became of it, for each of them.
 * @fires {ImSelectionChangeEvent} im-selection-change - The person selected others, or a selected one is gone.
 * @fires {ImConversationsChangeEvent} im-conversations-change - Live changes reached the list: added, changed, removed ids.
 * @fires {ImSyncChangeEvent} im-sync-change - The source began, moved on, ended or failed to sync.
 * @fires {ImUnreadChangeEvent} im-unread-change - The source's unread total changed.
 * @fires {ImPageLoadEvent} im-page-load - A page landed.
 * @fires {ImFilterChangeEvent} im-filter-change - The person reset the filter in the list.
 * @fires {ImSearchChangeEvent} im-search-change - The person cleared the search in the list.
 * @fires {ImErrorEvent} im-error - Something failed; `error.code` says what.
 *
 * @slot header - Above the rows; a search field, filters and badges in it show this list's store.
 * @slot empty - In the place of the text when there is no conversation.
 * @slot empty-search - In the place of the text when a search finds nothing.
 * @slot error - In the place of the text when the first page failed.
 * @slot selection - In the bar of the selected, in the place of its buttons for actions.
 * @slot footer - Below the rows.
 * @slot row - A `<template>` of a row's content, with `{{title}}` and the like; `renderRow` goes before it.
 * @slot fallback - Links to the conversations, for pages from a server; shown only while no script runs.
 *
 * @csspart list - The scrolling grid.
 * @csspart row - A row; with it, as they apply: `unread`, `pinned`, `muted`, `mention`, `selected`, `checked`, `checkable`, `gone`.
 * @csspart conversation - The row's content.
 * @csspart checkbox - The box of a row that can be selected with others; with it, where it is, `checked`.
 * @csspart avatar - The round picture or initials.
 * @csspart initials - The letters in it.
 * @csspart members - A group's avatar made of its members.
 * @csspart member - One of them.
 * @csspart presence - The dot on the avatar; with it the presence: `online`, `away`, `busy`, `offline`.
 * @csspart text - The two lines beside the avatar.
 * @csspart title - The name.
 * @csspart match - What was looked for, in a name or preview.
 * @csspart verified-icon - The check behind a verified name.
 * @csspart tags - The tags behind the name.
 * @csspart tag - One of them.
 * @csspart time - The time of the last message.
 * @csspart preview - The second line; with it its kind: `message`, `typing`, `draft`, `sending`, `failed`, `notice`, `none`.
 * @csspart preview-text - Its text, without the prefix.
 * @csspart delivery - The ticks of an own message; with it how far it got: `sent`, `delivered`, `read`.
 * @csspart prefix - The sender, or "Draft", in the preview.
 * @csspart thumbnail - The small picture in the preview.
 * @csspart badge - The unread count; with it `dot` where it has no number.
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
 * @csspart pill - A control over the rows; with it its purpose: `updates`, `unread-above`,
 *   `unread-below`, `jump-to-top`.
 * @csspart selection - The bar below the rows while several are selected.
 * @csspart selection-text - Its text.
 * @csspart pull - What shows while the list is pulled down to refresh it.
 * @csspart spinner - The ring in it.
 * @csspart button - Every button; with it its purpose: `retry`, `load-more`, `reset`, `mark-read`, `delete`,
 *   `pin`, `mute`, `more`, `confirm-delete`, `confirm-clear-history`, `confirm`, `cancel`, `dismiss`, `select-all`,
 *   `clear-selection`.
 * @csspart actions - The cell of a row's buttons.
 * @csspart action - One of them; with it `more` for the one that opens the menu.
 * @csspart menu - The menu of a row, or of all that are selected.
 * @csspart menu-item - One of its items; with it, as they apply: `danger`, `back`.
 * @csspart menu-separator - A line between items.
 * @csspart question - What is asked before a deletion.
 * @csspart swipe - What a swipe shows; with it the side: `start`, `end`.
 * @csspart swipe-action - One of the actions in it; with it, as it applies, `danger`.
 * @csspart notices - Where failed actions are told.
 * @csspart notice - One of them.
 *
 * @cssproperty [--im-conversation-list-row-height=64px] - Height of a row; 72px comfortable, 44px compact.
 * @cssproperty [--im-conversation-list-row-gap=0.75rem] - Space between avatar and text.
 * @cssproperty [--im-conversation-list-row-padding-inline=0.75rem] - Space inside a row's sides.
 * @cssproperty [--im-conversation-list-row-margin-inline=0px] - Space outside a row's background, at its sides.
 * @cssproperty [--im-conversation-list-row-margin-block=0px] - Space outside a row's background, above and below.
 * @cssproperty [--im-conversation-list-row-border-radius=0] - Rounding of a row's background.
 * @cssproperty [--im-conversation-list-font-family=system-ui] - Typeface.
 * @cssproperty [--im-conversation-list-font-size=0.9375rem] - Size of a name.
 * @cssproperty [--im-conversation-list-color=CanvasText] - Text.
 * @cssproperty [--im-conversation-list-background=Canvas] - Background.
 * @cssproperty [--im-conversation-list-secondary-color] - Previews, times, icons, hints.
 * @cssproperty [--im-conversation-list-accent-color] - Badges, unread times, typing, focus, buttons.
 * @cssproperty [--im-conversation-list-accent-text-color] - Text on the accent colour.
 * @cssproperty [--im-conversation-list-error-color] - Errors and drafts.
 * @cssproperty [--im-conversation-list-border-color] - Lines.
 * @cssproperty [--im-conversation-list-hover-background] - A row under the pointer.
 * @cssproperty [--im-conversation-list-selected-background] - The open conversation.
 * @cssproperty [--im-conversation-list-menu-background] - Menus; by default as the list.
 * @cssproperty [--im-conversation-list-match-background] - What was looked for.
 * @cssproperty [--im-conversation-list-focus-color] - Outline of what has focus.
 * @cssproperty [--im-conversation-list-avatar-size=48px] - Diameter of an avatar; 54px comfortable, 28px compact.
 * @cssproperty [--im-conversation-list-avatar-border-radius=50%] - Shape of an avatar.
 * @cssproperty [--im-conversation-list-avatar-color=#fff] - Initials.
 * @cssproperty [--im-conversation-list-avatar-font-weight=600] - Weight of the initials.
 * @cssproperty [--im-conversation-list-avatar-background-0] - First of the eight colours behind initials; the others end in `-1` to `-7`.
 * @cssproperty [--im-conversation-list-online-presence-color] - The dot of somebody who is there.
 * @cssproperty [--im-conversation-list-away-presence-color] - The dot of somebody who is away.
 * @cssproperty [--im-conversation-list-busy-presence-color] - The dot of somebody who is busy.
 * @cssproperty [--im-conversation-list-title-color] - Names.
 * @cssproperty [--im-conversation-list-title-font-size] - Size of a name, where it is not that of the list.
 * @cssproperty [--im-conversation-list-title-font-weight=500] - Weight of a name without unread messages.
 * @cssproperty [--im-conversation-list-unread-title-font-weight=700] - Weight of a name with unread messages.
 * @cssproperty [--im-conversation-list-time-color] - Times.
 * @cssproperty [--im-conversation-list-time-font-size=0.8em] - Size of a time.
 * @cssproperty [--im-conversation-list-unread-time-color] - The time of a conversation with unread messages.
 * @cssproperty [--im-conversation-list-preview-color] - Previews.
 * @cssproperty [--im-conversation-list-preview-font-size=0.92em] - Size of a preview.
 * @cssproperty [--im-conversation-list-prefix-color] - The sender's name in a preview.
 * @cssproperty [--im-conversation-list-draft-color] - The word "Draft".
 * @cssproperty [--im-conversation-list-typing-color] - Who is typing.
 * @cssproperty [--im-conversation-list-delivery-color] - Ticks.
 * @cssproperty [--im-conversation-list-read-delivery-color] - Ticks of what was read.
 * @cssproperty [--im-conversation-list-icon-color] - The bell and the pin.
 * @cssproperty [--im-conversation-list-verified-icon-color] - The check behind a name.
 * @cssproperty [--im-conversation-list-tag-color] - Tags.
 * @cssproperty [--im-conversation-list-tag-background] - Background of a tag.
 * @cssproperty [--im-conversation-list-tag-border-color] - Border of a tag.
 * @cssproperty [--im-conversation-list-tag-border-radius=0.3em] - Rounding of a tag.
 * @cssproperty [--im-conversation-list-badge-background] - The unread count.
 * @cssproperty [--im-conversation-list-badge-color] - Its text.
 * @cssproperty [--im-conversation-list-badge-font-size=0.75rem] - Its size.
 * @cssproperty [--im-conversation-list-badge-border-radius=999px] - Its rounding.
 * @cssproperty [--im-conversation-list-muted-background] - The badge of a muted conversation.
 * @cssproperty [--im-conversation-list-mention-background] - The `@` of a mention.
 * @cssproperty [--im-conversation-list-mention-color] - Its text.
 * @cssproperty [--im-conversation-list-pill-background] - The controls over the rows.
 * @cssproperty [--im-conversation-list-pill-color] - Their text.
 * @cssproperty [--im-conversation-list-button-color] - Buttons.
 * @cssproperty [--im-conversation-list-button-border-radius=999px] - Their rounding.
 * @cssproperty [--im-conversation-list-ghost-background] - The shapes before the first page.
 * @cssproperty [--im-conversation-list-sync-background] - The strip below the rows.
 * @cssproperty [--im-conversation-list-sync-color] - Its text.
 *
 * @cssstate loading - The first page is on its way.
 * @cssstate empty - There is no conversation.
 * @cssstate filtered - There is none because of the filter.
 * @cssstate searching - A search goes on.
 * @cssstate unfound - There is none because of the search.
 * @cssstate error - The first page failed.
 * @cssstate page-failed - A later page failed.
 * @cssstate paused - Loading waits for "load more".
 * @cssstate end - Everything is loaded.
 * @cssstate syncing - The source is syncing.
 * @cssstate failed - The last sync failed.
 * @cssstate selecting - Checkboxes show, and a tap selects.
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
export class ImConversationList extends HandedList {
  static override styles = [listStyles, rowStyles, avatarStyles, checkboxStyles, servedStyles];

  /** The version of the package that this class is from. */
  static readonly version: string = VERSION;

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

  /** Show only pinned conversations. */
  @property({type: Boolean}) pinned = false;

  /**
   * Show only what has all of these words in its name, the id behind it, its draft or its last message, and what the source
   * finds by them. Shared with the search field and the other lists of a store, like the filter.
   */
  @property() search = '';

  /** More to find a conversation by, in an app's own words: pinyin, a nickname. What it throws is told once. */
  @property({attribute: false}) searchKeys: SearchKeys | undefined = undefined;

  /** Conversations per page, or `all` to pull everything at once. Never more than the source allows. */
  @property({attribute: 'page-size'}) pageSize: number | string = 50;

  /** Sort by the source's `order-key`, or by the time of the `last-message`. */
  @property() order: 'order-key' | 'last-message' = 'order-key';

  /** Height of the rows: `default` 64 px, `comfortable` 72 px, `compact` 44 px. */
  @property({reflect: true}) density: 'default' | 'comfortable' | 'compact' = 'default';

  /** Rows that a server renders of `conversations`, at most. Of no effect in a browser. */
  @property({attribute: 'server-rows', type: Number}) serverRows = 20;

  /** The list's accessible name. Default: "Conversations" in the list's language. */
  @property() label = '';

  /** Draws the content of a row; what it throws is contained and the built-in content shown. */
  @property({attribute: false}) renderRow: RowRenderer | undefined = undefined;

  /**
   * Previews by message type, in an app's own words: each is given the message and its conversation and returns a line of
   * text, '' for the built-in one. What one throws is contained.
   */
  @property({attribute: false}) previewFormatters: PreviewFormatters | undefined = undefined;

  /**
   * Decides what can be done to a conversation: is given the conversation and the items that its source allows, and
   * returns those to show. What it throws is contained.
   */
  @property({attribute: false}) actions: ActionsFunction | undefined = undefined;

  /** Actions with a button of their own in the row under the pointer or with focus: ids of items, separated by spaces. */
  @property({attribute: 'quick-actions'}) quickActions = 'pin mark-read';

  /** Actions that a swipe towards the row's end shows at its start, at most three; a full swipe does the first. */
  @property({attribute: 'swipe-start'}) swipeStart = 'mark-read';

  /** Actions that a swipe towards the row's start shows at its end, at most three; a full swipe does the first. */
  @property({attribute: 'swipe-end'}) swipeEnd = 'mute delete';

  /** Words in place of the built-in ones; a function that throws is told once, and the built-in words stand. */
  @property({attribute: false}) strings: StringOverrides | undefined = undefined;

  /** Decides what an avatar, a member's too, and a thumbnail may load. Default: absolute `https:` URLs only. */
  @property({attribute: false}) avatarPolicy: AvatarPolicy | undefined = undefined;

  readonly #stores = new StoreController(this, {consume: true, share: true});
  readonly #rows = new RowsController(this, () => this.roving.focusedId);
  readonly #localize = new LocalizeController(this);
  readonly #pills = new UnreadPillsController(this, () => this.#showPills());
  readonly #template = new RowTemplateController(this);
  readonly #served = new ServedRows(this);
  readonly #binder = new RowBinder({
    fail: (error) => this.dispatchEvent(error),
    isGone: (id) => this.hold.isGone(id),
    bound: (slot) => this.#acts.bound(slot),
    served: this.#served,
  });
  readonly #acts = new ActionsController(this, actionsHost(this, this.#stores, this.#localize, this.hold));
  readonly #memory = new ScrollMemoryController(this, this.#rows, () => this.#stores.store);
  readonly #states = new CustomStates(this.attachInternals());
  readonly #settings = new SharedSettings(this);
  readonly #actions: StateActions = {
    retry: () => void this.loadMore(),
    refresh: () => void this.refresh(),
    resetFilter: () => this.#settings.resetFilter(),
    resetSearch: () => this.#settings.resetSearch(),
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
    this.hold.release();
    // They are conversations of another source.
    if (source !== this.source) this.selected.set([]);
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
  #unlink: (() => void) | undefined;
  /** The rows as they are shown: the snapshot's, or in an order that is held. */
  #shown = ConversationRows.EMPTY;
  /** What all rows depend on has changed since they were drawn. */
  #rebind = false;
  /** What was drawn last, */
  #drawn: ConversationSnapshot | undefined;
  /** and whose it was. */
  #drawnSource: ConversationSource | null | undefined;

  /** @internal For the focus controller. */
  override get window(): RowWindow<Conversation> | undefined {
    return this.#rows.window;
  }

  /** What the list shows at this moment, as an immutable value; `undefined` without a source. */
  override get snapshot(): ConversationSnapshot | undefined {
    const {snapshot} = this.#stores;
    return snapshot && viewOf(snapshot);
  }

  /** Loads the next page, or a failed one again. Resolves when it has landed or failed. */
  override async loadMore(): Promise<void> {
    await this.#stores.store?.loadMore();
  }

  /** Pages again from the start. The rows stay and are corrected. */
  override async refresh(): Promise<void> {
    await this.#stores.store?.refresh();
  }

  /**
   * Brings a conversation into view, loading pages until it is there.
   *
   * @param align - where it then stands: in the middle, or at the top
   * @returns whether the list has it; `false` too if the list was disconnected or a page failed on the way.
   */
  async scrollToConversation(id: string, align: 'center' | 'start' = 'center'): Promise<boolean> {
    const {store} = this.#stores;
    const goesOn = () => store === this.#stores.store && this.isConnected;
    if (store === undefined || !(await loadUntil(store, id, goesOn))) return false;
    // Asked for by name, it must not wait behind an order that is held.
    this.hold.release();
    this.requestUpdate();
    await this.updateComplete;
    this.#rows.scrollToIndex(this.#shown.indexOf(id), align);
    return true;
  }

  /** Scrolls to the newest conversation. */
  scrollToTop(): void {
    this.#rows.scrollToIndex(0, 'start');
  }

  /**
   * Does something to a conversation as if the person had asked for it, and had said yes: raises
   * `im-conversation-action` and, unless that is cancelled, calls the source. What comes of it shows at once; a failure
   * puts it back and is told in the list and by `im-error`. Does nothing while disconnected.
   *
   * @returns whether it was done; `false` too after 30 s without an answer
   */
  async performAction(id: string, action: ConversationAction): Promise<boolean> {
    return this.isConnected && this.#acts.perform(id, action);
  }

  /** @internal For the grid's input. */
  override pointed(target: EventTarget | null): void {
    this.#binder.reveal(target);
  }

  /** @internal For the grid's input. */
  override takesClick(event: MouseEvent): boolean {
    return this.#acts.takes(event);
  }

  /** @internal For the grid's input. */
  override leaves(event: KeyboardEvent): boolean {
    // What is selected is let go first.
    if (event.key === 'Escape' && this.selected.multiple && (this.selecting || this.selected.ids.size > 0)) return false;
    return backToField(event, this.#stores.store, this.window);
  }

  protected override keep(id: string | null | undefined): void {
    this.#settings.keep(id, this.#stores.store);
  }

  protected override get inside(): ListInside {
    const {strings, lang} = this.#localize;
    return {
      store: this.#stores.store,
      shown: this.#shown,
      strings,
      lang,
      actions: () => this.#acts.view,
      scrollToIndex: (index) => this.#rows.scrollToIndex(index),
    };
  }

  /** @internal */
  storeBound(store: ConversationStore | undefined): void {
    this.#unlink?.();
    this.#unlink = store && linkList(store, this.roving);
    this.#settings.apply(store, undefined, this.#stores.owned);
  }

  /** @internal */
  storeChanged(change: StoreChange): void {
    this.#settings.follow(this.#stores.store);
    relayChange(this, change);
    this.announcer.changed(change, this.selectedId);
    this.hands.changed(change);
  }

  /** @internal For the rows controller. */
  get binder(): RowBinder {
    return this.#binder;
  }

  /** @internal */
  rowsWanted(count: number): void {
    // Of what is found there is no more by paging, but on demand.
    this.#stores.store?.want(this.search ? Math.min(count, SEARCHED) : count);
  }

  /** @internal */
  rowsMoved(): void {
    const end = this.renderRoot.querySelector<HTMLElement>('.end');
    const {window} = this;
    if (window === undefined) return;
    if (end !== null) end.style.transform = `translateY(${window.endY}px)`;
    if (window.shown) this.#served.drawn();
    this.roving.drawn();
    this.#pills.moved(window, () => this.#shown);
    this.#memory.moved();
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    return this.#served.takeOver() ?? super.createRenderRoot();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    this.#localize.overrides = this.strings;
    if (changed.has('density')) checkDensity(this.density);
    // The first time all counts as changed, and nobody has changed it: a provider's store stays as others have set it.
    this.#settings.apply(this.#stores.store, this.hasUpdated ? changed : undefined, this.#stores.owned);
    const {snapshot} = this;
    this.#shown = snapshot === undefined ? ConversationRows.EMPTY : this.hold.rows(snapshot);
    this.#served.update(snapshot, this.#stores.store?.source ?? null, isFiltered(this));
    const selecting = this.selecting && this.selected.multiple;
    this.#states.set({...statesOf(snapshot, isFiltered(this)), selecting});
    if (this.#binder.set(this.#setting(snapshot))) this.#rebind = true;
    // Before anything is written, while reading costs no layout.
    this.#rows.sync();
  }

  protected override firstUpdated(): void {
    this.#served.place(this.scroller as HTMLElement);
    this.#rows.attach(this.renderRoot);
    this.input.attach(this.scroller as HTMLElement);
    this.#acts.attach(this.scroller as HTMLElement);
  }

  protected override updated(): void {
    // The rows wait as they are, to be corrected where the list comes back.
    if (!this.isConnected) return;
    const {snapshot} = this;
    const end = snapshot !== undefined && endOf(snapshot) !== undefined ? 1 : 0;
    const source = this.#stores.store?.source;
    const drawn = this.#drawn;
    const asked = snapshot?.filter === drawn?.filter && snapshot?.search?.query === drawn?.search?.query;
    const another = source !== this.#drawnSource;
    const same = asked && !another;
    const glides = same && snapshot?.order === drawn?.order;
    this.#drawn = snapshot;
    this.#drawnSource = source;
    // A row that goes takes the focus with it, and this knowledge.
    const {focusedId} = this.roving;
    this.#rows.update(this.#shown, {end: this.#served.standing || end, rebind: this.#rebind, glides});
    this.#rebind = false;
    if (this.#served.waiting) this.#served.resume(this.#rows);
    // Conversations of another source, or through another filter, are another list: it is shown from its top.
    else if (!same) this.scrollToTop();
    if (another) void this.#memory.bind(source);
    this.roving.settle(focusedId);
    this.hands.drawn(this.#shown);
    this.#acts.updated();
    this.#showPills();
  }

  protected override render(): TemplateResult {
    const {snapshot} = this;
    const {strings} = this.#localize;
    const kind = panelOf(snapshot, isFiltered(this));
    const end = snapshot === undefined || isServer ? undefined : endOf(snapshot);
    const rows = this.#shown.length + this.#served.standing;
    const first = serverHook.rows?.(this.#shown, this.serverRows, this.#binder, this.renderRow) ?? nothing;
    const {waiting} = this.hold;
    const note = strip(snapshot, strings, this.#actions);
    // The probe stands less deep than the grid: another height of row can take the grid's scrollbar, and browsers report
    // a "ResizeObserver loop" for sizes that change no deeper than the one just told.
    return html`
      <div class="probe" aria-hidden="true"></div>
      <slot name="header"></slot>
      ${isServer ? html`<slot name="fallback"></slot>` : nothing}
      <div class="frame">
        <div class="pills top">
          ${pill('updates', waiting, strings.updates, () => this.hold.release())}
          <div class="unread above"></div>
        </div>
        <div
          class="viewport"
          part="list"
          role=${ifDefined(rows > 0 ? 'grid' : undefined)}
          tabindex=${rows > 0 ? 0 : -1}
          aria-label=${rows > 0 ? cleanName(this.label, strings.label) : nothing}
          aria-rowcount=${rows > 0 ? (snapshot?.page.status === 'done' ? rows : -1) : nothing}
          aria-multiselectable=${ifDefined(rows > 0 && this.selected.multiple ? 'true' : undefined)}
          aria-busy=${snapshot?.page.status === 'loading'}
        >
          <div class="rows" role=${ifDefined(rows > 0 ? 'rowgroup' : undefined)}>${first}</div>
          ${end === undefined || snapshot === undefined
            ? nothing
            : html`<div class="end" part="end" role="row">
                <div role="gridcell">${endContent(end, snapshot, strings, this.#actions)}</div>
              </div>`}
        </div>
        <div class="pills bottom"><div class="unread below"></div></div>
        ${kind === undefined || this.#served.standing > 0 ? nothing : panel(kind, snapshot, strings, this.#actions)}
      </div>
      <div class="bar" part="selection" role="group" hidden></div>
      <div class="live" role="status"></div>
      <div class="notices" part="notices" role="alert"></div>
      <div class="strip" part="sync" role="status" ?hidden=${note === nothing}>${note}</div>
      <slot name="footer"></slot>
      <slot name="row" hidden @slotchange=${this.#template.handleSlotChange}></slot>
    `;
  }

  /** What all rows depend on. */
  #setting(snapshot: ConversationSnapshot | undefined): BinderSetting {
    const {strings, lang} = this.#localize;
    const {selectedId, avatarPolicy, renderRow, previewFormatters, selecting} = this;
    return {
      ...{strings, lang, selectedId, avatarPolicy, renderRow, previewFormatters, selecting},
      checkedIds: this.selected.multiple ? this.selected.ids : undefined,
      total: this.labelPosition ? this.#shown.length : undefined,
      whole: snapshot?.page.status === 'done',
      rowTemplate: this.#template.template,
      find: snapshot?.search?.find,
    };
  }

  #showPills(): void {
    showPills(this.renderRoot, this.#pills, this.#localize.strings, (where) => this.#goTo(where));
  }

  #goTo(where: 'above' | 'below' | 'top'): void {
    const {window} = this;
    if (window === undefined) return;
    const index = where === 'top' ? 0 : this.#pills.nearest(window, this.#shown, where);
    if (index < 0) return;
    this.#rows.scrollToIndex(index, 'center');
    // The control goes, now that this is near, and takes no focus with it.
    if (where === 'top') this.roving.moveTo(0);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'im-conversation-list': ImConversationList;
  }
}
