import {html} from 'lit';
import '../../src/server.js';
import {generateConversations} from '../../src/testing/generate-conversations.js';
import {renderHtml} from '../package/support/render.js';
import {openScript, type ScriptPage} from './script-page.js';

const NOW = Date.now();
const COUNT = 200;

/** Hydration first, as lit asks for it; what the app does comes after, when the test says so. */
const SCRIPT = `
import '@lit-labs/ssr-client/lit-element-hydrate-support.js';
import './src/define.ts';
import {MemorySource} from './src/sources/memory.ts';
import {generateConversations} from './src/testing/generate-conversations.ts';

const source = new MemorySource({conversations: generateConversations(${COUNT}, {now: ${NOW}})});
const getPage = source.getPage.bind(source);
let release;
const released = new Promise((resolve) => (release = resolve));
source.getPage = (request) => released.then(() => getPage(request));
Object.assign(window, {source, release});
for (const element of document.querySelectorAll('.live')) element.source = source;
`;

const STYLE = '<style>body{margin:0}im-conversation-list{display:block;height:600px;width:360px}</style>';
const START = '<script type="module" src="/page.js"></script>';

/** A server's pages: `/served` without a script; `/live` with it; `/light` as a browser without shadow roots sees it. */
export async function openServed(): Promise<ScriptPage> {
  const conversations = generateConversations(COUNT, {now: NOW});
  const list = await renderHtml(html`<im-conversation-list class="live" lang="en" .conversations=${conversations}>
    <ul slot="fallback">${conversations.slice(0, 3).map(({title}) => html`<li><a href="#">${title}</a></li>`)}</ul>
  </im-conversation-list>`);
  const page = (body: string): string =>
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Test</title>${STYLE}${body}`;
  const light = list.replace(/<template[\s\S]*?<\/template>/g, '');
  return openScript(SCRIPT, {html: {'/served': page(list), '/live': page(list + START), '/light': page(light)}});
}
