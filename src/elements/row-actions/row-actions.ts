import type {ConversationAction} from '../../events/conversation-action-event.js';
import {cleanName} from '../../format/text.js';
import type {Conversation} from '../../model/conversation.js';
import {toSourceError} from '../../model/errors.js';
import type {ConversationSource} from '../../model/source.js';
import type {ConversationStore} from '../../store/conversation-store.js';
import {PendingChanges} from '../../store/pending-changes.js';
import type {RowSlot} from '../../virtual/row-pool.js';
import type {ActionsHost} from '../actions-host.js';
import {hasOwnMenu, raiseAction} from '../actions.js';
import {changesOf} from './action-changes.js';
import {actionOf, findItem, type ActionItem} from './action-item.js';
import {ActionMenu} from './action-menu.js';
import {callSource} from './call-source.js';
import {isBuiltIn, labelOf, questionOf} from './action-words.js';
import {Notices} from './notices.js';
import type {Anchor} from './place-menu.js';
import {RowCells} from './row-cells.js';
import {RowItems} from './row-items.js';
import {RowKeys} from './row-keys.js';
import {RowTouch} from './row-touch.js';
import {rowActionStyles} from './row-actions.styles.js';

/** All that can be done to a list's rows: loaded when a person comes near them. */
export class RowActions {
  readonly items: RowItems;
  readonly cells: RowCells;
  readonly menu: ActionMenu;
  readonly host: ActionsHost;
  readonly #notices: Notices;
  readonly #keys: RowKeys;
  readonly #touch: RowTouch;
  /** Where the list had been scrolled to when the menu opened, px. */
  #scrolled = 0;
  /** What the menu that is open is about. */
  #about: {readonly id: string; readonly source: ConversationSource | null | undefined} | undefined;

  constructor(host: ActionsHost) {
    this.host = host;
    const {root, element} = host;
    const sheet = rowActionStyles.styleSheet;
    if (sheet !== undefined) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    this.items = new RowItems(host);
    this.cells = new RowCells(host, this.items);
    this.menu = new ActionMenu(element, root);
    this.#notices = new Notices(root.querySelector('.notices') as HTMLElement, () => host.strings);
    this.#keys = new RowKeys(this);
    this.#touch = new RowTouch(this);
  }

  /** The list has been drawn anew: whatever the rows depend on may be other than before. */
  updated(): void {
    this.cells.sync();
    this.#touch.updated();
    this.#notices.show();
    // To close it is to ask for another update: not from within this one.
    if (this.menu.isOpen) queueMicrotask(() => this.#followMenu());
  }

  bound(slot: RowSlot<Conversation>): void {
    this.cells.bound(slot);
    this.#touch.bound(slot);
  }

  /** The list has left the document. */
  leave(): void {
    this.menu.close(false);
    this.#touch.cancel();
    this.#notices.clear();
  }

  /** @param path - of an event that is over */
  handle(event: Event, path: readonly EventTarget[] = event.composedPath()): void {
    // The most frequent by far, and of no use but to a finger.
    if (event.type === 'pointermove' && (event as PointerEvent).pointerType !== 'touch') return;
    const slot = this.host.window?.slotIn(path);
    switch (event.type) {
      case 'pointerover':
        if ((event as PointerEvent).pointerType === 'touch') return;
        return this.#hover(slot?.id);
      case 'pointerleave':
        return this.#hover(undefined);
      case 'focusin':
        return this.#keys.focusIn(path, slot);
      case 'focusout':
        return this.#keys.focusOut(event as FocusEvent);
      case 'keydown':
        if ((event as KeyboardEvent).key === 'Escape' && this.#touch.escape()) return event.preventDefault();
        return this.#keys.keyDown(event as KeyboardEvent, path, slot);
      case 'contextmenu':
        return this.#contextMenu(event as MouseEvent, path, slot);
      case 'scroll':
        return this.#scroll();
      default:
        return this.#touch.handle(event as PointerEvent, slot);
    }
  }

  /** Whether a click belongs to the actions; if so, it is dealt with. */
  takesClick(event: MouseEvent): boolean {
    const path = event.composedPath();
    if (this.#touch.takesClick(event, path)) return true;
    const slot = this.host.window?.slotIn(path);
    const cell = slot && this.cells.in(slot.element);
    if (slot?.id === undefined || cell === undefined || !path.includes(cell.element)) return false;
    const button = cell.buttons.find((one) => path.includes(one));
    if (button === cell.more) this.#toggleMenu(slot.id, button);
    const item = button && cell.itemOf(button);
    if (item !== undefined) this.choose(slot.id, item);
    return button !== undefined;
  }

  /** Opens a conversation's menu. Returns whether there is anything in it. */
  open(id: string, anchor: Anchor, opener?: HTMLElement): boolean {
    const items = this.items.of(id);
    if (items.length === 0) return false;
    const {host} = this;
    const title = this.#titleOf(id);
    this.#begin(id);
    this.menu.show({
      title,
      label: host.strings.more(title),
      items,
      anchor,
      opener,
      choose: (item) => this.choose(id, item, anchor),
      closed: (back) => this.#ended(id, back),
    });
    void this.items.askGroups().then((some) => some && this.#followMenu());
    return true;
  }

  /**
   * The person has chosen an item: asks the app, then the person where nothing can be undone, then the source.
   *
   * @param anchor - where to ask; at the row if absent
   */
  choose(id: string, item: ActionItem, anchor: Anchor | undefined = this.#boxOf(id)): void {
    const {host} = this;
    const conversation = host.find(id);
    const action = actionOf(item);
    if (conversation === undefined || !raiseAction(host.element, conversation, action) || !isBuiltIn(action)) return;
    const question = questionOf(action, host.strings);
    const go = (): void => {
      const {store} = host;
      if (store !== undefined) void this.carryOut(store, conversation, action, item.label);
    };
    if (question === undefined || anchor === undefined) return go();
    this.#begin(id);
    const closed = (back: boolean): void => this.#ended(id, back);
    this.menu.ask({title: this.#titleOf(id), anchor, closed}, question, (yes) => yes && go());
  }

  /** Has the source do it: shows it at once, and if it fails puts it back and says so. Never rejects. */
  async carryOut(store: ConversationStore, conversation: Conversation, action: ConversationAction, label?: string): Promise<boolean> {
    const {id} = conversation;
    const {host} = this;
    const {source, snapshot} = store;
    if (source === null) return false;
    host.hold.dismiss(id);
    try {
      await PendingChanges.of(store).run(id, changesOf(action, snapshot.groups), (options) => callSource(source, id, action, options));
      return true;
    } catch (thrown) {
      const error = toSourceError(thrown);
      store.tell(error, 'action');
      if (store !== host.store || store.source !== source || !host.element.isConnected) return false;
      // What comes back is to be seen.
      host.hold.release();
      const again = error.code === 'unsupported' ? undefined : () => void this.carryOut(store, conversation, action, label);
      this.#notices.add({title: this.#nameOf(conversation), label: label ?? labelOf(action, host.strings), error, retry: again});
      return false;
    }
  }

  #toggleMenu(id: string, button: HTMLElement): void {
    if (this.menu.opener === button) this.menu.close(true);
    else this.open(id, button.getBoundingClientRect(), button);
  }

  #contextMenu(event: MouseEvent, path: readonly EventTarget[], slot: RowSlot<Conversation> | undefined): void {
    if (slot?.id === undefined || this.items.of(slot.id).length === 0 || hasOwnMenu(path)) return;
    event.preventDefault();
    this.#touch.pressed();
    if (this.menu.isOpen && event.button !== 2) return;
    const {clientX: x, clientY: y} = event;
    // From the keyboard it comes with no place, or with the row's.
    const key = event.button !== 2 && (event as Partial<PointerEvent>).pointerType === '';
    const box = key || (x === 0 && y === 0) ? this.#boxOf(slot.id) : undefined;
    this.open(slot.id, box ?? {left: x, right: x, top: y, bottom: y});
  }

  #hover(id: string | undefined): void {
    if (id === this.cells.hovered) return;
    this.cells.hovered = id;
    this.cells.sync();
  }

  #scroll(): void {
    const top = this.host.root.querySelector('.viewport')?.scrollTop ?? 0;
    if (Math.abs(top - this.#scrolled) < 2) return;
    this.#scrolled = top;
    if (this.menu.isOpen) this.menu.close(true);
    this.#touch.scrolled();
  }

  #begin(id: string): void {
    this.menu.close(false);
    this.#about = {id, source: this.host.store?.source};
    this.#scrolled = this.host.root.querySelector('.viewport')?.scrollTop ?? 0;
    this.host.hold.hold('menu', false);
  }

  /** Its conversation may have gone while the menu is open, or another source have come; or there are other items. */
  #followMenu(): void {
    if (this.#about === undefined) return;
    const {id, source} = this.#about;
    const items = this.host.store?.source === source ? this.items.of(id) : [];
    if (items.length === 0) this.menu.close(this.menu.focused);
    else {
      const title = this.#titleOf(id);
      this.menu.renew({items, title, label: this.host.strings.more(title)});
    }
  }

  #ended(id: string, back: boolean): void {
    this.#about = undefined;
    this.host.hold.let('menu');
    if (back) return this.focusRow(id);
    this.cells.active = undefined;
    this.cells.sync();
  }

  /** Focuses a conversation's row; the one that had focus last if it has gone. */
  focusRow(id: string): void {
    const slot = this.host.window?.slotFor(id);
    if (slot === undefined) this.host.focus();
    else slot.element.focus({preventScroll: true});
  }

  /** A conversation's item of this id. */
  item(id: string, name: string): ActionItem | undefined {
    return findItem(this.items.of(id), name);
  }

  #boxOf(id: string): Anchor | undefined {
    return this.host.window?.slotFor(id)?.element.getBoundingClientRect();
  }

  #titleOf(id: string): string {
    return this.#nameOf(this.host.find(id));
  }

  #nameOf(conversation: Conversation | undefined): string {
    return cleanName(conversation?.title, cleanName(conversation?.targetId, this.host.strings.unnamed));
  }
}
