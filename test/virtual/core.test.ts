import {expect} from '@open-wc/testing';
import {createCore} from '../../src/virtual/core.js';
import {FixedRowLayout} from '../../src/virtual/fixed-row-layout.js';
import {settle} from '../elements/support/list-page.js';

/** What is used of `@lit-labs/virtualizer`, whose layout interface is undocumented: a version that changes it fails here. */
describe('the virtualizer’s core', () => {
  afterEach(() => document.body.replaceChildren());

  function build(height = 500): {scroller: HTMLElement; layout: FixedRowLayout; drawn: () => number; core: ReturnType<typeof createCore>} {
    const scroller = document.createElement('div');
    Object.assign(scroller.style, {height: `${height}px`, width: '200px', overflow: 'auto'});
    document.body.append(scroller);
    let count = 0;
    const layout = new FixedRowLayout(scroller, () => count++);
    const core = createCore(scroller, layout);
    return {scroller, layout, drawn: () => count, core};
  }

  it('sizes the scroll range, and tells the viewport', async () => {
    const {scroller, layout, core} = build();
    core.connected();
    layout.resize({count: 1000, rowHeight: 50});
    layout.reflowIfNeeded();
    await settle();
    expect(scroller.scrollHeight).to.be.within(50_000, 50_002);
    expect([layout.range.viewport, layout.shown]).to.deep.equal([500, true]);
    expect(layout.visible).to.deep.equal({first: 0, last: 9});
    core.disconnected();
  });

  it('follows the scroll position, and sets it', async () => {
    const {scroller, layout, core} = build();
    core.connected();
    layout.resize({count: 1000, rowHeight: 50});
    layout.reflowIfNeeded();
    await settle();
    scroller.scrollTop = 5000;
    await settle();
    expect(layout.visible.first).to.equal(100);
    layout.moveTo(25_000);
    expect(scroller.scrollTop).to.equal(25_000);
    layout.resize({count: 20});
    layout.reflowIfNeeded();
    await settle();
    expect([scroller.scrollTop, layout.range.position]).to.deep.equal([500, 500]);
    core.disconnected();
  });

  it('draws again when the scroller is resized, and nothing once it is disconnected', async () => {
    const {scroller, layout, drawn, core} = build();
    core.connected();
    layout.resize({count: 1000, rowHeight: 50});
    layout.reflowIfNeeded();
    await settle();
    scroller.style.height = '900px';
    await settle();
    expect(layout.visible.last).to.equal(17);
    core.disconnected();
    const before = drawn();
    scroller.scrollTop = 4000;
    scroller.style.height = '300px';
    await settle();
    expect(drawn()).to.equal(before);
  });

  it('is not shown without height, and registers no element', async () => {
    const {layout, core} = build(0);
    core.connected();
    layout.resize({count: 10, rowHeight: 50});
    await settle();
    expect(layout.shown).to.equal(false);
    expect(customElements.get('lit-virtualizer')).to.equal(undefined);
    core.disconnected();
  });

  it('leaves the window’s own scrolling as it is', () => {
    const {scrollTo, scrollBy} = window;
    const {core} = build();
    core.connected();
    core.disconnected();
    expect([window.scrollTo, window.scrollBy]).to.deep.equal([scrollTo, scrollBy]);
  });
});
