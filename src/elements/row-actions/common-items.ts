import type {ConversationAction} from '../../events/conversation-action-event.js';
import {actionOf, findItem, type ActionItem} from './action-item.js';

/** Conversations that the same can be done to. */
export interface Alike {
  readonly items: readonly ActionItem[];
  readonly ids: readonly string[];
}

/**
 * What can be done to several: the items that all of them have. Of an item that puts something on some and takes it off
 * others, the one that puts it on.
 */
export function commonItems(kinds: readonly Alike[]): readonly ActionItem[] {
  const lists = kinds.map(({items}) => items);
  // One that has nothing unread may have fewer.
  const longest = lists.reduce((most, list) => (list.length > most.length ? list : most), []);
  return withoutLooseLines(longest.flatMap((item) => common(item, lists)));
}

/** Those of the ids that an item of {@link commonItems} changes; also those of which nothing is known. */
export function idsFor(item: ActionItem, ids: readonly string[], kinds: readonly Alike[]): readonly string[] {
  const puts = putsOn(actionOf(item));
  const others = new Set<string>();
  for (const kind of kinds) {
    const own = findItem(kind.items, item.id);
    if (own === undefined || putsOn(actionOf(own)) !== puts) for (const id of kind.ids) others.add(id);
  }
  return others.size === 0 ? ids : ids.filter((id) => !others.has(id));
}

function common(item: ActionItem, lists: readonly (readonly ActionItem[])[]): readonly ActionItem[] {
  if (item.kind === 'separator') return [item];
  if (item.disabled === true) return [];
  if (item.children !== undefined) {
    const children = item.children.flatMap((child) => common(child, lists));
    return children.some(({kind}) => kind !== 'separator') ? [{...item, children}] : [];
  }
  const each = lists.flatMap((list) => findItem(list, item.id) ?? []);
  // To mark as read what has nothing unread is no item of its own, and no obstacle.
  if (each.length < lists.length && item.id !== 'mark-read') return [];
  const shown = each.find((one) => putsOn(actionOf(one))) ?? item;
  return [shown.checked === undefined ? shown : {...shown, checked: each.every(({checked}) => checked === true)}];
}

/** Of two opposite actions the one that is meant for several of which only some need it; anything else has no opposite. */
function putsOn(action: ConversationAction): boolean {
  switch (action.name) {
    case 'pin':
      return action.pinned;
    case 'notify':
      return action.level !== 'all';
    case 'mark-unread':
      return !action.unread;
    case 'mark':
      return action.on && action.mark !== 'unread';
    case 'group':
      return action.on;
    case 'hide':
      return action.hidden;
    default:
      return true;
  }
}

/** Without the lines that have nothing above or below them any more. */
function withoutLooseLines(items: readonly ActionItem[]): readonly ActionItem[] {
  const isLine = (item: ActionItem | undefined) => item === undefined || item.kind === 'separator';
  return items.filter((item, i) => !isLine(item) || !(isLine(items[i - 1]) || items.slice(i).every(isLine)));
}
