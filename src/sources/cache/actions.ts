import type {Conversation, NotifyLevel} from '../../model/conversation.js';
import {hide, notified, patched, pin, read, toggle, type Change} from '../memory-changes.js';

/**
 * The actions that are shown at once and sent when that is possible, with how many arguments come before the options.
 * All set a value, so that twice is as good as once.
 */
export const QUEUED = {
  setPinned: 2,
  setNotify: 2,
  markRead: 1,
  markUnread: 2,
  setHidden: 2,
  setDraft: 2,
  setMark: 3,
} as const;

export type QueuedName = keyof typeof QUEUED;

/** An action that the server has not taken yet. */
export interface StoredOp {
  readonly name: QueuedName;
  /** Of the call, but for its options. */
  readonly args: readonly unknown[];
  /** The conversations in which it shows. */
  readonly ids: readonly string[];
  /** Milliseconds since 1970. */
  readonly at: number;
  /** How often the server failed to take it, connected. */
  readonly tries: number;
}

/** What the action does to a row, until the server says. */
function changeOf({name, args: [, second, third], at}: StoredOp): Change {
  switch (name) {
    case 'setPinned':
      // The server may have said so already, with a key of its own.
      return (c) => (c.pinned === second ? {} : pin(second === true)(c));
    case 'setNotify':
      return notified(second as NotifyLevel);
    case 'markRead':
      return read;
    case 'markUnread':
      return toggle('marks', 'unread', second === true);
    case 'setHidden':
      return hide(second === true);
    case 'setDraft':
      // Whether a draft raises a conversation, and by how much, is the server's to say.
      return ({draft}) => (draft && draft.text === second ? {} : {draft: second ? {text: second as string, editedAt: at} : undefined});
    case 'setMark':
      return toggle('marks', second as string, third === true);
    default:
      // Of a later version.
      return () => ({});
  }
}

/** The conversation with the actions done that concern it. */
export function applied(ops: readonly StoredOp[], c: Conversation): Conversation {
  return ops.reduce((now, op) => (op.ids.includes(c.id) ? patched(now, changeOf(op)(now)) : now), c);
}
