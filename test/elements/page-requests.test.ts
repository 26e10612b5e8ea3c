import {expect} from '@open-wc/testing';
import type {ImPageLoadEvent} from '../../src/events/page-load-event.js';
import {conversations} from './support/conversations.js';
import {grid, inState, mount, part, settle, textOf, until} from './support/list-page.js';
import {ArrayPages, ManualSource} from './support/manual-source.js';
import {expectWhole, idsInView} from './support/rows.js';

const limits = (source: ManualSource) => source.requests.map(({limit}) => limit);

describe('paging', () => {
  it('asks for 50 unless it is told otherwise, and for no cursor at first', async () => {
    const source = new ManualSource();
    await mount({source});
    expect(limits(source)).to.deep.equal([50]);
    expect('cursor' in source.last).to.equal(false);
  });

  it('asks for as many as page-size says', async () => {
    const source = new ManualSource();
    await mount({source, attributes: {'page-size': '20'}});
    expect(limits(source)).to.deep.equal([20]);
  });

  it('never asks for more than the source gives', async () => {
    for (const pageSize of [500, 'all'] as const) {
      const source = new ManualSource({maxPageSize: 100});
      await mount({source, pageSize});
      expect(limits(source)).to.deep.equal([100]);
    }
  });

  it('pulls everything at once with page-size="all"', async () => {
    const source = new ArrayPages(conversations(5000));
    const list = await mount({source, attributes: {'page-size': 'all'}});
    expect(limits(source)).to.deep.equal([2 ** 31 - 1]);
    expect(list.snapshot?.rows.length).to.equal(5000);
  });

  it('pulls everything with page-size="all" page by page from a source with a limit', async () => {
    const source = new ArrayPages(conversations(450), {maxPageSize: 100});
    const list = await mount({source, attributes: {'page-size': 'all'}});
    await until(() => list.snapshot?.rows.length === 450);
    expect(limits(source)).to.deep.equal([100, 100, 100, 100, 100]);
    expect(source.requests.map(({cursor}) => cursor)).to.deep.equal([undefined, 100, 200, 300, 400]);
  });

  it('asks for the next page, with its cursor, when the end comes within reach', async () => {
    const source = new ManualSource();
    const all = conversations(150);
    const list = await mount({source});
    source.last.give(all.slice(0, 50), false, 'second');
    await settle();
    // 50 rows of 64 px are more than the viewport and its reach.
    expect(source.requests.length).to.equal(1);
    grid(list).scrollTop = 50 * 64;
    await settle();
    expect(source.requests.map(({cursor}) => cursor)).to.deep.equal([undefined, 'second']);
    expect(textOf(part(list, 'end'))).to.equal('Loading conversations');
    grid(list).scrollTop = 0;
    grid(list).scrollTop = 50 * 64;
    await settle();
    expect(source.requests.length).to.equal(2);
    source.last.give(all.slice(50, 100), false, 'third');
    await settle();
    expect(source.requests.length).to.equal(2);
    expect(idsInView(list)).to.include('c50');
    expectWhole(list);
  });

  it('goes on after a page that is short or empty, and ends only where the source says so', async () => {
    const source = new ManualSource();
    const all = conversations(60);
    const list = await mount({source});
    source.last.give([], false, 'a');
    await settle();
    source.last.give(all.slice(0, 3), false, 'b');
    await settle();
    expect(inState(list, 'end')).to.equal(false);
    expect(grid(list).getAttribute('aria-rowcount')).to.equal('-1');
    source.last.give(all.slice(3), true);
    await settle();
    expect(source.requests.map(({cursor}) => cursor)).to.deep.equal([undefined, 'a', 'b']);
    expect(inState(list, 'end')).to.equal(true);
    expect(grid(list).getAttribute('aria-rowcount')).to.equal('60');
    grid(list).scrollTop = 60 * 64;
    await settle();
    expect(textOf(part(list, 'end'))).to.equal('No more conversations');
    const {bottom} = (part(list, 'end') as HTMLElement).getBoundingClientRect();
    expect(bottom).to.be.closeTo(grid(list).getBoundingClientRect().bottom, 1);
    await list.loadMore();
    expect(source.requests.length).to.equal(3);
  });

  it('takes falsy cursors for what they are', async () => {
    for (const cursor of ['', 0, null, false, 0n]) {
      const source = new ManualSource();
      await mount({source, pageSize: 5});
      source.last.give(conversations(5), false, cursor);
      await settle();
      expect(source.requests.length, String(cursor)).to.equal(2);
      expect(source.last.cursor).to.equal(cursor);
    }
  });

  it('shows each conversation once, whatever pages and events say', async () => {
    const source = new ManualSource();
    const all = conversations(10);
    const list = await mount({source, pageSize: 5});
    source.upsert(...all.slice(3, 7));
    source.last.give(all.slice(0, 6), false, 'next');
    source.upsert(...all.slice(0, 2));
    await settle();
    source.last.give([...all.slice(4), ...all.slice(4)], true);
    await settle();
    expect([...(list.snapshot?.rows ?? [])].map(({id}) => id)).to.deep.equal(all.map(({id}) => id));
    expectWhole(list);
  });

  it('tells each page that landed', async () => {
    const told: unknown[] = [];
    const source = new ManualSource();
    await mount({
      source,
      pageSize: 5,
      before: (list) => {
        list.addEventListener('im-page-load', (event: ImPageLoadEvent) => {
          told.push([event.received, event.rows, event.done, event.bubbles, event.cancelable]);
        });
      },
    });
    const all = conversations(8);
    source.last.give(all.slice(0, 5));
    await settle();
    source.last.give(all.slice(4), true);
    await settle();
    expect(told).to.deep.equal([
      [5, 5, false, false, false],
      [4, 8, true, false, false],
    ]);
  });

  it('has one request on its way, whatever is scrolled, resized and asked for meanwhile', async () => {
    const source = new ManualSource();
    const list = await mount({source});
    for (let i = 0; i < 5; i++) {
      void list.loadMore();
      grid(list).scrollTop = i * 100;
      list.density = i % 2 === 0 ? 'compact' : 'default';
      await settle();
    }
    expect(source.requests.length).to.equal(1);
    source.last.give(conversations(50));
    await settle();
    // Of rows of 44 px, 50 are enough.
    expect(source.requests.length).to.equal(1);
  });

  it('loads more when asked, past what the viewport needs', async () => {
    const source = new ArrayPages(conversations(500));
    const list = await mount({source});
    await list.loadMore();
    await list.loadMore();
    await settle();
    expect(list.snapshot?.rows.length).to.equal(150);
    expectWhole(list);
  });

  it('pages again on refresh: the rows stay meanwhile, and are corrected', async () => {
    const source = new ManualSource();
    const all = conversations(30);
    const list = await mount({source});
    source.last.give(all, true);
    await settle();
    const refreshed = list.refresh();
    await settle();
    expect(source.requests.length).to.equal(2);
    expect('cursor' in source.last).to.equal(false);
    expect(idsInView(list)[0]).to.equal('c0');
    source.last.give(all.slice(1).map((c) => ({...c, title: 'Fresh'})), true);
    await refreshed;
    await settle();
    expect(idsInView(list)[0]).to.equal('c1');
    expect(list.snapshot?.rows.length).to.equal(29);
    expect(list.snapshot?.rows.at(0)?.title).to.equal('Fresh');
  });

  describe('through a filter that lets little pass', () => {
    const thin = (i: number) => ({mark: 'star', i});

    it('stops after five pages and offers to go on', async () => {
      const source = new ArrayPages(conversations(10_000));
      const list = await mount({source, attributes: {mark: thin(0).mark}});
      await until(() => inState(list, 'paused'));
      expect(source.requests.length).to.be.at.most(5);
      const asked = source.requests.length;
      const more = part(list, 'load-more') as HTMLElement;
      expect(textOf(more)).to.equal('Load more');
      more.click();
      await until(() => source.requests.length > asked && inState(list, 'paused'));
      expect(source.requests.length).to.be.at.most(asked + 5);
    });

    it('keeps the offer after the rows that there are', async () => {
      const source = new ArrayPages(conversations(10_000, (i) => (i < 3 ? {marks: ['star']} : {})));
      const list = await mount({source, attributes: {mark: 'star'}});
      await until(() => inState(list, 'paused'));
      await settle();
      expect(idsInView(list)).to.deep.equal(['c0', 'c1', 'c2']);
      expect(textOf(part(list, 'end'))).to.equal('Load more');
      expect(source.requests.length).to.be.at.most(6);
    });
  });
});
