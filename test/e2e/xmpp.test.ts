import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {ScriptPage} from '../scripts/script-page.js';
import {note, percentiles} from './figures.js';
import {Device, openPage} from './page.js';
import {Server} from './server.js';
import {until} from './until.js';

const CONVERSATIONS = 1000;
const ALICE = 'alice@localhost';
const BOB = 'bob@localhost';
/** How long the server is gone, in milliseconds. */
const GONE = 10_000;

const SEED = [
  ...['alice', 'bob', 'carol'].map((name) => `user ${name}`),
  `chats alice ${CONVERSATIONS} 20`,
  'chats carol 30 3',
  `contact alice ${BOB} Bob Baker`,
];

for (const inbox of [true, false]) {
  describe(`a list on Prosody ${inbox ? 'with an inbox' : 'as it comes'}`, () => {
    let server: Server;
    let script: ScriptPage;
    const open: Device[] = [];
    const device = async (name: string, options: {password?: string; shown?: boolean} = {}): Promise<Device> => {
      const one = await Device.open(script, server, name, {inbox, ...options});
      open.push(one);
      return one;
    };

    before(async () => {
      [server, script] = await Promise.all([Server.start({inbox, seed: SEED}), openPage()]);
    });
    after(async () => {
      await script?.browser.close();
      await script?.close();
      await server?.end();
    });
    /** Each test has pages of its own, on which nothing may go wrong. */
    const test = (name: string, run: () => Promise<void>, timeout = 90_000): void => {
      it(name, {timeout}, async () => {
        try {
          await run();
          assert.deepEqual(open.flatMap(({problems}) => problems), []);
        } finally {
          await Promise.all(open.splice(0).map((one) => one.close()));
        }
      });
    };

    test('shows the first rows soon, and all of them in the end', async () => {
      const one = await device('alice', {shown: false});
      const took = await one.run((e2e, account) => e2e.measure(account), one.account);
      assert.equal(took['rows'], CONVERSATIONS);
      await one.load(script);
      await one.untilRow(0, /Message 19999 of contact 31/);
      const ms = (name: string): string => `${Math.round(took[name] ?? NaN)} ms`;
      note('connect and log in', inbox, ms('connect'));
      note('… and load contacts, bookmarks, settings', inbox, ms('ready'));
      note('first 50 rows, from nothing', inbox, ms('first'));
      note('all 1,000 rows, from nothing', inbox, `${((took['all'] ?? NaN) / 1000).toFixed(1)} s`);
      // Without an inbox that is nearly all of the archive.
    }, 240_000);

    test('shows what one person writes on top of the other\'s list', async () => {
      const [alice, bob] = await Promise.all([device('alice'), device('bob')]);
      await Promise.all([alice.untilState('online'), bob.untilState('online'), alice.untilRow(0, /Message/)]);
      const latencies: number[] = [];
      for (let i = 0; i < 25; i++) {
        const sent = await bob.run((e2e, arg) => e2e.say(arg.to, arg.body), {to: ALICE, body: `live-${i}`});
        const seen = (): Promise<number | undefined> => alice.run((e2e, word) => e2e.seen[word], `live-${i}`);
        await until(async () => (await seen()) !== undefined, `live-${i} is on top`);
        latencies.push(((await seen()) ?? NaN) - sent);
      }
      await alice.untilRow(0, /Bob Baker.*live-24.* 25/);
      // His own list has it too, as his own.
      await bob.untilRow(0, /alice.*live-24/);
      assert.equal((await alice.rows()).filter((row) => row.includes('Bob Baker')).length, 1);
      const [half, most] = percentiles(latencies, 0.5, 0.95).map(Math.round);
      note('live: from sending in one browser to the row in the other, p50 / p95', inbox, `${half} / ${most} ms`);
    });

    test('clears the badge on one device by reading on another', async () => {
      const [phone, desk] = await Promise.all([device('carol'), device('carol')]);
      const first = 'c00000@peers.localhost';
      const unread = (one: Device, count: number): Promise<void> =>
        until(async () => Number((await one.badge()).replace(/\D/g, '')) === count, `the badge says ${count}`);
      await Promise.all([unread(phone, 90), unread(desk, 90), phone.untilRow(0, /\w/), desk.untilRow(0, /\w/)]);
      const before = (await desk.run((e2e, id) => e2e.list.snapshot?.rows.get(id)?.unreadCount, first)) ?? 0;
      assert.notEqual(before, 0);
      await phone.act(first, {name: 'mark-read'});
      await Promise.all([unread(phone, 90 - before), unread(desk, 90 - before)]);
      assert.equal(await desk.run((e2e, id) => e2e.list.snapshot?.rows.get(id)?.unreadCount, first), 0);
      server.peers.say('c00000', 'carol', 'Once more');
      await Promise.all([unread(phone, 91 - before), unread(desk, 91 - before)]);
      await desk.run((e2e) => e2e.source.markRead('all'));
      await Promise.all([unread(phone, 0), unread(desk, 0)]);
    });

    test('keeps pin, mute and draft over a reload, and shows them on another device', async () => {
      const one = await device('alice');
      await one.untilRow(0, /\w/);
      const [pinned, muted, drafted] = ['c00700', 'c00031', 'c00554'].map((name) => `${name}@peers.localhost`) as [string, string, string];
      await one.run((e2e, id) => e2e.source.setPinned(id, true), pinned);
      await one.act(muted, {name: 'notify', level: 'silent'});
      await one.act(drafted, {name: 'draft', text: 'Dear contact'});
      await one.untilRow(0, /c00700.*pinned/);
      await one.load(script);
      const other = await device('alice');
      for (const each of [one, other]) {
        await each.untilRow(0, /c00700.*pinned/);
        await each.untilRow(1, /c00554.*Dear contact/);
        await until(async () => (await each.rows()).some((row) => /c00031.*muted/.test(row)), 'the muted one is muted');
      }
      await other.act(drafted, {name: 'draft', text: null});
      await until(async () => !(await one.rows()).some((row) => row.includes('Dear contact')), 'the draft is gone');
    });

    test('loses nothing and shows nothing twice when the server is gone for ten seconds', async () => {
      const one = await device('alice');
      await one.untilRow(1, /\w/);
      server.peers.say('c00801', 'alice', 'Before');
      await one.untilRow(1, /c00801.*Before/);
      await server.kill();
      await one.untilState('offline', 20_000);
      assert.match((await one.rows())[1] ?? '', /Before/);
      await new Promise((resolve) => {
        setTimeout(resolve, GONE);
      });
      await server.boot();
      server.peers.say('c00802', 'alice', 'While it was away');
      await one.untilState('online', 45_000);
      await one.untilRow(1, /c00802.*While it was away/);
      server.peers.say('c00801', 'alice', 'After');
      await one.untilRow(1, /c00801.*After/);
      await one.untilRow(2, /c00802/);
      const ids = await one.run((e2e) => Array.from(e2e.list.snapshot?.rows ?? [], ({id}) => id));
      assert.equal(new Set(ids).size, ids.length);
    });

    test('goes on with its session when only the connection breaks', async () => {
      const one = await device('alice');
      await one.untilRow(1, /\w/);
      await one.run((e2e) => e2e.cut());
      server.peers.say('c00803', 'alice', 'Through a tunnel');
      await one.untilRow(1, /c00803.*Through a tunnel/);
      await one.untilState('online');
      assert.deepEqual(await one.run(({states, resets}) => [states, resets]), [['connecting', 'online', 'connecting', 'online'], []]);
    });

    test('says that the password is wrong', async () => {
      const one = await device('carol', {password: 'wrong'});
      await one.untilState('expired');
      await until(() => one.run((e2e) => e2e.list.matches(':state(error)')), 'the list says so');
      assert.equal(await one.run((e2e) => e2e.source.getPage({limit: 1}).catch((error: {code: string}) => error.code)), 'auth');
    });

    test('waits for a server that answers nothing, and comes back by itself', async () => {
      server.freeze(true);
      let one: Device;
      try {
        one = await device('carol');
        await one.untilState('connecting');
        await until(() => one.run((e2e) => e2e.list.matches(':state(loading)')), 'the list is loading');
      } finally {
        server.freeze(false);
      }
      await one.untilRow(0, /\w/, 40_000);
    });

    test('says that the server is gone, and loads when it is there', async () => {
      await server.kill();
      const one = await device('carol');
      await one.untilState('offline');
      await server.boot();
      await one.untilState('online', 45_000);
      await one.untilRow(0, /\w/);
    });
  });
}
