import type {LastMessage} from '../../model/conversation.js';
import {frozen} from '../shared/rows.js';
import {isShown, type EventView} from './messages.js';
import type {Json, MatrixSdkEvent, MatrixSdkRoom} from './types.js';

/** The person is in it, or invited to it; those that were left stay in the SDK's lists, and spaces are no conversations. */
export function isListed(room: MatrixSdkRoom): boolean {
  return /^(?:join|invite)$/.test(room.getMyMembership()) && !room.isSpaceRoom();
}

/** Marked unread by hand: by the spec's account data, else by that of the clients that had it before. */
export function isMarked(room: MatrixSdkRoom): boolean {
  const [stable, famedly] = ['m.marked_unread', 'com.famedly.marked_unread'].map((type) => room.getAccountData(type));
  return ((stable ?? famedly)?.getContent() as Json | undefined)?.['unread'] === true;
}

export function countsOf(room: MatrixSdkRoom): {unread: number; highlights: number} {
  const [unread, highlights] = ['total', 'highlight'].map((type) => room.getUnreadNotificationCount(type as never));
  return {unread: unread ?? 0, highlights: highlights ?? 0};
}

/** The newest message, what is being sent included. */
export function lastOf(room: MatrixSdkRoom): EventView | undefined {
  let events = room.getLiveTimeline().getEvents();
  try {
    events = [...events, ...room.getPendingEvents()];
  } catch {
    // It is in the timeline.
  }
  for (let i = events.length - 1; i >= 0; i--) {
    const event = view(events[i] as MatrixSdkEvent);
    if (isShown(event)) return event;
  }
  return undefined;
}

function view(event: MatrixSdkEvent): EventView {
  return {
    id: event.getId(),
    type: event.getType(),
    sender: event.getSender(),
    ts: event.getTs(),
    content: event.getContent() as Json,
    redacted: event.isRedacted(),
    status: event.status,
  };
}

/** What stands for the last message of a room that the person is invited to. */
export function invitation(room: MatrixSdkRoom, self: string | undefined): LastMessage {
  const senderId = self === undefined ? undefined : room.getMember(self)?.events.member?.getSender();
  const senderName = senderId === undefined ? undefined : room.getMember(senderId)?.name;
  return frozen<LastMessage>({type: 'invite', state: 'normal', senderId, senderName});
}
