import {SourceError} from '../../model/errors.js';
import type {ConversationSource, SourceEvent} from '../../model/source.js';
import {Listeners} from '../shared/listeners.js';
import {lead} from './lead.js';
import {Leader} from './leader.js';
import {Outbox} from './outbox.js';
import {Table, type Message} from './table.js';

/** What a `CachedSource` does while somebody listens: it follows the other tabs, or leads them. */
export class Session {
  readonly listeners = new Listeners(
    () => this.#begin(),
    () => this.end(),
  );
  readonly table: Table;
  readonly outbox: Outbox;
  /** The last unread total that was told, */
  unread: number | undefined;
  /** and how often the source behind has told one. */
  unreadClock = 0;
  /** Shown from pages of the source behind that nobody kept: a sync does not know that a list has them. */
  readonly unkept = new Set<string>();

  #leader: Leader | undefined;
  /** While somebody listens. */
  #listening = false;
  /** While that goes by the database. */
  #following: AbortController | undefined;
  /** The database failed, for good. */
  #broken = false;
  #disposed = false;
  /** Ends listening to the source behind. */
  #stop: (() => void) | undefined;
  /** What it has told since, while it is not yet known who leads. */
  #held: SourceEvent[] | undefined;
  readonly #name: string;
  readonly #remote: ConversationSource;

  constructor(name: string, remote: ConversationSource) {
    this.#name = name;
    this.#remote = remote;
    this.table = new Table(name, {
      tell: (...events) => this.#tell(...events),
      emptied: () => this.emptied(),
      renewed: () => this.#renewed(),
      hear: (message) => this.#hear(message),
      lost: (reason) => this.giveUp(reason),
    });
    const leading = (): boolean => this.leader !== undefined;
    this.outbox = new Outbox({
      table: this.table,
      remote,
      get leading() {
        return leading();
      },
      touch: (ids) => this.#leader?.touch(ids),
      refused: (error) => this.#tell({type: 'sync', phase: 'fail', error}, {type: 'sync', phase: 'finish'}),
      failed: (reason) => this.giveUp(reason),
    });
  }

  /** What writes down what the server says, if this tab does. */
  get leader(): Leader | undefined {
    return this.#leader?.active ? this.#leader : undefined;
  }

  /** Somebody listens, and the database works. */
  get following(): boolean {
    return this.#following !== undefined;
  }

  /** Runs what needs the database; resolves to `undefined` if that fails, and from then on. */
  async use<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (this.#broken) return undefined;
    try {
      return await work();
    } catch (thrown) {
      this.giveUp(thrown);
      return undefined;
    }
  }

  /** Goes on without the database, as the source behind would. */
  giveUp(reason: unknown): void {
    if (this.#broken) return;
    this.#broken = true;
    console.warn('im-conversation-list: the cache cannot be used; the list goes on without it.', reason);
    this.table.kill(reason);
    this.#leader?.end();
    this.#unfollow();
    if (!this.#listening) return;
    this.#listen();
    this.#release();
    this.#tell({type: 'reset', reason: 'gap'});
  }

  /** Everything was emptied, here or in another tab. */
  emptied(): void {
    this.unread = undefined;
    this.#leader?.rest();
    this.#tell({type: 'reset', reason: 'logout'});
  }

  /** Nothing is kept any more, and nobody wanted that: what the server has is kept again. */
  #renewed(): void {
    this.unread = undefined;
    const leader = this.leader;
    leader?.rest();
    void leader?.begin().then(() => leader.sync());
    this.#tell({type: 'reset', reason: 'gap'});
  }

  /** Removes everything that is kept. */
  async clear(): Promise<void> {
    this.#leader?.rest();
    await this.table.write((writer) => writer.empty());
  }

  /** Nobody listens any more. */
  end(): void {
    this.#listening = false;
    this.#unfollow();
    this.#unlisten();
  }

  dispose(): void {
    this.#disposed = true;
    this.end();
  }

  #begin(): void {
    if (this.#disposed) return;
    this.#listening = true;
    // At once: what is told from now on must not be missed.
    if (!this.#broken) this.#held = [];
    this.#listen();
    if (!this.#broken) void this.#follow();
  }

  async #follow(): Promise<void> {
    const {signal} = (this.#following = new AbortController());
    const groups = await this.use(async () => {
      await this.table.listen();
      return this.table.read((tx) => tx.objectStore('meta').get('groups'));
    });
    if (signal.aborted) return;
    if (Array.isArray(groups)) this.#tell({type: 'groups', groups});
    this.table.post({type: 'hello'});
    lead(
      this.#name,
      signal,
      () => this.#lead(signal),
      () => this.#unlisten(),
    );
  }

  #lead(signal: AbortSignal): void {
    const leader = new Leader(
      {
        table: this.table,
        remote: this.#remote,
        use: (work) => this.use(work),
        tell: (...events) => this.#tell(...events),
        connected: () => this.outbox.send(),
        renewed: () => this.#renewed(),
        clear: async () => void (await this.use(() => this.clear())),
      },
      signal,
    );
    this.#leader = leader;
    this.#held ??= [];
    this.#listen();
    void leader.begin().then(() => {
      if (signal.aborted) return;
      // It may have been asked for, and answered, before there was anybody to keep it.
      if (this.unread !== undefined) leader.keep('unread', this.unread);
      this.#release();
      leader.sync();
      this.outbox.send();
    });
  }

  #unfollow(): void {
    if (!this.#following) return;
    this.#following.abort();
    this.#following = undefined;
    this.#leader = undefined;
    this.outbox.stop();
    this.table.unlisten();
  }

  /** Listens to the source behind. */
  #listen(): void {
    this.#stop ??= this.#remote.subscribe((event) => {
      if (this.#held) this.#held.push(event);
      else this.#receive(event);
    });
  }

  #unlisten(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#held = undefined;
  }

  #release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const event of held) this.#receive(event);
  }

  #receive(event: SourceEvent): void {
    if (event.type === 'unread') this.unreadClock++;
    if (this.#leader) this.#leader.receive(event);
    else this.#tell(event);
  }

  #tell(...events: SourceEvent[]): void {
    for (const event of events) if (event.type === 'unread' && !event.filter) this.unread = event.total;
    if (!this.#disposed) this.listeners.emit(...events);
    if (events.some((event) => event.type === 'sync' && event.phase === 'finish')) void this.#tellMissing();
  }

  /** Rows that a list has and a sync has not found are gone, though nothing was kept of them that could be removed. */
  async #tellMissing(): Promise<void> {
    const ids = [...this.unkept];
    if (ids.length === 0 || !this.following) return;
    if (await this.use(() => this.table.tellMissing(ids))) for (const id of ids) this.unkept.delete(id);
  }

  #hear(message: Message): void {
    if (message.type === 'hello' && this.leader) this.table.announce(...this.leader.status());
    else if (message.type === 'work') this.outbox.send();
    else if (message.type === 'settled') this.outbox.hear(message);
    else if (message.type === 'events' && !this.#leader) this.#tell(...message.events.map(revived));
  }
}

/** An error that came from another tab has lost its class. */
function revived(event: SourceEvent): SourceEvent {
  if (event.type !== 'sync' || !event.error) return event;
  return {...event, error: new SourceError(event.error.code, event.error.message)};
}
