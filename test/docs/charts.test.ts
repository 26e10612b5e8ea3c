import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {openSite, until, type Site} from './site.js';

describe('the charts of the bench', () => {
  let site: Site;
  before(async () => {
    site = await openSite();
  });
  after(() => site.close());

  it('are drawn when they come into view, in either scheme, each beside its table', async (t) => {
    const {page, problems} = await site.open('performance.html');
    t.after(() => page.context().close());
    const charts = page.locator('.bench-charts figure');
    assert.ok((await charts.count()) > 15);
    assert.equal(await page.locator('.bench-charts figure table').count(), await charts.count());
    const canvas = page.locator('.bench-charts canvas').first();
    /** How many colours it is painted with. */
    const colors = (): Promise<number> =>
      canvas.evaluate((element) => {
        const {width, height} = element as HTMLCanvasElement;
        const {data} = (element as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height) ?? {data: []};
        return new Set(Array.from({length: data.length / 4}, (_, i) => data.slice(i * 4, i * 4 + 4).join())).size;
      });
    assert.equal(await colors(), 1, 'nothing is drawn that is far away');
    await canvas.scrollIntoViewIfNeeded();
    await until(colors, (count) => count > 7, 'the first chart is drawn');
    const light = await canvas.evaluate((element) => (element as HTMLCanvasElement).toDataURL());
    await page.evaluate(() => document.documentElement.classList.contains('dark') || (document.querySelector('.VPNavBarAppearance button') as HTMLElement).click());
    await until(() => canvas.evaluate((element) => (element as HTMLCanvasElement).toDataURL()), (dark) => dark !== light, 'the dark has its own colours');
    await until(colors, (count) => count > 7, 'and is drawn');
    assert.match((await canvas.getAttribute('aria-label')) ?? '', /ours .*All figures are in the table below\.$/);
    assert.deepEqual(problems, []);
  });
});
