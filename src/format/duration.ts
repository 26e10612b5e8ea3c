/** The length of a recording as players show it: `0:07`, `12:30`, `1:02:03`. '' for none; never less than a second. */
export function formatDuration(ms: number | undefined): string {
  if (ms === undefined || !(ms > 0)) return '';
  const seconds = Math.max(1, Math.round(ms / 1000));
  const two = (n: number): string => String(Math.trunc(n) % 60).padStart(2, '0');
  const hours = Math.trunc(seconds / 3600);
  return hours > 0 ? `${hours}:${two(seconds / 60)}:${two(seconds)}` : `${Math.trunc(seconds / 60)}:${two(seconds)}`;
}
