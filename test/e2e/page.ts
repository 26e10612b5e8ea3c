import type {Page} from 'playwright-core';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import type {ConversationAction} from '../../src/events/conversation-action-event.js';
import type {XmppSource} from '../../src/sources/xmpp.js';
import {openScript, type ScriptPage} from '../scripts/script-page.js';
import type {Server} from './server.js';
import {until} from './until.js';

/** What the page offers to the tests. */
interface Offered {
  readonly list: ImConversationList;
  readonly source: XmppSource;
  start(account: object): void;
  /** Sends a message as the person's app does, from another device than the list's. */
  say(to: string, body: string): number;
  /** When a text was first seen on top, in milliseconds since 1970. */
  readonly seen: Record<string, number>;
  readonly states: string[];
  readonly resets: string[];
  cut(): void;
  measure(account: object): Promise<Record<string, number>>;
}

const SCRIPT = `
import './src/define.ts';
import {XmppSource} from './src/sources/xmpp.ts';
import {XmppStream} from './src/sources/xmpp/stream.ts';
import {xml} from './src/sources/xmpp/xml.ts';

const now = () => performance.timeOrigin + performance.now();
const sockets = [];
const openWebSocket = (url, protocol) => {
  const socket = new WebSocket(url, protocol);
  sockets.push(socket);
  return socket;
};
window.e2e = {
  states: [],
  resets: [],
  seen: {},
  /** The connections break; what is to be said has not been said. */
  cut() {
    for (const socket of sockets.splice(0)) socket.close();
  },
  start(account) {
    const provider = document.createElement('im-conversation-provider');
    const list = document.createElement('im-conversation-list');
    const badge = document.createElement('im-unread-badge');
    badge.setAttribute('max', '99999');
    list.style.height = '600px';
    provider.append(badge, list);
    const source = new XmppSource({...account, avatars: false, openWebSocket});
    source.subscribe((event) => {
      if (event.type === 'connection') this.states.push(event.state);
      if (event.type === 'reset') this.resets.push(event.reason);
    });
    provider.source = source;
    document.body.append(provider);
    Object.assign(this, {list, source});
    const look = () => {
      const text = list.shadowRoot?.querySelector('.row:not([hidden])[aria-rowindex="1"] .preview')?.textContent ?? '';
      for (const [word] of text.matchAll(/live-\\d+/g)) this.seen[word] ??= now();
      requestAnimationFrame(look);
    };
    look();
    const {jid, url, password} = account;
    const stream = new XmppStream({url, jid, password, timeoutMs: 10000, pingMs: 60000, openWebSocket});
    stream.open({stanza() {}, stand() {}, refuse() {}});
    this.say = (to, body) => {
      const id = String(Math.random());
      stream.send(xml('message', 'jabber:client', {to, type: 'chat', id}, xml('body', 'jabber:client', {}, body)));
      return now();
    };
  },
  /** How long it takes to connect, to the first 50 rows, and to all of them, without a list. */
  async measure(account) {
    const start = now();
    const source = new XmppSource({...account, avatars: false});
    const took = {};
    await new Promise((done) => source.subscribe((event) => {
      if (event.type === 'connection' && event.state === 'online') took.connect = now() - start;
      if (event.type === 'sync' && event.phase === 'finish') done();
    }));
    took.ready = now() - start;
    let page = await source.getPage({limit: 50});
    took.first = now() - start;
    let rows = page.conversations.length;
    for (; !page.done; rows += page.conversations.length) page = await source.getPage({limit: 100, cursor: page.cursor});
    took.all = now() - start;
    source.dispose();
    return {...took, rows};
  },
};
`;

/** One device of a person: a page of its own, in a browser context of its own. */
export class Device {
  readonly problems: string[] = [];

  private constructor(
    readonly page: Page,
    readonly account: {readonly url: string; readonly jid: string; readonly password: string; readonly inbox: boolean},
  ) {
    page.on('pageerror', (error) => this.problems.push(String(error.stack)));
  }

  static async open(
    script: ScriptPage,
    server: Server,
    name: string,
    {inbox = true, password = 'secret', shown = true} = {},
  ): Promise<Device> {
    const context = await script.browser.newContext({reducedMotion: 'reduce'});
    const device = new Device(await context.newPage(), {url: server.url, jid: `${name}@localhost`, password, inbox});
    if (shown) await device.load(script);
    else await device.goto(script);
    return device;
  }

  async goto({url}: ScriptPage): Promise<void> {
    await this.page.goto(url);
    await this.page.waitForFunction('window.e2e');
  }

  /** Opens the page, or opens it anew, and puts a list into it. */
  async load(script: ScriptPage): Promise<void> {
    await this.goto(script);
    await this.page.evaluate((account) => (window as unknown as {e2e: Offered}).e2e.start(account), this.account);
  }

  async close(): Promise<void> {
    await this.page.evaluate(() => (window as unknown as {e2e: Offered}).e2e.source?.dispose());
    await this.page.context().close();
  }

  /** Runs in the page. */
  run<T, A>(body: (e2e: Offered, arg: A) => T | Promise<T>, arg?: A): Promise<T> {
    const text = `(${String(body)})(window.e2e, ${JSON.stringify(arg)})`;
    return this.page.evaluate(text);
  }

  /** The rows that are drawn, from the first down: their words. */
  rows(): Promise<string[]> {
    return this.page.locator('im-conversation-list .row:not([hidden])').evaluateAll((rows) =>
      rows
        .sort((a, b) => Number(a.ariaRowIndex) - Number(b.ariaRowIndex))
        .map((row) => `${(row as HTMLElement).innerText.replace(/\s+/g, ' ')} [${(row.getAttribute('part') ?? '').trim()}]`),
    );
  }

  async top(): Promise<string> {
    return (await this.rows())[0] ?? '';
  }

  /** Waits for words in a row from the first on. */
  async untilRow(index: number, words: RegExp, ms?: number): Promise<void> {
    let rows: readonly string[] = [];
    const holds = async (): Promise<boolean> => words.test((rows = await this.rows())[index] ?? '');
    await until(holds, () => `row ${index} has ${String(words)}, of ${JSON.stringify(rows.slice(0, 4))}`, ms);
  }

  badge(): Promise<string> {
    return this.page.locator('im-unread-badge').evaluate((badge) => badge.shadowRoot?.textContent.trim() ?? '');
  }

  untilState(state: string, ms?: number): Promise<void> {
    const holds = (): Promise<boolean> => this.run((e2e, name) => e2e.states.at(-1) === name, state);
    return until(holds, `the connection is ${state}`, ms);
  }

  /** Something that the person does with a conversation in the list. */
  act(id: string, action: ConversationAction): Promise<unknown> {
    return this.run((e2e, arg) => e2e.list.performAction(arg.id, arg.action), {id, action});
  }
}

export function openPage(): Promise<ScriptPage> {
  return openScript(SCRIPT);
}
