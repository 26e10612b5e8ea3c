import type {Conversation, LastMessage} from '../model/conversation.js';
import {cleanText} from './text.js';

/** The words a preview needs. */
export interface PreviewStrings {
  readonly you: string;
  readonly draft: string;
  readonly recalled: string;
  readonly deleted: string;
  readonly sendFailed: string;
  readonly sending: string;
  readonly noMessage: string;
  /** By message type; a type that is not here shows its text, or {@link message}. */
  readonly messageTypes: Readonly<Record<string, string>>;
  readonly message: string;
}

/** The second line of a row. */
export interface Preview {
  /** What it is, for its look. */
  readonly kind: 'draft' | 'message' | 'failed' | 'sending' | 'notice' | 'none';
  /** Who says it, or "Draft"; '' for none. Shown before the text with a colon. */
  readonly prefix: string;
  readonly text: string;
}

/**
 * What a row previews: a draft before the last message, in groups with its sender's name.
 *
 * @param open - the conversation is the open one: its draft is in the composer already
 */
export function formatPreview(conversation: Conversation, strings: PreviewStrings, open = false): Preview {
  const draft = open ? '' : cleanText(conversation.draft?.text);
  if (draft !== '') return {kind: 'draft', prefix: strings.draft, text: draft};
  const message = conversation.lastMessage;
  if (message === undefined) return {kind: 'none', prefix: '', text: ''};
  if (message === null) return {kind: 'none', prefix: '', text: strings.noMessage};
  switch (message.state) {
    case 'recalled':
      return {kind: 'notice', prefix: sender(conversation, message, strings), text: strings.recalled};
    case 'deleted':
      return {kind: 'notice', prefix: sender(conversation, message, strings), text: strings.deleted};
    case 'failed':
      return {kind: 'failed', prefix: strings.sendFailed, text: body(message, strings)};
    case 'sending':
      return {kind: 'sending', prefix: strings.sending, text: body(message, strings)};
    default:
      return {kind: 'message', prefix: sender(conversation, message, strings), text: body(message, strings)};
  }
}

function sender(conversation: Conversation, message: LastMessage, strings: PreviewStrings): string {
  if (message.isOwn === true) return strings.you;
  return conversation.type === 'group' ? cleanText(message.senderName, 64) : '';
}

function body(message: LastMessage, strings: PreviewStrings): string {
  const text = cleanText(message.text);
  if (message.type === 'text') return text;
  // A Map-like look-up: a type may be called 'constructor'.
  const kind = Object.hasOwn(strings.messageTypes, message.type) ? strings.messageTypes[message.type] : undefined;
  if (kind === undefined) return text === '' ? strings.message : text;
  return text === '' ? kind : `${kind} ${text}`;
}
