import type { Formats } from "../words/format";

/** A day of SAP with its time to the minute; both are in the plant's zone, as SAP shows them. */
export function dayTime(format: Pick<Formats, "date">, day: string | null, time: string | null): string {
  const written = format.date(day);
  return written !== "" && time ? `${written}, ${time.slice(0, 5)}` : written;
}
