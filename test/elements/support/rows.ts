import {expect} from '@open-wc/testing';
import type {ImConversationList} from '../../../src/elements/im-conversation-list.js';
import {grid, seen, textOf} from './list-page.js';

/** A row as it is drawn. */
export interface DrawnRow {
  readonly element: HTMLElement;
  /** Place in the list, from 0. */
  readonly index: number;
  readonly id: string;
  /** px from the top of the grid's box. */
  readonly top: number;
  readonly height: number;
  readonly title: string;
  readonly preview: string;
  readonly time: string;
  /** The number; `dot` for a plain dot; '' for none. */
  readonly badge: string;
  readonly label: string;
  /** Part names besides `row`. */
  readonly states: readonly string[];
}

/** The visible element of a row with this part. */
export function rowPart(row: DrawnRow | undefined, name: string): HTMLElement | undefined {
  const found = row?.element.querySelector<HTMLElement>(`[part~="${name}"]`) ?? undefined;
  return found !== undefined && seen(found) ? found : undefined;
}

/**
 * The rows in the document that are not hidden, those outside the viewport too, by their place in the list.
 *
 * Those that glide are taken to where they go.
 */
export function drawn(list: ImConversationList): DrawnRow[] {
  const root = list.shadowRoot as ShadowRoot;
  for (const animation of root.getAnimations()) if (!(animation instanceof CSSAnimation)) animation.finish();
  const {top} = grid(list).getBoundingClientRect();
  const elements = [...root.querySelectorAll<HTMLElement>('[part~="row"]')].filter(seen);
  return elements.map((element) => read(element, top)).sort((a, b) => a.index - b.index);
}

function read(element: HTMLElement, top: number): DrawnRow {
  const box = element.getBoundingClientRect();
  const row = {
    element,
    index: Number(element.getAttribute('aria-rowindex')) - 1,
    id: element.dataset['id'] ?? '',
    top: box.top - top,
    height: box.height,
    label: element.getAttribute('aria-label') ?? '',
    states: (element.getAttribute('part') ?? '').split(' ').slice(1),
    title: '',
    preview: '',
    time: '',
    badge: '',
  };
  const badge = rowPart(row, 'badge');
  return {
    ...row,
    title: textOf(rowPart(row, 'title')),
    preview: textOf(rowPart(row, 'preview')),
    time: textOf(rowPart(row, 'time')),
    badge: badge === undefined ? '' : textOf(badge) || 'dot',
  };
}

/** The rows of which some part is in the viewport. */
export function inView(list: ImConversationList): DrawnRow[] {
  const {clientHeight} = grid(list);
  return drawn(list).filter(({top, height}) => top + height > 0.5 && top < clientHeight - 0.5);
}

/** The ids of the rows in view. */
export function idsInView(list: ImConversationList): string[] {
  return inView(list).map(({id}) => id);
}

/** The drawn row of a conversation. */
export function rowOf(list: ImConversationList, id: string): DrawnRow {
  const row = drawn(list).find((candidate) => candidate.id === id);
  if (row === undefined) throw new Error(`${id} is not drawn.`);
  return row;
}

/** Fails unless the rows in view stand one below the other without gaps and are what the list holds there. */
export function expectWhole(list: ImConversationList, note = ''): void {
  const {snapshot} = list;
  const rows = inView(list);
  const {clientHeight, scrollTop} = grid(list);
  const length = snapshot?.rows.length ?? 0;
  if (length === 0) {
    expect(rows.length, `rows ${note}`).to.equal(0);
    return;
  }
  expect(rows.length, `rows in view ${note}`).to.be.greaterThan(0);
  const [first] = rows as [DrawnRow];
  const last = rows.at(-1) as DrawnRow;
  rows.forEach((row, i) => {
    expect(row.index, `index ${note}`).to.equal(first.index + i);
    expect(row.id, `id at ${row.index} ${note}`).to.equal(snapshot?.rows.at(row.index)?.id);
    expect(row.top, `top of ${row.index} ${note}`).to.be.closeTo(first.top + i * first.height, 0.01);
  });
  expect(first.top, `above the first ${note}`).to.be.lessThan(0.51);
  if (first.index === 0) expect(first.top, `the first at ${scrollTop} ${note}`).to.be.closeTo(-scrollTop, 0.6);
  const end = last.top + last.height;
  if (end < clientHeight - 0.5) expect(last.index, `the last in view ${note}`).to.equal(length - 1);
}
