import type {ConversationType} from '../../src/model/conversation.js';
import type {ArchiveConversation, ArchiveMessage} from './archive.js';
import {fromSeconds} from './archive-collector.js';

const TYPES: Readonly<Record<string, ConversationType>> = {
  personal_chat: 'direct',
  bot_chat: 'direct',
  saved_messages: 'direct',
  private_group: 'group',
  private_supergroup: 'group',
  public_supergroup: 'group',
  private_channel: 'channel',
  public_channel: 'channel',
  replies: 'system',
  verification_codes: 'system',
};

/** By `media_type`. */
const MEDIA: Readonly<Record<string, string>> = {
  sticker: 'sticker',
  animation: 'video',
  video_file: 'video',
  video_message: 'video',
  voice_message: 'voice',
  audio_file: 'audio',
};

/** By the name of a field that only messages of this type have. */
const TYPE_BY_FIELD: readonly (readonly [string, string])[] = [
  ['photo', 'image'],
  ['location_information', 'location'],
  ['contact_information', 'contact'],
  ['poll', 'poll'],
  ['file', 'file'],
];

/** What service messages say of their actor; others say their action's name. */
const ACTIONS: Readonly<Record<string, string>> = {
  create_group: 'created the group',
  create_channel: 'created the channel',
  edit_group_title: 'changed the name',
  edit_group_photo: 'changed the photo',
  delete_group_photo: 'removed the photo',
  invite_members: 'invited members',
  remove_members: 'removed members',
  join_group_by_link: 'joined the group',
  join_group_by_request: 'joined the group',
  migrate_from_group: 'made this a supergroup',
  migrate_to_supergroup: 'made this a supergroup',
  pin_message: 'pinned a message',
  clear_history: 'cleared the history',
  phone_call: 'called',
  joined_telegram: 'joined Telegram',
};

type Fields = Readonly<Record<string, unknown>>;

/** The type of a conversation by the `type` of a chat. */
export function telegramType(type: unknown): ConversationType {
  return typeof type === 'string' && Object.hasOwn(TYPES, type) ? (TYPES[type] as ConversationType) : 'unknown';
}

/** Makes a message of an element of `messages`. Returns what is wrong with it, if it is none. */
export function readTelegramMessage(
  value: unknown,
  chat: {readonly conversation: ArchiveConversation; readonly isOwn: (fromId: string) => boolean},
): ArchiveMessage | string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'not an object';
  const fields = value as Fields;
  const sentAt = timeOf(fields);
  if (sentAt === undefined) return 'no date';
  const {id} = fields;
  if (typeof id !== 'number' && typeof id !== 'string') return 'no id';
  const text = textOf(fields['text']);
  if (text === undefined) return 'text is neither a string nor a list of parts';
  const base = {conversation: chat.conversation, id: String(id), sentAt};
  if (fields['type'] === 'service') return {...base, isOwn: false, type: 'service', text: serviceText(fields, text)};
  const senderId = idOf(fields['from_id']);
  const type = typeOf(fields);
  return {
    ...base,
    ...(senderId !== undefined && {senderId}),
    ...('from' in fields && {senderName: typeof fields['from'] === 'string' ? fields['from'] : 'Deleted account'}),
    isOwn: senderId !== undefined && chat.isOwn(senderId),
    type,
    text: text === '' ? describe(type, fields) : text,
  };
}

/** Exports of before 2021 have only `date`, in the local time of the machine that wrote them. */
function timeOf({date_unixtime: seconds, date}: Fields): number | undefined {
  if (typeof seconds === 'string' && /^\d+$/.test(seconds)) return fromSeconds(Number(seconds));
  if (typeof seconds === 'number') return fromSeconds(seconds);
  return typeof date === 'string' ? fromSeconds(Date.parse(date) / 1000) : undefined;
}

/** A string, or a list of strings and of entities with a text. */
function textOf(text: unknown): string | undefined {
  if (text === undefined || text === null) return '';
  if (typeof text === 'string') return text;
  if (!Array.isArray(text)) return undefined;
  return text
    .map((part: unknown) => {
      if (typeof part === 'string') return part;
      const inner = typeof part === 'object' && part !== null && 'text' in part ? part.text : '';
      return typeof inner === 'string' ? inner : '';
    })
    .join('');
}

/** Old exports give a user's number alone. */
function idOf(id: unknown): string | undefined {
  if (typeof id === 'number') return `user${id}`;
  return typeof id === 'string' && id !== '' ? id : undefined;
}

function typeOf(fields: Fields): string {
  const media = fields['media_type'];
  if (typeof media === 'string' && Object.hasOwn(MEDIA, media)) return MEDIA[media] as string;
  return TYPE_BY_FIELD.find(([field]) => field in fields)?.[1] ?? 'text';
}

/** A word on what has no text. */
function describe(type: string, fields: Fields): string {
  switch (type) {
    case 'sticker':
      return stringIn(fields['sticker_emoji']);
    case 'file':
      return stringIn(fields['file_name']);
    case 'audio':
      return [fields['performer'], fields['title']].map(stringIn).filter(Boolean).join(' – ');
    case 'contact': {
      const {first_name: first, last_name: last} = (fields['contact_information'] ?? {}) as Fields;
      return [first, last].map(stringIn).filter(Boolean).join(' ');
    }
    case 'poll':
      return stringIn(((fields['poll'] ?? {}) as Fields)['question']);
    case 'text':
      return stringIn(fields['game_title']);
    default:
      return '';
  }
}

function serviceText({actor, action, title}: Fields, text: string): string {
  const name = typeof action === 'string' ? action : '';
  const said = Object.hasOwn(ACTIONS, name) ? (ACTIONS[name] as string) : name.replaceAll('_', ' ');
  const detail = name === 'edit_group_title' && typeof title === 'string' ? `: ${title}` : '';
  return [stringIn(actor), `${said}${detail}`, text].filter(Boolean).join(' ');
}

function stringIn(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
