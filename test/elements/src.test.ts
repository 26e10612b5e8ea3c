import {expect} from '@open-wc/testing';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import {MemorySource} from '../../src/sources/memory.js';
import {conversation, conversations} from './support/conversations.js';
import {box, inState, mount, settle, until} from './support/list-page.js';
import {idsInView} from './support/rows.js';

const realFetch = globalThis.fetch;
let asked: {readonly url: URL; readonly credentials: string | undefined; readonly signal: AbortSignal | null | undefined}[] = [];

const row = (id: string, orderKey: number): object => ({
  id, title: `Name of ${id}`, orderKey: String(orderKey), type: 'direct', pinned: false, unreadCount: 0, notify: 'all',
  marks: [], groups: [], lastMessage: null,
});

/** A server that has two conversations at each address, and a stream in which nothing happens. */
async function serve(url: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const address = new URL(String(url));
  asked.push({url: address, credentials: init?.credentials, signal: init?.signal});
  if (address.pathname.endsWith('/events')) {
    const text = 'event: hello\nid: 1\ndata: {"resumed":true}\n\n';
    const body = new ReadableStream({
      start: (stream) => {
        stream.enqueue(new TextEncoder().encode(text));
        init?.signal?.addEventListener('abort', () => stream.error(new DOMException('', 'AbortError')));
      },
    });
    return new Response(body, {headers: {'content-type': 'text/event-stream'}});
  }
  if (address.pathname.endsWith('/unread')) return Response.json({total: 7});
  const name = address.pathname.split('/').at(-1) ?? '';
  return Response.json({conversations: [row(`${name}1`, 2), row(`${name}2`, 1)], done: true, position: '1'});
}

const shown = (list: ImConversationList) => (list.shadowRoot?.querySelector('[role=grid]') ? idsInView(list) : []);
const streams = () => asked.filter(({url}) => url.pathname.endsWith('/events'));

describe('the attribute src', () => {
  beforeEach(() => {
    asked = [];
    globalThis.fetch = serve;
  });
  afterEach(() => {
    globalThis.fetch = realFetch;
  });

  it('shows what the address has, without any script of the page', async () => {
    const host = box();
    const list = document.createElement('im-conversation-list');
    list.setAttribute('src', '/chat');
    host.append(list);
    await until(() => shown(list).length === 2);
    expect(shown(list)).to.deep.equal(['chat1', 'chat2']);
    expect(asked[0]?.url.origin).to.equal(location.origin);
    expect(asked[0]?.credentials).to.equal('same-origin');
    await until(() => streams().length === 1);
    list.remove();
    await until(() => streams().every(({signal}) => signal?.aborted === true), 'the stream has ended');
  });

  it('follows the attribute, and shows nothing without it', async () => {
    const list = await mount({attributes: {src: '/one'}});
    await until(() => shown(list)[0] === 'one1');
    list.src = '/two';
    await until(() => shown(list)[0] === 'two1');
    list.removeAttribute('src');
    await settle();
    expect(list.snapshot).to.equal(undefined);
    await until(() => streams().every(({signal}) => signal?.aborted === true), 'the streams have ended');
  });

  it('gives way to source and to conversations, and comes back after them', async () => {
    const source = new MemorySource({conversations: conversations(3)});
    const list = await mount({source, attributes: {src: '/one'}});
    await until(() => shown(list)[0] === 'c0');
    expect(asked).to.deep.equal([]);
    list.conversations = [conversation('mine')];
    await until(() => shown(list)[0] === 'mine');
    expect(asked).to.deep.equal([]);
    list.conversations = undefined;
    await until(() => shown(list)[0] === 'one1');
    list.source = null;
    await until(() => inState(list, 'empty'));
  });

  it('shows and tells an error for an address that may not be', async () => {
    for (const src of ['https://chat.example/', 'http://chat.example/', 'javascript:alert(1)', 'https://[']) {
      const codes: string[] = [];
      const before = (list: HTMLElement) => list.addEventListener('im-error', (event) => codes.push(event.error.code));
      const list = await mount({attributes: {src}, before});
      await until(() => inState(list, 'error'), `the error of ${src}`);
      expect(codes).to.deep.equal(['invalid-argument']);
    }
    expect(asked).to.deep.equal([]);
  });

  it('goes to another origin by crossorigin, with its cookies only if that says so', async () => {
    for (const [crossorigin, credentials] of [['', 'same-origin'], ['use-credentials', 'include']] as const) {
      asked = [];
      const list = await mount({attributes: {src: 'https://chat.example/far', crossorigin}});
      await until(() => shown(list)[0] === 'far1');
      expect(asked[0]?.credentials).to.equal(credentials);
    }
  });

  it('takes any value without throwing', async () => {
    const list = await mount({attributes: {src: '/one'}});
    for (const value of [null, undefined, 5, {}, Symbol('x'), '', '/two'] as unknown as string[]) {
      list.src = value;
      await settle();
    }
    await until(() => shown(list)[0] === 'two1');
  });

  it('serves a provider', async () => {
    const provider = document.createElement('im-conversation-provider');
    const list = document.createElement('im-conversation-list');
    const badge = document.createElement('im-unread-badge');
    provider.append(badge, list);
    provider.setAttribute('src', '/all');
    box().append(provider);
    await until(() => shown(list)[0] === 'all1');
    await until(() => badge.shadowRoot?.textContent?.includes('7') === true, 'the badge says 7');
    expect(streams().length).to.equal(1);
  });
});
