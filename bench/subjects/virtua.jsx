import {VList} from 'virtua';
import {OVERSCAN, ROW_HEIGHT} from '../page/subject.ts';
import {reactSubject, Row} from './react.jsx';

function List({store, height}) {
  return (
    <VList
      className="bench-list"
      style={{height}}
      data={store.items}
      itemSize={ROW_HEIGHT}
      bufferSize={OVERSCAN * ROW_HEIGHT}
    >
      {(conversation) => <Row key={conversation.id} conversation={conversation} />}
    </VList>
  );
}

export const subject = reactSubject(List, {scroller: '.bench-list'});
