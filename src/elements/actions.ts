import {ImConversationActionEvent, type ConversationAction} from '../events/conversation-action-event.js';
import type {Conversation} from '../model/conversation.js';

/** Raises the action's event on `target`. Returns whether it was left to the list. */
export function raiseAction(target: EventTarget, conversation: Conversation, action: ConversationAction): boolean {
  return target.dispatchEvent(new ImConversationActionEvent(conversation, action));
}

/** Where an event comes from has a menu of the browser's: a link or a field in a custom row. */
export function hasOwnMenu([target]: readonly EventTarget[]): boolean {
  return target instanceof Element && target.closest('a[href], input, textarea, select, [contenteditable]') !== null;
}
