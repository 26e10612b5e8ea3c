import assert from 'node:assert/strict';
import type {Page} from 'puppeteer-core';

// What the apps put on the page for the tests.
declare const receive: (text: string) => void;
declare const listeners: () => number;

/** A page in any engine: what a driver can do at the least. */
export interface Driven {
  /** Runs a function in the page. What it takes and gives must be JSON. */
  run<A extends unknown[], T>(body: (...args: A) => T, ...args: A): Promise<T>;
  /** A click of the mouse, in CSS px from the top left of the viewport. */
  click(x: number, y: number): Promise<void>;
}

export function drivenBy(page: Page): Driven {
  return {
    run: (body, ...args) => page.evaluate(body as (...all: unknown[]) => never, ...args),
    click: (x, y) => page.mouse.click(x, y),
  };
}

/** Does what a person would do with one of the apps, and looks. */
export async function drive(page: Driven): Promise<void> {
  const rowsAre = (expected: readonly string[]): Promise<void> => until(page, rowTexts, [], expected);
  const output = (id: string, text: string): Promise<void> => until(page, outputText, [id], text);
  const click = async (selector: string): Promise<void> => page.click(...(await resting(page, middleOf, selector)));

  // From the source, each row drawn by the app's own function; the total by a typed event.
  await rowsAre(['★ Ada (2)', '★ Ben (0)']);
  await output('total', '2');

  await click('#unread');
  await rowsAre(['★ Ada (2)']);
  await click('#unread');
  await rowsAre(['★ Ada (2)', '★ Ben (0)']);

  await page.run(() => receive('Hello'));
  await rowsAre(['★ Ben (1)', '★ Ada (2)']);
  await output('total', '3');

  await page.click(...(await resting(page, middleOfRow, 'Ada')));
  await output('opened', 'Ada');

  await click('#from');
  await rowsAre(['★ Cleo (1)']);
  await click('#from');
  await rowsAre(['★ Ben (1)', '★ Ada (2)']);

  assert.ok((await page.run(() => listeners())) > 0, 'the list listens to the source');
  await click('#close');
  await until(page, () => document.querySelector('im-conversation-list') === null, [], true);
  await until(page, () => listeners() === 0, [], true);
}

/** Where something is, once it moves no more: a person clicks no row that glides. */
async function resting(page: Driven, where: (what: string) => [number, number], what: string): Promise<[number, number]> {
  let place = await page.run(where, what);
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    // On a slow machine both may be of one frame.
    await until(page, glides, [], false);
    const next = await page.run(where, what);
    if (String(next) === String(place)) return next;
    place = next;
  }
}

/** Waits for what a function gives in the page. */
async function until<A extends unknown[], T>(page: Driven, body: (...args: A) => T, args: A, expected: T): Promise<void> {
  let seen: T | undefined;
  for (const end = performance.now() + 20_000; performance.now() < end; ) {
    seen = await page.run(body, ...args);
    if (JSON.stringify(seen) === JSON.stringify(expected)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.deepEqual(seen, expected);
}

// These run in the page, each by itself.

/** What the rows show, from the top; nothing if there is no list. */
function rowTexts(): readonly string[] {
  const root = document.querySelector('im-conversation-list')?.shadowRoot;
  const rows = [...(root?.querySelectorAll<HTMLElement>('[role="row"][aria-rowindex]') ?? [])];
  const shown = rows.filter((row) => row.checkVisibility()).map((row) => ({row, top: row.getBoundingClientRect().top}));
  shown.sort((a, b) => a.top - b.top);
  return shown.map(({row}) => row.querySelector('[part~="conversation"]')?.textContent?.trim() ?? '');
}

function glides(): boolean {
  const animations = document.querySelector('im-conversation-list')?.shadowRoot?.getAnimations() ?? [];
  return animations.some((one) => !(one instanceof CSSAnimation) && one.playState === 'running');
}

function outputText(id: string): string | undefined {
  return document.getElementById(id)?.textContent ?? undefined;
}

function middleOf(selector: string): [number, number] {
  const {left, top, width, height} = document.querySelector(selector)!.getBoundingClientRect();
  return [left + width / 2, top + height / 2];
}

function middleOfRow(text: string): [number, number] {
  const root = document.querySelector('im-conversation-list')?.shadowRoot;
  const rows = [...(root?.querySelectorAll<HTMLElement>('[role="row"][aria-rowindex]') ?? [])];
  const row = rows.find((one) => one.checkVisibility() && one.textContent.includes(text));
  if (!row) throw new Error(`No row says ${text}`);
  const {left, top, width, height} = row.getBoundingClientRect();
  return [left + width / 2, top + height / 2];
}
