import type {Conversation} from '../model/conversation.js';
import {SourceError} from '../model/errors.js';
import type {OpOptions, OpResult, SourceEvent} from '../model/source.js';
import {patched, type Change} from './memory-changes.js';
import {delay, MemoryEvents} from './memory-events.js';
import {MemoryTable} from './memory-table.js';

/** Why conversations went. */
export type RemoveReason = 'deleted' | 'left' | 'hidden' | 'filtered';

/** What a `MemorySource` and its parts share: the conversations, the listeners, and changes that are told. */
export class MemoryCore extends MemoryEvents {
  readonly table = new MemoryTable();
  /** Names of the conversation groups by id. */
  readonly groups = new Map<string, string>();

  constructor(readonly latencyMs: number | (() => number)) {
    super();
  }

  /** Waits as long as the service takes. */
  later(options: OpOptions | undefined): Promise<void> {
    const {latencyMs} = this;
    return delay(typeof latencyMs === 'function' ? latencyMs() : latencyMs, options?.signal);
  }

  /**
   * Makes changes and tells them as one: what listeners do meanwhile is told after it.
   *
   * @param changed - conversations as they shall be.
   * @param complete - they replace everything.
   * @param gone - ids of conversations that are there and shall not be.
   */
  commit(changed: readonly Conversation[], complete = false, gone: readonly string[] = [], reason?: RemoveReason): void {
    const {table, groups} = this;
    const {unread} = table;
    const known = groups.size;
    const isNew = changed.every(({id}) => !table.has(id));
    if (complete) table.clear();
    for (const id of gone) table.delete(id);
    const conversations = changed.map((c) => {
      const kept = table.put(c);
      if (Array.isArray(kept.groups)) for (const id of kept.groups) if (!groups.has(id)) groups.set(id, id);
      return kept;
    });
    const events: SourceEvent[] = [];
    if (complete) events.push({type: 'snapshot', conversations, complete});
    else if (changed.length > 0) events.push({type: 'upsert', conversations, isNew});
    if (gone.length > 0) events.push({type: 'remove', ids: gone, ...(reason && {reason})});
    if (groups.size > known) events.push(this.groupsEvent());
    if (table.unread !== unread) events.push({type: 'unread', total: table.unread});
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
      const before = this.table.get(id);
      if (!before) return {id, error: new SourceError('not-found', id)};
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
    return this.edit(ids, change, 'deleted');
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
