import type {RowRenderer} from 'im-conversation-list';
import type {} from 'im-conversation-list/types/preact.js';
import {useState} from 'preact/hooks';
import {array, source} from './chats';

const renderRow: RowRenderer = ({title, unreadCount}) => `★ ${title} (${unreadCount})`;

export function App() {
  const [own, setOwn] = useState(false);
  const [unread, setUnread] = useState(false);
  const [open, setOpen] = useState(true);
  const [total, setTotal] = useState<number>();
  const [opened, setOpened] = useState('');

  return (
    <>
      <button id="from" onClick={() => setOwn(!own)}>Array</button>
      <button id="unread" onClick={() => setUnread(!unread)}>Unread</button>
      <button id="close" onClick={() => setOpen(false)}>Close</button>
      <p>Unread: <output id="total">{total}</output></p>
      <p>Opened: <output id="opened">{opened}</output></p>
      {open && (
        <im-conversation-list
          label="Conversations"
          source={own ? undefined : source}
          conversations={own ? array : undefined}
          unread={unread}
          renderRow={renderRow}
          onim-unread-change={(event) => setTotal(event.total)}
          onim-conversation-select={(event) => setOpened(event.conversation.title)}
        />
      )}
    </>
  );
}
