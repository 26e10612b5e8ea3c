import {useVirtualizer} from '@tanstack/react-virtual';
import {useCallback, useRef} from 'react';
import {OVERSCAN, ROW_HEIGHT} from '../page/subject.ts';
import {reactSubject, Row} from './react.jsx';

const size = () => ROW_HEIGHT;

function List({store, version, height}) {
  const scroller = useRef(null);
  const virtualizer = useVirtualizer({
    count: store.items.length,
    getScrollElement: () => scroller.current,
    estimateSize: size,
    // Another function for another order, as its documentation asks for.
    getItemKey: useCallback((index) => store.items[index].id, [store, version]),
    overscan: OVERSCAN,
  });
  return (
    <div ref={scroller} className="bench-list" style={{height}}>
      <div style={{height: virtualizer.getTotalSize(), position: 'relative'}}>
        {virtualizer.getVirtualItems().map(({key, index, start}) => (
          <div
            key={key}
            style={{position: 'absolute', top: 0, left: 0, width: '100%', transform: `translateY(${start}px)`}}
          >
            <Row conversation={store.items[index]} />
          </div>
        ))}
      </div>
    </div>
  );
}

export const subject = reactSubject(List, {scroller: '.bench-list'});
