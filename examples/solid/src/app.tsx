import type {RowRenderer} from 'im-conversation-list';
import type {} from 'im-conversation-list/types/solid.js';
import {createSignal, Show} from 'solid-js';
import {array, source} from './chats';

const renderRow: RowRenderer = ({title, unreadCount}) => `★ ${title} (${unreadCount})`;

export function App() {
  const [own, setOwn] = createSignal(false);
  const [unread, setUnread] = createSignal(false);
  const [open, setOpen] = createSignal(true);
  const [total, setTotal] = createSignal<number>();
  const [opened, setOpened] = createSignal('');

  return (
    <>
      <button id="from" onClick={() => setOwn(!own())}>Array</button>
      <button id="unread" onClick={() => setUnread(!unread())}>Unread</button>
      <button id="close" onClick={() => setOpen(false)}>Close</button>
      <p>Unread: <output id="total">{total()}</output></p>
      <p>Opened: <output id="opened">{opened()}</output></p>
      <Show when={open()}>
        <im-conversation-list
          label="Conversations"
          prop:source={own() ? undefined : source}
          prop:conversations={own() ? array : undefined}
          prop:unread={unread()}
          prop:renderRow={renderRow}
          on:im-unread-change={(event) => setTotal(event.total)}
          on:im-conversation-select={(event) => setOpened(event.conversation.title)}
        />
      </Show>
    </>
  );
}
