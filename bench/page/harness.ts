import {makeChanges, makeConversations} from '../data.js';
import type {Conversation} from '../../src/model/conversation.js';
import type {Random} from '../../src/testing/random.js';
import {ROW_HEIGHT, type Subject} from './subject.js';
import {anotherTask, post} from './tasks.js';

/** Rows that fill the viewport, less one that may be cut off. */
const FULL = 12;
/** After a change, ms. */
const REST = 250;
/** Points of the viewport at which a row must be, px from its top. */
const POINTS = [1, 100, 200, 300, 400, 500, 600, 700, 798];

/** What the run calls in a page, one step at a time. Every step ends after a frame has been drawn. */
export class Harness {
  readonly #subject: Subject;
  readonly #host: HTMLElement;
  #conversations: Conversation[] = [];
  #made = 0;
  #now = 0;
  #rest = 200;
  #changes: Conversation[] = [];

  constructor(subject: Subject) {
    this.#subject = subject;
    this.#host = document.createElement('div');
    this.#host.id = 'host';
    document.body.append(this.#host);
  }

  /** Makes the data; `now` in milliseconds since 1970. */
  load(count: number, now = Date.now()): void {
    this.#now = now;
    // The first date in a process is a matter of its own: many milliseconds, whoever asks for it.
    for (const options of [{timeStyle: 'short'}, {dateStyle: 'full'}] as const) {
      new Intl.DateTimeFormat('en', options).format();
    }
    this.#conversations = makeConversations(count, now);
  }

  /** Lets the subject take the data. */
  async prepare(): Promise<void> {
    await this.#subject.prepare(this.#conversations, this.#host);
    await this.settle();
  }

  /** Waits less for what may be left to do. */
  hurry(): void {
    this.#rest = 20;
  }

  /** Waits until nothing is left to do. */
  async settle(): Promise<void> {
    // There by `--expose-gc`.
    (globalThis.gc as () => void)();
    await new Promise((resolve) => setTimeout(resolve, this.#rest));
    await frames(3);
  }

  /**
   * Mounts the list and goes on for `count` frames, and until there are rows.
   *
   * @returns after how many ms the rows were drawn
   */
  async mount(count: number): Promise<number> {
    const start = performance.now();
    this.#subject.mount(this.#host);
    let shown = Infinity;
    for (let i = 0; i < count || shown === Infinity; i++) {
      await frame();
      if (shown === Infinity && this.#subject.rows().length >= FULL) shown = performance.now() - start;
    }
    return shown;
  }

  /** Lets what was put off be done. */
  async wait(ms: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, ms));
    await frame();
  }

  async unmount(): Promise<void> {
    this.#subject.unmount();
    await this.settle();
  }

  /** Makes changes ready: of one after another from the middle on, of each in turn, or of any at random. */
  ready(count: number, which: 'middle' | 'each' | 'any'): void {
    const {length} = this.#conversations;
    let i = 0;
    let next: (random: Random) => number;
    if (which === 'middle') {
      next = () => ((length >> 1) + this.#made + i++) % length;
    } else if (which === 'any') {
      next = (random) => random.integer(0, length - 1);
    } else {
      // A step without a common divisor comes to each before it comes to one again.
      let step = Math.floor(length * 0.618) | 1;
      while (divisor(step, length) > 1) step += 2;
      next = () => (++i * step) % length;
    }
    this.#changes = makeChanges(this.#conversations, next, count, this.#made, this.#now);
    this.#made += count;
  }

  /**
   * Delivers the changes one by one in batches, each batch in one task. After each there are a few frames, and then
   * as much rest as a motion or a delayed work needs.
   *
   * @returns how many renders there were
   */
  async deliver(batch: number): Promise<number> {
    const before = this.#subject.renders();
    for (let i = 0; i < this.#changes.length; i += batch) {
      for (const change of this.#changes.slice(i, i + batch)) this.#subject.applyOne(change);
      await frames(3);
      await new Promise((resolve) => setTimeout(resolve, REST));
    }
    return this.#subject.renders() - before;
  }

  /**
   * Delivers the changes at a rate, each in a task of its own, between the frames; marks the frames in the trace.
   *
   * @param rate - changes a second
   * @returns the lengths of the frames, ms
   */
  async traffic(rate: number): Promise<number[]> {
    const lengths: number[] = [];
    const changes = this.#changes;
    const start = performance.now();
    let done = 0;
    let last = start;
    while (done < changes.length) {
      const at = await frame('bench-frame');
      lengths.push(at - last);
      last = at;
      const due = Math.min(changes.length, Math.ceil(((performance.now() - start) * rate) / 1000));
      for (; done < due; done++) {
        const change = changes[done] as Conversation;
        post(() => this.#subject.applyOne(change));
      }
      await anotherTask();
    }
    return lengths.slice(1);
  }

  /** Scrolls by `step` px a frame, each time in a task before the frame. */
  async scroll(step: number, count: number): Promise<void> {
    const scroller = this.#subject.scroller();
    for (let i = 0; i < count; i++) {
      if (scroller !== undefined) scroller.scrollTop += step;
      await frame();
    }
  }

  /** Scrolls likewise, and returns in how many of the frames a part of the viewport showed no row, or a wrong one. */
  async blanks(step: number, count: number): Promise<{blank: number; wrong: number}> {
    const scroller = this.#subject.scroller();
    const out = {blank: 0, wrong: 0};
    for (let i = 0; scroller !== undefined && i < count; i++) {
      scroller.scrollTop += step;
      await frame();
      const {scrollTop} = scroller;
      const {top} = scroller.getBoundingClientRect();
      const rows = this.#placed();
      let blank = false;
      let wrong = false;
      for (const y of POINTS) {
        const id = this.#conversations[Math.floor((scrollTop + y) / ROW_HEIGHT)]?.id;
        if (id === undefined) continue;
        const row = rows.find((box) => box.top <= top + y && top + y < box.bottom);
        blank ||= row === undefined;
        wrong ||= row?.id !== undefined && row.id !== id;
      }
      if (blank) out.blank++;
      if (wrong) out.wrong++;
    }
    return out;
  }

  /** Scrolls from top to bottom and back to `top`. */
  async tour(step: number, top: number): Promise<void> {
    const scroller = this.#subject.scroller();
    if (scroller === undefined) return;
    const end = scroller.scrollHeight - scroller.clientHeight;
    await this.scroll(step, Math.ceil((end - scroller.scrollTop) / step));
    await this.scroll(-step, Math.ceil((end - top) / step));
    scroller.scrollTop = top;
    await frames(3);
    await this.settle();
  }

  /** Takes the data in slices, with the list shown, and draws a frame. */
  async ingest(slice: number): Promise<void> {
    await this.#subject.ingest?.(this.#conversations, this.#host, slice);
    await frame('bench-frame');
  }

  /** Types a query, up to its last letter, and waits until what is found is drawn. */
  async search(query: string): Promise<void> {
    await this.#subject.search?.(query);
    await frames(2);
  }

  /** What the first rows in view show, to compare the subjects. */
  shown(count: number): {id: string | undefined; text: string; label: string | null}[] {
    const rows = this.#placed().sort((a, b) => a.top - b.top);
    return rows.slice(0, count).map(({id, row}) => ({id, text: visibleText(row), label: row.getAttribute('aria-label')}));
  }

  #placed(): {row: HTMLElement; id: string | undefined; top: number; bottom: number}[] {
    return Array.from(this.#subject.rows(), (row) => {
      const {top, bottom} = row.getBoundingClientRect();
      return {row, id: row.dataset['id'], top, bottom};
    }).filter(({bottom}) => bottom > 0);
  }
}

/** The words of a row from left to right and top to bottom, icons by name. */
function visibleText(row: HTMLElement): string {
  const out: string[] = [];
  for (const node of row.querySelectorAll('.initials, .title, .icon, .time, .prefix, .said, .badge')) {
    const {display} = getComputedStyle(node);
    if (display === 'none') continue;
    const icon = node.querySelector('path')?.getAttribute('d')?.startsWith('M8') === true ? '[muted]' : '[pinned]';
    const dot = node.className === 'badge dot' ? '[dot]' : '';
    out.push(node instanceof SVGElement ? icon : `${dot}${node.textContent}`);
    if (node instanceof HTMLTimeElement) out.push(node.dateTime);
  }
  return out.filter((text) => text !== '').join('|');
}

/** Resolves after the next frame has been drawn, with the time at which it began. */
function frame(mark?: string): Promise<number> {
  return new Promise((resolve) => {
    requestAnimationFrame((at) => {
      if (mark !== undefined) performance.mark(mark);
      post(() => resolve(at));
    });
  });
}

async function frames(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await frame();
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
