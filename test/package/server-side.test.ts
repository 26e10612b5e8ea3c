import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {readdirSync} from 'node:fs';
import {describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';
import {LitElementRenderer} from '@lit-labs/ssr';
import {html} from 'lit';
import '../../src/server.js';
import {registerLocale} from '../../src/index.js';
import {de} from '../../src/locales/de.js';
import type {Conversation} from '../../src/model/conversation.js';
import {MemorySource} from '../../src/sources/memory.js';
import {generateConversations} from '../../src/testing/generate-conversations.js';
import {attribute, bare, has, lacks, renderHtml, rowTags} from './support/render.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

function conversation(id: string, facts: Partial<Conversation> = {}): Conversation {
  return {
    ...{id, type: 'direct', title: `Name of ${id}`, orderKey: 1n, pinned: false, unreadCount: 0, notify: 'all'},
    ...{marks: [], groups: [], lastMessage: null},
    ...facts,
  };
}

const many = (count: number): Conversation[] =>
  Array.from({length: count}, (_, i) => conversation(`c${i}`, {orderKey: BigInt(1000 - i)}));

const ids = (page: string): (string | undefined)[] => rowTags(page).map((tag) => attribute(tag, 'data-id'));

async function list(conversations: unknown, facts: Record<string, unknown> = {}): Promise<string> {
  const {lang, serverRows, type, selectedId, renderRow, label} = facts;
  return renderHtml(html`<im-conversation-list
    lang=${lang ?? 'en'}
    .conversations=${conversations}
    .serverRows=${serverRows ?? 20}
    .type=${type ?? ''}
    .selectedId=${selectedId}
    .renderRow=${renderRow}
    .label=${label ?? ''}
  ></im-conversation-list>`);
}

describe('every public module, in Node without any document', () => {
  const folder = (name: string) =>
    readdirSync(`${ROOT}src/${name}`)
      .filter((file) => file.endsWith('.ts'))
      .map((file) => `./src/${name}/${file}`);
  const modules = ['./src/index.ts', './src/define.ts', './src/server.ts', './src/store/index.ts', './src/bundle.ts'];
  modules.push(...folder('sources'), ...folder('locales'), ...folder('testing'));

  it('is imported without an error, and lets the process end', () => {
    assert.ok(modules.length > 40);
    const globals = "const before = ['document', 'window', 'HTMLElement'].filter((name) => name in globalThis);";
    const script = `${globals} if (before.length > 0) throw new Error(String(before));
      for (const path of ${JSON.stringify(modules)}) await import(path).catch((e) => { throw new Error(path, {cause: e}); });`;
    const args = ['--import', 'tsx', '--input-type=module', '--eval', script];
    const {status, stderr} = spawnSync(process.execPath, args, {cwd: ROOT, encoding: 'utf8', timeout: 60_000});
    assert.equal(stderr, '');
    assert.equal(status, 0);
  });
});

describe('a list on a server', () => {
  it('renders the first twenty rows, in order, under the roles of the grid', async () => {
    const page = await list([...many(50)].reverse());
    assert.deepEqual(ids(page), many(20).map(({id}) => id));
    assert.deepEqual(rowTags(page).map((tag) => attribute(tag, 'aria-rowindex')), many(20).map((_, i) => String(i + 1)));
    has(bare(page), /role="grid"[^>]*aria-label="Conversations"[^>]*aria-rowcount="-1"/);
    has(bare(page), /<div class="rows" role="rowgroup">/);
    has(page, /<template [^>]*shadowrootmode="open"/);
    lacks(bare(page), /skeleton/);
  });

  it('renders as many as it is told, and twenty for what is no number', async () => {
    assert.equal(rowTags(await list(many(50), {serverRows: 33})).length, 33);
    for (const serverRows of [Number.NaN, -1, 0, 'x', null, {}]) {
      assert.equal(rowTags(await list(many(50), {serverRows})).length, 20, String(serverRows));
    }
    const page = await renderHtml(html`<im-conversation-list server-rows="7" .conversations=${many(50)}></im-conversation-list>`);
    assert.equal(rowTags(page).length, 7);
  });

  it('says and shows what a row in a browser does', async () => {
    const c = conversation('a', {
      ...{title: 'Ana', pinned: true, unreadCount: 120, mention: 'me', presence: 'online', verified: true, tags: ['vip']},
      lastMessage: {type: 'text', state: 'normal', text: 'Hello', isOwn: true, peerRead: true, sentAt: 0},
    });
    const page = bare(await list([c], {selectedId: 'a'}));
    const [tag] = rowTags(page);
    assert.equal(attribute(tag, 'part'), 'row unread pinned mention selected');
    assert.equal(attribute(tag, 'aria-current'), 'true');
    assert.match(attribute(tag, 'aria-label') ?? '', /^Ana, verified.*120 unread messages.*You: Hello.*vip.*online, pinned/i);
    for (const text of ['>Ana</bdi>', '>You:</bdi', '>Hello</bdi', '>99+</span>', '>@</span>', '>vip</bdi>', 'datetime="1970-']) {
      assert.ok(page.includes(text), text);
    }
    for (const part of ['presence online', 'verified-icon', 'delivery read', 'badge', 'tags']) {
      assert.ok(page.includes(`part="${part}"`), part);
    }
  });

  it('filters as its attributes say, and leaves hidden ones out', async () => {
    const rows = [conversation('a', {type: 'group'}), conversation('b'), conversation('c', {type: 'group', hidden: true})];
    assert.deepEqual(ids(await list(rows, {type: 'group'})), ['a']);
    assert.deepEqual(ids(await list(rows)), ['a', 'b']);
  });

  it('keeps hostile text a text', async () => {
    const payload = '</bdi></template><script>alert(1)</script><img src=x onerror=alert(1)>"\' \u202e\u0000';
    const message = {type: 'text', state: 'normal', text: payload, senderName: payload, sentAt: Number.NaN} as const;
    const hostile = conversation(payload, {
      ...{type: 'group', title: payload, targetId: payload, tags: [payload], typing: [payload]},
      ...{members: [{name: payload}, {name: payload}], avatarUrl: 'javascript:alert(1)'},
      lastMessage: message,
    });
    const page = await list([hostile, {...hostile, id: 'b', typing: []}], {label: payload});
    const outside = bare(page);
    assert.equal(rowTags(page).length, 2);
    lacks(outside, /<script|<img|javascript:/);
    assert.equal(outside.split('</template>').length, 2);
    assert.ok(outside.includes('&lt;script&gt;alert(1)'));
    const clean = outside.replace(/data-id="[^"]*"/g, '');
    for (const control of ['\u202e', '\u0000']) assert.equal(clean.includes(control), false);
  });

  it('renders whatever stands in the array, or in its place', async () => {
    const odd = [null, undefined, 5, 'x', {}, {id: ''}, {id: 'a', title: {}, lastMessage: [], unreadCount: 'x'}, conversation('b')];
    const page = await list(odd);
    assert.deepEqual(ids(page), ['b', 'a']);
    lacks(bare(page), /\[object |undefined|NaN/);
    for (const wrong of [null, undefined, 5, 'x', {}]) {
      assert.deepEqual(rowTags(await list(wrong)), [], String(wrong));
    }
  });

  it('shows that there is nothing, and the shapes where nothing was given', async () => {
    has(bare(await list([])), /No conversations/);
    has(bare(await list(undefined)), /part="skeleton"/);
  });

  it('asks nothing of a source', async () => {
    const source = new MemorySource({conversations: many(3)});
    const page = await renderHtml(html`<im-conversation-list .source=${source}></im-conversation-list>`);
    has(bare(page), /part="skeleton"/);
    assert.equal(source.listenerCount, 0);
  });

  it('requests no picture', async () => {
    const rows = generateConversations(200, {avatarUrl: (i) => `https://a.test/${i}`, thumbnailUrl: (i) => `https://t.test/${i}`});
    const page = await list(rows, {serverRows: 200});
    lacks(bare(page), /https:\/\/[at]\.test|<img/);
    has(bare(page), /<span class="thumbnail" part="thumbnail"><\/span>/);
  });

  it('speaks the language of its `lang`, once its words are here', async () => {
    registerLocale('de', de);
    const page = bare(await list([conversation('a', {unreadCount: 2})], {lang: 'de-AT'}));
    assert.ok(page.includes(`aria-label="${de.label}"`));
    assert.ok(page.includes(de.unread(2)));
  });

  it("renders an app's own rows, and built-in ones where that throws", async (t) => {
    const reported = t.mock.method(console, 'error', () => undefined);
    const rows = [conversation('a'), conversation('b'), conversation('c')];
    const renderRow = ({id}: Conversation): unknown => {
      if (id === 'b') throw new Error('b');
      return id === 'a' ? html`<b>Mine: ${'<i>'}</b>` : '<u>';
    };
    const page = bare(await list(rows, {renderRow}));
    assert.ok(page.includes('<div class="custom"><b>Mine: &lt;i&gt;</b></div>'));
    assert.ok(page.includes('>Name of b</bdi>'));
    assert.ok(page.includes('<div class="custom">&lt;u&gt;</div>'));
    assert.equal(reported.mock.callCount(), 1);
  });

  it('renders any thousand conversations', async () => {
    const page = await list(generateConversations(1000), {serverRows: 1000});
    assert.ok(rowTags(page).length > 900);
    lacks(bare(page), /\[object |>undefined<|>null<|NaN/);
  });
});

describe('a provider and a badge on a server', () => {
  it('share what the provider was given, where the renderer connects them', async (t) => {
    const connect = (element: HTMLElement) => (element.localName.startsWith('im-') ? {connectedCallback: true} : undefined);
    LitElementRenderer.renderOptions.push(connect);
    t.after(() => LitElementRenderer.renderOptions.splice(LitElementRenderer.renderOptions.indexOf(connect), 1));
    const rows = [conversation('a', {unreadCount: 3}), conversation('b', {unreadCount: 4})];
    const page = await renderHtml(html`<im-conversation-provider .conversations=${rows}>
      <im-unread-badge></im-unread-badge>
      <im-conversation-list></im-conversation-list>
    </im-conversation-provider>`);
    has(bare(page), /<span part="badge" role="img" aria-label="7 unread messages[^"]*">7<\/span>/);
    assert.deepEqual(ids(page), ['a', 'b']);
    const source = new MemorySource({conversations: rows});
    has(bare(await renderHtml(html`<im-conversation-list .source=${source}></im-conversation-list>`)), /part="skeleton"/);
    assert.equal(source.listenerCount, 0);
  });

  it('render without what they need', async () => {
    const page = await renderHtml(html`<im-conversation-provider><im-unread-badge></im-unread-badge></im-conversation-provider>`);
    has(bare(page), /<slot><\/slot>/);
    lacks(bare(page), /part="badge"/);
  });
});
