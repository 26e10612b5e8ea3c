import type {Conversation, Draft, LastMessage, Member} from '../../model/conversation.js';
import {readConversation} from '../../model/validate.js';
import {decodeKey, encodeKey, tagsOf, type Tag} from './keys.js';

/** A conversation as it is stored: plain values only, the order key as text. */
export type Packed = Readonly<Record<string, unknown>>;

/** One stored row. */
export interface StoredRow {
  readonly id: string;
  /** The index goes by it. */
  readonly by: readonly Tag[];
  /** What lists show. */
  readonly c: Packed;
  /** What the server said, where actions that it has not taken yet are shown. */
  readonly base?: Packed;
  /** Of the writer: what passes quickly counts only while it is the same. */
  readonly epoch: number;
}

/** All but what has a place of its own, and `native`, which is an SDK's live object. */
type Field = Exclude<keyof Conversation, 'id' | 'orderKey' | 'native'>;
// As keys, so that the compiler misses none. Their order is the order of the stored text, by which rows are compared.
const FIELDS = Object.keys({
  ...{type: 1, targetId: 1, title: 1, avatarUrl: 1, members: 1, verified: 1, tags: 1, activeAt: 1, pinned: 1, hidden: 1},
  ...{unreadCount: 1, unreadIsLowerBound: 1, mention: 1, presence: 1, typing: 1, notify: 1, marks: 1, groups: 1},
  ...{draft: 1, lastMessage: 1, readUpTo: 1, customData: 1},
} satisfies Record<Field, 1>) as Field[];
/** Of a message, a draft and a member. */
const PARTS = Object.keys({
  ...{id: 1, senderId: 1, senderName: 1, isOwn: 1, type: 1, text: 1, fileName: 1, durationMs: 1, thumbnailUrl: 1},
  ...{sentAt: 1, state: 1, peerRead: 1, deliveryState: 1, editedAt: 1, name: 1, avatarUrl: 1},
} satisfies Record<keyof LastMessage | keyof Draft | keyof Member, 1>);
/** A row previews a message; the rest of a long one is nobody's business here. */
const LONGEST_PREVIEW = 1000;

/** Copies what is listed above, so that whatever else a source's object holds never meets the database. */
export function pack(c: Conversation): Packed {
  const packed: Record<string, unknown> = {key: encodeKey(c.orderKey)};
  for (const name of FIELDS) {
    const value = c[name];
    if (value !== undefined) packed[name] = plain(value);
  }
  const {lastMessage} = packed as {lastMessage?: {text?: string} | null};
  if (lastMessage?.text) lastMessage.text = lastMessage.text.slice(0, LONGEST_PREVIEW);
  return packed;
}

function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(plain);
  const copy: Record<string, unknown> = {};
  for (const name of PARTS) {
    const part = (value as Readonly<Record<string, unknown>>)[name];
    if (part !== undefined) copy[name] = part;
  }
  return copy;
}

function unpack(id: string, packed: Packed): Conversation | undefined {
  const raw: Record<string, unknown> = {id, orderKey: decodeKey(packed['key'])};
  for (const name of FIELDS) if (packed[name] !== undefined) raw[name] = packed[name];
  const {conversation, problems} = readConversation(raw);
  return problems.length === 0 ? conversation : undefined;
}

/** Makes a row of a conversation. */
export function toRow(c: Conversation, base: Conversation | undefined, epoch: number): StoredRow {
  return {id: c.id, by: tagsOf(c), c: pack(c), epoch, ...(base && {base: pack(base)})};
}

/**
 * Reads a stored row with the suspicion due to anything that other code of the page can write.
 *
 * @param epoch - who is typing and who is there was true only while its writer lived
 * @param filed - its labels have to be those of today
 * @returns `undefined` if any part is not as {@link toRow} makes it
 */
export function fromRow(row: unknown, epoch: number, filed = true): Conversation | undefined {
  try {
    const stored = row as StoredRow;
    const c = unpack(stored.id, stored.c);
    if (!c || (filed && JSON.stringify(stored.by) !== JSON.stringify(tagsOf(c)))) return undefined;
    if (stored.epoch === epoch) return c;
    const {presence: _, typing: __, ...lasting} = c;
    return lasting;
  } catch {
    return undefined;
  }
}

/** What the server last said of a stored row. */
export function baseOf({id, base, c}: StoredRow): Conversation | undefined {
  return unpack(id, base ?? c);
}

/** Whether two rows say the same, and go on doing so. */
export function sameRow(a: StoredRow, b: StoredRow): boolean {
  const passes = a.c['presence'] !== undefined || a.c['typing'] !== undefined;
  if (passes && a.epoch !== b.epoch) return false;
  const text = ({c, base, by}: StoredRow): string => JSON.stringify([c, base, by]);
  return text(a) === text(b);
}
