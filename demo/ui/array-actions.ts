import type {ActionItem, ActionsFunction} from '../../src/index.js';

/** What an app with an array of its own offers: the list calls no source, the app changes its array in the listener. */
export const arrayActions: ActionsFunction = ({pinned, unreadCount, marks}): readonly ActionItem[] => {
  const starred = marks.includes('star');
  return [
    {id: 'pin', label: pinned ? 'Unpin' : 'Pin', action: {name: 'pin', pinned: !pinned}},
    {id: 'mark-read', label: 'Mark as read', action: {name: 'mark-read'}, disabled: unreadCount === 0},
    {id: 'star', label: starred ? 'Unstar' : 'Star', action: {name: 'mark', mark: 'star', on: !starred}},
    {id: 'line', label: '', kind: 'separator'},
    {id: 'delete', label: 'Delete', action: {name: 'delete'}, danger: true},
  ];
};
