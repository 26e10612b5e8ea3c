/** Runs checks one after another and leaves what came of them where the test finds it. */
export async function run(checks: Readonly<Record<string, () => Promise<void>>>): Promise<void> {
  const results: Record<string, string | null> = {};
  for (const [name, check] of Object.entries(checks)) {
    try {
      await check();
      results[name] = null;
    } catch (thrown) {
      results[name] = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    }
  }
  Object.assign(window, {results});
}

/** @throws Error if they differ as JSON. */
export function equal(actual: unknown, expected: unknown): void {
  const [is, should] = [actual, expected].map((value) =>
    JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part)),
  );
  if (is !== should) throw new Error(`${is} instead of ${should}`);
}

/** What a call rejects with, as its code. */
export async function codeOf(call: () => Promise<unknown>): Promise<unknown> {
  try {
    await call();
    return 'resolved';
  } catch (thrown) {
    return (thrown as {readonly code?: unknown}).code;
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
