import type {Conversation, LastMessage} from '../model/conversation.js';
import {formatDuration} from './duration.js';
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
  readonly typing: (names: readonly string[]) => string;
  readonly typingOne: string;
  readonly withDetail: (kind: string, detail: string) => string;
}

/** Says of a message what its preview is, in an app's own words; '' leaves it to the built-in ones. */
export type PreviewFormatter = (message: LastMessage, conversation: Conversation) => string;

/** What a preview depends on besides its conversation and the words. */
export interface PreviewOptions {
  /** The conversation is the open one: its draft is in the composer already. */
  readonly open?: boolean | undefined;
  /** Asked first about every message that is still there; must not throw. */
  readonly format?: PreviewFormatter | undefined;
}

/** The second line of a row. */
export interface Preview {
  /** What it is, for its look. */
  readonly kind: 'typing' | 'draft' | 'message' | 'failed' | 'sending' | 'notice' | 'none';
  /** Who says it, or "Draft"; '' for none. Shown before the text with a colon. */
  readonly prefix: string;
  readonly text: string;
}

/** As many names of those typing are read; nobody shows more. */
const TYPING_LIMIT = 20;
const NAME_LIMIT = 64;

/** What a row previews: who is typing, before a draft, before the last message, in groups with its sender's name. */
export function formatPreview(
  conversation: Conversation,
  strings: PreviewStrings,
  {open = false, format}: PreviewOptions = {},
): Preview {
  const {typing, lastMessage: message} = conversation;
  if (typing !== undefined && typing.length > 0) {
    return {kind: 'typing', prefix: '', text: typingText(typing, conversation, strings)};
  }
  const draft = open ? '' : cleanText(conversation.draft?.text);
  if (draft !== '') return {kind: 'draft', prefix: strings.draft, text: draft};
  if (message === undefined) return {kind: 'none', prefix: '', text: ''};
  if (message === null) return {kind: 'none', prefix: '', text: strings.noMessage};
  const {state} = message;
  if (state === 'recalled' || state === 'deleted') {
    return {kind: 'notice', prefix: sender(conversation, message, strings), text: strings[state]};
  }
  const text = cleanText(format?.(message, conversation)) || body(message, strings);
  if (state === 'failed') return {kind: 'failed', prefix: strings.sendFailed, text};
  if (state === 'sending') return {kind: 'sending', prefix: strings.sending, text};
  if (message.type === 'system') return {kind: 'notice', prefix: '', text};
  return {kind: 'message', prefix: sender(conversation, message, strings), text};
}

/** Names where they tell more than the title does. */
function typingText(typing: readonly string[], {type}: Conversation, strings: PreviewStrings): string {
  if (type === 'direct') return strings.typingOne;
  const names = typing.slice(0, TYPING_LIMIT).map((name) => cleanText(name, NAME_LIMIT)).filter((name) => name !== '');
  return names.length === 0 ? strings.typingOne : strings.typing(names);
}

function sender(conversation: Conversation, message: LastMessage, strings: PreviewStrings): string {
  if (message.isOwn === true) return strings.you;
  return conversation.type === 'group' ? cleanText(message.senderName, NAME_LIMIT) : '';
}

function body(message: LastMessage, strings: PreviewStrings): string {
  const {type} = message;
  const text = cleanText(message.text);
  if (type === 'text') return text;
  if (type === 'system' && text !== '') return text;
  // A Map-like look-up: a type may be called 'constructor'.
  const kind = Object.hasOwn(strings.messageTypes, type) ? strings.messageTypes[type] : undefined;
  if (kind === undefined) return text || strings.message;
  const length = formatDuration(message.durationMs);
  // What is heard is told by its length, what is seen by its caption.
  const heard = type === 'voice' || type === 'audio' || type === 'call';
  const detail = cleanText(message.fileName) || (heard ? length || text : text || length);
  return detail === '' ? kind : cleanText(strings.withDetail(kind, detail));
}
