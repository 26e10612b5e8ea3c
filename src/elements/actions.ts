import {ImConversationActionEvent, type ConversationAction} from '../events/conversation-action-event.js';
import {SourceError, toSourceError} from '../model/errors.js';
import type {ConversationSource, OpResult} from '../model/source.js';
import type {ConversationStore} from '../store/conversation-store.js';

/**
 * Raises the action's event on `target` and, unless it is cancelled, has the source do it.
 *
 * @returns whether the source did it. A refusal is told through the store as an error of origin `action`.
 */
export async function performAction(
  target: EventTarget,
  store: ConversationStore | undefined,
  id: string,
  action: ConversationAction,
): Promise<boolean> {
  const {rows, search} = store?.snapshot ?? {};
  const conversation = rows?.get(id) ?? search?.rows.get(id);
  const source = store?.source;
  if (store === undefined || conversation === undefined || !source) return false;
  const event = new ImConversationActionEvent(conversation, action);
  if (!target.dispatchEvent(event)) return false;
  try {
    const results = await call(source, id, action);
    const failure = Array.isArray(results) ? (results as readonly OpResult[]).find(({error}) => error)?.error : undefined;
    if (failure !== undefined) throw failure;
    return true;
  } catch (thrown) {
    store.tell(toSourceError(thrown), 'action');
    return false;
  }
}

async function call(source: ConversationSource, id: string, action: ConversationAction): Promise<unknown> {
  switch (action.name) {
    case 'pin':
      return (source.setPinned ?? unsupported).call(source, id, action.pinned);
    case 'notify':
      return (source.setNotify ?? unsupported).call(source, id, action.level);
    case 'mark-read':
      return (source.markRead ?? unsupported).call(source, [id]);
    case 'mark-unread':
      return (source.markUnread ?? unsupported).call(source, id, action.unread);
    case 'mark':
      return (source.setMark ?? unsupported).call(source, [id], action.mark, action.on);
    case 'hide':
      return (source.setHidden ?? unsupported).call(source, id, action.hidden);
    case 'draft':
      return (source.setDraft ?? unsupported).call(source, id, action.text);
    case 'clear-history':
      return (source.clearHistory ?? unsupported).call(source, id);
    case 'delete':
      return (source.delete ?? unsupported).call(source, [id]);
    default:
      // From plain JavaScript comes any name.
      return unsupported();
  }
}

function unsupported(): never {
  throw new SourceError('unsupported', 'The source has no such action.');
}
