import type {ConversationGroup} from '../../model/conversation.js';
import {SourceError} from '../../model/errors.js';
import type {SourceEvent} from '../../model/source.js';
import {Listeners} from '../shared/listeners.js';
import {Calls, NO_TIMEOUT} from '../shared/calls.js';
import {toRongError} from './errors.js';
import {listen} from './events.js';
import {look} from './lookups.js';
import {keyOf, PINNED, readItem, snapshot, targetOf, type Row} from './rows.js';
import type {RongItem, RongLoader, RongModule, RongProfile, RongProfiles, RongResult} from './types.js';

/** Most conversations in an answer. */
export const MAX_PAGE = 100;

/** A walk over the service's lists: those that are pinned at once, then a loader over all. */
export interface Pass {
  pinned: boolean;
  loader: RongLoader | undefined;
  /** Rows with a greater key are here. */
  frontier: bigint;
  done: boolean;
  readonly began: number;
  readonly named: Set<string>;
  /** One request at a time: a loader that loads already refuses. */
  loading?: Promise<void> | undefined;
}

/** What the source and its parts share: the SDK, what is known of its conversations, and those who listen. */
export class RongCore {
  /** Kept up to date by events while somebody listens. */
  readonly rows = new Map<string, Row>();
  readonly profiles = new Map<string, RongProfile>();
  readonly listeners = new Listeners(
    () => (this.#unlisten = listen(this)),
    () => this.#end(),
  );
  readonly calls: Calls;
  /** Greater at every event and action. */
  clock = 0;
  /** As last told; `undefined` until somebody has asked. */
  total: number | undefined;

  #disposed = false;
  #unlisten: (() => void) | undefined;
  #pass: Pass | undefined;
  #counting = false;

  constructor(
    readonly sdk: RongModule,
    readonly find: RongProfiles,
    readonly types: readonly number[] | undefined,
    timeoutMs: number,
  ) {
    this.calls = new Calls(timeoutMs, toRongError);
  }

  get self(): string {
    try {
      return this.sdk.getCurrentUserId() || '';
    } catch {
      // Before init().
      return '';
    }
  }

  /** A call's data. The SDK never rejects: a result that is not ok does. */
  ask<T>(call: () => Promise<RongResult<T>> | undefined, signal?: AbortSignal): Promise<T | undefined> {
    return this.calls.run(async () => {
      const result = await call();
      if (result?.isOk !== true) throw toRongError(result);
      return result.data;
    }, signal);
  }

  emit(...events: SourceEvent[]): void {
    if (!this.#disposed) this.listeners.emit(...events);
  }

  /** What is known is not to be relied on any more. */
  forget(): void {
    this.rows.clear();
    this.#pass = undefined;
  }

  /** The walk under way, or a new one. */
  pass(anew: boolean): Pass {
    if (anew && this.listeners.size === 0) this.rows.clear();
    if (anew || !this.#pass) {
      this.#pass = {
        pinned: true, loader: undefined, frontier: 2n * PINNED, done: false, began: this.clock, named: new Set(),
      };
    }
    return this.#pass;
  }

  /** Walks on by one request, which those share who ask at the same time; a signal ends only the waiting. */
  load(pass: Pass, signal?: AbortSignal): Promise<void> {
    return this.calls.run(
      () => (pass.loading ??= this.#load(pass).finally(() => (pass.loading = undefined))),
      signal,
      NO_TIMEOUT,
    );
  }

  async #load(pass: Pass): Promise<void> {
    const asked = this.clock;
    const types = this.types && [...this.types];
    let items: unknown;
    try {
      if (pass.pinned) items = await this.ask(() => this.sdk.getTopConversationList(types));
      else {
        pass.loader ??= await this.ask(() =>
          this.sdk.createConversationListLoader({...(types && {conversationTypes: types})}),
        );
        const {loader} = pass;
        items = await this.ask(() => loader?.load(MAX_PAGE));
      }
    } catch (thrown) {
      // A loader that did not answer stays busy for ever: the next one begins at the top.
      pass.loader = undefined;
      throw thrown;
    }
    const rows = await this.take(items, asked, () => this.#pass === pass);
    // What is known was forgotten meanwhile: this is of a time before.
    if (this.#pass !== pass) return;
    const {frontier} = pass;
    const late = rows.filter((row) => !pass.named.has(row.id) && keyOf(row) > frontier);
    for (const row of rows) {
      pass.named.add(row.id);
      const key = keyOf(row);
      if (key > 0n && key < pass.frontier) pass.frontier = key;
    }
    if (pass.pinned) {
      pass.pinned = false;
      pass.frontier = PINNED;
    } else if (pass.loader?.hasMore !== true) {
      pass.done = true;
      for (const [id, {touched}] of this.rows) if (touched <= pass.began && !pass.named.has(id)) this.rows.delete(id);
    }
    // Pages have gone past their place.
    if (late.length > 0) this.tell(late.map(({id}) => id));
  }

  /** Takes in what the SDK gives: what an event has changed since it was asked for stays as the event left it. */
  async take(items: unknown, asked: number, current = (): boolean => true): Promise<Row[]> {
    if (!Array.isArray(items)) throw new SourceError('invalid-data', 'The SDK gave no list of conversations');
    const rows = (items as RongItem[]).flatMap((item) => readItem(item, this.rows) ?? []);
    await look(this, rows);
    if (!current()) return [];
    return rows.map((row) => {
      const known = this.rows.get(row.id);
      if (known && known.touched > asked) return known;
      this.rows.set(row.id, row);
      return row;
    });
  }

  /** Walks to the end of the service's lists. */
  async loadAll(signal?: AbortSignal): Promise<void> {
    for (let pass = this.pass(false); !pass.done; pass = this.pass(false)) await this.load(pass, signal);
  }

  /** Tells of those that are known as they stand now, and of the unread total. */
  tell(ids: Iterable<string>): void {
    const rows = [...new Set(ids)].flatMap((id) => this.rows.get(id) ?? []);
    if (rows.length === 0) return;
    this.emit({type: 'upsert', conversations: rows.map((row) => snapshot(row, this.profiles))});
    void this.count();
  }

  /** Changes conversations and tells of it; those that are not known are asked for. */
  async change(ids: readonly string[], change: (row: Row) => void): Promise<void> {
    for (const id of ids) {
      const row = this.rows.get(id);
      if (row) {
        row.touched = ++this.clock;
        change(row);
      } else await this.refresh(id);
    }
    this.tell(ids);
  }

  /** Asks for a conversation; tells nobody. */
  async refresh(id: string): Promise<void> {
    const target = targetOf(id);
    if (!target || this.listeners.size === 0) return;
    const asked = this.clock;
    const item = await this.ask(() => this.sdk.getConversation(target)).catch(() => undefined);
    if (item && this.listeners.size > 0) await this.take([item], asked);
  }

  /** Conversations changed in the SDK, which says of each what it is now. */
  async changed(items: readonly RongItem[]): Promise<void> {
    const fresh: string[] = [];
    const known: string[] = [];
    for (const item of items) {
      const row = readItem(item, this.rows);
      if (!row) continue;
      row.touched = ++this.clock;
      (this.rows.has(row.id) ? known : fresh).push(row.id);
      this.rows.set(row.id, row);
    }
    this.tell(known);
    if (fresh.length === 0) return;
    await look(this, fresh.flatMap((id) => this.rows.get(id) ?? []));
    this.tell(fresh);
  }

  remove(ids: readonly string[]): void {
    for (const id of ids) this.rows.delete(id);
    this.emit({type: 'remove', ids, reason: 'deleted'});
    void this.count();
  }

  /** Tells of the unread total if it has changed; once for what happens at once. */
  async count(): Promise<void> {
    if (this.total === undefined || this.#counting) return;
    this.#counting = true;
    await undefined;
    this.#counting = false;
    const total = await this.ask(() => this.sdk.getTotalUnreadCount(false, this.types && [...this.types])).catch(
      () => undefined,
    );
    if (typeof total !== 'number' || total === this.total) return;
    this.total = total;
    this.emit({type: 'unread', total});
  }

  async groups(signal?: AbortSignal): Promise<ConversationGroup[]> {
    const tags = (await this.ask(() => this.sdk.getTags?.(), signal)) ?? [];
    return tags.map(({tagId, tagName}) => Object.freeze({id: tagId, name: tagName ?? tagId}));
  }

  async tellGroups(): Promise<void> {
    const groups = await this.groups().catch(() => undefined);
    if (groups) this.emit({type: 'groups', groups});
  }

  #end(): void {
    this.#unlisten?.();
    this.#unlisten = undefined;
    this.total = undefined;
    this.forget();
  }

  dispose(): void {
    this.#disposed = true;
    this.#end();
    this.calls.end();
  }
}

