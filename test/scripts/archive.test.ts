import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {gzipSync} from 'node:zlib';
import {ArchiveError, type Archive} from '../../demo/archive/archive.js';
import {ArchiveCollector} from '../../demo/archive/archive-collector.js';
import {readArchive, type ReadArchiveOptions} from '../../demo/archive/read-archive.js';
import {TelegramReader} from '../../demo/archive/telegram.js';
import {toConversations, toMemoryMessage} from '../../demo/archive/to-conversations.js';
import {MemorySource} from '../../src/sources/memory.js';
import {Random} from '../../src/testing/random.js';
import {BROKEN_LINES, GOOD_LINES, jsonLines, telegramAccount, telegramChat} from './archives.js';

const read = (content: string | Uint8Array<ArrayBuffer>, options?: ReadArchiveOptions): Promise<Archive> =>
  readArchive(new Blob([content]), options);
const gzip = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(gzipSync(text));
const texts = (archive: Archive): readonly string[] => archive.messages.map(({text}) => text);
const byTitle = (archive: Archive, title: string) => archive.conversations.find((c) => c.title === title);

describe('an archive of JSON Lines', () => {
  it('gives a conversation per topic of a group, and counts what is broken', async () => {
    const archive = await read(jsonLines());
    assert.equal(archive.format, 'json-lines');
    assert.deepEqual(texts(archive), GOOD_LINES.map(({text}) => text));
    assert.deepEqual(
      archive.conversations.map(({title, group, type}) => [group, title, type]),
      [['general', 'welcome', 'group'], ['general', 'plans', 'group'], ['kitchen', 'welcome', 'group']],
    );
    assert.equal(archive.problemCount, BROKEN_LINES.length);
    assert.equal(archive.problems.length, 5);
    assert.deepEqual(archive.problems[0], {where: 'line 2', reason: 'not JSON'});
    assert.deepEqual(archive.problems[4], {where: 'line 6', reason: 'topic is not a string'});
  });

  it('is the same gzipped', async () => {
    assert.deepEqual(await read(gzip(jsonLines())), await read(jsonLines()));
  });

  it('keeps apart names that would be one if they were joined', async () => {
    const line = {id: 1, timestamp: 1, sender: 1, text: ''};
    const pairs = [['a/b', 'c'], ['a', 'b/c'], ['a","b', 'c'], ['', 'a'], ['a', '']];
    const lines = pairs.map(([group, topic]) => JSON.stringify({...line, group, topic}));
    const {conversations} = await read(lines.join('\r\n'));
    assert.equal(new Set(conversations.map(({id}) => id)).size, pairs.length);
  });

  it('is put in time order, messages of one moment as they stand', async () => {
    const line = (text: string, timestamp: number) => JSON.stringify({topic: 't', timestamp, text});
    const archive = await read([line('late', 9.5), line('a', 1), line('b', 1), line('c', 1)].join('\n'));
    assert.deepEqual(texts(archive), ['a', 'b', 'c', 'late']);
    assert.equal(archive.messages[3]?.sentAt, 9500);
  });

  it('may have letters of several bytes anywhere, a byte order mark, and no line break at its end', async () => {
    const text = 'ž'.repeat(100_000) + '👩‍👩‍👧'.repeat(20_000);
    const archive = await read(`\uFEFF${JSON.stringify({topic: 't', timestamp: 1, text})}`);
    assert.deepEqual(texts(archive), [text]);
  });

  it('loses an endless line, and no more', async () => {
    const good = JSON.stringify(GOOD_LINES[0]);
    const archive = await read(`${good}\n${'x'.repeat(5_000_000)}\n${good}`);
    assert.equal(archive.messages.length, 2);
    assert.deepEqual(archive.problems, [{where: 'line 2', reason: 'too long'}]);
  });

  it('gives what came before the place where it breaks off', async () => {
    const random = new Random(1);
    const lines = Array.from({length: 20_000}, (_, i) =>
      JSON.stringify({group: 'g', topic: `t${i % 7}`, id: i, timestamp: i, sender: i, text: `${random.next()}`}),
    );
    const packed = gzip(lines.join('\n'));
    const archive = await read(packed.slice(0, packed.length / 2));
    assert.ok(archive.messages.length > 1000 && archive.messages.length < 20_000, `${archive.messages.length}`);
    assert.equal(archive.problems.at(-1)?.where, 'end of the file');
  });

  it('can be read in part, and its reading watched and ended', async () => {
    const line = (i: number): string => JSON.stringify({topic: `${i}`, timestamp: i, text: 'x'});
    const text = Array.from({length: 50_000}, (_, i) => line(i)).join('\n');
    assert.equal((await read(text, {limit: 10})).messages.length, 10);

    const shares: number[] = [];
    await read(text, {onProgress: (share) => shares.push(share)});
    assert.ok(shares.length > 1, `${shares.length}`);
    assert.deepEqual(shares, [...shares].sort((a, b) => a - b));
    assert.equal(shares.at(-1), 1);

    const controller = new AbortController();
    await assert.rejects(
      read(text, {signal: controller.signal, onProgress: () => controller.abort()}),
      ({name}: Error) => name === 'AbortError',
    );
  });
});

describe("Telegram Desktop's result.json", () => {
  it('gives the chats of an account, their types, and what was sent', async () => {
    const archive = await read(telegramAccount());
    assert.equal(archive.format, 'telegram');
    assert.deepEqual(
      archive.conversations.map(({title, type}) => [title, type]),
      [
        ['Ben Berg', 'direct'], ['Choir', 'group'], ['News', 'channel'], ['Saved messages', 'direct'],
        ['Deleted account', 'direct'],
      ],
    );
    assert.deepEqual(
      archive.messages.map(({conversation, type, text, isOwn, senderName}) => [
        conversation.title, type, text, isOwn, senderName,
      ]),
      [
        ['Choir', 'service', 'Ana created the group', false, undefined],
        ['Ben Berg', 'text', 'Are you coming?', false, 'Ben Berg'],
        ['Saved messages', 'file', 'a.pdf', true, 'Me'],
        ['Choir', 'voice', '', false, 'Ana'],
        ['Ben Berg', 'text', 'Yes, see https://example.com "there" {braces} ', true, 'Me Myself'],
        ['News', 'image', 'Look', false, 'News'],
      ],
    );
  });

  it('loses its broken messages and no others', async () => {
    const archive = await read(telegramAccount());
    assert.deepEqual(archive.problems, [
      {where: 'message 1 of “Choir”', reason: 'not JSON'},
      {where: 'message 2 of “Choir”', reason: 'no date'},
      {where: 'message 3 of “Choir”', reason: 'not an object'},
    ]);
  });

  it('is the same gzipped, on one line, and in whatever pieces it comes', async () => {
    const expected = await read(telegramAccount());
    assert.deepEqual(await read(gzip(telegramAccount())), expected);

    const text = telegramAccount();
    for (const size of [1, 2, 7]) {
      const collector = new ArchiveCollector();
      const reader = new TelegramReader(collector);
      for (let at = 0; at < text.length; at += size) reader.push(text.slice(at, at + size));
      reader.finish(false);
      assert.deepEqual(collector.finish('telegram'), expected);
    }

    const chat = await read(telegramChat());
    assert.deepEqual(await read(JSON.stringify(JSON.parse(telegramChat()))), chat);
  });

  it('may be of one chat, in which the other one is known by the id', async () => {
    const archive = await read(telegramChat());
    assert.deepEqual(archive.messages.map(({isOwn}) => isOwn), [false, true]);
    assert.equal(byTitle(archive, 'Ben Berg')?.type, 'direct');
  });

  it('gives what came before the place where it breaks off', async () => {
    const text = telegramChat();
    const archive = await read(text.slice(0, text.indexOf('"id": 2')));
    assert.deepEqual(texts(archive), ['Are you coming?']);
    assert.deepEqual(archive.problems, [{where: 'end of the file', reason: 'it breaks off'}]);
    assert.equal(archive.conversations[0]?.title, 'Ben Berg');
  });
});

describe('a file that is no archive', () => {
  const cases: readonly (readonly [string, string | Uint8Array<ArrayBuffer>, RegExp])[] = [
    ['an empty one', '', /empty/],
    ['a blank one', ' \n\n ', /empty/],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]), /not a text file/],
    ['a ZIP', new Uint8Array([0x50, 0x4b, 3, 4, 20, 0]), /Unpack it/],
    ['prose', 'Dear Sir or Madam,\nhello', /neither JSON Lines.*line 1: not JSON/],
    ['other JSON', '{\n "a": [1, {"b": 2}]\n}', /result\.json of Telegram/],
    ['a JSON array', '[{"topic": "a"}]', /neither/],
    ['damaged gzip', new Uint8Array([0x1f, 0x8b, 8, 0, 1, 2, 3]), /cannot be read/],
  ];
  for (const [name, content, message] of cases) {
    it(`${name} gives an error that says so`, async () => {
      await assert.rejects(read(content), (error) => error instanceof ArchiveError && message.test(error.message));
    });
  }
});

describe('an archive as conversations', () => {
  it('shows each with its last message, at its time', async () => {
    const conversations = toConversations(await read(jsonLines()));
    const plans = conversations.find(({title}) => title === 'plans');
    assert.equal(plans?.orderKey, 1_600_000_300_000n);
    assert.deepEqual(plans?.groups, ['general']);
    assert.equal(plans?.lastMessage?.text, 'Second plan');
    assert.equal(plans?.lastMessage?.senderName, 'User 7');
  });

  it('has chats without messages too, but not before the end', async () => {
    const archive = await read(telegramAccount());
    const empty = toConversations(archive).find(({title}) => title === 'Deleted account');
    assert.equal(empty?.lastMessage, null);
    assert.equal(toConversations(archive, 1).length, 1);
  });

  it('comes to the same whether it begins with all messages or receives them', async () => {
    const archive = await read(jsonLines());
    const source = new MemorySource({conversations: toConversations(archive, 2)});
    source.receiveMessages(archive.messages.slice(2).map(toMemoryMessage));
    const seen = (c: {readonly id: string; readonly orderKey: bigint}) => [c.id, c.orderKey];
    const whole = new MemorySource({conversations: toConversations(archive)});
    assert.deepEqual(source.all().map(seen), whole.all().map(seen));
  });
});
