/** A badge's text: '' for nothing, else the number, capped as `99+`. Anything but a positive number is nothing. */
export function formatCount(count: unknown, cap = 99): string {
  if (typeof count !== 'number' || !(count >= 1)) return '';
  return count > cap ? `${cap}+` : String(Math.trunc(count));
}
