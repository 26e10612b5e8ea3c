import assert from 'node:assert/strict';

/** Waits until something holds. */
export async function until(holds: () => boolean | Promise<boolean>, what: string | (() => string), ms = 45_000): Promise<void> {
  const end = performance.now() + ms;
  while (!(await holds())) {
    assert.ok(performance.now() < end, `in ${ms / 1000} s not: ${typeof what === 'string' ? what : what()}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
}
