import type {Connection} from './database.js';
import type {Tag} from './keys.js';
import type {StoredRow} from './record.js';

type Key = string | number;

/** A row where a label of the index has it. */
interface Filed {
  readonly tag: Tag;
  readonly row: StoredRow;
}

/** As much of an object store as the sources use. */
class MemoryStore {
  readonly #values = new Map<Key, unknown>();
  /** Rows by label, in order, until something changes: whoever looks for something reads them in many slices. */
  readonly #filed = new Map<string, readonly Filed[]>();
  #next = 1;

  async get(key: Key): Promise<unknown> {
    return this.#values.get(key);
  }

  async put(value: unknown, key?: Key): Promise<void> {
    this.#filed.clear();
    this.#values.set(key ?? (value as StoredRow).id, value);
  }

  async add(value: unknown): Promise<Key> {
    const key = this.#next++;
    await this.put(value, key);
    return key;
  }

  /** @param which - a key, or all up to one */
  async delete(which: Key | IDBKeyRange): Promise<void> {
    this.#filed.clear();
    if (typeof which !== 'object') this.#values.delete(which);
    else for (const key of this.#values.keys()) if (key <= which.upper) this.#values.delete(key);
  }

  async clear(): Promise<void> {
    this.#filed.clear();
    this.#values.clear();
  }

  async getAllKeys(): Promise<Key[]> {
    return [...this.#values.keys()];
  }

  async getAll(): Promise<unknown[]> {
    return [...this.#values.values()];
  }

  async openKeyCursor(): Promise<{key: Key} | null> {
    return this.#next > 1 ? {key: this.#next - 1} : null;
  }

  index(): unknown {
    const find = ({lower}: IDBKeyRange): readonly Filed[] => {
      const [label, ...after] = lower as [string, ...string[]];
      const all = this.#file(label);
      return after.length === 0 ? all : all.filter(({tag}) => compare(tag, lower as Tag) > 0);
    };
    return {
      getAll: async (range: IDBKeyRange, count: number) => find(range).slice(0, count).map(({row}) => row),
      getAllKeys: async (range: IDBKeyRange) => find(range).map(({row}) => row.id),
    };
  }

  #file(label: string): readonly Filed[] {
    let filed = this.#filed.get(label);
    if (!filed) {
      const rows = [...this.#values.values()] as StoredRow[];
      const tagged = rows.flatMap((row) => row.by.filter(([name]) => name === label).map((tag) => ({tag, row})));
      this.#filed.set(label, (filed = tagged.sort((a, b) => compare(a.tag, b.tag))));
    }
    return filed;
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
