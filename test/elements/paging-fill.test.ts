import {expect} from '@open-wc/testing';
import {resizeViewport} from '../setup/engine.js';
import {conversations} from './support/conversations.js';
import {grid, mount, settle, setStyle, until} from './support/list-page.js';
import {ArrayPages} from './support/manual-source.js';
import {expectWhole, inView} from './support/rows.js';

const ROWS = 2000;

describe('filling the viewport', () => {
  before(async () => resizeViewport(800, 4400));
  after(async () => resizeViewport(800, 600));

  for (const height of [1, 300, 600, 1080, 4320]) {
    for (const pageSize of [1, 5, 20, 100]) {
      it(`of ${height} px with pages of ${pageSize}`, async () => {
        const source = new ArrayPages(conversations(ROWS));
        const list = await mount({source, pageSize, height});
        const wanted = Math.ceil((grid(list).clientHeight + 800) / 64);
        await until(() => (list.snapshot?.rows.length ?? 0) >= wanted);
        await settle();
        expect(inView(list).length).to.be.at.least(Math.floor(height / 64));
        expectWhole(list);
        // No more than the reach and the rest of a page.
        expect(list.snapshot?.rows.length).to.be.at.most(wanted + pageSize);
      });
    }
  }

  for (const [name, hidden, shown] of [
    ['height 0', {height: '0px'}, {height: '500px'}],
    ['display: none', {display: 'none'}, {display: 'block'}],
    ['a place below the window', {top: '5000px'}, {top: '0px'}],
  ] as const) {
    it(`asks for nothing at ${name}, and fills when it is shown`, async () => {
      const source = new ArrayPages(conversations(ROWS));
      const list = await mount({source, pageSize: 5, style: {height: '500px', ...hidden}});
      await settle();
      expect(source.requests.length).to.equal(0);
      setStyle(list.parentElement as HTMLElement, shown);
      // Nothing tells an element that it has moved on the page; scrolling and resizing do.
      window.dispatchEvent(new Event('scroll'));
      await until(() => (list.snapshot?.rows.length ?? 0) >= 20);
      await settle();
      expect(inView(list).length).to.be.at.least(7);
      expectWhole(list);
    });
  }

  it('goes on when the viewport grows', async () => {
    const source = new ArrayPages(conversations(ROWS));
    const list = await mount({source, pageSize: 5, height: 300});
    await until(() => (list.snapshot?.rows.length ?? 0) >= 18);
    setStyle(list.parentElement as HTMLElement, {height: '4320px'});
    await until(() => (list.snapshot?.rows.length ?? 0) >= 80);
    await settle();
    expectWhole(list);
  });

  it('goes on however often a filter brings the count back to what it was', async () => {
    const source = new ArrayPages(
      conversations(400, (i) => (i % 2 === 0 ? {marks: ['star']} : {})),
      {serverFilters: []},
    );
    const list = await mount({source, pageSize: 20, height: 600});
    for (let i = 0; i < 6; i++) {
      list.mark = i % 2 === 0 ? 'star' : '';
      await until(() => (list.snapshot?.rows.length ?? 0) >= 20);
      await settle();
      expectWhole(list);
    }
    grid(list).scrollTop = 1e6;
    await until(() => {
      grid(list).scrollTop = 1e6;
      return list.snapshot?.page.status === 'done';
    }, 'the end is reached');
    await settle();
    expect(list.snapshot?.rows.length).to.equal(400);
  });
});
