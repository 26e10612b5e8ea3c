import type {Conversation} from '../../src/model/conversation.js';
import {SortedList} from '../page/sorted-list.js';
import {ROW_HEIGHT, type Subject} from '../page/subject.js';
import {RawRow} from './raw-row.js';

/** Rows drawn on each side of the viewport. */
const OVERSCAN = 2;

let list: SortedList;
let scroller: HTMLElement;
let spare: RawRow[] = [];
let byId = new Map<string, RawRow>();
let height = 0;
let top = 0;
let pending = new Map<string, Conversation>();
let renders = 0;

/**
 * The lower bound: pooled rows over a sorted array, written by hand for this one purpose.
 *
 * A conversation keeps its row while it is in range, one that comes in takes a row that has become free, and only
 * what differs is written. Changes are collected and applied once a frame. It does nothing else: no anchor, no
 * range past the browser's limit, no focus, no row indexes, no sizes that change.
 */
export const subject: Subject = {
  prepare(conversations) {
    list = new SortedList(conversations);
  },
  mount(host) {
    scroller = document.createElement('div');
    scroller.className = 'bench-list';
    const space = document.createElement('div');
    space.style.height = `${list.items.length * ROW_HEIGHT}px`;
    scroller.append(space);
    height = host.clientHeight;
    draw();
    host.append(scroller);
    scroller.addEventListener('scroll', handleScroll, {passive: true});
  },
  unmount() {
    scroller.remove();
    spare = [];
    byId = new Map();
  },
  applyOne(change) {
    if (pending.size === 0) requestAnimationFrame(flush);
    pending.set(change.id, change);
  },
  scroller: () => scroller,
  rows: () => scroller.querySelectorAll<HTMLElement>('.row'),
  renders: () => renders,
};

function flush(): void {
  const changes = pending;
  pending = new Map();
  list.apply(changes);
  draw();
}

function handleScroll(): void {
  top = scroller.scrollTop;
  draw();
}

function draw(): void {
  renders++;
  const {items} = list;
  const first = Math.max(0, Math.floor(top / ROW_HEIGHT) - OVERSCAN);
  const last = Math.min(items.length, Math.ceil((top + height) / ROW_HEIGHT) + OVERSCAN);
  const next = new Map<string, RawRow>();
  const entering: number[] = [];
  for (let i = first; i < last; i++) {
    const item = items[i] as Conversation;
    const row = byId.get(item.id);
    if (row === undefined) {
      entering.push(i);
    } else {
      byId.delete(item.id);
      next.set(item.id, row);
      row.show(item, i);
    }
  }
  const leaving = byId.values();
  for (const i of entering) {
    const item = items[i] as Conversation;
    const row = leaving.next().value ?? spare.pop() ?? newRow();
    next.set(item.id, row);
    row.show(item, i);
  }
  // At the ends of the list fewer rows are drawn; those left over wait out of sight.
  for (const row of leaving) {
    row.hide();
    spare.push(row);
  }
  byId = next;
}

function newRow(): RawRow {
  const row = new RawRow();
  scroller.append(row.element);
  return row;
}
