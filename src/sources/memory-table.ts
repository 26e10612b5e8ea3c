import {countsInTotal, type Conversation} from '../model/conversation.js';

/** Where a row stands. */
export type Place = Pick<Conversation, 'id' | 'orderKey'>;

/** The order of the list: key descending, then id ascending. */
function compare(a: Place, b: Place): number {
  if (a.orderKey !== b.orderKey) return a.orderKey > b.orderKey ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** The index of the first row at a place or below it; with `after`, below it. */
export function findPlace(rows: readonly Place[], place: Place, after: 0 | 1 = 0): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(rows[middle] as Place, place) < after) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What a conversation adds to the unread total: an integer, whatever the fields hold. */
export function countedUnread(conversation: Conversation): number {
  return countsInTotal(conversation) ? Math.max(0, Number(conversation.unreadCount) | 0) : 0;
}

/**
 * Conversations by id and in order, with their unread total.
 *
 * A change costs O(1); the order is brought up to date when it is next asked for.
 */
export class MemoryTable extends Map<string, Conversation> {
  /** The sum of {@link countedUnread} over all. */
  unread = 0;
  /** Greater after every change. */
  version = 0;

  /** In order, as of the last look; empty before the first. */
  #rows: readonly Conversation[] = [];
  /** Ids changed since then, with what stands for them in `#rows`. */
  readonly #stale = new Map<string, Conversation | undefined>();

  /** Keeps a frozen copy, or the object itself if it is frozen. */
  override set(id: string, conversation: Conversation): this {
    const kept = frozen(conversation);
    this.#leave(id);
    this.unread += countedUnread(kept);
    return super.set(id, kept);
  }

  override delete(id: string): boolean {
    this.#leave(id);
    return super.delete(id);
  }

  override clear(): void {
    for (const id of this.keys()) this.delete(id);
  }

  /** In order; stays as it is when something changes. */
  sorted(): readonly Conversation[] {
    const rows = this.#rows;
    if (rows.length === 0) {
      this.#rows = inOrder([...this.values()]);
    } else if (this.#stale.size > 0) {
      const moved = inOrder([...this.#stale.keys()].flatMap((id) => this.get(id) ?? []));
      const left = new Set(Array.from(this.#stale.values(), (placed) => placed && findPlace(rows, placed)));
      const kept = rows.filter((_, i) => !left.has(i));
      const merged: Conversation[] = [];
      let k = 0;
      for (const row of moved) {
        for (const end = findPlace(kept, row); k < end; k++) merged.push(kept[k] as Conversation);
        merged.push(row);
      }
      for (; k < kept.length; k++) merged.push(kept[k] as Conversation);
      this.#rows = merged;
    }
    this.#stale.clear();
    return this.#rows;
  }

  #leave(id: string): void {
    const before = this.get(id);
    if (this.#rows.length > 0 && !this.#stale.has(id)) this.#stale.set(id, before);
    if (before) this.unread -= countedUnread(before);
    this.version++;
  }
}

/** Comparing numbers first is twice as fast: bigints tell only those apart that are equal as numbers. */
function inOrder(conversations: readonly Conversation[]): Conversation[] {
  return conversations
    .map((row) => ({row, key: Number(row.orderKey)}))
    .sort((a, b) => b.key - a.key || compare(a.row, b.row))
    .map(({row}) => row);
}

/**
 * A copy that cannot change, or the object itself if it is frozen. What is `undefined` is absent in it; `native`
 * is not ours to freeze.
 */
function frozen(conversation: Conversation): Conversation {
  if (Object.isFrozen(conversation)) return conversation;
  const copy: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(conversation) as [string, unknown][]) {
    if (part !== undefined) copy[key] = key === 'native' ? part : frozenPart(part);
  }
  return Object.freeze(copy) as unknown as Conversation;
}

/** Primitives count as frozen. */
function frozenPart(part: unknown): unknown {
  if (Object.isFrozen(part)) return part;
  return Object.freeze(Array.isArray(part) ? [...(part as unknown[])] : {...(part as object)});
}
