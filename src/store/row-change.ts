import type {Conversation} from '../model/conversation.js';

/** One thing that an action changes about a conversation. */
export interface RowChange {
  /** Two changes with one key are about the same thing. */
  readonly key: string;
  /** What a conversation says of it, as a primitive value. */
  readonly read: (conversation: Conversation) => unknown;
  /** What it is to say; never said by a conversation that is to go. */
  readonly value: unknown;
  /** The conversation with the change; `undefined`: it goes. */
  readonly write: (conversation: Conversation) => Conversation | undefined;
}

/** A field with a primitive value takes another one; `undefined` leaves it out. */
export function fieldChange<K extends 'pinned' | 'notify' | 'hidden' | 'unreadCount' | 'unreadIsLowerBound' | 'mention'>(
  field: K,
  value: Conversation[K] | undefined,
): RowChange {
  return {key: field, read: (conversation) => conversation[field], value, write: (conversation) => withField(conversation, field, value)};
}

/** A name comes into a list, or goes; of several that mean the same, all go. */
export function listChange(list: 'marks' | 'groups', names: readonly string[], on: boolean): RowChange {
  const [name = ''] = names;
  const has = (values: readonly string[]) => names.some((one) => values.includes(one));
  return {
    key: `${list} ${name}`,
    read: (conversation) => has(conversation[list]),
    value: on,
    write: (conversation) => {
      const values = conversation[list];
      if (has(values) === on) return conversation;
      return {...conversation, [list]: on ? [...values, name] : values.filter((value) => !names.includes(value))};
    },
  };
}

/** A draft is written; `null` or empty: taken away. */
export function draftChange(text: string | null): RowChange {
  const draft = text === null || text === '' ? undefined : {text};
  return {
    key: 'draft',
    read: (conversation) => conversation.draft?.text,
    value: draft?.text,
    write: (conversation) => withField(conversation, 'draft', draft),
  };
}

/** There is no message any more. */
export function noMessageChange(): RowChange {
  return {key: 'lastMessage', read: messageOf, value: 'null', write: (conversation) => ({...conversation, lastMessage: null})};
}

/** The conversation goes. A message that comes meanwhile, or another place in the list, brings it back. */
export function goneChange(): RowChange {
  return {key: 'gone', read: (c) => `${c.orderKey} ${messageOf(c)}`, value: undefined, write: () => undefined};
}

function messageOf({lastMessage}: Conversation): string {
  return lastMessage ? [lastMessage.id, lastMessage.sentAt, lastMessage.state, lastMessage.text].join('\n') : String(lastMessage);
}

function withField<K extends keyof Conversation>(conversation: Conversation, field: K, value: Conversation[K] | undefined): Conversation {
  if (conversation[field] === value) return conversation;
  const {[field]: _, ...rest} = conversation;
  return (value === undefined ? rest : {...rest, [field]: value}) as Conversation;
}
