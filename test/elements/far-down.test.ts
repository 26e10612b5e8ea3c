import {expect} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import {conversation, conversations, topKey} from './support/conversations.js';
import {focused, grid, mount, part, settle} from './support/list-page.js';
import {ArrayPages} from './support/manual-source.js';
import {expectWhole, idsInView, inView, rowOf} from './support/rows.js';

const COUNT = 100_000;

/** 100,000 rows of 200 px: more than twice as high as any browser's scroll range that can be relied on. */
async function tall(): Promise<{list: ImConversationList; source: ArrayPages}> {
  const source = new ArrayPages(conversations(COUNT));
  const list = await mount({
    source,
    pageSize: 'all',
    before: (l) => l.style.setProperty('--im-conversation-list-row-height', '200px'),
  });
  return {list, source};
}

describe('a list higher than a browser can scroll', () => {
  it('hands the browser a range that it can', async () => {
    const {list} = await tall();
    for (const top of [0, 4e6, 1e9]) {
      grid(list).scrollTop = top;
      await settle();
      expect(grid(list).scrollHeight).to.be.closeTo(8_000_000, 2);
      expectWhole(list, `at ${top}`);
    }
  });

  it('ends with its last row, and what follows it', async () => {
    const {list} = await tall();
    grid(list).scrollTop = 1e9;
    await settle();
    expect(idsInView(list).at(-1)).to.equal(`c${COUNT - 1}`);
    const end = (part(list, 'end') as HTMLElement).getBoundingClientRect();
    expect(end.bottom).to.be.closeTo(grid(list).getBoundingClientRect().bottom, 1);
    const last = rowOf(list, `c${COUNT - 1}`);
    expect(last.top + last.height).to.be.closeTo(end.top - grid(list).getBoundingClientRect().top, 1);
  });

  it('goes to any row by script and by key', async () => {
    const {list} = await tall();
    for (const index of [COUNT - 1, 0, 41_000, 41_001, 99_000, 500]) {
      expect(await list.scrollToConversation(`c${index}`)).to.equal(true);
      await settle();
      expect(idsInView(list)).to.include(`c${index}`);
      expectWhole(list, `at ${index}`);
    }
    list.focus();
    for (const [key, id] of [
      ['End', `c${COUNT - 1}`],
      ['ArrowUp', `c${COUNT - 2}`],
      ['Home', 'c0'],
      ['ArrowDown', 'c1'],
    ] as const) {
      await sendKeys({press: key});
      await settle();
      expect((focused() as HTMLElement).dataset['id']).to.equal(id);
      expect(idsInView(list)).to.include(id);
      expectWhole(list, key);
    }
  });

  it('scrolls by small steps as any list does, in the middle and near both ends', async () => {
    const {list} = await tall();
    for (const index of [50_000, 300, 99_700]) {
      await list.scrollToConversation(`c${index}`);
      await settle();
      for (const by of [120, -120, 1000, -1000, 3000, -3000]) {
        const before = inView(list).map(({index: i, top}) => i * 200 - top)[0] as number;
        grid(list).scrollTop += by;
        await settle();
        const after = inView(list).map(({index: i, top}) => i * 200 - top)[0] as number;
        expect(after - before, `${by} at ${index}`).to.be.closeTo(by, 1);
      }
    }
  });

  it('keeps what is read in place, focus far away included', async () => {
    const {list, source} = await tall();
    list.focus();
    await list.scrollToConversation('c60000');
    await settle();
    const {top} = rowOf(list, 'c60000');
    for (let i = 0; i < 10; i++) {
      source.upsert(conversation(`n${i}`, {orderKey: topKey(i)}));
      source.remove(`c${i + 100}`, `c${70_000 + i}`);
      if (i % 2 === 0) source.remove(`c${200 + i}`);
      await settle();
      expect(rowOf(list, 'c60000').top).to.be.closeTo(top, 0.01);
      expectWhole(list);
    }
    expect((focused() as HTMLElement).dataset['id']).to.equal('c0');
    expect(grid(list).scrollHeight).to.be.closeTo(8_000_000, 2);
  });
});
