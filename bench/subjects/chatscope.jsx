import {Avatar, Conversation, ConversationList} from '@chatscope/chat-ui-kit-react';
import styles from '@chatscope/chat-ui-kit-styles/dist/default/styles.min.css';
import {memo} from 'react';
import {rowText} from '../row-text.ts';
import {reactSubject} from './react.jsx';

const style = document.createElement('style');
style.textContent = styles;
document.head.append(style);

const Item = memo(({conversation}) => {
  const text = rowText(conversation);
  return (
    <Conversation
      name={text.title}
      lastSenderName={text.prefix === '' ? undefined : text.prefix}
      info={text.said}
      unreadCnt={conversation.unreadCount}
      lastActivityTime={text.time}
      aria-label={text.label}
      style={{height: '64px'}}
    >
      <Avatar>
        <span className={`avatar color-${text.color}`}>{text.initials}</span>
      </Avatar>
    </Conversation>
  );
});

/** It draws every row, so that it is compared at small sizes only. Its rows have neither pins nor bells. */
function List({store, height}) {
  return (
    <ConversationList style={{height}}>
      {store.items.map((conversation) => (
        <Item key={conversation.id} conversation={conversation} />
      ))}
    </ConversationList>
  );
}

export const subject = reactSubject(List, {row: '.cs-conversation', scroller: '.scrollbar-container'});
