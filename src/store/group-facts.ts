import type {ConversationGroup} from '../model/conversation.js';
import {toSourceError, type SourceError} from '../model/errors.js';
import type {ConversationSource} from '../model/source.js';
import {readCount} from '../model/validate.js';
import type {ErrorOrigin} from './change-log.js';

/** After news of what is unread, the totals of groups are asked for so much later, once for any number of news, ms. */
const DELAY = 1000;

/** A source's conversation groups (folders), asked for only once somebody needs them. */
export class GroupFacts {
  /** With what is unread in each, where the source says so; the same objects while nothing changes. */
  groups: readonly ConversationGroup[] = [];

  #told: readonly ConversationGroup[] = [];
  /** What the source says is unread in groups that come without it. */
  #totals = new Map<string, number>();
  /** It cannot say so, or not by group. */
  #silent = false;
  #wanted = false;
  /** Counts what was told or asked: an answer to an older question is old. */
  #clock = 0;
  #source: ConversationSource | undefined;
  #signal: AbortSignal | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #tell: (error: SourceError, origin: ErrorOrigin) => void;
  readonly #changed: () => void;

  constructor(tell: (error: SourceError, origin: ErrorOrigin) => void, changed: () => void) {
    this.#tell = tell;
    this.#changed = changed;
  }

  /** Somebody shows groups. */
  want(): void {
    if (this.#wanted) return;
    this.#wanted = true;
    void this.ask();
  }

  /** The source is listened to, until the signal. */
  bind(source: ConversationSource, signal: AbortSignal): void {
    this.#source = source;
    this.#signal = signal;
    signal.addEventListener('abort', () => this.#stop());
    void this.ask();
  }

  clear(): void {
    this.#clock++;
    this.#told = this.groups = [];
    this.#totals.clear();
    this.#silent = false;
  }

  /** The source tells its groups. */
  set(values: readonly ConversationGroup[]): void {
    const told = values.filter((group) => typeof group?.id === 'string' && typeof group.name === 'string');
    this.#clock++;
    this.#told = told;
    this.#merge();
    this.recount();
  }

  /** What is unread has changed: the totals are asked for again, soon. */
  recount(): void {
    if (!this.#wanted || this.#signal?.aborted !== false || this.#silent) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#count();
    }, DELAY);
  }

  /** Asks for the groups, if somebody shows them; newer news of them, or another source, make the answer void. */
  async ask(): Promise<void> {
    const source = this.#source;
    const signal = this.#signal;
    if (!this.#wanted || source === undefined || signal?.aborted !== false) return;
    const clock = ++this.#clock;
    const current = (): boolean => clock === this.#clock && !signal.aborted;
    try {
      if (typeof source.groups?.list !== 'function') return;
      const groups: unknown = await source.groups.list({signal});
      if (!current()) return;
      if (Array.isArray(groups)) this.set(groups as readonly ConversationGroup[]);
      this.#changed();
      await this.#count();
    } catch (thrown) {
      if (current()) this.#tell(toSourceError(thrown), 'groups');
    }
  }

  /** One group after the other; a source that cannot say it for one is asked no more. */
  async #count(): Promise<void> {
    const source = this.#source;
    const signal = this.#signal;
    const clock = this.#clock;
    if (source === undefined || signal === undefined || typeof source.getTotalUnread !== 'function') return;
    for (const {id, unread} of this.#told) {
      if (unread !== undefined || this.#silent) continue;
      try {
        const total = await source.getTotalUnread({group: id}, {signal});
        if (clock !== this.#clock || signal.aborted) return;
        this.#totals.set(id, readCount(total));
      } catch {
        if (clock !== this.#clock || signal.aborted) return;
        // What is loaded is counted instead.
        this.#silent = true;
        this.#totals.clear();
      }
    }
    if (this.#merge()) this.#changed();
  }

  #merge(): boolean {
    const groups = this.#told.map((group, i) => {
      const total = group.unread ?? this.#totals.get(group.id);
      const {id, name, unread} = this.groups[i] ?? {};
      const same = group.id === id && group.name === name && total === unread;
      return same ? (this.groups[i] as ConversationGroup) : {...group, ...(total !== undefined && {unread: total})};
    });
    if (groups.length === this.groups.length && groups.every((group, i) => group === this.groups[i])) return false;
    this.groups = groups;
    return true;
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#source = undefined;
  }
}
