import type {ConversationAction} from '../../events/conversation-action-event.js';
import type {ConversationGroup} from '../../model/conversation.js';
import {draftChange, fieldChange, goneChange, listChange, noMessageChange, type RowChange} from '../../store/row-change.js';

const NOTHING_UNREAD: readonly RowChange[] = [
  fieldChange('unreadCount', 0),
  fieldChange('unreadIsLowerBound', undefined),
  fieldChange('mention', undefined),
  listChange('marks', ['unread'], false),
];

/**
 * What an action changes about its conversation, as far as it can be known before the source has done it.
 *
 * @param groups - those that are known: a conversation may name a group by id or by name
 */
export function changesOf(action: ConversationAction, groups: readonly ConversationGroup[]): readonly RowChange[] {
  switch (action.name) {
    case 'pin':
      return [fieldChange('pinned', action.pinned)];
    case 'notify':
      return [fieldChange('notify', action.level)];
    case 'mark-read':
      return NOTHING_UNREAD;
    case 'mark-unread':
      return [listChange('marks', ['unread'], action.unread)];
    case 'mark':
      return [listChange('marks', [action.mark], action.on)];
    case 'group': {
      const name = groups.find(({id}) => id === action.group)?.name;
      return [listChange('groups', name === undefined ? [action.group] : [action.group, name], action.on)];
    }
    case 'hide':
      return action.hidden
        ? [fieldChange('hidden', true)]
        : [fieldChange('hidden', undefined), listChange('marks', ['hide'], false)];
    case 'draft':
      return [draftChange(action.text)];
    case 'clear-history':
      return [noMessageChange(), ...NOTHING_UNREAD];
    case 'delete':
      return [goneChange()];
    default:
      return [];
  }
}
