import {expect} from '@open-wc/testing';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import type {Conversation} from '../../src/model/conversation.js';
import type {ConversationSource} from '../../src/model/source.js';
import {conversation} from './support/conversations.js';
import {grid, mount, settle, until} from './support/list-page.js';
import {drawn, inView} from './support/rows.js';

const COUNT = 1_000_000;

/** A million conversations in one page, made once for all tests. */
const million: Conversation[] = [];

function source(): ConversationSource {
  return {
    capabilities: {
      paging: 'all', serverFilters: [], nativeOrder: true, deleteEvents: true, syncEvents: false, unreadTotal: false, ops: new Set(),
    },
    getPage: async () => ({conversations: million, done: true}),
    subscribe: () => () => undefined,
  };
}

describe('a million conversations', function () {
  this.timeout(120_000);
  let list: ImConversationList;

  before(() => {
    for (let i = 0; i < COUNT; i++) million.push(conversation(`c${i}`, {orderKey: BigInt(COUNT - i)}));
  });
  after(() => {
    million.length = 0;
  });
  beforeEach(async () => {
    list = await mount({source: source(), pageSize: 'all', density: 'comfortable'});
    await until(() => list.snapshot?.rows.length === COUNT);
    await settle();
  });

  const indexes = () => inView(list).map(({index}) => index);

  function expectRun(): void {
    const rows = inView(list);
    rows.forEach((row, i) => {
      expect(row.index).to.equal((rows[0] as (typeof rows)[number]).index + i);
      expect(row.id).to.equal(`c${row.index}`);
      if (i > 0) expect(row.top - (rows[i - 1] as (typeof rows)[number]).top).to.be.closeTo(72, 0.6);
    });
    expect(rows.length).to.be.at.least(7);
    expect(drawn(list).length).to.be.at.most(40);
  }

  it('reach the last row by the scrollbar', async () => {
    const scroller = grid(list);
    scroller.scrollTop = scroller.scrollHeight;
    await settle();
    expectRun();
    expect(indexes().at(-1)).to.equal(COUNT - 1);
    scroller.scrollTop = 0;
    await settle();
    expect(indexes()[0]).to.equal(0);
  });

  it('reach the middle by proportion', async () => {
    const scroller = grid(list);
    scroller.scrollTop = (scroller.scrollHeight - scroller.clientHeight) / 2;
    await settle();
    expectRun();
    expect(indexes()[0]).to.be.closeTo(COUNT / 2, 20);
  });

  it('reach any row by scrollToConversation() and End', async () => {
    for (const index of [999_999, 123_456, 0, 500_000]) {
      expect(await list.scrollToConversation(`c${index}`)).to.equal(true);
      await settle();
      expectRun();
      expect(indexes()).to.include(index);
    }
    list.focus();
    await settle();
    const row = (list.shadowRoot as ShadowRoot).activeElement as HTMLElement;
    row.dispatchEvent(new KeyboardEvent('keydown', {key: 'End', bubbles: true}));
    await settle();
    expect(indexes()).to.include(COUNT - 1);
  });

  it('move by exact pixels near the spot, and skip no row', async () => {
    await list.scrollToConversation('c400000');
    await settle();
    const scroller = grid(list);
    for (let step = 0; step < 150; step++) {
      const before = inView(list)[1] as ReturnType<typeof inView>[number];
      scroller.scrollTop += 1;
      await new Promise(requestAnimationFrame);
      await Promise.resolve();
      const after = drawn(list).find(({id}) => id === before.id);
      expect(after?.top).to.be.closeTo(before.top - 1, 0.6);
    }
    expectRun();
  });

  it('never jump unasked, in steps of any size', async () => {
    const scroller = grid(list);
    await list.scrollToConversation('c300');
    await settle();
    for (const step of [500, -500, 3000, -3000, 120, -120]) {
      for (let i = 0; i < 20; i++) {
        const before = inView(list)[0] as ReturnType<typeof inView>[number];
        const from = before.index * 72 - before.top;
        scroller.scrollTop += step;
        await settle();
        const after = inView(list)[0] as ReturnType<typeof inView>[number];
        const to = after.index * 72 - after.top;
        const asked = Math.max(0, from + step);
        expect(to).to.be.closeTo(asked, 1.5);
      }
      expectRun();
    }
  });

  it('go on to the end by the wheel, from just before it', async () => {
    await list.scrollToConversation('c999900');
    await settle();
    const scroller = grid(list);
    for (let i = 0; i < 60; i++) {
      scroller.scrollTop += 200;
      await new Promise(requestAnimationFrame);
    }
    await settle();
    expectRun();
    expect(indexes().at(-1)).to.equal(COUNT - 1);
  });
});
