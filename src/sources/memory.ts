import {
  hasUnread,
  type Conversation,
  type LastMessage,
  type NotifyLevel,
  type Presence,
} from '../model/conversation.js';
import {SourceError} from '../model/errors.js';
import {matches, type ConversationFilter} from '../model/filter.js';
import {hasWords, searchText, searchWords} from '../model/search.js';
import type {
  ConversationSource,
  GroupOps,
  OpOptions,
  OpResult,
  Page,
  PageRequest,
  SearchOptions,
  SourceCapabilities,
  SourceEvent,
} from '../model/source.js';
import {cleared, drafted, hide, messageState, notified, pin, read, toggle} from './memory-changes.js';
import {MemoryCore, type RemoveReason} from './memory-core.js';
import {memoryGroups} from './memory-groups.js';
import {receive, send} from './memory-messages.js';
import {readPage} from './memory-pages.js';
import {countedUnread} from './memory-table.js';
import type {MemoryMessage, MemorySourceOptions, MessageOptions, SendOptions} from './memory-types.js';

export type {MemoryMessage, MemorySourceOptions, MessageOptions, SendOptions} from './memory-types.js';

const ALL_FILTERS = ['types', 'mark', 'group', 'hasUnread', 'hasMention', 'pinned', 'hidden', 'ids'] as const;

const ALL_OPS = [
  ...(['pin', 'notify', 'markRead', 'markUnread', 'markAllRead', 'hide', 'delete'] as const),
  ...(['clearHistory', 'draft', 'mark', 'customData', 'groups'] as const),
];

/**
 * A source that holds everything in memory and behaves like a service: for tests, demos and a start.
 *
 * Messages count in the order they are handed in. They, drafts and pinning raise `orderKey`; nothing but
 * unpinning lowers it. Conversations handed in are copied unless frozen, and handed out frozen: their `id` and
 * `orderKey` must be right, other fields are passed on as they are. An action takes effect after the latency,
 * then tells one `upsert` or `remove`; one that changes nothing tells nothing. Actions on one conversation
 * reject with `not-found` if it is not there, actions on several say so in their results.
 *
 * The unread total counts all conversations, hidden ones too, except those whose `notify` is `off` or `silent`.
 *
 * @example
 * const source = new MemorySource({conversations, selfId: 'me', latencyMs: 80});
 * source.receiveMessage({conversationId: 'ana', senderName: 'Ana', text: 'Hello'});
 */
export class MemorySource implements ConversationSource {
  readonly capabilities: SourceCapabilities;
  readonly selfId?: string;
  readonly groups: GroupOps;

  readonly #core: MemoryCore;
  #failure: unknown;
  #failures = 0;

  constructor({conversations = [], ...options}: MemorySourceOptions = {}) {
    const {paging = 'cursor', maxPageSize = 100, serverFilters = ALL_FILTERS, selfId} = options;
    this.capabilities = {
      paging,
      ...(paging !== 'all' && {maxPageSize}),
      serverFilters,
      nativeOrder: true,
      deleteEvents: true,
      syncEvents: true,
      unreadTotal: true,
      search: true,
      ops: new Set(ALL_OPS),
    };
    if (selfId !== undefined) this.selfId = selfId;
    this.#core = new MemoryCore(options);
    this.groups = memoryGroups(this.#core);
    this.upsert(conversations);
  }

  /** How many conversations there are. */
  get size(): number {
    return this.#core.size;
  }

  /** How many listeners there are; 0 once everyone has unsubscribed. */
  get listenerCount(): number {
    return this.#core.listeners.size;
  }

  get(id: string): Conversation | undefined {
    return this.#core.get(id);
  }

  /** All conversations in order, in an array of the caller's own. */
  all(): Conversation[] {
    return [...this.#core.sorted()];
  }

  /** What the page holds is settled at the call, not when it arrives: changes in between overtake it. */
  async getPage(request: PageRequest): Promise<Page> {
    const failing = this.#failures > 0 && this.#failures--;
    const page = readPage(this.#core, this.capabilities, request);
    await this.#core.later(request);
    if (failing) throw this.#failure;
    return page;
  }

  subscribe(listener: (event: SourceEvent) => void): () => void {
    return this.#core.listeners.subscribe(listener);
  }

  /** Those that have all words of the query in what a list looks through, in the list's order. */
  async search(query: string, options: SearchOptions = {}): Promise<readonly Conversation[]> {
    const words = searchWords(query);
    const found = this.all().filter((conversation) => hasWords(searchText(conversation), words));
    await this.#core.later(options);
    return found.slice(0, options.limit ?? found.length);
  }

  /** See the class for what counts. With a filter, of those that match it. */
  async getTotalUnread(filter?: ConversationFilter, options?: OpOptions): Promise<number> {
    await this.#core.later(options);
    if (!filter) return this.#core.unread;
    return this.all().reduce((total, c) => total + (matches(filter, c) ? countedUnread(c) : 0), 0);
  }

  /** A message comes in; an unknown conversation opens. Returns the message with its id. */
  receiveMessage(message: MemoryMessage, options?: MessageOptions): LastMessage {
    return this.receiveMessages([message], options)[0] as LastMessage;
  }

  /** Messages come in at once: told in one `upsert` that names each conversation once, and one `unread`. */
  receiveMessages(messages: Iterable<MemoryMessage>, options?: MessageOptions): LastMessage[] {
    return receive(this.#core, messages, options);
  }

  /**
   * Sends an own message, which clears the draft. It shows at once, as `sending`, and after the latency as
   * `normal` or `failed`.
   *
   * @throws SourceError why it failed; `aborted` if the signal fired first.
   */
  sendMessage(message: MemoryMessage, options: SendOptions = {}): Promise<LastMessage> {
    return send(this.#core, {...message, isOwn: true}, options);
  }

  /** A message is taken back: shown if it is the last one of its conversation, which keeps its place. */
  recallMessage(conversationId: string, messageId: string): void {
    this.#core.edit([conversationId], messageState(messageId, 'recalled'));
  }

  /** Raises the conversation; `null` or empty removes the draft and leaves the conversation where it is. */
  setDraft(id: string, text: string | null, options?: OpOptions): Promise<void> {
    return this.#core.editOne(id, drafted(text, this.#core.now()), options);
  }

  setPinned(id: string, pinned: boolean, options?: OpOptions): Promise<void> {
    return this.#core.editOne(id, pin(pinned), options);
  }

  setNotify(id: string, notify: NotifyLevel, options?: OpOptions): Promise<void> {
    return this.#core.editOne(id, notified(notify), options);
  }

  /** Takes back the mark `unread` and the mention too. `all`: those that have something unread. */
  async markRead(ids: readonly string[] | 'all', options?: OpOptions): Promise<readonly OpResult[]> {
    await this.#core.later(options);
    if (ids !== 'all') return this.#core.edit(ids, read);
    return this.#core.edit(this.all().flatMap((c) => (hasUnread(c) || c.mention ? c.id : [])), read);
  }

  /** Sets or takes back the mark `unread`; the count stays. */
  markUnread(id: string, unread: boolean, options?: OpOptions): Promise<void> {
    return this.#core.editOne(id, toggle('marks', 'unread', unread), options);
  }

  /** A hidden conversation stays in the source, and stays hidden when messages come. */
  setHidden(id: string, hidden: boolean, options?: OpOptions): Promise<void> {
    return this.#core.editOne(id, hide(hidden), options);
  }

  setMark(ids: readonly string[], mark: string, on: boolean, options?: OpOptions): Promise<readonly OpResult[]> {
    return this.#core.editAll(ids, toggle('marks', mark, on), options);
  }

  setCustomData(ids: readonly string[], customData: string, options?: OpOptions): Promise<readonly OpResult[]> {
    return this.#core.editAll(ids, () => ({customData}), options);
  }

  /** A later message opens the conversation anew. */
  delete(ids: readonly string[], options?: OpOptions): Promise<readonly OpResult[]> {
    return this.#core.editAll(ids, undefined, options);
  }

  /** The conversation stays, at its place, without a last message and with nothing unread. */
  clearHistory(id: string, options?: OpOptions): Promise<void> {
    return this.#core.editOne(id, cleared, options);
  }

  /** Who is typing; nobody: an empty list. Says nothing of a conversation that is not there. */
  setTyping(id: string, names: readonly string[]): void {
    this.#core.edit([id], () => ({typing: names.length > 0 ? names : undefined}));
  }

  /** Says nothing of a conversation that is not there. */
  setPresence(id: string, presence: Presence | undefined): void {
    this.#core.edit([id], () => ({presence}));
  }

  /** Adds or replaces conversations as they are, and tells it in one event, even if nothing is new in them. */
  upsert(conversations: Iterable<Conversation>): void {
    this.#core.commit([...conversations]);
  }

  /** Takes conversations out and tells it; ids that are not there are left out. */
  remove(ids: Iterable<string>, reason?: RemoveReason): void {
    this.#core.edit(ids, undefined, reason);
  }

  /** Replaces everything, told as a complete snapshot. */
  replaceAll(conversations: Iterable<Conversation>): void {
    this.#core.commit([...conversations], true);
  }

  /** Tells the listeners any event as it is; what the source holds stays. */
  emit(event: SourceEvent): void {
    this.#core.emit(event);
  }

  syncStart(): void {
    this.emit({type: 'sync', phase: 'start'});
  }

  syncFinish(): void {
    this.emit({type: 'sync', phase: 'finish'});
  }

  syncFail(error = new SourceError('network', 'Not synced')): void {
    this.emit({type: 'sync', phase: 'fail', error});
  }

  /** The next `times` calls of `getPage` reject with the error, after the latency. */
  failNextPage(error: unknown = new SourceError('network', 'No page'), times = 1): void {
    this.#failure = error;
    this.#failures = times;
  }
}
