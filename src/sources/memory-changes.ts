import type {Conversation, MessageState} from '../model/conversation.js';

/** What pinning adds to an order key. */
const PINNED = 1n << 62n;

/** New values of some fields; `undefined` removes one. */
export type Patch = {readonly [K in keyof Conversation]?: Conversation[K] | undefined};

/** What is to change about a conversation. */
export type Change = (conversation: Conversation) => Patch;

/** The changed conversation; the same object if the patch changes nothing. */
export function patched(conversation: Conversation, patch: Patch): Conversation {
  const keys = Object.keys(patch) as (keyof Conversation)[];
  if (keys.every((key) => patch[key] === conversation[key])) return conversation;
  const next = {...conversation, ...patch};
  // Absent, not `undefined`: the types tell the two apart.
  for (const key of keys) if (next[key] === undefined) delete next[key];
  return next as Conversation;
}

/** With the name or without it; the same list if nothing changes. */
export function toggled(names: readonly string[], name: string, on: boolean): readonly string[] {
  if (names.includes(name) === on) return names;
  return on ? [...names, name] : names.filter((other) => other !== name);
}

/** The key after a message or a draft at this time: it only grows. */
export function raised({orderKey, pinned}: Conversation, ms: number): bigint {
  const key = (pinned ? PINNED : 0n) + BigInt(Math.trunc(ms));
  return key > orderKey ? key : orderKey;
}

export function pin(pinned: boolean): Change {
  return ({orderKey}) => ({pinned, orderKey: pinned ? orderKey | PINNED : orderKey & ~PINNED});
}

export function mark(name: string, on: boolean): Change {
  return (c) => ({marks: toggled(c.marks, name, on)});
}

/** Reading takes back the mark `unread` too. */
export function read(c: Conversation): Patch {
  return {...mark('unread', false)(c), unreadCount: 0, unreadIsLowerBound: undefined, mention: undefined};
}

/** Of the last message, if it is the one with this id. */
export function messageState(id: string | undefined, state: MessageState): Change {
  return ({lastMessage}) => (lastMessage && lastMessage.id === id ? {lastMessage: {...lastMessage, state}} : {});
}
