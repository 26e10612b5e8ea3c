import type {
  Conversation,
  ConversationType,
  DeliveryState,
  Draft,
  LastMessage,
  Member,
  MentionKind,
  MessageState,
  NotifyLevel,
  Presence,
} from './conversation.js';

/** What {@link readConversation} made of a value. */
export interface ReadResult {
  /** The conversation, repaired where it had to be; `undefined` if it has no usable id. */
  readonly conversation: Conversation | undefined;
  /** The names of the fields that were wrong, empty for a good one. */
  readonly problems: readonly string[];
}

const TYPES: ReadonlySet<unknown> = new Set<ConversationType>(['direct', 'group', 'channel', 'system', 'unknown']);
const LEVELS: ReadonlySet<unknown> = new Set<NotifyLevel>(['all', 'mentions', 'silent', 'off']);
const STATES: ReadonlySet<unknown> = new Set<MessageState>(['normal', 'sending', 'failed', 'recalled', 'deleted']);
const MENTIONS: ReadonlySet<unknown> = new Set<MentionKind>(['me', 'all', 'both']);
const PRESENCES: ReadonlySet<unknown> = new Set<Presence>(['online', 'away', 'busy', 'offline']);
const DELIVERIES: ReadonlySet<unknown> = new Set<DeliveryState>(['sent', 'delivered', 'read']);

/** Largest count kept: a signed 32-bit integer, as in every service read. */
const MAX_COUNT = 2 ** 31 - 1;
/** Largest time a `Date` can hold, in milliseconds. */
const MAX_TIME = 8.64e15;
const MIN_KEY = -(2n ** 63n);
const MAX_KEY = 2n ** 64n - 1n;

const isString = (v: unknown): v is string => typeof v === 'string';
const isId = (v: unknown): v is string => isString(v) && v !== '';
const isBoolean = (v: unknown): v is boolean => typeof v === 'boolean';
const isTime = (v: unknown): v is number => typeof v === 'number' && Math.abs(v) <= MAX_TIME;
const isDuration = (v: unknown): v is number => isTime(v) && v >= 0;
const isCount = (v: unknown): v is number => Number.isInteger(v) && (v as number) >= 0 && (v as number) <= MAX_COUNT;
const isStrings = (v: unknown): v is readonly string[] => Array.isArray(v) && v.every(isString);
const isKey = (v: unknown): v is bigint => typeof v === 'bigint' && v >= MIN_KEY && v <= MAX_KEY;

/**
 * Reads a 64-bit key from a bigint, a safe integer or a string of decimal digits.
 *
 * @returns `undefined` for anything else: a number past 2^53 has already lost its last digits, and
 *   `BigInt` would take `''`, `' 5 '` and `'0x10'`.
 */
export function readOrderKey(value: unknown): bigint | undefined {
  if (isKey(value)) return value;
  if (Number.isSafeInteger(value)) return BigInt(value as number);
  if (!isString(value) || !/^-?\d{1,20}$/.test(value)) return undefined;
  const key = BigInt(value);
  return isKey(key) ? key : undefined;
}

/** A count as it can be shown: an integer from 0 to 2^31 - 1. */
export function readCount(value: unknown): number {
  if (typeof value !== 'number' || !(value > 0)) return 0;
  return Math.min(MAX_COUNT, Math.trunc(value));
}

/**
 * Checks a conversation that came from outside, and repairs what is wrong with it.
 *
 * A good one comes back as the same object, so checking costs no memory; a bad field gets its neutral value,
 * an unusable optional one is left out. Never throws, whatever the value or its getters do.
 */
export function readConversation(value: unknown): ReadResult {
  if (typeof value !== 'object' || value === null) return UNUSABLE;
  const raw = value as Fields;
  try {
    return read(raw);
  } catch {
    try {
      // A getter throws. Behind a proxy that reads with care, such a field is a bad field like others.
      return read(new Proxy({} as Fields, {get: (_, name) => readField(raw, name as keyof Conversation)}));
    } catch {
      return UNUSABLE;
    }
  }
}

const UNUSABLE: ReadResult = {conversation: undefined, problems: ['conversation']};

type Fields = Readonly<Record<keyof Conversation, unknown>>;

/** Whether a field is right, and what takes its place where it is not; `undefined`: nothing. */
type Field = readonly [good: (value: unknown) => boolean, repair?: (value: unknown) => unknown];

function read(raw: Fields): ReadResult {
  if (isGood(raw)) return {conversation: raw as unknown as Conversation, problems: []};
  const problems: string[] = [];
  const conversation = repair(raw, conversationFields(), problems) as unknown as Conversation;
  return {conversation: problems[0] === 'id' ? undefined : conversation, problems};
}

/** A copy with every listed field right; unknown fields do not come along. Adds the names of those that were wrong. */
function repair(raw: object, fields: Readonly<Record<string, Field>>, problems: string[] = []): Record<string, unknown> {
  const right: Record<string, unknown> = {};
  for (const [name, [good, repaired]] of Object.entries(fields)) {
    const given = (raw as Record<string, unknown>)[name];
    const known = good(given);
    const value = known ? given : repaired?.(given);
    if (!known) problems.push(name);
    if (value !== undefined) right[name] = value;
  }
  return right;
}

/** What stands for a field that cannot be read. */
const UNREADABLE = Symbol('unreadable');

function readField(raw: Fields, name: keyof Conversation): unknown {
  try {
    const value = raw[name];
    // Whatever the checks will read in it is read here first.
    if (name === 'draft') isDraft(value);
    else if (name === 'lastMessage') repairMessage(value);
    else if (name === 'members') onlyMembers(value);
    else if (name !== 'native') onlyStrings(value);
    return value;
  } catch {
    return UNREADABLE;
  }
}

/** Every field is right. Written out, as every conversation that comes passes here. */
function isGood(c: Fields): boolean {
  return (
    isId(c.id) &&
    TYPES.has(c.type) &&
    isString(c.title) &&
    isKey(c.orderKey) &&
    isBoolean(c.pinned) &&
    isCount(c.unreadCount) &&
    LEVELS.has(c.notify) &&
    isStrings(c.marks) &&
    isStrings(c.groups) &&
    (c.targetId === undefined || isString(c.targetId)) &&
    (c.avatarUrl === undefined || isString(c.avatarUrl)) &&
    (c.members === undefined || isMembers(c.members)) &&
    (c.verified === undefined || isBoolean(c.verified)) &&
    (c.tags === undefined || isStrings(c.tags)) &&
    (c.activeAt === undefined || isTime(c.activeAt)) &&
    (c.hidden === undefined || isBoolean(c.hidden)) &&
    (c.unreadIsLowerBound === undefined || isBoolean(c.unreadIsLowerBound)) &&
    (c.mention === undefined || MENTIONS.has(c.mention)) &&
    (c.presence === undefined || PRESENCES.has(c.presence)) &&
    (c.typing === undefined || isStrings(c.typing)) &&
    (c.draft === undefined || isDraft(c.draft)) &&
    (c.lastMessage === undefined || c.lastMessage === null || isMessage(c.lastMessage)) &&
    (c.readUpTo === undefined || isTime(c.readUpTo)) &&
    (c.customData === undefined || isString(c.customData)) &&
    c.native !== UNREADABLE
  );
}

function isDraft(v: unknown): v is Draft {
  if (typeof v !== 'object' || v === null) return false;
  const {text, editedAt} = v as Record<keyof Draft, unknown>;
  return isString(text) && (editedAt === undefined || isTime(editedAt));
}

const isMembers = (v: unknown): v is readonly Member[] => Array.isArray(v) && v.every(isMember);

function isMember(v: unknown): v is Member {
  if (typeof v !== 'object' || v === null) return false;
  const {id, name, avatarUrl} = v as Record<keyof Member, unknown>;
  return [id, name, avatarUrl].every((value) => value === undefined || isString(value));
}

function isMessage(v: unknown): v is LastMessage {
  if (typeof v !== 'object' || v === null) return false;
  const m = v as Record<keyof LastMessage, unknown>;
  return (
    isString(m.type) &&
    STATES.has(m.state) &&
    (m.id === undefined || isString(m.id)) &&
    (m.senderId === undefined || isString(m.senderId)) &&
    (m.senderName === undefined || isString(m.senderName)) &&
    (m.isOwn === undefined || isBoolean(m.isOwn)) &&
    (m.text === undefined || isString(m.text)) &&
    (m.sentAt === undefined || isTime(m.sentAt)) &&
    (m.fileName === undefined || isString(m.fileName)) &&
    (m.durationMs === undefined || isDuration(m.durationMs)) &&
    (m.thumbnailUrl === undefined || isString(m.thumbnailUrl)) &&
    (m.peerRead === undefined || isBoolean(m.peerRead)) &&
    (m.deliveryState === undefined || DELIVERIES.has(m.deliveryState))
  );
}

function repairMessage(v: unknown): LastMessage | undefined {
  if (typeof v !== 'object' || v === null) return undefined;
  return isMessage(v) ? v : (repair(v, messageFields()) as unknown as LastMessage);
}

function onlyMembers(v: unknown): readonly Member[] {
  return Array.isArray(v) ? v.filter(isMember) : [];
}

function onlyStrings(v: unknown): readonly string[] {
  return Array.isArray(v) ? v.filter(isString) : [];
}

/** Right too where it is missing. */
const optional = (good: (value: unknown) => boolean): Field[0] => (value) => value === undefined || good(value);
const among = (values: ReadonlySet<unknown>): Field[0] => (value) => values.has(value);

const text = (): Field => [optional(isString)];
const flag = (): Field => [optional(isBoolean)];
const time = (): Field => [optional(isTime)];
const texts = (): Field => [optional(isStrings), onlyStrings];

/** Made when there is something to repair, so that bundles without it have none of this. */
const messageFields = (): Readonly<Record<keyof LastMessage, Field>> => ({
  type: [isString, () => 'unknown'],
  state: [among(STATES), () => 'normal'],
  id: text(),
  senderId: text(),
  senderName: text(),
  isOwn: flag(),
  text: text(),
  sentAt: time(),
  fileName: text(),
  durationMs: [optional(isDuration)],
  thumbnailUrl: text(),
  peerRead: flag(),
  deliveryState: [optional(among(DELIVERIES))],
});

/** `id` first. */
const conversationFields = (): Readonly<Record<keyof Conversation, Field>> => ({
  id: [isId],
  type: [among(TYPES), () => 'unknown'],
  title: [isString, () => ''],
  orderKey: [isKey, (value) => readOrderKey(value) ?? 0n],
  pinned: [isBoolean, () => false],
  unreadCount: [isCount, readCount],
  notify: [among(LEVELS), () => 'all'],
  marks: [isStrings, onlyStrings],
  groups: [isStrings, onlyStrings],
  targetId: text(),
  avatarUrl: text(),
  members: [optional(isMembers), onlyMembers],
  verified: flag(),
  tags: texts(),
  activeAt: time(),
  hidden: flag(),
  unreadIsLowerBound: flag(),
  mention: [optional(among(MENTIONS))],
  presence: [optional(among(PRESENCES))],
  typing: texts(),
  draft: [optional(isDraft)],
  lastMessage: [(value) => value === undefined || value === null || isMessage(value), repairMessage],
  readUpTo: time(),
  customData: text(),
  native: [(value) => value !== UNREADABLE],
});
