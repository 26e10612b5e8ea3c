import type {ConversationFilter, OpResult} from '../../../src/model/index.js';
import {defineSource, type ConversationInput, type EventInput} from '../../../src/sources/define-source.js';
import type {ConformanceSubject} from '../../../src/testing/source-conformance.js';
import {CONTENT} from '../../testing/support/subjects.js';

const PIN = 1n << 62n;

/** How a plain back end hands a conversation over: its key in digits, and nothing that says nothing. */
export interface Item extends ConversationInput {
  readonly id: string;
  readonly orderKey: string;
}

/** A back end of one's own: pages by keyset, a stream of events, failures with a `status`. */
export class OwnBackend {
  readonly items = new Map<string, Item>();
  readonly listeners = new Set<(event: EventInput) => void>();
  readonly groups = new Map<string, string>();
  failures = 0;
  connected = true;

  constructor() {
    for (const {orderKey, ...fields} of CONTENT) this.items.set(fields.id, {...fields, orderKey: String(orderKey)});
  }

  list(cursor: string, limit: number): {items: Item[]; next: string | null} {
    if (this.failures > 0) {
      this.failures--;
      throw Object.assign(new Error('Service unavailable'), {status: 503});
    }
    const after = cursor === '' ? undefined : (JSON.parse(cursor) as readonly [string, string]);
    const rows = [...this.items.values()].sort(compare).filter((item) => !after || compare(toItem(after), item) < 0);
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return {items, next: rows.length > limit && last ? JSON.stringify([last.orderKey, last.id]) : null};
  }

  edit(id: string, change: (item: Item) => Partial<Item>): void {
    const item = this.items.get(id);
    if (!item) throw Object.assign(new Error(`No conversation ${id}`), {status: 404});
    const next = {...item, ...change(item)};
    this.items.set(id, next);
    this.tell({type: 'upsert', conversations: [next]}, {type: 'unread', total: this.unread()});
  }

  /** The next key above all of its kind. */
  raised({pinned}: Item): string {
    const keys = [...this.items.values()].map(({orderKey}) => BigInt(orderKey) % PIN);
    return String((pinned ? PIN : 0n) + keys.reduce((a, b) => (a > b ? a : b)) + 1n);
  }

  remove(ids: readonly string[]): OpResult[] {
    const gone = ids.filter((id) => this.items.delete(id));
    this.tell({type: 'remove', ids: gone}, {type: 'unread', total: this.unread()});
    return ids.map((id) => ({id}));
  }

  tell(...events: EventInput[]): void {
    if (this.connected) for (const event of events) for (const listener of this.listeners) listener(event);
  }

  unread(filter?: ConversationFilter): number {
    if (filter && Object.keys(filter).length > 0) throw Object.assign(new Error('No filters'), {status: 501});
    return [...this.items.values()].reduce((sum, {notify, unreadCount}) => sum + (notify === 'all' ? (unreadCount ?? 0) : 0), 0);
  }
}

function toItem([orderKey, id]: readonly [string, string]): Item {
  return {id, orderKey};
}

function compare(a: Item, b: Item): number {
  const [one, two] = [BigInt(a.orderKey), BigInt(b.orderKey)];
  return one === two ? (a.id < b.id ? -1 : Number(a.id > b.id)) : one > two ? -1 : 1;
}

const without = (list: readonly string[] | undefined, ...names: string[]): readonly string[] =>
  (list ?? []).filter((name) => !names.includes(name));

/** A source over the fake with every action, and the means to move it. */
export function ownSubject(): ConformanceSubject & {readonly backend: OwnBackend} {
  const backend = new OwnBackend();
  const each = (ids: readonly string[], change: (item: Item) => Partial<Item>): void => {
    for (const id of ids) if (backend.items.has(id)) backend.edit(id, change);
  };
  const read = (item: Item): Partial<Item> => ({unreadCount: 0, mention: undefined, marks: without(item.marks, 'unread')});
  const mark = (name: string, on: boolean) => (item: Item) => ({
    marks: on ? [...without(item.marks, name), name] : without(item.marks, name),
  });
  const group = (name: string, on: boolean) => (item: Item) => ({
    groups: on ? [...without(item.groups, name), name] : without(item.groups, name),
  });
  const groups = () => Array.from(backend.groups, ([id, name]) => ({id, name}));
  const known = (id: string): void => {
    if (!backend.groups.has(id)) throw Object.assign(new Error('No group'), {status: 404});
  };
  const source = defineSource({
    firstCursor: '',
    capabilities: {maxPageSize: 100, nativeOrder: true, syncEvents: true},
    getPage({cursor, limit}) {
      const {items, next} = backend.list(cursor, limit);
      return {conversations: items, done: next === null, cursor: next ?? ''};
    },
    subscribe(emit) {
      const listener = (event: EventInput): void => emit(event);
      backend.listeners.add(listener);
      return () => backend.listeners.delete(listener);
    },
    getByIds: (ids) => ids.flatMap((id) => backend.items.get(id) ?? []),
    search: async (query, {limit = 50} = {}) => {
      const found = [...backend.items.values()].filter(({title}) => title?.toLowerCase().includes(query.toLowerCase()));
      return found.sort(compare).slice(0, Math.max(0, limit));
    },
    getTotalUnread: async (filter) => backend.unread(filter),
    setPinned: async (id, pinned) =>
      backend.edit(id, ({orderKey}) => ({
        pinned,
        orderKey: String(pinned ? (BigInt(orderKey) % PIN) + PIN : BigInt(orderKey) % PIN),
      })),
    setNotify: async (id, notify) => backend.edit(id, () => ({notify})),
    markUnread: async (id, unread) => backend.edit(id, mark('unread', unread)),
    setHidden: async (id, hidden) => backend.edit(id, () => ({hidden})),
    clearHistory: async (id) => backend.edit(id, (item) => ({...read(item), lastMessage: null})),
    setDraft: async (id, text) => backend.edit(id, () => ({draft: text === null ? undefined : {text}})),
    markRead: (ids) => each(ids, read),
    markAllRead: () => each([...backend.items.keys()], read),
    delete: (ids) => backend.remove(ids),
    setMark: (ids, name, on) => each(ids, mark(name, on)),
    setCustomData: (ids, customData) => each(ids, () => ({customData})),
    groups: {
      list: async () => groups(),
      async create(name, ids) {
        backend.groups.set(name, name);
        backend.tell({type: 'groups', groups: groups()});
        each(ids, group(name, true));
        return {id: name, name};
      },
      async rename(id, name) {
        known(id);
        backend.groups.set(id, name);
      },
      async delete(id) {
        known(id);
        backend.groups.delete(id);
      },
      async add(id, ids) {
        known(id);
        each(ids, group(id, true));
        return ids.map((one) => ({id: one}));
      },
      async remove(id, ids) {
        each(ids, group(id, false));
        return ids.map((one) => ({id: one}));
      },
    },
  });
  return {
    backend,
    source,
    conversations: CONTENT,
    change: (id) => backend.edit(id, (item) => ({unreadCount: (item.unreadCount ?? 0) + 1, orderKey: backend.raised(item)})),
    add() {
      const item = {id: 'new', orderKey: '91'};
      backend.items.set(item.id, item);
      backend.tell({type: 'upsert', conversations: [item], isNew: true});
      return item.id;
    },
    remove: (id) => void backend.remove([id]),
    fail: () => void backend.failures++,
    disconnect() {
      backend.tell({type: 'connection', state: 'offline'});
      backend.connected = false;
    },
    reconnect() {
      backend.connected = true;
      backend.tell({type: 'connection', state: 'online'}, {type: 'reset', reason: 'gap'});
    },
    sync: () => backend.tell({type: 'sync', phase: 'start'}, {type: 'sync', phase: 'finish'}),
    logout() {
      backend.items.clear();
      backend.tell({type: 'reset', reason: 'logout'});
    },
    held: () => backend.listeners.size,
  };
}
