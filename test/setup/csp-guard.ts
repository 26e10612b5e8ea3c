/**
 * Fails a test in which the page broke its content security policy or let an error escape.
 *
 * Every test page loads this module before anything else, so nothing goes unseen. Errors are taken from the
 * window before anyone else sees them: one place decides, and a "ResizeObserver loop" error cannot be talked
 * away by a library's helper.
 */

/** Something that must not happen on a test page. */
export interface Problem {
  readonly kind: 'policy' | 'error' | 'rejection';
  readonly message: string;
  /** What was thrown, or the violation event. */
  readonly reason: unknown;
}

// Kept from before any test replaces them by fake ones.
const {setTimeout, requestAnimationFrame} = window;

let problems: Problem[] = [];
const watched = new WeakSet<object>();

const capture = {capture: true};

window.addEventListener(
  'securitypolicyviolation',
  (event) => {
    const {effectiveDirective, blockedURI, sample, sourceFile, lineNumber} = event;
    const place = sourceFile ? ` at ${sourceFile}:${lineNumber}` : '';
    record('policy', `${effectiveDirective} blocked ${blockedURI || 'inline'} ${sample}${place}`, event);
  },
  capture,
);

window.addEventListener(
  'error',
  (event) => {
    // An image or script that did not load tells its element, and passes by here.
    if (event.target !== window) return;
    event.stopImmediatePropagation();
    record('error', event.message, event.error);
  },
  capture,
);

window.addEventListener(
  'unhandledrejection',
  (event) => {
    event.stopImmediatePropagation();
    event.preventDefault();
    record('rejection', String(event.reason), event.reason);
  },
  capture,
);

function record(kind: Problem['kind'], message: string, reason: unknown): void {
  problems.push({kind, message, reason});
}

/** Waits for what the page still owes: a frame, in which observers run, and the events queued after it. */
async function settle(): Promise<void> {
  await new Promise<void>((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    // A page in the background gets no frames.
    setTimeout(resolve, 200);
  });
}

function take(): readonly Problem[] {
  const taken = problems;
  problems = [];
  return taken;
}

/** Runs the action and returns the problems it caused, which then fail no test. Rejects if the action does. */
export async function captureProblems(action: () => unknown): Promise<readonly Problem[]> {
  const before = take();
  try {
    await action();
    await settle();
    return take();
  } finally {
    problems = [...before, ...problems];
  }
}

/** The body as it is run: it rejects if the page has a problem by the time the body is through. */
export function guarded(body: () => unknown): () => Promise<void> {
  return async () => {
    let failure: {readonly reason: unknown} | undefined;
    try {
      await body();
    } catch (reason) {
      failure = {reason};
    }
    await settle();
    throwProblems(failure);
    if (failure) throw failure.reason;
  };
}

function throwProblems(failure?: {readonly reason: unknown}): void {
  const found = take();
  if (found.length === 0) return;
  const lines = found.map(({kind, message}) => `${kind}: ${message}`);
  if (failure) lines.push(`and the test failed: ${String(failure.reason)}`);
  const stack = found.map(({reason}) => (reason instanceof Error ? reason.stack : undefined)).find(Boolean);
  const error = new Error(lines.join('\n'), {cause: failure?.reason});
  if (stack) error.stack = stack;
  throw error;
}

/** Whether the test framework runs this test under the guard. */
export function isWatched(test: object | undefined): boolean {
  return test !== undefined && watched.has(test);
}

function watch(test: Mocha.Test | undefined): void {
  const body = test?.fn;
  if (!test || !body || watched.has(test)) return;
  watched.add(test);
  const takesCallback = body.length > 0;
  Object.assign(test, {async: 0, sync: true});
  test.fn = function (this: Mocha.Context): Promise<void> {
    return guarded(() => {
      if (!takesCallback) return (body as Mocha.AsyncFunc).call(this);
      return new Promise<void>((resolve, reject) => {
        (body as Mocha.Func).call(this, (error: unknown) => (error ? reject(error as Error) : resolve()));
      });
    })();
  };
}

/** For the test framework. */
export const rootHooks = {
  beforeAll(this: Mocha.Context): void {
    // Added now, so that it runs after the clean-up of the libraries that the tests import.
    this.test?.parent?.afterEach('no problem in clean-up', async () => {
      await new Promise<void>((resolve) => setTimeout(resolve));
      throwProblems();
    });
  },
  beforeEach(this: Mocha.Context): void {
    watch(this.currentTest);
  },
};
