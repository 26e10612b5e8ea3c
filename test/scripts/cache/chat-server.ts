import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {SourceError, toSourceError, type Conversation, type PageRequest, type SourceEvent} from '../../../src/model/index.js';
import {MemorySource} from '../../../src/sources/memory.js';
import {generateConversations} from '../../../src/testing/generate-conversations.js';
import {pack, PAGE_SIZE, unpack} from './wire.js';

/** What a page asks for. */
interface Call {
  readonly account: string;
  readonly name: string;
  readonly args: readonly unknown[];
}

const PAGE = '<!doctype html><html lang="en"><title>Test</title><script type="module" src="/page.js"></script>';

/** A chat service on 127.0.0.1: pages, actions and events of many accounts, and the page that shows them. */
export class ChatServer {
  readonly accounts = new Map<string, MemorySource>();
  /** Every action that was taken, in turn. */
  readonly taken: Call[] = [];
  /** Called before an answer; it may wait, and may throw what the page shall get. */
  before: (call: Call) => void | Promise<void> = () => undefined;
  /** Called when an action has been done and before the page hears of it. */
  after: (call: Call) => void | Promise<void> = () => undefined;

  #offline = false;
  readonly #scripts: Readonly<Record<string, string>>;
  readonly #server: Server = createServer((request, response) => void this.#answer(request, response));
  /** Events so far: an answer says how many are older than it. */
  #count = 0;
  readonly #streams = new Set<ServerResponse>();

  /** @param scripts - by their address */
  constructor(scripts: Readonly<Record<string, string>>) {
    this.#scripts = scripts;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  get url(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}/`;
  }

  /** Offline, pages are still served: a service worker would do that. */
  set offline(offline: boolean) {
    this.#offline = offline;
    if (offline) for (const stream of this.#streams) stream.destroy();
  }

  account(name: string): MemorySource {
    const source = this.accounts.get(name);
    if (!source) throw new Error(`No account ${name}`);
    return source;
  }

  open(name: string, conversations: readonly Conversation[] | number, seed = 1): MemorySource {
    const given = typeof conversations === 'number' ? generateConversations(conversations, {seed, now: 1_700_000_000_000}) : conversations;
    const source = new MemorySource({conversations: given, maxPageSize: PAGE_SIZE, selfId: 'me'});
    this.accounts.set(name, source);
    source.subscribe((event) => this.#tell(name, event));
    return source;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #tell(account: string, event: SourceEvent): void {
    this.#count++;
    for (const stream of this.#streams) stream.write(`data: ${pack({account, event, count: this.#count})}\n\n`);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const script = this.#scripts[request.url ?? ''];
    if (script !== undefined) return void response.setHeader('content-type', 'text/javascript').end(script);
    if (!request.url?.startsWith('/api')) return void response.setHeader('content-type', 'text/html').end(PAGE);
    if (this.#offline) return void request.socket.destroy();
    if (request.method === 'GET') {
      response.setHeader('content-type', 'text/event-stream').write(`retry: 50\ndata: ${pack({count: this.#count})}\n\n`);
      this.#streams.add(response);
      response.on('close', () => this.#streams.delete(response));
      return;
    }
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const call = unpack<Call>(body);
    try {
      await this.before(call);
      const value = await this.#perform(call);
      const count = this.#count;
      await this.after(call);
      if (this.#offline) return void request.socket.destroy();
      response.end(pack({value, count}));
    } catch (thrown) {
      const {code, message, retryable} = toSourceError(thrown);
      response.end(pack({error: {code, message, retryable}}));
    }
  }

  #perform(call: Call): unknown {
    const {account, name, args} = call;
    const source = this.account(account);
    if (name === 'getPage') return source.getPage(args[0] as PageRequest);
    if (name === 'getTotalUnread') return source.getTotalUnread();
    if (!(name in source)) throw new SourceError('unsupported', name);
    this.taken.push(call);
    return (source as unknown as Record<string, (...args: readonly unknown[]) => unknown>)[name]?.(...args);
  }
}
