import { AS_USUAL, SEPARATORS, type Chosen } from "./chosen";

/** How dates and numbers are written in a language and a time zone. What cannot be read is shown as it came. */
export type Formats = {
  /** A day, such as 2026-11-30; days of SAP have no time zone. */
  date: (iso: string | null | undefined) => string;
  /** An instant, with the name of the zone where the reader's clock shows another time. */
  instant: (iso: string | null | undefined) => string;
  /** How long ago an instant is, in the largest unit that fits. */
  ago: (iso: string | null | undefined, now?: number) => string;
  number: (value: number | string | null | undefined, digitsMax?: number) => string;
  /** A quantity with its unit, such as 2.5 H. */
  quantity: (value: number | string | null | undefined, unit: string | null | undefined) => string;
};

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
];

/**
 * @param timeZone in which instants are written; undefined is that of the device
 * @param own that of the reader
 * @param chosen what the settings say
 */
export function formats(language: string, timeZone: string | undefined, own = timeZone, { numbers, dates }: Chosen = AS_USUAL): Formats {
  const days = once(() => new Intl.DateTimeFormat(dates === "iso" ? ISO : language, dates === "iso" ? ISO_DAY : { dateStyle: "medium", timeZone: "UTC" }));
  const instants = once(() => clock(language, timeZone, dates));
  const ownInstants = once(() => clock(language, own, dates));
  const zones = once(() => new Intl.DateTimeFormat(language, { timeZoneName: "short", ...(timeZone && { timeZone }) }));
  const relative = once(() => new Intl.RelativeTimeFormat(language, { numeric: "auto" }));
  const date: Formats["date"] = (iso) => written(iso, (at) => days().format(at));
  const number: Formats["number"] = (value, digitsMax = 3) => {
    if (value === null || value === undefined || value === "") return "";
    const read = Number(value);
    return Number.isNaN(read) ? String(value) : numberFormat(language, { maximumFractionDigits: digitsMax }, numbers).format(read);
  };
  return {
    date,
    instant: (iso) =>
      written(iso, (at) => {
        const time = instants()(at);
        return time === ownInstants()(at) ? time : `${time} ${zones().formatToParts(at).find(({ type }) => type === "timeZoneName")?.value ?? ""}`;
      }),
    ago: (iso, now = Date.now()) =>
      written(iso, (at) => {
        const seconds = (at.getTime() - now) / 1_000;
        const [unit, size] = STEPS.find(([, length]) => Math.abs(seconds) >= length) ?? (["second", 1] as const);
        return relative().format(Math.round(seconds / size), unit);
      }),
    number,
    quantity: (value, unit) => [number(value), unit ?? ""].filter((part) => part !== "").join(" "),
  };
}

/** Makes something costly when it is first needed. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/** Writes numbers in a language, with other separators where those were chosen. */
export function numberFormat(language: string, options: Intl.NumberFormatOptions, numbers: Chosen["numbers"]): { format: (value: number | bigint) => string } {
  if (numbers === "by-language") return new Intl.NumberFormat(language, options);
  const [group, decimal] = SEPARATORS[numbers];
  const parts = new Intl.NumberFormat(language, { useGrouping: "always", ...options });
  return {
    format: (value) =>
      parts
        .formatToParts(value)
        .map((part) => (part.type === "group" ? group : part.type === "decimal" ? decimal : part.value))
        .join(""),
  };
}

/** A language that writes days as ISO 8601 does. */
const ISO = "en-CA";
const ISO_DAY: Intl.DateTimeFormatOptions = { year: "numeric", month: "2-digit", day: "2-digit", timeZone: "UTC" };

function clock(language: string, timeZone: string | undefined, dates: Chosen["dates"]): (at: Date) => string {
  const zone = timeZone === undefined ? {} : { timeZone };
  if (dates === "by-language") {
    const format = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short", ...zone });
    return (at) => format.format(at);
  }
  const day = new Intl.DateTimeFormat(ISO, { ...ISO_DAY, timeZone });
  const time = new Intl.DateTimeFormat(language, { timeStyle: "short", ...zone });
  return (at) => `${day.format(at)}, ${time.format(at)}`;
}

function written(iso: string | null | undefined, write: (at: Date) => string): string {
  if (!iso) return "";
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? iso : write(at);
}
