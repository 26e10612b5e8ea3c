import type {Conversation, Presence} from '../../model/conversation.js';
import {toConversation} from './convert.js';
import type {OpenImConversation} from './types.js';

/** What the SDK tells of people by events alone: who is online, and who types. */
export class OpenImFacts {
  /** By user. */
  readonly #presence = new Map<unknown, Presence>();
  /** By conversation, the ids of those who type. */
  readonly #typing = new Map<unknown, readonly string[]>();

  constructor(readonly selfId: string | undefined) {}

  clear(): void {
    this.#presence.clear();
    this.#typing.clear();
  }

  /** The conversation with what is known besides. */
  convert(item: OpenImConversation): Conversation {
    const direct = item.conversationType === 1;
    const typing = this.#typing.get(item.conversationID);
    return toConversation(item, this.selfId, {
      presence: direct ? this.#presence.get(item.userID) : undefined,
      // Of groups only the ids are known.
      typing: typing && direct ? Object.freeze([item.showName]) : typing,
    });
  }

  /** Somebody began to type, or ended. Returns the id of the conversation. */
  typed({conversationID: id, userID, platformIDs}: Readonly<Record<string, string>>): string {
    const typing = (this.#typing.get(id) ?? []).filter((each) => each !== userID);
    if (userID && platformIDs?.length) typing.push(userID);
    if (typing.length > 0) this.#typing.set(id, Object.freeze(typing));
    else this.#typing.delete(id);
    return String(id);
  }

  /** Somebody came or went. Returns the id of the conversation with them. */
  seen({userID, status}: Readonly<Record<string, unknown>>): string {
    this.#presence.set(userID, status === 1 ? 'online' : 'offline');
    return `si_${[this.selfId, userID].sort().join('_')}`;
  }
}
