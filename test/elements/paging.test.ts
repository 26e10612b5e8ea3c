import {expect} from '@open-wc/testing';
import {SourceError} from '../../src/model/errors.js';
import {MemorySource} from '../../src/sources/memory.js';
import {conversations} from './support/conversations.js';
import {grid, inState, mount, part, settle, setStyle, textOf, until} from './support/list-page.js';
import {ManualSource} from './support/manual-source.js';
import {drawn, expectWhole, idsInView} from './support/rows.js';

const memory = (count: number, options = {}) => new MemorySource({conversations: conversations(count), ...options});

describe('paging', () => {
  it('asks for 50 at first, and for the next page only when its end comes within reach', async () => {
    const source = new ManualSource();
    const list = await mount({source});
    expect(source.requests.map(({limit, cursor}) => [limit, cursor])).to.deep.equal([[50, undefined]]);
    source.requests[0]?.give(conversations(50), false, 'next');
    await settle();
    expect(source.requests.length).to.equal(1);
    grid(list).scrollTop = 50 * 64;
    await until(() => source.requests.length === 2);
    expect(source.requests[1]?.cursor).to.equal('next');
    await settle();
    expect(source.requests.length).to.equal(2);
  });

  it('never asks for more than the source allows, and pulls everything at once where asked', async () => {
    const limited = new ManualSource({maxPageSize: 30});
    await mount({source: limited, attributes: {'page-size': '80'}});
    expect(limited.requests[0]?.limit).to.equal(30);
    const unlimited = new ManualSource();
    await mount({source: unlimited, attributes: {'page-size': 'all'}});
    expect(unlimited.requests[0]?.limit).to.equal(2 ** 31 - 1);
    const source = memory(250, {maxPageSize: 100});
    const list = await mount({source, attributes: {'page-size': 'all'}});
    await until(() => list.snapshot?.page.status === 'done');
    expect(list.snapshot?.rows.length).to.equal(250);
  });

  for (const height of [1, 300, 600, 1080, 4320]) {
    for (const pageSize of [1, 5, 20, 100]) {
      it(`fills ${height} px with pages of ${pageSize}`, async () => {
        const list = await mount({source: memory(500), pageSize, height, style: {'min-height': '0'}});
        const needed = Math.ceil(height / 64);
        await until(() => (list.snapshot?.rows.length ?? 0) >= needed && list.snapshot?.page.status === 'idle');
        await settle();
        expect(grid(list).clientHeight).to.be.at.most(Math.max(128, height));
        expectWhole(list);
      });
    }
  }

  it('asks for nothing while it has no height or is not displayed, and fills when it is', async () => {
    for (const style of [{height: '0', 'min-height': '0'}, {display: 'none'}]) {
      const source = new ManualSource();
      const list = await mount({source, style});
      expect(source.requests.length, JSON.stringify(style)).to.equal(0);
      const box = list.parentElement as HTMLElement;
      setStyle(box, {height: '512px', display: 'block'});
      await until(() => source.requests.length > 0);
    }
  });

  it('keeps its rows when a page fails, says so at the end, and asks for the same page again', async () => {
    const source = new ManualSource();
    const list = await mount({source, pageSize: 10, height: 300});
    source.requests[0]?.give(conversations(10), false, 'two');
    await until(() => source.requests.length === 2);
    source.requests[1]?.fail(new SourceError('network', 'No route.'));
    await until(() => inState(list, 'page-failed'));
    expect(list.snapshot?.rows.length).to.equal(10);
    grid(list).scrollTop = 1e6;
    await settle();
    expect(textOf(part(list, 'end'))).to.contain('Could not load more');
    expect(source.requests.length).to.equal(2);
    part(list, 'retry')?.click();
    await until(() => source.requests.length === 3);
    expect(source.requests[2]?.cursor).to.equal('two');
    source.requests[2]?.give(conversations(20).slice(10), true);
    await until(() => inState(list, 'end'));
    expect(list.snapshot?.rows.length).to.equal(20);
    expect(inState(list, 'page-failed')).to.equal(false);
  });

  it('shows a failed first page with its reason, and tries again', async () => {
    const source = new ManualSource();
    const list = await mount({source});
    source.requests[0]?.fail(new SourceError('auth', 'Token expired.'));
    await until(() => inState(list, 'error'));
    expect(textOf(part(list, 'error'))).to.contain('Token expired.');
    part(list, 'retry')?.click();
    await until(() => source.requests.length === 2);
    source.requests[1]?.give(conversations(3), true);
    await until(() => idsInView(list).length === 3);
  });

  it('stops after five pages that the filter leaves thin, until it is asked for more', async () => {
    const source = memory(2000, {serverFilters: [], maxPageSize: 10});
    let asked = 0;
    const getPage = source.getPage.bind(source);
    source.getPage = (request) => {
      asked++;
      return getPage(request);
    };
    const list = await mount({source, attributes: {unread: ''}, pageSize: 10});
    await until(() => inState(list, 'paused'));
    expect(asked).to.equal(5);
    await settle();
    expect(asked).to.equal(5);
    part(list, 'load-more')?.click();
    await until(() => asked === 10);
    await settle();
    expect(asked).to.equal(10);
  });

  it('tells of pages, and of the end', async () => {
    const pages: unknown[] = [];
    const list = await mount({
      source: memory(60),
      before: (element) => element.addEventListener('im-page-load', ({received, rows, done}) => pages.push([received, rows, done])),
    });
    expect(pages).to.deep.equal([[50, 50, false]]);
    await list.loadMore();
    await settle();
    expect(pages.at(-1)).to.deep.equal([10, 60, true]);
    grid(list).scrollTop = 1e6;
    await settle();
    expect(textOf(part(list, 'end'))).to.equal('No more conversations');
  });

  it('goes to a conversation, loading pages on the way; says if there is none', async () => {
    const list = await mount({source: memory(400)});
    expect(await list.scrollToConversation('c333')).to.equal(true);
    await settle();
    expect(idsInView(list)).to.include('c333');
    list.scrollToTop();
    await settle();
    expect(idsInView(list)[0]).to.equal('c0');
    expect(await list.scrollToConversation('nobody')).to.equal(false);
    expect(list.snapshot?.page.status).to.equal('done');
  });

  it('draws only what is in view, of any number', async () => {
    const list = await mount({conversations: conversations(100_000), pageSize: 'all'});
    expect(list.snapshot?.rows.length).to.equal(100_000);
    expect(drawn(list).length).to.be.at.most(40);
    grid(list).scrollTop = 3_000_000;
    await settle();
    expectWhole(list);
    expect(drawn(list).length).to.be.at.most(40);
  });
});
