import type {ImConversationList} from '../../src/elements/im-conversation-list.js';

/** A row as it stands in the document. */
export interface DrawnRow {
  /** From 0, by `aria-rowindex`. */
  readonly index: number;
  readonly id: string;
  readonly title: string;
  readonly preview: string;
  /** The `datetime` of its time; '' for none. */
  readonly time: string;
}

/** The rows that are drawn now. */
export function drawnRows(list: ImConversationList): DrawnRow[] {
  const rows = list.shadowRoot?.querySelectorAll<HTMLElement>('.row:not([hidden])') ?? [];
  return Array.from(rows, (row) => {
    const text = (selector: string): string => row.querySelector(selector)?.textContent ?? '';
    return {
      index: Number(row.getAttribute('aria-rowindex')) - 1,
      id: row.dataset['id'] ?? '',
      title: text('.title'),
      preview: text('.said'),
      time: row.querySelector('time')?.dateTime ?? '',
    };
  });
}

/** The next frame, drawn. */
export function frame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

/** What scrolls in the list. */
export function viewportOf(list: ImConversationList): HTMLElement {
  return list.shadowRoot?.querySelector('.viewport') as HTMLElement;
}

/**
 * Scrolls from the first row to the last, and reads each where it is drawn.
 *
 * @returns by index; a place whose row was never drawn stays empty
 */
export async function readAllRows(list: ImConversationList, progress: (share: number) => void): Promise<DrawnRow[]> {
  const read: DrawnRow[] = [];
  const {length} = list.snapshot?.rows ?? [];
  const viewport = viewportOf(list);
  list.scrollToTop();
  for (let next = 0, tries = 0; next < length && tries < 20; ) {
    await frame();
    await list.updateComplete;
    for (const row of drawnRows(list)) read[row.index] ??= row;
    const before = next;
    while (read[next] !== undefined) next++;
    tries = next > before ? 0 : tries + 1;
    progress(next / length);
    if (tries === 0) viewport.scrollTop += viewport.clientHeight * 0.9;
    // The scroll range of a very long list is not its height: a step may go too far.
    else await list.scrollToConversation(list.snapshot?.rows.at(next)?.id ?? '');
  }
  return read;
}
