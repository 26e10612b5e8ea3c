import {useCallback} from 'react';
import {Virtuoso} from 'react-virtuoso';
import {OVERSCAN, ROW_HEIGHT} from '../page/subject.ts';
import {reactSubject, Row} from './react.jsx';

/** By count, with a fixed height and keys, so that it copies and measures nothing. */
function List({store, version, height}) {
  // Other functions for another version: that is how it learns that the rows are others.
  const content = useCallback((index) => <Row conversation={store.items[index]} />, [store, version]);
  const key = useCallback((index) => store.items[index]?.id ?? index, [store, version]);
  return (
    <Virtuoso
      className="bench-list"
      style={{height}}
      totalCount={store.items.length}
      fixedItemHeight={ROW_HEIGHT}
      increaseViewportBy={OVERSCAN * ROW_HEIGHT}
      computeItemKey={key}
      itemContent={content}
    />
  );
}

export const subject = reactSubject(List, {scroller: '[data-virtuoso-scroller]'});
