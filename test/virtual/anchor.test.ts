import {expect, nextFrame, aTimeout} from '@open-wc/testing';
import {RowWindow, type WindowRows} from '../../src/virtual/row-window.js';

const ROW = 60;
const VIEWPORT = 480;

interface Item {
  readonly id: string;
}

/** The list as it is now; later changes of the array are not in it. */
function rowsOf(now: readonly string[]): WindowRows<Item> {
  const ids = [...now];
  const {length} = ids;
  return {length, at: (i) => (i in ids ? {id: ids[i] as string} : undefined), indexOf: (id) => ids.indexOf(id)};
}

const settle = async () => {
  await nextFrame();
  await aTimeout(0);
};

describe('RowWindow', () => {
  let scroller: HTMLElement;
  let container: HTMLElement;
  let window: RowWindow<Item>;
  let kept: string | undefined;
  let ids: string[];
  let next: number;

  beforeEach(async () => {
    scroller = document.createElement('div');
    container = document.createElement('div');
    style(scroller, {height: `${VIEWPORT}px`, 'overflow-y': 'auto', 'overflow-anchor': 'none'});
    // On whole pixels: so far down, a rectangle has no more than quarters of them.
    style(scroller, {position: 'absolute', top: '0', left: '0', width: '300px'});
    style(container, {position: 'absolute', top: '0'});
    scroller.append(container);
    document.body.append(scroller);
    kept = undefined;
    next = 0;
    ids = Array.from({length: 1000}, () => `i${next++}`);
    window = new RowWindow<Item>(scroller, container, rowsOf([]), {
      create: () => style(document.createElement('div'), {position: 'absolute', top: '0', height: `${ROW}px`}),
      bind: ({element, item}) => (element.textContent = item?.id ?? ''),
      place: () => undefined,
      idOf: ({id}) => id,
      kept: () => kept,
      moved: () => undefined,
    });
    window.connect();
    await settle();
    update();
    await settle();
  });

  afterEach(() => {
    window.disconnect();
    scroller.remove();
  });

  function update(endHeight = 0): void {
    window.sync();
    window.update(rowsOf(ids), {rowHeight: ROW, endHeight, rebind: false, glides: false});
  }

  /** Where the rows in view stand on the screen. */
  function places(): Map<string, number> {
    const {top} = scroller.getBoundingClientRect();
    const found = new Map<string, number>();
    for (const element of container.children as Iterable<Element> & HTMLCollection) {
      if ((element as HTMLElement).hidden) continue;
      const y = element.getBoundingClientRect().top - top;
      if (y > -ROW && y < VIEWPORT) found.set(element.textContent ?? '', y);
    }
    return found;
  }

  /** Fails unless the rows in view are a run of the list and fill the viewport. */
  function expectFull(note: string): void {
    const shown = [...places()].sort((a, b) => a[1] - b[1]);
    const [first] = shown as [[string, number]];
    const from = ids.indexOf(first[0]);
    expect(first[1], note).to.be.at.most(0.5);
    shown.forEach(([id, y], i) => {
      expect(id, note).to.equal(ids[from + i]);
      expect(y, note).to.be.closeTo(first[1] + i * ROW, 0.01);
    });
    const end = (shown.at(-1)?.[1] ?? 0) + ROW;
    if (end < VIEWPORT - 0.5) expect(from + shown.length, note).to.equal(ids.length);
  }

  /** Changes the list above, below and in view, but leaves what stands at the top of the viewport. */
  function change(random: () => number, read: readonly string[]): string {
    const pick = (n: number) => Math.floor(random() * n);
    const keep = new Set(read);
    const kind = pick(5);
    const some = (): string => {
      for (;;) {
        const id = ids[pick(ids.length)] as string;
        if (!keep.has(id)) return id;
      }
    };
    // Nothing may come between the rows that are read, or those below would rightly move.
    const place = (): number => {
      for (;;) {
        const at = pick(ids.length + 1);
        if (!keep.has(ids[at] ?? '') || at === ids.indexOf(read[0] as string)) return at;
      }
    };
    const take = (id: string) => ids.splice(ids.indexOf(id), 1);
    if (kind === 0) for (let i = pick(20); i >= 0; i--) ids.splice(place(), 0, `i${next++}`);
    else if (kind === 1) for (let i = pick(10); i >= 0; i--) take(some());
    else if (kind === 2) {
      const id = some();
      take(id);
      ids.unshift(id);
    } else if (kind === 3) {
      const id = some();
      take(id);
      ids.splice(place(), 0, id);
    } else {
      ids.unshift(`i${next++}`);
    }
    return ['insert', 'remove', 'to top', 'move', 'new at top'][kind] as string;
  }

  for (const [size, top] of [
    [1000, 1],
    [1000, 20 * ROW],
    [1000, 300 * ROW + 23],
    [150_000, 3_000_000 + 7],
    [150_000, 8_500_000],
  ] as const) {
    it(`moves nothing that is read: 100 random changes at ${top} px of ${size} rows`, async () => {
      ids = Array.from({length: size}, () => `i${next++}`);
      update();
      window.scrollToIndex(Math.floor(top / ROW), 'start');
      await settle();
      if (top < ROW || top % ROW !== 0) scroller.scrollTop += top % ROW;
      await settle();
      let seed = 4711 + top;
      const random = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
      for (let i = 0; i < 100; i++) {
        const before = places();
        const whole = [...before].filter(([, y]) => y >= 0).sort((a, b) => a[1] - b[1]);
        const read = whole.slice(0, 3).map(([id]) => id);
        const what = change(random, read);
        update();
        if (i % 10 === 0) await settle();
        const after = places();
        for (const id of read) {
          expect(after.get(id), `${id} after ${what} ${i}`).to.be.closeTo(before.get(id) as number, 0.01);
        }
        expectFull(`after ${what} ${i}`);
      }
      await settle();
      expectFull('in the end');
    });
  }

  it('stays at the top while it is there: what is new is seen', async () => {
    for (let i = 0; i < 20; i++) {
      ids.unshift(`i${next++}`);
      update();
      await settle();
      expect(scroller.scrollTop).to.equal(0);
      expect(places().get(ids[0] as string)).to.equal(0);
    }
  });

  it('goes by the next row where the first one is gone, and by none where all are', async () => {
    window.scrollToIndex(100, 'start');
    await settle();
    const y = places().get('i102') as number;
    ids = ids.filter((id) => id !== 'i100' && id !== 'i101' && id !== 'i5');
    update();
    expect(places().get('i102')).to.equal(y);
    ids = ids.filter((_, i) => i < 20);
    update();
    await settle();
    expectFull('of 20');
    expect(places().has('i20')).to.equal(true);
    ids = [];
    update();
    await settle();
    expect(places().size).to.equal(0);
    expect(scroller.scrollTop).to.equal(0);
  });

  it('brings any of 1,000,000 rows into view, and the scroll range stays what the browser can hold', async () => {
    ids = Array.from({length: 1_000_000}, (_, i) => `i${i}`);
    update(ROW);
    await settle();
    for (const index of [999_999, 0, 500_000, 113_915, 113_916, 999_990, 7, 250_001]) {
      window.scrollToIndex(index, 'center');
      expectFull(`at ${index}`);
      await settle();
      expect(places().has(`i${index}`), `i${index}`).to.equal(true);
      expectFull(`settled at ${index}`);
      expect(scroller.scrollHeight).to.be.closeTo(8_000_000, 2);
    }
    scroller.scrollTop = scroller.scrollHeight;
    await settle();
    expect(places().has('i999999')).to.equal(true);
    for (let i = 0; i < 50; i++) {
      const [id, y] = [...places()].sort((a, b) => a[1] - b[1])[4] as [string, number];
      scroller.scrollTop -= 100;
      await settle();
      expect(places().get(id), `step ${i}`).to.be.closeTo(y + 100, 0.6);
    }
    expect(container.children.length).to.be.below(40);
  });

  it('keeps the row that has focus drawn, out of view and without a longer range', async () => {
    ids = Array.from({length: 1_000_000}, (_, i) => `i${i}`);
    update();
    for (const [held, at] of [
      ['i999999', 0],
      ['i0', 999_000],
      ['i500000', 10],
    ] as const) {
      window.scrollToIndex(ids.indexOf(held));
      await settle();
      const element = window.slotFor(held)?.element;
      kept = held;
      window.scrollToIndex(at, 'start');
      await settle();
      expect(window.slotFor(held)?.element === element, held).to.equal(true);
      expect(places().has(held), held).to.equal(false);
      expectFull(held);
      expect(scroller.scrollHeight, held).to.be.closeTo(8_000_000, 2);
      kept = undefined;
    }
  });

  it('creates no element while it is scrolled', async () => {
    // Not on the edge of a row: then one more is in view.
    scroller.scrollTop = 330;
    await settle();
    const elements = new Set(container.children);
    for (let i = 0; i < 30; i++) {
      scroller.scrollTop += 700;
      await settle();
    }
    expect([...container.children].filter((element) => !elements.has(element)).length).to.equal(0);
  });
});

function style<E extends HTMLElement>(element: E, properties: Readonly<Record<string, string>>): E {
  for (const [name, value] of Object.entries(properties)) element.style.setProperty(name, value);
  return element;
}
