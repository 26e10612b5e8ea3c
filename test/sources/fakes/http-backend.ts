import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {ConversationFilter, NotifyLevel, OpResult, SourceError} from '../../../src/model/index.js';
import {MemorySource} from '../../../src/sources/memory.js';
import {CONTENT} from '../../testing/support/subjects.js';

const STATUS: Readonly<Record<string, number>> = {'not-found': 404, 'invalid-argument': 400, unsupported: 405};

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: Readonly<Record<string, never>>;
}

/** An answer in the place of the real one. */
export interface Canned {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The protocol over a memory source, on a port of this machine. */
export class HttpBackend {
  readonly memory = new MemorySource({conversations: CONTENT});
  readonly requests: Asked[] = [];
  /** Streams of changes that are open. */
  readonly streams = new Set<ServerResponse>();
  /** Answers to give instead, by path (`events`, '' for pages), in turn. */
  readonly canned: Record<string, Canned[]> = {};
  /** What the server remembers of its events. */
  log: {readonly seq: number; readonly text: string}[] = [];
  seq = 0;
  /** Pages wait for it. */
  gate: Promise<void> | undefined;

  readonly #server: Server;
  readonly #cursors = new Map<string, unknown>();

  private constructor() {
    this.#server = createServer((request, response) => void this.#handle(request, response));
    this.memory.subscribe(({type, ...data}) => {
      if (type === 'sync' || type === 'connection') return;
      this.tell(type, data);
      if (type === 'upsert' || type === 'remove') {
        void this.memory.getTotalUnread().then((total) => this.tell('unread', {total}));
      }
    });
  }

  static async start(port = 0): Promise<HttpBackend> {
    const backend = new HttpBackend();
    await backend.listen(port);
    return backend;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/conversations`;
  }

  listen(port: number): Promise<void> {
    return new Promise((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  /** Puts an event into the stream. */
  tell(name: string, data: unknown): void {
    const text = `event: ${name}\nid: ${++this.seq}\ndata: ${toJson(data)}\n\n`;
    this.log.push({seq: this.seq, text});
    for (const stream of this.streams) stream.write(text);
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const {pathname, searchParams: query} = new URL(request.url ?? '', 'http://x');
    const path = pathname.replace(/^\/conversations\/?/, '');
    const asked = {method: request.method ?? '', path, query, headers: request.headers, body: await readBody(request)};
    this.requests.push(asked);
    const canned = this.canned[path]?.shift();
    if (canned) return void response.writeHead(canned.status ?? 200, canned.headers).end(canned.body);
    if (path === 'events') return this.#stream(request, response);
    const tag = `"${this.seq}"`;
    if (asked.method === 'GET' && request.headers['if-none-match'] === tag) return void response.writeHead(304).end();
    try {
      const answer = await this.#answer(asked);
      response.setHeader('etag', tag).setHeader('content-type', 'application/json').end(toJson(answer ?? {}));
    } catch (thrown) {
      const {code, message} = thrown as SourceError;
      response.writeHead(STATUS[code] ?? 500).end(toJson({code, message}));
    }
  }

  #stream(request: IncomingMessage, response: ServerResponse): void {
    const after = request.headers['last-event-id']?.toString();
    const resumed = after !== undefined && Number(after) >= (this.log[0]?.seq ?? 1) - 1;
    response.writeHead(200, {'content-type': 'text/event-stream'});
    const missed = resumed ? this.log.filter(({seq}) => seq > Number(after)) : [];
    const position = resumed ? after : this.seq;
    response.write(`: hello\nevent: hello\nid: ${position}\ndata: {"resumed":${resumed}}\n\n${missed.map(({text}) => text).join('')}`);
    this.streams.add(response);
    response.on('close', () => this.streams.delete(response));
  }

  async #answer({method, path, query, body}: Asked): Promise<unknown> {
    const {memory} = this;
    const {ids, changes} = body as unknown as {
      readonly ids: readonly string[];
      readonly changes: Readonly<Record<string, unknown>>;
    };
    const filter = readFilter(query);
    if (path === '' && method === 'GET') return this.#page(query, filter);
    if (path === '') return {results: await this.#each(ids, (id) => this.#change(id, changes))};
    if (path === 'search') return this.#search(query);
    if (path === 'unread') return {total: await memory.getTotalUnread(filter)};
    if (path === 'clear') return {results: await this.#each(ids, (id) => memory.clearHistory(id))};
    if (path === 'delete') return {results: plain(await memory.delete(ids))};
    if (path === 'read') return {results: plain(await memory.markRead(ids))};
    const [, op] = path.split('/') as [string, 'add' | 'remove' | undefined];
    const group = query.get('id') ?? '';
    if (op) return {results: plain(await memory.groups[op](group, ids))};
    if (method === 'POST') return memory.groups.create(body['name'] as unknown as string, ids);
    if (method === 'PATCH') return memory.groups.rename(group, body['name'] as unknown as string);
    if (method === 'DELETE') return memory.groups.delete(group);
    return {groups: await memory.groups.list()};
  }

  async #page(query: URLSearchParams, filter: ConversationFilter): Promise<unknown> {
    const position = String(this.seq);
    const name = query.get('cursor');
    const cursor = name === null ? undefined : this.#cursors.get(name);
    const page = await this.memory.getPage({limit: Number(query.get('limit')), filter, ...(name !== null && {cursor})});
    await this.gate;
    const next = toJson(page.cursor) ?? '';
    this.#cursors.set(next, page.cursor);
    return {...page, cursor: next, position};
  }

  /** Looks through two at a time. */
  async #search(query: URLSearchParams): Promise<unknown> {
    const found = new Set((await this.memory.search(query.get('q') ?? '')).map(({id}) => id));
    const all = this.memory.all();
    const from = Number(query.get('cursor') ?? 0);
    const to = from + 2;
    const conversations = all.slice(from, to).filter(({id}) => found.has(id)).slice(0, Number(query.get('limit')));
    return {conversations, done: to >= all.length, cursor: String(to)};
  }

  async #change(id: string, changes: Readonly<Record<string, unknown>>): Promise<void> {
    const {memory} = this;
    const {pinned, notify, hidden, draft, customData, marks} = changes;
    if (pinned !== undefined) await memory.setPinned(id, pinned === true);
    if (notify !== undefined) await memory.setNotify(id, notify as NotifyLevel);
    if (hidden !== undefined) await memory.setHidden(id, hidden === true);
    if (draft !== undefined) await memory.setDraft(id, draft as string);
    const results: OpResult[] = [];
    if (customData !== undefined) results.push(...(await memory.setCustomData([id], customData as string)));
    const {add = [], remove = []} = Object(marks) as {readonly add?: readonly string[]; readonly remove?: readonly string[]};
    for (const mark of add) results.push(...(await memory.setMark([id], mark, true)));
    for (const mark of remove) results.push(...(await memory.setMark([id], mark, false)));
    const failed = results.find(({error}) => error)?.error;
    if (failed) throw failed;
  }

  async #each(ids: readonly string[], call: (id: string) => Promise<void>): Promise<unknown> {
    return Promise.all(ids.map((id) => call(id).then(() => ({id}), ({code, message}: SourceError) => ({id, error: {code, message}}))));
  }
}

const toJson = (value: unknown): string => JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part));

const plain = (results: readonly OpResult[]): unknown =>
  results.map(({id, error}) => ({id, ...(error && {error: {code: error.code, message: error.message}})}));

function readFilter(query: URLSearchParams): ConversationFilter {
  const flag = (name: string, field: string) => (query.has(name) ? {[field]: query.get(name) === 'true'} : {});
  return {
    ...(query.has('type') && {types: query.getAll('type') as 'direct'[]}),
    ...(query.has('mark') && {mark: query.get('mark') || null}),
    ...(query.has('group') && {group: query.get('group') || null}),
    ...(query.has('id') && {ids: query.getAll('id')}),
    ...flag('unread', 'hasUnread'),
    ...flag('mention', 'hasMention'),
    ...flag('pinned', 'pinned'),
    ...flag('hidden', 'hidden'),
  };
}

async function readBody(request: IncomingMessage): Promise<Readonly<Record<string, never>>> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
  return (text === '' ? {} : JSON.parse(text)) as Record<string, never>;
}
