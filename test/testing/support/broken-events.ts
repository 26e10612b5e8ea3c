import {SourceError, type PageRequest, type SourceEvent} from '../../../src/model/index.js';
import {events, hub, type Broken, type Listener} from './break.js';

const SHAPES = 'every event has the fields of its type';
const CHANGE = 'a change is told as an upsert';

/** Listeners in a Set, told in the usual way. */
function inSet(change: (set: Set<Listener>) => Partial<Parameters<typeof hub>[0]>): Broken['source'] {
  return (good) => {
    const set = new Set<Listener>();
    return hub({
      add: (listener) => (set.add(listener), () => set.delete(listener)),
      tell: (event) => set.forEach((listener) => listener(event)),
      ...change(set),
    })(good);
  };
}

const later = (ms: number, act: () => void): void => void setTimeout(act, ms);

const LISTENING: readonly Broken[] = [
  {
    how: 'nothing returned',
    check: 'subscribe returns a function that may be called twice',
    source: () => ({subscribe: () => undefined}),
  },
  {
    how: 'ends only once',
    check: 'subscribe returns a function that may be called twice',
    source: (good) => ({
      subscribe: (listener: Listener) => {
        let end: (() => void) | undefined = good.subscribe(listener);
        return () => {
          (end as () => void)();
          end = undefined;
        };
      },
    }),
  },
  {
    how: 'the state told at once',
    check: 'no event comes before subscribe has returned',
    source: (good) => ({subscribe: (listener: Listener) => (listener({type: 'connection', state: 'online'}), good.subscribe(listener))}),
  },
  {how: 'no news', check: CHANGE, source: events((event) => (event.type === 'upsert' ? undefined : event))},
  {
    how: 'one listener at a time',
    check: 'every listener is told',
    source: (good) => {
      let only: Listener | undefined;
      return hub({add: (listener) => ((only ??= listener), () => (only = undefined)), tell: (event) => only?.(event)})(good);
    },
  },
  {how: 'a Set of listeners', check: 'one function may listen twice', source: inSet(() => ({}))},
  {
    how: 'no end of listening',
    check: 'no event comes after unsubscribing',
    source: (good) => ({subscribe: (listener: Listener) => (good.subscribe(listener), () => undefined)}),
  },
  {
    how: 'events gathered for those who listened then',
    check: 'no event that is on its way comes after unsubscribing',
    source: inSet((set) => ({tell: (event) => [...set].forEach((listener) => later(2, () => listener(event)))})),
  },
  {
    how: 'a count that falls too far',
    check: 'unsubscribing twice leaves other listeners alone',
    source: inSet((set) => {
      let count = 0;
      return {
        add: (listener) => (count++, set.add(listener), () => (--count === 0 ? set.clear() : undefined)),
      };
    }),
  },
  {
    how: 'a copy of the listeners told',
    check: 'who unsubscribes in the midst of an event hears no more of it',
    source: inSet((set) => ({tell: (event) => [...set].forEach((listener) => listener(event))})),
  },
  {
    how: 'ended for good by the last',
    check: 'listening again works',
    source: inSet((set) => {
      let ended = false;
      return {
        add: (listener) => {
          if (!ended) set.add(listener);
          return () => void (set.delete(listener), (ended = set.size === 0));
        },
      };
    }),
  },
  {
    how: 'a plain loop over the listeners',
    check: 'a listener that throws keeps no other from hearing',
    source: inSet(() => ({})),
  },
  {
    how: 'a listener that throws, put out',
    check: 'a listener that throws keeps no other from hearing',
    source: inSet((set) => ({
      tell: (event) => {
        for (const listener of set) {
          try {
            listener(event);
          } catch {
            set.delete(listener);
          }
        }
      },
    })),
  },
  {
    how: 'no request while it tells',
    check: 'a listener may ask the source for a page',
    source: (good) => {
      let telling = false;
      return {
        subscribe: (listener: Listener) => good.subscribe((event) => ((telling = true), listener(event), (telling = false))),
        getPage: async (request: PageRequest) => (telling ? Promise.reject(new SourceError('unsupported', 'Busy')) : good.getPage(request)),
      };
    },
  },
];

const EVENTS: readonly Broken[] = [
  {
    how: 'a reason of its own',
    check: SHAPES,
    source: events((event) => (event.type === 'remove' ? {...event, reason: 'gone'} : event)),
  },
  {
    how: 'an unread total that is no number',
    check: SHAPES,
    source: events((event) => (event.type === 'unread' ? {...event, total: NaN} : event)),
  },
  {
    how: 'an event of another kind',
    check: SHAPES,
    source: events((event) => (event.type === 'unread' ? {type: 'total'} : event)),
  },
  {
    how: 'one conversation, not in an array',
    check: SHAPES,
    source: events((event) => (event.type === 'upsert' ? {...event, conversations: event.conversations[0]} : event)),
  },
  {
    how: 'a phase of its own',
    check: SHAPES,
    source: events((event) => (event.type === 'sync' ? {...event, phase: 'done'} : event)),
  },
  {
    how: 'a failed sync with a string for its error',
    check: SHAPES,
    subject: (good) => ({sync: () => good.emit({type: 'sync', phase: 'fail', error: 'down'} as unknown as SourceEvent)}),
  },
  {
    how: 'a patch',
    check: 'an upsert carries the whole conversation',
    source: events((event) => (event.type === 'upsert' ? {...event, conversations: event.conversations.map(({id, unreadCount}) => ({id, unreadCount}))} : event)),
  },
  {
    how: 'the conversation as it was',
    check: 'an upsert carries the whole conversation',
    source: events((event) => (event.type === 'upsert' ? {...event, conversations: event.conversations.map((c) => ({...c, unreadCount: 0}))} : event)),
  },
  {
    how: 'the first news last',
    check: 'the last event about a conversation is its newest state',
    source: (good) => ({
      subscribe: (listener: Listener) => {
        let first = true;
        return good.subscribe((event) => {
          if (event.type !== 'upsert' || !first) return listener(event);
          first = false;
          later(3, () => listener(event));
        });
      },
    }),
  },
  {
    how: 'no news of the new',
    check: 'a new conversation is told as an upsert',
    source: events((event) => (event.type === 'upsert' && event.isNew ? undefined : event)),
  },
  {
    how: 'no news of a removal',
    check: 'a removal is told by its id',
    source: events((event) => (event.type === 'remove' ? undefined : event)),
  },
  {
    how: 'a neighbour removed too',
    check: 'events name only what they are about',
    source: events((event) => (event.type === 'remove' ? {...event, ids: [...event.ids, 'b']} : event)),
  },
  {
    how: 'a sync without an end',
    check: 'a sync has a start and an end',
    source: events((event) => (event.type === 'sync' && event.phase === 'finish' ? undefined : event)),
  },
  {
    how: 'a sync without a start',
    check: 'a sync has a start and an end',
    source: events((event) => (event.type === 'sync' && event.phase === 'start' ? undefined : event)),
  },
  {
    how: 'silent when offline',
    check: 'a lost connection is told',
    source: events((event) => (event.type === 'connection' ? undefined : event)),
  },
  {
    how: 'silent when online',
    check: 'a connection that is back is told',
    source: events((event) => (event.type === 'connection' && event.state === 'online' ? undefined : event)),
  },
  {
    how: 'a gap that nobody is told of',
    check: 'what was missed while disconnected is told, or the gap is',
    source: (good) => ({
      subscribe: (listener: Listener) => {
        let offline = false;
        return good.subscribe((event) => {
          if (event.type === 'connection') offline = event.state === 'offline';
          if (event.type === 'connection' || (!offline && event.type !== 'reset')) listener(event);
        });
      },
    }),
  },
  {
    how: 'one object for each conversation, for ever',
    check: 'events are snapshots',
    source: (good) => {
      const live = new Map<string, object>();
      const same = (c: {id: string}): object => (live.set(c.id, Object.assign(live.get(c.id) ?? {}, c)), live.get(c.id) as object);
      return events((event) => (event.type === 'upsert' ? {...event, conversations: event.conversations.map(same)} : event))(good);
    },
  },
];

export const BROKEN_EVENTS: readonly Broken[] = [...LISTENING, ...EVENTS];
