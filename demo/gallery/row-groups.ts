import type {Conversation, LastMessage} from '../../src/model/conversation.js';

/** Rows that belong together, each with the words that say what it shows. */
export interface RowGroup {
  readonly id: string;
  readonly title: string;
  readonly rows: readonly (readonly [label: string, row: Partial<Conversation>])[];
  /** The row that is open, from 0. */
  readonly open?: number;
}

const DAY = 24 * 60 * 60 * 1000;
const MINUTE = 60_000;

/** A message of a few minutes ago. */
function said(text: string, more: Partial<LastMessage> = {}): LastMessage {
  return {type: 'text', text, sentAt: Date.now() - 12 * MINUTE, state: 'normal', ...more};
}

const own = (text: string, more: Partial<LastMessage> = {}): LastMessage => said(text, {isOwn: true, ...more});
const at = (ago: number): LastMessage => said('See you there', {sentAt: Date.now() - ago});
const members = ['Ana Bell', 'Ben Ito', 'Chidi Obi', 'Dora Weiss'].map((name, i) => ({id: 'adgb'.charAt(i), name}));
const crew = {type: 'group', title: 'Weekend crew'} as const;

/** Every state of a row. Times are counted from now. */
export function rowGroups(): readonly RowGroup[] {
  return [
    {
      id: 'avatars',
      title: 'Avatars',
      rows: [
        ['picture', {title: 'Mara Lind', avatarUrl: './pictures/portrait.svg', lastMessage: said('Shall we say nine?')}],
        ['initials', {title: 'Jonas Ek', lastMessage: said('I have put it on the shelf')}],
        ['one word', {title: 'Planning', lastMessage: said('Agenda for Monday')}],
        ['initials, Cyrillic', {title: 'Ирина Волкова', lastMessage: said('До завтра')}],
        ['digits', {title: '#42', lastMessage: said('Who brings the cake?')}],
        ['group of two', {...crew, members: members.slice(0, 2), lastMessage: said('On my way', {senderName: 'Ben'})}],
        ['group of three', {...crew, members: members.slice(0, 3), lastMessage: said('Count me in', {senderName: 'Ana'})}],
        ['group of four', {...crew, members, lastMessage: said('Train at 8:12', {senderName: 'Dora'})}],
      ],
    },
    {
      id: 'people',
      title: 'People',
      rows: [
        ['online', {title: 'Lena Park', presence: 'online', lastMessage: said('Here now')}],
        ['away', {title: 'Omar Haddad', presence: 'away', lastMessage: said('Back in ten')}],
        ['busy', {title: 'Sofia Rossi', presence: 'busy', lastMessage: said('In a meeting')}],
        ['offline', {title: 'Noah Berg', presence: 'offline', lastMessage: said('Good night')}],
        ['verified', {title: 'City Library', verified: true, lastMessage: said('Your book is ready')}],
        ['tags', {title: 'Ines Costa', tags: ['vip', 'north'], lastMessage: said('Thank you for the quick help')}],
        ['long name', {title: 'The Extraordinary Society of Slow Walkers', verified: true, notify: 'silent', lastMessage: said('A very long message that does not fit into one line')}],
        ['no name', {title: '', lastMessage: said('Who is this?')}],
      ],
    },
    {
      id: 'messages',
      title: 'Messages',
      rows: [
        ['text in a group', {...crew, lastMessage: said('Bring a jacket', {senderName: 'Chidi'})}],
        ['photo with its picture', {title: 'Mara Lind', lastMessage: said('The lake', {type: 'image', thumbnailUrl: './pictures/lake.svg'})}],
        ['video', {title: 'Jonas Ek', lastMessage: said('', {type: 'video', durationMs: 83_000})}],
        ['voice with its length', {title: 'Lena Park', lastMessage: said('', {type: 'voice', durationMs: 42_000})}],
        ['file', {title: 'Sofia Rossi', lastMessage: said('', {type: 'file', fileName: 'offer-2026.pdf'})}],
        ['location', {title: 'Omar Haddad', lastMessage: said('', {type: 'location', text: 'Central Station'})}],
        ['contact card', {title: 'Noah Berg', lastMessage: said('', {type: 'contact', text: 'Ana Bell'})}],
        ['sticker', {title: 'Ines Costa', lastMessage: said('', {type: 'sticker'})}],
        ['call with its length', {title: 'Mara Lind', lastMessage: said('', {type: 'call', durationMs: 754_000})}],
        ['system notice', {...crew, lastMessage: said('Dora joined the group', {type: 'system'})}],
        ['by the app’s own formatter', {title: 'Shop', lastMessage: said('', {type: 'order', id: '1042'})}],
        ['unknown type', {title: 'Bot', lastMessage: said('', {type: 'hologram'})}],
      ],
    },
    {
      id: 'life',
      title: 'The life of a message',
      rows: [
        ['sending', {title: 'Lena Park', lastMessage: own('Almost there', {state: 'sending'})}],
        ['failed', {title: 'Omar Haddad', lastMessage: own('Almost there', {state: 'failed'})}],
        ['sent', {title: 'Sofia Rossi', lastMessage: own('Is it open today?', {deliveryState: 'sent'})}],
        ['delivered', {title: 'Noah Berg', lastMessage: own('Is it open today?', {deliveryState: 'delivered'})}],
        ['read', {title: 'Ines Costa', lastMessage: own('Is it open today?', {deliveryState: 'read'})}],
        ['recalled', {...crew, lastMessage: said('x', {state: 'recalled', senderName: 'Ben'})}],
        ['deleted', {title: 'Jonas Ek', lastMessage: said('x', {state: 'deleted'})}],
        ['none', {title: 'Mara Lind', lastMessage: null, activeAt: Date.now() - DAY}],
      ],
    },
    {
      id: 'drafts',
      title: 'Drafts and typing',
      open: 4,
      rows: [
        ['typing', {title: 'Lena Park', typing: ['Lena'], lastMessage: said('x')}],
        ['one types', {...crew, typing: ['Ana'], lastMessage: said('x')}],
        ['two type', {...crew, typing: ['Ana', 'Ben'], lastMessage: said('x')}],
        ['several type', {...crew, typing: ['Ana', 'Ben', 'Dora'], lastMessage: said('x')}],
        ['open: its draft is not shown', {title: 'Noah Berg', draft: {text: 'I could'}, lastMessage: said('Are you coming?')}],
        ['draft', {title: 'Sofia Rossi', draft: {text: 'What about Thursday, after'}, lastMessage: said('When?')}],
        ['draft, unread', {title: 'Omar Haddad', draft: {text: 'Yes, and'}, unreadCount: 1, lastMessage: said('Well?')}],
      ],
    },
    {
      id: 'unread',
      title: 'Unread',
      open: 7,
      rows: [
        ['a few', {title: 'Lena Park', unreadCount: 3, lastMessage: said('And one more thing')}],
        ['more than 99', {title: 'Announcements', unreadCount: 1204, lastMessage: said('Version 12 is out')}],
        ['at least so many', {title: 'Sofia Rossi', unreadCount: 20, unreadIsLowerBound: true, lastMessage: said('Hello?')}],
        ['marked unread', {title: 'Noah Berg', marks: ['unread'], lastMessage: said('Do not forget')}],
        ['mentions you', {...crew, unreadCount: 5, mention: 'me', lastMessage: said('@you what do you think?', {senderName: 'Ana'})}],
        ['mentions all', {...crew, unreadCount: 2, mention: 'all', lastMessage: said('@all tomorrow at ten', {senderName: 'Ben'})}],
        ['muted', {title: 'Football', unreadCount: 48, notify: 'silent', lastMessage: said('Goal!')}],
        ['open', {title: 'Ines Costa', unreadCount: 4, mention: 'me', lastMessage: said('Are you there?')}],
      ],
    },
    {
      id: 'flags',
      title: 'Flags and times',
      open: 3,
      rows: [
        ['pinned', {title: 'Jonas Ek', pinned: true, lastMessage: at(MINUTE)}],
        ['muted', {title: 'Football', notify: 'off', lastMessage: at(DAY)}],
        ['muted, pinned', {title: 'Flat 4B', notify: 'mentions', pinned: true, lastMessage: at(3 * DAY)}],
        ['open', {title: 'Sofia Rossi', presence: 'online', lastMessage: own('See you there', {sentAt: Date.now() - 20 * DAY, deliveryState: 'read'})}],
        ['last year', {title: 'Noah Berg', lastMessage: at(400 * DAY)}],
        ['mixed directions', {title: 'Ana \u05d0\u05d1\u05d2 12', lastMessage: said('\u05e9\u05dc\u05d5\u05dd, 3 o’clock')}],
      ],
    },
  ];
}

/** Complete conversations, in the order given. */
export function conversationsOf({id, rows}: Pick<RowGroup, 'id' | 'rows'>): readonly Conversation[] {
  return rows.map(([, row], i) => ({
    id: `${id} ${i}`,
    type: 'direct',
    title: '',
    orderKey: BigInt(rows.length - i),
    pinned: false,
    unreadCount: 0,
    notify: 'all',
    marks: [],
    groups: [],
    ...row,
  }));
}
