/** What differs between the browsers that the tests run in, and is no matter of the list. */
import {emulateMedia, executeServerCommand, sendMouse as sendMouseUnheard, setViewport} from '@web/test-runner-commands';

export type Engine = 'chromium' | 'firefox' | 'webkit';

const AGENT = navigator.userAgent;

/** The engine of this page. */
export const ENGINE: Engine = AGENT.includes('Firefox/') ? 'firefox' : AGENT.includes('Chrome/') ? 'chromium' : 'webkit';

/** How often to repeat what the list's own logic decides: all of it in Chromium, a quarter in the engines that follow it. */
export function repeats(count: number): number {
  return ENGINE === 'chromium' ? count : Math.ceil(count / 4);
}

/** The same for cases of one kind. */
export function sample<T>(cases: readonly T[]): readonly T[] {
  return ENGINE === 'chromium' ? cases : cases.filter((_, i) => i % 4 === 0);
}

/** Makes the page so large, CSS px. */
export async function resizeViewport(width: number, height: number): Promise<void> {
  if (ENGINE !== 'webkit') return setViewport({width, height});
  await executeServerCommand('resize-window', {width, height});
  for (const end = performance.now() + 3000; innerWidth !== width || innerHeight !== height; ) {
    if (performance.now() > end) throw new Error(`The page is ${innerWidth} × ${innerHeight} px, not ${width} × ${height}.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/**
 * Shows the page as to a person with these settings. The drivers of Firefox and WebKit cannot do that: there the
 * colour scheme has to come from the page, and the tests of forced colours are skipped (`engine-skips.ts`).
 */
export async function emulateLook(look: Parameters<typeof emulateMedia>[0]): Promise<void> {
  if (ENGINE === 'chromium') await emulateMedia(look);
}

/** Has scripts find that the person wants less motion, in every engine. Returns what ends it. */
export function reduceMotionForScripts(): () => void {
  const {matchMedia} = window;
  window.matchMedia = (query) => matchMedia.call(window, query.replace('(prefers-reduced-motion: reduce)', 'all'));
  return () => {
    window.matchMedia = matchMedia;
  };
}

const ENDS = {click: 'mouseup', up: 'mouseup', down: 'mousedown', move: undefined};

/** Does this with the mouse, and waits until the page has heard of it: WebKit's driver, on a busy machine, does not. */
export async function sendMouse(act: Parameters<typeof sendMouseUnheard>[0]): Promise<void> {
  const end = ENGINE === 'webkit' ? ENDS[act.type] : undefined;
  if (end === undefined) return sendMouseUnheard(act);
  const done = new AbortController();
  const heard = new Promise<void>((resolve) => {
    // A click follows in the same task.
    addEventListener(end, () => setTimeout(resolve), {capture: true, once: true, signal: done.signal});
    setTimeout(resolve, 5000);
  });
  await sendMouseUnheard(act);
  await heard;
  done.abort();
}
