import {avatarColor, httpsOnly, initials, type AvatarPolicy} from '../format/avatar.js';
import {formatCount} from '../format/count.js';
import {formatPreview, type Preview, type PreviewFormatter} from '../format/preview.js';
import {cleanName, cleanText} from '../format/text.js';
import type {TimeTeller, TimeText} from '../format/time.js';
import type {Strings} from '../locales/strings.js';
import {
  deliveryOf,
  hasUnread,
  isMarkedUnread,
  isMuted,
  type Conversation,
  type DeliveryState,
  type Member,
  type MentionKind,
  type Presence,
} from '../model/conversation.js';

/** What all rows of a list depend on. */
export interface RowSetting {
  readonly strings: Strings;
  readonly times: TimeTeller;
  readonly selectedId: string | undefined;
  /** Those selected for actions on all of them; `undefined` where only one can be. */
  readonly checkedIds: ReadonlySet<string> | undefined;
  /** Every row shows a checkbox, not only those that are checked. */
  readonly selecting: boolean;
  readonly avatarPolicy: AvatarPolicy | undefined;
  /** Where what is looked for stands in a text; `undefined` while nothing is. */
  readonly find?: ((text: string) => Stretches) | undefined;
  /** Asked first for a message's preview; must not throw. */
  readonly format?: PreviewFormatter | undefined;
  /** The conversation has left the list; its row stays while the order is held. */
  readonly isGone: (id: string) => boolean;
}

/** Parts of a text, `[start, end)` in UTF-16 code units, in order. */
export type Stretches = readonly (readonly [number, number])[];

/** A round picture, or the letters in its place. */
export interface Face {
  readonly initials: string;
  /** 0 to 7. */
  readonly color: number;
  /** What the policy lets through; `undefined` for initials. */
  readonly avatar: string | undefined;
}

/** What a row shows and says of one conversation; every string is clean. */
export interface RowFacts extends Face {
  readonly title: string;
  /** What was looked for, in the title, */
  readonly titleMatches: Stretches;
  /** Two to four members of which the avatar is made; none where it has a picture of its own. */
  readonly members: readonly Face[];
  readonly presence: Presence | undefined;
  readonly verified: boolean;
  readonly preview: Preview;
  /** and in the preview's text. */
  readonly previewMatches: Stretches;
  /** What the policy lets through of the last message's small picture. */
  readonly thumbnail: string | undefined;
  /** How far an own last message has got, while it is previewed. */
  readonly delivery: DeliveryState | undefined;
  readonly time: TimeText | undefined;
  /** '' for none; one dot (`•`) where there is something unread and no number is to be shown. */
  readonly badge: string;
  readonly mention: MentionKind | undefined;
  /** At most two. */
  readonly tags: readonly string[];
  readonly muted: boolean;
  readonly pinned: boolean;
  readonly unread: boolean;
  readonly selected: boolean;
  /** Selected for actions on several; `undefined` where only one can be. */
  readonly checked: boolean | undefined;
  /** It shows a checkbox. */
  readonly checkbox: boolean;
  readonly gone: boolean;
  /** The whole row in one sentence, name first. */
  readonly label: string;
}

const NONE: readonly never[] = [];
const TAG_LIMIT = 24;

/** Says of a conversation what a row shows. Depends on its arguments alone. */
export function rowFacts(conversation: Conversation, setting: RowSetting): RowFacts {
  const {strings, avatarPolicy} = setting;
  const {lastMessage, tags} = conversation;
  const selected = conversation.id === setting.selectedId;
  const title = cleanName(conversation.title, cleanName(conversation.targetId, strings.unnamed));
  const preview = formatPreview(conversation, strings, {open: selected, format: setting.format});
  const isMessage = preview.kind === 'message';
  const avatar = allowed(conversation.avatarUrl, avatarPolicy);
  const muted = isMuted(conversation);
  const checked = setting.checkedIds?.has(conversation.id);
  const facts = {
    title,
    titleMatches: setting.find?.(title) ?? NONE,
    initials: initials(title),
    color: avatarColor(conversation.id),
    avatar,
    members: avatar === undefined ? membersOf(conversation, avatarPolicy) : NONE,
    presence: conversation.presence,
    verified: conversation.verified === true,
    preview,
    previewMatches: setting.find?.(preview.text) ?? NONE,
    thumbnail: isMessage ? allowed(lastMessage?.thumbnailUrl, avatarPolicy) : undefined,
    delivery: isMessage ? deliveryOf(conversation) : undefined,
    time: setting.times.tell(lastMessage?.sentAt ?? conversation.activeAt),
    badge: badgeOf(conversation, muted),
    mention: conversation.mention,
    tags: tags === undefined ? NONE : tagsOf(tags),
    muted,
    pinned: conversation.pinned,
    unread: hasUnread(conversation),
    selected,
    checked,
    checkbox: checked === true || (checked === false && setting.selecting),
    gone: setting.isGone(conversation.id),
    label: '',
  };
  facts.label = labelOf(conversation, strings, facts);
  return facts;
}

/** Muted ones whisper: the count is there for those who read the label, the eye gets a dot. */
function badgeOf(conversation: Conversation, muted: boolean): string {
  const {unreadCount, unreadIsLowerBound} = conversation;
  if (unreadCount > 0) return muted ? '•' : formatCount(unreadCount, 99, unreadIsLowerBound);
  return isMarkedUnread(conversation) ? '•' : '';
}

/** A picture made of one member would be taken for that member. */
function membersOf({type, members}: Conversation, policy: AvatarPolicy | undefined): readonly Face[] {
  if (members === undefined || members.length < 2 || type === 'direct') return NONE;
  return members.slice(0, 4).map(({id, name, avatarUrl}: Member) => ({
    initials: members.length > 2 ? initial(cleanText(name)) : initials(cleanText(name)),
    color: avatarColor(id ?? name ?? ''),
    avatar: allowed(avatarUrl, policy),
  }));
}

/** A quarter of a round avatar holds one letter. */
function initial(name: string): string {
  return initials(name.split(' ', 1)[0] ?? '') || initials(name);
}

/** The first two that can be seen, of as many as an app may have hung on it. */
function tagsOf(tags: readonly string[]): readonly string[] {
  const shown: string[] = [];
  for (let i = 0; i < tags.length && i < 8 && shown.length < 2; i++) {
    const tag = cleanName(cleanText(tags[i], TAG_LIMIT), '');
    if (tag !== '' && tag !== shown[0]) shown.push(tag);
  }
  return shown;
}

/**
 * The order: name, verified, gone or open, unread, mentions, preview, delivery, tags, presence, pinned, muted, time.
 */
function labelOf(c: Conversation, strings: Strings, facts: RowFacts): string {
  const {preview, presence, mention} = facts;
  const parts = [facts.title];
  if (facts.verified) parts.push(strings.verified);
  if (facts.gone) parts.push(strings.gone);
  if (facts.selected) parts.push(strings.open);
  if (c.unreadCount > 0) parts.push(strings.unread(c.unreadCount));
  else if (isMarkedUnread(c)) parts.push(strings.markedUnread);
  if (mention === 'me' || mention === 'both') parts.push(strings.mentionedYou);
  if (mention === 'all' || mention === 'both') parts.push(strings.mentionedAll);
  if (preview.text !== '') parts.push(preview.prefix === '' ? preview.text : `${preview.prefix}: ${preview.text}`);
  if (facts.delivery !== undefined) parts.push(strings[facts.delivery]);
  parts.push(...facts.tags);
  if (presence !== undefined) parts.push(strings.presence[presence]);
  if (c.pinned) parts.push(strings.pinned);
  if (facts.muted) parts.push(strings.muted);
  if (facts.time !== undefined) parts.push(facts.time.label);
  return parts.join(', ');
}

/** What the policy says; one that throws lets nothing through. */
export function allowed(url: string | undefined, policy: AvatarPolicy | undefined): string | undefined {
  if (url === undefined) return undefined;
  try {
    const result: unknown = (policy ?? httpsOnly)(url);
    return typeof result === 'string' && result !== '' ? result : undefined;
  } catch {
    return undefined;
  }
}
