/** What pages of the documentation speak of without introducing it in code; `names/` has what only one page means. */
import type {Conversation, ConversationSource, ImConversationList} from '../../src/index.js';

/** The list that the page is about. */
export const list: ImConversationList;
export const source: ConversationSource;
export const conversations: readonly Conversation[];
