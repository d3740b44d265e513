import { outside } from "../ui/limits";
import type { Level, Plotted } from "../ui/Plot";
import type { Words } from "../words/words";
import type { MeasuringPoint, Reading } from "./reads";

/** How far back a plot goes. */
export const RANGES = ["30d", "12m", "all"] as const;
export type Range = (typeof RANGES)[number];

/** The range that an address names; a year where it names none. */
export const rangeOf = (text: string | null): Range => RANGES.find((range) => range === text) ?? "12m";

/** The first day of a range; undefined where it has none. */
export function firstDay(range: Range, today: Date): string | undefined {
  if (range === "all") return undefined;
  const day = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate()));
  if (range === "30d") day.setUTCDate(day.getUTCDate() - 30);
  else day.setUTCFullYear(day.getUTCFullYear() - 1);
  return day.toISOString().slice(0, 10);
}

/** What a reading says: the counter's state, or the measured value. */
export const valueOf = (reading: Reading, counter: boolean): number | null => (counter ? (reading.counterReading ?? reading.reading) : reading.reading);

/** When it was read. Days and times of SAP have no zone, so they are placed as they are written. */
export function instantOf(reading: Pick<Reading, "readingDate" | "readingTime">): number | undefined {
  if (reading.readingDate === null) return undefined;
  const at = Date.parse(`${reading.readingDate}T${reading.readingTime ?? "00:00:00"}Z`);
  return Number.isNaN(at) ? undefined : at;
}

/** The readings that a plot can show, in order of time: those with a time and a value. */
export function plotted(point: MeasuringPoint, readings: readonly Reading[], { t, format }: Words): Plotted[] {
  return readings
    .flatMap((reading) => {
      const at = instantOf(reading);
      const value = valueOf(reading, point.counter);
      if (at === undefined || value === null) return [];
      const beyond = outside(value, point);
      const said = [format.date(reading.readingDate), reading.readingTime?.slice(0, 5) ?? "", format.quantity(value, point.unit), beyond ? t("measuring.outside") : ""];
      return [{ at, value, outside: beyond, gap: reading.counterExchanged, text: said.filter((part) => part !== "").join(" · ") }];
    })
    .sort((one, other) => one.at - other.at);
}

/** The limits and the target of a point as lines of a plot. */
export function levels(point: MeasuringPoint, { t, format }: Words): Level[] {
  const level = (value: number | null, label: string, kind: Level["kind"]): Level[] => (value === null ? [] : [{ value, kind, text: `${label} ${format.quantity(value, point.unit)}` }]);
  return [...level(point.lowerLimit, t("field.lowerLimit"), "limit"), ...level(point.upperLimit, t("field.upperLimit"), "limit"), ...level(point.targetValue, t("field.targetValue"), "target")];
}
