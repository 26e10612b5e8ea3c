import type {Conversation, LastMessage} from '../../model/conversation.js';
import {SourceError, toSourceError} from '../../model/errors.js';
import type {OpOptions, OpResult} from '../../model/source.js';
import {patched, type Change} from '../memory-changes.js';
import {compose, type MessageDefaults} from '../memory-messages.js';
import type {MemoryMessage} from '../memory-types.js';
import type {Reading} from './database.js';
import {nameGroups} from './local-groups.js';
import type {Table} from './table.js';
import type {Writer} from './writer.js';

/** Changes of conversations that nobody but this device knows of. */
export class LocalChanges {
  readonly #table: Table;
  readonly #defaults: () => Omit<MessageDefaults, 'newId'>;

  constructor(table: Table, defaults: () => Omit<MessageDefaults, 'newId'>) {
    this.#table = table;
    this.#defaults = defaults;
  }

  async read<T>(work: (tx: Reading) => Promise<T>): Promise<T> {
    try {
      return await this.#table.read(work);
    } catch (thrown) {
      throw failure(thrown);
    }
  }

  async write<T>(work: (writer: Writer) => Promise<T>, options?: OpOptions): Promise<T> {
    aborted(options?.signal);
    try {
      return await this.#table.write(async (writer) => {
        const value = await work(writer);
        await writer.adjustTotal(0);
        await nameGroups(writer);
        return value;
      });
    } catch (thrown) {
      throw failure(thrown);
    }
  }

  /** @param change - absent: they go */
  edit(
    which: readonly string[] | ((writer: Writer) => Promise<readonly string[]>),
    change?: Change,
    options?: OpOptions,
  ): Promise<readonly OpResult[]> {
    return this.write(async (writer) => {
      const ids = [...new Set(typeof which === 'function' ? await which(writer) : which)];
      const known = await writer.get(ids);
      return ids.map((id, i): OpResult => {
        const before = known[i];
        if (!before) return {id, error: new SourceError('not-found', `No conversation ${id}`)};
        const after = change && patched(before.c, change(before.c));
        if (!after) writer.remove(id, before);
        else if (after !== before.c) writer.set(after, before);
        return {id};
      });
    }, options);
  }

  async editOne(id: string, change: Change, options?: OpOptions): Promise<void> {
    const [result] = await this.edit([id], change, options);
    if (result?.error) throw result.error;
  }

  /** Puts messages at the end of their conversations, one after another. */
  place(
    messages: readonly MemoryMessage[],
    put: (known: Conversation | undefined, message: MemoryMessage, shown: LastMessage) => Conversation,
  ): Promise<LastMessage[]> {
    return this.write(async (writer) => {
      const ids = [...new Set(messages.map(({conversationId}) => conversationId))];
      const known = new Map((await writer.get(ids)).map((before, i) => [ids[i] as string, before]));
      const now = new Map<string, Conversation>();
      const shown = messages.map((message) => {
        const id = message.conversationId;
        const one = compose(message, {...this.#defaults(), newId});
        now.set(id, put(now.get(id) ?? known.get(id)?.c, message, one));
        return one;
      });
      for (const [id, c] of now) writer.set(c, known.get(id));
      return shown;
    });
  }
}

/** Ids are made in several tabs. */
function newId(): string {
  return `local-${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
}

export function aborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new SourceError('aborted', 'Aborted', {cause: signal.reason});
}

function failure(thrown: unknown): SourceError {
  const full = (thrown as Error | undefined)?.name === 'QuotaExceededError';
  return toSourceError(thrown, full ? 'limit-exceeded' : 'unknown');
}
