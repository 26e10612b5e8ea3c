import {MemorySource} from './node_modules/im-conversation-list/dist/im-conversation-list.min.js';

const conversation = (id, title, unreadCount) => ({
  id,
  type: 'direct',
  title,
  orderKey: BigInt(unreadCount),
  pinned: false,
  unreadCount,
  notify: 'all',
  marks: [],
  groups: [],
});

const source = new MemorySource({conversations: [conversation('ada', 'Ada', 2), conversation('ben', 'Ben', 0)]});
const array = [conversation('cleo', 'Cleo', 1)];

const $ = (id) => document.querySelector(`#${id}`);
const list = document.querySelector('im-conversation-list');

list.source = source;
list.renderRow = ({title, unreadCount}) => `★ ${title} (${unreadCount})`;
list.addEventListener('im-unread-change', (event) => ($('total').value = event.total));
list.addEventListener('im-conversation-select', (event) => ($('opened').value = event.conversation.title));

let own = false;
$('from').onclick = () => {
  own = !own;
  list.source = own ? undefined : source;
  list.conversations = own ? array : undefined;
};
$('unread').onclick = () => (list.unread = !list.unread);
$('close').onclick = () => list.remove();

// What a service would do: a message comes in.
globalThis.receive = (text) => source.receiveMessage({conversationId: 'ben', senderName: 'Ben', text});
globalThis.listeners = () => source.listenerCount;
