import type {Conversation} from '../../../src/index.js';

interface Room {
  roomId: string;
  roomName: string;
  avatar: string;
  unreadCount?: number;
  users: readonly {_id: string; username: string}[];
  lastMessage?: {content: string; senderId: string; username?: string; seen?: boolean; distributed?: boolean};
}

/** `at`: milliseconds since 1970 of the last message, which a room has only as a text that is already formatted. */
export function toConversation(room: Room, at: number, selfId: string): Conversation {
  const {lastMessage: last} = room;
  return {
    id: room.roomId,
    type: room.users.length > 2 ? 'group' : 'direct',
    title: room.roomName,
    avatarUrl: room.avatar,
    orderKey: BigInt(at),
    pinned: false,
    unreadCount: room.unreadCount ?? 0,
    notify: 'all',
    marks: [],
    groups: [],
    lastMessage: last
      ? {
          type: 'text',
          text: last.content,
          senderId: last.senderId,
          ...(last.username !== undefined && {senderName: last.username}),
          isOwn: last.senderId === selfId,
          sentAt: at,
          state: 'normal',
          deliveryState: last.seen ? 'read' : last.distributed ? 'delivered' : 'sent',
        }
      : null,
  };
}
