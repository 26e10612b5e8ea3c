/** What pages of the documentation speak of without introducing it in code; `names/` has what only one page means. */
import type {Conversation, ConversationSource, ImConversationList} from '../../src/index.js';

/** The list that the page is about. */
export const list: ImConversationList;
export const source: ConversationSource;
export const conversations: readonly Conversation[];

/** An app's own server, and what it says of a conversation. */
export interface Item {
  readonly id: string;
  readonly name: string;
}
export const api: {
  conversations(request: {
    cursor: unknown;
    limit: number;
    signal: AbortSignal | undefined;
  }): Promise<{readonly items: readonly Item[]; readonly last: boolean; readonly next: string | null}>;
  onChange(listener: (items: readonly Item[]) => void): () => void;
  pin(id: string, pinned: boolean, signal?: AbortSignal): Promise<void>;
};
export function toConversation(item: Item): Conversation;
