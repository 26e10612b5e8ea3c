import type {Conversation} from '../model/conversation.js';
import {matches, type ConversationFilter} from '../model/filter.js';
import {sortKey, type ConversationOrder, type Sortable} from '../model/order.js';
import {sameConversation} from '../model/same.js';
import {isNews} from './news.js';
import {OrderedRows, type Entry} from './ordered-rows.js';

/** What the index keeps of one conversation. */
interface Known {
  entry: Entry;
  /** When an event last touched it, by the index's clock; 0: only pages did; -1: in doubt, see `doubt`. */
  touched: number;
  /** The last pass over the pages that named it. */
  seen: number;
}

/** What one commit did to the rows. */
export interface IndexChange {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  /** Those that hold another message now, which is not the person's own. */
  readonly news: readonly string[];
}

/**
 * Every known conversation by id, and those that match the filter in order.
 *
 * Changes are staged and become visible together at {@link commit}, so that a batch of any size is one step.
 * The rows depend on the set alone, never on the order in which changes came.
 */
export class ConversationIndex {
  /** Counts events; a page is older than every event counted after it was asked for. */
  clock = 0;
  /**
   * A row fell or left, so that those below it moved up: past the edge of a page, where a source counts positions.
   * Whoever acts on it sets it back.
   */
  slipped = false;

  #known = new Map<string, Known>();
  /** Deletions since the request in flight was made, by id. */
  #tombstones = new Map<string, number>();
  /** Staged ids, with the entry that the committed order holds for each. */
  #staged = new Map<string, Entry | undefined>();
  /** Those staged more than once, which may be as they were before. */
  #restaged = new Set<string>();
  #all: OrderedRows = OrderedRows.EMPTY;
  #rows: OrderedRows = OrderedRows.EMPTY;
  /** Some rows are in doubt. */
  #doubts = false;
  #filter: ConversationFilter = {};
  /** See {@link lastingPart}. */
  #lasting: ConversationFilter | undefined;
  #keptId: string | undefined;
  #order: ConversationOrder = 'order-key';

  /** The committed rows: filtered and ordered. */
  get rows(): OrderedRows {
    return this.#rows;
  }

  /** Every known conversation in order, whatever the filter. */
  get all(): OrderedRows {
    return this.#all;
  }

  /** Nothing is staged. */
  get settled(): boolean {
    return this.#staged.size === 0;
  }

  /** The open conversation. */
  get keptId(): string | undefined {
    return this.#keptId;
  }

  /**
   * A conversation is open: a row of it that the filter let through stays while it is read, until another is kept. Commit
   * first.
   */
  keep(id: string | undefined): void {
    const before = this.#keptId === undefined ? undefined : this.get(this.#keptId);
    this.#keptId = id;
    if (before === undefined || matches(this.#filter, before.conversation)) return;
    if (this.#isRow(before)) this.#rows = this.#rows.apply([before], []);
  }

  /** The entry of a known conversation, staged changes included. */
  get(id: string): Entry | undefined {
    return this.#known.get(id)?.entry;
  }

  /** An event says how this conversation is now. */
  upsert(conversation: Conversation): void {
    this.#put(conversation, this.clock, true);
    this.#tombstones.delete(conversation.id);
  }

  /**
   * A page asked for at `asked` names this conversation.
   *
   * A later event about it, or its deletion, stands (rules 6 and 7 of the store).
   *
   * @returns whether this pass names it for the first time.
   */
  land(conversation: Conversation, asked: number, pass: number): boolean {
    const {id} = conversation;
    const known = this.#known.get(id);
    const first = known?.seen !== pass;
    if ((known?.touched ?? this.#tombstones.get(id) ?? 0) > asked) {
      // What happened to it since may have moved others past the page's end.
      this.slipped = true;
      if (known !== undefined) known.seen = pass;
    } else {
      this.#put(conversation, Math.max(0, known?.touched ?? 0), !first).seen = pass;
    }
    return first;
  }

  /** Changes a known conversation in a way that no source tells: pages and events count as before. */
  amend(id: string, change: (conversation: Conversation) => Conversation): void {
    const known = this.#known.get(id);
    if (known !== undefined) this.#put(change(known.entry.conversation), known.touched, false);
  }

  /** An event says that this conversation is gone. */
  remove(id: string): void {
    this.#tombstones.set(id, this.clock);
    if (this.#drop(id)) this.slipped = true;
  }

  /** A page is being asked for: earlier deletions can no longer meet an older one. Returns the clock. */
  ask(): number {
    this.#tombstones.clear();
    return this.clock;
  }

  /** Events were missed: whatever is known may be gone or changed, until a page or an event names it. */
  doubt(): void {
    for (const known of this.#known.values()) known.touched = -1;
    this.#doubts = true;
    this.#dropHiddenDoubts();
  }

  /**
   * The pages have named all there is in a stretch of the rows: drops those in doubt. Commit first.
   *
   * @param from - the place below which to look; from the top if absent
   * @param to - the place above which to look; to the end if absent
   * @param pass - drops what this pass did not name as well, if no event has touched it since it began
   */
  prune(from?: Sortable, to?: Sortable, pass?: {readonly id: number; readonly since: number}): void {
    if (!this.#doubts && pass === undefined) return;
    const end = to === undefined ? this.#rows.length : this.#rows.rank(to);
    for (let i = from === undefined ? 0 : this.#rows.rank(from); i < end; i++) {
      const {id, conversation} = this.#rows.at(i) as Entry;
      // No page of this filter names it.
      if (id === this.#keptId && !matches(this.#filter, conversation)) continue;
      const {touched = 0, seen} = this.#known.get(id) ?? {};
      if (touched < 0 || (pass !== undefined && seen !== pass.id && touched <= pass.since)) this.#drop(id);
    }
    if (from === undefined && to === undefined) this.#doubts = false;
  }

  /** Drops every known conversation for which `keep` is false. */
  retain(keep: (conversation: Conversation) => boolean): void {
    for (const [id, {entry}] of this.#known) if (!keep(entry.conversation)) this.#drop(id);
  }

  /** Takes another filter or order; the rows are rebuilt from what is known. Commit first. */
  arrange(filter: ConversationFilter, order: ConversationOrder): void {
    // What another filter let through has no place in this one.
    const kept = filter === this.#filter && this.#keptId !== undefined ? this.get(this.#keptId) : undefined;
    const stays = kept !== undefined && this.#isRow(kept) ? kept.id : undefined;
    if (order !== this.#order) {
      this.#order = order;
      const entries = [];
      for (const known of this.#known.values()) entries.push((known.entry = this.#entry(known.entry.conversation)));
      this.#all = OrderedRows.EMPTY.apply([], entries);
    }
    this.#filter = filter;
    this.#lasting = lastingPart(filter);
    const found = this.#all.filter(({id, conversation}) => matches(filter, conversation) || (id === stays && this.#stays(conversation)));
    // While the filter lets everything through there is one order to keep, not two.
    const rows = found.length === this.#all.length ? this.#all : found;
    if (rows.equals(this.#rows)) this.#all = rows === this.#all ? this.#rows : this.#all;
    else this.#rows = rows;
    if (this.#doubts) this.#dropHiddenDoubts();
  }

  /** Makes the staged changes visible in one step. */
  commit(): IndexChange | undefined {
    if (this.#staged.size === 0) return undefined;
    const shared = this.#rows === this.#all;
    const out: [Entry[], Entry[]] = [[], []];
    const into: [Entry[], Entry[]] = [[], []];
    const change = {added: [] as string[], changed: [] as string[], removed: [] as string[], news: [] as string[]};
    for (const [id, before] of this.#staged) {
      const known = this.#known.get(id);
      if (known !== undefined && before !== undefined && this.#restaged.has(id)) {
        // Changed and changed back, or dropped and named again?
        if (sameConversation(before.conversation, known.entry.conversation)) known.entry = before;
      }
      const after = known?.entry;
      if (before === after) continue;
      // Asked of the rows, not of the filter: a source may have changed its object since.
      const was = before !== undefined && (shared || this.#isRow(before));
      const is = after !== undefined && (matches(this.#filter, after.conversation) || (was && this.#stays(after.conversation)));
      if (before !== undefined) out[0].push(before);
      if (after !== undefined) into[0].push(after);
      if (was) out[1].push(before);
      if (is) into[1].push(after);
      if (was || is) change[was ? (is ? 'changed' : 'removed') : 'added'].push(id);
      if (is && isNews(before?.conversation, after.conversation)) change.news.push(id);
    }
    this.#staged.clear();
    this.#restaged.clear();
    const same = shared && out[0].length === out[1].length && into[0].length === into[1].length;
    const all = this.#all.apply(out[0], into[0]);
    this.#rows = same ? all : this.#rows.apply(out[1], into[1]);
    this.#all = all;
    return change;
  }

  #put(conversation: Conversation, touched: number, watch: boolean): Known {
    const {id} = conversation;
    const known = this.#known.get(id);
    if (known === undefined) {
      const fresh = {entry: this.#entry(conversation), touched, seen: 0};
      this.#stage(id, undefined);
      this.#known.set(id, fresh);
      return fresh;
    }
    known.touched = touched;
    const before = known.entry;
    if (!sameConversation(before.conversation, conversation)) {
      this.#stage(id, before);
      known.entry = this.#entry(conversation);
      if (watch && this.#fell(before, known.entry)) this.slipped = true;
    }
    return known;
  }

  /** Whether a row went down, in the source's order or in ours, or out. */
  #fell(before: Entry, after: Entry): boolean {
    return (
      after.key < before.key ||
      after.conversation.orderKey < before.conversation.orderKey ||
      (matches(this.#filter, before.conversation) && !matches(this.#filter, after.conversation))
    );
  }

  /** The pages of this filter will not name them, so nothing would correct them. */
  #dropHiddenDoubts(): void {
    for (const [id, {entry, touched}] of this.#known) {
      if (touched >= 0 || matches(this.#filter, entry.conversation)) continue;
      if (!this.#stays(entry.conversation) || !this.#isRow(entry)) this.#drop(id);
    }
  }

  #isRow(entry: Entry): boolean {
    return this.#rows.at(this.#rows.rank(entry)) === entry;
  }

  /** Whether a row that no longer matches is the open one, and only because it was read. */
  #stays(conversation: Conversation): boolean {
    return conversation.id === this.#keptId && this.#lasting !== undefined && matches(this.#lasting, conversation);
  }

  #drop(id: string): boolean {
    const known = this.#known.get(id);
    if (known === undefined) return false;
    this.#stage(id, known.entry);
    return this.#known.delete(id);
  }

  #stage(id: string, before: Entry | undefined): void {
    if (this.#staged.has(id)) this.#restaged.add(id);
    else this.#staged.set(id, before);
  }

  #entry(conversation: Conversation): Entry {
    return {id: conversation.id, key: sortKey(conversation, this.#order), conversation};
  }
}

/** The filter without what reading a conversation changes; `undefined` where it asks for none of that. */
function lastingPart({hasUnread, hasMention, ...lasting}: ConversationFilter): ConversationFilter | undefined {
  return hasUnread === true || hasMention === true ? lasting : undefined;
}
