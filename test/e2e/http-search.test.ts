import assert from 'node:assert/strict';
import {after, describe, it} from 'node:test';
import {startContained} from '../../demo/server/contained.mjs';
import {HttpSource} from '../../src/sources/http.js';
import {testDatabases} from './support/cluster.js';
import {ask} from './support/http-server.js';

interface Answer {
  readonly conversations: readonly {readonly id: string}[];
  readonly done: boolean;
  readonly cursor?: string;
}

let people = 0;

for (const {name, url, end} of await testDatabases()) {
  const server = await startContained(url);
  const {store} = server;
  const base = new URL(server.url).origin;
  after(async () => {
    await server.close();
    await end();
  });

  /** Somebody new, with conversations of these titles and last messages, the first one on top. */
  const person = async (chats: readonly (readonly [title: string, message?: object, row?: object])[] = []) => {
    const me = `p${++people}`;
    await store.addUser(me, me, `t-${me}`);
    for (const [i, [title, message = {}, row = {}]] of [...chats.entries()].reverse()) {
      await store.open({id: `${me}-${i}`, type: 'direct', titles: new Map([[me, title]])});
      const last = {type: 'text', state: 'normal', ...message};
      await store.changeEach(me, [`${me}-${i}`], () => ({last_message: JSON.stringify(last), ...row}));
    }
    const search = async (query: string) => {
      const {status, value} = await ask(base, `t-${me}`, `/conversations/search?${query}`);
      return {status, value, answer: value as unknown as Answer};
    };
    /** Which of the chats are found. */
    const finds = async (q: string) =>
      (await search(`q=${encodeURIComponent(q)}`)).answer.conversations.map(({id}) => Number(id.slice(me.length + 1)));
    return {me, search, finds, source: new HttpSource(server.url, {headers: {authorization: `Bearer t-${me}`}})};
  };

  describe(`the search of the reference server, with ${name}`, () => {
    it('finds by name, draft and last message, whatever the case, accents and width', async () => {
      const {finds} = await person([
        ['José Łukasz', {text: 'See you at Straße 5'}],
        ['ΣΟΦΌΣ'],
        ['ｊｏｓｅ', {text: 'report', state: 'recalled'}],
        ['かがみ', {fileName: 'Report.pdf'}],
        ['Team', {}, {draft: JSON.stringify({text: 'buy milk'})}],
        ['का'],
      ]);
      assert.deepEqual(await finds('jose'), [0, 2], 'in the order of the list');
      assert.deepEqual(await finds('STRASSE JOSÉ'), [0], 'all words, in any order and place');
      assert.deepEqual(await finds('josé nowhere'), []);
      assert.deepEqual(await finds('σοφος'), [1]);
      assert.deepEqual(await finds('report'), [3], 'not what was taken back');
      assert.deepEqual(await finds('Milk'), [4]);
      assert.deepEqual(await finds('かか'), [3]);
      assert.deepEqual(await finds('कि'), [], 'vowel signs are letters');
      for (const blank of ['', ' ', '\t\n', '\u0301']) assert.deepEqual(await finds(blank), []);
    });

    it('finds nobody else\'s, and nothing that was deleted', async () => {
      const ann = await person([['Secret plan', {text: 'hush'}], ['Secret past']]);
      const eve = await person([['Diary']]);
      assert.deepEqual(await ann.finds('secret'), [0, 1]);
      for (const q of ['secret', 'hush', ann.me]) assert.deepEqual(await eve.finds(q), []);
      const {answer} = await ann.search('q=secret&limit=1');
      const stolen = await eve.search(`q=secret&cursor=${encodeURIComponent(answer.cursor ?? '')}`);
      assert.deepEqual(stolen.answer.conversations, []);
      await ann.source.delete([`${ann.me}-1`]);
      assert.deepEqual(await ann.finds('secret'), [0]);
    });

    it('goes on by its cursor, without a doubled or a lost one', async () => {
      const {me, search} = await person(Array.from({length: 7}, (_, i) => [i % 2 ? 'Other' : `Chat ${i}`]));
      const found: string[] = [];
      for (let cursor = '', done = false; !done; ) {
        const {answer} = await search(`q=chat&limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
        assert.ok(answer.conversations.length <= 2);
        found.push(...answer.conversations.map(({id}) => id));
        ({done, cursor = ''} = answer);
      }
      assert.deepEqual(found, [0, 2, 4, 6].map((i) => `${me}-${i}`));
    });

    it('takes hostile queries as text, refuses what is none, and stays well', async () => {
      const {search, finds, source, me} = await person([['100% sure'], ['snake_case'], ['C:\\temp'], ["O'Hara"], ['<b>bold</b>'], ['Plain']]);
      const plain = [['%', 0], ['_', 1], ['\\', 2], ["'", 3], ['<b>', 4]] as const;
      for (const [query, i] of plain) assert.deepEqual(await finds(query), [i], query);
      for (const query of ['%%', '__', "' OR 1=1 --", '.*', '[a', '$1', '?', '\0', '\uffff', '🫠', '{"a":1}', 'x '.repeat(128)]) {
        assert.deepEqual(await finds(query), [], query);
      }
      // Half a letter, bytes that are none, and a query that is larger than any.
      for (const query of ['\ud800', 'a\udc00b', 'x'.repeat(1e6), '\u0301'.repeat(1e6), 'ﷺ'.repeat(256)]) {
        assert.deepEqual(await source.search(query), []);
      }
      assert.ok((await search('q=%ED%A0%80')).status < 500);
      for (const query of [
        '', 'q=a&q=b', `q=${'x'.repeat(257)}`, 'q=a&limit=0', 'q=a&limit=1e9', 'q=a&limit=x', 'q=a&cursor=x', 'q=a&cursor=99999999999999999999.x',
        ...(url ? ['q=a&cursor=1.%00'] : []),
      ]) {
        const {status, value} = await search(query);
        assert.deepEqual([status, value['code']], [400, 'invalid-argument'], query.slice(0, 60));
      }
      assert.ok([414, 431].includes((await search(`q=${'x'.repeat(100_000)}`)).status));
      assert.deepEqual((await source.search('plain')).map(({id}) => id), [`${me}-5`]);
    });

    it('looks no further at once than it says, and HttpSource goes on to the last one', {timeout: 120_000}, async () => {
      // More than one transaction looks through; with SQLite, which is quick to fill, than one answer does.
      const count = url ? 1100 : 10_100;
      const {me, search, source} = await person([['Needle']]);
      for (let at = 0; at < count; at += 100) {
        await Promise.all(Array.from({length: 100}, (_, i) => store.open({id: `${me}-h${at + i}`, type: 'group', titles: new Map([[me, 'Hay']])})));
      }
      const {answer} = await search('q=needle');
      assert.equal(answer.done, url !== undefined);
      assert.equal(answer.conversations.length, url ? 1 : 0);
      assert.deepEqual((await source.search('needle', {limit: 50})).map(({id}) => id), [`${me}-0`]);
      assert.equal((await source.search('hay', {limit: 50})).length, 50);
    });
  });
}
