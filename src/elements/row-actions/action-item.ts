import type {ConversationAction} from '../../events/conversation-action-event.js';
import {cleanName, cleanText} from '../../format/text.js';
import type {Conversation} from '../../model/conversation.js';
import {icon} from './icons.js';

/** One thing that can be done to a conversation, as menus, buttons and swipes show it. */
export interface ActionItem {
  /** For the list's own: `pin`, `mark-read`, `mute`, `notify`, `star`, `fold`, `hide`, `groups`, `clear-history`, `delete`. */
  readonly id: string;
  readonly label: string;
  /** A character or two, or a node, of which copies are shown. The list's own items have icons by their `id`. */
  readonly icon?: string | Node | undefined;
  /** What it does. Default: `{name: id}`, for the app's listener; give it an `id` with a colon, such as `app:archive`. */
  readonly action?: ConversationAction | undefined;
  /** It can be on or off, and is. */
  readonly checked?: boolean | undefined;
  /** `radio`: of its neighbours of this kind one is on. `separator`: a line; only `id` is needed besides. */
  readonly kind?: 'item' | 'radio' | 'separator' | undefined;
  /** It destroys something. */
  readonly danger?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  /** Items behind it, one level deep. */
  readonly children?: readonly ActionItem[] | undefined;
}

/**
 * Decides what can be done to a conversation: the given items, or others, in any order. Nothing: no menu.
 *
 * What it throws is contained, and the list's own items stand.
 */
export type ActionsFunction = (conversation: Conversation, defaults: readonly ActionItem[]) => readonly ActionItem[];

/** More items than this are no menu. */
const MOST = 100;

/**
 * An app's items as they can be shown: whatever is no item is left out, and every label can be seen.
 *
 * @throws {TypeError} if it is no list
 */
export function readItems(given: unknown, deep = true): readonly ActionItem[] {
  if (!Array.isArray(given)) throw new TypeError('actions() must return an array of items.');
  return given.slice(0, MOST).flatMap((item: unknown) => {
    const read = readItem(item as Partial<ActionItem> | null | undefined, deep);
    return read === undefined ? [] : [read];
  });
}

function readItem(item: Partial<ActionItem> | null | undefined, deep: boolean): ActionItem | undefined {
  if (typeof item !== 'object' || item === null || typeof item.id !== 'string' || item.id === '') return undefined;
  const {id, kind, checked, danger, disabled, icon, action, children} = item;
  return {
    id,
    label: cleanName(item.label, cleanName(id, '…')),
    icon: typeof icon === 'string' ? cleanText(icon, 8) : icon instanceof Node ? icon : undefined,
    action: typeof action?.name === 'string' ? action : undefined,
    kind: kind === 'radio' || kind === 'separator' ? kind : 'item',
    checked: typeof checked === 'boolean' ? checked : undefined,
    danger: danger === true,
    disabled: disabled === true,
    children: deep && children !== undefined ? readItems(children, false) : undefined,
  };
}

/** The item of this id, at the top or behind another; separators and what is disabled or has items behind it are none. */
export function findItem(items: readonly ActionItem[], id: string): ActionItem | undefined {
  for (const item of items) {
    if (item.id === id && item.kind !== 'separator' && item.disabled !== true && item.children === undefined) return item;
    const behind = item.children && findItem(item.children, id);
    if (behind !== undefined) return behind;
  }
  return undefined;
}

/** What is shown for an item: the app's icon, else the list's own, else nothing. A new node each time. */
export function iconOf(item: ActionItem): Node | undefined {
  if (item.icon instanceof Node) return item.icon.cloneNode(true);
  if (item.icon === undefined || item.icon === '') return icon(glyphOf(item));
  const text = document.createElement('span');
  text.className = 'glyph glyph-text';
  text.setAttribute('aria-hidden', 'true');
  text.textContent = item.icon;
  return text;
}

/** Tells whether an item looks other than before. */
export function looksOf(item: ActionItem): string {
  return [item.id, item.label, typeof item.icon === 'string' ? item.icon : glyphOf(item)].join('\n');
}

/** Items that undo have the icon of what they undo to. */
function glyphOf({id, action}: ActionItem): string {
  if (id === 'pin') return action?.name === 'pin' && !action.pinned ? 'unpin' : 'pin';
  if (id === 'mark-read') return action?.name === 'mark-read' ? 'read' : 'unread';
  if (id === 'mute') return action?.name === 'notify' && action.level === 'all' ? 'unmute' : 'mute';
  return id;
}

/** What an item does. */
export function actionOf({id, action}: ActionItem): ConversationAction {
  return action ?? ({name: id} as ConversationAction);
}
