/** Days as ISO dates, such as 2026-11-30. They are counted in UTC, where each has the same length. */
const DAY_MS = 86_400_000;

/** The day that it is now in a time zone; in that of the browser where none is given. */
export const today = (timeZone: string | null | undefined, now = new Date()): string => new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit", ...(timeZone && { timeZone }) }).format(now);

/** The day some days after another, or before it. */
export const plusDays = (day: string, count: number): string => new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10);

/** How many days the second day is after the first. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

/** The week of a day, from Monday to Sunday. */
export function weekOf(day: string): { from: string; to: string } {
  const sinceMonday = (new Date(day).getUTCDay() + 6) % 7;
  const from = plusDays(day, -sinceMonday);
  return { from, to: plusDays(from, 6) };
}
