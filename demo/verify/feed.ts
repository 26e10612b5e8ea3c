import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import {MemorySource} from '../../src/sources/memory.js';
import {Random} from '../../src/testing/random.js';
import type {Archive} from '../archive/archive.js';
import {toConversations, toMemoryMessage} from '../archive/to-conversations.js';
import {drawnRows, frame, viewportOf} from './drawn-rows.js';

/** What was seen while messages came in. */
export interface Feeding {
  /** Rows that were drawn twice at one moment, over all frames. */
  readonly duplicates: number;
  /** Milliseconds; 0 if no task was long. */
  readonly longestTaskMs: number;
  readonly frames: number;
  /** Pages that landed while messages came in. */
  readonly pages: number;
}

/** Messages in a frame: from a trickle to a burst. */
const BURST = [200, 800] as const;
/** Every so many frames the list is scrolled to some other place. */
const JUMP = 40;

/**
 * Gives the list the first half of the archive to page through, and the second half live, message by message,
 * while it is scrolled down and so pulls page after page; now and then it jumps.
 */
export async function feed(
  list: ImConversationList,
  archive: Archive,
  progress: (share: number) => void,
): Promise<Feeding> {
  const random = new Random(1);
  const {messages} = archive;
  const half = Math.floor(messages.length / 2);
  // Pages take a moment, so that messages overtake them.
  const source = new MemorySource({
    conversations: toConversations(archive, half),
    latencyMs: () => random.integer(0, 40),
  });
  let pages = 0;
  let duplicates = 0;
  let frames = 0;
  const countPage = (): number => pages++;
  list.addEventListener('im-page-load', countPage);
  const longTasks = new LongTasks();
  list.source = source;

  for (let next = half; next < messages.length; frames++) {
    await frame();
    const end = Math.min(messages.length, next + random.integer(...BURST));
    for (const message of messages.slice(next, end)) source.receiveMessage(toMemoryMessage(message));
    next = end;
    duplicates += countDuplicates(list);
    scroll(list, frames, random);
    progress((next - half) / (messages.length - half));
  }
  await frame();
  const longestTaskMs = longTasks.end();
  await loadAll(list);
  list.removeEventListener('im-page-load', countPage);
  return {duplicates, longestTaskMs, frames, pages};
}

/** Down by most of a viewport, so that the end is reached and pulls pages; sometimes elsewhere and back. */
function scroll(list: ImConversationList, frames: number, random: Random): void {
  const viewport = viewportOf(list);
  const {scrollHeight, clientHeight, scrollTop} = viewport;
  const atEnd = scrollTop + clientHeight >= scrollHeight - 1;
  if (frames % JUMP < 3 || (atEnd && list.snapshot?.page.status === 'done')) {
    viewport.scrollTop = frames % (2 * JUMP) === 0 ? 0 : Math.floor(random.next() * scrollHeight);
  } else {
    viewport.scrollTop = frames % JUMP === 3 ? scrollHeight : scrollTop + clientHeight * 0.9;
  }
}

/** Scrolls to the end until there is no more. */
export async function loadAll(list: ImConversationList): Promise<void> {
  const viewport = viewportOf(list);
  let since = performance.now();
  for (let rows = -1; list.snapshot?.page.status !== 'done'; await frame()) {
    viewport.scrollTop = viewport.scrollHeight;
    const {length = 0} = list.snapshot?.rows ?? {};
    if (length !== rows) since = performance.now();
    rows = length;
    if (performance.now() - since > 30_000) throw new Error(`No page came for 30 s; there are ${rows} rows.`);
  }
  // What came with the last page is drawn with the next frame.
  await frame();
  await frame();
}

function countDuplicates(list: ImConversationList): number {
  const ids = drawnRows(list).map(({id}) => id);
  return ids.length - new Set(ids).size;
}

/** Tasks of more than 50 ms. */
class LongTasks {
  #longest = 0;
  readonly #observer = new PerformanceObserver((entries) => this.#take(entries.getEntries()));

  constructor() {
    this.#observer.observe({type: 'longtask'});
  }

  /** The longest, in milliseconds. */
  end(): number {
    this.#take(this.#observer.takeRecords());
    this.#observer.disconnect();
    return Math.round(this.#longest);
  }

  #take(entries: readonly PerformanceEntry[]): void {
    for (const {duration} of entries) this.#longest = Math.max(this.#longest, duration);
  }
}
