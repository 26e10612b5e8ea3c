import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {openScript, type ScriptPage} from './script-page.js';

/** What the page offers to the tests: each function returns what went wrong. */
const PAGE = `
import './src/define.ts';
import {MemorySource} from './src/sources/memory.ts';
import {generateConversations} from './src/testing/generate-conversations.ts';

const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
const settle = async () => { await frame(); await frame(); };

window.check = async (count) => {
  const conversations = [...generateConversations(count)];
  const source = new MemorySource({conversations, paging: 'all'});
  const list = document.createElement('im-conversation-list');
  list.orderHold = 'off';
  list.pageSize = 'all';
  list.style.height = '601px';
  list.source = source;
  document.body.append(list);
  await settle();
  await settle();
  const viewport = list.shadowRoot.querySelector('.viewport');
  const rows = () => {
    const {top, height} = viewport.getBoundingClientRect();
    return [...list.shadowRoot.querySelectorAll('.row:not([hidden])')]
      .map((element) => ({id: element.dataset.id, index: element.ariaRowIndex - 1, box: element.getBoundingClientRect()}))
      .map(({id, index, box}) => ({id, index, top: box.top - top, height: box.height}))
      .filter((row) => row.top + row.height > 1 && row.top < height - 1)
      .sort((a, b) => a.index - b.index);
  };
  const wrong = [];
  const whole = (what) => {
    const seen = rows();
    const {height} = viewport.getBoundingClientRect();
    if (seen.length < height / seen[0]?.height - 2) wrong.push(what + ': only ' + seen.length + ' rows');
    seen.forEach((row, i) => {
      if (row.id !== list.snapshot.rows.at(row.index).id) wrong.push(what + ': another row at ' + row.index);
      if (i > 0 && row.index !== seen[i - 1].index + 1) wrong.push(what + ': a gap after ' + seen[i - 1].index);
      if (i > 0 && Math.abs(row.top - seen[i - 1].top - row.height) > 1) wrong.push(what + ': row ' + row.index + ' out of place');
    });
    return seen;
  };
  whole('at the top');
  viewport.scrollTop = viewport.scrollHeight;
  await settle();
  if (whole('at the end').at(-1)?.index !== count - 1) wrong.push('the last row is not reached');
  await list.scrollToConversation(list.snapshot.rows.at(Math.floor(count / 3)).id);
  await settle();
  for (let i = 0; i < 40; i++) {
    const before = rows()[2];
    viewport.scrollTop += 7;
    await settle();
    const now = rows().find(({id}) => id === before.id);
    if (now === undefined || Math.abs(before.top - now.top - 7 * (before.height / 64)) > 1.01) wrong.push('a step of 7 px moved by ' + (before.top - now?.top));
  }
  whole('after steps');
  for (let i = 0; i < 40; i++) {
    const before = rows()[2];
    source.receiveMessage({conversationId: 'new ' + i, text: 'x', sentAt: Date.now() + i, conversation: {title: 'new'}});
    await settle();
    const now = rows().find(({id}) => id === before.id);
    if (now === undefined || Math.abs(before.top - now.top) > 0.51) wrong.push('a new row moved what is read by ' + (before.top - now?.top));
  }
  whole('after new rows');
  list.remove();
  return wrong;
};
`;

let opened: ScriptPage;
before(async () => {
  opened = await openScript(PAGE);
});
after(() => opened.close());

for (const count of [2000, 200_000]) {
  for (const deviceScaleFactor of [0.5, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2]) {
    test(`${count} rows at ${deviceScaleFactor} device pixels a pixel`, {timeout: 60_000}, async () => {
      const context = await opened.browser.newContext({deviceScaleFactor, reducedMotion: 'reduce'});
      const page = await context.newPage();
      await page.goto(opened.url);
      await page.waitForFunction('window.check');
      assert.deepEqual(await page.evaluate(`check(${count})`), []);
      await context.close();
    });
  }
}

test('with the page zoomed by its style', {timeout: 60_000}, async () => {
  for (const zoom of ['0.5', '1.25', '2']) {
    const context = await opened.browser.newContext({reducedMotion: 'reduce'});
    const page = await context.newPage();
    await page.goto(opened.url);
    await page.waitForFunction('window.check');
    await page.evaluate(`document.documentElement.style.zoom = '${zoom}'`);
    assert.deepEqual(await page.evaluate('check(2000)'), [], `zoom ${zoom}`);
    await context.close();
  }
});
