import type {ArchiveConversation} from './archive.js';
import type {ArchiveCollector} from './archive-collector.js';
import {JsonScanner, type JsonPath, type JsonScanHandler} from './json-scanner.js';
import {readTelegramMessage, telegramType} from './telegram-message.js';

/** A chat while it is read: its facts may come after its messages. */
interface Chat {
  name: unknown;
  type: unknown;
  id: unknown;
  messages: number;
  /** What its messages belong to. */
  readonly conversation: {-readonly [K in keyof ArchiveConversation]: ArchiveConversation[K]};
}

/**
 * Reads the `result.json` of Telegram Desktop: the export of one chat, or of the whole account.
 *
 * Message by message, so that a large file takes no more memory than its messages, and a broken message is left
 * out alone.
 */
export class TelegramReader implements JsonScanHandler {
  readonly #collector: ArchiveCollector;
  readonly #scanner = new JsonScanner(this);
  #chat: Chat | undefined;
  #chats = 0;
  /** As in `from_id`. */
  #selfId: string | undefined;

  constructor(collector: ArchiveCollector) {
    this.#collector = collector;
  }

  push(text: string): void {
    this.#scanner.push(text);
  }

  /** @param cut - the file is known to break off */
  finish(cut: boolean): void {
    if (this.#scanner.unfinished && !cut) this.#collector.problem('end of the file', 'it breaks off');
    this.#endChat();
  }

  begin(path: JsonPath): 'enter' | 'take' | 'skip' {
    if (path.length === 0 || isList(path)) return 'enter';
    if (path.length === 1 && path[0] === 'personal_information') return 'take';
    const [field, index] = chatField(path);
    if (field !== 'messages') return 'skip';
    return index === undefined ? 'enter' : 'take';
  }

  value(path: JsonPath, text: string): void {
    if (path[0] === 'personal_information') {
      this.#selfId = selfIdIn(parse(text)) ?? this.#selfId;
      return;
    }
    const [field, index] = chatField(path);
    if (field === 'messages' && index !== undefined) this.#readMessage(text);
    else if (field === 'name' || field === 'type' || field === 'id') this.#readFact(field, parse(text));
  }

  end(path: JsonPath): void {
    if (path.length === 0 || isListedChat(path)) this.#endChat();
  }

  #current(): Chat {
    return (this.#chat ??= {
      name: undefined,
      type: undefined,
      id: undefined,
      messages: 0,
      conversation: {id: '', title: '', type: 'unknown'},
    });
  }

  #readFact(field: 'name' | 'type' | 'id', value: unknown): void {
    const chat = this.#current();
    chat[field] = value;
    const {conversation} = chat;
    conversation.type = telegramType(chat.type);
    conversation.title = titleOf(chat);
  }

  #readMessage(text: string): void {
    const chat = this.#current();
    chat.messages++;
    const value = parse(text);
    const message =
      value === undefined
        ? 'not JSON'
        : readTelegramMessage(value, {conversation: chat.conversation, isOwn: this.#isOwn(chat)});
    if (typeof message !== 'string') {
      this.#collector.add(message);
      return;
    }
    const title = chat.conversation.title || `chat ${this.#chats + 1}`;
    this.#collector.problem(`message ${chat.messages} of “${title.slice(0, 60)}”`, message);
  }

  /** An account's export names its owner; in that of a single talk, the chat's id is the other one's. */
  #isOwn({type, id}: Chat): (fromId: string) => boolean {
    if (type === 'saved_messages') return () => true;
    if (this.#selfId !== undefined) return (fromId) => fromId === this.#selfId;
    if (type === 'personal_chat' && typeof id === 'number') return (fromId) => fromId !== `user${id}`;
    return () => false;
  }

  #endChat(): void {
    const chat = this.#chat;
    this.#chat = undefined;
    if (chat === undefined) return;
    this.#chats++;
    const {conversation, type, id} = chat;
    conversation.id = JSON.stringify([type, id ?? conversation.title]);
    // The same chat may stand among those that were left, too.
    if (this.#collector.conversation(conversation.id) !== undefined) {
      conversation.id = JSON.stringify([type, id ?? conversation.title, this.#chats]);
    }
    this.#collector.addConversation(conversation);
  }
}

/** The lists of chats, and the chats in them. */
function isList(path: JsonPath): boolean {
  const [top, list] = path;
  return (top === 'chats' || top === 'left_chats') && (path.length < 2 || (list === 'list' && path.length <= 3));
}

function isListedChat(path: JsonPath): boolean {
  return path.length === 3 && isList(path);
}

/** Where in its chat a value stands: the field, and for a message its index. Nothing for what is in no chat. */
function chatField(path: JsonPath): readonly (string | number | undefined)[] {
  const inChat = path[0] === 'chats' || path[0] === 'left_chats' ? path.slice(3) : path;
  return inChat.length <= 2 && (inChat.length === 1 || inChat[0] === 'messages') ? inChat : [];
}

function titleOf({name, type}: Chat): string {
  if (typeof name === 'string' && name !== '') return name;
  if (type === 'saved_messages') return 'Saved messages';
  if (type === 'replies') return 'Replies';
  if (type === 'verification_codes') return 'Verification codes';
  return 'Deleted account';
}

function selfIdIn(info: unknown): string | undefined {
  const id = typeof info === 'object' && info !== null && 'user_id' in info ? info.user_id : undefined;
  return typeof id === 'number' ? `user${id}` : undefined;
}

/** `undefined` for what is not JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
