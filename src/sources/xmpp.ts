import type {Conversation} from '../model/conversation.js';
import {SourceError, toSourceError} from '../model/errors.js';
import {matches, type ConversationFilter, type FilterField} from '../model/filter.js';
import {compareSortable} from '../model/order.js';
import type {
  ConversationSource,
  OpOptions,
  Page,
  PageRequest,
  SourceCapabilities,
  SourceEvent,
} from '../model/source.js';
import {settle} from './shared/settle.js';
import {Actions, OPS} from './xmpp/actions.js';
import type {XmppConnection} from './xmpp/connection.js';
import {XmppCore} from './xmpp/core.js';
import {StanzaConnection, XmppJsConnection, type StanzaClient, type XmppJsClient, type XmppJsXml} from './xmpp/foreign.js';
import {parseJid} from './xmpp/jid.js';
import {Live} from './xmpp/live.js';
import type {OpenWebSocket} from './xmpp/socket.js';
import {XmppStream} from './xmpp/stream.js';

export type {StanzaClient, XmppJsClient, XmppJsXml} from './xmpp/foreign.js';
export type {OpenWebSocket, WebSocketLike} from './xmpp/socket.js';

/** What holds for every connection. */
export interface XmppSettings {
  /** Use the server's inbox (XEP-0430) where it has one. Default `true`. */
  readonly inbox?: boolean;
  /** Ask for people's pictures (XEP-0084, XEP-0054). Default `true`. */
  readonly avatars?: boolean;
  /** How long the server may take for an answer, in milliseconds. Default 20,000. */
  readonly timeoutMs?: number;
}

/** An account, and where its server takes WebSockets. */
export interface XmppAccount extends XmppSettings {
  /** Begins with `wss:`, or on this machine with `ws:`. */
  readonly url: string;
  /** The address, `me@example.org`. */
  readonly jid: string;
  readonly password: string;
  /** How long nothing may come before the server is asked for a sign, in milliseconds. Default 20,000. */
  readonly pingMs?: number;
  /** Opens a WebSocket. Default: the global one; Node before 22 has none. */
  readonly openWebSocket?: OpenWebSocket;
}

/** A connection of the package `stanza`, or of `@xmpp/client` with its function `xml`. */
export type XmppClient = XmppSettings & ({readonly stanza: StanzaClient} | {readonly client: XmppJsClient; readonly xml: XmppJsXml});

export type XmppSourceOptions = XmppAccount | XmppClient;

/** The most conversations in a page. */
const MAX_PAGE = 100;
const FILTERS: readonly FilterField[] = ['types', 'mark', 'group', 'hasUnread', 'hasMention', 'pinned', 'hidden', 'ids'];

/**
 * The conversations of an XMPP account, over a WebSocket of its own or a connection that the app has.
 *
 * It connects with the first request or the first listener, and stays until `dispose()`. While there is no way to the
 * server, requests reject with a `SourceError` that may be retried, rows stay, and it tries again; a refused login is
 * `auth`, the state `expired`, and the end. After a session that could not be resumed the list loads anew.
 *
 * @example
 * const source = new XmppSource({url: 'wss://example.org/xmpp-websocket', jid: 'me@example.org', password});
 */
export class XmppSource implements ConversationSource {
  readonly capabilities: SourceCapabilities = Object.freeze({
    paging: 'cursor',
    maxPageSize: MAX_PAGE,
    serverFilters: FILTERS,
    nativeOrder: false,
    deleteEvents: true,
    syncEvents: true,
    unreadTotal: true,
    ops: new Set(OPS),
  });
  readonly setPinned: Actions['setPinned'];
  readonly setNotify: Actions['setNotify'];
  readonly markRead: Actions['markRead'];
  readonly markUnread: Actions['markUnread'];
  readonly setHidden: Actions['setHidden'];
  readonly delete: Actions['delete'];
  readonly setDraft: Actions['setDraft'];
  readonly setMark: Actions['setMark'];
  readonly setCustomData: Actions['setCustomData'];
  readonly #core: XmppCore;
  readonly #live: Live;
  readonly #avatars: boolean;
  readonly #jid: string | undefined;

  /** @throws SourceError `invalid-argument` if the account is no address. */
  constructor(options: XmppSourceOptions) {
    const {inbox = true, avatars = true, timeoutMs = 20_000} = options;
    this.#jid = 'jid' in options ? parseJid(options.jid)?.bare : undefined;
    this.#avatars = avatars;
    this.#core = new XmppCore(connect(options, timeoutMs), timeoutMs, () => this.#live);
    this.#live = new Live(this.#core, inbox);
    const actions = new Actions(this.#core, this.#live);
    this.setPinned = actions.setPinned.bind(actions);
    this.setNotify = actions.setNotify.bind(actions);
    this.markRead = actions.markRead.bind(actions);
    this.markUnread = actions.markUnread.bind(actions);
    this.setHidden = actions.setHidden.bind(actions);
    this.delete = actions.delete.bind(actions);
    this.setDraft = actions.setDraft.bind(actions);
    this.setMark = actions.setMark.bind(actions);
    this.setCustomData = actions.setCustomData.bind(actions);
  }

  get selfId(): string {
    return this.#jid ?? this.#core.self;
  }

  subscribe(listener: (event: SourceEvent) => void): () => void {
    // What has been told but not heard yet is not heard any more once the source is disposed of.
    return this.#core.listeners.subscribe((event) => {
      if (!this.#core.disposed) listener(event);
    });
  }

  /** Pinned conversations first, then the others, each by its last message or its draft. */
  async getPage({limit, cursor, filter = {}, signal}: PageRequest): Promise<Page> {
    const [, key, below = ''] = cursor === undefined ? [] : (/^(\d+) ([^]+)$/.exec(String(cursor)) ?? []);
    if (cursor !== undefined && key === undefined) {
      throw new SourceError('invalid-argument', 'The cursor is not of this source');
    }
    const {walk} = this.#live;
    const size = Math.max(1, Math.min(limit, MAX_PAGE));
    // A walk that looks for something rare may take longer than one answer.
    const ask = (call: () => Promise<void>): Promise<void> => settle(call, {signal}, toSourceError, 2 ** 31 - 1);
    const ready = (): Promise<void> => this.#core.ready(signal);
    for (await ask(ready); ; await ask(() => ready().then(() => walk.more()))) {
      const {done} = walk;
      const places = walk
        .known()
        .map((id) => ({id, key: this.#core.key(id)}))
        .filter((one) => key === undefined || compareSortable({key: BigInt(key), id: below}, one) < 0)
        .sort(compareSortable);
      const rows: Conversation[] = [];
      for (const {id} of places) {
        const conversation = this.#core.show(id);
        if (matches(filter, conversation)) rows.push(conversation);
        if (rows.length > size) break;
      }
      if (rows.length <= size && !done) continue;
      const conversations = rows.slice(0, size);
      this.#given(conversations);
      const last = conversations.at(-1);
      if (!last || rows.length <= size) return {conversations, done: true, authoritative: true};
      return {conversations, done: false, authoritative: true, cursor: `${last.orderKey} ${last.id}`};
    }
  }

  /** Conversations by address, also such as paging has not reached. */
  async getByIds(ids: readonly string[], {signal}: OpOptions = {}): Promise<readonly Conversation[]> {
    const core = this.#core;
    const wanted = [...new Set(ids)].filter((id) => parseJid(id)?.bare === id);
    if (wanted.length === 0) return [];
    await core.ready(signal);
    const {scans} = this.#live;
    const missing = wanted.filter((id) => !core.exists(id));
    await settle(() => Promise.all(missing.map((id) => scans.scan(id))), {signal});
    return wanted.filter((id) => core.exists(id)).map((id) => core.show(id));
  }

  /**
   * Without what is silent; of a filter `unsupported`.
   *
   * @throws SourceError `unsupported` too where the server has no inbox and the archive is long; it is told as an event
   *   when all rows are known.
   */
  async getTotalUnread(filter: ConversationFilter = {}, {signal}: OpOptions = {}): Promise<number> {
    if (Object.values(filter).some((value) => value !== undefined)) {
      throw new SourceError('unsupported', 'The server counts no part of the conversations');
    }
    const core = this.#core;
    await core.ready(signal);
    core.shownTotal ??= -1;
    return (core.shownTotal = await settle(() => core.parts.total(true), {signal}));
  }

  /** Ends the session; what is under way ends with `aborted`, and afterwards nothing is told. */
  dispose(): void {
    this.#core.dispose();
  }

  /** What rows show besides comes after them: pictures, and counts that need more of the archive. */
  #given(conversations: readonly Conversation[]): void {
    const {rows} = this.#core;
    const ids = conversations.map(({id}) => id);
    this.#live.scans.improveLater(ids.filter((id) => rows.get(id)?.exact === false));
    if (this.#avatars) this.#live.avatars.want(ids);
  }
}

function connect(options: XmppSourceOptions, timeoutMs: number): XmppConnection {
  if ('stanza' in options) return new StanzaConnection(options.stanza);
  if ('client' in options) return new XmppJsConnection(options.client, options.xml);
  const {url, jid, password, pingMs = 20_000, openWebSocket = openGlobal} = options;
  if (!parseJid(jid)?.local) throw new SourceError('invalid-argument', `${jid.slice(0, 200)} is no address`);
  return new XmppStream({url, jid, password, timeoutMs, pingMs, openWebSocket});
}

const openGlobal: OpenWebSocket = (url, protocol) => new WebSocket(url, protocol);
