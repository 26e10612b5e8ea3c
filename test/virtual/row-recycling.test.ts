import {aTimeout, expect} from '@open-wc/testing';
import {RowPool, type RowSlot} from '../../src/virtual/row-pool.js';

interface Item {
  readonly id: string;
  readonly text: string;
}

const items = (from: number, to: number): Item[] =>
  Array.from({length: to - from}, (_, i) => ({id: `i${from + i}`, text: `${from + i}`}));

const source = (list: readonly Item[]) => ({length: list.length, at: (index: number) => list[index]});

describe('RowPool', () => {
  let container: HTMLElement;
  let pool: RowPool<Item>;
  let created: number;
  let bound: string[];
  let placed = 0;

  beforeEach(() => {
    container = document.createElement('div');
    document.body.append(container);
    created = 0;
    bound = [];
    pool = new RowPool<Item>(container, {
      create: () => {
        created++;
        const element = document.createElement('div');
        element.tabIndex = -1;
        return element;
      },
      bind: ({element, item, index}: RowSlot<Item>) => {
        bound.push(item?.id ?? '');
        element.textContent = `${index} ${item?.text}`;
      },
      place: ({element, item, index}: RowSlot<Item>) => {
        placed++;
        element.textContent = `${index} ${item?.text}`;
      },
      idOf: ({id}) => id,
    });
  });

  afterEach(() => {
    pool.clear();
    container.remove();
  });

  const draw = (list: readonly Item[], first: number, last: number, keep = -1, rebind = false) => {
    bound = [];
    pool.draw(source(list), {first, last}, (index) => index * 10, keep, rebind);
  };
  const shown = () => [...container.children].filter((e) => !(e as HTMLElement).hidden).map((e) => e.textContent);

  it('draws a range, each item once, where it belongs', () => {
    draw(items(0, 100), 10, 14);
    expect(shown()).to.deep.equal(['10 10', '11 11', '12 12', '13 13', '14 14']);
    expect([...pool.drawn].map(({id, y}) => `${id} ${y}`)).to.deep.equal(['i10 100', 'i11 110', 'i12 120', 'i13 130', 'i14 140']);
    expect(pool.slotFor('i12')?.element.style.transform).to.equal('translateY(120px)');
  });

  it('keeps an item’s element, and gives that of one that leaves to one that comes', () => {
    const all = items(0, 1000);
    draw(all, 0, 9);
    const {element} = pool.slotFor('i5') as RowSlot<Item>;
    for (let first = 1; first < 200; first += 3) {
      draw(all, first, first + 9);
      if (first <= 5) expect(pool.slotFor('i5')?.element).to.equal(element);
    }
    expect(created).to.equal(10);
    expect(container.children.length).to.equal(10);
    draw(all, 900, 909);
    expect(created).to.equal(10);
  });

  it('binds only what is new or has changed', () => {
    const all = items(0, 100);
    draw(all, 0, 9);
    expect(bound.length).to.equal(10);
    draw(all, 0, 9);
    expect(bound).to.deep.equal([]);
    draw(all, 2, 11);
    expect(bound).to.deep.equal(['i10', 'i11']);
    draw(all.map((item) => (item.id === 'i4' ? {...item, text: 'new'} : item)), 2, 11);
    expect(bound).to.deep.equal(['i4']);
    draw(all, 2, 11, -1, true);
    expect(bound.length).to.equal(10);
  });

  it('places an item that has another place, and does not bind it', () => {
    const all = items(0, 10);
    draw(all, 0, 9);
    placed = 0;
    draw([all[9] as Item, ...all.slice(0, 9)], 0, 9);
    expect(placed).to.equal(10);
    expect(bound.length).to.equal(0);
    expect(pool.slotFor('i9')?.element.textContent).to.equal('0 9');
    expect(pool.slotFor('i9')?.y).to.equal(0);
    expect(created).to.equal(10);
  });

  it('hides elements that it has no item for, and takes them first', () => {
    const all = items(0, 100);
    draw(all, 0, 19);
    draw(all, 0, 4);
    expect(shown().length).to.equal(5);
    expect(container.children.length).to.equal(20);
    draw(all, 50, 69);
    expect(created).to.equal(20);
    expect(shown().length).to.equal(20);
    draw([], 0, -1);
    expect(shown()).to.deep.equal([]);
  });

  it('keeps one more row, wherever it is', () => {
    const all = items(0, 1000);
    draw(all, 0, 9);
    const {element} = pool.slotFor('i3') as RowSlot<Item>;
    element.focus();
    for (const first of [100, 500, 990]) {
      draw(all, first, first + 9, 3);
      expect(document.activeElement).to.equal(element);
      expect(pool.slotFor('i3')?.element).to.equal(element);
    }
    expect(created).to.equal(11);
  });

  it('says which row an element belongs to, and none once it is spare', () => {
    draw(items(0, 10), 0, 4);
    const {element} = pool.slotFor('i2') as RowSlot<Item>;
    expect(pool.slotOf(element)?.id).to.equal('i2');
    draw(items(0, 1), 0, 0);
    expect(pool.slotOf(element)).to.equal(undefined);
    expect(pool.slotOf(document.body)).to.equal(undefined);
  });

  it('puts the nodes in the order in which they are seen, once it is quiet, and keeps focus', async () => {
    const all = items(0, 1000);
    draw(all, 0, 9);
    draw(all, 5, 14);
    const focused = pool.slotFor('i11')?.element as HTMLElement;
    focused.focus();
    expect(shown()).not.to.deep.equal(items(5, 15).map(({text}) => `${text} ${text}`));
    await aTimeout(1100);
    expect(shown()).to.deep.equal(items(5, 15).map(({text}) => `${text} ${text}`));
    expect(document.activeElement).to.equal(focused);
    draw([...all].reverse(), 5, 14);
    pool.tidy();
    expect([...pool.drawn].map(({index}) => index).sort((a, b) => a - b)).to.deep.equal([5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
    const order = [...container.children].filter((e) => !(e as HTMLElement).hidden).map((e) => Number.parseInt(e.textContent ?? ''));
    expect(order).to.deep.equal([5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
  });

  it('lets everything go', () => {
    draw(items(0, 10), 0, 9);
    pool.clear();
    expect(container.children.length).to.equal(0);
    expect(pool.slotFor('i1')).to.equal(undefined);
  });
});
