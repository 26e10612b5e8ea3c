import type {Strings} from '../../locales/strings.js';
import {hasUnread, isHidden, type Conversation, type ConversationGroup, type NotifyLevel} from '../../model/conversation.js';
import type {ConversationSource, OpName} from '../../model/source.js';
import type {ActionItem} from './action-item.js';

/** What the list's own items depend on besides their conversation. */
export interface ItemsSetting {
  readonly source: ConversationSource;
  readonly groups: readonly ConversationGroup[];
  readonly strings: Strings;
}

const LEVELS: readonly (readonly [NotifyLevel, keyof Strings & `notify${string}`])[] = [
  ['all', 'notifyAll'],
  ['mentions', 'notifyMentions'],
  ['silent', 'notifySilent'],
  ['off', 'notifyOff'],
];

/** The method behind each action that menus offer. */
const METHODS = {
  pin: 'setPinned',
  notify: 'setNotify',
  markRead: 'markRead',
  markUnread: 'markUnread',
  hide: 'setHidden',
  mark: 'setMark',
  groups: 'groups',
  clearHistory: 'clearHistory',
  delete: 'delete',
} as const satisfies Partial<Record<OpName, keyof ConversationSource>>;

/** Whether the source can do it, by what it says and by what it has. Never throws. */
export function can(source: ConversationSource | null | undefined, op: keyof typeof METHODS): boolean {
  try {
    return source?.capabilities.ops.has(op) === true && METHODS[op] in source;
  } catch {
    return false;
  }
}

/** What a source can do to a conversation, as items in the order of a menu. */
export function defaultItems(conversation: Conversation, setting: ItemsSetting): readonly ActionItem[] {
  const {source, strings} = setting;
  const {pinned, notify} = conversation;
  const has = (op: keyof typeof METHODS) => can(source, op);
  const blocks: readonly (readonly (ActionItem | false | undefined)[])[] = [
    [
      has('pin') && {id: 'pin', label: pinned ? strings.unpin : strings.pin, action: {name: 'pin', pinned: !pinned}},
      readItem(conversation, setting),
    ],
    [
      has('notify') && {
        id: 'mute',
        label: notify === 'all' ? strings.mute : strings.unmute,
        action: {name: 'notify', level: notify === 'all' ? 'silent' : 'all'},
      },
      has('notify') && {
        id: 'notify',
        label: strings.notifications,
        children: LEVELS.map(([level, word]) => ({
          id: `notify-${level}`,
          label: strings[word],
          kind: 'radio',
          checked: notify === level,
          action: {name: 'notify', level},
        })),
      },
    ],
    [
      has('mark') && markItem(conversation, 'star', strings.star, strings.unstar),
      groupsItem(conversation, setting),
      has('mark') && markItem(conversation, 'fold', strings.fold, strings.unfold),
      hideItem(conversation, setting),
    ],
    [
      has('clearHistory') && {id: 'clear-history', label: strings.clearHistory, danger: true, action: {name: 'clear-history'}},
      has('delete') && {id: 'delete', label: strings.delete, danger: true, action: {name: 'delete'}},
    ],
  ];
  const shown = blocks.map((block) => block.filter((item): item is ActionItem => typeof item === 'object'));
  return shown.flatMap((block, i) => {
    const first = shown.slice(0, i).every(({length}) => length === 0);
    return block.length === 0 || first ? block : [{id: `separator-${i}`, label: '', kind: 'separator' as const}, ...block];
  });
}

/** All of a conversation that {@link defaultItems} depends on. */
export function stateOf(conversation: Conversation): string {
  const {pinned, notify, marks, groups} = conversation;
  const unread = hasUnread(conversation) || conversation.mention !== undefined;
  return [pinned, notify, unread, isHidden(conversation), marks.join('\n'), groups.join('\n')].join('\t');
}

/** Read and unread are one item: what it does is the opposite of what is. */
function readItem(conversation: Conversation, {source, strings}: ItemsSetting): ActionItem | undefined {
  if (hasUnread(conversation) || conversation.mention !== undefined) {
    return can(source, 'markRead') ? {id: 'mark-read', label: strings.markRead, action: {name: 'mark-read'}} : undefined;
  }
  const item = {id: 'mark-read', label: strings.markUnread};
  if (can(source, 'markUnread')) return {...item, action: {name: 'mark-unread', unread: true}};
  return can(source, 'mark') ? {...item, action: {name: 'mark', mark: 'unread', on: true}} : undefined;
}

function markItem({marks}: Conversation, mark: string, put: string, take: string): ActionItem {
  const on = !marks.includes(mark);
  return {id: mark, label: on ? put : take, action: {name: 'mark', mark, on}};
}

function hideItem(conversation: Conversation, {source, strings}: ItemsSetting): ActionItem | undefined {
  const hidden = !isHidden(conversation);
  const item = {id: 'hide', label: hidden ? strings.hide : strings.unhide};
  if (can(source, 'hide')) return {...item, action: {name: 'hide', hidden}};
  return can(source, 'mark') ? {...item, action: {name: 'mark', mark: 'hide', on: hidden}} : undefined;
}

function groupsItem(conversation: Conversation, {source, strings, groups}: ItemsSetting): ActionItem | undefined {
  if (groups.length === 0 || !can(source, 'groups')) return undefined;
  return {
    id: 'groups',
    label: strings.addToGroup,
    children: groups.map(({id, name}) => {
      const on = conversation.groups.includes(id) || conversation.groups.includes(name);
      return {id: `group-${id}`, label: name, checked: on, action: {name: 'group', group: id, on: !on}};
    }),
  };
}
