import type {Strings} from './strings.js';

/** English: built in, and what every other language is checked against. */
export const en: Strings = {
  label: 'Conversations',
  unnamed: 'Unnamed conversation',
  yesterday: 'Yesterday',

  you: 'You',
  draft: 'Draft',
  recalled: 'Message recalled',
  deleted: 'Message deleted',
  sendFailed: 'Not sent',
  sending: 'Sending',
  noMessage: 'No messages yet',
  message: 'Message',
  messageTypes: {
    image: 'Photo',
    video: 'Video',
    voice: 'Voice message',
    audio: 'Audio',
    file: 'File',
    location: 'Location',
    contact: 'Contact card',
    sticker: 'Sticker',
    call: 'Call',
    poll: 'Poll',
    merged: 'Chat history',
  },

  loading: 'Loading conversations',
  loadMore: 'Load more',
  retry: 'Try again',
  end: 'No more conversations',
  pageFailed: 'Could not load more conversations.',
  firstPageFailed: 'Could not load your conversations.',

  empty: 'No conversations yet',
  emptyFiltered: 'No conversations match this filter',
  resetFilter: 'Show all conversations',

  syncing: 'Updating…',
  syncFailed: 'Could not update.',
  offline: 'You are offline',
  connecting: 'Connecting…',
  kicked: 'Signed in on another device',
  expired: 'Your session has expired',

  updates: (count) => (count === 1 ? '1 update' : `${count} updates`),
  unreadAbove: (count) => `${count} more unread above`,
  unreadBelow: (count) => `${count} more unread below`,
  gone: 'no longer in the list',

  open: 'open',
  unread: (count) => (count === 1 ? '1 unread message' : `${count} unread messages`),
  markedUnread: 'marked as unread',
  mentionedYou: 'you were mentioned',
  mentionedAll: 'everyone was mentioned',
  pinned: 'pinned',
  muted: 'muted',
  totalUnread: (count) => (count === 1 ? '1 unread message in all' : `${count} unread messages in all`),
};
