/**
 * Waits for its turn to be the one tab that talks to the server; it lasts until the signal fires or the tab is gone.
 *
 * Without Web Locks (an insecure page, Node) every tab takes its turn at once, and the last one wins by its epoch.
 *
 * @param wait - called if another tab has its turn now
 */
export function lead(name: string, signal: AbortSignal, begin: () => void, wait: () => void): void {
  const locks = (globalThis as {navigator?: {locks?: LockManager}}).navigator?.locks;
  if (!locks) {
    begin();
    return;
  }
  const hold = (): Promise<void> =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      signal.addEventListener('abort', () => resolve());
      begin();
    });
  const first = locks.request(name, {ifAvailable: true}, (lock) => {
    if (lock) return hold();
    if (signal.aborted) return undefined;
    wait();
    // Not returned: the first request is at its end.
    locks.request(name, {signal}, hold).catch(() => undefined);
    return undefined;
  });
  first.catch(begin);
}
