/** The units in which people set a time span. */
export const UNITS = ["s", "m", "h", "d"] as const;
export type Unit = (typeof UNITS)[number];
export type Span = { count: number; unit: Unit };

const SECONDS = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;
const ISO = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** The seconds of an ISO 8601 duration such as PT1H30M; undefined where it is none. */
export function seconds(iso: string): number | undefined {
  const found = ISO.exec(iso);
  if (found === null || iso === "P" || iso.endsWith("T")) return undefined;
  const [, days = "0", hours = "0", minutes = "0", rest = "0"] = found;
  return Number(days) * SECONDS.d + Number(hours) * SECONDS.h + Number(minutes) * SECONDS.m + Number(rest);
}

/** A duration in the largest unit in which it is a whole number; of nothing, zero minutes. */
export function span(iso: string): Span | undefined {
  const all = seconds(iso);
  if (all === undefined) return undefined;
  if (all === 0) return { count: 0, unit: "m" };
  const unit = [...UNITS].reverse().find((one) => all % SECONDS[one] === 0) ?? "s";
  return { count: all / SECONDS[unit], unit };
}

/** A span as ISO 8601 writes it. */
export const iso = ({ count, unit }: Span): string => (unit === "d" ? `P${count}D` : `PT${count}${unit.toUpperCase()}`);

const NAMES = { s: "second", m: "minute", h: "hour", d: "day" } as const;

/** An ISO 8601 duration in words, such as 30 days; what is none stays as it is. */
export function spoken(text: string, language: string): string {
  const found = span(text);
  return found === undefined ? text : new Intl.NumberFormat(language, { style: "unit", unit: NAMES[found.unit], unitDisplay: "long" }).format(found.count);
}
