import type {Conversation, ConversationGroup, Draft, LastMessage, Member} from '../../model/conversation.js';
import {SourceError} from '../../model/errors.js';
import type {Page, SourceEvent} from '../../model/source.js';
import {readOrderKey} from '../../model/validate.js';

/** A page, and where the stream of changes stood when it was read. */
export interface ReadPage extends Page {
  readonly cursor?: string;
  readonly position?: string;
}

type Fields = Readonly<Record<string, unknown>>;

const PLAIN: readonly (keyof Conversation)[] = [
  'id', 'type', 'targetId', 'title', 'avatarUrl', 'verified', 'activeAt', 'pinned', 'hidden', 'unreadCount',
  'unreadIsLowerBound', 'mention', 'presence', 'notify', 'readUpTo', 'customData',
];
const LISTS: readonly (keyof Conversation)[] = ['tags', 'typing', 'marks', 'groups'];
const MESSAGE: readonly (keyof LastMessage)[] = [
  'id', 'senderId', 'senderName', 'isOwn', 'type', 'text', 'fileName', 'durationMs', 'thumbnailUrl', 'sentAt', 'state',
  'peerRead', 'deliveryState',
];
const MEMBER: readonly (keyof Member)[] = ['id', 'name', 'avatarUrl'];
const DRAFT: readonly (keyof Draft)[] = ['text', 'editedAt'];
const REMOVALS: readonly unknown[] = ['deleted', 'left', 'hidden', 'filtered'];
const RESETS: readonly unknown[] = ['login', 'logout', 'gap'];

/**
 * The known fields of a conversation in JSON, frozen; the key, which JSON cannot hold as a number, from digits.
 *
 * `null` is nothing, but for `lastMessage`, where it means none. What is of a wrong type stays wrong, for the list
 * repairs it and says so; only its depth is left behind.
 */
export function readRow(value: unknown): Conversation {
  const raw = Object(value) as Fields;
  const row: Record<string, unknown> = {...pick(raw, PLAIN), orderKey: readOrderKey(raw['orderKey'])};
  for (const name of LISTS) {
    const list = raw[name];
    if (!absent(list)) row[name] = Array.isArray(list) ? Object.freeze(list.map(plain)) : plain(list);
  }
  const {members, draft, lastMessage} = raw;
  if (!absent(members)) row['members'] = Array.isArray(members) ? Object.freeze(members.map((one) => part(one, MEMBER))) : plain(members);
  if (!absent(draft)) row['draft'] = part(draft, DRAFT);
  if (lastMessage !== undefined) row['lastMessage'] = lastMessage === null ? null : part(lastMessage, MESSAGE);
  return Object.freeze(row) as unknown as Conversation;
}

/** @throws SourceError `invalid-data` for what is no page, with the field's name. */
export function readPage(value: unknown): ReadPage {
  const {conversations, done, cursor, authoritative, position} = fieldsOf(value, 'the page');
  if (typeof done !== 'boolean') throw wrong('done', 'true or false');
  if (!done && typeof cursor !== 'string') throw wrong('cursor', 'a string, while done is false');
  return Object.freeze({
    conversations: rows(conversations),
    done,
    ...(typeof cursor === 'string' && {cursor}),
    ...(authoritative === true && {authoritative}),
    ...(typeof position === 'string' && {position}),
  });
}

/** The names of the events that tell something. */
export const EVENTS: ReadonlySet<string> = new Set(['upsert', 'remove', 'unread', 'groups', 'reset']);

/**
 * The event of a name, `undefined` for one that is not known.
 *
 * @throws SourceError `invalid-data` for one that is not what its name says.
 */
export function readEvent(name: string, value: unknown): SourceEvent | undefined {
  const fields = Object(value) as Fields;
  switch (name) {
    case 'upsert': {
      const conversations = rows(fieldsOf(value, name)['conversations']);
      return {type: 'upsert', conversations, ...(fields['isNew'] === true && {isNew: true})};
    }
    case 'remove': {
      const {ids, reason} = fields;
      if (!Array.isArray(ids) || !ids.every((id) => typeof id === 'string')) throw wrong('ids', 'strings');
      const known = REMOVALS.includes(reason) ? {reason: reason as 'deleted'} : {};
      return {type: 'remove', ids: Object.freeze(ids), ...known};
    }
    case 'unread':
      return {type: 'unread', total: readTotal(value)};
    case 'groups':
      return {type: 'groups', groups: readGroups(value)};
    case 'reset': {
      const {reason} = fields;
      if (!RESETS.includes(reason)) throw wrong('reason', 'login, logout or gap');
      return {type: 'reset', reason: reason as 'gap'};
    }
    default:
      return undefined;
  }
}

/** @throws SourceError `invalid-data` */
export function readTotal(value: unknown): number {
  const {total} = fieldsOf(value, 'the answer');
  if (!Number.isSafeInteger(total) || (total as number) < 0) throw wrong('total', 'a whole number from 0');
  return total as number;
}

/** @throws SourceError `invalid-data` */
export function readGroups(value: unknown): readonly ConversationGroup[] {
  const {groups} = fieldsOf(value, 'the answer');
  if (!Array.isArray(groups)) throw wrong('groups', 'an array');
  return Object.freeze(groups.map(readGroup));
}

/** @throws SourceError `invalid-data` */
export function readGroup(value: unknown): ConversationGroup {
  const {id, name, unread} = fieldsOf(value, 'a group');
  if (typeof id !== 'string' || typeof name !== 'string') throw wrong('id and name', 'strings');
  return Object.freeze({id, name, ...(Number.isSafeInteger(unread) && {unread: unread as number})});
}

/** @throws SourceError `invalid-data` for text that is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SourceError('invalid-data', `This is no JSON: ${text.slice(0, 40)}`, {cause});
  }
}

function rows(list: unknown): readonly Conversation[] {
  if (!Array.isArray(list)) throw wrong('conversations', 'an array');
  return Object.freeze(list.map(readRow));
}

function fieldsOf(value: unknown, what: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw wrong(what, 'an object');
}

function wrong(field: string, expected: string): SourceError {
  return new SourceError('invalid-data', `${field} has to be ${expected}`);
}

const absent = (value: unknown): value is null | undefined => value === undefined || value === null;

/** What is no text, number or truth cannot be a part of anything here. */
const plain = (value: unknown): unknown => (typeof value === 'object' ? null : value);

function pick(raw: Fields, names: readonly string[]): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const name of names) if (!absent(raw[name])) picked[name] = plain(raw[name]);
  return picked;
}

function part(value: unknown, names: readonly string[]): unknown {
  return typeof value === 'object' && value !== null ? Object.freeze(pick(value as Fields, names)) : plain(value);
}
