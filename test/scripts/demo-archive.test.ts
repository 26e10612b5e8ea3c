import assert from 'node:assert/strict';
import {describe} from 'node:test';
import {gzipSync} from 'node:zlib';
import {BROKEN_LINES, jsonLines, telegramAccount} from './archives.js';
import {demoTests} from './demo-page.js';

const onPage = demoTests();

describe('an archive in the demo', () => {
  onPage('of JSON Lines is shown, and what is broken in it is told', 'size=10', async (d) => {
    await d.import('chat.jsonl', jsonLines());
    await d.until(async () => (await d.titles()).join() === 'plans,welcome,welcome', 'its conversations');
    assert.equal(await d.row(0).locator('.said').innerText(), 'Second plan');
    const problems = await d.page.locator('.problems summary').innerText();
    assert.match(problems, new RegExp(`^${BROKEN_LINES.length} broken parts`));
    assert.match(await d.page.locator('#archive-found').innerText(), /4 messages in 3 conversations/);
    await d.row(0).click();
    assert.deepEqual(await d.pane.locator('.message .text').allInnerTexts(), ['First plan', 'Second plan']);
    assert.match(await d.pane.locator('.who').innerText(), /general/);

    await d.button('Back to made-up data').click();
    await d.until(async () => (await d.snapshot()).rows === 10, 'made-up data');
  });

  onPage('may be gzipped, or be the export of Telegram Desktop', 'size=10', async (d) => {
    await d.import('chat.jsonl.gz', gzipSync(jsonLines()));
    await d.until(async () => (await d.snapshot()).rows === 3, 'the gzipped one');
    await d.import('result.json', telegramAccount());
    await d.until(async () => (await d.snapshot()).rows === 5, 'the export');
    assert.deepEqual(await d.titles(), ['News', 'Ben Berg', 'Choir', 'Saved messages', 'Deleted account']);
    assert.deepEqual(await d.texts('.preview'), [
      'Photo (Look)', 'You: Yes, see https://example.com "there" {braces}', 'Ana: Voice message', 'You: File (a.pdf)',
      'No messages yet',
    ]);
  });

  onPage('that is none gives a clear error, and leaves what was shown', 'size=10', async (d) => {
    await d.import('picture.png', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0]));
    await d.page.getByRole('alert').filter({hasText: 'not a text file'}).waitFor();
    assert.equal((await d.snapshot()).rows, 10);
  });

  onPage('can be dropped, and its messages played again', 'size=10', async (d) => {
    const lines = Array.from({length: 400}, (_, i) =>
      JSON.stringify({group: 'g', topic: `topic ${i % 40}`, id: i, timestamp: 1.6e9 + i, sender: 1, text: `text ${i}`}),
    );
    const transfer = await d.page.evaluateHandle((text) => {
      const data = new DataTransfer();
      data.items.add(new File([text], 'dropped.jsonl'));
      return data;
    }, lines.join('\n'));
    await d.page.dispatchEvent('body', 'dragenter', {dataTransfer: transfer});
    await d.page.getByText('Drop a chat archive').waitFor();
    await d.page.dispatchEvent('body', 'drop', {dataTransfer: transfer});
    await d.until(async () => (await d.snapshot()).rows === 40, 'the dropped one');
    assert.equal(await d.row(0).locator('.said').innerText(), 'text 399');

    const position = async (): Promise<number> => parseInt(await d.page.locator('#replay-position').innerText(), 10);
    await d.slide('Replay begins after', 0.05);
    await d.button('Start replay').click();
    await d.until(async () => (await position()) < 200, 'it begins before its end');
    await d.button('Pause').click();
    await d.button('Go on').waitFor();
    const paused = await position();
    await d.page.waitForTimeout(200);
    assert.equal(await position(), paused);
    await d.until(async () => (await d.row(0).locator('.said').innerText()) === `text ${paused - 1}`, 'the last one that came in');
    await d.slide('Speed', 1);
    await d.button('Go on').click();
    await d.until(async () => (await position()) === 400, 'it is played to its end');
    await d.until(async () => (await d.row(0).locator('.said').innerText()) === 'text 399', 'the last message');
  });
});
