import {
  runSourceConformance,
  type ConformanceFactory,
  type ConformanceOptions,
} from '../../../src/testing/source-conformance.js';

/** What the kit gave to a runner. */
export interface Registered {
  readonly suites: readonly string[];
  readonly bodies: ReadonlyMap<string, () => Promise<void>>;
  readonly skipped: readonly string[];
}

/** Has the kit register its tests with a runner that only notes them. */
export async function register(
  factory: ConformanceFactory,
  options: Partial<ConformanceOptions> = {},
): Promise<Registered> {
  const suites: string[] = [];
  const bodies = new Map<string, () => Promise<void>>();
  const skipped: string[] = [];
  const it = Object.assign((name: string, body: () => Promise<void>) => bodies.set(name, body), {
    skip: (name: string) => skipped.push(name),
  });
  const describe = (name: string, body: () => void): void => {
    suites.push(name);
    body();
  };
  await runSourceConformance(factory, {describe, it, timeoutMs: 60, quietMs: 8, ...options});
  return {suites, bodies, skipped};
}

/** Runs one check; its failure, or `undefined` if it passed. What is left unhandled is the kit's to find. */
export async function failureOf(registered: Registered, name: string): Promise<Error | undefined> {
  const body = registered.bodies.get(name);
  if (body === undefined) throw new Error(`There is no test "${name}"`);
  // The test runner would take an unhandled rejection for its own.
  const others = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  try {
    await body();
    return undefined;
  } catch (thrown) {
    return thrown as Error;
  } finally {
    for (const listener of others) process.on('unhandledRejection', listener);
  }
}
