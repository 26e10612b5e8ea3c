import type {ConversationSource} from '../model/source.js';
import {SECTIONS} from './conformance/all-checks.js';
import type {Check} from './conformance/check.js';
import {runCheck, subjectProblem, type ConformanceFactory} from './conformance/run-check.js';
import type {ConformanceSubject} from './conformance/subject.js';

export type {ConformanceFactory} from './conformance/run-check.js';
export type {ConformanceSubject, ControlName} from './conformance/subject.js';

/** The test runner's `it`, and its `skip` if it has one. */
export interface ConformanceIt {
  (name: string, body: () => Promise<void>): unknown;
  readonly skip?: (name: string, body: () => Promise<void>) => unknown;
}

/** What {@link runSourceConformance} needs of the test runner, and how it goes about it. */
export interface ConformanceOptions {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly it: ConformanceIt;
  /** Of the outer suite. Default `conversation source`. */
  readonly name?: string;
  /** Why a check is left out, by its name: for what the service cannot do. They are reported as skipped. */
  readonly deviations?: Readonly<Record<string, string>>;
  /** How long to wait for an answer or an event, in milliseconds. Below the runner's own limit. Default 1000. */
  readonly timeoutMs?: number;
  /** How long to watch that nothing happens, in milliseconds. Longer than the source gathers events. Default 30. */
  readonly quietMs?: number;
}

/** One rule of the kit, for lists of them. */
export interface ConformanceRule {
  readonly section: string;
  readonly name: string;
  /** What comes of breaking it. */
  readonly why: string;
  /** Without one of these the check is skipped. */
  readonly needs: readonly string[];
}

/** All rules, in the order in which they are checked. */
export const CONFORMANCE_RULES: readonly ConformanceRule[] = SECTIONS.flatMap(([section, checks]) =>
  checks.map(({name, why, needs = []}) => ({section, name, why, needs: needs.map(({label}) => label)})),
);

/**
 * Checks that a source keeps the rules of `ConversationSource`, with any test runner that has `describe` and `it`.
 *
 * Each check is a test of its own, on a subject that `factory` makes for it. What it fails with says what was seen,
 * which rule that breaks, and why there is such a rule. A check for which the subject lacks a control, a capability
 * or content is given to `it.skip`, or where there is none to `it`, with `skipped` and the reason in its name.
 *
 * To see what can be checked, one subject is made at the call. If `factory` is synchronous, so are the calls of
 * `describe` and `it`. Await the call at the top of the test module, or else a runner may not see the tests.
 *
 * With node:test (`node --test`):
 * ```js
 * import {describe, it} from 'node:test';
 * import {runSourceConformance} from 'im-conversation-list/testing/source-conformance.js';
 *
 * await runSourceConformance(
 *   () => {
 *     const server = new TestServer(conversations);
 *     return {
 *       source: new MySource(server),
 *       conversations,
 *       change: (id) => server.sendMessage(id, 'Hello'),
 *       remove: (id) => server.delete(id),
 *       fail: () => server.failOnce(),
 *       held: () => server.listenerCount,
 *       dispose: () => server.close(),
 *     };
 *   },
 *   {describe, it, name: 'MySource'},
 * );
 * ```
 *
 * With Mocha and with Web Test Runner both are global, so only their types are in the way:
 * ```js
 * await runSourceConformance(factory, {describe, it, name: 'MySource'});
 * ```
 *
 * With Vitest: `import {describe, it} from 'vitest'`, then the same. Run the checks of one source one after another,
 * not with `describe.concurrent`: they watch for unhandled rejections while they run.
 *
 * The kit decides what the interface leaves open: no event comes inside `subscribe`; one function may listen twice;
 * a cursor that the source never gave is refused; the rejection of an aborted request has the code `aborted`.
 */
export function runSourceConformance(factory: ConformanceFactory, options: ConformanceOptions): Promise<void> {
  const {describe, it, name = 'conversation source', deviations = {}, timeoutMs = 1000, quietMs = 30} = options;
  const skip = (title: string, reason: string, body: () => Promise<void>): void => {
    if (it.skip) it.skip(`${title} (${reason})`, body);
    else it(`skipped: ${title} (${reason})`, () => Promise.resolve());
  };

  const register = (subject: ConformanceSubject): void => {
    const problem = subjectProblem(subject);
    if (problem !== undefined) return fail(new Error(problem));
    const add = (check: Check): void => {
      const body = (): Promise<void> => runCheck(check, factory, {timeoutMs, quietMs});
      const missing = check.needs?.filter((need) => !need.met(subject)).map(({label}) => label);
      const deviation = Object.hasOwn(deviations, check.name) ? deviations[check.name] : undefined;
      if (deviation !== undefined) skip(check.name, deviation, body);
      else if (missing && missing.length > 0) skip(check.name, `without ${missing.join(', ')}`, body);
      else it(check.name, body);
    };
    describe(name, () => {
      for (const [title, checks] of SECTIONS) describe(title, () => checks.forEach(add));
      const unknown = Object.keys(deviations).filter((title) => !CONFORMANCE_RULES.some((rule) => rule.name === title));
      if (unknown.length > 0) addFailure(new Error(`deviations names no check: ${unknown.join(', ')}`));
    });
  };

  const addFailure = (thrown: unknown): void => {
    it('the kit can be run', () => Promise.reject(thrown instanceof Error ? thrown : new Error(String(thrown))));
  };
  const fail = (thrown: unknown): void => {
    describe(name, () => addFailure(thrown));
  };

  try {
    const subject = factory();
    if (!('then' in subject)) {
      register(subject);
      return release(subject);
    }
    return subject.then(async (late) => {
      register(late);
      await release(late);
    }, fail);
  } catch (thrown) {
    fail(thrown);
    return Promise.resolve();
  }
}

async function release(subject: ConformanceSubject): Promise<void> {
  // A wrong factory may give none.
  (subject.source as ConversationSource | undefined)?.dispose?.();
  await subject.dispose?.();
}
