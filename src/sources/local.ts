import type {Conversation, LastMessage, NotifyLevel} from '../model/conversation.js';
import {SourceError} from '../model/errors.js';
import type {ConversationFilter} from '../model/filter.js';
import type {
  ConversationSource,
  OpOptions,
  OpResult,
  Page,
  PageRequest,
  SearchOptions,
  SourceCapabilities,
  SourceEvent,
} from '../model/source.js';
import {readConversation} from '../model/validate.js';
import {databaseName} from './cache/database.js';
import {findRows} from './cache/find-rows.js';
import {aborted, LocalChanges} from './cache/local-changes.js';
import {MENTION, UNREAD} from './cache/keys.js';
import {localGroups} from './cache/local-groups.js';
import {memoryDatabase} from './cache/memory-database.js';
import {pageOf, readCursor} from './cache/pages.js';
import {readRows} from './cache/read-rows.js';
import {Table} from './cache/table.js';
import {cleared, drafted, hide, messageState, notified, patched, pin, read, toggle} from './memory-changes.js';
import {place} from './memory-messages.js';
import {countedUnread} from './memory-table.js';
import type {MemoryMessage, MessageOptions} from './memory-types.js';
import {Listeners} from './shared/listeners.js';

export type {MemoryMessage as LocalMessage, MessageOptions} from './memory-types.js';

/** How a `LocalSource` behaves. Constant for its life. */
export interface LocalSourceOptions {
  /** Of the app; databases of different names have nothing in common. Default `local`. */
  readonly name?: string;
  /** The person whose list it is, if there can be several. Each has a database of their own. */
  readonly account?: string;
  /** The id of that person; the sender of own messages. */
  readonly selfId?: string;
  /** The clock, in milliseconds since 1970. Default: `Date.now`. */
  readonly now?: () => number;
}

/** How a message goes out. */
export interface LocalSendOptions extends MessageOptions, OpOptions {
  /** Takes the message to others. Until it settles the message shows as `sending`, then as `normal` or `failed`. */
  readonly deliver?: (message: LastMessage) => Promise<unknown>;
}

const FILTERS = ['types', 'mark', 'group', 'hasUnread', 'hasMention', 'pinned', 'hidden', 'ids'] as const;
const OPS = [
  ...(['pin', 'notify', 'markRead', 'markUnread', 'markAllRead', 'hide', 'delete'] as const),
  ...(['clearHistory', 'draft', 'mark', 'customData', 'groups'] as const),
];

/**
 * A source without a server: it keeps conversations in IndexedDB, the same for every tab.
 *
 * It behaves like `MemorySource`: messages count in the order they are handed in; they, drafts and pinning raise
 * `orderKey`. Changes resolve once they are stored, and are told in every tab. Where there is no IndexedDB at all it
 * says so once on the console, and lasts as long as the page. What is kept is not encrypted.
 *
 * @example
 * const source = new LocalSource({selfId: 'me'});
 * await source.receiveMessage({conversationId: 'ana', senderName: 'Ana', text: 'Hello'});
 */
export class LocalSource implements ConversationSource {
  readonly capabilities: SourceCapabilities = {
    paging: 'cursor',
    serverFilters: FILTERS,
    nativeOrder: true,
    deleteEvents: true,
    syncEvents: false,
    unreadTotal: true,
    search: true,
    ops: new Set(OPS),
  };
  readonly selfId?: string;
  readonly groups = localGroups((work, options) => this.#changes.write(work, options));

  readonly #now: () => number;
  readonly #table: Table;
  readonly #changes: LocalChanges;
  readonly #listeners = new Listeners(
    () => {
      this.#listening = true;
      // What fails here fails again, and is told, where something is asked for.
      this.#table.listen().catch(() => undefined);
    },
    () => this.#end(),
  );
  #listening = false;
  #disposed = false;
  #warned = false;

  constructor({name = 'local', account = '', selfId, now = Date.now}: LocalSourceOptions = {}) {
    if (selfId !== undefined) this.selfId = selfId;
    this.#now = now;
    const warn = (text: string, reason: unknown): void => {
      if (!this.#warned) console.warn(`im-conversation-list: ${text}`, reason);
      this.#warned = true;
    };
    const tell = (...events: SourceEvent[]): void => {
      if (!this.#disposed) this.#listeners.emit(...events);
    };
    const memory = memoryDatabase();
    const emptied = (): void =>
      tell({type: 'snapshot', conversations: [], complete: true}, {type: 'groups', groups: []}, {type: 'unread', total: 0});
    this.#table = new Table(
      databaseName(name, account),
      {
        tell,
        emptied,
        renewed: () => {
          emptied();
          tell({type: 'reset', reason: 'gap'});
        },
        hear: (message) => message.type === 'events' && tell(...message.events),
        lost: (reason) => {
          warn('a newer version of the app needs the database; this page has to be loaded anew.', reason);
          this.#table.kill(reason);
        },
      },
      (reason) => {
        warn('there is no IndexedDB; conversations last as long as this page.', reason);
        return memory;
      },
    );
    this.#changes = new LocalChanges(this.#table, () => ({selfId, now: now()}));
  }

  async getPage({limit, cursor, filter, signal}: PageRequest): Promise<Page> {
    const at = readCursor(cursor);
    if (at && !at.at) throw new SourceError('invalid-argument', 'The cursor is not of this source');
    aborted(signal);
    await this.#table.settled();
    const rows = await this.#changes.read((tx) => readRows(tx, 0, Math.max(1, limit), filter, at?.at));
    this.#table.complain(rows.broken);
    return {...pageOf(rows), authoritative: true};
  }

  subscribe(listener: (event: SourceEvent) => void): () => void {
    return this.#listeners.subscribe(listener);
  }

  /** Conversations by id, those that exist. */
  async getByIds(ids: readonly string[]): Promise<readonly Conversation[]> {
    return (await this.#changes.read((tx) => readRows(tx, 0, Infinity, {ids}))).conversations;
  }

  /** Those that have all words of the query in what a list looks through, in the list's order; read slice by slice. */
  async search(query: string, options: SearchOptions = {}): Promise<readonly Conversation[]> {
    aborted(options.signal);
    await this.#table.settled();
    const {conversations, broken} = await findRows((work) => this.#changes.read(work), 0, query, options);
    aborted(options.signal);
    this.#table.complain(broken);
    return conversations;
  }

  /** Of all conversations but those that are silent or off; with a filter, of those that match it. */
  async getTotalUnread(filter: ConversationFilter = {}, options?: OpOptions): Promise<number> {
    aborted(options?.signal);
    await this.#table.settled();
    return this.#changes.read(async (tx) => {
      if (Object.keys(filter).length === 0) return Number(await tx.objectStore('meta').get('unread')) || 0;
      const {conversations} = await readRows(tx, 0, Infinity, filter);
      return conversations.reduce((total, c) => total + countedUnread(c), 0);
    });
  }

  /** A message comes in; an unknown conversation opens. Resolves to the message with its id. */
  async receiveMessage(message: MemoryMessage, options?: MessageOptions): Promise<LastMessage> {
    return (await this.receiveMessages([message], options))[0] as LastMessage;
  }

  /** Messages come in at once: stored together, and told in one `upsert` and one `unread`. */
  receiveMessages(messages: Iterable<MemoryMessage>, options?: MessageOptions): Promise<LastMessage[]> {
    return this.#changes.place([...messages], (known, message, shown) => place(known, message, shown, options));
  }

  /**
   * Sends an own message, which clears the draft. Without `deliver` it is `normal` at once.
   *
   * @throws what `deliver` rejects with, once the message shows as `failed`.
   */
  async sendMessage(message: MemoryMessage, options: LocalSendOptions = {}): Promise<LastMessage> {
    const {deliver, signal} = options;
    aborted(signal);
    const {conversationId: id} = message;
    const [sent] = await this.#changes.place([{...message, isOwn: true}], (known, own, shown) =>
      patched(place(known, own, {...shown, state: deliver ? 'sending' : 'normal'}, options), {draft: undefined}),
    );
    if (deliver) {
      const settle = (state: 'normal' | 'failed'): Promise<unknown> => this.#changes.edit([id], messageState(sent?.id, state));
      try {
        await deliver(sent as LastMessage);
      } catch (thrown) {
        await settle('failed');
        throw thrown;
      }
      await settle('normal');
    }
    return sent as LastMessage;
  }

  /** A message is taken back: shown if it is the last one of its conversation, which keeps its place. */
  async recallMessage(conversationId: string, messageId: string): Promise<void> {
    await this.#changes.edit([conversationId], messageState(messageId, 'recalled'));
  }

  /** Adds or replaces conversations as they are. */
  async upsert(conversations: Iterable<Conversation>): Promise<void> {
    const all = Array.from(conversations, (c) => readConversation(c).conversation).filter((c) => c !== undefined);
    for (let i = 0; i < all.length; i += 200) {
      const batch = new Map(all.slice(i, i + 200).map((c) => [c.id, c]));
      await this.#changes.write(async (writer) => {
        const known = await writer.get([...batch.keys()]);
        [...batch.values()].forEach((c, at) => writer.set(c, known[at]));
      });
    }
  }

  /** Raises the conversation; `null` or empty removes the draft and leaves the conversation where it is. */
  setDraft(id: string, text: string | null, options?: OpOptions): Promise<void> {
    return this.#changes.editOne(id, drafted(text, this.#now()), options);
  }

  setPinned(id: string, pinned: boolean, options?: OpOptions): Promise<void> {
    return this.#changes.editOne(id, pin(pinned), options);
  }

  setNotify(id: string, notify: NotifyLevel, options?: OpOptions): Promise<void> {
    return this.#changes.editOne(id, notified(notify), options);
  }

  /** Takes back the mark `unread` and the mention too. `all`: those that have something unread. */
  async markRead(ids: readonly string[] | 'all', options?: OpOptions): Promise<readonly OpResult[]> {
    return this.#changes.edit(ids === 'all' ? (writer) => writer.idsOf(UNREAD, MENTION) : ids, read, options);
  }

  /** Sets or takes back the mark `unread`; the count stays. */
  markUnread(id: string, unread: boolean, options?: OpOptions): Promise<void> {
    return this.#changes.editOne(id, toggle('marks', 'unread', unread), options);
  }

  /** A hidden conversation stays in the source, and stays hidden when messages come. */
  setHidden(id: string, hidden: boolean, options?: OpOptions): Promise<void> {
    return this.#changes.editOne(id, hide(hidden), options);
  }

  setMark(ids: readonly string[], mark: string, on: boolean, options?: OpOptions): Promise<readonly OpResult[]> {
    return this.#changes.edit(ids, toggle('marks', mark, on), options);
  }

  setCustomData(ids: readonly string[], customData: string, options?: OpOptions): Promise<readonly OpResult[]> {
    return this.#changes.edit(ids, () => ({customData}), options);
  }

  /** A later message opens the conversation anew. */
  delete(ids: readonly string[], options?: OpOptions): Promise<readonly OpResult[]> {
    return this.#changes.edit(ids, undefined, options);
  }

  /** The conversation stays, at its place, without a last message and with nothing unread. */
  clearHistory(id: string, options?: OpOptions): Promise<void> {
    return this.#changes.editOne(id, cleared, options);
  }

  /** Which conversation the list was scrolled to; a list asks for it by itself. */
  async savedScroll(): Promise<string | undefined> {
    const id = await this.#changes.read((tx) => tx.objectStore('meta').get('scroll'));
    return typeof id === 'string' ? id : undefined;
  }

  /** Keeps which conversation the list is scrolled to, as a list does by itself; `null`: its top. */
  async saveScroll(id: string | null): Promise<void> {
    await this.#table.write(async (writer) => writer.setMeta('scroll', id));
  }

  /** Removes everything, in every tab. */
  async clear(): Promise<void> {
    await this.#changes.write((writer) => writer.empty());
  }

  /** Ends following other tabs, and all telling. What is kept stays. */
  dispose(): void {
    this.#disposed = true;
    this.#end();
  }

  #end(): void {
    if (this.#listening) this.#table.unlisten();
    this.#listening = false;
  }
}
