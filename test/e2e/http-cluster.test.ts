import assert from 'node:assert/strict';
import {chmodSync} from 'node:fs';
import {describe, it} from 'node:test';
import {chromium} from 'playwright-core';
import {CHROMIUM_ARGS, findChromium} from '../../scripts/find-chromium.mjs';
import {HttpSource} from '../../src/sources/http.js';
import {installCluster, natsNodes, postgresNode} from './support/cluster.js';
import {ask, makeFolder, openChat, startServer, until} from './support/http-server.js';

const missing = installCluster();
const CHATS = 8;

describe('the reference server on several machines', {skip: missing ?? false}, () => {
  it('loses no change and tells none twice while one of each is killed', {timeout: 240_000}, async (t) => {
    const ends: (() => unknown)[] = [];
    t.after(async () => {
      for (const end of ends.reverse()) await end();
    });
    const {folder, remove} = await makeFolder();
    ends.push(remove);
    // PostgreSQL goes through it as another user.
    chmodSync(folder, 0o755);
    const nats = await natsNodes(folder);
    const postgres = await postgresNode(folder);
    for (const node of [...nats, postgres]) ends.push(() => node.kill());
    await Promise.all([...nats, postgres].map((node) => node.start()));
    await until(() => ask(`http://127.0.0.1:${postgres.port}`, undefined, '/').then(() => true, () => true), 'PostgreSQL is up');
    const env = {DATABASE_URL: postgres.url, NATS_URL: nats.map(({port}) => `127.0.0.1:${port}`).join(',')};
    let one = await startServer({folder, env});
    const two = await startServer({folder, env});
    ends.push(() => one.kill(), () => two.kill());

    const {executablePath, env: browserEnv} = await findChromium();
    const browser = await chromium.launch({executablePath, env: browserEnv, args: [...CHROMIUM_ARGS]});
    ends.push(() => browser.close());
    const chats = await Promise.all(Array.from({length: CHATS}, (_, i) => openChat(two.url, 't-ann', `Chat ${i}`, ['bob'])));
    const pages = await Promise.all(
      [one, two].map(async ({url}) => {
        const context = await browser.newContext({viewport: {width: 400, height: 700}});
        await context.addCookies([{name: 'session', value: 't-ann', url, httpOnly: true, sameSite: 'Strict'}]);
        const page = await context.newPage();
        await page.goto(`${url}/files/index.html`);
        return page;
      }),
    );
    /** By listener: each message that it was told, as often as it was. */
    const heard = [one, two].map(({url}) => {
      const told = new Map<string, number>();
      const source = new HttpSource(`${url}/conversations`, {headers: {authorization: 'Bearer t-ann'}});
      const last = new Map<string, string>();
      let online = false;
      ends.push(
        source.subscribe((event) => {
          if (event.type === 'connection') online = event.state === 'online';
          if (event.type === 'reset') told.set('a gap', 2);
          if (event.type !== 'upsert') return;
          for (const {id, lastMessage} of event.conversations) {
            const text = lastMessage?.text ?? '';
            told.set(text, (told.get(text) ?? 0) + 1);
            last.set(id, text);
          }
        }),
      );
      return {told, last, online: () => online};
    });
    await until(() => heard.every(({online}) => online()), 'both streams are open');

    const acknowledged = new Map<string, string>();
    let [number, running] = [0, true];
    ends.push(() => (running = false));
    const traffic = (async () => {
      for (; running; number++) {
        const chat = chats[number % CHATS] ?? '';
        const text = `message ${number} of all`;
        const {status} = await ask(two.url, 't-bob', '/messages', {conversation: chat, text}).catch(() => ({status: 0}));
        if (status === 200) acknowledged.set(chat, text);
        await new Promise((resolve) => setTimeout(resolve, 15));
      }
    })();
    const passed = (count: number) => {
      const from = number;
      return until(() => number >= from + count, `${count} more messages were sent`, 60_000);
    };

    await passed(30);
    await nats[0]?.kill();
    await passed(60);
    const {port} = one;
    await one.kill();
    await passed(30);
    one = await startServer({folder, port, env});
    await passed(30);
    await nats[0]?.start();
    await postgres.kill();
    await passed(5);
    await postgres.start();
    await passed(60);
    running = false;
    await traffic;
    assert.ok(acknowledged.size === CHATS);

    // A message whose answer was lost with the database may be there and not be acknowledged.
    const {value} = await ask(two.url, 't-ann', '/conversations');
    const truth = new Map((value['conversations'] as {id: string; lastMessage: {text: string}}[]).map((c) => [c.id, c.lastMessage.text]));
    const order = (text: string): number => Number(/\d+/.exec(text)?.[0]);
    for (const [chat, text] of acknowledged) assert.ok(order(truth.get(chat) ?? '') >= order(text), `${text} is kept`);
    for (const [i, {last, told}] of heard.entries()) {
      await until(() => chats.every((chat) => last.get(chat) === truth.get(chat)), `listener ${i} has the last of each`, 40_000);
      const twice = [...told].filter(([, times]) => times > 1);
      assert.deepEqual(twice, [], `listener ${i} was told nothing twice`);
    }
    for (const page of pages) {
      const shown = () =>
        page.evaluate(() => Array.from(document.querySelector('im-conversation-list')?.shadowRoot?.querySelectorAll('[part~=row]') ?? [], (row) => row.textContent ?? ''));
      await until(async () => {
        const rows = await shown();
        return rows.length === CHATS && [...truth.values()].every((text) => rows.filter((row) => row.includes(text)).length === 1);
      }, 'the page shows the last of each, once', 40_000);
    }
  });
});
