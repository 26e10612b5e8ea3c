import {SourceError, toSourceError} from '../model/errors.js';
import type {ConnectionState, ConversationSource, SourceEvent, SyncEvent} from '../model/source.js';
import {readCount} from '../model/validate.js';
import type {ErrorOrigin} from './change-log.js';
import {GroupFacts} from './group-facts.js';
import type {SyncState} from './snapshot.js';

const IDLE: SyncState = {status: 'idle'};
const PHASES: readonly unknown[] = ['start', 'progress', 'finish', 'fail'];
const CONNECTIONS: readonly unknown[] = [
  'connecting',
  'online',
  'offline',
  'kicked',
  'expired',
] satisfies ConnectionState[];

/** What a source tells besides its conversations. */
export class SourceFacts {
  sync = IDLE;
  connection: ConnectionState | undefined;
  unreadTotal: number | undefined;
  readonly groups: GroupFacts;

  /** Counts what was told or asked about the unread total: an answer to an older question is old. */
  #unreadClock = 0;
  readonly #tell: (error: SourceError, origin: ErrorOrigin) => void;
  readonly #changed: () => void;

  constructor(tell: (error: SourceError, origin: ErrorOrigin) => void, changed: () => void) {
    this.#tell = tell;
    this.#changed = changed;
    this.groups = new GroupFacts(tell, changed);
  }

  clear(): void {
    this.sync = IDLE;
    this.connection = undefined;
    this.unreadTotal = undefined;
    this.#unreadClock++;
    this.groups.clear();
  }

  /**
   * Takes an event in.
   *
   * @returns whether what failed before may work now.
   * @throws if it is none of those that are taken in here.
   */
  apply(event: SourceEvent): boolean {
    switch (event.type) {
      case 'sync':
        if (!PHASES.includes(event.phase)) break;
        return this.#setSync(event);
      case 'connection':
        if (!CONNECTIONS.includes(event.state)) break;
        this.connection = event.state;
        return event.state === 'online';
      case 'unread':
        // The total of some filter is not the total.
        if (Object.keys(event.filter ?? {}).length > 0) return false;
        this.#unreadClock++;
        this.unreadTotal = readCount(event.total);
        this.groups.recount();
        return false;
      case 'groups':
        this.groups.set(event.groups);
        return false;
      default:
    }
    throw new SourceError('invalid-data', 'An event of an unknown kind was ignored.');
  }

  /** Asks for the unread total; newer news of it, or the signal, make the answer void. */
  async askUnread(source: ConversationSource, signal: AbortSignal): Promise<void> {
    if (typeof source.getTotalUnread !== 'function') return;
    const clock = ++this.#unreadClock;
    const current = (): boolean => clock === this.#unreadClock && !signal.aborted;
    try {
      const total = await source.getTotalUnread(undefined, {signal});
      if (!current()) return;
      this.unreadTotal = readCount(total);
      this.#changed();
    } catch (thrown) {
      if (current()) this.#tell(toSourceError(thrown), 'unread');
    }
  }

  #setSync({phase, progress, error}: SyncEvent): boolean {
    if (phase === 'finish') {
      this.sync = IDLE;
    } else if (phase === 'fail') {
      const reason = toSourceError(error ?? 'Sync failed.');
      this.sync = {status: 'failed', error: reason};
      this.#tell(reason, 'sync');
    } else {
      const known = typeof progress === 'number' && progress >= 0 && progress <= 1 ? {progress} : {};
      const next: SyncState = {status: 'syncing', ...known};
      // A source may repeat itself.
      if (this.sync.status !== next.status || this.sync.progress !== next.progress) this.sync = next;
    }
    return phase === 'finish';
  }
}
