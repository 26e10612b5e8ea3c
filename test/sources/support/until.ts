import assert from 'node:assert/strict';

/** Waits until something holds, up to 15 s: they end what hangs, and are no measure of a busy machine. */
export async function until(holds: () => boolean, what: string | (() => string)): Promise<void> {
  for (const end = Date.now() + 15_000; !holds(); ) {
    assert.ok(Date.now() < end, `in 15 s not: ${typeof what === 'string' ? what : what()}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
