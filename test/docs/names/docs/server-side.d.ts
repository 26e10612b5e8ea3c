import type {Conversation, ConversationSource} from '../../../../src/index.js';

export function firstPage(request: object): Promise<Conversation[]>;
export const mySource: ConversationSource;
