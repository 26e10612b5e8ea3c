import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import type {CDPSession, Page} from 'playwright-core';
import {openScript, type ScriptPage} from './script-page.js';

const PAGE = `
import './src/define.ts';
import {MemorySource} from './src/sources/memory.ts';
import {Random} from './src/testing/random.ts';

const list = document.createElement('im-conversation-list');
list.style.height = '600px';
const conversations = (count, facts = () => ({})) => Array.from({length: count}, (_, i) => ({
  id: 'c' + i, type: 'direct', title: 'Person' + i + '.', orderKey: BigInt(1e6 - i), pinned: false, unreadCount: i % 3,
  notify: i % 5 ? 'all' : 'off', marks: [], groups: [], lastMessage: {type: 'text', state: 'normal', text: 'Hello', sentAt: 1e12}, ...facts(i),
}));

window.show = (count, {paging = 'all', pageSize = 'all', latencyMs, ...properties} = {}) => {
  window.source = new MemorySource({conversations: conversations(count), paging, latencyMs});
  Object.assign(list, {selection: 'single', selectedId: undefined, labelPosition: false, pageSize, source: window.source, ...properties});
  document.body.append(list);
};
window.list = list;
let sorting = false;
let sentAt = Date.now();
// Something of everything that moves rows, at every frame. Who was removed comes back by his title before he writes:
// the source would name a stranger by his id.
const sort = (random, removed = new Set()) => {
  if (!sorting) return;
  for (let i = 0; i < 5; i++) {
    const id = 'c' + random.integer(0, 999);
    const dice = random.next();
    if (removed.delete(id)) window.source.upsert(conversations(1000).filter((c) => c.id === id));
    else if (dice < 0.75) window.source.receiveMessage({conversationId: id, text: 'Again', sentAt: ++sentAt});
    else if (dice < 0.9) {
      removed.add(id);
      window.source.remove([id]);
    } else window.source.setPinned(id, true).catch(() => {});
  }
  requestAnimationFrame(() => sort(random, removed));
};
window.sort = (seed) => { sorting = true; sort(new Random(seed)); };
window.rest = () => { sorting = false; };
`;

interface AxNode {
  readonly nodeId: string;
  readonly ignored: boolean;
  readonly role?: {readonly value?: unknown};
  readonly name?: {readonly value?: unknown};
  readonly properties?: readonly {readonly name: string; readonly value: {readonly value?: unknown}}[];
  readonly childIds?: readonly string[];
}

/** A node as assistive technology is told of it, with its children. */
interface Told {
  readonly role: string;
  readonly name: string;
  readonly facts: ReadonlyMap<string, unknown>;
  readonly children: readonly Told[];
}

let opened: ScriptPage;
let page: Page;
let session: CDPSession;

before(async () => {
  opened = await openScript(PAGE);
  page = await (await opened.browser.newContext()).newPage();
  await page.goto(opened.url);
  await page.waitForFunction('window.list');
  session = await page.context().newCDPSession(page);
  await session.send('Accessibility.enable');
});
after(() => opened.close());

/** The whole tree of one moment. */
async function tree(): Promise<Told> {
  const {nodes} = (await session.send('Accessibility.getFullAXTree')) as {nodes: readonly AxNode[]};
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const told = (node: AxNode): readonly Told[] => {
    const children = (node.childIds ?? []).flatMap((id) => {
      const child = byId.get(id);
      return child === undefined ? [] : told(child);
    });
    const role = String(node.role?.value ?? '');
    // What has no meaning of its own passes on what is in it.
    if (node.ignored || role === 'none' || role === 'generic' || role === 'LineBreak') return children;
    const facts = new Map((node.properties ?? []).map(({name, value}) => [name, value.value]));
    return [{role, name: String(node.name?.value ?? ''), facts, children}];
  };
  return told(nodes[0] as AxNode)[0] as Told;
}

function all({children}: Told, role: string): Told[] {
  return children.flatMap((child) => [...(child.role === role ? [child] : []), ...all(child, role)]);
}

async function grid(): Promise<Told> {
  const [found, ...others] = all(await tree(), 'grid');
  assert.equal(others.length, 0);
  return found as Told;
}

/** Rows of conversations: those within the row group. */
function rowsOf(node: Told): readonly Told[] {
  return node.children.find(({role}) => role === 'rowgroup')?.children ?? [];
}

/** What is wrong with the grid by the rules of ARIA, and by ours. */
function faults(node: Told): string[] {
  const wrong: string[] = [];
  const allow = (parent: Told, roles: readonly string[]) => {
    for (const {role} of parent.children) if (!roles.includes(role)) wrong.push(`a ${role} in a ${parent.role}`);
  };
  if (node.name === '') wrong.push('the grid has no name');
  allow(node, ['rowgroup', 'row']);
  for (const part of node.children.filter(({role}) => role === 'rowgroup')) allow(part, ['row']);
  for (const row of all(node, 'row')) {
    allow(row, ['gridcell']);
    if (row.name.trim() === '') wrong.push('a row without a name');
    if (row.children.length === 0) wrong.push('a row without a cell');
  }
  for (const row of rowsOf(node)) {
    const [name = '', ...rest] = row.name.split(', ');
    if (!/^Person\d+\.$/.test(name)) wrong.push(`"${row.name}" does not begin with a name`);
    if (rest.some((text) => text.includes('Person'))) wrong.push(`"${row.name}" names it twice`);
  }
  const names = rowsOf(node).map(({name}) => name.split(', ')[0]);
  if (new Set(names).size < names.length) wrong.push('two rows of one conversation');
  return wrong;
}

/** Places as the labels tell them, from 1, in order. */
function places(node: Told): {readonly at: number; readonly of: number}[] {
  return rowsOf(node)
    .map(({name}) => /(\d+) of ([\d,]+)( or more)?$/.exec(name))
    .map((match) => ({at: Number(match?.[1]), of: Number(match?.[2]?.replace(',', ''))}))
    .sort((a, b) => a.at - b.at);
}

const show = async (count: number, options: {readonly paging?: string; readonly [property: string]: unknown} = {}) => {
  await page.evaluate(([n, o]) => (window as never as {show(...args: unknown[]): void}).show(n, o), [count, options] as const);
  // Not the rows of the list before.
  const rows = options.paging === undefined ? count : -1;
  await page.waitForFunction(`list.shadowRoot.querySelector('[role=grid]')?.ariaRowCount === '${rows}'`);
};

/** Polls until the tree is so. */
async function until(holds: (node: Told) => boolean): Promise<Told> {
  for (let i = 0; i < 200; i++) {
    const node = all(await tree(), 'grid')[0];
    if (node !== undefined && holds(node)) return node;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('The tree never became so.');
}

const attribute = async (name: string): Promise<string | null> =>
  page.evaluate(`list.shadowRoot.querySelector('[role=grid]').getAttribute('${name}')`);

test('rows are named once, the name first, in a named grid; the position is told where it is asked for', async () => {
  await show(1000);
  const node = await until((told) => rowsOf(told).length > 5);
  assert.deepEqual(faults(node), []);
  assert.equal(rowsOf(node)[0]?.name.startsWith('Person0.'), true);
  assert.equal(await attribute('aria-rowcount'), '1000');
  await show(1000, {labelPosition: true});
  const counted = await until((told) => places(told)[0]?.of === 1000);
  assert.equal(places(counted)[0]?.at, 1);
});

test('the number of rows is unknown, and the grid busy, while pages are to come', async () => {
  await show(1000, {paging: 'cursor', pageSize: 30, latencyMs: 300, labelPosition: true});
  const node = await until((told) => rowsOf(told).length > 5 && / or more$/.test(rowsOf(told)[0]?.name ?? ''));
  assert.match(rowsOf(node)[0]?.name ?? '', / of \d+ or more$/);
  await page.evaluate("list.shadowRoot.querySelector('[role=grid]').scrollTop = 1e6");
  // The protocol tells that only of live regions.
  await page.waitForFunction("list.shadowRoot.querySelector('[role=grid]').ariaBusy === 'true'");
  assert.deepEqual(faults(await grid()), []);
  await page.waitForFunction("list.shadowRoot.querySelector('[role=grid]').ariaBusy === 'false'");
  assert.deepEqual(faults(await grid()), []);
});

test('the open one is current; rows are selectable only where several can be selected', async () => {
  await show(100, {selectedId: 'c2'});
  const node = await until((told) => rowsOf(told).some(({name}) => name.includes(', open,')));
  assert.equal(rowsOf(node).filter(({name}) => name.includes(', open,')).length, 1);
  assert.equal(await page.evaluate("list.shadowRoot.querySelectorAll('[aria-current=true]').length"), 1);
  assert.equal(rowsOf(node).some(({facts}) => facts.has('selected')), false);
  assert.notEqual(node.facts.get('multiselectable'), true);
  await page.evaluate("Object.assign(list, {selection: 'multiple', selecting: true, selectedIds: ['c1', 'c3']})");
  const several = await until((told) => rowsOf(told).some(({facts}) => facts.get('selected') === true));
  assert.equal(several.facts.get('multiselectable'), true);
  assert.deepEqual(
    rowsOf(several).filter(({facts}) => facts.get('selected') === true).map(({name}) => name.split(',')[0]).sort(),
    ['Person1.', 'Person3.'],
  );
  // The boxes are for the eye: the rows say it themselves.
  assert.deepEqual(all(several, 'checkbox'), []);
  assert.deepEqual(faults(several), []);
});

test('1,000 rows while they are sorted anew at every frame: each moment is valid', {timeout: 120_000}, async () => {
  await show(1000, {labelPosition: true, orderHold: 'off'});
  await until((told) => rowsOf(told).length > 5);
  // SEED=… takes the changes of a run again; at which of them the tree is asked for is up to the machine.
  const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  await page.evaluate(`sort(${seed})`);
  const seen = new Set<string>();
  for (let moment = 0; moment < 60; moment++) {
    if (moment === 20) await page.evaluate("list.shadowRoot.querySelector('[role=grid]').scrollTop = 20_000");
    if (moment === 40) await page.evaluate("list.shadowRoot.querySelector('[role=grid]').scrollTop = 0");
    // A fast machine asks several times in a frame.
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => done()))');
    const node = await grid();
    const when = `moment ${moment}, seed ${seed}`;
    assert.deepEqual(faults(node), [], when);
    const told = places(node);
    assert.ok(told.length > 5, when);
    told.forEach(({at, of}, i) => {
      assert.equal(at, (told[0]?.at ?? 0) + i, `a place at ${when}: ${told.map((place) => place.at).join()}`);
      assert.equal(of, told[0]?.of, `the number of rows at ${when}`);
    });
    seen.add(rowsOf(node).map(({name}) => name).join('\n'));
  }
  await page.evaluate('rest()');
  assert.ok(seen.size > 30, `only ${seen.size} of the moments differed`);
});

test('the live region stands outside the grid', async () => {
  await show(10);
  await until((told) => rowsOf(told).length > 5);
  const whole = await tree();
  assert.deepEqual(all(all(whole, 'grid')[0] as Told, 'status'), []);
  assert.ok(all(whole, 'status').length >= 1);
});
