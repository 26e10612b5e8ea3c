import assert from 'node:assert/strict';
import {spawnSync, type SpawnSyncReturns} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';
import {compareRows, countRepeated, type ExpectedRow, type HeldRow} from '../../scripts/verify/compare.mjs';
import {BROKEN_LINES, telegramAccount} from './archives.js';

const SCRIPT = fileURLToPath(new URL('../../scripts/verify-archive.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'verify-archive-'));
after(() => rmSync(folder, {recursive: true}));

function verify(...args: readonly string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [SCRIPT, ...args], {encoding: 'utf8', timeout: 240_000});
}

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

describe('npm run verify:archive', () => {
  it('finds no difference in an archive with broken lines, ties and odd names', () => {
    const odd = ['a', 'A', '', ' ', 'é', 'z\u202Ez', '👩‍👩‍👧', '"', 'b'.repeat(400)];
    const topics = [...odd, ...Array.from({length: 90}, (_, i) => `t${i}`)];
    const lines = Array.from({length: 3000}, (_, i) => {
      const group = i % 11 === 0 ? 'g,"' : `g${i % 3}`;
      const topic = topics[(i * 31 + (i >> 3)) % topics.length];
      // Several messages a second, and some out of order.
      const timestamp = 1_600_000_000 + Math.floor(i / 4) - (i % 50 === 0 ? 100 : 0);
      return JSON.stringify({group, topic, id: i, timestamp, sender: i % 5, text: `text\n${i} ${'x'.repeat(i % 700)}`});
    });
    BROKEN_LINES.forEach((line, i) => lines.splice(i * 100, 0, line));
    const {status, stdout, stderr} = verify(write('odd.jsonl', lines.join('\n')));
    assert.equal(status, 0, stderr);
    const result = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Record<string, number>;
    const {conversations, messages, mismatches, duplicates, ...others} = result;
    assert.deepEqual({messages, mismatches, duplicates}, {messages: 3000, mismatches: 0, duplicates: 0});
    assert.ok((conversations ?? 0) > 100);
    assert.deepEqual(Object.keys(others), ['wallMs', 'longestTaskMs', 'heapMB']);
    assert.match(stderr, new RegExp(`${BROKEN_LINES.length} broken`));
  });

  it('takes the export of Telegram Desktop, and as many messages of it as are asked for', () => {
    const {status, stdout, stderr} = verify(write('result.json', telegramAccount()), '--limit', '5');
    assert.equal(status, 0, stderr);
    assert.match(stdout, /"messages":5,"mismatches":0,"duplicates":0/);
  });

  it('fails for a file that is none, and without one', () => {
    const garbage = verify(write('garbage.bin', 'no\nchat\nhere'));
    assert.equal(garbage.status, 1);
    assert.match(garbage.stderr, /neither JSON Lines/);
    assert.equal(garbage.stdout, '');
    assert.equal(verify(join(folder, 'missing')).status, 2);
    assert.equal(verify().status, 2);
  });
});

describe('npm run verify:cache', () => {
  it('finds no difference in what was kept over a reload, by either source', () => {
    const {status, stdout, stderr} = verify(write('kept.json', telegramAccount()), '--limit', '5', '--cache');
    assert.equal(status, 0, stderr);
    assert.match(stdout, /"source":"local","conversations":3,"messages":5,"mismatches":0,"duplicates":0/);
    assert.match(stdout, /"source":"cached","conversations":3,"messages":5,"mismatches":0,"duplicates":0/);
  });

  it('says so where there is no file, and is no failure', () => {
    const {status, stdout} = verify(join(folder, 'missing'), '--cache');
    assert.equal(status, 0);
    assert.match(stdout, /no such file/);
  });
});

describe('the comparison with an archive', () => {
  const expected: ExpectedRow[] = ['a', 'b', 'c'].map((id, i) => {
    return {id, title: id, rawTitle: id, preview: `text ${id}`, text: `text ${id}`, sentAt: 1000 - i};
  });
  const time = (sentAt: number): string => new Date(sentAt).toISOString();
  const drawn = expected.map(({id, title, preview, sentAt}, index) => {
    return {index, id, title, preview, time: time(sentAt)};
  });
  const held: HeldRow[] = expected.map(({id, title, text, sentAt}) => ({id, title, text, sentAt}));
  const [a, b, c] = drawn as [(typeof drawn)[0], (typeof drawn)[0], (typeof drawn)[0]];

  it('finds nothing where all is right', () => {
    assert.deepEqual(compareRows(expected, drawn, held), {mismatches: 0, described: []});
  });

  const faults = {
    'another order': [[{...b, index: 0}, {...a, index: 1}, c], 2],
    'a row that is missing': [[a, b], 1],
    'a row that was not drawn': [[a, null, c], 1],
    'a row too many': [[a, b, c, c], 1],
    'another title': [[a, b, {...c, title: 'd'}], 1],
    'another last message': [[a, b, {...c, preview: 'text b'}], 1],
    'another time': [[a, {...b, time: time(1)}, c], 1],
    'a wrong index': [[a, {...b, index: 2}, c], 1],
  } as const;
  for (const [name, [rows, mismatches]] of Object.entries(faults)) {
    it(`finds ${name}`, () => {
      assert.equal(compareRows(expected, rows, held).mismatches, mismatches);
    });
  }

  it('finds what is held in another way', () => {
    const [first, second, third] = held as [HeldRow, HeldRow, HeldRow];
    assert.equal(compareRows(expected, drawn, [first, {...second, text: 'x'}, third]).mismatches, 1);
    assert.equal(compareRows(expected, drawn, [first, second, {...third, sentAt: 5}]).mismatches, 1);
    assert.equal(compareRows(expected, drawn, [first, second]).mismatches, 1);
  });

  it('counts ids that are there twice', () => {
    assert.equal(countRepeated([a, b, null, b, c, b]), 2);
  });
});
