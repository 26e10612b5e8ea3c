/** Moves focus among elements, round at the ends. Returns whether the key does. */
export function focusBy(key: string, all: readonly HTMLElement[], at: number, next: string, previous: string): boolean {
  const keys: Record<string, number> = {[next]: at + 1, [previous]: at - 1, Home: 0, End: all.length - 1};
  const to = keys[key];
  if (to === undefined || all.length === 0) return false;
  all[(to + all.length) % all.length]?.focus();
  return true;
}
