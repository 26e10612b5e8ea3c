// Taken before any test mocks the timers.
const immediate = setImmediate;

/** Lets everything that is due without a timer happen. */
export function flush(): Promise<void> {
  return new Promise((resolve) => immediate(resolve));
}
