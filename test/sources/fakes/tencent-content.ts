import type {Conversation} from '../../../src/model/index.js';

/** A `Conversation` of the SDK: one object for its life, which changes. */
export interface FakeConversation {
  conversationID: string;
  type: string;
  unreadCount: number;
  lastMessage: Record<string, unknown>;
  userProfile?: Record<string, unknown>;
  groupProfile?: Record<string, unknown>;
  groupAtInfoList: {from: string; atTypeArray: number[]}[];
  remark: string;
  isPinned: boolean;
  messageRemindType: string;
  markList: number[];
  customData: string;
  conversationGroupList: string[];
  draftText: string;
  peerReadTime: number;
}

/** What the SDK makes of no message. */
export function noMessage(): Record<string, unknown> {
  return {
    lastTime: 0, lastSequence: 0, fromAccount: '', messageForShow: '', payload: null, type: '', isRevoked: false,
    cloudCustomData: '', onlineOnlyFlag: false, nick: '', nameCard: '', version: 0, isPeerRead: false, revoker: null,
  };
}

function conversation(conversationID: string, fields: Partial<FakeConversation>): FakeConversation {
  return {
    conversationID, type: conversationID.startsWith('C2C') ? 'C2C' : 'GROUP', unreadCount: 0, lastMessage: noMessage(),
    groupAtInfoList: [], remark: '', isPinned: false, messageRemindType: '', markList: [], customData: '',
    conversationGroupList: [], draftText: '', peerReadTime: 0, ...fields,
  };
}

const NEUTRAL = {unreadCount: 0, notify: 'all', pinned: false, marks: [], groups: [], lastMessage: null} as const;

/** What the service has, each with what the source has to make of it. Made anew: the SDK changes its objects. */
export function content(): [FakeConversation, Conversation][] {
  return [
    [
      conversation('C2Cana', {
        unreadCount: 3, isPinned: true, remark: 'Ana from work', userProfile: {userID: 'ana', nick: 'Ana', avatar: 'https://x.test/a.png'},
        messageRemindType: 'AcceptAndNotify', markList: [1], customData: '{}', conversationGroupList: ['work'], draftText: 'Well',
        peerReadTime: 1_700_000_000,
        lastMessage: {...noMessage(), lastTime: 1_700_000_050, fromAccount: 'me', type: 'TIMTextElem', payload: {text: 'Hello'},
          messageForShow: 'Hello', nick: 'Me', isPeerRead: true},
      }),
      {
        id: 'C2Cana', type: 'direct', targetId: 'ana', title: 'Ana from work', avatarUrl: 'https://x.test/a.png',
        orderKey: (1n << 62n) + 1_700_000_050_000n, activeAt: 1_700_000_050_000, pinned: true, unreadCount: 3, notify: 'all',
        marks: ['star'], groups: ['work'], customData: '{}', draft: {text: 'Well'}, readUpTo: 1_700_000_000_000,
        lastMessage: {senderId: 'me', senderName: 'Me', isOwn: true, type: 'text', text: 'Hello', sentAt: 1_700_000_050_000,
          state: 'normal', peerRead: true},
      },
    ],
    [
      conversation('GROUPteam', {
        unreadCount: 2, groupProfile: {groupID: 'team', name: 'Team', avatar: ''}, messageRemindType: 'AcceptNotNotifyExceptAt',
        conversationGroupList: ['work', 'home'], groupAtInfoList: [{from: 'bo', atTypeArray: [1]}, {from: 'bo', atTypeArray: [2]}],
        lastMessage: {...noMessage(), lastTime: 90, fromAccount: 'bo', type: 'TIMImageElem', payload: {}, messageForShow: '[Image]',
          nick: 'Bo', nameCard: 'Captain', isRevoked: true},
      }),
      {
        ...NEUTRAL, id: 'GROUPteam', type: 'group', targetId: 'team', title: 'Team', orderKey: 90_000n, activeAt: 90_000,
        unreadCount: 2, notify: 'mentions', mention: 'both', groups: ['work', 'home'],
        lastMessage: {senderId: 'bo', senderName: 'Captain', isOwn: false, type: 'image', sentAt: 90_000, state: 'recalled', peerRead: false},
      },
    ],
    [
      conversation('GROUPquiet', {unreadCount: 4, messageRemindType: 'AcceptNotNotify', markList: [2 ** 40],
        lastMessage: {...noMessage(), lastTime: 80, fromAccount: 'bo', type: 'TIMGroupTipElem', payload: {}, messageForShow: 'Bo joined'}}),
      {...NEUTRAL, id: 'GROUPquiet', type: 'group', targetId: 'quiet', title: 'quiet', orderKey: 80_000n, activeAt: 80_000,
        unreadCount: 4, notify: 'silent', marks: ['1099511627776'],
        lastMessage: {senderId: 'bo', isOwn: false, type: 'notice', text: 'Bo joined', sentAt: 80_000, state: 'normal', peerRead: false}},
    ],
    [
      conversation('C2Chid', {messageRemindType: 'Discard', markList: [8, 4], userProfile: {userID: 'hid', nick: 'Hid'}}),
      {...NEUTRAL, id: 'C2Chid', type: 'direct', targetId: 'hid', title: 'Hid', orderKey: 0n, notify: 'off', marks: ['hide', 'fold']},
    ],
    [
      conversation('C2Cmarked', {markList: [2], lastMessage: {}}),
      {...NEUTRAL, id: 'C2Cmarked', type: 'direct', targetId: 'marked', title: 'marked', orderKey: 0n, marks: ['unread']},
    ],
    [
      conversation('@TIM#SYSTEM', {type: '@TIM#SYSTEM', unreadCount: 9}),
      {...NEUTRAL, id: '@TIM#SYSTEM', type: 'system', title: '', orderKey: 0n, unreadCount: 9},
    ],
  ];
}

export {conversation};
