/**
 * A badge's text: '' for nothing, else the number, capped as `99+`. Anything but a positive number is nothing.
 *
 * @param atLeast - there may be more: the number has a `+` too
 */
export function formatCount(count: unknown, cap = 99, atLeast = false): string {
  if (typeof count !== 'number' || !(count >= 1)) return '';
  if (count > cap) return `${cap}+`;
  return `${Math.trunc(count)}${atLeast ? '+' : ''}`;
}
