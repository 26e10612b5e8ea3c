import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import type {Page} from 'playwright-core';
import {openDemo, type OpenDemo} from '../../scripts/open-demo.mjs';

let demo: OpenDemo;
before(async () => {
  demo = await openDemo();
});
after(() => demo?.close());

/** Opens the page, on which nothing may go wrong but what the test expects. */
async function open(query = ''): Promise<{readonly page: Page; readonly problems: string[]; readonly requests: string[]}> {
  const page = await demo.browser.newPage({viewport: {width: 1100, height: 800}, locale: 'en-US'});
  page.setDefaultTimeout(20_000);
  const problems: string[] = [];
  const requests: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error.stack)));
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(`${demo.url}connect.html${query}`);
  await page.getByRole('button', {name: 'Connect', exact: true}).waitFor();
  return {page, problems, requests};
}

test('the Connect page shows what this browser keeps, and again after a reload', async () => {
  const {page, problems, requests} = await open();
  for (let i = 0; i < 2; i++) {
    await page.getByRole('button', {name: 'Connect', exact: true}).click();
    await page.getByText('Shall we meet at eight?').waitFor();
    assert.equal(await page.locator('im-conversation-list .row:not([hidden])').count(), 3);
    await page.reload();
  }
  assert.deepEqual(requests.filter((url) => url.includes('sources/xmpp')), []);
  assert.deepEqual(problems, []);
  await page.close();
});

test('the Connect page says that there is no way to an XMPP server, and ends the tries', async () => {
  // Nothing listens on port 9, the port of the discard protocol.
  const {page, problems, requests} = await open('?kind=xmpp&url=ws://127.0.0.1:9/&jid=me@localhost');
  assert.equal(await page.getByLabel('Address').inputValue(), 'me@localhost');
  assert.equal(await page.getByLabel('Password').inputValue(), '');
  assert.deepEqual(requests.filter((url) => url.includes('sources/xmpp')), []);
  await page.getByLabel('Password').fill('secret');
  await page.getByRole('button', {name: 'Connect', exact: true}).click();
  await page.getByText('No connection; trying again …').waitFor();
  await page.getByRole('alert').getByText('The connection to the server was lost').first().waitFor();
  assert.equal(requests.filter((url) => url.includes('sources/xmpp.ts')).length, 1);
  await page.getByRole('button', {name: 'Disconnect'}).click();
  assert.equal(await page.getByRole('button', {name: 'Disconnect'}).isDisabled(), true);
  assert.deepEqual(problems, []);
  await page.close();
});

for (const [kind, fill, module] of [
  ['http', {Address: 'http://127.0.0.1:9/conversations', Token: 'secret'}, 'sources/http.ts'],
  ['matrix', {Homeserver: 'http://127.0.0.1:9', 'Access token': 'secret'}, 'sources/matrix.ts'],
] as const) {
  test(`the Connect page says that no ${kind} server answers, and offers another try`, async () => {
    const {page, problems, requests} = await open(`?kind=${kind}`);
    assert.deepEqual(requests.filter((url) => url.includes(module)), [], 'loaded before it is chosen');
    for (const [label, value] of Object.entries(fill)) await page.getByLabel(label, {exact: true}).fill(value);
    await page.getByRole('button', {name: 'Connect', exact: true}).click();
    await page.getByRole('button', {name: 'Try again'}).first().waitFor();
    assert.equal(requests.filter((url) => url.includes(module)).length, 1, 'the module that was loaded');
    await page.getByRole('button', {name: 'Disconnect'}).click();
    assert.deepEqual(problems, [], 'nothing went wrong in the page');
    await page.close();
  });
}
