import type {Conversation} from '../../../src/model/index.js';

/** A `V2TIMConversation` as a bridge gives it. */
export interface FakeConversation {
  conversationID: string;
  type: number;
  userID?: string;
  groupID?: string;
  showName?: string | null;
  faceUrl?: string;
  unreadCount: number;
  recvOpt: number;
  lastMessage?: Record<string, unknown> | null;
  groupAtInfolist?: {seq: string; atType: number}[];
  draftText?: string | null;
  draftTimestamp?: number;
  isPinned: boolean;
  orderKey?: bigint | number | string;
  orderkey?: string;
  markList: (number | bigint | string)[];
  customData?: string;
  conversationGroupList: string[];
  c2cReadTimestamp?: number;
}

const NEUTRAL = {unreadCount: 0, recvOpt: 0, isPinned: false, lastMessage: null};
const neutral = {unreadCount: 0, notify: 'all', pinned: false, lastMessage: null} as const;

/** What the service has, each with what the source has to make of it. Made anew: the SDK changes its objects. */
export function content(): [FakeConversation, Conversation][] {
  return [
    [
      {
        conversationID: 'c2c_ana', type: 1, userID: 'ana', showName: 'Ana', faceUrl: 'https://x.test/a.png',
        unreadCount: 3, recvOpt: 0, isPinned: true, orderKey: '4611686018427387909', markList: [1],
        conversationGroupList: ['work'], customData: '{}', c2cReadTimestamp: 1_700_000_000,
        draftText: 'Well', draftTimestamp: 1_700_000_100,
        lastMessage: {
          msgID: 'm1', timestamp: 1_700_000_050, sender: 'me', nickName: 'Me', isSelf: true, isPeerRead: true,
          elemType: 1, textElem: {text: 'Hello'}, status: 2,
        },
      },
      {
        id: 'c2c_ana', type: 'direct', targetId: 'ana', title: 'Ana', avatarUrl: 'https://x.test/a.png',
        orderKey: 4611686018427387909n, activeAt: 1_700_000_050_000, pinned: true, unreadCount: 3, notify: 'all',
        marks: ['star'], groups: ['work'], customData: '{}', readUpTo: 1_700_000_000_000,
        draft: {text: 'Well', editedAt: 1_700_000_100_000},
        lastMessage: {
          id: 'm1', senderId: 'me', senderName: 'Me', isOwn: true, type: 'text', text: 'Hello',
          sentAt: 1_700_000_050_000, state: 'normal', peerRead: true,
        },
      },
    ],
    [
      {
        conversationID: 'group_team', type: 2, groupID: 'team', showName: 'Team', unreadCount: 2, recvOpt: 3,
        isPinned: false, orderKey: 90n, markList: [], conversationGroupList: ['work', 'home'],
        groupAtInfolist: [{seq: '7', atType: 1}, {seq: '9', atType: 2}],
        lastMessage: {msgID: 'm2', timestamp: 5, sender: 'bo', nickName: 'Bo', nameCard: 'Captain', elemType: 6,
          fileElem: {fileName: 'plan.pdf'}, status: 6, isSelf: false},
      },
      {
        id: 'group_team', type: 'group', targetId: 'team', title: 'Team', orderKey: 90n, activeAt: 5000, pinned: false,
        unreadCount: 2, notify: 'mentions', mention: 'both', marks: [], groups: ['work', 'home'],
        lastMessage: {id: 'm2', senderId: 'bo', senderName: 'Captain', type: 'file', text: 'plan.pdf', sentAt: 5000,
          state: 'recalled', isOwn: false},
      },
    ],
    [
      {...NEUTRAL, conversationID: 'group_quiet', type: 2, groupID: 'quiet', showName: '', unreadCount: 4, recvOpt: 2,
        orderKey: 80, markList: [2 ** 40, '8589934592'], conversationGroupList: []},
      {...neutral, id: 'group_quiet', type: 'group', targetId: 'quiet', title: 'quiet', orderKey: 80n, unreadCount: 4,
        notify: 'silent', marks: ['1099511627776', '8589934592'], groups: []},
    ],
    [
      {...NEUTRAL, conversationID: 'c2c_hid', type: 1, userID: 'hid', showName: 'Hid', recvOpt: 1, orderKey: 50,
        markList: [8n], conversationGroupList: [], lastMessage: {}},
      {...neutral, id: 'c2c_hid', type: 'direct', targetId: 'hid', title: 'Hid', orderKey: 50n, notify: 'off',
        marks: ['hide'], groups: []},
    ],
    [
      {...NEUTRAL, conversationID: 'c2c_marked', type: 1, userID: 'marked', showName: 'Marked', orderKey: '50',
        markList: [2, 4], conversationGroupList: []},
      {...neutral, id: 'c2c_marked', type: 'direct', targetId: 'marked', title: 'Marked', orderKey: 50n,
        marks: ['unread', 'fold'], groups: []},
    ],
    [
      {...NEUTRAL, conversationID: 'c2c___proto__', type: 1, userID: '__proto__', showName: null, orderkey: '30',
        markList: [], conversationGroupList: [], draftText: ''},
      {...neutral, id: 'c2c___proto__', type: 'direct', targetId: '__proto__', title: '__proto__', orderKey: 30n,
        marks: [], groups: []},
    ],
  ];
}
