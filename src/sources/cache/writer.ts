import type {Conversation, ConversationGroup} from '../../model/conversation.js';
import type {Writing} from './database.js';
import {countedUnread} from '../memory-table.js';
import {below} from './keys.js';
import {fromRow, sameRow, toRow, type StoredRow} from './record.js';

/** What a row was before. */
export interface Known {
  readonly c: Conversation;
  readonly row: StoredRow;
}

/** The changes of one transaction, which are told and logged as one. */
export class Writer {
  /** Rows as they shall be told. */
  readonly changed = new Map<string, Conversation>();
  readonly gone = new Set<string>();
  /** The rows were all unknown. */
  isNew = true;
  /** Everything goes. */
  emptied = false;
  /** A row could not be stored. */
  left = false;
  /** By how much the unread total of the rows differs from before, */
  unread = 0;
  /** and what that makes of the total, where {@link adjustTotal} was called. */
  total: number | undefined;
  /** The groups, where they were changed. */
  groups: readonly ConversationGroup[] | undefined;

  constructor(
    readonly tx: Writing,
    readonly epoch: number,
  ) {}

  /** Rows by id; what cannot be read is not there. */
  get(ids: readonly string[]): Promise<(Known | undefined)[]> {
    return Promise.all(ids.map(async (id) => this.known(await this.tx.objectStore('rows').get(id))));
  }

  /** What was read of a row; nothing, if it cannot be read. */
  known(row: StoredRow | undefined): Known | undefined {
    const c = row && fromRow(row, this.epoch);
    return c && {c, row};
  }

  /** The ids under some labels of the index, each once. */
  async idsOf(...labels: readonly string[]): Promise<string[]> {
    const index = this.tx.objectStore('rows').index('by');
    return [...new Set((await Promise.all(labels.map((label) => index.getAllKeys(below(label))))).flat())];
  }

  /**
   * Puts a row, unless the same is there.
   *
   * @param before - the row as {@link get} gave it
   * @param base - what the server says, where that is not what is shown
   * @param tell - also if the same is there
   */
  set(c: Conversation, before: Known | undefined, base?: Conversation, tell = false): void {
    let row: StoredRow | undefined;
    try {
      row = toRow(c, base, this.epoch < 0 ? (before?.row.epoch ?? 0) : this.epoch);
      if (before && sameRow(row, before.row)) row = undefined;
      if (row) void this.tx.objectStore('rows').put(row).catch(() => undefined);
    } catch (thrown) {
      // One row that cannot be stored is told all the same, and keeps no other from being stored.
      if (!/^Data/.test((thrown as Error).name)) throw thrown;
      this.left = true;
    }
    if (!row && !tell) return;
    this.unread += countedUnread(c) - (before ? countedUnread(before.c) : 0);
    this.isNew &&= !before;
    this.gone.delete(c.id);
    this.changed.set(c.id, c);
  }

  remove(id: string, before?: Known): void {
    if (before) this.unread -= countedUnread(before.c);
    void this.tx.objectStore('rows').delete(id).catch(() => undefined);
    this.changed.delete(id);
    this.gone.add(id);
  }

  async meta(key: string): Promise<unknown> {
    return this.tx.objectStore('meta').get(key);
  }

  setMeta(key: string, value: unknown): void {
    void this.tx.objectStore('meta').put(value, key).catch(() => undefined);
  }

  /**
   * Has the kept unread total follow the rows.
   *
   * @param start - what it is if none is kept; absent: nothing is kept then either
   */
  async adjustTotal(start?: number): Promise<void> {
    const total = (await this.meta('unread')) ?? start;
    if (this.unread === 0 || typeof total !== 'number') return;
    this.setMeta('unread', (this.total = Math.max(0, total + this.unread)));
  }

  /** Empties rows and queue, and forgets what was said about them. */
  async empty(): Promise<void> {
    this.emptied = true;
    const {tx} = this;
    // Its number goes on, so that whoever wrote until now notices.
    const epoch = Number(await this.meta('epoch')) || 0;
    await Promise.all([tx.objectStore('rows').clear(), tx.objectStore('queue').clear(), tx.objectStore('meta').clear()]);
    this.setMeta('epoch', epoch + 1);
  }
}
