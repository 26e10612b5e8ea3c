import type {Conversation} from '../model/conversation.js';
import {SourceError, toSourceError} from '../model/errors.js';
import {matches, type ConversationFilter} from '../model/filter.js';
import type {OpOptions} from '../model/source.js';
import type {ConversationIndex} from './conversation-index.js';
import type {ConversationStore} from './conversation-store.js';
import type {Entry, OrderedRows} from './ordered-rows.js';
import type {RowChange} from './row-change.js';
import type {RowOverlay} from './row-overlay.js';

/** A call to a source that has not answered after so long has failed, ms. */
const TIMEOUT = 30_000;

/** A change while it is not known to be so. */
interface Expected {
  readonly change: RowChange;
  /** What the source may say meanwhile without meaning that it knows better. */
  readonly old: readonly unknown[];
  /** What the source said last. */
  said: unknown;
  /** The source has told what is so: it counts from then on. */
  over: boolean;
}

/** One action on its way. */
type Pending = readonly Expected[];

/** Ends what is pending for a conversation. */
export type EndPending = (id: string, done: boolean) => void;

/** A row as it is shown, and of what it was made. */
interface Shown {
  readonly truth: Entry;
  readonly entry: Entry | undefined;
  readonly version: number;
}

/**
 * Shows at once what a source has been asked to do, and takes it back if it fails.
 *
 * The store's own rows stay as the source tells them: this lies over them, for the rows that an action is about, until
 * the action ends. It never moves a row, as only a source knows the keys. What the source tells meanwhile of the same
 * thing counts from then on. An action that succeeds is as good as an event that says so: the store then knows it too.
 */
export class PendingChanges implements RowOverlay {
  /** Milliseconds after which a call counts as lost; `Infinity` for never. */
  timeoutMs = TIMEOUT;

  readonly #store: ConversationStore;
  readonly #byId = new Map<string, Pending[]>();
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  readonly #shown = new Map<string, Shown>();
  #version = 0;
  #made: {readonly base: OrderedRows; readonly filter: ConversationFilter; readonly version: number; readonly rows: OrderedRows} | undefined;

  /** The pending changes of a store: one object for all elements that show it. */
  static of(store: ConversationStore): PendingChanges {
    if (!(store.overlay instanceof PendingChanges)) store.overlay = new PendingChanges(store);
    return store.overlay as PendingChanges;
  }

  private constructor(store: ConversationStore) {
    this.#store = store;
  }

  /**
   * Calls a source, and shows what is to come of it until it answers.
   *
   * Rejects with a `SourceError`, `timeout` after {@link timeoutMs}; then the rows are as they were. If the store is
   * disconnected or gets another source meanwhile, nothing is shown any more, and the answer is only passed on.
   */
  async run<T>(id: string, changes: readonly RowChange[], call: (options: OpOptions) => Promise<T>): Promise<T> {
    let end: EndPending | undefined;
    try {
      const result = await this.ask(async (options) => {
        const answer = call(options);
        // After the call: one that throws at once has changed nothing.
        end = this.begin([id], changes);
        return answer;
      });
      end?.(id, true);
      return result;
    } catch (error) {
      end?.(id, false);
      throw error;
    }
  }

  /** Shows what is to come of several conversations, each until it is ended: as done, or as it was. */
  begin(ids: readonly string[], changes: readonly RowChange[]): EndPending {
    const begun = new Map(ids.map((id) => [id, this.#begin(id, changes)]));
    this.#changed();
    return (id, done) => this.#end(id, begun.get(id), done);
  }

  /** Calls a source. Rejects with a `SourceError`, `timeout` after {@link timeoutMs}. */
  async ask<T>(call: (options: OpOptions) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      if (!Number.isFinite(this.timeoutMs)) return;
      timer = setTimeout(() => {
        reject(new SourceError('timeout', 'The source did not answer.'));
        controller.abort();
      }, this.timeoutMs);
      this.#timers.add(timer);
    });
    try {
      return await Promise.race([call({signal: controller.signal}), late]);
    } catch (thrown) {
      throw toSourceError(thrown);
    } finally {
      clearTimeout(timer);
      if (timer !== undefined) this.#timers.delete(timer);
    }
  }

  clear(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#byId.clear();
    this.#shown.clear();
    this.#made = undefined;
    this.#version++;
  }

  over(index: ConversationIndex, filter: ConversationFilter): OrderedRows {
    const base = index.rows;
    if (this.#byId.size === 0) return base;
    const made = this.#made;
    if (made?.base === base && made.filter === filter && made.version === this.#version) return made.rows;
    const removed: Entry[] = [];
    const added: Entry[] = [];
    for (const [id, list] of this.#byId) {
      const truth = index.get(id);
      if (truth === undefined) {
        // The source has taken it away.
        for (const pending of list) for (const expected of pending) expected.over = true;
        continue;
      }
      const entry = this.#show(truth, list);
      if (entry === truth || base.at(base.rank(truth)) !== truth) continue;
      removed.push(truth);
      if (entry !== undefined && matches(filter, entry.conversation)) added.push(entry);
    }
    const rows = base.apply(removed, added);
    this.#made = {base, filter, version: this.#version, rows};
    return rows;
  }

  /** The row as the pending actions make it: the same object as long as nothing changes. */
  #show(truth: Entry, list: readonly Pending[]): Entry | undefined {
    const before = this.#shown.get(truth.id);
    if (before?.truth === truth && before.version === this.#version) return before.entry;
    let conversation: Conversation | undefined = truth.conversation;
    for (const pending of list) {
      for (const expected of pending) {
        hear(expected, truth.conversation);
        if (!expected.over && conversation !== undefined) conversation = expected.change.write(conversation);
      }
    }
    const same = conversation === truth.conversation;
    const entry = same ? truth : conversation === undefined ? undefined : {id: truth.id, key: truth.key, conversation};
    this.#shown.set(truth.id, {truth, entry, version: this.#version});
    return entry;
  }

  #begin(id: string, changes: readonly RowChange[]): Pending | undefined {
    const truth = this.#store.find(id);
    if (truth === undefined || changes.length === 0) return undefined;
    const list = this.#byId.get(id) ?? [];
    const pending = changes.map((change) => {
      const said = change.read(truth);
      // Earlier actions that are yet to be answered may be told before this one.
      const earlier = list.flat().filter((one) => one.change.key === change.key);
      return {change, old: [said, ...earlier.map((one) => one.change.value)], said, over: false};
    });
    this.#byId.set(id, [...list, pending]);
    return pending;
  }

  #end(id: string, pending: Pending | undefined, done: boolean): void {
    const list = this.#byId.get(id);
    // Forgotten meanwhile, with the source or the connection.
    if (pending === undefined || list === undefined || !list.includes(pending)) return;
    const rest = list.filter((one) => one !== pending);
    const truth = this.#store.find(id);
    if (truth !== undefined) for (const expected of pending) hear(expected, truth);
    if (rest.length > 0) this.#byId.set(id, rest);
    else this.#byId.delete(id);
    this.#shown.delete(id);
    const left = pending.filter((expected) => !expected.over).map(({change}) => change);
    if (done && left.length > 0) this.#store.confirm(id, (conversation) => applied(conversation, left));
    this.#changed();
  }

  #changed(): void {
    this.#version++;
    this.#store.touch();
  }
}

/** Takes note of what the source says now of what is expected. */
function hear(expected: Expected, truth: Conversation): void {
  const {change, old, said} = expected;
  const now = change.read(truth);
  if (Object.is(now, said)) return;
  expected.said = now;
  // As expected, or otherwise than before: either way it is what counts. What an earlier action says is neither.
  if (Object.is(now, change.value) || !old.includes(now)) expected.over = true;
}

function applied(conversation: Conversation, changes: readonly RowChange[]): Conversation | undefined {
  let next: Conversation | undefined = conversation;
  for (const change of changes) next = next && change.write(next);
  return next;
}
