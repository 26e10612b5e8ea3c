import type {Conversation} from '../../../../src/index.js';

export function pinyinOf(name: string): string;
export function initialsOf(name: string): string;
export function toConversation(item: object): Conversation;
