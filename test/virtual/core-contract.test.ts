/**
 * What we take for granted of `@lit-labs/virtualizer`, whose interface for layouts is undocumented: against the
 * real package, so that a version which changes it fails here and not in an app.
 */
import {aTimeout, expect, nextFrame} from '@open-wc/testing';
import {createCore} from '../../src/virtual/core.js';
import {FixedRowLayout, type Core} from '../../src/virtual/fixed-row-layout.js';

const settle = async () => {
  await nextFrame();
  await aTimeout(0);
  await nextFrame();
};

describe('the core of the virtualizer', () => {
  let scroller: HTMLElement;
  let layout: FixedRowLayout;
  let core: Core;
  let draws: number;
  let calls: string[];

  beforeEach(() => {
    scroller = document.createElement('div');
    for (const [name, value] of Object.entries({height: '300px', overflow: 'auto'})) scroller.style.setProperty(name, value);
    scroller.append(document.createElement('section'));
    document.body.append(scroller);
    draws = 0;
    calls = [];
    layout = new FixedRowLayout(scroller, () => draws++);
    core = createCore(scroller, watched(layout, calls));
  });

  afterEach(() => {
    core.disconnected();
    scroller.remove();
  });

  it('makes its layout by the constructor that it is given, and no other', () => {
    expect((core as unknown as {_layout: unknown})._layout).to.be.an('object');
    expect(layout.range.viewport).to.equal(0);
  });

  it('does nothing before it is connected', async () => {
    await settle();
    expect(calls).to.deep.equal([]);
  });

  it('sets the measures, then asks for a reflow, once it is connected', async () => {
    core.connected();
    await settle();
    const order = ['items', 'viewportSize', 'viewportScroll', 'totalScrollSize', 'offsetWithinScroller', 'reflowIfNeeded'];
    expect(calls.slice(0, order.length)).to.deep.equal(order);
    expect(layout.range.viewport).to.equal(300);
    expect(draws).to.be.greaterThan(0);
  });

  it('holds the scroll range open as it is told', async () => {
    core.connected();
    await settle();
    layout.resize({count: 1000, rowHeight: 50});
    layout.reflowIfNeeded();
    expect(scroller.scrollHeight).to.be.closeTo(50_000, 2);
    layout.resize({count: 2000, rowHeight: 50, endHeight: 30});
    layout.reflowIfNeeded();
    expect(scroller.scrollHeight).to.be.closeTo(100_030, 2);
    layout.resize({count: 1_000_000, rowHeight: 72});
    layout.reflowIfNeeded();
    expect(scroller.scrollHeight).to.be.closeTo(8_000_000, 2);
  });

  it('tells of scrolling, in the same frame', async () => {
    core.connected();
    await settle();
    layout.resize({count: 1000, rowHeight: 50});
    layout.reflowIfNeeded();
    calls.length = 0;
    scroller.scrollTop = 5000;
    await nextFrame();
    await aTimeout(0);
    expect(calls).to.include('viewportSize').and.to.include('reflowIfNeeded');
    expect(layout.range.position).to.equal(5000);
    expect(layout.visible).to.deep.equal({first: 100, last: 105});
  });

  it('tells of another size, and of none', async () => {
    core.connected();
    await settle();
    scroller.style.setProperty('height', '420px');
    await settle();
    expect(layout.range.viewport).to.equal(420);
    scroller.style.setProperty('display', 'none');
    await settle();
    layout.resize({rowHeight: 50});
    expect(layout.shown).to.equal(false);
    scroller.style.setProperty('display', 'block');
    await settle();
    expect(layout.shown).to.equal(true);
  });

  it('goes where the layout goes', async () => {
    core.connected();
    await settle();
    layout.resize({count: 1000, rowHeight: 50});
    layout.reflowIfNeeded();
    layout.moveTo(20_000);
    expect(scroller.scrollTop).to.equal(20_000);
    await settle();
    expect(layout.range.position).to.equal(20_000);
    layout.resize({count: 10});
    layout.reflowIfNeeded();
    await settle();
    expect(scroller.scrollTop).to.equal(200);
  });

  it('leaves the nodes in the scroller alone', async () => {
    const mine = scroller.querySelector('section') as HTMLElement;
    core.connected();
    await settle();
    layout.resize({count: 100, rowHeight: 50});
    layout.reflowIfNeeded();
    await settle();
    expect(mine.getAttribute('style')).to.equal(null);
    expect(scroller.style.minHeight).to.equal('0px');
    expect([...scroller.children].filter((child) => child !== mine).length).to.equal(1);
  });

  it('is silent once it is disconnected, and can be connected again', async () => {
    core.connected();
    await settle();
    core.disconnected();
    await settle();
    calls.length = 0;
    scroller.style.setProperty('height', '200px');
    await settle();
    window.dispatchEvent(new Event('scroll'));
    await settle();
    expect(calls).to.deep.equal([]);
    core.connected();
    await settle();
    expect(layout.range.viewport).to.equal(200);
  });

  it('registers no element', () => {
    expect(customElements.get('lit-virtualizer')).to.equal(undefined);
  });
});

/** The layout, which notes what the core sets and calls. */
function watched(layout: FixedRowLayout, calls: string[]): FixedRowLayout {
  return new Proxy(layout, {
    set(target, name, value) {
      calls.push(String(name));
      return Reflect.set(target, name, value, target);
    },
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        if (name !== 'attach') calls.push(String(name));
        return (value as (...args: unknown[]) => unknown).apply(target, args);
      };
    },
  });
}
