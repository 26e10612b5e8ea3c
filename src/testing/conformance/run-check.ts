import {Broken, show, type Check} from './check.js';
import {Harness, pause, type Patience} from './harness.js';
import {isList} from './shapes.js';
import type {ConformanceSubject} from './subject.js';

/** Makes a subject, anew for each check. */
export type ConformanceFactory = () => ConformanceSubject | Promise<ConformanceSubject>;

/** What is wrong with a subject before any check. */
export function subjectProblem({source, conversations}: ConformanceSubject): string | undefined {
  if (typeof source?.getPage !== 'function' || typeof source.subscribe !== 'function') {
    return 'The factory must give a `source` with getPage() and subscribe().';
  }
  if (!isList(conversations) || new Set(conversations.map(({id}) => id)).size < Math.max(4, conversations.length)) {
    return 'The factory must give the `conversations` of its source: at least 4, each id once.';
  }
  return undefined;
}

/**
 * Runs one check on a subject of its own, and clears up after it.
 *
 * @throws Error that says what was seen, which rule that breaks and why there is such a rule.
 */
export async function runCheck(check: Check, factory: ConformanceFactory, patience: Patience): Promise<void> {
  const rejections = watchRejections();
  try {
    const subject = await factory();
    const problem = subjectProblem(subject);
    if (problem !== undefined) throw new Error(problem);
    const missing = check.needs?.find((need) => !need.met(subject));
    if (missing) throw new Error(`The factory gave ${missing.label} at first and now does not; it has to each time.`);
    try {
      await run(check, new Harness(subject, patience));
      // A rejection counts as unhandled once the turn is over.
      await pause(0);
      const [left] = rejections.seen;
      if (rejections.seen.length > 0) throw new Broken(`the source left a rejection unhandled: ${show(left)}`);
    } catch (thrown) {
      const seen = thrown instanceof Broken ? thrown.message : `the source threw ${show(thrown)}`;
      throw new Error(`${seen}\nRule: ${check.name}.\nThe reason: ${check.why}.`, {cause: thrown});
    }
  } finally {
    rejections.stop();
  }
}

async function run(check: Check, harness: Harness): Promise<void> {
  try {
    await check.run(harness);
  } finally {
    await harness.end();
  }
}

type Listening = (name: 'unhandledRejection', listener: (reason: unknown) => void) => void;

interface RejectionEvent extends Event {
  readonly reason?: unknown;
}

/** Keeps the reasons of unhandled rejections, in Node as in browsers. */
function watchRejections(): {readonly seen: readonly unknown[]; stop(): void} {
  const seen: unknown[] = [];
  const {process} = globalThis as {process?: {on?: Listening; off?: Listening}};
  if (typeof process?.on === 'function') {
    const listener = (reason: unknown): void => void seen.push(reason);
    process.on('unhandledRejection', listener);
    return {seen, stop: () => process.off?.('unhandledRejection', listener)};
  }
  const listener = (event: RejectionEvent): void => void seen.push(event.reason);
  globalThis.addEventListener('unhandledrejection', listener);
  return {seen, stop: () => globalThis.removeEventListener('unhandledrejection', listener)};
}
