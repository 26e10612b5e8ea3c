import {avatarColor, httpsOnly, initials, type AvatarPolicy} from '../format/avatar.js';
import {formatCount} from '../format/count.js';
import {formatPreview, type Preview} from '../format/preview.js';
import {cleanName} from '../format/text.js';
import {formatTime, type TimeText} from '../format/time.js';
import type {Strings} from '../locales/strings.js';
import {hasUnread, isMarkedUnread, isMuted, type Conversation} from '../model/conversation.js';

/** What all rows of a list depend on. */
export interface RowSetting {
  readonly strings: Strings;
  readonly lang: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly selectedId: string | undefined;
  readonly avatarPolicy: AvatarPolicy | undefined;
  /** The conversation has left the list; its row stays while the order is held. */
  readonly isGone: (id: string) => boolean;
}

/** What a row shows and says of one conversation; every string is clean. */
export interface RowFacts {
  readonly title: string;
  readonly initials: string;
  /** 0 to 7. */
  readonly color: number;
  /** What the policy lets through; `undefined` for initials. */
  readonly avatar: string | undefined;
  readonly preview: Preview;
  readonly time: TimeText | undefined;
  /** '' for none; one dot (`•`) where there is something unread and no number is to be shown. */
  readonly badge: string;
  readonly mention: boolean;
  readonly muted: boolean;
  readonly pinned: boolean;
  readonly unread: boolean;
  readonly selected: boolean;
  readonly gone: boolean;
  /** The whole row in one sentence, name first. */
  readonly label: string;
}

/** Says of a conversation what a row shows. Depends on its arguments alone. */
export function rowFacts(conversation: Conversation, setting: RowSetting): RowFacts {
  const {strings, lang, now} = setting;
  const selected = conversation.id === setting.selectedId;
  const title = cleanName(conversation.title, cleanName(conversation.targetId, strings.unnamed));
  const preview = formatPreview(conversation, strings, selected);
  const at = conversation.lastMessage?.sentAt ?? conversation.activeAt;
  const time = formatTime(at, {lang, now, yesterday: strings.yesterday});
  const muted = isMuted(conversation);
  const gone = setting.isGone(conversation.id);
  const {avatarUrl} = conversation;
  return {
    title,
    initials: initials(title),
    color: avatarColor(conversation.id),
    avatar: avatarUrl === undefined ? undefined : allowed(avatarUrl, setting.avatarPolicy),
    preview,
    time,
    badge: badgeOf(conversation, muted),
    mention: conversation.mention !== undefined,
    muted,
    pinned: conversation.pinned,
    unread: hasUnread(conversation),
    selected,
    gone,
    label: labelOf(conversation, strings, {title, preview, time, selected, gone}),
  };
}

/** Muted ones whisper: the count is there for those who read the label, the eye gets a dot. */
function badgeOf(conversation: Conversation, muted: boolean): string {
  if (conversation.unreadCount > 0) return muted ? '•' : formatCount(conversation.unreadCount);
  return isMarkedUnread(conversation) ? '•' : '';
}

function labelOf(
  c: Conversation,
  strings: Strings,
  {title, preview: {prefix, text}, time, selected, gone}: Pick<RowFacts, 'title' | 'preview' | 'time' | 'selected' | 'gone'>,
): string {
  const parts = [title];
  if (gone) parts.push(strings.gone);
  if (selected) parts.push(strings.open);
  if (c.unreadCount > 0) parts.push(strings.unread(c.unreadCount));
  else if (isMarkedUnread(c)) parts.push(strings.markedUnread);
  if (c.mention === 'me' || c.mention === 'both') parts.push(strings.mentionedYou);
  if (c.mention === 'all' || c.mention === 'both') parts.push(strings.mentionedAll);
  if (text !== '') parts.push(prefix === '' ? text : `${prefix}: ${text}`);
  if (c.pinned) parts.push(strings.pinned);
  if (isMuted(c)) parts.push(strings.muted);
  if (time !== undefined) parts.push(time.label);
  return parts.join(', ');
}

/** What the policy says; one that throws lets nothing through. */
function allowed(url: string, policy: AvatarPolicy | undefined): string | undefined {
  try {
    const result: unknown = (policy ?? httpsOnly)(url);
    return typeof result === 'string' && result !== '' ? result : undefined;
  } catch {
    return undefined;
  }
}
