import type {Conversation, NotifyLevel} from '../model/conversation.js';

/** What can be done to a conversation, with what it needs. */
export type ConversationAction =
  | {readonly name: 'pin'; readonly pinned: boolean}
  | {readonly name: 'notify'; readonly level: NotifyLevel}
  | {readonly name: 'mark-read'}
  | {readonly name: 'mark-unread'; readonly unread: boolean}
  | {readonly name: 'mark'; readonly mark: string; readonly on: boolean}
  | {readonly name: 'hide'; readonly hidden: boolean}
  | {readonly name: 'draft'; readonly text: string | null}
  | {readonly name: 'clear-history'}
  | {readonly name: 'delete'};

/**
 * Something is about to be done to a conversation.
 *
 * Bubbles, crosses shadow roots, and can be cancelled; unless it is, the list calls the source.
 */
export class ImConversationActionEvent extends Event {
  static readonly type = 'im-conversation-action';
  readonly conversation: Conversation;
  readonly action: ConversationAction;

  constructor(conversation: Conversation, action: ConversationAction) {
    super(ImConversationActionEvent.type, {bubbles: true, composed: true, cancelable: true});
    this.conversation = conversation;
    this.action = action;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'im-conversation-action': ImConversationActionEvent;
  }
}
