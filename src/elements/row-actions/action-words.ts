import type {ConversationAction} from '../../events/conversation-action-event.js';
import type {Strings} from '../../locales/strings.js';
import type {Question} from './menu-view.js';

/** The list does it by itself; anything else is the app's. */
export function isBuiltIn({name}: ConversationAction): boolean {
  return !name.includes(':') && BUILT_IN.has(name);
}

const BUILT_IN: ReadonlySet<string> = new Set<ConversationAction['name']>([
  ...(['pin', 'notify', 'mark-read', 'mark-unread', 'mark', 'group', 'hide', 'draft', 'clear-history', 'delete'] as const),
]);

/** What to ask before an action that cannot be undone. */
export function questionOf({name}: ConversationAction, strings: Strings, count = 1): Question | undefined {
  const no = strings.cancel;
  if (name === 'delete') return {text: strings.confirmDelete(count), yes: strings.delete, no};
  if (name === 'clear-history') return {text: strings.confirmClearHistory(count), yes: strings.clearHistory, no};
  return undefined;
}

/** What an action is called. */
export function labelOf(action: ConversationAction, strings: Strings): string {
  switch (action.name) {
    case 'pin':
      return action.pinned ? strings.pin : strings.unpin;
    case 'notify':
      return {all: strings.notifyAll, mentions: strings.notifyMentions, silent: strings.notifySilent, off: strings.notifyOff}[action.level];
    case 'mark-read':
      return strings.markRead;
    case 'mark-unread':
      return action.unread ? strings.markUnread : strings.markRead;
    case 'mark':
      return labelOfMark(action.mark, action.on, strings) ?? action.mark;
    case 'group':
      return action.on ? strings.addToGroup : strings.removeFromGroup;
    case 'hide':
      return action.hidden ? strings.hide : strings.unhide;
    case 'draft':
      return strings.draft;
    case 'clear-history':
      return strings.clearHistory;
    case 'delete':
      return strings.delete;
    default:
      return action.name;
  }
}

function labelOfMark(mark: string, on: boolean, strings: Strings): string | undefined {
  if (mark === 'star') return on ? strings.star : strings.unstar;
  if (mark === 'fold') return on ? strings.fold : strings.unfold;
  if (mark === 'hide') return on ? strings.hide : strings.unhide;
  if (mark === 'unread') return on ? strings.markUnread : strings.markRead;
  return undefined;
}
