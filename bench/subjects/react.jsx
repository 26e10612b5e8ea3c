import {memo, useSyncExternalStore} from 'react';
import {createRoot} from 'react-dom/client';
import {flushSync} from 'react-dom';
import {SortedList} from '../page/sorted-list.ts';
import {rowText} from '../row-text.ts';
import {MUTED_ICON, PINNED_ICON} from './raw-row.ts';

/**
 * What an app would write that takes care: the lower bound's sorted array as an external store, whose changes are
 * collected and applied once a frame; a version number is its snapshot, so that nothing is copied.
 */
class Store {
  version = 0;
  #listeners = new Set();
  #pending = new Map();

  constructor(conversations) {
    this.list = new SortedList(conversations);
  }

  get items() {
    return this.list.items;
  }

  put(change) {
    if (this.#pending.size === 0) requestAnimationFrame(() => this.#flush());
    this.#pending.set(change.id, change);
  }

  subscribe = (listener) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #flush() {
    const changes = this.#pending;
    this.#pending = new Map();
    this.list.apply(changes);
    this.version++;
    for (const listener of this.#listeners) listener();
  }
}

/** The same row as the lower bound's; rendered again only when its conversation has changed. */
export const Row = memo(({conversation}) => {
  const text = rowText(conversation);
  const state = `${text.unread ? ' unread' : ''}${text.muted ? ' muted' : ''}`;
  const dot = text.badge === '•';
  return (
    <div className={`row${state}`} role="row" aria-label={text.label} data-id={conversation.id}>
      <div className="cell" role="gridcell">
        <span className={`avatar color-${text.color}`} aria-hidden="true">
          <span className="initials">{text.initials}</span>
        </span>
        <span className="text">
          <span className="line">
            <bdi className="title">{text.title}</bdi>
            {text.muted && <Icon path={MUTED_ICON} />}
            <time className="time" dateTime={text.iso} title={text.full}>
              {text.time}
            </time>
          </span>
          <span className="line">
            <span className="preview">
              {text.prefix !== '' && <bdi className="prefix">{`${text.prefix}:`}</bdi>}
              <bdi className="said">{text.said}</bdi>
            </span>
            {text.badge !== '' && (
              <span className={dot ? 'badge dot' : 'badge'} aria-hidden="true">
                {dot ? '' : text.badge}
              </span>
            )}
            {text.pinned && <Icon path={PINNED_ICON} />}
          </span>
        </span>
      </div>
    </div>
  );
});

function Icon({path}) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}

/**
 * A subject of a React component.
 *
 * @param List - takes `store`, `version` and `height`
 * @param options.row - selects a row
 * @param options.scroller - selects the element that scrolls, in the host
 */
export function reactSubject(List, {row = '.row', scroller}) {
  let store;
  let root;
  let host;
  let renders = 0;

  function App() {
    const version = useSyncExternalStore(store.subscribe, () => store.version);
    renders++;
    return <List store={store} version={version} height={host.clientHeight} />;
  }

  return {
    prepare(conversations) {
      store = new Store(conversations);
    },
    mount(element) {
      host = element;
      root = createRoot(host);
      root.render(<App />);
    },
    unmount: () => flushSync(() => root.unmount()),
    applyOne: (change) => store.put(change),
    scroller: () => host.querySelector(scroller) ?? undefined,
    rows: () => host.querySelectorAll(row),
    renders: () => renders,
  };
}
