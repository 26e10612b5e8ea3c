import type {Connection} from './database.js';
import type {Tag} from './keys.js';
import type {StoredRow} from './record.js';

type Key = string | number;

/** As much of an object store as the sources use. */
class MemoryStore extends Map<Key, unknown> {
  #next = 1;

  async put(value: unknown, key?: Key): Promise<void> {
    this.set(key ?? (value as StoredRow).id, value);
  }

  async add(value: unknown): Promise<Key> {
    const key = this.#next++;
    this.set(key, value);
    return key;
  }

  async getAllKeys(): Promise<Key[]> {
    return [...this.keys()];
  }

  async getAll(): Promise<unknown[]> {
    return [...this.values()];
  }

  async openKeyCursor(): Promise<{key: Key} | null> {
    return this.#next > 1 ? {key: this.#next - 1} : null;
  }

  index(): unknown {
    const find = ({lower}: IDBKeyRange): StoredRow[] => {
      const [label, ...after] = lower as [string, ...string[]];
      const found: {tag: Tag; row: StoredRow}[] = [];
      for (const row of this.values() as Iterable<StoredRow>) {
        const tag = row.by.find(([name]) => name === label);
        if (tag && (after.length === 0 || compare(tag, lower as Tag) > 0)) found.push({tag, row});
      }
      return found.sort((a, b) => compare(a.tag, b.tag)).map(({row}) => row);
    };
    return {
      getAll: async (range: IDBKeyRange, count: number) => find(range).slice(0, count),
      getAllKeys: async (range: IDBKeyRange) => find(range).map(({id}) => id),
    };
  }
}

function compare(a: Tag, b: Tag): number {
  const at = a[1] === b[1] ? 2 : 1;
  return a[at] < b[at] ? -1 : a[at] > b[at] ? 1 : 0;
}

/** What stands for a database where there is none: it lasts as long as the page. */
export function memoryDatabase(): Connection {
  const stores = new Map<string, MemoryStore>();
  const objectStore = (name: string): MemoryStore => {
    const store = stores.get(name) ?? new MemoryStore();
    stores.set(name, store);
    return store;
  };
  return {
    // Its log has no other readers.
    transaction: () => ({objectStore, done: Promise.resolve(), abort: () => undefined}),
    close: () => undefined,
  };
}
