import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import type {Page} from 'playwright-core';
import {openScript, type ScriptPage} from './script-page.js';

const ROWS = 1_000_000;

/** A million rows behind a source that hands them over at once, and what of them is in view. */
const PAGE = `
import './src/define.ts';

const conversations = Array.from({length: ${ROWS}}, (_, i) => ({
  id: 'c' + i, type: 'direct', title: 'Name ' + i, orderKey: BigInt(${ROWS} - i), pinned: false, unreadCount: 0,
  notify: 'all', marks: [], groups: [],
}));
const list = document.createElement('im-conversation-list');
list.style.cssText = 'width: 320px; height: 600px; --im-conversation-list-row-height: 72px';
list.orderHold = 'off';
document.body.style.margin = '0';
document.body.append(list);
list.conversations = conversations;

window.seen = () => {
  const viewport = list.shadowRoot.querySelector('.viewport');
  const {top, height} = viewport.getBoundingClientRect();
  const rows = [...list.shadowRoot.querySelectorAll('.row:not([hidden])')]
    .map((element) => ({index: element.ariaRowIndex - 1, title: element.querySelector('.title').textContent, box: element.getBoundingClientRect()}))
    .filter(({box}) => box.bottom > top + 1 && box.top < top + height - 1)
    .sort((a, b) => a.index - b.index);
  const wrong = rows.filter(({index, title}, i) => title !== 'Name ' + index || index !== rows[0].index + i);
  return {first: rows[0]?.index, last: rows.at(-1)?.index, count: rows.length, wrong: wrong.length, bar: viewport.offsetWidth - viewport.clientWidth, range: viewport.scrollHeight};
};
`;

interface Seen {
  readonly first: number;
  readonly last: number;
  readonly count: number;
  readonly wrong: number;
  readonly bar: number;
  readonly range: number;
}

let opened: ScriptPage;
let page: Page;
before(async () => {
  opened = await openScript(PAGE, {scrollbars: true});
  page = await opened.browser.newPage({viewport: {width: 400, height: 620}});
  await page.goto(opened.url);
  await page.waitForFunction('window.seen?.().count > 0', undefined, {timeout: 60_000});
});
after(() => opened.close());

/** What is in view once it stands still and is so; as it is after 20 s otherwise. A slow machine draws what was scrolled to later. */
async function seen(is: (state: Seen) => boolean = () => true): Promise<Seen> {
  let state = await page.evaluate<Seen>('seen()');
  for (const end = performance.now() + 20_000; performance.now() < end; ) {
    const before = JSON.stringify(state);
    await page.waitForTimeout(120);
    state = await page.evaluate<Seen>('seen()');
    if (JSON.stringify(state) === before && is(state)) break;
  }
  assert.equal(state.wrong, 0, JSON.stringify(state));
  assert.ok(state.count >= 8, JSON.stringify(state));
  return state;
}

test('the thumb of a real scrollbar, dragged, reaches every part of a million rows, in proportion', {timeout: 120_000}, async () => {
  const start = await seen();
  assert.equal(start.first, 0);
  assert.ok(start.bar >= 6, `no scrollbar to drag: ${start.bar} px`);
  const x = 320 - start.bar / 2;
  // The thumb is as small as the browser makes one; the track may have buttons at its ends.
  const grip = start.bar + 6;
  await page.mouse.move(x, grip);
  await page.mouse.down();
  let last = 0;
  for (const part of [0.25, 0.5, 0.75]) {
    await page.mouse.move(x, grip + part * (600 - 2 * grip), {steps: 12});
    const isThere = ({first}: Seen): boolean => first > last && Math.abs(first / ROWS - part) < 0.08;
    const state = await seen(isThere);
    assert.ok(isThere(state), `at ${part} of the track row ${state.first}, after ${last}`);
    last = state.first;
  }
  await page.mouse.move(x, 640, {steps: 12});
  assert.equal((await seen(({last: row}) => row === ROWS - 1)).last, ROWS - 1);
  await page.mouse.move(x, -20, {steps: 24});
  assert.equal((await seen(({first}) => first === 0)).first, 0);
  await page.mouse.up();
});

test('after a drag the wheel goes on by pixels, with no row left out', {timeout: 120_000}, async () => {
  const {bar} = await seen();
  const x = 320 - bar / 2;
  await page.mouse.move(x, bar + 6);
  await page.mouse.down();
  await page.mouse.move(x, 300, {steps: 8});
  await page.mouse.up();
  await page.mouse.move(100, 300);
  let {first} = await seen();
  for (let i = 0; i < 12; i++) {
    await page.mouse.wheel(0, 72);
    const next: number = first + 1;
    assert.equal((await seen((state) => state.first === next)).first, next, `step ${i}`);
    first = next;
  }
});
