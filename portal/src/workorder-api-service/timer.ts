/** How long somebody has worked on an operation: what is counted already, and since when it runs. */
export type Timer = { firstAt: number; countedMs: number; runsSince: number | null };

export const started = (timer: Timer | undefined, now: number): Timer => (timer === undefined ? { firstAt: now, countedMs: 0, runsSince: now } : timer.runsSince === null ? { ...timer, runsSince: now } : timer);
export const paused = (timer: Timer, now: number): Timer => ({ ...timer, countedMs: elapsed(timer, now), runsSince: null });

/** A clock that was set back takes nothing away. */
export const elapsed = ({ countedMs, runsSince }: Timer, now: number): number => countedMs + (runsSince === null ? 0 : Math.max(0, now - runsSince));

/** Worked time in a unit of SAP, which keeps one digit of it; nobody worked for nothing. */
export const inUnit = (ms: number, unit: string): string => String(Math.max(1, Math.round((ms / (unit === "MIN" ? 60_000 : 3_600_000)) * 10)) / 10);

/** Hours, minutes and seconds, such as 1:05:09. */
export function clockOf(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${String(Math.floor(seconds / 3_600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** A day and a time to the minute in a time zone, as inputs and SAP have them. */
export function momentIn(at: number, timeZone: string | null | undefined): { day: string; time: string } {
  const parts = new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...(timeZone && { timeZone }) }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? "";
  return { day: `${part("year")}-${part("month")}-${part("day")}`, time: `${part("hour")}:${part("minute")}` };
}

/** Kept in the browser, so that it goes on while the page is closed. */
const keyOf = (user: string, operation: string) => `imaint.timer.${user}.${operation}`;

export function kept(user: string, operation: string): Timer | undefined {
  try {
    const read = JSON.parse(localStorage.getItem(keyOf(user, operation)) ?? "null") as Timer | null;
    return read !== null && typeof read.countedMs === "number" && typeof read.firstAt === "number" ? read : undefined;
  } catch {
    return undefined; // Nothing that a timer wrote.
  }
}

export function keep(user: string, operation: string, timer: Timer | undefined): void {
  if (timer === undefined) localStorage.removeItem(keyOf(user, operation));
  else localStorage.setItem(keyOf(user, operation), JSON.stringify(timer));
}
