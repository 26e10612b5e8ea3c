import type {ConversationAction} from '../../events/conversation-action-event.js';
import {SourceError} from '../../model/errors.js';
import type {ConversationSource, OpOptions, OpResult} from '../../model/source.js';

/**
 * Has the source do it.
 *
 * @throws at once if the source has no such action; rejects with what the source says of this conversation.
 */
export function callSource(source: ConversationSource, id: string, action: ConversationAction, options: OpOptions): Promise<void> {
  return checked(call(source, id, action, options));
}

async function checked(answer: unknown): Promise<void> {
  const results = await answer;
  const failure = Array.isArray(results) ? (results as readonly OpResult[]).find(({error}) => error)?.error : undefined;
  if (failure !== undefined) throw failure;
}

function call(source: ConversationSource, id: string, action: ConversationAction, options: OpOptions): unknown {
  const {groups} = source;
  switch (action.name) {
    case 'pin':
      return (source.setPinned ?? unsupported).call(source, id, action.pinned, options);
    case 'notify':
      return (source.setNotify ?? unsupported).call(source, id, action.level, options);
    case 'mark-read':
      return (source.markRead ?? unsupported).call(source, [id], options);
    case 'mark-unread':
      return (source.markUnread ?? unsupported).call(source, id, action.unread, options);
    case 'mark':
      return (source.setMark ?? unsupported).call(source, [id], action.mark, action.on, options);
    case 'group':
      if (typeof groups?.[action.on ? 'add' : 'remove'] !== 'function') return unsupported();
      return groups[action.on ? 'add' : 'remove'](action.group, [id], options);
    case 'hide':
      return (source.setHidden ?? unsupported).call(source, id, action.hidden, options);
    case 'draft':
      return (source.setDraft ?? unsupported).call(source, id, action.text, options);
    case 'clear-history':
      return (source.clearHistory ?? unsupported).call(source, id, options);
    case 'delete':
      return (source.delete ?? unsupported).call(source, [id], options);
    default:
      // From plain JavaScript comes any name.
      return unsupported();
  }
}

function unsupported(): never {
  throw new SourceError('unsupported', 'The source has no such action.');
}
