// Only the model, from the package's root: no Lit may come along.
import {compareSortable, type Conversation} from 'im-conversation-list';

export function sorted(conversations: readonly Conversation[]): Conversation[] {
  return [...conversations].sort((a, b) => compareSortable({id: a.id, key: a.orderKey}, {id: b.id, key: b.orderKey}));
}
