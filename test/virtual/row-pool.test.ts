import {expect} from '@open-wc/testing';
import {RowPool, type RowSlot} from '../../src/virtual/row-pool.js';

interface Item {
  readonly id: string;
}

function pool(): {pool: RowPool<Item>; container: HTMLElement; bound: string[]; made: () => number; draw: (ids: string[], first: number, last: number, keep?: number) => void} {
  const container = document.createElement('div');
  document.body.append(container);
  const bound: string[] = [];
  let made = 0;
  const items = new Map<string, Item>();
  const made_ = new RowPool<Item>(container, {
    create() {
      made++;
      const element = document.createElement('div');
      element.tabIndex = -1;
      return element;
    },
    bind: ({item}: RowSlot<Item>) => bound.push((item as Item).id),
    idOf: ({id}) => id,
  });
  const item = (id: string): Item => items.get(id) ?? (items.set(id, {id}), items.get(id) as Item);
  return {
    pool: made_, container, bound, made: () => made,
    draw: (ids, first, last, keep = -1) => {
      made_.draw({length: ids.length, at: (i) => (ids[i] === undefined ? undefined : item(ids[i]))}, {first, last}, (i) => i * 10, keep, false);
    },
  };
}

const ids = (count: number) => Array.from({length: count}, (_, i) => `c${i}`);

describe('RowPool', () => {
  afterEach(() => document.body.replaceChildren());

  it('makes no element while it scrolls, and binds only what comes in', () => {
    const {draw, bound, made} = pool();
    const all = ids(1000);
    draw(all, 0, 9);
    expect([made(), bound.length]).to.deep.equal([10, 10]);
    for (let first = 1; first < 900; first += 3) draw(all, first, first + 9);
    expect(made()).to.equal(10);
    expect(bound.length).to.equal(10 + 3 * 299 + 1);
  });

  it('keeps an item’s element while it is drawn, wherever it moves', () => {
    const {draw, pool: rows, bound} = pool();
    draw(['a', 'b', 'c', 'd'], 0, 3);
    const element = rows.slotFor('d')?.element;
    bound.length = 0;
    draw(['d', 'a', 'b', 'c'], 0, 3);
    expect(rows.slotFor('d')?.element).to.equal(element);
    expect(element?.style.transform).to.equal('translateY(0px)');
    expect(bound.sort(), 'each has another index').to.deep.equal(['a', 'b', 'c', 'd']);
    draw(['d', 'a', 'b', 'c'], 0, 3);
    expect(bound.length).to.equal(4);
  });

  it('hides what is too many, and takes it again', () => {
    const {draw, container, made} = pool();
    draw(ids(10), 0, 9);
    draw(['c0'], 0, 0);
    expect([...container.children].filter((e) => !(e as HTMLElement).hidden).length).to.equal(1);
    draw(ids(10), 0, 9);
    expect([...container.children].filter((e) => !(e as HTMLElement).hidden).length).to.equal(10);
    expect(made()).to.equal(10);
    draw([], 0, -1);
    expect([...container.children].filter((e) => !(e as HTMLElement).hidden).length).to.equal(0);
  });

  it('keeps a row outside the range that has focus', () => {
    const {draw, pool: rows} = pool();
    const all = ids(100);
    draw(all, 0, 9);
    const element = rows.slotFor('c3')?.element as HTMLElement;
    element.focus();
    draw(all, 50, 59, 3);
    expect(rows.slotFor('c3')?.element).to.equal(element);
    expect(document.activeElement).to.equal(element);
  });

  it('puts nodes in the order in which they are seen, around the one that has focus', () => {
    const {draw, pool: rows, container} = pool();
    const all = ids(100);
    draw(all, 0, 9);
    (rows.slotFor('c9')?.element as HTMLElement).focus();
    draw(all, 5, 14);
    rows.tidy();
    const order = [...container.children].map((element) => rows.slotOf(element)?.id);
    expect(order).to.deep.equal(all.slice(5, 15));
    expect(document.activeElement).to.equal(rows.slotFor('c9')?.element);
    rows.clear();
  });
});
