import type {Conversation, LastMessage} from '../../src/model/conversation.js';
import type {MemoryMessage} from '../../src/sources/memory.js';
import type {Archive, ArchiveConversation, ArchiveMessage} from './archive.js';

/** The conversations as they stood after the first `count` messages; with all of them, those without any too. */
export function toConversations(archive: Archive, count: number = archive.messages.length): Conversation[] {
  const last = new Map<ArchiveConversation, ArchiveMessage | undefined>();
  if (count >= archive.messages.length) {
    for (const conversation of archive.conversations) last.set(conversation, undefined);
  }
  for (const message of archive.messages.slice(0, count)) last.set(message.conversation, message);
  return Array.from(last, ([conversation, message]) => ({
    ...factsOf(conversation),
    orderKey: BigInt(message?.sentAt ?? 0),
    pinned: false,
    unreadCount: 0,
    notify: 'all',
    marks: [],
    lastMessage: message === undefined ? null : shown(message),
  }));
}

/** A message as one that comes in live. */
export function toMemoryMessage({conversation, ...message}: ArchiveMessage): MemoryMessage {
  return {...message, conversationId: conversation.id, conversation: factsOf(conversation)};
}

function shown({conversation: _, ...message}: ArchiveMessage): LastMessage {
  return {...message, state: 'normal'};
}

type Facts = Pick<Conversation, 'id' | 'title' | 'type' | 'groups'>;

function factsOf({id, title, type, group}: ArchiveConversation): Facts {
  return {id, title, type, groups: group === undefined ? [] : [group]};
}
