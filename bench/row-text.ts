import type {Conversation} from '../src/model/conversation.js';

/** What a row shows of a conversation, for the lists that have no text of their own to show. */
export interface RowText {
  readonly title: string;
  readonly initials: string;
  /** 0 to 7. */
  readonly color: number;
  readonly time: string;
  readonly iso: string;
  /** '' for none. */
  readonly prefix: string;
  readonly said: string;
  /** '' for none, `•` for a dot. */
  readonly badge: string;
  readonly muted: boolean;
  readonly pinned: boolean;
  readonly unread: boolean;
  readonly label: string;
}

/** Made at their first use, as in our list: making one is a part of showing the first row. */
const formats = new Map<Intl.DateTimeFormatOptions, Intl.DateTimeFormat>();
const CLOCK: Intl.DateTimeFormatOptions = {hour: 'numeric', minute: '2-digit'};
const WEEKDAY: Intl.DateTimeFormatOptions = {weekday: 'short'};
const DATE: Intl.DateTimeFormatOptions = {month: 'short', day: 'numeric'};
const YEAR: Intl.DateTimeFormatOptions = {year: 'numeric', month: 'numeric', day: 'numeric'};
const DAY = 86_400_000;
const NINE = '9'.charCodeAt(0);

/**
 * The same words as our list's, for the plain conversations of `data.ts`, at the least cost: it trusts its input and
 * cleans nothing. The run compares both before it measures.
 */
export function rowText(conversation: Conversation): RowText {
  const {title, lastMessage, unreadCount, pinned} = conversation;
  const at = conversation.activeAt ?? 0;
  const time = timeText(at);
  const muted = conversation.notify !== 'all';
  const said = lastMessage?.text ?? '';
  const own = lastMessage?.isOwn === true;
  const prefix = own ? 'You' : conversation.type === 'group' ? (lastMessage?.senderName ?? '') : '';
  let label = title;
  if (unreadCount > 0) label += unreadCount === 1 ? ', 1 unread message' : `, ${unreadCount} unread messages`;
  label += prefix === '' ? `, ${said}` : `, ${prefix}: ${said}`;
  if (pinned) label += ', pinned';
  if (muted) label += ', muted';
  return {
    title,
    initials: initials(title),
    color: color(conversation.id),
    time,
    iso: new Date(at).toISOString(),
    prefix,
    said,
    badge: unreadCount === 0 ? '' : muted ? '•' : unreadCount > 99 ? '99+' : String(unreadCount),
    muted,
    pinned: pinned && unreadCount === 0,
    unread: unreadCount > 0,
    label: `${label}, ${time}`,
  };
}

let today = 0;
let year = 0;
/** Until when these hold. */
let midnight = 0;

function timeText(at: number): string {
  const now = Date.now();
  if (now >= midnight) {
    const date = new Date(now);
    year = date.getFullYear();
    today = date.setHours(0, 0, 0, 0);
    midnight = today + DAY;
  }
  if (at >= today) return format(at, CLOCK);
  if (at >= today - DAY) return 'Yesterday';
  if (at >= today - 6 * DAY) return format(at, WEEKDAY);
  return format(at, new Date(at).getFullYear() === year ? DATE : YEAR);
}

function format(at: number, options: Intl.DateTimeFormatOptions): string {
  let made = formats.get(options);
  if (made === undefined) formats.set(options, (made = new Intl.DateTimeFormat(document.documentElement.lang, options)));
  return made.format(at);
}

/** The first letters of the first and the last word; a number at the end does not count. */
function initials(title: string): string {
  const end = title.charCodeAt(title.length - 1) <= NINE ? title.lastIndexOf(' ') : title.length;
  const word = title.lastIndexOf(' ', end - 1) + 1;
  return (title.charAt(0) + (word === 0 ? '' : title.charAt(word))).toUpperCase();
}

function color(id: string): number {
  let hash = 0;
  for (let i = 0; i < id.length; i++) hash = (Math.imul(hash, 31) + id.charCodeAt(i)) | 0;
  return (hash >>> 0) % 8;
}
