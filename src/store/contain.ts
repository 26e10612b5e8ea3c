/** Reports an exception that was contained, once, the way the platform reports uncaught ones. */
export function report(thrown: unknown): void {
  // Node has no reportError before 24.
  if (typeof reportError === 'function') reportError(thrown);
  else console.error(thrown);
}

/** Calls foreign code; an exception is reported and goes no further. */
export function contain(call: () => void): void {
  try {
    call();
  } catch (thrown) {
    report(thrown);
  }
}
