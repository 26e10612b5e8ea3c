/** Markup in Chromium: every block of it runs, with the package that the live examples run with. */
/* global document -- of the page */
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {extname, join} from 'node:path';
import {chromium} from 'playwright-core';
import {generate} from '../../docs/.vitepress/generate/live.mjs';
import {CHROMIUM_ARGS, findChromium} from '../find-chromium.mjs';
import {ROOT} from './blocks.mjs';
import {isDocument} from './html.mjs';

const CACHE = join(ROOT, 'node_modules/.cache');
const TYPES = {'.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html'};
const EXAMPLES = JSON.parse(readFileSync(join(ROOT, 'docs/protocol/examples.json'), 'utf8'));

const EVENTS = `event: hello\ndata: ${JSON.stringify(EXAMPLES.hello.value)}\n\n`;
const PICTURE = '<svg xmlns="http://www.w3.org/2000/svg"/>';

const IMPORTS = {'im-conversation-list': '/package/index.js', 'im-conversation-list/': '/package/', lit: '/package/lit.js'};
const IMPORT_MAP = `<script type="importmap">${JSON.stringify({imports: IMPORTS})}</script>`;
/** A block that is a part of a page leaves it to that to load the elements, and to say where conversations come from. */
const DEFINE = '<script type="module">import "im-conversation-list/define.js"</script>';

/** A page that keeps to a strict policy. */
const STRICT = `<!doctype html><html lang="en"><head><title>Block</title>
<script type="module" src="/package/im-conversation-list.min.js"></script></head>
<body><im-conversation-list src="/conversations"></im-conversation-list></body></html>`;

/**
 * Runs blocks of markup, and a page under blocks of HTTP headers: nothing fails, each element is defined, and each list draws
 * rows.
 *
 * @param {import('./blocks.mjs').Block[]} blocks
 */
export async function runHtml(blocks) {
  if (blocks.length === 0) return;
  mkdirSync(CACHE, {recursive: true});
  const folder = mkdtempSync(join(CACHE, 'docs-blocks-'));
  const {executablePath, env} = await findChromium();
  const browser = await chromium.launch({executablePath, env, args: CHROMIUM_ARGS});
  try {
    await generate(folder);
    for (const block of blocks) {
      for (const message of await run(browser, folder, block)) block.problems.push({line: block.line, message});
    }
  } finally {
    await browser.close();
    rmSync(folder, {recursive: true, force: true});
  }
}

async function run(browser, folder, block) {
  const context = await browser.newContext();
  const problems = new Set();
  try {
    const page = await context.newPage();
    page.on('pageerror', (error) => problems.add(error.message));
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && problems.add(message.text()));
    await page.route('**/*', (route) => answer(route, pageOf(block), folder, problems));
    await page.goto('http://localhost/');
    await page.evaluate(giveSource);
    await page.waitForFunction(isDrawn, undefined, {timeout: 10_000}).catch(() => problems.add('a list draws no rows'));
    for (const problem of await page.evaluate(undefinedElements)) problems.add(problem);
    // Where a block is about failures, they are told, and the list has drawn rows all the same.
    const told = await page.evaluate(() => document.told);
    if (!block.code.includes('faultySource')) told.forEach((text) => problems.add(text));
  } finally {
    await context.close();
  }
  return problems;
}

/** What is answered for the page. */
function pageOf(block) {
  if (block.lang !== 'http') return {contentType: 'text/html', body: documentOf(block)};
  const headers = block.code.trim().split('\n').map((line) => line.split(/: (.*)/));
  return {headers: {...Object.fromEntries(headers), 'content-type': 'text/html'}, body: STRICT};
}

/** A whole document as it stands, and the rest in the body of one, with what a bundler or the page would do. */
function documentOf(block) {
  if (isDocument(block)) return block.code.replace(/<head>|(?=<script)/i, `$&${IMPORT_MAP}`);
  const define = /type="module"/.test(block.code) ? '' : DEFINE;
  return `<!doctype html><html lang="en"><head><title>Block</title>${IMPORT_MAP}</head><body>${block.code}${define}</body></html>`;
}

/** The page, the package wherever it is looked for, the server of the protocol's examples, and nothing else. */
async function answer(route, ownPage, folder, problems) {
  const {pathname} = new URL(route.request().url());
  if (pathname === '/') return route.fulfill(ownPage);
  const [, name] = /\/(?:package|im-conversation-list(?:\/dist)?)\/([\w./-]+)$/.exec(pathname) ?? [];
  const file = join(folder, name ?? '');
  if (name && existsSync(file)) return route.fulfill({contentType: TYPES[extname(name)], body: readFileSync(file)});
  if (pathname === '/conversations') return route.fulfill({json: {...EXAMPLES.page.value, done: true}});
  if (pathname === '/conversations/events') return route.fulfill({contentType: 'text/event-stream', body: EVENTS});
  if (pathname === '/conversations/unread') return route.fulfill({json: EXAMPLES.unread.value});
  if (route.request().resourceType() === 'image') return route.fulfill({contentType: 'image/svg+xml', body: PICTURE});
  problems.add(`nothing at ${pathname}`);
  return route.fulfill({status: 204});
}

/** In the page: lists that the block says no source of get one. Also hears what lists tell of. */
async function giveSource() {
  const {MemorySource} = await import('/package/sources/memory.js');
  const {generateConversations} = await import('/package/testing/generate-conversations.js');
  const has = (owner) => owner.source || owner.conversations || owner.src;
  document.told = [];
  document.addEventListener('im-error', ({error}) => document.told.push(`${error.code}: ${error.message}`));
  for (const owner of document.querySelectorAll('im-conversation-provider, im-conversation-list')) {
    const provider = owner.closest('im-conversation-provider');
    if (!has(owner) && (owner === provider || !provider)) owner.source = new MemorySource({conversations: generateConversations(20)});
  }
}

/** In the page. */
function isDrawn() {
  const lists = [...document.querySelectorAll('im-conversation-list')];
  return lists.every((list) => list.shadowRoot?.querySelector('[role="row"][aria-rowindex]'));
}

/** In the page. */
function undefinedElements() {
  return [...document.querySelectorAll(':not(:defined)')].map(({localName}) => `<${localName}> is not defined`);
}
