import {expect} from '@open-wc/testing';
import {MemorySource} from '../../src/sources/memory.js';
import {conversations} from './support/conversations.js';
import {grid, mount, place, settle} from './support/list-page.js';
import {ArrayPages, ManualSource} from './support/manual-source.js';
import {expectWhole, idsInView} from './support/rows.js';

describe('scrolling by script', () => {
  it('brings a loaded conversation into the middle', async () => {
    const list = await mount({conversations: conversations(1000)});
    expect(await list.scrollToConversation('c500')).to.equal(true);
    await settle();
    const seen = idsInView(list);
    expect(seen.indexOf('c500')).to.be.within(3, 5);
    expectWhole(list);
  });

  it('loads pages until the conversation is there', async () => {
    const source = new ArrayPages(conversations(1000));
    const list = await mount({source});
    expect(await list.scrollToConversation('c333')).to.equal(true);
    await settle();
    expect(idsInView(list)).to.include('c333');
    expect(source.requests.length).to.be.within(7, 8);
    expectWhole(list);
  });

  it('says that it does not know a conversation, once everything is loaded', async () => {
    const source = new ArrayPages(conversations(200));
    const list = await mount({source});
    expect(await list.scrollToConversation('nobody')).to.equal(false);
    expect(source.requests.length).to.equal(4);
    expect(idsInView(list)[0]).to.equal('c0');
  });

  it('gives up where a page fails', async () => {
    const source = new MemorySource({conversations: conversations(200)});
    const list = await mount({source});
    source.failNextPage();
    expect(await list.scrollToConversation('c150')).to.equal(false);
    expect(await list.scrollToConversation('c150')).to.equal(true);
  });

  it('gives up where the list is removed meanwhile', async () => {
    const source = new ManualSource();
    const list = await mount({source});
    const found = list.scrollToConversation('c3');
    await settle();
    list.remove();
    source.last.give(conversations(2));
    expect(await found).to.equal(false);
  });

  it('works in the same moment in which everything was set', async () => {
    const list = place({conversations: conversations(1000)});
    expect(await list.scrollToConversation('c700')).to.equal(true);
    await settle();
    expect(idsInView(list)).to.include('c700');
  });

  it('reaches the ends', async () => {
    const list = await mount({conversations: conversations(300)});
    await list.scrollToConversation('c299');
    await settle();
    expect(idsInView(list).at(-1)).to.equal('c299');
    await list.scrollToConversation('c0');
    await settle();
    expect(grid(list).scrollTop).to.equal(0);
  });

  it('is right on a page that is itself scrolled', async () => {
    const spacer = document.createElement('div');
    spacer.style.setProperty('height', '3000px');
    document.body.append(spacer);
    try {
      const list = await mount({conversations: conversations(1000), style: {top: '400px'}, height: 320});
      window.scrollTo(0, 350);
      await settle();
      await list.scrollToConversation('c500');
      await settle();
      expect(idsInView(list)).to.include('c500');
      expectWhole(list);
      list.scrollToTop();
      await settle();
      expect(grid(list).scrollTop).to.equal(0);
    } finally {
      spacer.remove();
      window.scrollTo(0, 0);
    }
  });

  it('goes to the top, and stays there when rows come', async () => {
    const source = new MemorySource({conversations: conversations(1000)});
    const list = await mount({source, pageSize: 'all'});
    grid(list).scrollTop = 20_000;
    await settle();
    list.scrollToTop();
    await settle();
    expect(grid(list).scrollTop).to.equal(0);
    source.receiveMessage({conversationId: 'c700', text: 'new', sentAt: Date.now()});
    await settle();
    expect(idsInView(list).slice(0, 2)).to.deep.equal(['c700', 'c0']);
    expect(grid(list).scrollTop).to.equal(0);
  });

  it('does nothing and does no harm before the list is connected', async () => {
    const list = document.createElement('im-conversation-list');
    list.scrollToTop();
    list.focus();
    await list.loadMore();
    await list.refresh();
    expect(await list.scrollToConversation('c0')).to.equal(false);
  });
});
