/* global document, requestAnimationFrame */
import {register} from 'vue-advanced-chat';
import {SortedList} from '../page/sorted-list.ts';
import {rowText} from '../row-text.ts';

let list;
let rooms;
let element;
let pending = new Map();
let renders = 0;

/**
 * Its web component, without a room opened, so that the list has the whole width.
 *
 * It draws every row, so that it is compared at small sizes only. It sorts by `index` itself; room objects that are
 * the same as before cost it no render of their row. Its rows have neither pins nor bells.
 */
export const subject = {
  prepare(conversations) {
    list = new SortedList(conversations);
    rooms = new Map(conversations.map((conversation) => [conversation.id, roomOf(conversation)]));
    register();
  },
  mount(host) {
    element = document.createElement('vue-advanced-chat');
    element.setAttribute('height', `${host.clientHeight}px`);
    element.setAttribute('current-user-id', 'me');
    element.setAttribute('load-first-room', 'false');
    element.setAttribute('rooms-loaded', 'true');
    element.setAttribute('show-search', 'false');
    element.setAttribute('show-add-room', 'false');
    host.append(element);
    show();
  },
  unmount: () => element.remove(),
  applyOne(change) {
    if (pending.size === 0) requestAnimationFrame(flush);
    pending.set(change.id, change);
  },
  scroller: () => element.shadowRoot?.querySelector('#rooms-list') ?? undefined,
  rows: () => element.shadowRoot?.querySelectorAll('.vac-room-item') ?? [],
  renders: () => renders,
};

function flush() {
  const changes = pending;
  pending = new Map();
  list.apply(changes);
  for (const change of changes.values()) rooms.set(change.id, roomOf(change));
  show();
}

function show() {
  renders++;
  element.rooms = list.items.map((conversation) => rooms.get(conversation.id));
}

function roomOf(conversation) {
  const text = rowText(conversation);
  return {
    roomId: conversation.id,
    roomName: text.title,
    avatar: '',
    users: [],
    unreadCount: conversation.unreadCount,
    // Exact: what it compares must be a number.
    index: Number(conversation.orderKey / 1000n),
    lastMessage: {
      content: text.said,
      senderId: text.prefix === 'You' ? 'me' : 'other',
      username: text.prefix === '' ? undefined : text.prefix,
      timestamp: text.time,
    },
  };
}
