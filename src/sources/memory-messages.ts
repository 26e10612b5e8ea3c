import type {Conversation, LastMessage, MessageState} from '../model/conversation.js';
import {SourceError} from '../model/errors.js';
import {messageState, patched, raised} from './memory-changes.js';
import type {MemoryCore} from './memory-core.js';
import type {MemoryMessage, MessageOptions, SendOptions} from './memory-types.js';

/** Messages come in, told as one. */
export function receive(
  core: MemoryCore,
  messages: Iterable<MemoryMessage>,
  options: MessageOptions | undefined,
): LastMessage[] {
  const changed = new Map<string, Conversation>();
  const received = Array.from(messages, (message) => {
    const id = message.conversationId;
    const shown = compose(message, senderOf(core));
    const before = changed.get(id) ?? core.get(id);
    const after = place(before, message, shown, options);
    if (after !== before) changed.set(id, after);
    return shown;
  });
  core.commit([...changed.values()]);
  return received;
}

/** An own message goes out: `sending` at once, `normal` or `failed` after the latency. */
export async function send(core: MemoryCore, message: MemoryMessage, options: SendOptions): Promise<LastMessage> {
  const {conversationId: id} = message;
  const composed = compose(message, senderOf(core));
  const before = core.get(id);
  const after = patched(place(before, message, {...composed, state: 'sending'}, options), {draft: undefined});
  core.commit(after === before ? [] : [after]);
  let state: MessageState = 'failed';
  try {
    await core.later(options);
    const {fail} = options;
    if (fail) throw fail === true ? new SourceError('network', 'Not sent') : fail;
    state = 'normal';
  } finally {
    core.edit([id], messageState(composed.id, state));
  }
  return composed;
}

function senderOf(core: MemoryCore): MessageDefaults {
  return {selfId: core.options.selfId, now: core.now(), newId: () => `local-${++core.messages}`};
}

/** What a message that does not say so itself gets. */
export interface MessageDefaults {
  readonly selfId: string | undefined;
  readonly now: number;
  readonly newId: () => string;
}

/** The message as the row previews it. */
export function compose(message: MemoryMessage, {selfId, now, newId}: MessageDefaults): LastMessage {
  const {conversationId: _, mention: __, conversation: ___, ...given} = message;
  return {
    id: newId(),
    type: 'text',
    sentAt: now,
    ...(message.isOwn && selfId !== undefined && {senderId: selfId}),
    ...given,
    state: 'normal',
  };
}

/** The conversation, which opens if it is unknown, with the message at its end. */
export function place(
  known: Conversation | undefined,
  message: MemoryMessage,
  shown: LastMessage,
  options: MessageOptions = {},
): Conversation {
  const {conversationId: id, isOwn, mention, senderName, conversation} = message;
  const c: Conversation = known ?? {
    type: 'direct',
    title: (!isOwn && senderName) || id,
    orderKey: 0n,
    pinned: false,
    unreadCount: 0,
    notify: 'all',
    marks: [],
    groups: [],
    lastMessage: null,
    ...conversation,
    id,
  };
  const {excludedFromLastMessage} = options;
  const {sentAt = 0} = shown;
  return patched(c, {
    ...(!isOwn && {
      unreadCount: c.unreadCount + 1,
      mention: c.mention && mention && c.mention !== mention ? 'both' : (mention ?? c.mention),
    }),
    ...((!known || !excludedFromLastMessage) && {orderKey: raised(c, sentAt)}),
    ...(!excludedFromLastMessage && {lastMessage: shown, activeAt: sentAt}),
  });
}
