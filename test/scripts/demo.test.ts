import assert from 'node:assert/strict';
import {describe} from 'node:test';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import {jsonLines} from './archives.js';
import {demoTests} from './demo-page.js';

const onPage = demoTests();

describe('the list in the demo', () => {
  onPage('shows rows, and changes them as messages come in', '', async (d) => {
    assert.ok((await d.rows.count()) > 10);
    const before = await d.titles();
    await d.slide('Speed', 0.7);
    await d.page.getByLabel('Messages come in').check();
    await d.until(async () => (await d.titles()).join() !== before.join(), 'the rows change');
    await d.until(async () => /added/.test(await d.page.locator('ol.log').innerText()), 'the change is logged');
    await d.page.getByLabel('Messages come in').uncheck();
    // What had come in by then is still being stored.
    const stands = async (): Promise<boolean> => {
      const before = await d.row(0).innerText();
      await d.page.waitForTimeout(300);
      return (await d.row(0).innerText()) === before;
    };
    await d.until(stands, 'it stops');
  });

  onPage('takes each filter, and gives it back', 'names=latin', async (d) => {
    const all = (await d.titles()).join();
    const others = (selector: string) => async () =>
      (await d.list.locator(`.row:not([hidden])${selector}`).count()) === 0;
    await d.page.getByRole('checkbox', {name: 'Group'}).check();
    await d.until(others(':not([data-id^=group])'), 'only groups');
    await d.page.getByRole('checkbox', {name: 'Channel'}).check();
    await d.until(async () => !(await others('[data-id^=channel]')()), 'channels too');
    await d.page.getByRole('button', {name: 'All', exact: true}).click();
    await d.until(async () => (await d.titles()).join() === all, 'all again');

    await d.page.getByLabel('unread', {exact: true}).check();
    await d.until(others(':not(.is-unread)'), 'only unread ones');
    await d.page.getByLabel('unread', {exact: true}).uncheck();
    await d.page.getByRole('switch', {name: 'mentions'}).check();
    await d.until(others(':not(.is-mention)'), 'only mentions');
    await d.page.getByRole('switch', {name: 'mentions'}).uncheck();

    const allHave = async (key: 'marks' | 'groups', name: string): Promise<boolean> => {
      const names = await d.list.evaluate((list, k) => {
        return Array.from((list as ImConversationList).snapshot?.rows ?? [], (conversation) => conversation[k]);
      }, key);
      return names.length > 0 && names.every((some) => some.includes(name));
    };
    await d.choose('group', 'work');
    await d.until(() => allHave('groups', 'work'), 'only one folder');
    await d.choose('group', '');
    await d.choose('mark', 'star');
    await d.until(() => allHave('marks', 'star'), 'only starred ones');

    await d.choose('mark', 'fold');
    await d.waitForState('filtered');
    await d.list.getByRole('button', {name: 'Show all conversations'}).click();
    await d.until(async () => (await d.titles()).join() === all, 'all again');
    assert.equal(await d.page.locator('label.field', {hasText: 'mark'}).locator('select').inputValue(), '');
  });

  onPage('takes order, page size, density, width, direction and colours', 'names=latin', async (d) => {
    assert.equal((await d.snapshot()).rows, 50);
    await d.choose('page-size', 'all');
    await d.until(async () => (await d.snapshot()).rows === 1000, 'all rows are there');
    await d.choose('page-size', '20');

    const first = await d.titles();
    await d.choose('order', 'last-message');
    await d.until(async () => (await d.titles()).join() !== first.join(), 'another order');

    const height = async (): Promise<number | undefined> => (await d.row(0).boundingBox())?.height;
    for (const [density, px] of [['comfortable', 72], ['compact', 44], ['default', 64]] as const) {
      await d.choose('density', density);
      await d.until(async () => (await height()) === px, `rows of ${px} px`);
    }

    await d.slide('Width', 72);
    await d.until(async () => (await d.row(0).boundingBox())?.width === 71, 'a rail');
    assert.equal(await d.row(0).locator('.title').isVisible(), false);
    await d.slide('Width', 400);

    await d.choose('Direction', 'rtl');
    await d.until(async () => ((await d.list.boundingBox())?.x ?? 0) > 700, 'the list at the right');
    const background = (): Promise<string> => d.list.evaluate((list) => getComputedStyle(list).backgroundColor);
    const [light] = [await background(), await d.choose('Colours', 'dark')];
    await d.until(async () => (await background()) !== light, 'dark');
  });

  onPage('shows each state behind it', 'size=300', async (d) => {
    await d.button('Start').click();
    await d.waitForState('syncing');
    await d.button('40 %').click();
    await d.until(async () => (await d.list.locator('.strip progress').getAttribute('value')) === '0.4', '40 %');
    await d.button('Fail').click();
    await d.waitForState('failed');
    const strip = d.list.locator('.strip');
    assert.match(await strip.innerText(), /did not answer/);
    await d.button('Finish').click();
    await d.until(async () => !(await d.hasState('failed')), 'no failure');
    const connections = {Offline: 'offline', Connecting: 'Connecting', Kicked: 'another device', Expired: 'expired'};
    for (const [name, words] of Object.entries(connections)) {
      await d.button(name).click();
      await d.until(async () => (await strip.innerText()).includes(words), words);
    }
    assert.equal(await d.hasState('offline'), true);
    await d.button('Online').click();
    await d.until(async () => !(await d.hasState('offline')), 'online');

    // What fails is tried again by itself after a second, or five: chance decides, and a slow machine needs them.
    await d.page.evaluate('Math.random = () => 0.99');
    await d.button('Next page fails').click();
    await d.list.locator('.viewport').evaluate((viewport) => viewport.scrollTo(0, viewport.scrollHeight));
    await d.waitForState('page-failed');
    assert.equal((await d.snapshot()).rows, 50);
    await d.list.getByRole('button', {name: 'Try again'}).click();
    await d.until(async () => (await d.snapshot()).rows > 50, 'the page after all');

    await d.button('First page fails').click();
    await d.waitForState('error');
    assert.match(await d.list.locator('[part=error]').innerText(), /being repaired/);
    await d.list.getByRole('button', {name: 'Try again'}).click();
    await d.rows.first().waitFor();

    await d.slide('Latency', 400);
    // Looked for in the page, at each frame: asked for from here it may be over.
    const loading = d.page.waitForFunction(() => document.querySelector('im-conversation-list')?.matches(':state(loading)'));
    await d.button('Load anew').click();
    await loading;
    await d.rows.first().waitFor();
    await d.page.getByLabel('Slow pages').check();
    await d.button('Load anew').click();
    await d.page.waitForTimeout(600);
    assert.equal(await d.hasState('loading'), true);
    await d.rows.first().waitFor();
  });

  onPage('has ten conversations, or a hundred thousand, from a source or an array', 'size=10&feed=source', async (d) => {
    assert.deepEqual(await d.snapshot(), {rows: 10, status: 'done'});
    await d.button('100,000').click();
    await d.until(async () => (await d.page.locator('#facts').innerText()).includes('100,000'), 'a hundred thousand');
    await d.until(async () => (await d.snapshot()).rows === 50, 'one page of them');
    await d.choose('Comes from', 'array');
    await d.until(async () => (await d.snapshot()).rows === 100_000, 'all rows');
    assert.equal(await d.button('Offline').isDisabled(), true);
    await d.button('10').click();
    await d.until(async () => (await d.snapshot()).rows === 10, 'ten');
    await d.row(4).click();
    const title = await d.row(4).locator('.title').innerText();
    await d.pane.getByRole('button', {name: 'Delete'}).click();
    await d.until(async () => !(await d.titles()).includes(title), 'the app took it out of its array');
  });
});

describe('what the demo keeps', () => {
  onPage('is there after a reload: what was done, where the list was, an archive; until it is reset', 'names=latin&size=300', async (d) => {
    await d.row(4).click();
    const id = await d.row(4).getAttribute('data-id');
    const row = d.list.locator(`.row:not([hidden])[data-id="${id}"]`);
    await d.pane.getByLabel('Message', {exact: true}).fill('Kept for good');
    await d.pane.getByLabel('Message', {exact: true}).press('Enter');
    await d.until(async () => (await row.locator('.said').innerText()) === 'Kept for good', 'the row says it');
    await d.reload();
    await d.until(async () => (await row.locator('.said').innerText()) === 'Kept for good', 'it still does');

    await d.import('chat.jsonl', jsonLines());
    await d.until(async () => (await d.titles()).join() === 'plans,welcome,welcome', 'the archive');
    await d.reload();
    await d.until(async () => (await d.titles()).join() === 'plans,welcome,welcome', 'the archive again');

    await d.button('Reset what is kept').click();
    await d.until(async () => (await d.snapshot()).rows >= 50, 'made-up data');
    assert.notEqual(await row.locator('.said').innerText(), 'Kept for good');
  });
});

describe('the conversation in the demo', () => {
  onPage('can be written in', 'names=latin&seed=2', async (d) => {
    await d.row(3).click();
    const [first, second] = [await d.row(3).getAttribute('data-id'), await d.row(5).getAttribute('data-id')];
    const rowOf = (id: string | null) => d.list.locator(`.row:not([hidden])[data-id="${id}"]`);
    const composer = d.pane.getByLabel('Message', {exact: true});
    assert.equal(await composer.evaluate((node) => node === document.activeElement), true);
    await composer.fill('Good morning');
    await composer.press('Enter');
    await d.until(async () => (await rowOf(first).locator('.said').innerText()) === 'Good morning', 'the row says it');
    assert.match(await d.pane.locator('.message').last().innerText(), /Good morning/);

    await d.page.getByLabel('Sending fails').check();
    await composer.fill('Lost');
    await composer.press('Enter');
    await d.until(async () => /Not sent/.test(await d.pane.locator('.message').last().innerText()), 'it was not sent');
    await d.until(async () => (await rowOf(first).locator('.preview.failed').count()) === 1, 'the row says so');

    await composer.fill('To be continued');
    await rowOf(second).click();
    await d.until(async () => (await rowOf(first).locator('.preview.draft').count()) === 1, 'the draft is in the row');
    await rowOf(first).click();
    await d.until(async () => (await composer.inputValue()) === 'To be continued', 'the draft is in the composer');
  });

  onPage('can be pinned, muted, starred, marked, cleared and deleted', 'names=latin&seed=3', async (d) => {
    // None of the first is pinned, so that pinning moves it.
    await d.row(8).click();
    const id = await d.row(8).getAttribute('data-id');
    const row = d.list.locator(`.row:not([hidden])[data-id="${id}"]`);
    const press = (name: string): Promise<void> => d.pane.getByRole('button', {name, exact: true}).click();
    await press('Pin');
    await d.until(async () => (await row.getAttribute('class'))?.includes('is-pinned') === true, 'pinned');
    await press('Unpin');
    await d.until(async () => (await row.getAttribute('class'))?.includes('is-pinned') === false, 'not pinned');
    const isMuted = (): Promise<boolean> => row.evaluate((node) => node.classList.contains('is-muted'));
    const muted = await isMuted();
    await press(muted ? 'Unmute' : 'Mute');
    await d.until(async () => (await isMuted()) !== muted, 'the other way');
    await press('Mark as unread');
    await d.until(async () => (await row.getAttribute('class'))?.includes('is-unread') === true, 'unread');
    await press('Mark as read');
    await d.until(async () => (await row.getAttribute('class'))?.includes('is-unread') === false, 'read');
    await press('Star');
    await d.pane.getByRole('button', {name: 'Unstar'}).waitFor();
    await press('Clear history');
    await d.until(async () => (await row.locator('.said').innerText()) === 'No messages yet', 'cleared');
    assert.equal(await d.pane.locator('.message').count(), 0);
    await press('Delete');
    await d.until(async () => (await row.count()) === 0, 'gone');
    await d.pane.getByText('Choose a conversation').waitFor();
  });

  onPage('is reached and left by keys alone', 'names=latin', async (d) => {
    await d.page.keyboard.press('Tab');
    for (let i = 0; i < 20 && !(await d.rows.evaluateAll((rows) => rows.some((row) => row.matches(':focus')))); i++) {
      await d.page.keyboard.press('Tab');
    }
    await d.page.keyboard.press('ArrowDown');
    await d.page.keyboard.press('Enter');
    await d.pane.getByLabel('Message', {exact: true}).waitFor();
    assert.equal(await d.row(1).getAttribute('aria-current'), 'true');
    await d.page.keyboard.press('Escape');
    await d.pane.getByText('Choose a conversation').waitFor();
    assert.equal(await d.row(1).evaluate((row) => row.matches(':focus')), true);
  });

  onPage(
    'takes turns with the list on a phone',
    'names=latin',
    async (d) => {
      assert.equal(await d.pane.isVisible(), false);
      await d.row(2).click();
      await d.pane.getByLabel('Message', {exact: true}).waitFor();
      assert.equal(await d.list.isVisible(), false);
      await d.pane.getByRole('button', {name: 'Back to the list'}).click();
      await d.row(0).waitFor();
      assert.equal(await d.pane.isVisible(), false);

      await d.page.getByRole('button', {name: 'Controls', exact: true}).click();
      assert.equal(await d.button('10').isVisible(), true);
      await d.page.keyboard.press('Escape');
      await d.button('10').waitFor({state: 'hidden'});
      const wide = await d.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.equal(wide, false);
    },
    {width: 360, height: 700},
  );
});
