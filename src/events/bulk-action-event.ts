import type {Conversation} from '../model/conversation.js';
import type {ConversationAction} from './conversation-action-event.js';

/**
 * Something is about to be done to several conversations at once.
 *
 * One event for all of them, in the place of an `im-conversation-action` for each. Bubbles, crosses shadow roots, and
 * can be cancelled; unless it is, the list calls the source, as many ids at a time as the source takes. A custom action is
 * the app's to do.
 */
export class ImBulkActionEvent extends Event {
  static readonly type = 'im-bulk-action';
  /** Those that the list has. */
  readonly conversations: readonly Conversation[];
  readonly action: ConversationAction;

  constructor(conversations: readonly Conversation[], action: ConversationAction) {
    super(ImBulkActionEvent.type, {bubbles: true, composed: true, cancelable: true});
    this.conversations = conversations;
    this.action = action;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'im-bulk-action': ImBulkActionEvent;
  }
}
