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

function read(raw: Fields): ReadResult {
  const problems = findProblems(raw);
  if (problems.length === 0) return {conversation: raw as unknown as Conversation, problems};
  if (problems[0] === 'id') return {conversation: undefined, problems};
  return {conversation: repair(raw), problems};
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

/** The fields that are wrong; `id` first. */
function findProblems(c: Fields): string[] {
  const wrong: string[] = [];
  if (!isString(c.id) || c.id === '') wrong.push('id');
  if (!TYPES.has(c.type)) wrong.push('type');
  if (!isString(c.title)) wrong.push('title');
  if (!isKey(c.orderKey)) wrong.push('orderKey');
  if (!isBoolean(c.pinned)) wrong.push('pinned');
  if (!isCount(c.unreadCount)) wrong.push('unreadCount');
  if (!LEVELS.has(c.notify)) wrong.push('notify');
  if (!isStrings(c.marks)) wrong.push('marks');
  if (!isStrings(c.groups)) wrong.push('groups');
  if (c.targetId !== undefined && !isString(c.targetId)) wrong.push('targetId');
  if (c.avatarUrl !== undefined && !isString(c.avatarUrl)) wrong.push('avatarUrl');
  if (c.members !== undefined && !isMembers(c.members)) wrong.push('members');
  if (c.verified !== undefined && !isBoolean(c.verified)) wrong.push('verified');
  if (c.tags !== undefined && !isStrings(c.tags)) wrong.push('tags');
  if (c.activeAt !== undefined && !isTime(c.activeAt)) wrong.push('activeAt');
  if (c.hidden !== undefined && !isBoolean(c.hidden)) wrong.push('hidden');
  if (c.unreadIsLowerBound !== undefined && !isBoolean(c.unreadIsLowerBound)) wrong.push('unreadIsLowerBound');
  if (c.mention !== undefined && !MENTIONS.has(c.mention)) wrong.push('mention');
  if (c.presence !== undefined && !PRESENCES.has(c.presence)) wrong.push('presence');
  if (c.typing !== undefined && !isStrings(c.typing)) wrong.push('typing');
  if (c.draft !== undefined && !isDraft(c.draft)) wrong.push('draft');
  if (c.lastMessage !== undefined && c.lastMessage !== null && !isMessage(c.lastMessage)) wrong.push('lastMessage');
  if (c.readUpTo !== undefined && !isTime(c.readUpTo)) wrong.push('readUpTo');
  if (c.customData !== undefined && !isString(c.customData)) wrong.push('customData');
  if (c.native === UNREADABLE) wrong.push('native');
  return wrong;
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

/** A copy with every listed field right; unknown fields do not come along. */
function repair(c: Fields): Conversation {
  const lastMessage = c.lastMessage === null ? null : repairMessage(c.lastMessage);
  return {
    id: c.id as string,
    type: TYPES.has(c.type) ? (c.type as ConversationType) : 'unknown',
    title: isString(c.title) ? c.title : '',
    orderKey: readOrderKey(c.orderKey) ?? 0n,
    pinned: c.pinned === true,
    unreadCount: readCount(c.unreadCount),
    notify: LEVELS.has(c.notify) ? (c.notify as NotifyLevel) : 'all',
    marks: onlyStrings(c.marks),
    groups: onlyStrings(c.groups),
    ...(isString(c.targetId) && {targetId: c.targetId}),
    ...(isString(c.avatarUrl) && {avatarUrl: c.avatarUrl}),
    ...(c.members !== undefined && {members: onlyMembers(c.members)}),
    ...(isBoolean(c.verified) && {verified: c.verified}),
    ...(c.tags !== undefined && {tags: onlyStrings(c.tags)}),
    ...(isTime(c.activeAt) && {activeAt: c.activeAt}),
    ...(isBoolean(c.hidden) && {hidden: c.hidden}),
    ...(isBoolean(c.unreadIsLowerBound) && {unreadIsLowerBound: c.unreadIsLowerBound}),
    ...(MENTIONS.has(c.mention) && {mention: c.mention as MentionKind}),
    ...(PRESENCES.has(c.presence) && {presence: c.presence as Presence}),
    ...(c.typing !== undefined && {typing: onlyStrings(c.typing)}),
    ...(isDraft(c.draft) && {draft: c.draft}),
    ...(lastMessage !== undefined && {lastMessage}),
    ...(isTime(c.readUpTo) && {readUpTo: c.readUpTo}),
    ...(isString(c.customData) && {customData: c.customData}),
    ...(c.native !== undefined && c.native !== UNREADABLE && {native: c.native}),
  };
}

function repairMessage(v: unknown): LastMessage | undefined {
  if (typeof v !== 'object' || v === null) return undefined;
  if (isMessage(v)) return v;
  const m = v as Record<keyof LastMessage, unknown>;
  return {
    type: isString(m.type) ? m.type : 'unknown',
    state: STATES.has(m.state) ? (m.state as MessageState) : 'normal',
    ...(isString(m.id) && {id: m.id}),
    ...(isString(m.senderId) && {senderId: m.senderId}),
    ...(isString(m.senderName) && {senderName: m.senderName}),
    ...(isBoolean(m.isOwn) && {isOwn: m.isOwn}),
    ...(isString(m.text) && {text: m.text}),
    ...(isTime(m.sentAt) && {sentAt: m.sentAt}),
    ...(isString(m.fileName) && {fileName: m.fileName}),
    ...(isDuration(m.durationMs) && {durationMs: m.durationMs}),
    ...(isString(m.thumbnailUrl) && {thumbnailUrl: m.thumbnailUrl}),
    ...(isBoolean(m.peerRead) && {peerRead: m.peerRead}),
    ...(DELIVERIES.has(m.deliveryState) && {deliveryState: m.deliveryState as DeliveryState}),
  };
}

function onlyMembers(v: unknown): readonly Member[] {
  return Array.isArray(v) ? v.filter(isMember) : [];
}

function onlyStrings(v: unknown): readonly string[] {
  return Array.isArray(v) ? v.filter(isString) : [];
}
