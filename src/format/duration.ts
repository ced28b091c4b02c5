/**
 * A time in minutes and seconds, with hours where there are any: "0:07", "12:30", "1:02:03". Parts of a
 * second are left out.
 */
export function formatDuration(ms: number): string {
  const seconds = Math.floor(Math.max(0, ms) / 1000);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const twoDigits = (value: number): string => String(value).padStart(2, '0');
  return h === 0 ? `${m}:${twoDigits(s)}` : `${h}:${twoDigits(m)}:${twoDigits(s)}`;
}
