import type {Conversation} from '../../src/model/conversation.js';

/** Up to so many changes are cheaper one by one: a removal and an insertion move memory, a merge copies it. */
const FEW = 4;

/**
 * Conversations in an array, newest first, changed in place: as fast as an array allows.
 *
 * It keeps what a caller holds of it valid only until the next change.
 */
export class SortedList {
  items: Conversation[];
  readonly #byId = new Map<string, Conversation>();

  /** @param conversations - newest first */
  constructor(conversations: readonly Conversation[]) {
    this.items = conversations.slice();
    for (const conversation of conversations) this.#byId.set(conversation.id, conversation);
  }

  /** Takes changes of conversations that are there, by id. */
  apply(changes: ReadonlyMap<string, Conversation>): void {
    if (changes.size <= FEW) for (const change of changes.values()) this.#move(change);
    else this.#merge([...changes.values()]);
  }

  #move(change: Conversation): void {
    const {items} = this;
    items.splice(this.#take(change), 1);
    items.splice(this.#rank(change), 0, change);
  }

  /** One pass: stretches without a change are copied as they are. */
  #merge(added: Conversation[]): void {
    const {items} = this;
    const gone = Int32Array.from(added, (change) => this.#take(change)).sort();
    added.sort((a, b) => (before(a, b) ? -1 : 1));
    const places = Int32Array.from(added, (change) => this.#rank(change));
    const out = new Array<Conversation>(items.length);
    let to = 0;
    for (let i = 0, a = 0, g = 0; ; ) {
      if (places[a] === i) {
        out[to++] = added[a++] as Conversation;
      } else if (gone[g] === i) {
        g++;
        i++;
      } else if (i < items.length) {
        const stop = Math.min(places[a] ?? items.length, gone[g] ?? items.length);
        while (i < stop) out[to++] = items[i++] as Conversation;
      } else {
        break;
      }
    }
    this.items = out;
  }

  /** Where the conversation stands that is changed; notes the change. */
  #take(change: Conversation): number {
    const index = this.#rank(this.#byId.get(change.id) as Conversation);
    this.#byId.set(change.id, change);
    return index;
  }

  /** How many stand above a conversation's place. */
  #rank(place: Conversation): number {
    const {items} = this;
    let low = 0;
    let high = items.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (before(items[middle] as Conversation, place)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function before(a: Conversation, b: Conversation): boolean {
  return a.orderKey === b.orderKey ? a.id < b.id : a.orderKey > b.orderKey;
}
