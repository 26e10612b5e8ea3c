import type {Conversation, NotifyLevel} from '../model/conversation.js';

/** What can be done to a conversation, with what it needs. */
export type ConversationAction =
  | {readonly name: 'pin'; readonly pinned: boolean}
  | {readonly name: 'notify'; readonly level: NotifyLevel}
  | {readonly name: 'mark-read'}
  | {readonly name: 'mark-unread'; readonly unread: boolean}
  | {readonly name: 'mark'; readonly mark: string; readonly on: boolean}
  | {readonly name: 'group'; readonly group: string; readonly on: boolean}
  | {readonly name: 'hide'; readonly hidden: boolean}
  | {readonly name: 'draft'; readonly text: string | null}
  | {readonly name: 'clear-history'}
  | {readonly name: 'delete'}
  | CustomAction;

/** An item that an app has added to the actions; a name with a colon in it can never become one of the list's own. */
export interface CustomAction {
  readonly name: `${string}:${string}`;
}

/**
 * Something is about to be done to a conversation: by its menu, a button, a swipe, a key, or `performAction()`.
 *
 * Bubbles, crosses shadow roots, and can be cancelled; unless it is, the list calls the source. It asks the person
 * before a deletion, and before it clears a history: cancel the event to ask in the app's own way. A custom action is
 * the app's to do.
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
