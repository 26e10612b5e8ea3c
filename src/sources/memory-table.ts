import type {Conversation} from '../model/conversation.js';

/** Up to this many changes, moving what has changed is faster than sorting everything, whatever the size. */
const FEW = 512;

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
export function countedUnread({notify, unreadCount}: Conversation): number {
  return notify === 'off' || notify === 'silent' ? 0 : Math.max(0, Number(unreadCount) | 0);
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

  /** In order, as of the last look. */
  #rows: Conversation[] = [];
  /** Ids changed since then, with what stands for them in `#rows`. */
  readonly #stale = new Map<string, Conversation | undefined>();

  /** Keeps a frozen copy, or the object itself if it is frozen. */
  override set(id: string, conversation: Conversation): this {
    const kept = frozen(conversation);
    this.delete(id);
    this.unread += countedUnread(kept);
    return super.set(id, kept);
  }

  override delete(id: string): boolean {
    const before = this.get(id);
    if (!this.#stale.has(id)) this.#stale.set(id, before);
    if (before) this.unread -= countedUnread(before);
    this.version++;
    return super.delete(id);
  }

  override clear(): void {
    for (const id of this.keys()) this.delete(id);
  }

  /** In order; valid until the next change. */
  sorted(): readonly Conversation[] {
    if (this.#stale.size > FEW) {
      this.#rows = [...this.values()].sort(compare);
    } else {
      const rows = this.#rows;
      for (const [id, placed] of this.#stale) {
        const now = this.get(id);
        if (placed) rows.splice(findPlace(rows, placed), 1);
        if (now) rows.splice(findPlace(rows, now), 0, now);
      }
    }
    this.#stale.clear();
    return this.#rows;
  }
}

/** A copy that cannot change, or the object itself if it is one. `native` is not ours to freeze. */
function frozen(conversation: Conversation): Conversation {
  if (Object.isFrozen(conversation)) return conversation;
  const copy: Record<string, unknown> = {...conversation};
  for (const key in copy) {
    const part = copy[key];
    // Primitives count as frozen.
    if (key === 'native' || Object.isFrozen(part)) continue;
    copy[key] = Object.freeze(Array.isArray(part) ? [...(part as unknown[])] : {...(part as object)});
  }
  return Object.freeze(copy) as unknown as Conversation;
}
