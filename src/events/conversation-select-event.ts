import type {Conversation} from '../model/conversation.js';

/**
 * A person opened a conversation: by a click, a tap, Enter or Space.
 *
 * Bubbles, crosses shadow roots, and can be cancelled; unless it is, the list makes the conversation its
 * current one (`selectedId`).
 */
export class ImConversationSelectEvent extends Event {
  static readonly type = 'im-conversation-select';
  readonly conversation: Conversation;

  constructor(conversation: Conversation) {
    super(ImConversationSelectEvent.type, {bubbles: true, composed: true, cancelable: true});
    this.conversation = conversation;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'im-conversation-select': ImConversationSelectEvent;
  }
}
