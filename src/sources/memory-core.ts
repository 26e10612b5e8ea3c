import type {Conversation} from '../model/conversation.js';
import {SourceError} from '../model/errors.js';
import type {OpOptions, OpResult, SourceEvent} from '../model/source.js';
import {patched, type Change} from './memory-changes.js';
import {MemoryTable} from './memory-table.js';
import type {MemorySourceOptions} from './memory-types.js';
import {Listeners} from './shared/listeners.js';

/** Why conversations went. */
export type RemoveReason = 'deleted' | 'left' | 'hidden' | 'filtered';

/** What a `MemorySource` and its parts share: the conversations, the listeners, and changes that are told. */
export class MemoryCore extends MemoryTable {
  readonly listeners = new Listeners();
  /** Names of the conversation groups by id. */
  readonly groups = new Map<string, string>();
  /** How many messages have got an id here. */
  messages = 0;

  constructor(readonly options: Omit<MemorySourceOptions, 'conversations'>) {
    super();
  }

  now(): number {
    return (this.options.now ?? Date.now)();
  }

  /** Tells the listeners. */
  emit(...events: SourceEvent[]): void {
    this.listeners.emit(...events);
  }

  /**
   * Waits as long as the service takes: at least a microtask.
   *
   * @throws SourceError `aborted`, as soon as the signal fires.
   */
  async later({signal}: OpOptions = {}): Promise<void> {
    const {latencyMs = 0} = this.options;
    const ms = typeof latencyMs === 'function' ? latencyMs() : latencyMs;
    await new Promise<void>((resolve) => {
      if (!(ms > 0) || signal?.aborted) return resolve();
      const end = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      signal?.addEventListener('abort', end);
    });
    if (signal?.aborted) throw new SourceError('aborted', 'Aborted', {cause: signal.reason});
  }

  /**
   * Makes changes and tells them as one: what listeners do meanwhile is told after it.
   *
   * @param changed - conversations as they shall be.
   * @param complete - they replace everything.
   * @param gone - ids of conversations that are there and shall not be.
   */
  commit(
    changed: readonly Conversation[],
    complete = false,
    gone: readonly string[] = [],
    reason: RemoveReason = 'deleted',
  ): void {
    const {unread, groups} = this;
    const known = groups.size;
    const isNew = changed.every(({id}) => !this.has(id));
    if (complete) this.clear();
    for (const id of gone) this.delete(id);
    for (const c of changed) {
      this.set(c.id, c);
      const named: unknown = c.groups;
      if (Array.isArray(named)) for (const id of named as string[]) if (!groups.has(id)) groups.set(id, id);
    }
    const conversations = changed.map(({id}) => this.get(id) as Conversation);
    const events: SourceEvent[] = [];
    if (complete) events.push({type: 'snapshot', conversations, complete});
    else if (changed.length > 0) events.push({type: 'upsert', conversations, isNew});
    if (gone.length > 0) events.push({type: 'remove', ids: gone, reason});
    if (groups.size > known) events.push(this.groupsEvent());
    if (this.unread !== unread) events.push({type: 'unread', total: this.unread});
    this.emit(...events);
  }

  /**
   * Changes those that are there; a change that changes nothing is not told.
   *
   * @param change - absent: they go.
   */
  edit(ids: Iterable<string>, change?: Change, reason?: RemoveReason): readonly OpResult[] {
    const changed: Conversation[] = [];
    const gone: string[] = [];
    const results = Array.from(new Set(ids), (id) => {
      const before = this.get(id);
      if (!before) return {id, error: new SourceError('not-found', `No conversation ${id}`)};
      const after = change && patched(before, change(before));
      if (!after) gone.push(id);
      else if (after !== before) changed.push(after);
      return {id};
    });
    this.commit(changed, false, gone, reason);
    return results;
  }

  /** An action on several conversations. */
  async editAll(ids: Iterable<string>, change?: Change, options?: OpOptions): Promise<readonly OpResult[]> {
    await this.later(options);
    return this.edit(ids, change);
  }

  /** An action on one conversation; rejects with `not-found` if it is not there. */
  async editOne(id: string, change: Change, options?: OpOptions): Promise<void> {
    const [result] = await this.editAll([id], change, options);
    if (result?.error) throw result.error;
  }

  groupsEvent(): Extract<SourceEvent, {type: 'groups'}> {
    return {type: 'groups', groups: Array.from(this.groups, ([id, name]) => ({id, name}))};
  }
}
