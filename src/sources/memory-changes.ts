import type {Conversation, MessageState, NotifyLevel} from '../model/conversation.js';

/** What pinning adds to an order key. */
const PINNED = 1n << 62n;

/** New values of some fields; `undefined` removes one. */
export type Patch = {readonly [K in keyof Conversation]?: Conversation[K] | undefined};

/** What is to change about a conversation. */
export type Change = (conversation: Conversation) => Patch;

/** The changed conversation; the same object if the patch changes nothing. */
export function patched(conversation: Conversation, patch: Patch): Conversation {
  const same = Object.entries(patch).every(([key, value]) => conversation[key as keyof Conversation] === value);
  return same ? conversation : ({...conversation, ...patch} as Conversation);
}

/** Puts a name into a list, or takes it out. */
export function toggle(list: 'marks' | 'groups', name: string, on: boolean): Change {
  return ({[list]: names}) => {
    if (names.includes(name) === on) return {};
    return {[list]: on ? [...names, name] : names.filter((other) => other !== name)};
  };
}

/** The key after a message or a draft at this time: it only grows. */
export function raised({orderKey, pinned}: Conversation, ms: number): bigint {
  const key = (pinned ? PINNED : 0n) + BigInt(Math.trunc(ms));
  return key > orderKey ? key : orderKey;
}

export function pin(pinned: boolean): Change {
  return ({orderKey}) => ({pinned, orderKey: pinned ? orderKey | PINNED : orderKey & ~PINNED});
}

/** Reading takes back the mark `unread` too. */
export function read(c: Conversation): Patch {
  return {...toggle('marks', 'unread', false)(c), unreadCount: 0, unreadIsLowerBound: undefined, mention: undefined};
}

/** Of the last message, if it is the one with this id. */
export function messageState(id: string | undefined, state: MessageState): Change {
  return ({lastMessage: last}) => (last && last.id === id ? {lastMessage: {...last, state}} : {});
}

/** A draft raises the conversation; `null` or empty removes it and leaves the conversation where it is. */
export function drafted(text: string | null, editedAt: number): Change {
  return (c) => (text ? {draft: {text, editedAt}, orderKey: raised(c, editedAt)} : {draft: undefined});
}

export function notified(notify: NotifyLevel): Change {
  return () => ({notify});
}

/** Showing takes back the mark `hide` too. */
export function hide(hidden: boolean): Change {
  return (c) => (hidden ? {hidden} : {...toggle('marks', 'hide', false)(c), hidden: undefined});
}

/** The conversation stays, without a last message and with nothing unread. */
export function cleared(c: Conversation): Patch {
  return {...read(c), lastMessage: null};
}
